package filing

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
)

// supervised are the courts whose procuratorate a parameter names, once an administrator has confirmed it.
const supervised = "(SELECT id FROM body WHERE procuratorate_id = ?)"

// inCaseOf are the case numbers in which a court of the seat took a measure.
const inCaseOf = `(SELECT c.case_number FROM enforcement_measure m JOIN enforcement_case c ON c.id = m.case_id
	JOIN body b ON b.id = m.body_id WHERE b.procuratorate_id = ?)`

// atSeat holds for a filing that concerns a court of the procuratorate's seat: the one that enforces now, the one that took the measure, by
// the person's answer or by the record of the case, and the one that has the filing (CPL 246; when a case has moved, both seats see it).
const atSeat = "(filing.exec_body_id IN " + supervised + " OR filing.act_body_id IN " + supervised + " OR filing.owner_body_id IN " + supervised +
	" OR filing.case_number <> '' AND filing.case_number IN " + inCaseOf + ")"

// ofSeat is atSeat as a list of ids, each part of which is found by an index of its own: for lists.
const ofSeat = "SELECT id FROM filing WHERE exec_body_id IN " + supervised + " UNION SELECT id FROM filing WHERE act_body_id IN " + supervised +
	" UNION SELECT id FROM filing WHERE owner_body_id IN " + supervised + " AND next_due_at IS NOT NULL" +
	" UNION SELECT id FROM filing WHERE owner_body_id IN " + supervised + " AND closed_at IS NOT NULL" +
	" UNION SELECT id FROM filing WHERE case_number <> '' AND case_number IN " + inCaseOf

// AtSeat lists the filings that concern the courts of the actor's procuratorates, the newest first, without their answers. more is the cursor
// of the next page, zero when there is none. Error: NotFound for anybody else.
func (s *Service) AtSeat(ctx context.Context, a account.Actor, after Cursor) (rows []Filing, more Cursor, err error) {
	q := s.db.Read(ctx)
	offices := a.Bodies(account.RoleProcurator)
	if !a.IsStaff() || len(offices) == 0 {
		return nil, Cursor{}, fail.NotFound()
	}
	seats := q.Session(&gorm.Session{NewDB: true})
	for _, id := range offices {
		seats = seats.Or("filing.id IN ("+ofSeat+")", id, id, id, id, id)
	}
	q = q.Select(light).Where("filing.submitted_at IS NOT NULL").Where(seats)
	if !after.Zero() {
		q = q.Where("(filing.submitted_at, filing.id) < (?, ?)", after.At, after.ID)
	}
	err = q.Order("filing.submitted_at DESC, filing.id DESC").Limit(PageSize + 1).Find(&rows).Error
	if len(rows) > PageSize {
		rows = rows[:PageSize]
		more = Cursor{At: *rows[PageSize-1].SubmittedAt, ID: rows[PageSize-1].ID}
	}
	return rows, more, err
}

// Named loads filings by their ids, without their answers, for a list whose rows the caller has found under a right of its own.
func (s *Service) Named(ctx context.Context, ids []string) (map[string]Filing, error) {
	out := make(map[string]Filing, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Filing
	err := s.db.Read(ctx).Select(light).Where("id IN ?", ids).Find(&rows).Error
	for _, f := range rows {
		out[f.ID] = f
	}
	return out, err
}

// FiledIn is Filed inside a transaction.
func (s *Service) FiledIn(tx *gorm.DB, id string) (Filing, error) {
	var f Filing
	err := tx.Where("id = ? AND ref IS NOT NULL", id).Take(&f).Error
	return f, notFound(err)
}

// Note puts something that was done about a filing, beside its steps, on its record and on the debtor's timeline. data is never personal.
func (s *Service) Note(tx *gorm.DB, a account.Actor, id, kind string, data map[string]any) error {
	f, err := s.FiledIn(tx, id)
	if err != nil {
		return err
	}
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: actorOn(f, a), Kind: kind, Data: data, Visible: true, At: s.Clock.Now()})
}
