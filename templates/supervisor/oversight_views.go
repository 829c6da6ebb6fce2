package supervisor

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// DutiesView lists things of one kind that a body owes an answer to.
type DutiesView struct {
	Tabs        []kit.Tab
	Title, None string
	Rows        []Duty
}

// Duty is one of them. Code is the receipt code of the filing; From says who asked, or about whom.
type Duty struct {
	Href, Code, Kind, Body, From string
	Status                       kit.Tag
	Due                          calendar.Date
	Left                         int
	HasDue                       bool
}

// RemarkView is one remark of a procuratorate. Form: text, _version; LongerAction takes the same form for more time.
type RemarkView struct {
	Code, Kind, From, Body, Said, Answer, Longer string
	// Above is the procuratorate it was passed on to; empty for none.
	Above string
	// FilingHref leads to the filing for those who may read it.
	FilingHref, ListHref string
	Status               kit.Tag
	Due, Answered        calendar.Date
	Left                 int
	HasDue, MayAnswer    bool
	// LongerAction is a POST for more time; Extra is how much.
	LongerAction, Extra string
	Rule                kit.Cite
	Typed               string
	Max                 int
	Version             int64
}

// RecusalView is one request that somebody steps aside. Form: grant (yes, no), text, _version.
type RecusalView struct {
	Code, Name, Reason, Said, Again, Answer, ListHref string
	Status                                            kit.Tag
	Due, Decided                                      calendar.Date
	Left                                              int
	HasDue                                            bool
	Choices                                           []kit.Option
	Rule                                              kit.Cite
	Typed                                             string
	Max                                               int
	Version                                           int64
}

// QualityView lists what was drawn. Form: body, from (the first day of a month).
type QualityView struct {
	Tabs           []kit.Tab
	Rows           []DrawRow
	Bodies, Months []kit.Option
	// Share is the part that is drawn, in percent.
	Share int
}

// DrawRow is one draw.
type DrawRow struct {
	Href, Body, Days, Percent string
	Size, Population, Done    int
	Seed                      int64
	DrawnAt                   time.Time
}

// DrawView is one draw with what is in it.
type DrawView struct {
	Tabs     []kit.Tab
	ListHref string
	Draw     DrawRow
	Items    []DrawItem
}

// DrawItem is one filing that was drawn.
type DrawItem struct {
	Href, Code, Subject, Percent string
	Place                        int
	Status                       kit.Tag
}
