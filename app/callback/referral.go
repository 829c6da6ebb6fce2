package callback

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
)

// Referral is a case with which the callers could not go on, as the supervisor sees it: masked, without number and without answers.
type Referral struct {
	ID       string
	Version  int64
	Person   string // masked
	BodyID   string // asked about
	Lang     string
	At       time.Time // UTC; when it came to the supervisor
	CloseBy  time.Time
	Missed   int
	For      string // ForLanguage: nobody can ring him in his language; "" when a caller sent it
	Attempts []Past // the notes of the callers included
	// Endings are the outcomes under which a supervisor may end the case.
	Endings []rules.OutcomeCode
}

// referredTo is the scope of referred cases of the bodies this actor supervises, without those about a body he has a tie to.
func referredTo(tx *gorm.DB, who staff) *gorm.DB {
	if len(who.supervises) == 0 {
		return tx.Where("1 = 0")
	}
	tx = tx.Where("status = 'open' AND referred_at IS NOT NULL AND supervisor_body_id IN ?", who.supervises)
	if len(who.offices) == 0 {
		return tx
	}
	return tx.Where("(supervisor_body_id = body_id OR body_id NOT IN ?)", who.offices)
}

// Referrals lists the cases the callers sent to the bodies this actor supervises, the oldest first, at most PageSize after the cursor.
func (s *Service) Referrals(ctx context.Context, a account.Actor, after Cursor) ([]Referral, *Cursor, error) {
	tx := s.db.Read(ctx)
	who, err := s.supervisor(tx, a)
	if err != nil {
		return nil, nil, err
	}
	var cases []Case
	err = referredTo(tx, who).Where("(referred_at, id) > (?, ?)", after.At, after.ID).Order("referred_at, id").Limit(PageSize + 1).Find(&cases).Error
	if err != nil {
		return nil, nil, err
	}
	var next *Cursor
	if len(cases) > PageSize {
		cases = cases[:PageSize]
		last := cases[PageSize-1]
		next = &Cursor{At: *last.ReferredAt, ID: last.ID}
	}
	tried, err := attemptsOf(tx, ids(cases)...)
	if err != nil {
		return nil, nil, err
	}
	out := make([]Referral, len(cases))
	for i, c := range cases {
		if out[i], err = s.referral(ctx, c, tried[c.ID]); err != nil {
			return nil, nil, err
		}
	}
	return out, next, nil
}

// Referral shows one case to its supervisor; not found for everybody else.
func (s *Service) Referral(ctx context.Context, a account.Actor, id string) (Referral, error) {
	tx := s.db.Read(ctx)
	c, _, err := s.referred(tx, a, id)
	if err != nil {
		return Referral{}, err
	}
	tried, err := attemptsOf(tx, id)
	if err != nil {
		return Referral{}, err
	}
	return s.referral(ctx, c, tried[id])
}

func (s *Service) referred(tx *gorm.DB, a account.Actor, id string) (Case, staff, error) {
	who, err := s.supervisor(tx, a)
	if err != nil {
		return Case{}, who, err
	}
	var c Case
	err = referredTo(tx, who).Where("id = ?", id).Take(&c).Error
	c, err = found(c, err)
	return c, who, err
}

func (s *Service) referral(ctx context.Context, c Case, attempts []attemptRow) (Referral, error) {
	e, err := s.edition(c)
	if err != nil {
		return Referral{}, err
	}
	names, err := s.people.NamesOf(ctx, []string{c.PersonID})
	if err != nil {
		return Referral{}, err
	}
	out := Referral{ID: c.ID, Version: c.Version, Person: i18n.Name(names[c.PersonID]), BodyID: c.BodyID, Lang: c.Lang, At: *c.ReferredAt, CloseBy: c.CloseBy, Missed: c.Missed, For: c.ReferredFor}
	for _, row := range attempts {
		p := e.past(Tried{At: row.RangAt, Code: row.Code})
		if p.Note, err = s.vault.openText("callback_attempt", "note_sealed", row.ID, row.NoteSealed); err != nil {
			return Referral{}, err
		}
		out.Attempts = append(out.Attempts, p)
	}
	for _, o := range e.calls.Outcomes {
		if mayEnd(o) {
			out.Endings = append(out.Endings, o)
		}
	}
	return out, nil
}

// mayEnd says that a supervisor, who has not talked to the person about the questions, may end a case under this outcome.
func mayEnd(o rules.OutcomeCode) bool {
	return o.Final && !o.System && o.CountsAs != "I" && o.CountsAs != "P" && o.CountsAs != "R" || o.Code == RefusedForGood
}

// Resolution is what a supervisor does with a referred case: back to the callers with an empty Code, else ended under the code. Alone gives it to
// the person to answer by himself, which is for a language nobody speaks.
type Resolution struct {
	Code  string
	Alone bool
	Note  string // sealed
}

// Resolve sends a referred case back to the list, or ends it. Invalid names the fields "outcome" and "note"; Conflict "callback.changed"
// that the page shown was an older version.
func (s *Service) Resolve(ctx context.Context, a account.Actor, id string, version int64, r Resolution) error {
	r.Note = strings.TrimSpace(r.Note)
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		c, who, err := s.referred(tx, a, id)
		if err != nil {
			return err
		}
		if c.Version != version {
			return fail.Conflict("callback.changed")
		}
		if r.Alone {
			return s.handOver(tx, c, who)
		}
		if r.Code == "" {
			return s.sendBack(tx, c, who)
		}
		return s.endReferred(tx, c, who, r)
	})
}

func (s *Service) sendBack(tx *gorm.DB, c Case, who staff) error {
	e, err := s.edition(c)
	if err != nil {
		return err
	}
	attempts, err := attemptsOf(tx, c.ID)
	if err != nil {
		return err
	}
	next := c
	next.ReferredAt, next.ReferredFor = nil, ""
	if due, ok := NextDue(e.calls, e.hours, triedOf(attempts[c.ID]), c.CloseBy); ok && due.After(s.clock.Now()) {
		next.DueAt = due
	}
	if err := saveCase(tx, c, &next, s.clock.Now()); err != nil {
		return err
	}
	return s.record(tx, who.asSupervisor(c), SubjectCase, c.ID, "callback.sent_back", nil)
}

func (s *Service) endReferred(tx *gorm.DB, c Case, who staff, r Resolution) error {
	e, err := s.edition(c)
	if err != nil {
		return err
	}
	o, ok := e.calls.Outcome(r.Code)
	if !ok || !mayEnd(o) {
		return fail.Invalid(fail.F("outcome", "callback.outcome_unknown"))
	}
	if err := checkNote(o, Report{Note: r.Note}); err != nil {
		return err
	}
	now := s.clock.Now()
	if err := s.vault.putAttempt(tx, c.ID, who.PersonID, Report{Code: r.Code, Note: r.Note, mode: ByOffice}, now); err != nil {
		return err
	}
	if o.NeverAgain {
		if err := stop(tx, c, r.Code, ByOffice, now); err != nil {
			return err
		}
	}
	attempts, err := attemptsOf(tx, c.ID)
	if err != nil {
		return err
	}
	code, err := s.final(tx, e, c, triedOf(attempts[c.ID]))
	if err != nil {
		return err
	}
	if counts := outcomeLetter(e.calls, code); counts != "I" && counts != "P" {
		code = r.Code // the supervisor knows better than an earlier "no answer"
	}
	return s.closeByCode(tx, c, code, "callback.ended", ByOffice)
}

func outcomeLetter(r *rules.CallRules, code string) string {
	o, _ := r.Outcome(code)
	return o.CountsAs
}

// asSupervisor names a supervisor in the audit record, with the body he acts for.
func (w staff) asSupervisor(c Case) audit.Actor {
	body := ""
	if c.SupervisorBodyID != nil {
		body = *c.SupervisorBodyID
	}
	return w.Audit(account.RoleSupervisor, body)
}
