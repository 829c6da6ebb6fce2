package review

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/paper"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Ruling is what a body writes when it refuses or decides.
type Ruling struct {
	Disposition string // an outcome of the remedy; ignored by Refuse
	Grounds     []string
	Findings    map[string]Finding // by ground; one left out follows from the outcome
	Text        string
	Number      string // the number of the ruling, may be empty
	Letter      string // id of a letter of the pack; empty takes the first that fits
	Numbers     []filing.Number
	Why         string // of a correction: what was wrong
}

// Ground is what was found on one ground of a decision.
type Ground struct {
	DecisionID string
	Code       string
	Finding    Finding
}

// TableName is the table of Ground.
func (Ground) TableName() string { return "decision_ground" }

// numberRow is a number of a decision as it is kept.
type numberRow struct {
	DecisionID string
	filing.Number
}

// TableName is the table of numberRow.
func (numberRow) TableName() string { return "decision_number" }

// Refuse does not take a filing up (不予受理): a coded ground, reasons, and the way on. It still has to be served.
// Errors: NotFound, Conflict, Invalid "grounds" or "text".
func (s *Service) Refuse(ctx context.Context, a account.Actor, id string, version int64, r Ruling) (filing.Filing, error) {
	r.Disposition = string(filing.Refused)
	return s.step(ctx, a, id, version, filing.ActRefuse, func(tx *gorm.DB, f *filing.Filing) error {
		r, err := s.ready(*f, filing.ActRefuse, r)
		if err != nil {
			return err
		}
		return s.enact(ctx, tx, f, filing.ActRefuse, a, r, []string{a.PersonID})
	})
}

// Decide records the decision of the assigned reviewer: at once where he decides alone, else as a proposal that waits for its signatures; the
// filing is then still under review (see Waiting). Errors: NotFound; Conflict, also when a bar stands against him or a proposal waits;
// Invalid "disposition", "grounds", "letter", "numbers", "number" or "text".
func (s *Service) Decide(ctx context.Context, a account.Actor, id string, version int64, r Ruling) (filing.Filing, error) {
	return s.step(ctx, a, id, version, filing.ActDecide, func(tx *gorm.DB, f *filing.Filing) error {
		r, err := s.ready(*f, filing.ActDecide, r)
		if err != nil {
			return err
		}
		bar, err := s.barOf(tx, *f, a)
		if err != nil {
			return err
		}
		if bar != BarNone {
			return fail.Conflict(barKey(bar))
		}
		seats, err := s.seats(tx, *f)
		if err != nil {
			return err
		}
		if seats.mode != ModeAlone {
			return s.propose(ctx, tx, *f, a, actDecide, seats, r)
		}
		return s.enact(ctx, tx, f, filing.ActDecide, a, r, []string{a.PersonID})
	})
}

// ready checks a ruling and brings it into the form it is kept in.
func (s *Service) ready(f filing.Filing, act filing.Action, r Ruling) (Ruling, error) {
	if err := s.CheckRuling(f, act, r); err != nil {
		return r, err
	}
	number, err := s.caseNumber(r.Number)
	if err != nil {
		return r, err
	}
	r.Number = number
	p, remedy, err := s.law(f)
	if err != nil {
		return r, err
	}
	outcome, _ := remedy.Outcome(r.Disposition)
	if act == filing.ActRefuse {
		r.Findings = Ruling{Grounds: r.Grounds}.found(rules.EffectOther, nil)
	} else {
		r.Findings = r.found(outcome.Effect, remedy.Grounds)
	}
	if fits := p.LettersFor(f.Remedy, r.Disposition); r.Letter == "" && len(fits) > 0 {
		r.Letter = fits[0].ID
	}
	return r, nil
}

// law is the pack a filing is decided by and its remedy there.
func (s *Service) law(f filing.Filing) (*rules.Pack, *rules.Remedy, error) {
	p, err := s.Filings.Pack(f)
	if err != nil {
		return nil, nil, err
	}
	remedy, ok := p.Remedy(f.Remedy)
	if !ok {
		return nil, nil, fail.Unavailable("pack.missing", nil)
	}
	return p, remedy, nil
}

// enact makes a ruling: the decision with its findings, numbers and letter, the step of the filing, and the message to the person.
func (s *Service) enact(ctx context.Context, tx *gorm.DB, f *filing.Filing, act filing.Action, writer account.Actor, r Ruling, signers []string) error {
	told := "decided"
	if act == filing.ActRefuse {
		told = "refused"
	}
	if err := s.keep(ctx, tx, *f, 1, writer.PersonID, r, signers); err != nil {
		return err
	}
	set := filing.Set{"decided_at": s.Clock.Now()}
	if r.Number != "" {
		set["docket_number"] = r.Number
	}
	if err := s.Filings.Move(tx, f, filing.Change{Action: act, Actor: writer, Set: set,
		Data: map[string]any{"disposition": r.Disposition, "grounds": r.Grounds, "number": r.Number}}); err != nil {
		return err
	}
	return s.tell(ctx, tx, *f, told, nil)
}

// keep writes one version of a decision.
func (s *Service) keep(ctx context.Context, tx *gorm.DB, f filing.Filing, version int64, writer string, r Ruling, signers []string) error {
	now := s.Clock.Now()
	d := Decision{ID: store.NewID(), FilingID: f.ID, Version: version, Disposition: r.Disposition, Grounds: strings.Join(r.Grounds, ","),
		DecidedBy: writer, DecidedAt: now}
	d.TextSealed = s.Box.SealText(decisionAD(d.ID, "text"), r.Text)
	if r.Why != "" {
		d.WhySealed = s.Box.SealText(decisionAD(d.ID, "why"), r.Why)
	}
	if err := s.attachLetter(ctx, tx, f, &d, r, signers); err != nil {
		return err
	}
	if err := tx.Create(&d).Error; err != nil {
		return err
	}
	for _, code := range r.Grounds {
		if err := tx.Create(&Ground{DecisionID: d.ID, Code: code, Finding: r.Findings[code]}).Error; err != nil {
			return err
		}
	}
	for _, n := range r.Numbers {
		if err := tx.Create(&numberRow{DecisionID: d.ID, Number: n}).Error; err != nil {
			return err
		}
	}
	return nil
}

// attachLetter keeps the letter as it is signed now, so that no later change of words, names or packs changes a paper that was served.
func (s *Service) attachLetter(ctx context.Context, tx *gorm.DB, f filing.Filing, d *Decision, r Ruling, signers []string) error {
	names, err := s.signersOf(tx, f, signers)
	if err != nil {
		return err
	}
	doc, letter, ok, err := s.letter(ctx, f, r, names)
	if err != nil || !ok {
		return err
	}
	plain, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	d.Letter, d.LetterSealed = letter.ID+" "+letter.Version, s.Box.Seal(decisionAD(d.ID, "letter"), plain)
	return nil
}

// CheckRuling checks a ruling against the pack without storing it, for the page that shows it before it is final.
func (s *Service) CheckRuling(f filing.Filing, act filing.Action, r Ruling) error {
	p, remedy, err := s.law(f)
	if err != nil {
		return err
	}
	var fields []fail.Field
	if act == filing.ActRefuse {
		if len(r.Grounds) == 0 || !allKnown(remedy.RefuseGrounds, r.Grounds) {
			fields = append(fields, fail.F("grounds", "answer.choose"))
		}
	} else {
		fields = append(fields, checkOutcome(p, remedy, r)...)
	}
	_, badNumber := s.caseNumber(r.Number)
	for _, err := range []error{checkNumbers(r.Numbers), CheckText(r.Text), badNumber} {
		if e, ok := fail.As(err); ok {
			fields = append(fields, e.Fields...)
		}
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

// checkOutcome holds outcome, grounds and letter against the pack and against each other.
func checkOutcome(p *rules.Pack, remedy *rules.Remedy, r Ruling) []fail.Field {
	var fields []fail.Field
	outcome, known := remedy.Outcome(r.Disposition)
	if !known || r.Disposition == string(filing.Refused) {
		fields = append(fields, fail.F("disposition", "answer.choose"))
	}
	switch {
	case len(r.Grounds) == 0 || !allKnown(remedy.Grounds, r.Grounds) || !allFindings(r.Findings):
		fields = append(fields, fail.F("grounds", "answer.choose"))
	case known:
		if key := contradicts(outcome.Effect, remedy.Grounds, r.found(outcome.Effect, remedy.Grounds)); key != "" {
			fields = append(fields, fail.F("grounds", key))
		}
	}
	fits := p.LettersFor(remedy.ID, r.Disposition)
	if r.Letter != "" && !slices.ContainsFunc(fits, func(l rules.Letter) bool { return l.ID == r.Letter }) {
		fields = append(fields, fail.F("letter", "answer.choose"))
	}
	return fields
}

func allFindings(said map[string]Finding) bool {
	for _, f := range said {
		if f != "" && !slices.Contains(Findings, f) {
			return false
		}
	}
	return true
}

func allKnown(grounds []rules.Ground, codes []string) bool {
	for _, c := range codes {
		if _, ok := groundOf(grounds, c); !ok {
			return false
		}
	}
	return true
}

// instalmentsMost is the most instalments a decision may set (PROJECT): a slip of the keyboard is likelier than thirty years.
const instalmentsMost = 360

// checkNumbers refuses a number that says nothing or half of something. Error: Invalid "reserve", "instalment" or "lifted".
func checkNumbers(all []filing.Number) error {
	var fields []fail.Field
	for _, n := range all {
		if key := wrong(n); key != "" {
			fields = append(fields, fail.F(string(n.Kind), key))
		}
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

// wrong says what is wrong with a number, as a message key; empty when nothing is.
func wrong(n filing.Number) string {
	switch n.Kind {
	case filing.NumberReserve:
		if n.Fen <= 0 {
			return "decide.number_reserve"
		}
		return ""
	case filing.NumberInstalment:
		if n.Fen <= 0 || n.Times < 1 || n.Times > instalmentsMost || n.On.IsZero() {
			return "decide.number_instalment"
		}
		return ""
	case filing.NumberLifted:
		if n.On.IsZero() {
			return "decide.number_lifted"
		}
		return ""
	}
	return "answer.choose"
}

func decisionAD(id, column string) seal.AD {
	return seal.AD{Table: "decision", Column: column, Row: id}
}

// letterOf opens the paper that was signed; ok is false for a decision without one.
func (s *Service) letterOf(d Decision) (doc paper.Doc, ok bool, err error) {
	if len(d.LetterSealed) == 0 {
		return doc, false, nil
	}
	plain, err := s.Box.Open(decisionAD(d.ID, "letter"), d.LetterSealed)
	if err != nil {
		return doc, false, err
	}
	return doc, true, json.Unmarshal(plain, &doc)
}
