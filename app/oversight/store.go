package oversight

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

// PageSize is the number of rows of every list.
const PageSize = 50

func notFound(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fail.NotFound()
	}
	return err
}

// remarksOf limits a query to the remarks an actor may read: those to his body, those of his procuratorate, and those passed up to it. The
// measure of somebody is never answered by himself: who took part in it reads none.
func remarksOf(a account.Actor) func(*gorm.DB) *gorm.DB {
	return func(q *gorm.DB) *gorm.DB {
		bodies, procuratorates := readers(a)
		any := q.Session(&gorm.Session{NewDB: true})
		return q.Where(any.Where("remark.body_id IN ?", orNone(bodies)).Or("remark.office_id IN ?", orNone(procuratorates)).Or("remark.above_id IN ?", orNone(procuratorates))).
			Where(`NOT EXISTS (SELECT 1 FROM filing f JOIN measure_participant mp ON mp.case_number = f.case_number
				WHERE f.id = remark.filing_id AND mp.person_id = ?)`, a.PersonID)
	}
}

// recusalsOf limits a query to the requests an actor may decide on, or has made.
func recusalsOf(a account.Actor) func(*gorm.DB) *gorm.DB {
	return func(q *gorm.DB) *gorm.DB {
		if a.IsDebtor() {
			return q.Where("recusal.asked_by = ?", a.PersonID)
		}
		return q.Where("recusal.body_id IN ? AND recusal.about_id <> ?", orNone(offices(a)), a.PersonID)
	}
}

// drawsOf limits a query to the draws of the bodies at which the actor supervises.
func drawsOf(a account.Actor) func(*gorm.DB) *gorm.DB {
	return func(q *gorm.DB) *gorm.DB { return q.Where("quality_draw.office_id IN ?", orNone(offices(a))) }
}

// orNone keeps a list from being empty, which no database takes: no id is empty.
func orNone(ids []string) []string {
	if len(ids) == 0 {
		return []string{""}
	}
	return ids
}

// guarded writes set where id and version are still what was read, and brings row up to date in the same statement.
func guarded[T any](tx *gorm.DB, row *T, id string, version int64, set map[string]any) error {
	var now T
	set["version"] = version + 1
	res := tx.Model(&now).Clauses(clause.Returning{}).Where("id = ? AND version = ?", id, version).Updates(set)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return fail.Conflict("filing.stale")
	}
	*row = now
	return nil
}

// Place is where a list goes on: after the row with this day and id.
type Place struct {
	Due calendar.Date
	ID  string
}
