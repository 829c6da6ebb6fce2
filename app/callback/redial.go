package callback

import (
	"context"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

// RedialResult is what a second caller found when he rang somebody whose interview was drawn to be checked.
type RedialResult string

// The results. Answers are not asked again: only whether the first call was what it is said to be.
const (
	RedialAgreed     RedialResult = "agreed"      // the person was called and what was written down is right
	RedialDiffers    RedialResult = "differs"     // he was called, and says something was written down wrongly
	RedialNotCalled  RedialResult = "not_called"  // he says that nobody called
	RedialNotReached RedialResult = "not_reached" // nobody answered the check
	RedialRefused    RedialResult = "refused"     // he does not wish to be asked again about it
)

// RedialResults lists the results in the order they are shown.
var RedialResults = []RedialResult{RedialAgreed, RedialDiffers, RedialNotCalled, RedialNotReached, RedialRefused}

// Redial is an interview drawn to be checked by a second caller; a row of callback_redial.
type Redial struct {
	CaseID    string `gorm:"primaryKey"`
	CallerID  string // who held the interview, and may not check it
	CloseBy   time.Time
	Status    string // "open", "done", "lapsed"
	Result    RedialResult
	DoneBy    *string
	DoneAt    *time.Time
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// TableName names the table.
func (Redial) TableName() string { return "callback_redial" }

// redialDays is how long a check may take, in calendar days (PROJECT): later the person no longer remembers the call.
const redialDays = 7

// drawRedial draws interviews by phone for the check, by the seed of their programme, so that no caller can know which.
func (s *Service) drawRedial(h *desk) error {
	counts := outcomeLetter(h.calls, *h.new.FinalCode)
	if (counts != "I" && counts != "P") || h.old.ProgrammeID == nil || !h.new.ByPhone {
		return nil
	}
	var p Programme
	if err := h.tx.Where("id = ?", *h.old.ProgrammeID).Take(&p).Error; err != nil {
		return err
	}
	if !IsDrawn(Chance(p.Seed, "redial/"+h.old.ID), h.calls.RedialPercent*10) {
		return nil
	}
	row := Redial{CaseID: h.old.ID, CallerID: h.who.PersonID, CloseBy: calendar.DateOf(h.now).AddDays(redialDays).EndUTC(), Status: "open", CreatedAt: h.now}
	if err := h.tx.Create(&row).Error; err != nil {
		return err
	}
	return s.record(h.tx, system(), SubjectCase, h.old.ID, "callback.redial_drawn", nil)
}

// Check is an interview to be checked, as the second caller sees it.
type Check struct {
	CaseID  string
	Person  string // masked
	Phone   string // only inside hours
	Lang    string
	CloseBy time.Time
	Open    bool // people may be rung now
}

// redialsFor is the scope of checks this caller may make: not of his own interviews, nor about a body he has a tie to.
func redialsFor(tx *gorm.DB, who staff, now time.Time) *gorm.DB {
	tx = tx.Table("callback_redial r").Joins("JOIN callback_case c ON c.id = r.case_id").
		Where("r.status = 'open' AND r.close_by > ? AND r.caller_id <> ? AND c.person_id <> ? AND c.lang IN ?", now, who.PersonID, who.PersonID, who.langs)
	if len(who.offices) == 0 {
		return tx
	}
	return tx.Where("c.body_id NOT IN ?", who.offices)
}

// Checks lists the interviews this caller may check now, the oldest first, at most PageSize.
func (s *Service) Checks(ctx context.Context, a account.Actor) ([]Check, error) {
	tx := s.db.Read(ctx)
	who, err := s.caller(tx, a)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	var cases []Case
	err = redialsFor(tx, who, now).Order("r.created_at, r.case_id").Limit(PageSize).Select("c.*").Scan(&cases).Error
	if err != nil {
		return nil, err
	}
	out := make([]Check, 0, len(cases))
	for _, c := range cases {
		v, err := s.checkOf(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// CheckOf shows one interview to check to a caller who may check it; not found for everybody else.
func (s *Service) CheckOf(ctx context.Context, a account.Actor, caseID string) (Check, error) {
	tx := s.db.Read(ctx)
	c, err := s.checkable(tx, a, caseID)
	if err != nil {
		return Check{}, err
	}
	v, err := s.checkOf(ctx, tx, c)
	if err != nil || !v.Open {
		return v, err
	}
	numbers, err := s.vault.numbersOf(tx, c.PersonID)
	if n, ok := firstUsable(numbers); ok {
		v.Phone = n.Number
	}
	return v, err
}

func (s *Service) checkable(tx *gorm.DB, a account.Actor, caseID string) (Case, error) {
	who, err := s.caller(tx, a)
	if err != nil {
		return Case{}, err
	}
	var cases []Case
	err = redialsFor(tx, who, s.clock.Now()).Where("r.case_id = ?", caseID).Select("c.*").Scan(&cases).Error
	if err != nil {
		return Case{}, err
	}
	if len(cases) == 0 {
		return Case{}, fail.NotFound()
	}
	return cases[0], nil
}

func (s *Service) checkOf(ctx context.Context, tx *gorm.DB, c Case) (Check, error) {
	e, err := s.edition(c)
	if err != nil {
		return Check{}, err
	}
	profile, err := s.profileOf(tx, c.PersonID)
	if err != nil {
		return Check{}, err
	}
	name, err := s.masked(ctx, c.PersonID)
	now := s.clock.Now()
	may, _ := e.mayDial(c, profile, now)
	return Check{CaseID: c.ID, Person: name, Lang: c.Lang, Open: e.hours.Open(now) && may}, err
}

// CloseCheck writes down what a check found. Whoever no longer wants to be contacted is stopped for good over every channel.
// Invalid at the field "result"; Conflict "callback.closed" when somebody was faster.
func (s *Service) CloseCheck(ctx context.Context, a account.Actor, caseID string, result RedialResult, never bool) error {
	known := false
	for _, r := range RedialResults {
		known = known || r == result
	}
	if !known {
		return fail.Invalid(fail.F("result", "callback.outcome_unknown"))
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		c, err := s.checkable(tx, a, caseID)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		done := tx.Model(&Redial{}).Where("case_id = ? AND status = 'open'", caseID).
			Updates(map[string]any{"status": "done", "result": result, "done_by": a.PersonID, "done_at": now})
		if err := oneRow(done, "callback.closed"); err != nil {
			return err
		}
		if never {
			if err := stop(tx, c, RefusedForGood, ByPhone, now); err != nil {
				return err
			}
		}
		return s.record(tx, staff{Actor: a}.asCaller(), SubjectCase, caseID, "callback.redialled", map[string]any{"result": result, "never": never})
	})
}

// LapseChecks ends the checks nobody made in time. They stay in the count of those drawn.
func (s *Service) LapseChecks(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Redial{}).Where("status = 'open' AND close_by <= ?", s.clock.Now()).Update("status", "lapsed").Error
	})
}
