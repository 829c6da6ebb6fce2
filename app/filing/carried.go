package filing

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
)

// Carried is whether a decision was carried out, as the person says. That it was decided, that it was done, and that the person agrees with it
// are three things, and none stands for another.
type Carried struct {
	FilingID    string `gorm:"primaryKey"`
	PersonID    string
	DueOn       calendar.Date // the last day to carry it out; the person is asked on the day after
	Provisional bool
	Answer      Done
	Agrees      string // yes, no or "" for not said
	NoteSealed  []byte
	Version     int64
	AskedAt     *time.Time
	AnsweredAt  *time.Time
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// TableName is the table of Carried.
func (Carried) TableName() string { return "carried_out" }

// Done is the person's answer to "did it happen?".
type Done string

// The answers; Unsaid is none yet.
const (
	Unsaid     Done = ""
	DoneYes    Done = "yes"
	DonePartly Done = "partly"
	DoneNo     Done = "no"
)

// undone says that the answer opens the ways for what was not carried out.
func (d Done) undone() bool { return d == DonePartly || d == DoneNo }

// maxNote is the most characters of the person's own words beside an answer.
const maxNote = 1000

// Undone is the job that tells the supervision of a decision that was not carried out.
type Undone struct {
	FilingID string `json:"filing"`
}

// Kind names the job.
func (Undone) Kind() string { return "filing.undone" }

// Followed is the job that lets others act on a decision that was served.
type Followed struct {
	FilingID string `json:"filing"`
}

// Kind names the job.
func (Followed) Kind() string { return "filing.followed" }

// CarriedOut is the job that lets others act on a decision of which its person says that it was carried out.
type CarriedOut struct {
	FilingID string `json:"filing"`
}

// Kind names the job.
func (CarriedOut) Kind() string { return "filing.carried_out" }

// dutyOf is the duty that follows on the outcome of a closed filing; ok is false where nothing has to be done.
func dutyOf(p *rules.Pack, f Filing) (rules.CarryOut, bool) {
	r, ok := p.Remedy(f.Remedy)
	if !ok || f.Outcome == nil {
		return rules.CarryOut{}, false
	}
	o, ok := r.Outcome(*f.Outcome)
	if !ok {
		return rules.CarryOut{}, false
	}
	return p.CarryOutOf(o)
}

// startCarryOut begins to watch whether a decision that was served is carried out.
func (s *Service) startCarryOut(tx *gorm.DB, p *rules.Pack, f Filing) error {
	duty, ok := dutyOf(p, f)
	if !ok {
		return nil
	}
	now := s.Clock.Now()
	c := Carried{FilingID: f.ID, PersonID: f.PersonID, Version: 1, CreatedAt: now, UpdatedAt: now}
	var err error
	if c.DueOn, c.Provisional, err = s.carryOutBy(tx, p, f, duty); err != nil {
		return err
	}
	return tx.Create(&c).Error
}

// carryOutBy is the last day to carry a decision out: the day the decision itself names, else that of the duty.
func (s *Service) carryOutBy(tx *gorm.DB, p *rules.Pack, f Filing, duty rules.CarryOut) (calendar.Date, bool, error) {
	named, err := LiftedOn(tx, f.ID)
	if err != nil || !named.IsZero() {
		return named, false, err
	}
	dl := s.end(p, f.ServedOn, duty.Within)
	return dl.LegalEnd, dl.Provisional, nil
}

// moveCarryOut counts anew from a corrected day of service, while nothing has been said.
func (s *Service) moveCarryOut(tx *gorm.DB, p *rules.Pack, f Filing) error {
	duty, ok := dutyOf(p, f)
	if !ok {
		return nil
	}
	return s.carryOutAnew(tx, p, f, duty)
}

func (s *Service) carryOutAnew(tx *gorm.DB, p *rules.Pack, f Filing, duty rules.CarryOut) error {
	due, provisional, err := s.carryOutBy(tx, p, f, duty)
	if err != nil {
		return err
	}
	return tx.Model(&Carried{}).Where("filing_id = ? AND answer = ''", f.ID).
		Updates(map[string]any{"due_on": due, "provisional": provisional, "asked_at": nil, "updated_at": s.Clock.Now()}).Error
}

// DecisionCorrected has the numbers of a corrected decision that was served count for whether it is carried out.
func (s *Service) DecisionCorrected(tx *gorm.DB, f Filing) error {
	p, err := s.Pack(f)
	if err != nil {
		return err
	}
	return s.moveCarryOut(tx, p, f)
}

// CarriedOf is what is known of carrying out the decision on a filing of the actor; ok is false where nothing has to be carried out.
// note are the person's own words.
func (s *Service) CarriedOf(ctx context.Context, a account.Actor, f Filing) (c Carried, duty rules.CarryOut, note string, ok bool, err error) {
	err = s.db.Read(ctx).Where("filing_id = ? AND person_id = ?", f.ID, a.PersonID).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return c, duty, "", false, nil
	}
	if err != nil {
		return c, duty, "", false, err
	}
	p, err := s.Pack(f)
	if err != nil {
		return c, duty, "", false, err
	}
	duty, ok = dutyOf(p, f)
	note, err = s.Box.OpenText(noteAD(f.ID), c.NoteSealed)
	return c, duty, note, ok, err
}

// CarriedAnswer is what the page asks.
type CarriedAnswer struct {
	Version int64
	Done    Done
	Agrees  string // yes, no or ""
	Note    string
}

// AnswerCarried keeps what the person says of carrying out. It may be said again later: what was not done may be done after all. Where it was not
// done the supervision is told, if the pack says so. Errors: NotFound; Invalid "done" or "note"; Conflict "filing.stale".
func (s *Service) AnswerCarried(ctx context.Context, a account.Actor, id string, in CarriedAnswer) error {
	if err := in.check(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		f, err := ByID(tx, a, id)
		if err != nil {
			return err
		}
		if !a.IsDebtor() || f.Status != Closed {
			return fail.NotFound()
		}
		p, err := s.Pack(f)
		if err != nil {
			return err
		}
		duty, ok := dutyOf(p, f)
		if !ok {
			return fail.NotFound()
		}
		if err := s.keepCarried(tx, f, in); err != nil {
			return err
		}
		if err := audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: AuditActor(a, f.Owner()), Kind: "carried." + string(in.Done),
			Data: map[string]any{"agrees": in.Agrees}, Visible: true, At: s.Clock.Now()}); err != nil {
			return err
		}
		if in.Done.undone() && !duty.Finding.Empty() {
			return s.Jobs.Insert(tx, Undone{FilingID: f.ID})
		}
		if in.Done == DoneYes {
			return s.Jobs.Insert(tx, CarriedOut{FilingID: f.ID})
		}
		return nil
	})
}

func (in CarriedAnswer) check() error {
	var bad []fail.Field
	if in.Done != DoneYes && !in.Done.undone() {
		bad = append(bad, fail.F("done", "answer.choose"))
	}
	if in.Agrees != "" && in.Agrees != rules.Yes && in.Agrees != rules.No {
		bad = append(bad, fail.F("agrees", "answer.choose"))
	}
	if n := utf8.RuneCountInString(in.Note); n > maxNote {
		bad = append(bad, fail.F("note", "answer.too_long", "n", n, "max", maxNote, "over", n-maxNote))
	}
	if len(bad) > 0 {
		return fail.Invalid(bad...)
	}
	return nil
}

func (s *Service) keepCarried(tx *gorm.DB, f Filing, in CarriedAnswer) error {
	now := s.Clock.Now()
	var note []byte
	if text := strings.TrimSpace(in.Note); text != "" {
		note = s.Box.SealText(noteAD(f.ID), text)
	}
	res := tx.Model(&Carried{}).Where("filing_id = ? AND version = ?", f.ID, in.Version).
		Updates(map[string]any{"answer": in.Done, "agrees": in.Agrees, "note_sealed": note, "answered_at": now, "updated_at": now, "version": in.Version + 1})
	if res.Error == nil && res.RowsAffected == 0 {
		return fail.Conflict("filing.stale")
	}
	return res.Error
}

// SweepCarried asks the people whose decision should have been carried out by now, once, and returns how many it asked.
func (s *Service) SweepCarried(ctx context.Context) (int, error) {
	var rows []Carried
	err := s.db.Read(ctx).Where("asked_at IS NULL AND answer = '' AND due_on < ?", s.today()).Order("due_on, filing_id").Limit(sweepBatch).Find(&rows).Error
	if err != nil {
		return 0, err
	}
	asked := 0
	var problems []error
	for _, c := range rows {
		err := s.db.Tx(ctx, func(tx *gorm.DB) error { return s.askCarried(ctx, tx, c) })
		if err == nil {
			asked++
		}
		problems = append(problems, err)
	}
	return asked, errors.Join(problems...)
}

func (s *Service) askCarried(ctx context.Context, tx *gorm.DB, c Carried) error {
	now := s.Clock.Now()
	res := tx.Model(&Carried{}).Where("filing_id = ? AND asked_at IS NULL AND answer = ''", c.FilingID).Updates(map[string]any{"asked_at": now, "updated_at": now})
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	var f Filing
	if err := tx.Where("id = ?", c.FilingID).Take(&f).Error; err != nil {
		return err
	}
	if err := audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: AuditActor(account.System(), ""), Kind: "carried.asked",
		Data: map[string]any{"due": c.DueOn}, Visible: true, At: now}); err != nil {
		return err
	}
	args := s.OwnerArgs(ctx, f)
	args["due"] = c.DueOn
	return s.tell(tx, f, "carried_ask", c.DueOn.String(), args)
}

// undoneRemedies are the ways for a decision that was not, or only in part, carried out, with the facts in words.
func (s *Service) undoneRemedies(ctx context.Context, p *rules.Pack, f Filing) ([]rules.NextRemedy, error) {
	var c Carried
	err := s.db.Read(ctx).Where("filing_id = ?", f.ID).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	duty, ok := dutyOf(p, f)
	if err != nil || !ok || !c.Answer.undone() {
		return nil, err
	}
	places := map[string]string{"code": f.Code(), "body": s.Bodies.BodyName(ctx, f.Owner()), "number": f.DocketNumber,
		"served": DayIn(f.Lang, f.ServedOn), "due": DayIn(f.Lang, c.DueOn), "event": duty.Text.In(f.Lang), "day": DayIn(f.Lang, f.ServedOn),
		"checked": DayIn(f.Lang, calendar.DateOf(*c.AnsweredAt))}
	var out []rules.NextRemedy
	for _, n := range duty.Next {
		set := n.Set.Clone()
		for id, v := range n.Words(f.Lang, places) {
			set[id] = v
		}
		n.Set = set
		out = append(out, n)
	}
	return out, nil
}

func noteAD(id string) seal.AD { return seal.AD{Table: "carried_out", Column: "note", Row: id} }
