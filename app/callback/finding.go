package callback

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// openFindings opens one finding for each flag, once per kind and case. Its owner is the body above the body asked
// about; where none stands above, that body's own supervision.
func (s *Service) openFindings(h *desk, flags []rules.RedFlag) ([]Finding, error) {
	var out []Finding
	for _, flag := range flags {
		f, err := h.finding(flag)
		if err != nil {
			return nil, err
		}
		done := h.tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "case_id"}, {Name: "kind"}}, DoNothing: true}).Create(&f)
		if done.Error != nil {
			return nil, done.Error
		}
		if done.RowsAffected == 0 {
			continue
		}
		data := map[string]any{"case": f.CaseID, "owner": f.OwnerBodyID, "take_by": f.TakeBy, "answer_by": f.AnswerBy}
		if err := s.record(h.tx, h.actor(), SubjectFinding, f.ID, "finding.opened", data); err != nil {
			return nil, err
		}
		if err := s.tellNew(h, f); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func (h *desk) finding(flag rules.RedFlag) (Finding, error) {
	owner, err := bodyAbove(h.tx, h.old.BodyID)
	if err != nil {
		return Finding{}, err
	}
	if owner == "" {
		owner = h.old.BodyID
	}
	today := calendar.DateOf(h.now)
	f := Finding{
		ID: store.NewID(), CaseID: h.old.ID, Kind: flag.Finding, BodyID: h.old.BodyID, OwnerBodyID: owner, Status: FindingOpen, Version: 1,
		AnswerBy: endOf(h.pack.Calendar, today, h.calls.FindingReplyIn), CreatedAt: h.now, Urgent: flag.Urgent,
	}
	f.TakeBy = takeBy(h, flag, today)
	return f, nil
}

// takeBy is when somebody must have the finding: on the same day when it is urgent, else within the flag's own period or
// that of the pack.
func takeBy(h *desk, flag rules.RedFlag, today calendar.Date) time.Time {
	take := flag.Within
	if flag.Urgent {
		return today.EndUTC()
	}
	if take.IsZero() {
		take = h.calls.FindingOwnerIn
	}
	return endOf(h.pack.Calendar, today, take)
}

// endOf is the end (UTC) of the last day of a period that starts today; a period without length ends today.
func endOf(cal *calendar.Calendar, today calendar.Date, p calendar.Period) time.Time {
	if !p.Valid() {
		return today.EndUTC()
	}
	return cal.End(today, p).LegalEnd.EndUTC()
}

// supervisor lets supervisors in. For everybody else there are no findings at all: not found.
func (s *Service) supervisor(tx *gorm.DB, a account.Actor) (staff, error) {
	if !a.IsStaff() || !a.Has(account.RoleSupervisor) {
		return staff{}, fail.NotFound()
	}
	offices, err := officesOf(tx, a.PersonID)
	return staff{Actor: a, offices: offices, supervises: a.Bodies(account.RoleSupervisor)}, err
}

// Findings lists the open findings of the bodies this actor supervises, the earliest answer date first, PageSize after
// the cursor. The second result is nil on the last page.
func (s *Service) Findings(ctx context.Context, a account.Actor, after Cursor) ([]FindingView, *Cursor, error) {
	tx := s.db.Read(ctx)
	who, err := s.supervisor(tx, a)
	if err != nil {
		return nil, nil, err
	}
	rows, err := openFindings(tx, who, after, PageSize+1)
	if err != nil {
		return nil, nil, err
	}
	var next *Cursor
	if len(rows) > PageSize {
		rows = rows[:PageSize]
		next = &Cursor{At: rows[PageSize-1].AnswerBy, ID: rows[PageSize-1].ID}
	}
	out := make([]FindingView, len(rows))
	for i, f := range rows {
		if out[i], err = s.viewFinding(tx, who, f); err != nil {
			return nil, nil, err
		}
	}
	return out, next, nil
}

// Finding shows one finding to a supervisor of its owner; not found for everybody else.
func (s *Service) Finding(ctx context.Context, a account.Actor, id string) (FindingView, error) {
	tx := s.db.Read(ctx)
	who, err := s.supervisor(tx, a)
	if err != nil {
		return FindingView{}, err
	}
	f, err := findingFor(tx, who, id)
	if err != nil {
		return FindingView{}, err
	}
	return s.viewFinding(tx, who, f)
}

func (s *Service) viewFinding(tx *gorm.DB, who staff, f Finding) (FindingView, error) {
	var c Case
	if err := tx.Where("id = ?", f.CaseID).Take(&c).Error; err != nil {
		return FindingView{}, err
	}
	e, err := s.edition(c)
	if err != nil {
		return FindingView{}, err
	}
	all, _, err := s.vault.answersOf(tx, c.ID, "")
	if err != nil {
		return FindingView{}, err
	}
	answer, err := s.vault.openText("finding", "answer_sealed", f.ID, f.AnswerSealed)
	now := s.clock.Now()
	v := FindingView{
		Finding: f, Lang: c.Lang, Answer: answer, Mine: f.OwnerID != nil && *f.OwnerID == who.PersonID,
		Overdue: f.Status == FindingOpen && (!now.Before(f.AnswerBy) || f.OwnerID == nil && !now.Before(f.TakeBy)),
	}
	if err != nil {
		return v, err
	}
	names, err := s.people.NamesOf(tx.Statement.Context, []string{c.PersonID})
	if err != nil {
		return v, err
	}
	v.Label, v.Said = raised(e, f.Kind, all)
	for i := range v.Said {
		v.Said[i].Words, v.Said[i].Hidden = Screen(v.Said[i].Words, names[c.PersonID])
	}
	return v, nil
}

// raised puts in words what raised a finding of this kind: its label, and each flagged item with the option chosen and the
// free words beside it, which may name the person.
func raised(e edition, kind string, answers rules.Facts) (label rules.Text, said []Said) {
	for k := range e.inst.Items {
		it := &e.inst.Items[k]
		v, known := answers.Known(rules.FactID(it.ID))
		if kind == e.pack.Care.Finding.Finding {
			label = e.pack.Care.Finding.Label
			if known && SpeaksOfHarm(e.pack.Care, v.Text) {
				said = append(said, Said{Item: it.Text, Answer: optionLabel(e.inst, it, v.Choice), Words: v.Text})
			}
			continue
		}
		for _, flag := range it.RedFlags {
			if flag.Finding != kind {
				continue
			}
			label = flag.Label
			if known {
				said = append(said, Said{Item: it.Text, Answer: optionLabel(e.inst, it, v.Choice), Words: v.Text})
			}
		}
	}
	return label, said
}

func optionLabel(inst *rules.Instrument, it *rules.Item, id string) rules.Text {
	for _, o := range inst.Answers(it) {
		if o.ID == id {
			return o.Label
		}
	}
	return rules.Text{}
}

// WordsOf gives the free words behind a finding as they were said, to the one person who has taken it, and records that he
// read them. For everybody else they stay screened: Conflict "finding.take_first" or "finding.has_owner".
func (s *Service) WordsOf(ctx context.Context, a account.Actor, id string) (FindingView, error) {
	var v FindingView
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		who, err := s.supervisor(tx, a)
		if err != nil {
			return err
		}
		f, err := findingFor(tx, who, id)
		if err != nil {
			return err
		}
		if f.OwnerID == nil {
			return fail.Conflict("finding.take_first")
		}
		if *f.OwnerID != a.PersonID {
			return fail.Conflict("finding.has_owner", "by", *f.OwnerID)
		}
		if v, err = s.viewFinding(tx, who, f); err != nil {
			return err
		}
		if err := s.unscreen(tx, &v); err != nil {
			return err
		}
		return s.record(tx, a.Audit(account.RoleSupervisor, f.OwnerBodyID), SubjectFinding, f.ID, "finding.words_read", nil)
	})
	return v, err
}

func (s *Service) unscreen(tx *gorm.DB, v *FindingView) error {
	var c Case
	if err := tx.Where("id = ?", v.CaseID).Take(&c).Error; err != nil {
		return err
	}
	e, err := s.edition(c)
	if err != nil {
		return err
	}
	all, _, err := s.vault.answersOf(tx, c.ID, "")
	if err != nil {
		return err
	}
	_, v.Said = raised(e, v.Kind, all)
	return nil
}

// onFinding runs one action on a finding in a transaction.
func (s *Service) onFinding(ctx context.Context, a account.Actor, id string, action FindingAction, do func(tx *gorm.DB, who staff, f Finding) error) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		who, err := s.supervisor(tx, a)
		if err != nil {
			return err
		}
		f, err := findingFor(tx, who, id)
		if err != nil {
			return err
		}
		if !MayAnswerFor(a, who.offices, f) {
			return fail.NotFound()
		}
		step, ok := NextFinding(f.Status, action)
		if !ok {
			return fail.Conflict("finding.closed")
		}
		if f.OwnerID != nil && *f.OwnerID != a.PersonID {
			return fail.Conflict("finding.has_owner", "by", *f.OwnerID)
		}
		if step.Taken && f.OwnerID == nil {
			return fail.Conflict("finding.take_first")
		}
		return do(tx, who, f)
	})
}

// TakeFinding makes a finding the actor's own to answer. Conflict "finding.has_owner" (by = person id) when somebody was
// faster.
func (s *Service) TakeFinding(ctx context.Context, a account.Actor, id string) error {
	err := s.onFinding(ctx, a, id, ActTake, func(tx *gorm.DB, _ staff, f Finding) error {
		next := f
		next.OwnerID = &a.PersonID
		if err := saveFinding(tx, f, &next); err != nil {
			return err
		}
		return s.record(tx, a.Audit(account.RoleSupervisor, f.OwnerBodyID), SubjectFinding, f.ID, "finding.taken", nil)
	})
	if e, ok := fail.As(err); !ok || e.Key != "finding.changed" {
		return err
	}
	now, again := s.Finding(ctx, a, id)
	if again == nil && now.OwnerID != nil {
		return fail.Conflict("finding.has_owner", "by", *now.OwnerID)
	}
	return errors.Join(again, err)
}

// MaxReply is how many characters an answer to the person may have.
const MaxReply = 4000

// AnswerFinding answers the person and says what was found; he hears it the way he chose. Invalid names the fields "result"
// and "text"; Conflict "finding.changed" means that the page shown was an older version.
func (s *Service) AnswerFinding(ctx context.Context, a account.Actor, id string, version int64, v Verdict) error {
	v.Text = strings.TrimSpace(v.Text)
	if err := v.check(); err != nil {
		return err
	}
	return s.onFinding(ctx, a, id, ActAnswerPerson, func(tx *gorm.DB, _ staff, f Finding) error {
		if f.Version != version {
			return fail.Conflict("finding.changed")
		}
		next, now := f, s.clock.Now()
		next.Status, next.AnsweredAt, next.Result = FindingAnswered, &now, v.Result
		next.AnswerSealed = s.vault.text("finding", "answer_sealed", f.ID, v.Text)
		if err := saveFinding(tx, f, &next); err != nil {
			return err
		}
		if err := s.tellAnswer(tx, next); err != nil {
			return err
		}
		data := map[string]any{"in_time": now.Before(f.AnswerBy), "result": v.Result}
		return s.record(tx, a.Audit(account.RoleSupervisor, f.OwnerBodyID), SubjectFinding, f.ID, "finding.answered", data)
	})
}

func (v Verdict) check() error {
	var wrong []fail.Field
	if !slices.Contains(Results, v.Result) {
		wrong = append(wrong, fail.F("result", "finding.result_missing"))
	}
	switch {
	case v.Text == "":
		wrong = append(wrong, fail.F("text", "finding.answer_missing"))
	case utf8.RuneCountInString(v.Text) > MaxReply:
		wrong = append(wrong, fail.F("text", "finding.answer_too_long", "max", MaxReply))
	}
	if len(wrong) > 0 {
		return fail.Invalid(wrong...)
	}
	return nil
}

// FindingsFor lists what came of what a person said, for his own pages, the newest first: only what he wished to hear about.
func (s *Service) FindingsFor(ctx context.Context, personID string) ([]PersonalFinding, error) {
	tx := s.db.Read(ctx)
	var cases []Case
	if err := tx.Where("person_id = ?", personID).Find(&cases).Error; err != nil {
		return nil, err
	}
	byID := make(map[string]Case, len(cases))
	for _, c := range cases {
		byID[c.ID] = c
	}
	var rows []Finding
	err := tx.Where("case_id IN ? AND reply_by IN ('portal','call') AND status <> 'left'", append(ids(cases), "")).
		Order("created_at DESC, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make([]PersonalFinding, len(rows))
	for i, f := range rows {
		if out[i], err = s.personal(byID[f.CaseID], f); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) personal(c Case, f Finding) (PersonalFinding, error) {
	e, err := s.edition(c)
	if err != nil {
		return PersonalFinding{}, err
	}
	label, _ := raised(e, f.Kind, nil)
	p := PersonalFinding{ID: f.ID, FilingID: c.FilingID, Label: label, OwnerBodyID: f.OwnerBodyID, AnswerBy: f.AnswerBy, OpenedAt: f.CreatedAt,
		Choice: f.Choice, Result: f.Result}
	if f.AnsweredAt != nil {
		p.AnsweredAt = *f.AnsweredAt
	}
	p.Answer, err = s.vault.openText("finding", "answer_sealed", f.ID, f.AnswerSealed)
	return p, err
}

// SweepFindings checks both clocks of the open findings. One that nobody took in time is recorded as such, once; one
// that was not answered in time goes to the body above its owner, with new clocks. It is safe to run at any time and by
// several instances.
func (s *Service) SweepFindings(ctx context.Context) error {
	now := s.clock.Now()
	var late []Finding
	err := s.db.Read(ctx).Where("status = 'open' AND (answer_by <= ? OR (owner_id IS NULL AND take_by <= ?))", now, now).
		Order("answer_by, id").Limit(sweepAtMost).Find(&late).Error
	if err != nil {
		return err
	}
	for _, f := range late {
		err := s.db.Tx(ctx, func(tx *gorm.DB) error { return s.sweepFinding(tx, f, now) })
		if err != nil && fail.KindOf(err) != fail.KindConflict {
			return err
		}
	}
	return nil
}

func (s *Service) sweepFinding(tx *gorm.DB, f Finding, now time.Time) error {
	if now.Before(f.AnswerBy) {
		return s.clockMissed(tx, f, "finding.take_missed")
	}
	above, err := bodyAbove(tx, f.OwnerBodyID)
	if err != nil {
		return err
	}
	if above == "" {
		return s.clockMissed(tx, f, "finding.answer_missed")
	}
	step, ok := NextFinding(f.Status, ActEscalate)
	if !ok {
		return nil
	}
	pack := s.packs.On(calendar.DateOf(now))
	next, today := f, calendar.DateOf(now)
	next.Status, next.OwnerBodyID, next.OwnerID = step.To, above, nil
	next.TakeBy = endOf(pack.Calendar, today, pack.Calls.FindingOwnerIn)
	next.AnswerBy = endOf(pack.Calendar, today, pack.Calls.FindingReplyIn)
	if err := saveFinding(tx, f, &next); err != nil {
		return err
	}
	if err := s.tellSupervisors(tx, next, "finding_passed_up"); err != nil {
		return err
	}
	return s.record(tx, system(), SubjectFinding, f.ID, "finding.escalated", map[string]any{"from": f.OwnerBodyID, "to": above})
}

// clockMissed records a missed clock the first time a sweep sees it, and tells its owner and the body above.
func (s *Service) clockMissed(tx *gorm.DB, f Finding, kind string) error {
	var n int64
	err := tx.Table("audit_event").Where("subject_type = ? AND subject_id = ? AND kind = ?", SubjectFinding, f.ID, kind).Count(&n).Error
	if err != nil || n > 0 {
		return err
	}
	if err := s.tellSupervisors(tx, f, "finding_late"); err != nil {
		return err
	}
	if err := s.tellAbove(tx, f); err != nil {
		return err
	}
	return s.record(tx, system(), SubjectFinding, f.ID, kind, map[string]any{"owner": f.OwnerBodyID})
}
