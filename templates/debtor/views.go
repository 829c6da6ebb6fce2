// Package debtor holds the pages of the person a court is enforcing against, after signing in.
package debtor

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// HomeView lists drafts and filings.
type HomeView struct {
	Name    string
	Drafts  []DraftRow
	Filings []FilingRow
	// More leads to the means statement and what belongs to it.
	More []kit.Link
	// FindHref starts the finder, AccountHref leads to the account.
	FindHref, AccountHref string
	// ToldHref leads to what he told the portal.
	ToldHref string
	// RestrictionsHref leads to the restrictions the person follows. Dead are addresses at which messages do not arrive.
	RestrictionsHref string
	Dead             []SentRow
	// NextHref is the following page; FirstHref leads back to the first. Empty shows no link.
	NextHref, FirstHref string
	// Others are filings of other people in which the person acts. InvitationHref is where a code is typed.
	Others         []FilingRow
	InvitationHref string
}

// DraftRow is one filing not yet filed. RemoveHref leads to the page that asks before removing.
type DraftRow struct {
	Title            string
	Saved            time.Time
	Href, RemoveHref string
	// Until is the last day to file; zero when there is none.
	Until calendar.Date
	Left  int
	// Goes is the day on which the draft goes when nobody comes back; zero while that is far.
	Goes calendar.Date
	// Open is the number of pages without an answer, OpenTitles the first few of them.
	Open       int
	OpenTitles []string
}

// FilingRow is one filing with its owner and next date.
type FilingRow struct {
	Title, CaseNumber, Code string
	Tag                     kit.Tag
	// Line says who has it or what waits for the person.
	Line string
	Due  calendar.Date
	Left int
	// Mine says that the date is the person's own.
	Mine bool
	Href string
}

// CaseNumberView asks for the case number and, when it was read, for the court.
// Form: value; court (yes, other, unsure; only when Reading is set and its court is known); none=1 (button); read (hidden: the number that the
// reading belongs to, so that a changed number is read anew); _version.
type CaseNumberView struct {
	Value   string
	Reading *Reading
	// Answer is yes, other, unsure or empty.
	Answer  string
	Version int64
}

// Reading is how the portal read the number.
type Reading struct {
	// Canonical is the number in the proper form.
	Canonical string
	// Segments are year, court sign, type and serial number with their meanings.
	Segments []kit.Segment
	// Court is the court proposed; empty when the sign is not known.
	Court string
	// Legacy marks an old-style number that is kept as text.
	Legacy bool
	// Remark is what does not fit about the number; it stops nobody. Empty for most.
	Remark string
}

// CourtPickView searches a court. GET form: q. POST form: court (id), unsure=1 (button), _version.
type CourtPickView struct {
	Q        string
	Results  []CourtRow
	Searched bool
	// More says that there are more results than shown.
	More    bool
	Version int64
	// Chosen is the id chosen before.
	Chosen string
}

// CourtRow is one court with the court above it.
type CourtRow struct{ ID, Name, Above string }

// QuestionView is one page of a filing.
// Form: value (several for kind choices), year, month, day, unsure=1, _version; later=1 (button) saves and leaves, remove=1 (button) takes the
// answer away.
// Errors are reported under the id "value".
type QuestionView struct {
	Question kit.Question
	// Remedy is the plain name of the filing.
	Remedy         string
	Number, AtMost int
	Version        int64
	// ToCheck says that the answer is being changed from the check page.
	ToCheck bool
	// Doubt says that the identity number typed does not hold together; sent once more (sure=1) it is taken as it is.
	Doubt bool
	// Removable offers the button remove=1, the only way to take this answer away.
	Removable bool
}

// EvidenceView lists papers and takes more.
// Upload form (UploadAction, multipart): file (several), kind, note, _version. "I cannot get this" form (CannotAction): paper, cannot (1 or 0),
// reason, _version; its error is reported under the id reason- and the paper.
type EvidenceView struct {
	Remedy string
	Papers []PaperItem
	Files  []kit.File
	Upload UploadView

	UploadAction, CannotAction, ContinueHref string
	Version                                  int64
}

// UploadView is the part of a form that takes files.
type UploadView struct {
	// Kinds are the papers a file can be, for the field kind; Note is what was typed of them.
	Kinds []kit.Option
	Note  string
	// MaxMB, MaxFiles and AllMB are the limits of a file and of a filing; LeftFiles and LeftBytes what there is still room for.
	MaxMB, MaxFiles, AllMB, LeftFiles int
	LeftBytes                         int64
}

// PaperItem is one paper that helps. State is have, cannot or missing; Reason is why it cannot be had, as typed.
type PaperItem struct {
	ID, Label, Why, Where, State, Reason string
	Required                             bool
}

// DescribeFileView names a file anew. Form: name, kind, note, _version.
type DescribeFileView struct {
	File       kit.File
	Name, Note string
	Kinds      []kit.Option
	CancelHref string
	Version    int64
}

// AddView takes papers of a person's own accord while a body has the filing. Form (multipart): file (several), kind, note, said, _submit.
// Closed says why nothing can be added now; empty when it can. Got leads to the receipt of those files that were taken although others were not.
type AddView struct {
	Remedy, Body, Said, Submit string
	Upload                     UploadView
	Closed, CancelHref         string
	Got                        kit.Link
}

// AddedView is the receipt of a later addition.
type AddedView struct {
	Remedy, CaseNumber, Code, Body, Said string
	// Number is 1 for the first addition of the filing.
	Number                             int
	At                                 time.Time
	Files                              []kit.File
	ProgressHref, PDFHref, CompareHref string
}

// CompareView compares a fingerprint with those of the files received. GET form: hash. Asked says that one was given; Match is the file it
// belongs to, nil when it is none of them; Bad says that it is no fingerprint.
type CompareView struct {
	Remedy, Code, Hash string
	Asked, Bad         bool
	Match              *kit.File
	Files              []kit.File
	BackHref           string
}

// RemoveFileView asks before a file is removed. Form: _version.
type RemoveFileView struct {
	File       kit.File
	CancelHref string
	Version    int64
}

// RemoveDraftView asks before a draft is removed. Form: _version.
type RemoveDraftView struct {
	Title, CancelHref string
	Saved             time.Time
	Version           int64
}

// CheckView is the page before filing. Form: declare=1, late (text), _submit (token), _checked, _seen, _lang, _version; later=1 (button) saves and
// leaves.
type CheckView struct {
	Remedy string
	Groups []kit.SummaryGroup
	// After is what happens when it has been filed.
	After []kit.ChainLink
	// Missing are questions that must be answered before filing.
	Missing []kit.Link
	// Window is the period to file in; nil when there is none.
	Window   *kit.DateWorking
	Declared bool
	Submit   string
	Version  int64
	// ApplicationHref shows the paper as the body will read it; BookletHref offers it on paper.
	ApplicationHref, BookletHref string
	// Aside are answers of pages that no longer apply: kept in the draft, not filed.
	Aside []kit.SummaryRow
	// Changed says what changed since the person looked; empty on a first look.
	Changed []string
	// Notes are sentences that stand before the answers, such as a day of service that was corrected.
	Notes []string
	// Checked and Seen are the hash and the marks of what this page shows; Statement is the statement of truth and its language.
	Checked, Seen, StatementLang string
	// Late says that the last day has passed, and asks why; WhyLate is what was typed.
	Late    bool
	WhyLate string
	// Outages are the sentences about times at which the portal could not be used.
	Outages []string
	// HelpersHref leads to who helps with the filing.
	HelpersHref string
}

// ReceiptView is the receipt page.
type ReceiptView struct {
	Receipt kit.Receipt
	// ApplicationHref shows the paper as it was handed over; ApplicationHash is its fingerprint, empty while it is being made.
	ApplicationHref, ApplicationHash string
}

// ProgressView is a filing after it has been filed.
type ProgressView struct {
	CaseNumber, Code, Remedy string
	// Heading says where it stands, for example 上一级法院正在审查.
	Heading      string
	Mine, Theirs kit.Clock
	Events       []kit.Event
	// Late is the sentence when the body's date is past; empty otherwise.
	Late string
	// Transfer is the sentence when the file is being passed on.
	Transfer string
	// Next are the doors that are open from here.
	Next  []kit.Door
	Files []kit.File
	// Additions lead to the receipts of what was added later.
	Additions []kit.Link
	// ReceiptHref, AddHref (papers), ChangedHref and WithdrawHref lead on; empty shows no link.
	// Draft is the plain name of the filing that was drafted because the body is late, DraftHref leads to it.
	Draft, DraftHref string
	// DatesHref is the calendar file with the dates.
	DatesHref                                       string
	Meanwhile                                       *kit.Meanwhile
	Sent                                            []SentRow
	ReceiptHref, AddHref, ChangedHref, WithdrawHref string
	// AddressHref changes the address for service.
	AddressHref string
	// HelpersHref leads to who helps with the filing.
	HelpersHref string
	// RecusalHref leads to the request that whoever has it steps aside.
	RecusalHref string
}

// SupplementView answers a request for what is missing. Form (multipart): file, kind, text, _version; add=1 (button) adds the file only,
// send=1 (button) hands everything over.
type SupplementView struct {
	Remedy, Body string
	// Ask is what the body wrote.
	Ask   string
	Items []string
	Due   calendar.Date
	Left  int
	// Working shows how the day was counted.
	Working *kit.DateWorking
	Files   []kit.File
	Upload  UploadView
	Text    string
	Version int64
}

// DecisionView is the outcome as the person reads it.
type DecisionView struct {
	Remedy, Body, Number, CaseNumber string
	// Outcome is granted, partly, refused, returned (not taken up) or ended.
	Outcome         string
	Decided, Served calendar.Date
	// Label is the outcome in the words of the law.
	Label string
	// Grounds are the grounds in words with their sources; Reasons is the text of the body.
	Grounds []kit.Cite
	Reasons string
	// Changes are the things that change now.
	Changes     []string
	ChangesCite kit.Cite
	// Carried says in words whether it was carried out and Agreed whether the person agrees; CarriedHref leads to the page that asks, empty where
	// nothing has to be carried out. AskNow says that the day has passed and nothing was said.
	Carried, Agreed, CarriedHref string
	CarriedOn                    calendar.Date
	AskNow                       bool
	Paper                        *kit.File
	// Corrected tells of the versions before this one; the zero value when there is only one.
	Corrected Corrected
	// Next are the next doors with their windows.
	Next         []kit.Door
	ProgressHref string
}

// WithdrawView asks before a filing is withdrawn. Form: _version.
type WithdrawView struct {
	Remedy, Body, CancelHref string
	Version                  int64
}

// AccountView is the account. Form: value (name). A POST to EverywhereAction signs out on all devices.
type AccountView struct {
	Name     string
	Contacts []Contact
	// Devices are those signed in now.
	Devices          []Device
	EverywhereAction string
	HomeHref         string
	// ContactHref leads to how the person may be reached; empty shows no link.
	ContactHref string
	// ChangeHref leads to a change of contact; Changing says that one is on its way.
	ChangeHref string
	Changing   bool
	// ReadersHref leads to who of staff opened the person's requests.
	ReadersHref string
	// PasskeysHref, DataHref and EraseHref lead to the person's passkeys, to a copy of everything about him, and to having things erased.
	PasskeysHref, DataHref, EraseHref string
}

// Contact is a masked address or number. Kind is email or mobile.
type Contact struct{ Kind, Masked string }

// ToldView is what a person told the portal and what was done about it. Forms: AnswerAction and the Action of a row, nothing typed.
type ToldView struct {
	// AnswerAction begins the questionnaire that waits; empty when none does. Until is its last day.
	AnswerAction string
	Until        calendar.Date
	Prepared     []PreparedRow
	Findings     []ToldRow
}

// PreparedRow is a request written for him. Action makes it his draft; Href leads to the draft once he has.
type PreparedRow struct {
	Title        string
	On           calendar.Date
	Action, Href string
}

// ToldRow is one thing he said. Did says who looks into it by when, or who answered; Answer is the answer.
type ToldRow struct {
	Said   string
	On     calendar.Date
	Tag    kit.Tag
	Did    string
	Answer string
}
