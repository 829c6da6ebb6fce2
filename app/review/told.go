package review

import (
	"context"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/paper"
)

// Told is one version of a decision with everything it says.
type Told struct {
	Decision
	Text, Why string
	Findings  map[string]Finding
	Numbers   []filing.Number
	// Paper is the letter as it was signed; HasPaper is false for a decision made before there were letters.
	Paper    paper.Doc
	HasPaper bool
}

// Versions gives the versions of the decision on a filing the caller has loaded under its own visibility, the newest first; none while there is no
// decision.
func (s *Service) Versions(ctx context.Context, f filing.Filing) ([]Told, error) {
	db := s.DB.Read(ctx)
	var rows []Decision
	if err := db.Where("filing_id = ?", f.ID).Order("version DESC").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Told, len(rows))
	for i, d := range rows {
		t := Told{Decision: d}
		var err error
		if t.Text, err = s.Box.OpenText(decisionAD(d.ID, "text"), d.TextSealed); err != nil {
			return nil, err
		}
		if t.Why, err = s.Box.OpenText(decisionAD(d.ID, "why"), d.WhySealed); err != nil {
			return nil, err
		}
		if t.Findings, err = groundsOf(db, d.ID); err != nil {
			return nil, err
		}
		if t.Paper, t.HasPaper, err = s.letterOf(d); err != nil {
			return nil, err
		}
		var numbers []numberRow
		if err := db.Where("decision_id = ?", d.ID).Order("kind").Find(&numbers).Error; err != nil {
			return nil, err
		}
		for _, n := range numbers {
			t.Numbers = append(t.Numbers, n.Number)
		}
		out[i] = t
	}
	return out, nil
}

// ForDebtor gives the versions of the decision that have been served, the newest first. Error: NotFound before the first.
func (s *Service) ForDebtor(ctx context.Context, a account.Actor, id string) (filing.Filing, []Told, error) {
	f, _, err := s.Filings.Get(ctx, a, id)
	if err != nil {
		return f, nil, err
	}
	all, err := s.Versions(ctx, f)
	var served []Told
	for _, t := range all {
		if !t.ServedOn.IsZero() {
			served = append(served, t)
		}
	}
	if err == nil && len(served) == 0 {
		err = fail.NotFound()
	}
	return f, served, err
}

// Signed is one seat of a proposal with the name of the person and his words.
type Signed struct {
	Signature
	Name, Words string
}

// Pending is a proposal with its ruling and its signatures.
type Pending struct {
	Proposal
	Ruling Ruling
	Writer string
	Seats  []Signed
	// Mine says that the actor may sign it now.
	Mine bool
}

// ProposalsOf gives the proposals on a filing the caller has loaded under its own visibility, the newest first. They are for people of the body only.
func (s *Service) ProposalsOf(ctx context.Context, a account.Actor, f filing.Filing) ([]Pending, error) {
	db := s.DB.Read(ctx)
	var rows []Proposal
	if err := db.Where("filing_id = ?", f.ID).Order("written_at DESC").Find(&rows).Error; err != nil {
		return nil, err
	}
	var out []Pending
	for _, p := range rows {
		one := Pending{Proposal: p}
		var err error
		if one.Ruling, err = s.rulingOf(p); err != nil {
			return nil, err
		}
		if one.Writer, err = s.nameOf(db, p.WrittenBy); err != nil {
			return nil, err
		}
		if one.Seats, err = s.signedOn(ctx, p); err != nil {
			return nil, err
		}
		if one.Mine, _, err = s.maySign(db, f, p, a); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// Waiting is the proposal of a filing that waits for signatures; ok is false when none does.
func (s *Service) Waiting(ctx context.Context, a account.Actor, f filing.Filing) (Pending, bool, error) {
	all, err := s.ProposalsOf(ctx, a, f)
	for _, p := range all {
		if p.State == ProposalWaiting && p.Open(f) {
			return p, true, err
		}
	}
	return Pending{}, false, err
}

func (s *Service) signedOn(ctx context.Context, p Proposal) ([]Signed, error) {
	db := s.DB.Read(ctx)
	var rows []Signature
	if err := db.Where("proposal_id = ?", p.ID).Order("seat DESC, person_id").Find(&rows).Error; err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.PersonID
	}
	names, err := s.namesOf(db, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Signed, len(rows))
	for i, r := range rows {
		words, err := s.Box.OpenText(signatureAD(p.ID, r.PersonID), r.WordsSealed)
		if err != nil {
			return nil, err
		}
		out[i] = Signed{Signature: r, Name: names[r.PersonID], Words: words}
	}
	return out, nil
}

// ModeOf says how many decide a filing the caller has loaded under its own visibility.
func (s *Service) ModeOf(ctx context.Context, f filing.Filing) (Mode, error) {
	seats, err := s.seats(s.DB.Read(ctx), f)
	return seats.mode, err
}

// mostToSign is how many filings the list of what waits for a signature shows.
const mostToSign = 100

// ToSign lists the filings with a proposal that waits for the actor's signature, the oldest first.
func (s *Service) ToSign(ctx context.Context, a account.Actor) ([]filing.Filing, error) {
	db := s.DB.Read(ctx)
	var rows []Proposal
	err := db.Where("state = ? AND written_by <> ? AND filing_id IN (?)", ProposalWaiting, a.PersonID,
		db.Model(&filing.Filing{}).Select("filing.id").Scopes(filing.VisibleTo(a))).Order("written_at").Limit(mostToSign).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	var out []filing.Filing
	for _, p := range rows {
		f, err := filing.ByID(db, a, p.FilingID)
		if err != nil {
			return nil, err
		}
		may, _, err := s.maySign(db, f, p, a)
		if err != nil {
			return nil, err
		}
		if may {
			out = append(out, f)
		}
	}
	return out, nil
}

// LetterPreview is the letter of a proposal as it would be kept if it were signed today.
func (s *Service) LetterPreview(ctx context.Context, f filing.Filing, p Pending) (paper.Doc, bool, error) {
	db := s.DB.Read(ctx)
	signers := []string{p.WrittenBy}
	if p.Mode == ModePanel {
		signers = nil
		for _, seat := range p.Seats {
			signers = append(signers, seat.PersonID)
		}
	}
	names, err := s.signersOf(db, f, signers)
	if err != nil {
		return paper.Doc{}, false, err
	}
	doc, _, ok, err := s.letter(ctx, f, p.Ruling, names)
	return doc, ok, err
}
