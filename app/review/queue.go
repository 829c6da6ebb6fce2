package review

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/filing"
)

// Tab is one list of the desk.
type Tab string

// The tabs. Open is everything the body owes a step for, by next clock.
const (
	TabOpen    Tab = "open"
	TabNew     Tab = "new"  // not taken up yet
	TabFree    Tab = "free" // taken up, and nobody has it
	TabMine    Tab = "mine"
	TabWaiting Tab = "waiting" // for the debtor
	TabOverdue Tab = "overdue"
	TabDone    Tab = "done"
	TabFound   Tab = "found" // what a search found, wherever it stands, the newest first; not a tab of its own
)

// Tabs in the order they are shown.
var Tabs = []Tab{TabOpen, TabNew, TabFree, TabMine, TabWaiting, TabOverdue, TabDone}

// Filter narrows a list of the desk. Empty fields narrow nothing.
type Filter struct {
	Tab    Tab
	Text   string // a receipt code, a case number, or words: a party's name, what was said
	Remedy string
	Urgent string // AnyUrgent, or the code of a reason
}

// AnyUrgent is every reason of urgency.
const AnyUrgent = "any"

// Place is the place in a list after which the next page begins.
type Place struct {
	At   time.Time
	Rank int64
	ID   string
}

// Zero reports whether the place is the beginning.
func (p Place) Zero() bool { return p.ID == "" }

// Row is one line of a queue.
type Row struct {
	filing.Filing
	ReviewerSealed []byte // sealed name of the assigned person
}

// queueColumns are what a row of the queue shows, in the order scan reads them; the sealed answers are not read.
const queueColumns = `filing.id, filing.ref, filing.status, filing.version, filing.remedy, filing.pack_hash, filing.person_id, filing.lang,
	filing.applicant_sealed, filing.case_number, filing.owner_body_id, filing.owner_division, filing.reviewer_id, filing.next_action,
	filing.next_due_at, filing.overdue, filing.docket_number, filing.submitted_at, filing.closed_at, filing.outcome, filing.updated_at, filing.papers_added_at,
	filing.urgency, filing.urgency_rank, reviewer.name_sealed AS reviewer_sealed`

// Queue lists one page of a tab: one query, keyset paged. Open tabs go by the last day, on the same day the more urgent first; done goes by the day
// it ended, newest first. more is where the next page begins, zero at the end.
func (s *Service) Queue(ctx context.Context, a account.Actor, f Filter, after Place) (rows []Row, more Place, err error) {
	if rows, err = scan(s.page(s.DB.Read(ctx), a, f, after)); err != nil {
		return nil, Place{}, err
	}
	if len(rows) > filing.PageSize {
		rows = rows[:filing.PageSize]
		more = placeIn(rows[len(rows)-1].Filing, f.Tab)
	}
	return rows, more, nil
}

// page is the query of one page of a list.
func (s *Service) page(db *gorm.DB, a account.Actor, f Filter, after Place) *gorm.DB {
	q := db.Table("filing").Select(queueColumns).Joins("LEFT JOIN person reviewer ON reviewer.id = filing.reviewer_id").Scopes(filing.VisibleTo(a))
	q = narrow(s.find(q, a, f.Text), f)
	switch f.Tab {
	case TabDone:
		q = later(q.Where("filing.closed_at IS NOT NULL"), "filing.closed_at", after)
	case TabFound:
		q = later(q, "filing.submitted_at", after)
	default:
		q = open(q, a, f.Tab)
		if !after.Zero() {
			q = q.Where("(filing.next_due_at, filing.urgency_rank, filing.id) > (?, ?, ?)", after.At, after.Rank, after.ID)
		}
		q = q.Order("filing.next_due_at, filing.urgency_rank, filing.id")
	}
	return q.Limit(filing.PageSize + 1)
}

// later pages by an instant, newest first.
func later(q *gorm.DB, column string, after Place) *gorm.DB {
	if !after.Zero() {
		q = q.Where("("+column+", filing.id) < (?, ?)", after.At, after.ID)
	}
	return q.Order(column + " DESC, filing.id DESC")
}

// narrow adds what a filter asks for beside its words and its tab.
func narrow(q *gorm.DB, f Filter) *gorm.DB {
	if f.Remedy != "" {
		q = q.Where("filing.remedy = ?", f.Remedy)
	}
	switch f.Urgent {
	case "":
	case AnyUrgent:
		q = q.Where("filing.urgency_rank < ?", filing.NotUrgent)
	default:
		q = q.Where("(',' || filing.urgency || ',' LIKE ? OR ',' || filing.urgency LIKE ?)", "%,"+f.Urgent+",%", "%,"+f.Urgent+":%")
	}
	return q
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
			&r.Urgency, &r.UrgencyRank, &r.ReviewerSealed); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, found.Err()
}

// open narrows to what is owed. The statuses are written out, so that a prepared statement may use an index that holds for one of them.
func open(db *gorm.DB, a account.Actor, tab Tab) *gorm.DB {
	db = db.Where("filing.next_due_at IS NOT NULL")
	switch tab {
	case TabMine:
		return db.Where("filing.reviewer_id = ?", a.PersonID)
	case TabNew:
		return db.Where("filing.status = 'submitted'")
	case TabFree:
		return db.Where("filing.status = 'reviewing' AND filing.reviewer_id IS NULL")
	case TabWaiting:
		return db.Where("filing.status = 'supplement'")
	case TabOverdue:
		return db.Where("filing.overdue")
	}
	return db
}

func placeIn(f filing.Filing, tab Tab) Place {
	switch {
	case tab == TabDone && f.ClosedAt != nil:
		return Place{At: *f.ClosedAt, ID: f.ID}
	case tab == TabFound && f.SubmittedAt != nil:
		return Place{At: *f.SubmittedAt, ID: f.ID}
	}
	return placeOf(f)
}

// placeOf is where a filing stands among the open ones.
func placeOf(f filing.Filing) Place {
	p := Place{Rank: f.UrgencyRank, ID: f.ID}
	if f.NextDueAt != nil {
		p.At = *f.NextDueAt
	}
	return p
}
