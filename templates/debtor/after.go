package debtor

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// SentRow is one message that was sent to the person: when, to which masked address, and whether it arrived. Second says that it went another way
// because an earlier one did not arrive.
type SentRow struct {
	At                 time.Time
	To, State, Problem string
	Second, Failed     bool
}

// CarriedView asks whether a decision was carried out. Form: done (yes, partly, no), agrees (yes, no or nothing), note, _version.
type CarriedView struct {
	Remedy, Duty, Done, Agrees, Note, CancelHref string
	Cite                                         kit.Cite
	Due                                          calendar.Date
	Left                                         int
	Version                                      int64
}

// RestrictionsView lists the restrictions a person follows.
type RestrictionsView struct {
	Rows    []RestrictionRow
	AddHref string
}

// RestrictionRow is one restriction in the list.
type RestrictionRow struct {
	Title, Event, Href string
	Tag                kit.Tag
	Due                calendar.Date
	Left               int
	Open               bool
}

// RestrictionView is one restriction. Form: seen (gone, still, drop), _version.
type RestrictionView struct {
	Title, Event, Must, Note, Where string
	Happened                        calendar.Date
	Clock                           kit.Clock
	Working                         *kit.DateWorking
	// Open says that it is still followed; Ended is the sentence when it is not.
	Open  bool
	Ended string
	// DraftHref leads to the request that was drafted.
	DraftHref string
	CheckedAt time.Time
	Version   int64
}

// RestrictionAddView is one page of noting a restriction: a choice, or the day. Form: value, or year, month, day; _start.
type RestrictionAddView struct {
	Field      kit.Field
	Day        bool
	Token      string
	CancelHref string
}
