// Package admin holds the pages of those who keep the program running and the law up to date. None of them shows a filing.
package admin

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// FailedJobsView lists jobs that were given up. Form for each row: id.
type FailedJobsView struct {
	Tabs []kit.Tab
	Rows []FailedJob
	// Files is one sentence on the last check of the stored files; FilesBad says that some are not what they were.
	Files    string
	FilesBad bool
	// RetryAction is a POST that puts a job back; empty shows no button.
	RetryAction string
	// Lost are the messages to people that did not arrive, without address and words.
	Lost []LostMessage
}

// LostMessage is one message that did not arrive.
type LostMessage struct {
	At                     time.Time
	Kind, Channel, Problem string
	Tries                  int
}

// FailedJob is one job that was given up. Error holds no personal data.
type FailedJob struct {
	ID, Kind, Error string
	Attempts        int
	At              time.Time
}

// Cited is one citation: the article, how firmly it was checked, and the phrase of it that was kept.
type Cited struct{ Text, Standing, Phrase string }

// Item is one thing a pack says: a remedy, a route, a clock, a question, a source, a ground, a worked case.
type Item struct {
	ID, Title string
	// Href leads to its own page; empty for most.
	Href  string
	Tag   kit.Tag
	Lines []string
	Cites []Cited
}

// Section is a heading with items.
type Section struct {
	ID, Title string
	Items     []Item
}

// PackHead names a pack.
type PackHead struct {
	Href, Name, ID, Hash string
	From                 calendar.Date
	InForce              bool
	// Counts are the numbers of its parts, in words.
	Counts string
}

// PacksView lists the packs of the program.
type PacksView struct {
	Tabs []kit.Tab
	Rows []PackHead
}

// PackView shows one part of a pack, or what a search found in all of it. Form (GET): q.
type PackView struct {
	Tabs, Parts  []kit.Tab
	Head         PackHead
	Problems     []string
	Q            string
	SearchAction string
	Section      Section
}

// RemedyView shows one remedy in full.
type RemedyView struct {
	Tabs     []kit.Tab
	PackHref string
	PackName string
	ID       string
	Title    string
	About    []kit.SummaryRow
	Sections []Section
}

// RehearsalView asks which pack to rehearse on how many filings, and shows what it would change. Form (GET): pack, n.
type RehearsalView struct {
	Tabs   []kit.Tab
	Action string
	Packs  []kit.Option
	N      string
	// Summary is what was found, in one sentence; empty before anything was asked.
	Summary string
	Rows    []RehearsalRow
}

// RehearsalRow is one filing that would change, by its receipt code.
type RehearsalRow struct {
	Code, Remedy string
	Received     calendar.Date
	Changes      []string
}

// CourtsView lists courts. Form (GET): q.
type CourtsView struct {
	Tabs                []kit.Tab
	Action, Q           string
	Rows                []CourtRow
	FirstHref, NextHref string
}

// CourtRow is one court of a list.
type CourtRow struct{ Href, Name, Level, Above, Sign, Note string }

// CourtView shows one court and what an administrator may set of it. Forms: kind, name, name_en, year, month, day (DivisionAction); name
// (ProcuratorateAction).
type CourtView struct {
	// PracticeHref leads to how the court decides.
	PracticeHref string
	Tabs         []kit.Tab
	ListHref     string
	Name         string
	About        []kit.SummaryRow
	AboveHref    string
	Divisions    []DivisionRow
	// DivisionAction is a POST that enters a division.
	DivisionAction                    string
	Kinds                             []kit.Option
	DivisionName, DivisionEn, Kind    string
	Year, Month, Day                  string
	Procuratorate, ProcuratorateTyped string
	Confirmed                         bool
	ProcuratorateAction               string
}

// DivisionRow is one division of a court, or the usual one of a kind that nobody entered.
type DivisionRow struct {
	Kind, Name string
	From, To   calendar.Date
	// Assumed says that nobody entered it; Future and Past that it does not stand today.
	Assumed, Future, Past bool
}

// OutagesView is the ledger of outages. Form: kind, start, end (times in China, to the minute).
type OutagesView struct {
	Tabs  []kit.Tab
	Rows  []OutageRow
	Kinds []kit.Option
	// Kind, Start and End are what was typed.
	Kind, Start, End string
}

// OutageRow is one entry of the ledger; Drafts is how many drafts it struck.
type OutageRow struct {
	From, To  time.Time
	What, How string
	Drafts    int
}
