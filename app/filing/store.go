package filing

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
)

// light are the columns a list needs; the sealed answers stay where they are.
var light = []string{"id", "ref", "status", "version", "remedy", "pack_hash", "person_id", "lang", "applicant_sealed", "case_number",
	"exec_body_id", "act_body_id", "parent_id", "owner_body_id", "owner_division", "reviewer_id", "next_action", "next_clock_id", "next_due_at",
	"overdue", "docket_number", "submitted_at", "docketed_at", "decided_at", "served_on", "closed_at", "outcome", "closed_ground",
	"draft_expires_at", "urgency", "urgency_rank", "drafted_for", "draft_warned_at", "created_at", "updated_at"}

// VisibleTo limits a query on filing to what the actor may see. Not yours is not found: the limit stands in the query.
//   - a debtor sees his own filings and those he was asked to act in; while staff type for him, they see the one of their session;
//   - staff see the filings their body owns, in the divisions their role works for, but never the review of a measure
//     in which they took part (OR art. 11(3)), nor one in which they stand aside (CPL art. 47);
//   - a procuratorate sees what concerns the courts of its seat; see AtSeat.
func VisibleTo(a account.Actor) func(*gorm.DB) *gorm.DB {
	return func(q *gorm.DB) *gorm.DB {
		if a.IsDebtor() {
			return ownScope(q, a)
		}
		return staffScope(q, a)
	}
}

func staffScope(q *gorm.DB, a account.Actor) *gorm.DB {
	any := q.Session(&gorm.Session{NewDB: true})
	cond, some := any, false
	for _, g := range a.Grants {
		if g.Role == account.RoleProcurator && g.BodyID != "" {
			some, cond = true, cond.Or(atSeat, g.BodyID, g.BodyID, g.BodyID, g.BodyID)
			continue
		}
		divisions := DivisionsOf(g.Role)
		if len(divisions) == 0 || g.BodyID == "" {
			continue
		}
		some = true
		one := "filing.owner_body_id = ? AND filing.owner_division IN ?"
		if g.Role != account.RoleImplementer {
			one += " AND NOT EXISTS (SELECT 1 FROM measure_participant mp WHERE mp.case_number = filing.case_number AND mp.person_id = ?)" +
				" AND NOT EXISTS (SELECT 1 FROM review_exclusion x WHERE x.filing_id = filing.id AND x.person_id = ?)"
			cond = cond.Or(one, g.BodyID, divisions, a.PersonID, a.PersonID)
		} else {
			cond = cond.Or(one, g.BodyID, divisions)
		}
	}
	if !some {
		return q.Where("1 = 0")
	}
	return q.Where("filing.status <> ?", Draft).Where(cond)
}

// ByID loads one filing that the actor may see. Anything else is fail.NotFound.
func ByID(db *gorm.DB, a account.Actor, id string) (Filing, error) {
	var f Filing
	err := db.Scopes(VisibleTo(a)).Where("filing.id = ?", id).Take(&f).Error
	return f, notFound(err)
}

func notFound(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fail.NotFound()
	}
	return err
}

// Cursor is the place in a list after which the next page begins.
type Cursor struct {
	At time.Time
	ID string
}

// Zero reports whether the cursor is the beginning.
func (c Cursor) Zero() bool { return c.ID == "" }

// PageSize is the number of rows of every list page.
const PageSize = 25

// Mine lists the debtor's own drafts and filings with their sealed answers, last change first. more is the cursor of the next page, zero
// when there is none.
func (s *Service) Mine(ctx context.Context, a account.Actor, after Cursor) (rows []Filing, more Cursor, err error) {
	if !a.IsDebtor() {
		return nil, Cursor{}, fail.NotFound()
	}
	q := s.db.Read(ctx).Scopes(VisibleTo(a)).Where("filing.person_id = ?", a.PersonID).
		Where("NOT (filing.status = ? AND filing.outcome IN ?)", Closed, []Outcome{Expired}).
		Where("NOT (filing.status = ? AND filing.ref IS NULL)", Closed)
	if !after.Zero() {
		q = q.Where("filing.updated_at < ? OR (filing.updated_at = ? AND filing.id < ?)", after.At, after.At, after.ID)
	}
	err = q.Order("filing.updated_at DESC, filing.id DESC").Limit(PageSize + 1).Find(&rows).Error
	if len(rows) > PageSize {
		rows = rows[:PageSize]
		more = Cursor{At: rows[PageSize-1].UpdatedAt, ID: rows[PageSize-1].ID}
	}
	return rows, more, err
}

// OnlyDraft is the id of the debtor's one draft, when nothing else of his is open: somebody with one thing begun comes back to go on with it.
func (s *Service) OnlyDraft(ctx context.Context, a account.Actor) (id string, ok bool, err error) {
	if !a.IsDebtor() {
		return "", false, nil
	}
	var rows []Filing
	err = s.db.Read(ctx).Scopes(VisibleTo(a)).Select("id", "status").Where("filing.person_id = ? AND filing.status <> ?", a.PersonID, Closed).Limit(2).Find(&rows).Error
	if err != nil || len(rows) != 1 || rows[0].Status != Draft {
		return "", false, err
	}
	return rows[0].ID, true, nil
}

// OwnClocks gives, for each of these filings that has one, the running clock of the applicant that ends first: his time for the next way.
func (s *Service) OwnClocks(ctx context.Context, ids []string) (map[string]Clock, error) {
	out := map[string]Clock{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Clock
	err := s.db.Read(ctx).Where("filing_id IN ? AND who = ? AND state = ?", ids, rules.WhoApplicant, Running).Order("due_at DESC").Find(&rows).Error
	for _, c := range rows {
		out[c.FilingID] = c
	}
	return out, err
}

// ClocksOf lists the clocks of a filing, oldest first.
func ClocksOf(db *gorm.DB, filingID string) ([]Clock, error) {
	var out []Clock
	err := db.Where("filing_id = ?", filingID).Order("created_at, id").Find(&out).Error
	return out, err
}

func factsAD(id string) seal.AD     { return seal.AD{Table: "filing", Column: "facts", Row: id} }
func applicantAD(id string) seal.AD { return seal.AD{Table: "filing", Column: "applicant", Row: id} }
