package escalation

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/directory"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// Deps are the neighbours of the service.
type Deps struct {
	DB      *store.DB
	Filings *filing.Service
	Bodies  *directory.Service
	Teller  filing.Teller
	Clock   calendar.Clock
}

// Service tells of clocks. It is the only writer of the table escalation.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Register adds the periodic work.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("escalation.sweep", time.Hour, func(ctx context.Context) error {
		_, err := s.Sweep(ctx)
		return err
	})
}

const (
	batch = 200
	// ahead bounds the search: working days before a last day, with the longest run of days off between them.
	ahead = 30 * 24 * time.Hour
)

// Sweep tells whoever is to be told today, and returns how many tellings there were. A clock is told of once a level, so running it twice does
// nothing twice.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	count, after := 0, ""
	var problems []error
	for {
		var rows []filing.Clock
		err := s.DB.Read(ctx).Model(&filing.Clock{}).Joins("JOIN filing ON filing.next_clock_id = clock.id").
			Where("clock.who = ? AND clock.state IN ? AND clock.due_at <= ? AND clock.id > ?", rules.WhoBody, []filing.ClockState{filing.Running, filing.Missed}, s.Clock.Now().Add(ahead), after).
			Where("NOT EXISTS (SELECT 1 FROM escalation e WHERE e.clock_id = clock.id AND e.level = ?)", Above).
			Order("clock.id").Limit(batch).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return count, errors.Join(append(problems, err)...)
		}
		for _, c := range rows {
			n, err := s.look(ctx, c)
			count += n
			problems = append(problems, err)
		}
		after = rows[len(rows)-1].ID
	}
}

func (s *Service) look(ctx context.Context, c filing.Clock) (told int, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		told = 0
		var f filing.Filing
		res := tx.Where("next_clock_id = ?", c.ID).Limit(1).Find(&f)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		p, err := s.Filings.Pack(f)
		if err != nil || p.Handover.Before == 0 {
			return err
		}
		for _, level := range Reached(p.Calendar, calendar.Today(s.Clock), c.LegalEndOn, p.Handover.Before, p.Handover.After) {
			did, err := s.tell(ctx, tx, f, c, level)
			if err != nil {
				return err
			}
			if did {
				told++
			}
		}
		return nil
	})
	return told, err
}

// tell tells the people of one level, unless they were told of this clock before.
func (s *Service) tell(ctx context.Context, tx *gorm.DB, f filing.Filing, c filing.Clock, level Level) (bool, error) {
	body, kind, people, err := s.recipients(ctx, tx, f, level)
	if err != nil {
		return false, err
	}
	row := Escalation{ID: store.NewID(), ClockID: c.ID, FilingID: f.ID, Level: level, BodyID: body, Told: int64(len(people)), CreatedAt: s.Clock.Now()}
	done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if done.Error != nil || done.RowsAffected == 0 {
		return false, done.Error
	}
	args := s.Filings.OwnerArgs(ctx, f)
	args["due"] = c.LegalEndOn
	for _, id := range people {
		if err := s.Teller.Send(tx, notice.Message{PersonID: id, FilingID: f.ID, Kind: kind, Lang: "zh-Hans", Args: args, Subject: c.ID,
			SendKey: "filing/" + f.ID + "/" + kind + "/" + string(level) + "/" + c.ID + "/" + id}); err != nil {
			return false, err
		}
	}
	if level == Approaching || level == Due {
		return true, nil
	}
	return true, audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: audit.Actor{Kind: "system"}, Kind: "clock.escalated",
		Data: map[string]any{"rule": c.Rule, "body": body, "level": level}, Visible: len(people) > 0, At: s.Clock.Now()})
}

// recipients are the people of a level, their body, and the message they get.
func (s *Service) recipients(ctx context.Context, tx *gorm.DB, f filing.Filing, level Level) (body, kind string, people []string, err error) {
	today := calendar.Today(s.Clock)
	body, kind = f.Owner(), "clock_near_staff"
	role := filing.RoleFor(f.OwnerDivision)
	switch level {
	case Approaching, Due:
		if f.Reviewer() != "" {
			return body, kind, []string{f.Reviewer()}, nil
		}
	case Supervisor:
		kind, role = "clock_late_supervisor", account.RoleSupervisor
	case Above:
		kind, role = "clock_late_above", account.RoleSupervisor
		if b, err := s.Bodies.Body(ctx, body); err == nil && b.ParentID != "" {
			body = s.Bodies.Heir(ctx, b.ParentID, today)
		} else {
			return body, kind, nil, nil // nobody stands above the desk, or the supreme court
		}
	}
	people, err = account.PeopleWith(tx, role, body, today)
	return body, kind, people, err
}

// LateRow is a filing whose clock was missed and of which a supervisor was told.
type LateRow struct {
	Escalation
	Filing filing.Filing `gorm:"-"`
}

// LateFor lists the open filings that are late now and of which the supervisors of these bodies were told, the longest late first, at most 200. The
// filings are without their sealed answers.
func (s *Service) LateFor(ctx context.Context, bodies []string) ([]LateRow, error) {
	if len(bodies) == 0 {
		return nil, nil
	}
	db := s.DB.Read(ctx)
	var rows []LateRow
	err := db.Model(&Escalation{}).Joins("JOIN filing ON filing.next_clock_id = escalation.clock_id AND filing.overdue").
		Where("escalation.body_id IN ? AND escalation.level IN ?", bodies, []Level{Supervisor, Above}).
		Order("filing.next_due_at, escalation.id").Limit(batch).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if err := db.Omit("facts_sealed").Where("id = ?", rows[i].FilingID).Take(&rows[i].Filing).Error; err != nil {
			return nil, err
		}
	}
	return rows, nil
}
