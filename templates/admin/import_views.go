package admin

import (
	"time"

	"reliefportal/templates/kit"
)

// ImportsView lists the tables handed in. Form: kind, file.
type ImportsView struct {
	Tabs  []kit.Tab
	Kinds []kit.Option
	Rows  []ImportRow
}

// ImportRow is one table.
type ImportRow struct {
	Href, Kind, SHA256 string
	Rows, Bad          int
	At                 time.Time
	Status             kit.Tag
}

// ImportView is one table with the fate of each row. Form: _version.
type ImportView struct {
	Tabs     []kit.Tab
	ListHref string
	Import   ImportRow
	Rows     []FateRow
	// Sum counts the fates in a sentence.
	Sum string
	// MayApply shows the button; Blocked says that bad rows stand in the way.
	MayApply, Blocked bool
	DropAction        string
	Version           int64
}

// FateRow is one row of the table.
type FateRow struct {
	Number                     int
	Subject, What, Detail, Why string
	Fate                       kit.Tag
}
