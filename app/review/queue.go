package review

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/casenumber"
	"reliefportal/app/filing"
)

// Tab is one list of the desk.
type Tab string

// The tabs. Open is everything the body owes a step for, by next clock.
const (
	TabOpen    Tab = "open"
	TabMine    Tab = "mine"
	TabWaiting Tab = "waiting" // for the debtor
	TabOverdue Tab = "overdue"
	TabDone    Tab = "done"
)

// Tabs in the order they are shown.
var Tabs = []Tab{TabOpen, TabMine, TabWaiting, TabOverdue, TabDone}

// Row is one line of a queue.
type Row struct {
	filing.Filing
	ReviewerSealed []byte // sealed name of the assigned person
}

// queueColumns are what a row of the queue shows, in the order scan reads them; the sealed answers are not read.
const queueColumns = `filing.id, filing.ref, filing.status, filing.version, filing.remedy, filing.pack_hash, filing.person_id, filing.lang,
	filing.applicant_sealed, filing.case_number, filing.owner_body_id, filing.owner_division, filing.reviewer_id, filing.next_action,
	filing.next_due_at, filing.overdue, filing.docket_number, filing.submitted_at, filing.closed_at, filing.outcome, filing.updated_at, filing.papers_added_at,
	reviewer.name_sealed AS reviewer_sealed`

// Queue lists one page of a tab: one query, keyset paged. Open tabs go by next clock, oldest id first on a tie; done goes by the day it ended, newest first.
// q narrows to a receipt code or a case number. more is the cursor of the next page, zero at the end.
func (s *Service) Queue(ctx context.Context, a account.Actor, tab Tab, q string, after filing.Cursor) (rows []Row, more filing.Cursor, err error) {
	db := s.DB.Read(ctx).Table("filing").Select(queueColumns).
		Joins("LEFT JOIN person reviewer ON reviewer.id = filing.reviewer_id").Scopes(filing.VisibleTo(a))
	db = find(db, q)
	if tab == TabDone {
		db = db.Where("filing.closed_at IS NOT NULL")
		if !after.Zero() {
			db = db.Where("(filing.closed_at, filing.id) < (?, ?)", after.At, after.ID)
		}
		db = db.Order("filing.closed_at DESC, filing.id DESC")
	} else {
		db = open(db, a, tab)
		if !after.Zero() {
			db = db.Where("(filing.next_due_at, filing.id) > (?, ?)", after.At, after.ID)
		}
		db = db.Order("filing.next_due_at, filing.id")
	}
	if rows, err = scan(db.Limit(filing.PageSize + 1)); err != nil {
		return nil, filing.Cursor{}, err
	}
	if len(rows) > filing.PageSize {
		rows = rows[:filing.PageSize]
		last := rows[len(rows)-1]
		more = filing.Cursor{At: at(last, tab), ID: last.ID}
	}
	return rows, more, nil
}

// scan reads the rows by hand: of the whole page, taking them apart by reflection is the dearest part.
func scan(db *gorm.DB) (out []Row, err error) {
	found, err := db.Rows()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	out = make([]Row, 0, filing.PageSize+1)
	for found.Next() {
		var r Row
		if err := found.Scan(&r.ID, &r.Ref, &r.Status, &r.Version, &r.Remedy, &r.PackHash, &r.PersonID, &r.Lang,
			&r.ApplicantSealed, &r.CaseNumber, &r.OwnerBodyID, &r.OwnerDivision, &r.ReviewerID, &r.NextAction,
			&r.NextDueAt, &r.Overdue, &r.DocketNumber, &r.SubmittedAt, &r.ClosedAt, &r.Outcome, &r.UpdatedAt, &r.PapersAddedAt,
			&r.ReviewerSealed); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, found.Err()
}

func open(db *gorm.DB, a account.Actor, tab Tab) *gorm.DB {
	db = db.Where("filing.next_due_at IS NOT NULL")
	switch tab {
	case TabMine:
		return db.Where("filing.reviewer_id = ?", a.PersonID)
	case TabWaiting:
		return db.Where("filing.status = ?", filing.Supplement)
	case TabOverdue:
		return db.Where("filing.overdue")
	}
	return db
}

func find(db *gorm.DB, q string) *gorm.DB {
	q = strings.TrimSpace(q)
	if q == "" {
		return db
	}
	if ref, ok := filing.ParseRef(q); ok {
		return db.Where("filing.ref = ?", ref)
	}
	if n, err := casenumber.Parse(q); err == nil {
		return db.Where("(filing.case_number = ? OR filing.docket_number = ?)", n.String(), n.String())
	}
	return db.Where("(filing.case_number = ? OR filing.docket_number = ?)", q, q)
}

func at(r Row, tab Tab) time.Time {
	if tab == TabDone && r.ClosedAt != nil {
		return *r.ClosedAt
	}
	if r.NextDueAt != nil {
		return *r.NextDueAt
	}
	return time.Time{}
}

func sortChoices(c []Choice) {
	slices.SortFunc(c, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Open, b.Open), cmp.Compare(a.Name, b.Name))
	})
}

func rank(c Choice) int {
	if c.Bar == BarNone {
		return 0
	}
	return 1
}
