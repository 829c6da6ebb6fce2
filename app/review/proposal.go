package review

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/notice"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Mode is how many decide.
type Mode string

// The modes. A panel votes and the majority decides (CPL 45, as we remember it); a second person approves or sends back, where a body wants it.
const (
	ModeAlone  Mode = ""
	ModeSecond Mode = "second"
	ModePanel  Mode = "panel"
)

// What a proposal proposes.
const (
	actDecide  = "decide"
	actCorrect = "correct"
)

// ProposalState is how far a proposal has come.
type ProposalState string

// The states of a proposal.
const (
	ProposalWaiting  ProposalState = "waiting"
	ProposalMade     ProposalState = "made"
	ProposalReturned ProposalState = "returned" // sent back by the second person, or voted down
	ProposalDropped  ProposalState = "dropped"  // taken back by whoever wrote it
)

// Proposal is a ruling that waits for the signatures it needs. Parties never see one, nor who voted how.
type Proposal struct {
	ID           string
	FilingID     string
	Act          string // decide or correct
	Mode         Mode
	State        ProposalState
	RulingSealed []byte
	WrittenBy    string
	WrittenAt    time.Time
	EndedAt      *time.Time
}

// TableName is the table of Proposal.
func (Proposal) TableName() string { return "proposal" }

// Corrects says that it proposes a correction of a decision.
func (p Proposal) Corrects() bool { return p.Act == actCorrect }

// Vote is what somebody says to a proposal.
type Vote string

// The votes. A member of a panel agrees or dissents; a second person agrees or sends back.
const (
	VoteAgree   Vote = "agree"
	VoteDissent Vote = "dissent"
	VoteReturn  Vote = "return"
)

// The seats of those who sign.
const (
	SeatPresiding = "presiding"
	SeatMember    = "member"
	SeatSecond    = "second"
)

// Signature is the seat of one person and what he said; Vote is nil until then.
type Signature struct {
	ProposalID  string
	PersonID    string
	Seat        string
	Vote        *Vote
	WordsSealed []byte
	At          *time.Time
}

// TableName is the table of Signature.
func (Signature) TableName() string { return "signature" }

// seating is who has to sign a ruling on a filing.
type seating struct {
	mode      Mode
	presiding string
	members   []string // of a panel, the presiding one included
}

// people are the members, the presiding one first.
func (s seating) people() []string {
	out := slices.Clone(s.members)
	slices.SortStableFunc(out, func(a, b string) int {
		switch {
		case a == s.presiding:
			return -1
		case b == s.presiding:
			return 1
		}
		return strings.Compare(a, b)
	})
	return out
}

// seats says who decides a filing: its panel, or the reviewer with a second person where the body wants it, or he alone.
func (s *Service) seats(db *gorm.DB, f filing.Filing) (seating, error) {
	out := seating{}
	panel, sits, err := PanelOf(db, f.ID)
	if err != nil {
		return out, err
	}
	for _, m := range panel.Members {
		out.members = append(out.members, m.PersonID)
		if m.Presiding {
			out.presiding = m.PersonID
		}
	}
	if sits {
		out.mode = ModePanel
		return out, nil
	}
	p, err := practiceOf(db, f.Owner())
	if p.Second {
		out.mode = ModeSecond
	}
	return out, err
}

// propose keeps a ruling until it has its signatures. Whoever wrote it has signed it by writing; the others are told.
func (s *Service) propose(ctx context.Context, tx *gorm.DB, f filing.Filing, a account.Actor, act string, seats seating, r Ruling) error {
	if seats.mode == ModePanel && !slices.Contains(seats.members, a.PersonID) {
		return fail.Conflict("review.not_of_panel")
	}
	plain, err := json.Marshal(r)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	p := Proposal{ID: store.NewID(), FilingID: f.ID, Act: act, Mode: seats.mode, State: ProposalWaiting, WrittenBy: a.PersonID, WrittenAt: now}
	p.RulingSealed = s.Box.Seal(proposalAD(p.ID), plain)
	if err := tx.Create(&p).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
		return fail.Conflict("review.proposal_waits")
	} else if err != nil {
		return err
	}
	if err := s.seat(tx, p, seats, now); err != nil {
		return err
	}
	if err := s.note(tx, f, a, "proposal.written", map[string]any{"proposal": p.ID, "mode": seats.mode}, false); err != nil {
		return err
	}
	return s.askToSign(ctx, tx, f, p, seats)
}

// seat keeps the seats of a panel; the second person takes his by signing.
func (s *Service) seat(tx *gorm.DB, p Proposal, seats seating, now time.Time) error {
	agree := VoteAgree
	for _, id := range seats.people() {
		row := Signature{ProposalID: p.ID, PersonID: id, Seat: SeatMember}
		if id == seats.presiding {
			row.Seat = SeatPresiding
		}
		if id == p.WrittenBy {
			row.Vote, row.At = &agree, &now
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}

// askToSign tells those whose signature is awaited.
func (s *Service) askToSign(ctx context.Context, tx *gorm.DB, f filing.Filing, p Proposal, seats seating) error {
	people := seats.people()
	if seats.mode == ModeSecond {
		var err error
		if people, err = account.PeopleWith(tx, filing.RoleFor(f.OwnerDivision), f.Owner(), calendar.DateOf(s.Clock.Now())); err != nil {
			return err
		}
	}
	for _, id := range people {
		if id == p.WrittenBy {
			continue
		}
		if err := s.tellStaff(ctx, tx, f, id, "sign_staff", p.ID); err != nil {
			return err
		}
	}
	return nil
}

// tellStaff tells a member of staff something about a filing, once for an occasion.
func (s *Service) tellStaff(ctx context.Context, tx *gorm.DB, f filing.Filing, personID, kind, occasion string) error {
	return s.Teller.Send(tx, notice.Message{PersonID: personID, FilingID: f.ID, Kind: kind, Lang: "zh-Hans", Args: s.Filings.OwnerArgs(ctx, f),
		SendKey: "filing/" + f.ID + "/" + kind + "/" + occasion + "/" + personID})
}

// note appends to the record of a filing.
func (s *Service) note(tx *gorm.DB, f filing.Filing, a account.Actor, kind string, data map[string]any, visible bool) error {
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: filing.AuditActor(a, f.Owner()), Kind: kind, Data: data,
		Visible: visible, At: s.Clock.Now()})
}

// Sign says what the actor thinks of the proposal that waits for a filing. words are needed to dissent or to send back, at most TextMax characters,
// and stay inside the body. With the last signature the ruling is made, or sent back; the filing is given as it is then.
// Errors: NotFound; Conflict "review.sign_over", "review.sign_not_yours", or a bar; Invalid "vote" or "text".
func (s *Service) Sign(ctx context.Context, a account.Actor, id, proposalID string, vote Vote, words string) (filing.Filing, ProposalState, error) {
	var f filing.Filing
	var p Proposal
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if f, p, err = s.toSign(tx, a, id, proposalID); err != nil {
			return err
		}
		if err := checkVote(p.Mode, vote, words); err != nil {
			return err
		}
		if err := s.vote(tx, p, a.PersonID, vote, words); err != nil {
			return err
		}
		if err := s.note(tx, f, a, "proposal.signed", map[string]any{"proposal": p.ID}, false); err != nil {
			return err
		}
		return s.settle(ctx, tx, &f, &p)
	})
	return f, p.State, err
}

// toSign loads the proposal and holds it, so that of two last signatures one sees the other.
func (s *Service) toSign(tx *gorm.DB, a account.Actor, id, proposalID string) (filing.Filing, Proposal, error) {
	var p Proposal
	f, err := filing.ByID(tx, a, id)
	if err != nil {
		return f, p, err
	}
	if !a.IsStaff() {
		return f, p, fail.NotFound()
	}
	held := tx.Model(&Proposal{}).Where("id = ? AND filing_id = ? AND state = ?", proposalID, f.ID, ProposalWaiting).Update("state", ProposalWaiting)
	if held.Error != nil {
		return f, p, held.Error
	}
	if held.RowsAffected == 0 {
		return f, p, fail.Conflict("review.sign_over")
	}
	if err := tx.Where("id = ?", proposalID).Take(&p).Error; err != nil {
		return f, p, err
	}
	may, bar, err := s.maySign(tx, f, p, a)
	switch {
	case err != nil:
		return f, p, err
	case bar != BarNone:
		return f, p, fail.Conflict(barKey(bar))
	case !may:
		return f, p, fail.Conflict("review.sign_not_yours")
	}
	return f, p, nil
}

// maySign says whether the actor may sign a proposal now. For a panel its members who have not signed; for a second person whoever works for the
// division, did not write it, and has nothing that stands against him.
func (s *Service) maySign(db *gorm.DB, f filing.Filing, p Proposal, a account.Actor) (bool, Bar, error) {
	if p.State != ProposalWaiting || !p.Open(f) || p.WrittenBy == a.PersonID {
		return false, BarNone, nil
	}
	if p.Mode == ModePanel {
		var n int64
		err := db.Model(&Signature{}).Where("proposal_id = ? AND person_id = ? AND vote IS NULL", p.ID, a.PersonID).Count(&n).Error
		if err != nil || n == 0 {
			return false, BarNone, err
		}
		if panel, sits, err := PanelOf(db, f.ID); err != nil || !sits || !panel.Has(a.PersonID) { // a new panel decides by a proposal of its own
			return false, BarNone, err
		}
	} else if !filing.MayHandle(a, f.Owner(), f.OwnerDivision) {
		return false, BarNone, nil
	}
	bar, err := s.barOf(db, f, a)
	return bar == BarNone, bar, err
}

// Open says that what a proposal proposes can still be done with its filing.
func (p Proposal) Open(f filing.Filing) bool {
	if p.Corrects() {
		return f.Status == filing.Closed
	}
	return f.Status == filing.Reviewing
}

func checkVote(mode Mode, vote Vote, words string) error {
	other := VoteDissent
	if mode == ModeSecond {
		other = VoteReturn
	}
	var fields []fail.Field
	if vote != VoteAgree && vote != other {
		fields = append(fields, fail.F("vote", "answer.choose"))
	}
	n := utf8.RuneCountInString(strings.TrimSpace(words))
	switch {
	case vote == other && n == 0:
		fields = append(fields, fail.F("text", "review.sign_why"))
	case n > TextMax:
		fields = append(fields, fail.F("text", "answer.too_long", "n", n, "max", TextMax, "over", n-TextMax))
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

func (s *Service) vote(tx *gorm.DB, p Proposal, personID string, vote Vote, words string) error {
	now := s.Clock.Now()
	row := Signature{ProposalID: p.ID, PersonID: personID, Seat: SeatSecond, Vote: &vote, At: &now}
	if words = strings.TrimSpace(words); words != "" {
		row.WordsSealed = s.Box.SealText(signatureAD(p.ID, personID), words)
	}
	if p.Mode == ModeSecond {
		return tx.Create(&row).Error
	}
	return tx.Model(&Signature{}).Where("proposal_id = ? AND person_id = ? AND vote IS NULL", p.ID, personID).
		Updates(map[string]any{"vote": vote, "words_sealed": row.WordsSealed, "at": now}).Error
}

// settle makes or ends a proposal once all have signed.
func (s *Service) settle(ctx context.Context, tx *gorm.DB, f *filing.Filing, p *Proposal) error {
	var all []Signature
	if err := tx.Where("proposal_id = ?", p.ID).Order("seat DESC, person_id").Find(&all).Error; err != nil { // presiding comes before member
		return err
	}
	to := tally(all)
	if to == ProposalWaiting {
		return nil
	}
	now := s.Clock.Now()
	p.State, p.EndedAt = to, &now
	if err := tx.Model(p).Select("state", "ended_at").Updates(map[string]any{"state": to, "ended_at": now}).Error; err != nil {
		return err
	}
	if to == ProposalReturned {
		return s.tellStaff(ctx, tx, *f, p.WrittenBy, "returned_staff", p.ID)
	}
	return s.make(ctx, tx, f, *p, signersOn(*p, all))
}

// signersOn are those whose names stand under the paper: a panel's members; who approved as the second person stays inside.
func signersOn(p Proposal, all []Signature) []string {
	if p.Mode == ModeSecond {
		return []string{p.WrittenBy}
	}
	var out []string
	for _, sg := range all {
		out = append(out, sg.PersonID)
	}
	return out
}

// tally counts once all have signed: the majority of a panel decides, a second person alone.
func tally(all []Signature) ProposalState {
	agree, said := 0, 0
	for _, sg := range all {
		if sg.Vote == nil {
			continue
		}
		said++
		if *sg.Vote == VoteAgree {
			agree++
		}
	}
	switch {
	case said < len(all):
		return ProposalWaiting
	case agree*2 <= len(all):
		return ProposalReturned
	}
	return ProposalMade
}

// make does what a signed proposal proposes.
func (s *Service) make(ctx context.Context, tx *gorm.DB, f *filing.Filing, p Proposal, signers []string) error {
	r, err := s.rulingOf(p)
	if err != nil {
		return err
	}
	writer, err := account.Load(tx, p.WrittenBy, calendar.DateOf(s.Clock.Now()))
	if err != nil {
		return err
	}
	if p.Corrects() {
		return s.enactCorrection(ctx, tx, *f, writer, r, signers)
	}
	return s.enact(ctx, tx, f, filing.ActDecide, writer, r, signers)
}

func (s *Service) rulingOf(p Proposal) (Ruling, error) {
	var r Ruling
	plain, err := s.Box.Open(proposalAD(p.ID), p.RulingSealed)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(plain, &r)
}

// TakeBack ends the actor's own proposal before all have signed, so that he can write it anew. Errors: NotFound; Conflict "review.sign_over".
func (s *Service) TakeBack(ctx context.Context, a account.Actor, id, proposalID string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := filing.ByID(tx, a, id)
		if err != nil {
			return err
		}
		done := tx.Model(&Proposal{}).Where("id = ? AND filing_id = ? AND state = ? AND written_by = ?", proposalID, f.ID, ProposalWaiting, a.PersonID).
			Updates(map[string]any{"state": ProposalDropped, "ended_at": s.Clock.Now()})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return fail.Conflict("review.sign_over")
		}
		return s.note(tx, f, a, "proposal.dropped", map[string]any{"proposal": proposalID}, false)
	})
}

func proposalAD(id string) seal.AD { return seal.AD{Table: "proposal", Column: "ruling", Row: id} }

func signatureAD(proposalID, personID string) seal.AD {
	return seal.AD{Table: "signature", Column: "words", Row: proposalID + "/" + personID}
}
