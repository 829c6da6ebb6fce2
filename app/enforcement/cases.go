package enforcement

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// records are the kinds of rows in a table of cases, under their Chinese and English names.
var records = map[string]string{"case": "case", "案件": "case", "party": "party", "当事人": "party", "officer": "officer", "承办人员": "officer", "measure": "measure", "措施": "measure"}

// parts are the sides of a case, under their Chinese and English names.
var parts = map[string]string{"creditor": "creditor", "申请执行人": "creditor", "debtor": "debtor", "被执行人": "debtor", "third": "third", "案外人": "third"}

// measures are the kinds of measures under their Chinese names.
var measures = map[string]string{"冻结": "freeze", "查封": "seal", "扣划": "deduct", "搜查": "search", "限制消费": "restrict", "失信名单": "list", "限制出境": "exit", "拘留": "detain",
	"拍卖": "auction", "迁出": "evict"}

// casePlan gathers what a table of cases comes to. A case may be new in the table itself; its other rows then follow it.
type casePlan struct {
	*plan
	s     *Service
	db    *gorm.DB
	fresh map[string]Case // new or changed in this table, by number
	seen  map[string]bool // rows met before, to find those that stand there twice
	today calendar.Date
}

func (s *Service) planCases(ctx context.Context, db *gorm.DB, lines []line) (*plan, error) {
	p := &casePlan{plan: &plan{}, s: s, db: db, fresh: map[string]Case{}, seen: map[string]bool{}, today: calendar.Today(s.Clock)}
	for _, l := range lines {
		if err := p.row(ctx, l); err != nil {
			return nil, err
		}
	}
	return p.plan, nil
}

func (p *casePlan) row(ctx context.Context, l line) error {
	r := Row{Number: l.number, Subject: l.get("case_number"), What: records[strings.ToLower(l.get("record"))]}
	number, ok := canonical(l.get("case_number"))
	courtID := p.s.Bodies.BodyID(ctx, l.get("court"))
	_, isCourt := p.s.Bodies.Court(l.get("court"))
	key := strings.Join([]string{number.String(), l.get("court"), l.get("record"), l.get("role"), l.get("name"), l.get("login"), l.get("kind"), l.get("on")}, "\x00")
	switch {
	case !ok:
		r = r.refuse("import.bad_number")
	case r.What == "":
		r = r.refuse("import.bad_record", "Record", l.get("record"))
	case tooLong(l) != "":
		r = r.refuse("import.too_long", "Column", tooLong(l), "Max", MostField)
	case !isCourt || courtID == "":
		r = r.refuse("import.no_body", "Name", l.get("court"))
	case p.seen[key]:
		r = r.refuse("import.twice")
	}
	if r.Fate == FateBad {
		p.add(r, nil)
		return nil
	}
	p.seen[key], r.Subject = true, number.String()
	if c, found := p.s.Bodies.Propose(number); found && c.Name != l.get("court") && r.What == "case" {
		r.Warn = "import.other_court"
	}
	switch r.What {
	case "case":
		return p.caseRow(l, r, courtID)
	case "party":
		return p.partyRow(l, r)
	case "officer":
		return p.officerRow(ctx, l, r, courtID)
	}
	return p.measureRow(l, r, courtID)
}

// known finds the case a row belongs to: one of this table, or one taken over before.
func (p *casePlan) known(number string) (c Case, ok bool, err error) {
	if c, ok := p.fresh[number]; ok {
		return c, true, nil
	}
	err = p.db.Where("case_number = ?", number).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Case{}, false, nil
	}
	return c, err == nil, err
}

func (p *casePlan) caseRow(l line, r Row, courtID string) error {
	opened, ok := day(l.get("on"))
	closed, closedOK := day(l.get("until"))
	r.Detail = strings.Trim(l.get("court")+" · "+l.get("on"), " ·")
	if !ok || opened.After(p.today) || l.get("until") != "" && (!closedOK || closed.Before(opened)) {
		p.add(r.refuse("import.bad_day"), nil)
		return nil
	}
	old, found, err := p.known(r.Subject)
	if err != nil {
		return err
	}
	now := p.s.Clock.Now()
	c := Case{ID: store.NewID(), CaseNumber: r.Subject, BodyID: courtID, OpenedOn: opened, Version: 1, CreatedAt: now, UpdatedAt: now}
	if closedOK {
		c.ClosedOn = &closed
	}
	write := func(tx *gorm.DB) error {
		return errors.Join(tx.Create(&c).Error, p.happened(tx, rules.EventClosed, c, "", c.ClosedOn))
	}
	switch {
	case !found:
		r.Fate = FateNew
	case old.BodyID == c.BodyID && old.OpenedOn == c.OpenedOn && sameDay(old.ClosedOn, c.ClosedOn):
		r.Fate = FateSame
		c = old
	default:
		r.Fate = FateChanged
		c.ID, c.Version, c.CreatedAt = old.ID, old.Version+1, old.CreatedAt
		write = func(tx *gorm.DB) error {
			err := tx.Model(&Case{}).Where("id = ?", c.ID).Select("body_id", "opened_on", "closed_on", "version", "updated_at").Updates(c).Error
			if err != nil || sameDay(old.ClosedOn, c.ClosedOn) {
				return err
			}
			return p.happened(tx, rules.EventClosed, c, "", c.ClosedOn)
		}
	}
	p.fresh[r.Subject] = c
	p.add(r, write)
	return nil
}

func sameDay(a, b *calendar.Date) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

func (p *casePlan) partyRow(l line, r Row) error {
	part := parts[strings.ToLower(l.get("role"))]
	r.Detail = l.get("role")
	c, found, err := p.known(r.Subject)
	switch {
	case err != nil:
		return err
	case !found:
		r = r.refuse("import.no_case")
	case part == "":
		r = r.refuse("import.bad_part", "Role", l.get("role"))
	case l.get("name") == "":
		r = r.refuse("import.no_name")
	}
	if r.Fate == FateBad {
		p.add(r, nil)
		return nil
	}
	party := Party{ID: store.NewID(), CaseID: c.ID, Part: part, NameIndex: p.s.Box.Index("enforcement party", l.get("name"))}
	party.NameSealed = p.s.Box.SealText(nameAD(party.ID), l.get("name"))
	var n int64
	if err := p.db.Model(&Party{}).Where("case_id = ? AND part = ? AND name_index = ?", c.ID, part, party.NameIndex).Count(&n).Error; err != nil {
		return err
	}
	r.Fate = fate(n)
	p.add(r, func(tx *gorm.DB) error { return tx.Create(&party).Error })
	return nil
}

func fate(n int64) Fate {
	if n > 0 {
		return FateSame
	}
	return FateNew
}

// officerRow notes who took part in the measures of a case: he can never review them.
func (p *casePlan) officerRow(ctx context.Context, l line, r Row, courtID string) error {
	r.Detail = l.get("login")
	_, found, err := p.known(r.Subject)
	if err != nil {
		return err
	}
	person, err := p.s.Accounts.ByLogin(ctx, l.get("login"))
	switch {
	case !found:
		r = r.refuse("import.no_case")
	case err != nil:
		r = r.refuse("import.no_login", "Login", l.get("login"))
	}
	if r.Fate == FateBad {
		p.add(r, nil)
		return nil
	}
	var n int64
	if err := p.db.Model(&review.Participant{}).Where("case_number = ? AND person_id = ?", r.Subject, person).Count(&n).Error; err != nil {
		return err
	}
	r.Fate = fate(n)
	part := review.Participant{ID: store.NewID(), BodyID: courtID, CaseNumber: r.Subject, PersonID: person, Part: "took", CreatedAt: p.s.Clock.Now()}
	p.add(r, func(tx *gorm.DB) error { return p.s.Reviews.RecordParticipant(tx, part) })
	return nil
}

func (p *casePlan) measureRow(l line, r Row, courtID string) error {
	kind := l.get("kind")
	if own, ok := measures[kind]; ok {
		kind = own
	}
	taken, ok := day(l.get("on"))
	lifted, liftedOK := day(l.get("until"))
	r.Detail = strings.Join([]string{l.get("kind"), l.get("on"), l.get("court")}, " · ")
	c, found, err := p.known(r.Subject)
	switch {
	case err != nil:
		return err
	case !found:
		r = r.refuse("import.no_case")
	case !slices.Contains(Kinds, kind):
		r = r.refuse("import.bad_measure", "Kind", l.get("kind"))
	case !ok || taken.After(p.today) || l.get("until") != "" && (!liftedOK || lifted.Before(taken)):
		r = r.refuse("import.bad_day")
	}
	if r.Fate == FateBad {
		p.add(r, nil)
		return nil
	}
	m := Measure{ID: store.NewID(), CaseID: c.ID, BodyID: courtID, Kind: kind, TakenOn: taken}
	if liftedOK {
		m.LiftedOn = &lifted
	}
	if note := l.get("note"); note != "" {
		m.NoteSealed = p.s.Box.SealText(noteAD(m.ID), note)
	}
	return p.measure(r, c, m)
}

// measure compares a measure with the one taken over before. Only its end may change.
func (p *casePlan) measure(r Row, c Case, m Measure) error {
	var old Measure
	err := p.db.Where("case_id = ? AND kind = ? AND taken_on = ? AND body_id = ?", m.CaseID, m.Kind, m.TakenOn, m.BodyID).Take(&old).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		r.Fate = FateNew
		p.add(r, func(tx *gorm.DB) error {
			if err := tx.Create(&m).Error; err != nil {
				return err
			}
			return errors.Join(p.happened(tx, rules.EventExecuted, c, m.ID, &m.TakenOn), p.happened(tx, rules.EventLifted, c, m.ID, m.LiftedOn))
		})
	case err != nil:
		return err
	case sameDay(old.LiftedOn, m.LiftedOn):
		r.Fate = FateSame
		p.add(r, nil)
	default:
		r.Fate = FateChanged
		p.add(r, func(tx *gorm.DB) error {
			if err := tx.Model(&Measure{}).Where("id = ?", old.ID).Update("lifted_on", m.LiftedOn).Error; err != nil {
				return err
			}
			return p.happened(tx, rules.EventLifted, c, old.ID, m.LiftedOn)
		})
	}
	return nil
}

// happened sets off what follows on something that happened not long ago; a day that is not there sets off nothing.
func (p *casePlan) happened(tx *gorm.DB, event rules.CallEvent, c Case, again string, on *calendar.Date) error {
	if on == nil || on.DaysUntil(p.today) > Recent {
		return nil
	}
	return p.s.Jobs.Insert(tx, Happened{Event: event, BodyID: c.BodyID, CaseNumber: c.CaseNumber, Again: again})
}
