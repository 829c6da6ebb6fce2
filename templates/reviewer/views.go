// Package reviewer holds the pages of the review body: sign-in, queue, workspace and decisions.
package reviewer

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// StaffSignInView signs staff in. Form: login, password, totp, next (hidden).
type StaffSignInView struct{ Login, Next string }

// QueueView is one list of filings, 25 to a page. GET form: q, remedy, urgent, and tab where one is chosen.
type QueueView struct {
	// Remedies and Urgencies narrow the list; Narrowed says that one of them does.
	Remedies, Urgencies []kit.Option
	Narrowed            bool
	// Views are the filters kept by this person. SaveAction keeps the present one (form: name, query); empty shows no form.
	Views             []SavedView
	SaveAction, Query string
	SaveName          string
	// TakeAction gives the next filing to the person who presses; empty shows no button.
	TakeAction string
	// GiveAction opens the page that gives the picked filings away (GET form: pick, several); empty shows no boxes.
	GiveAction string
	// Tab is the chosen tab as the address names it.
	Tab   string
	Title string
	Now   time.Time
	Tabs  []kit.Tab
	Rows  []QueueRow
	Q     string
	// Count is the number of rows in the list when known, else -1. Over and Soon are the late ones and those due in 3 days.
	Count, Over, Soon int
	// NextHref is the following page; FirstHref leads back to the first. Empty shows no link.
	NextHref, FirstHref string
	// SearchAction is the address of the search form.
	SearchAction string
}

// SavedView is a filter somebody keeps. DropAction forgets it.
type SavedView struct{ Name, Href, DropAction string }

// QueueRow is one filing of the queue. Person is masked already.
type QueueRow struct {
	Href string
	// Left is the number of days to Due; negative when past. HasDue is false for ended filings.
	Left   int
	HasDue bool
	Due    calendar.Date
	// NextStep is the next action; Number the body's own number or that of the case, which may be empty; Code the receipt code.
	NextStep, Number, Code, Subject, Person string
	Flags                                   []kit.Tag
	// Pick is the value of the box that picks the row; empty draws none.
	Pick string
	// Owner is empty when nobody has it.
	Owner string
	// Days is the number of days since receipt.
	Days int
	// AssignHref leads to the assignment page.
	AssignHref string
}

// WorkspaceView is one filing on the desk.
type WorkspaceView struct {
	Number, Title, Person string
	Status                kit.Tag
	// Timing says whether it came within its time limit; Outages are the sentences about outages it took along.
	Timing  string
	Outages []string
	Due     calendar.Date
	HasDue  bool
	Left    int
	// Duty is what is to be done by Due. Received is when it came; Length the period in words; PackName the rules.
	Duty, Length, PackName string
	Received               calendar.Date
	// Owner is the name of the assigned reviewer; Division the unit.
	Owner, Division string
	// Papers are the tabs; Shown is the one that is open.
	Papers []kit.Tab
	Shown  *Paper
	// SeenAction is a POST that says that the papers added later have been looked at; empty shows no button.
	SeenAction string
	Facts      []Fact
	Trace      []kit.TraceRow
	// Actions are what this person may do now; the first is drawn filled.
	Actions []kit.Link
	// Besides can be done beside the next step.
	Besides []kit.Link
	// ClaimAction is a POST that gives the filing to oneself; empty shows no button. Version goes with it.
	ClaimAction string
	Version     int64
	// RecallAction is a POST that takes an offer to another court back; empty shows no button.
	RecallAction string
	// Idle says why there is nothing to do; empty when there is.
	Idle   string
	Events []kit.Event
	// TookPart are the people who took part in the measure and cannot be assigned.
	TookPart []string
	// Decision is the draft or final decision; nil when there is none.
	Decision *DecisionText
	// Letters lead to the paper of each version of the decision.
	Letters   []kit.Link
	QueueHref string
	// Hints are other filings that may be about the same matter.
	Hints []HintRow
	// Panel names those who sit on it, the presiding one first; PanelHref leads to the page of the panel, empty where there is none.
	Panel     []string
	PanelHref string
	// Sheets are statements that belong to the filing, as links.
	Sheets []kit.Link
}

// Paper is one paper on the desk. Text is shown when the paper is text, ImageSrc when it is a picture, else only the link.
// Warn says what to beware of, or why it cannot be opened.
type Paper struct {
	File                 kit.File
	Text, ImageSrc, Warn string
}

// Fact is one answer beside its source.
type Fact struct{ ID, Label, Value, Source string }

// DecisionText is what has been or will be decided.
type DecisionText struct {
	Disposition, Ground, Text, By, Next string
	Decided, Served                     calendar.Date
}

// Head names the filing on the pages that act on it.
type Head struct {
	Number, Title, Person, BackHref string
	Version                         int64
}

// AcceptView takes the filing up. Form: number (case number the body gives it), _version.
type AcceptView struct {
	Head   Head
	Hints  []HintRow
	Number string
	// Due is when the next step must be done once accepted.
	Due  calendar.Date
	Duty string
}

// AskSupplementView asks once for what is missing. Form: papers (several), text, _version.
type AskSupplementView struct {
	Head   Head
	Papers []kit.Option
	Text   string
	Due    calendar.Date
	Days   string
}

// RefuseView does not take the filing up. Form: grounds (one), text, _version.
type RefuseView struct {
	Head    Head
	Hints   []HintRow
	Grounds []kit.Option
	Text    string
	// Next is what the person can do then, filled in by the rules.
	Next string
}

// AssignView assigns a reviewer. Form: person, reason, _version. People who took part are shown switched off with the reason.
type AssignView struct {
	Head   Head
	People []kit.Option
	// Reasons are for giving it to somebody other than the one proposed; Weight says what the filing weighs.
	Reasons  []kit.Option
	Weight   string
	TookPart []string
	// Now is who has it at present; empty when nobody.
	Now string
}

// GiveView gives several filings away at once. Form: pick (several, "id version"), person (empty: to whoever is proposed for each), reason.
type GiveView struct {
	BackHref string
	Rows     []GiveRow
	People   []kit.Option
	Reasons  []kit.Option
}

// GiveRow is one filing of GiveView. Proposed is who the rule would give it to, Left the days to its last day.
type GiveRow struct {
	Pick, Number, Subject, Person, Proposed, Why string
	Left                                         int
	HasDue                                       bool
}

// DecideView writes the decision. Form: disposition, finding-<code> for each ground, letter, reserve, instalment, times, first, lifted, text,
// number, _version. An error of the findings is reported under the id grounds.
type DecideView struct {
	Head         Head
	Dispositions []kit.Option
	Findings     []kit.Field
	Letters      []kit.Option
	Numbers      NumberFields
	Mode         Mode
	Text, Number string
	Max          int
	// Facts stand beside the text.
	Facts []Fact
	Trace []kit.TraceRow
}

// DecideCheckView shows the decision as the person will read it. Form: Hidden, _version; edit=1 (button) leads back with what was written.
type DecideCheckView struct {
	Head                      Head
	Disposition, Text, Number string
	// Ground is what was found on each ground, a line each.
	Ground []string
	// Letter is the paper as it will be signed; empty when the pack has none.
	Letter []PaperLine
	Mode   Mode
	// Next are the doors the person will be told.
	Next    []NextDoor
	Hidden  []kit.Hidden
	Changes []string
}

// NextDoor is a next remedy with its window in words.
type NextDoor struct{ Title, Window, Decider string }

// ServeView records service. Form: kind (how), year, month, day, _version. An error of the day is reported under the id value.
type ServeView struct {
	Head Head
	// Address is where the person wants to be reached, a line each.
	Address          []string
	Kinds            []kit.Option
	Kind             string
	Year, Month, Day string
	Due              calendar.Date
}

// NotNowView says that a step cannot be taken now, and why.
type NotNowView struct {
	Head           Head
	Text, BackHref string
}

// TakenByOtherView tells who was faster.
type TakenByOtherView struct {
	Number, Who string
	At          time.Time
	BackHref    string
	// WorkspaceHref opens the filing to read.
	WorkspaceHref string
}

// HintRow is another filing that may be about the same matter. Person is masked already.
type HintRow struct {
	Number, Href, Subject, Person string
	Status                        kit.Tag
	Received                      calendar.Date
	Why                           []string
}

// ReleaseView takes a filing from the one in charge. Form: reason, _version.
type ReleaseView struct {
	Head    Head
	Reasons []kit.Option
}

// AsideView keeps somebody out of a filing for good. Form: person, reason, text, _version.
type AsideView struct {
	Head            Head
	People, Reasons []kit.Option
	Text            string
}

// PanelView shows and forms a panel. Form: members (several), presiding, _version.
type PanelView struct {
	Head               Head
	Version            int64
	Law                string
	Now                []string // names of those who sit, the presiding one first
	May                bool
	Members, Presiding []kit.Option
	Able               int // how many may sit
}

// PartiesView lists the other sides. Form of AddAction: role, name; of ToldAction: party, kind, year, month, day.
type PartiesView struct {
	Head                              Head
	May                               bool
	Due                               calendar.Date
	Cite                              string
	Rows                              []PartyRow
	Roles, Kinds, Untold              []kit.Option
	Name, Year, Month, Day            string
	LetterHref, ToldAction, AddAction string
}

// PartyRow is another side. Told is empty while it was not told.
type PartyRow struct{ Name, Role, Told string }

// LetterView is the notice to the other sides.
type LetterView struct {
	BackHref, Court, Number, Case, Applicant, Remedy string
	To                                               []string
	Docketed, Today                                  calendar.Date
}

// NumberFields are the numbers of a decision as they were typed.
type NumberFields struct{ Reserve, Instalment, Times, First, Lifted string }

// Mode says who else has to sign; the zero Mode when the reviewer decides alone. Signs says that the decision is sent for signing.
type Mode struct {
	Text  string
	Signs bool
}

// PaperLine is one part of a paper. Kind is title, heading, para, right or small.
type PaperLine struct{ Kind, Text string }
