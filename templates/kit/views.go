package kit

import (
	"time"

	"reliefportal/app/calendar"
)

// Link is a text with an address.
type Link struct{ Text, Href string }

// Hidden is a hidden value of a form.
type Hidden struct{ Name, Value string }

// Option is one answer of a choice. ID defaults to the name of the field and its place.
type Option struct {
	Value, Label, Hint string
	Checked            bool
	// Apart puts the option after a divider with the word "or".
	Apart bool
	// Off shows the option without letting it be chosen; Hint says why.
	Off bool
}

// Field is one input of a form. ID defaults to Name. Error defaults to the page's error of that ID.
type Field struct {
	Name, ID, Label, Hint, Value, Error string
	// Heading makes the label (or legend) the h1 of the page.
	Heading bool
	// HiddenLabel keeps the label for screen readers only.
	HiddenLabel bool
	Options     []Option
	// Values are the chosen values of checkboxes; Option.Checked works as well.
	Values []string
	// Year, Month and Day are what was typed into a DateInput.
	Year, Month, Day string
	// Type is the type of the input; default "text".
	Type         string
	Autocomplete string
	InputMode    string
	// Max is the greatest length in characters; 0 means none. It is told, not forced, so that nothing typed is cut off.
	Max int
	// Rows is the height of a Textarea; default 6.
	Rows int
	// Accept is the list of kinds a FileUpload offers; Multiple lets several be chosen; Camera opens the camera of a phone at once.
	Accept           string
	Multiple, Camera bool
	// Short draws a narrow input (codes, numbers).
	Short bool
	// Mono draws a code in the code face.
	Mono bool
	// Prefix and Suffix stand beside the input, for example ¥.
	Prefix, Suffix string
}

// Cite is the source of a rule. Note is its standing or version, shown on paper and to screen readers.
type Cite struct{ Text, Href, Note string }

// Question is one question, of any kind a rule pack knows. See QuestionForm for the names of its fields.
type Question struct {
	// ID is the id of the question in the pack.
	ID string
	// Kind is choice, choices, yesno, date, text, longtext, money, number, court or casenumber.
	Kind             string
	Title, Hint, Why string
	Options          []Option
	// Unsure offers "I do not know". IsUnsure says that it was chosen before.
	Unsure, IsUnsure bool
	// UnsureHelp is the line under "I do not know"; a general one is used when empty.
	UnsureHelp string
	// Value is the raw text, the chosen option, or "yes" and "no".
	Value  string
	Values []string
	// Year, Month and Day are raw, as typed.
	Year, Month, Day string
	Max              int
	Optional         bool
	// Personal switches off autocomplete and says that only the body sees the answer.
	Personal bool
	Suffix   string
}

// Door is a remedy as a card.
type Door struct {
	// ID is the anchor of the card.
	ID string
	// State is until, open, maybe, late or shut.
	State string
	// Title says what the person would be doing. Fits is one line on why it fits.
	Title, Fits string
	// Until is the last day (State until).
	Until calendar.Date
	// Working is how the last day was found; nil shows no working.
	Working *DateWorking
	// Decider names the body; DeciderNote adds who does not decide.
	Decider, DeciderNote string
	// Meanwhile says whether enforcement stops.
	Meanwhile string
	// WayBack says what can be done although the time is past (State late).
	WayBack string
	// Purpose is what it is for.
	Purpose string
	Cites   []Cite
	// Ways are the open doors a shut door names.
	Ways []Link
	// Urgent marks a door that cannot wait.
	Urgent bool
	// Href is where the action leads. Post makes it a form with Hidden in it (starting a filing changes state).
	Href   string
	Post   bool
	Hidden []Hidden
}

// DateWorking is a date with how it was found.
type DateWorking struct {
	Deadline calendar.Deadline
	// Days are the days of the drawn calendar; empty draws sentences only.
	Days []calendar.DayMark
	// Event is what the period runs from, as a clause: 裁定到您手里, "the ruling reached you".
	Event string
	// Left is the number of days from today to the legal end; negative when past.
	Left int
	// Safest says that the day of service is not known and the earliest plausible one was used.
	Safest bool
	// Open shows the working at once.
	Open bool
	Cite Cite
}

// Clock is a running period, mine or theirs.
type Clock struct {
	Mine bool
	// Name replaces "My time" or "The body's time".
	Name string
	// State is running, soon, paused, done, missed or none.
	State string
	// Left is the number of days to Due; negative when past.
	Left       int
	Start, Due calendar.Date
	// StartLabel says what happened on Start, in one or two words.
	StartLabel string
	// Duty says what is to be done by Due.
	Duty string
	// Note is one sentence on who, and on what happens at expiry; or why the clock is paused.
	Note string
	// Body is the body the clock belongs to.
	Body string
	// DoneOn is the day it was done (State done).
	DoneOn calendar.Date
	// Action is the one thing to do (mine only).
	Action Link
	Cites  []Cite
}

// ChainLink is one owner in the chain: now, then, if nothing happens.
type ChainLink struct {
	// Now marks the present owner.
	Now bool
	// Caption stands above the name: "with them now", "then", "if nothing has happened by …". Empty picks one.
	Caption    string
	Body, Text string
	Due        calendar.Date
	Cites      []Cite
}

// Event is one entry of the timeline, newest first.
type Event struct {
	// State is next (expected), wait (waits for the person) or done.
	State string
	// At is the instant; zero when only On (a civil date) is known.
	At time.Time
	On calendar.Date
	// Title is plain words; Text is one line more.
	Title, Text string
	// Link leads on, for example to the paper served.
	Link Link
}

// File is one stored file.
type File struct {
	ID, Name string
	// Kind is what paper it is, in words.
	Kind string
	// Size is in bytes.
	Size int64
	// SHA256 is the fingerprint in hexadecimal.
	SHA256 string
	// Said is what the person says it shows.
	Said string
	// Note is one line: checked, delivered at, on its way. Bad says that it tells of something to be done.
	Note string
	Bad  bool
	// Arrival says, a line each, who has received or opened it and when.
	Arrival []string
	// At is when it was received; zero shows nothing.
	At time.Time
	// Href downloads it; EditHref and RemoveHref lead to the pages that describe and remove it. Empty shows no link.
	Href, EditHref, RemoveHref string
}

// Receipt is the proof of a filing, on screen and on paper.
type Receipt struct {
	// Code is the receipt code as shown, for example 7K4M-92QF.
	Code string
	// Title replaces "We have your application".
	Title string
	// Remedy is the name of the filing in plain words; CaseNumber the number it concerns.
	Remedy, CaseNumber string
	At                 time.Time
	Chain              []ChainLink
	// Rule says in words why this body was chosen.
	Rule  string
	Cites []Cite
	// GoesOn shows that enforcement does not stop by itself.
	GoesOn bool
	Files  []File
	// Cannot are the papers that could not be had, each with its reason.
	Cannot []string
	// CompareHref leads to where a file is compared with what was received.
	CompareHref string
	// Timing says whether it came within its time limit; Outages are the times at which the portal could not be used.
	Timing  string
	Outages []string
	// Twice says that the same submit came again and nothing was filed twice.
	Twice bool
	// PackName and PackHash name the rules used.
	PackName, PackHash    string
	ProgressHref, PDFHref string
}

// SummaryRow is one answer in a summary. Value may hold line breaks. ChangeHref empty shows no link.
type SummaryRow struct{ Key, Value, Note, ChangeHref string }

// SummaryGroup is a heading with rows.
type SummaryGroup struct {
	Title string
	Rows  []SummaryRow
}

// Segment is one part of a case number with its meaning.
type Segment struct{ Text, Name string }

// Tab is one list of a queue. Count below zero shows no count; More shows "+" behind it.
type Tab struct {
	Text, Href string
	Count      int
	More       bool
	Selected   bool
}

// Tag is a word in a pill. Tone is until, open, maybe, late, shut, due or empty.
type Tag struct{ Text, Tone string }

// TraceRow is one step of the rules. Open marks a judgment that a person must make.
type TraceRow struct {
	Text, Cite string
	Open       bool
}
