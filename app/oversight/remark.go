package oversight

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// NewRemark is what a procuratorate writes.
type NewRemark struct {
	Kind   Kind
	BodyID string // one of Addressees
	Text   string
}

// RemarkView is a remark with its words.
type RemarkView struct {
	Remark
	Text, Answer, Reason string
	Rule                 rules.ClockRule // by which it must be answered
	Filing               filing.Filing   // what it is about, without the right to open it
}

// Addressees are the courts of the actor's seat that a filing concerns: those a remark about it can be sent to. The one that has the filing
// comes first.
func (s *Service) Addressees(a account.Actor, f filing.Filing) []string {
	seats := a.Bodies(account.RoleProcurator)
	var out []string
	for _, id := range []*string{f.OwnerBodyID, f.ExecBodyID, f.ActBodyID} {
		if id == nil || slices.Contains(out, *id) {
			continue
		}
		if b, err := s.Bodies.Body(context.Background(), *id); err == nil && slices.Contains(seats, b.ProcuratorateID) {
			out = append(out, *id)
		}
	}
	return out
}

// Remark sends a remark about a filing to a body, which then has to answer by a clock of the pack: three months for a recommendation (K26),
// fifteen days for a question (K26Q). Errors: NotFound for a filing the actor does not see; Invalid "kind", "body" or "text".
func (s *Service) Remark(ctx context.Context, a account.Actor, filingID string, in NewRemark) (Remark, error) {
	var out Remark
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := filing.ByID(tx, a, filingID)
		if err != nil {
			return err
		}
		if !MayRemark(a) {
			return fail.NotFound()
		}
		if err := s.checkRemark(a, f, in); err != nil {
			return err
		}
		out, err = s.open(f, a, in)
		if err != nil {
			return err
		}
		if err := tx.Create(&out).Error; err != nil {
			return err
		}
		data := map[string]any{"filing": f.ID, "kind": out.Kind, "body": out.BodyID, "due": out.DueOn}
		if err := s.record(tx, a, SubjectRemark, out.ID, "remark.made", data); err != nil {
			return err
		}
		return s.tellBody(ctx, tx, f, out, "remark", []account.Role{account.RoleSupervisor, account.RoleDocketing})
	})
	return out, err
}

func (s *Service) checkRemark(a account.Actor, f filing.Filing, in NewRemark) error {
	var fields []fail.Field
	if in.Kind.Rule() == "" {
		fields = append(fields, fail.F("kind", "answer.choose"))
	}
	if !slices.Contains(s.Addressees(a, f), in.BodyID) {
		fields = append(fields, fail.F("body", "answer.choose"))
	}
	return both(fields, checkText(in.Text))
}

// both joins what is wrong with choices and what is wrong with the text, so that everything is told at once.
func both(fields []fail.Field, text error) error {
	if e, ok := fail.As(text); ok {
		fields = append(fields, e.Fields...)
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

func (s *Service) open(f filing.Filing, a account.Actor, in NewRemark) (Remark, error) {
	now := s.Clock.Now()
	due, err := s.due(f, in.Kind.Rule(), calendar.DateOf(now))
	if err != nil {
		return Remark{}, err
	}
	r := Remark{ID: store.NewID(), FilingID: f.ID, BodyID: in.BodyID, AuthorID: a.PersonID, Kind: in.Kind, Status: RemarkOpen, Version: 1,
		ClockRule: in.Kind.Rule(), DueOn: due, DueAt: due.EndUTC(), CreatedAt: now}
	body, err := s.Bodies.Body(context.Background(), in.BodyID)
	if err != nil {
		return Remark{}, err
	}
	r.OfficeID = body.ProcuratorateID
	r.TextSealed = s.Box.SealText(remarkAD(r.ID, "text"), in.Text)
	return r, nil
}

// due is the safe last day of a clock of the filing's pack that starts on a day: while a later day depends on a holiday notice that is not
// out, the earlier one counts.
func (s *Service) due(f filing.Filing, rule string, start calendar.Date) (calendar.Date, error) {
	p, err := s.Filings.Pack(f)
	if err != nil {
		return calendar.Date{}, err
	}
	r, ok := p.Clock(rule)
	if !ok {
		return calendar.Date{}, fail.Unavailable("pack.missing", nil)
	}
	return p.Calendar.End(start, r.Length).FileBy, nil
}

// Remarks lists the remarks an actor may read: open ones first, by the day they must be answered. Nobody else finds any.
func (s *Service) Remarks(ctx context.Context, a account.Actor) ([]RemarkView, error) {
	var rows []Remark
	err := s.DB.Read(ctx).Scopes(remarksOf(a)).Order("CASE WHEN status = 'open' THEN 0 ELSE 1 END, due_at, id").Limit(PageSize).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	return s.viewAll(ctx, rows)
}

// RemarksOn lists the remarks about one filing that the actor may read, the oldest first.
func (s *Service) RemarksOn(ctx context.Context, a account.Actor, filingID string) ([]RemarkView, error) {
	var rows []Remark
	if err := s.DB.Read(ctx).Scopes(remarksOf(a)).Where("remark.filing_id = ?", filingID).Order("created_at, id").Limit(PageSize).Find(&rows).Error; err != nil {
		return nil, err
	}
	return s.viewAll(ctx, rows)
}

// RemarkOf shows one remark. Error: NotFound for everybody who may not read it.
func (s *Service) RemarkOf(ctx context.Context, a account.Actor, id string) (RemarkView, error) {
	r, err := remarkBy(s.DB.Read(ctx), a, id)
	if err != nil {
		return RemarkView{}, err
	}
	all, err := s.viewAll(ctx, []Remark{r})
	if err != nil {
		return RemarkView{}, err
	}
	return all[0], nil
}

func remarkBy(db *gorm.DB, a account.Actor, id string) (r Remark, err error) {
	err = db.Scopes(remarksOf(a)).Where("remark.id = ?", id).Take(&r).Error
	return r, notFound(err)
}

// viewAll opens the words and reads the filings of remarks, in one query.
func (s *Service) viewAll(ctx context.Context, rows []Remark) ([]RemarkView, error) {
	filings, err := s.filingsOf(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]RemarkView, 0, len(rows))
	for _, r := range rows {
		v := RemarkView{Remark: r, Filing: filings[r.FilingID]}
		if v.Text, err = s.Box.OpenText(remarkAD(r.ID, "text"), r.TextSealed); err != nil {
			return nil, err
		}
		if v.Answer, err = s.Box.OpenText(remarkAD(r.ID, "answer"), r.AnswerSealed); err != nil {
			return nil, err
		}
		if v.Reason, err = s.Box.OpenText(remarkAD(r.ID, "reason"), r.ReasonSealed); err != nil {
			return nil, err
		}
		p, err := s.Filings.Pack(v.Filing)
		if err != nil {
			return nil, err
		}
		v.Rule, _ = p.Clock(r.ClockRule)
		out = append(out, v)
	}
	return out, nil
}

func (s *Service) filingsOf(ctx context.Context, rows []Remark) (map[string]filing.Filing, error) {
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.FilingID)
	}
	return s.Filings.Named(ctx, ids)
}

// Answer is the answer of the body. Errors: NotFound; Invalid "text"; Conflict "oversight.answered" or "filing.stale".
func (s *Service) Answer(ctx context.Context, a account.Actor, id string, version int64, text string) error {
	if err := checkText(text); err != nil {
		return err
	}
	return s.onRemark(ctx, a, id, version, MayAnswer, func(tx *gorm.DB, r *Remark) error {
		now := s.Clock.Now()
		err := guarded(tx, r, r.ID, version, map[string]any{"status": RemarkAnswered, "answer_sealed": s.Box.SealText(remarkAD(r.ID, "answer"), text),
			"answered_by": a.PersonID, "answered_at": now})
		if err != nil {
			return err
		}
		if err := s.record(tx, a, SubjectRemark, r.ID, "remark.answered", map[string]any{"late": r.Overdue}); err != nil {
			return err
		}
		return s.tellAuthor(ctx, tx, *r, "remark_answered")
	})
}

// Extend takes the longer time of the rule for a recommendation, once and with a reason (PS 13: one month, with the approval of the head of
// the court). Errors as those of Answer; Conflict "oversight.no_extension" for one that cannot have it.
func (s *Service) Extend(ctx context.Context, a account.Actor, id string, version int64, reason string) error {
	if err := checkText(reason); err != nil {
		return err
	}
	return s.onRemark(ctx, a, id, version, MayExtend, func(tx *gorm.DB, r *Remark) error {
		f, err := s.Filings.Filed(ctx, r.FilingID)
		if err != nil {
			return err
		}
		p, err := s.Filings.Pack(f)
		if err != nil {
			return err
		}
		rule, _ := p.Clock(r.ClockRule)
		if !rule.Extra.Valid() {
			return fail.Conflict("oversight.no_extension")
		}
		due := p.Calendar.End(r.DueOn, rule.Extra).FileBy
		err = guarded(tx, r, r.ID, version, map[string]any{"extended": true, "reason_sealed": s.Box.SealText(remarkAD(r.ID, "reason"), reason),
			"due_on": due, "due_at": due.EndUTC()})
		if err != nil {
			return err
		}
		return s.record(tx, a, SubjectRemark, r.ID, "remark.extended", map[string]any{"due": due})
	})
}

// onRemark runs one act of a body on a remark it may read.
func (s *Service) onRemark(ctx context.Context, a account.Actor, id string, version int64, may func(account.Actor, Remark) bool, do func(*gorm.DB, *Remark) error) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		r, err := remarkBy(tx, a, id)
		if err != nil {
			return err
		}
		switch {
		case r.Status == RemarkAnswered:
			return fail.Conflict("oversight.answered")
		case r.Version != version:
			return fail.Conflict("filing.stale")
		case !may(a, r):
			return fail.Conflict("oversight.no_extension")
		}
		return do(tx, &r)
	})
}

func (s *Service) record(tx *gorm.DB, a account.Actor, subject, id, kind string, data map[string]any) error {
	return audit.Append(tx, audit.Entry{SubjectType: subject, SubjectID: id, Actor: filing.AuditActor(a, ""), Kind: kind, Data: data, At: s.Clock.Now()})
}

// tellBody tells the people of a body with one of these roles of a remark, each once for this occasion.
func (s *Service) tellBody(ctx context.Context, tx *gorm.DB, f filing.Filing, r Remark, kind string, roles []account.Role) error {
	for _, role := range roles {
		people, err := account.PeopleWith(tx, role, r.BodyID, calendar.Today(s.Clock))
		if err != nil {
			return err
		}
		for _, id := range people {
			if err := s.tell(ctx, tx, f, id, kind, r.ID, r.DueOn); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) tellAuthor(ctx context.Context, tx *gorm.DB, r Remark, kind string) error {
	f, err := s.Filings.Filed(ctx, r.FilingID)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, f, r.AuthorID, kind, r.ID, r.DueOn)
}

// tell sends a member of staff one message about something under way on a filing; id makes a repetition harmless.
func (s *Service) tell(ctx context.Context, tx *gorm.DB, f filing.Filing, personID, kind, id string, due calendar.Date) error {
	args := s.Filings.OwnerArgs(ctx, f)
	args["due"] = due
	return s.Teller.Send(tx, notice.Message{PersonID: personID, FilingID: f.ID, Kind: kind, Lang: "zh-Hans", Args: args,
		SendKey: kind + "/" + id + "/" + personID})
}
