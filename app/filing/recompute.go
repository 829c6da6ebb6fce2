package filing

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// end works a period out by the calendar of the pack. Where that calendar did not know the year yet, the pack in force may: holidays are facts
// of the world, so a filing takes them from a later pack while the rules stay those it was filed under.
func (s *Service) end(p *rules.Pack, start calendar.Date, length calendar.Period) calendar.Deadline {
	dl := p.Calendar.End(start, length)
	if !dl.Provisional {
		return dl
	}
	if sure := s.Packs.On(s.today()).Calendar.End(start, length); !sure.Provisional {
		return sure
	}
	return dl
}

// Told is the day the debtor was told: his own advised day, or the last day of a body.
func (c Clock) Told() calendar.Date {
	if c.Who == rules.WhoApplicant {
		return c.FileByOn
	}
	return c.LegalEndOn
}

// RecomputeProvisional makes the dates of running clocks certain once the pack in force knows the year they waited for, tells the debtor where
// the day he was told has moved, and returns how many clocks it changed. Running it twice, or on two machines, does nothing twice.
func (s *Service) RecomputeProvisional(ctx context.Context) (int, error) {
	changed, after := 0, ""
	var problems []error
	for {
		var ids []string
		err := s.db.Read(ctx).Model(&Clock{}).Where("state = ? AND provisional AND id > ?", Running, after).
			Order("id").Limit(sweepBatch).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return changed, errors.Join(append(problems, err)...)
		}
		for _, id := range ids {
			did, err := s.recompute(ctx, id)
			if did {
				changed++
			}
			problems = append(problems, err)
		}
		after = ids[len(ids)-1]
	}
}

func (s *Service) recompute(ctx context.Context, clockID string) (did bool, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		did = false
		c, f, found, err := provisional(tx, clockID)
		if err != nil || !found {
			return err
		}
		p, err := s.Pack(f)
		if err != nil {
			return err
		}
		rule, ok := p.Clock(c.Rule)
		if !ok {
			return fail.Unavailable("pack.missing", nil)
		}
		dl := s.end(p, c.StartedOn, rule.Length)
		if dl.Provisional {
			return nil
		}
		told := c.Told()
		if did, err = s.redate(tx, &f, &c, dl, AuditActor(account.System(), "")); err != nil || !did || c.Told() == told {
			return err
		}
		return s.tellMoved(ctx, tx, f, c, told)
	})
	return did && err == nil, err
}

// provisional reads a running clock that waits for a calendar, and its filing, anew.
func provisional(tx *gorm.DB, clockID string) (c Clock, f Filing, found bool, err error) {
	err = tx.Where("id = ? AND state = ? AND provisional", clockID, Running).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return c, f, false, nil
	}
	if err == nil {
		err = tx.Where("id = ?", c.FilingID).Take(&f).Error
	}
	return c, f, err == nil, err
}

// redate gives a clock other dates, and its filing with it where it is the next one. A clock that had run out and now ends later runs again.
// did is false when somebody else changed the clock meanwhile.
func (s *Service) redate(tx *gorm.DB, f *Filing, c *Clock, dl calendar.Deadline, by audit.Actor) (did bool, err error) {
	now, was := s.Clock.Now(), *c
	c.StartedOn, c.RawEndOn, c.LegalEndOn, c.FileByOn = dl.Start, dl.RawEnd, dl.LegalEnd, dl.FileBy
	c.Provisional, c.DueAt = dl.Provisional, dl.LegalEnd.EndUTC()
	if was.State == Missed && c.DueAt.After(now) {
		c.State, c.EndedAt = Running, nil
	}
	res := tx.Model(&Clock{}).Where("id = ? AND state = ? AND provisional = ?", c.ID, was.State, was.Provisional).Updates(map[string]any{
		"started_on": c.StartedOn, "raw_end_on": c.RawEndOn, "legal_end_on": c.LegalEndOn, "file_by_on": c.FileByOn,
		"provisional": c.Provisional, "due_at": c.DueAt, "state": c.State, "ended_at": c.EndedAt})
	if res.Error != nil || res.RowsAffected == 0 {
		return false, res.Error
	}
	if value(f.NextClockID) == c.ID {
		if err := guardedUpdate(tx, f, Set{"next_due_at": c.DueAt, "version": f.Version + 1, "updated_at": now}); err != nil {
			return false, err
		}
	}
	return true, audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: by, Kind: "clock.recomputed", Visible: true, At: now,
		Data: map[string]any{"rule": c.Rule, "from": was.Told(), "to": c.Told(), "started_on": c.StartedOn, "provisional": c.Provisional}})
}

// tellMoved tells the debtor that a day he was told has moved. The person's own day and that of a body are worded apart.
func (s *Service) tellMoved(ctx context.Context, tx *gorm.DB, f Filing, c Clock, told calendar.Date) error {
	kind := "clock_moved"
	if c.Who == rules.WhoApplicant {
		kind = "window_moved"
	}
	args := s.OwnerArgs(ctx, f)
	args["old"], args["due"] = told, c.Told()
	return s.tell(tx, f, kind, c.ID+"/"+c.Told().String(), args)
}

// certain works the window of a door out by a later calendar where the pack's own did not know the year yet.
func (s *Service) certain(p *rules.Pack, d rules.Door) rules.Door {
	if d.Window == nil || !d.Window.Deadline.Provisional {
		return d
	}
	w := *d.Window
	w.Deadline = s.end(p, w.Deadline.Start, w.Deadline.Period)
	w.Left = s.today().DaysUntil(w.Deadline.LegalEnd)
	d.Window = &w
	switch {
	case d.State == rules.DoorUntil && w.Left < 0:
		d.State, d.Ways = rules.DoorLate, d.Remedy.Late
	case d.State == rules.DoorLate && w.Left >= 0:
		d.State, d.Ways = rules.DoorUntil, nil
	}
	return d
}

// MoveService records that the decision reached the debtor on another day than was written down, and works his windows out again from it.
// It gives the windows as they are now. Error: Conflict "filing.stale".
func (s *Service) MoveService(tx *gorm.DB, a account.Actor, f *Filing, on calendar.Date, data map[string]any) ([]Clock, error) {
	p, err := s.Pack(*f)
	if err != nil {
		return nil, err
	}
	limits, err := windows(p, *f)
	if err != nil {
		return nil, err
	}
	now, by, was := s.Clock.Now(), AuditActor(a, f.Owner()), f.ServedOn
	if err := guardedUpdate(tx, f, Set{"served_on": on, "version": f.Version + 1, "updated_at": now}); err != nil {
		return nil, err
	}
	if err := audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: by, Kind: "filing.service_corrected", Data: data,
		Visible: true, At: now}); err != nil {
		return nil, err
	}
	if err := s.moveCarryOut(tx, p, *f); err != nil {
		return nil, err
	}
	var out []Clock
	for _, rule := range limits {
		some, err := s.moveWindows(tx, f, p, rule, on, by)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, s.followService(tx, *f, was, by)
}

// moveWindows gives the applicant's clocks of one rule another start.
func (s *Service) moveWindows(tx *gorm.DB, f *Filing, p *rules.Pack, rule rules.ClockRule, on calendar.Date, by audit.Actor) ([]Clock, error) {
	var clocks []Clock
	err := tx.Where("filing_id = ? AND rule = ? AND who = ? AND state IN ?", f.ID, rule.ID, rules.WhoApplicant, []ClockState{Running, Missed}).
		Order("id").Find(&clocks).Error
	if err != nil {
		return nil, err
	}
	for i := range clocks {
		did, err := s.redate(tx, f, &clocks[i], s.end(p, on, rule.Length), by)
		if err != nil {
			return nil, err
		}
		if !did {
			return nil, fail.Conflict("filing.stale")
		}
	}
	return clocks, nil
}
