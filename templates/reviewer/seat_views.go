package reviewer

import (
	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// SeatListView lists what concerns the courts of a procuratorate's seat.
type SeatListView struct {
	Tabs                []kit.Tab
	Rows                []SeatRow
	NextHref, FirstHref string
}

// SeatRow is one filing of that list. Person is masked already. Then is the court that took the measure, when it is not the one that enforces
// now.
type SeatRow struct {
	Href, Code, CaseNumber, Subject, Person, Owner, Now, Then string
	Received                                                  calendar.Date
	Status                                                    kit.Tag
}

// LookView is one filing to be read from outside its desk. RemarkHref leads to the form for a remark and Score holds the form for scores;
// either may be missing.
type LookView struct {
	Case               WorkspaceView
	Body, Now, Then    string
	ListHref, ListText string
	Files              []kit.File
	Remarks            []kit.Link
	RemarkHref         string
	Score              *ScoreView
}

// ScoreView is the form in which a filing that was drawn is scored. Form: one field for each criterion, note, _version.
type ScoreView struct {
	Criteria []kit.Field
	Note     string
	Max      int
	Percent  string
	Version  int64
}

// RemarkView asks or recommends something about a filing. Form: kind, body, text.
type RemarkView struct {
	Head          Head
	Kinds, Bodies []kit.Option
	Text          string
	Max           int
}
