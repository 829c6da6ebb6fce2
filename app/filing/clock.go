package filing

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// startStage starts the clock that the remedy's data binds to the stage a step leads to.
func (s *Service) startStage(tx *gorm.DB, f Filing, step Step, bodyID string, now time.Time) (Clock, error) {
	p, err := s.Pack(f)
	if err != nil {
		return Clock{}, err
	}
	rule, from, ok := p.StageClock(f.Remedy, step.Stage)
	if desk, known := p.Clock(p.Desk.Clock); known && bodyID == s.Bodies.RoutingDesk() {
		rule, from, ok = desk, rules.FromReceived, true // the desk is no court: it owes a name, not a decision
	}
	if !ok {
		// A filing without a running clock must not exist; the pack check refuses such a pack at start.
		return Clock{}, errors.New("the pack has no clock for this stage")
	}
	start := calendar.DateOf(now)
	if from == rules.FromReceived && !step.Anew && f.SubmittedAt != nil {
		start = calendar.DateOf(*f.SubmittedAt)
	}
	return s.startClock(tx, f.ID, p, rule, start, bodyID, now)
}

func (s *Service) startClock(tx *gorm.DB, filingID string, p *rules.Pack, rule rules.ClockRule, start calendar.Date, bodyID string, now time.Time) (Clock, error) {
	dl := s.end(p, start, rule.Length)
	c := Clock{ID: store.NewID(), FilingID: filingID, Rule: rule.ID, Who: rule.Who, StartedOn: start, RawEndOn: dl.RawEnd,
		LegalEndOn: dl.LegalEnd, FileByOn: dl.FileBy, Provisional: dl.Provisional, DueAt: dl.LegalEnd.EndUTC(), State: Running, CreatedAt: now}
	if rule.Who == rules.WhoBody && bodyID != "" {
		c.BodyID = &bodyID
	}
	return c, tx.Create(&c).Error
}

// handClock binds the clock that runs to the new owner of a filing: the same clock, to the same day. One that was missed stays with the body
// that missed it.
func handClock(tx *gorm.DB, f Filing) error {
	return tx.Model(&Clock{}).Where("id = ? AND state = ? AND who = ?", f.NextClockID, Running, rules.WhoBody).Update("body_id", f.OwnerBodyID).Error
}

// endClock ends a running clock. A clock that was missed stays missed: doing it late does not make it done in time.
func endClock(tx *gorm.DB, id string, state ClockState, now time.Time) error {
	if state == "" {
		state = Met
	}
	return tx.Model(&Clock{}).Where("id = ? AND state = ?", id, Running).Updates(map[string]any{"state": state, "ended_at": now}).Error
}

// Deadline gives the dates of a clock as they stand, with their working where the calendar of the pack leads to them. A clock that was
// worked out by a later calendar has dates and no steps.
func Deadline(p *rules.Pack, c Clock) (calendar.Deadline, rules.ClockRule) {
	dl, rule := promised(p, c)
	if dl.LegalEnd != c.LegalEndOn || dl.FileBy != c.FileByOn || dl.Provisional != c.Provisional {
		dl = calendar.Deadline{Start: c.StartedOn, RawEnd: c.RawEndOn, LegalEnd: c.LegalEndOn, FileBy: c.FileByOn, Period: rule.Length, Provisional: c.Provisional}
	}
	return dl, rule
}

// promised works a clock out by the pack of the filing alone, as it was told on the day the clock started.
func promised(p *rules.Pack, c Clock) (calendar.Deadline, rules.ClockRule) {
	rule, ok := p.Clock(c.Rule)
	if !ok {
		return calendar.Deadline{Start: c.StartedOn, RawEnd: c.RawEndOn, LegalEnd: c.LegalEndOn, FileBy: c.FileByOn, Provisional: c.Provisional}, rule
	}
	return p.Calendar.End(c.StartedOn, rule.Length), rule
}

const sweepBatch = 200

// SweepClocks marks the clocks that have run out, tells the people they concern, and returns how many it marked.
// It reads the world anew for each clock, so running it twice, or on two machines, does nothing twice.
func (s *Service) SweepClocks(ctx context.Context) (int, error) {
	var due []Clock
	err := s.db.Read(ctx).Where("state = ? AND due_at <= ?", Running, s.Clock.Now()).Order("due_at, id").Limit(sweepBatch).Find(&due).Error
	if err != nil {
		return 0, err
	}
	marked := 0
	var problems []error
	for _, c := range due {
		did, err := s.runOut(ctx, c.ID)
		if did {
			marked++
		}
		problems = append(problems, err)
	}
	return marked, errors.Join(problems...)
}

func (s *Service) runOut(ctx context.Context, clockID string) (did bool, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		did = false
		now := s.Clock.Now()
		res := tx.Model(&Clock{}).Where("id = ? AND state = ? AND due_at <= ?", clockID, Running, now).
			Updates(map[string]any{"state": Missed, "ended_at": now})
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		did = true
		var c Clock
		if err := tx.Where("id = ?", clockID).Take(&c).Error; err != nil {
			return err
		}
		var f Filing
		if err := tx.Where("id = ?", c.FilingID).Take(&f).Error; err != nil {
			return err
		}
		return s.afterRunOut(ctx, tx, f, c, now)
	})
	if err != nil {
		did = false
	}
	return did, err
}

// afterRunOut is what a missed clock sets off: the applicant's own window is only noted; a supplement that did not come
// puts the filing back on the docketing desk; a body that is late is marked, and it and the debtor are told.
func (s *Service) afterRunOut(ctx context.Context, tx *gorm.DB, f Filing, c Clock, now time.Time) error {
	isNext := f.NextClockID != nil && *f.NextClockID == c.ID
	if isNext && f.Status == Supplement {
		if err := s.Move(tx, &f, Change{Action: ActLapse, Actor: account.System(), Clock: Missed}); err != nil {
			return err
		}
		return s.tell(tx, f, "supplement_lapsed", c.ID, s.OwnerArgs(ctx, f))
	}
	if !isNext {
		return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: audit.Actor{Kind: "system"},
			Kind: "clock.passed", Data: map[string]any{"rule": c.Rule}, Visible: true, At: now})
	}
	if err := guardedUpdate(tx, &f, Set{"overdue": true, "version": f.Version + 1, "updated_at": now}); err != nil {
		return err
	}
	if err := audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: audit.Actor{Kind: "system"},
		Kind: "clock.overdue", Data: map[string]any{"rule": c.Rule, "body": f.Owner()}, Visible: true, At: now}); err != nil {
		return err
	}
	if err := s.draftNext(ctx, tx, f, c, now); err != nil {
		return err
	}
	if err := s.tellOf(tx, f, "overdue", c.ID, s.OwnerArgs(ctx, f)); err != nil {
		return err
	}
	return s.tellOwner(ctx, tx, f, c)
}

// tellOwner tells the people who have the late filing: the reviewer, or else those who work for the owning division.
func (s *Service) tellOwner(ctx context.Context, tx *gorm.DB, f Filing, c Clock) error {
	people := []string{f.Reviewer()}
	if f.Reviewer() == "" {
		var err error
		if people, err = account.PeopleWith(tx, RoleFor(f.OwnerDivision), f.Owner(), s.today()); err != nil {
			return err
		}
	}
	for _, id := range people {
		err := s.Teller.Send(tx, lateNotice(f, c, id, s.OwnerArgs(ctx, f)))
		if err != nil {
			return err
		}
	}
	return nil
}

// StartWindows starts what runs from service: the applicant's own clocks, one for each next remedy that has a time limit, and the watch over
// whether the decision is carried out.
func (s *Service) StartWindows(tx *gorm.DB, f Filing) ([]Clock, error) {
	p, err := s.Pack(f)
	if err != nil {
		return nil, err
	}
	limits, err := windows(p, f)
	if err != nil {
		return nil, err
	}
	if err := s.startCarryOut(tx, p, f); err != nil {
		return nil, err
	}
	if err := s.Jobs.Insert(tx, Followed{FilingID: f.ID}); err != nil {
		return nil, err
	}
	var out []Clock
	for _, rule := range limits {
		c, err := s.startClock(tx, f.ID, p, rule, f.ServedOn, "", s.Clock.Now())
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// windows are the time limits of the remedies that follow on the outcome and count from its service.
func windows(p *rules.Pack, f Filing) ([]rules.ClockRule, error) {
	r, ok := p.Remedy(f.Remedy)
	if !ok {
		return nil, fail.Unavailable("pack.missing", nil)
	}
	o, _ := r.Outcome(value(f.Outcome))
	var out []rules.ClockRule
	for _, n := range o.Next {
		next, ok := p.Remedy(n.Remedy)
		if !ok || next.Window == nil || n.Carry[next.Window.From] != rules.DecisionServedOn {
			continue
		}
		if rule, ok := p.Clock(next.Window.Clock); ok {
			rule.Length = next.Window.Period
			out = append(out, rule)
		}
	}
	return out, nil
}

// lateNotice is the message to a member of staff whose body has let a clock run out.
func lateNotice(f Filing, c Clock, personID string, args map[string]any) notice.Message {
	return notice.Message{PersonID: personID, FilingID: f.ID, Kind: "overdue_staff", Lang: "zh-Hans", Args: args, Subject: c.ID,
		SendKey: "filing/" + f.ID + "/overdue_staff/" + c.ID + "/" + personID}
}
