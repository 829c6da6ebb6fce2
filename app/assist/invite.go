package assist

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/notice"
	"reliefportal/app/store"
)

const longestLabel = 60 // characters

// Invite asks somebody to act in a filing of the actor's own, and gives the code he hands over himself: no message is sent.
// Errors: NotFound; Invalid per field; Conflict "rep.too_many" when two act already, "rep.closed" when the filing is closed.
func (s *Service) Invite(ctx context.Context, a account.Actor, filingID string, in Invitation) (Representative, error) {
	if err := in.check(); err != nil {
		return Representative{}, err
	}
	now, code, id := s.Clock.Now(), newCode(), store.NewID()
	r := Representative{ID: id, FilingID: filingID, Capacity: in.Capacity, Powers: in.powers(), LabelSealed: s.Box.SealText(labelAD(id), in.Label),
		CodeIndex: s.Box.Index("invitation", code), CodeSealed: s.Box.SealText(codeAD(id), code), ExpiresAt: now.Add(InvitationLife), State: Invited,
		Version: 1, InvitedAt: now}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := ownFiling(tx, a, filingID)
		if err != nil {
			return err
		}
		if f.Status == filing.Closed {
			return fail.Conflict("rep.closed")
		}
		var rows []Representative
		if err := tx.Where("filing_id = ? AND (state = ? OR state = ? AND expires_at > ?)", f.ID, Active, Invited, now).Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) >= MostRepresentatives {
			return fail.Conflict("rep.too_many")
		}
		if err := tx.Create(&r).Error; err != nil {
			return fmt.Errorf("invite a representative: %w", err)
		}
		return s.note(tx, a, r, "representative.invited")
	})
	return r, err
}

func (in *Invitation) check() error {
	var fields []fail.Field
	in.Label = strings.TrimSpace(in.Label)
	if n := utf8.RuneCountInString(in.Label); n == 0 || n > longestLabel {
		fields = append(fields, fail.F("label", "rep.label_bad", "Max", longestLabel))
	}
	if _, ok := CapacityOf(in.Capacity); !ok {
		fields = append(fields, fail.F("capacity", "rep.capacity_empty"))
	}
	for _, p := range in.Powers {
		if !slices.Contains(filing.Powers(), p) {
			fields = append(fields, fail.F("powers", "answer.choose"))
		}
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

// powers writes the powers in one order, each once.
func (in Invitation) powers() string {
	var out []string
	for _, p := range filing.Powers() {
		if slices.Contains(in.Powers, p) {
			out = append(out, string(p))
		}
	}
	return strings.Join(out, ",")
}

// ownFiling loads and holds a filing of which the actor is the owner himself, so that two invitations at once are counted one by one.
func ownFiling(tx *gorm.DB, a account.Actor, id string) (filing.Filing, error) {
	var rows []filing.Filing
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ? AND person_id = ?", id, a.PersonID).Limit(1).Find(&rows).Error
	if err != nil {
		return filing.Filing{}, err
	}
	if len(rows) == 0 || !a.IsDebtor() || a.By != nil {
		return filing.Filing{}, fail.NotFound()
	}
	return rows[0], nil
}

// note writes to the record of the filing, where the person sees it too.
func (s *Service) note(tx *gorm.DB, a account.Actor, r Representative, kind string) error {
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: r.FilingID, Actor: a.Audit("", ""), Kind: kind,
		Data: map[string]any{"representative": r.ID, "capacity": r.Capacity, "powers": r.Powers}, Visible: true, At: s.Clock.Now()})
}

// Offered is an invitation as the one who holds its code sees it, before he takes it up.
type Offered struct {
	Representative
	Applicant string // name of the person who invites, as in the filing; may be empty
	Remedy    string
}

// Look shows the invitation a code belongs to. Errors: a field error for "code"; TooMany.
func (s *Service) Look(ctx context.Context, a account.Actor, typed string) (Offered, error) {
	if !a.IsDebtor() || a.By != nil {
		return Offered{}, fail.NotFound()
	}
	if err := s.countTry(ctx, "invitation", a.PersonID); err != nil {
		return Offered{}, err
	}
	r, f, err := s.offered(s.DB.Read(ctx), a, typed)
	if err != nil {
		return Offered{}, err
	}
	name := s.Filings.Applicant(f)
	if name == "" {
		if name, err = s.Accounts.NameOf(ctx, f.PersonID); err != nil {
			return Offered{}, err
		}
	}
	return Offered{Representative: r, Applicant: name, Remedy: f.Remedy}, nil
}

// offered finds the invitation of a code. Nobody represents himself.
func (s *Service) offered(db *gorm.DB, a account.Actor, typed string) (Representative, filing.Filing, error) {
	unknown := fail.Invalid(fail.F("code", "helper.code_unknown"))
	code, ok := parseCode(typed)
	if !ok {
		return Representative{}, filing.Filing{}, fail.Invalid(fail.F("code", "helper.code_shape"))
	}
	var rows []Representative
	if err := db.Where("code_index IN ?", s.Box.Indexes("invitation", code)).Limit(1).Find(&rows).Error; err != nil {
		return Representative{}, filing.Filing{}, fmt.Errorf("find an invitation: %w", err)
	}
	if len(rows) == 0 || !rows[0].Waiting(s.Clock.Now()) {
		return Representative{}, filing.Filing{}, unknown
	}
	var f filing.Filing
	if err := db.Where("id = ?", rows[0].FilingID).Take(&f).Error; err != nil {
		return Representative{}, filing.Filing{}, err
	}
	if f.PersonID == a.PersonID {
		return Representative{}, filing.Filing{}, fail.Invalid(fail.F("code", "rep.yourself"))
	}
	return rows[0], f, nil
}

// Accept takes an invitation up, once. name is how the record and the court will know the representative. Errors: a field error for
// "code" or "name"; TooMany; Conflict "rep.taken" when somebody else was faster, or he acts in this filing already.
func (s *Service) Accept(ctx context.Context, a account.Actor, typed, name string) (Representative, error) {
	if !a.IsDebtor() || a.By != nil {
		return Representative{}, fail.NotFound()
	}
	if err := s.countTry(ctx, "invitation", a.PersonID); err != nil {
		return Representative{}, err
	}
	if err := s.Accounts.SetName(ctx, a, a.PersonID, name); err != nil {
		return Representative{}, err
	}
	var r Representative
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if r, _, err = s.offered(tx, a, typed); err != nil {
			return err
		}
		var n int64
		if err := tx.Model(&Representative{}).Where("filing_id = ? AND person_id = ? AND state = ?", r.FilingID, a.PersonID, Active).Count(&n).Error; err != nil {
			return err
		}
		now := s.Clock.Now()
		done := tx.Model(&Representative{}).Where("id = ? AND state = ? AND version = ?", r.ID, Invited, r.Version).
			Updates(map[string]any{"state": Active, "person_id": a.PersonID, "accepted_at": now, "code_sealed": nil, "version": r.Version + 1})
		if done.Error != nil {
			return fmt.Errorf("take up an invitation: %w", done.Error)
		}
		if done.RowsAffected == 0 || n > 0 {
			return fail.Conflict("rep.taken")
		}
		r.State, r.PersonID, r.AcceptedAt, r.CodeSealed = Active, &a.PersonID, &now, nil
		return s.note(tx, a, r, "representative.accepted")
	})
	return r, err
}

// EndRepresentation ends a representation, or takes an invitation back, at once: the person may, and so may the representative.
// Errors: NotFound; Conflict "rep.over" when it is over already.
func (s *Service) EndRepresentation(ctx context.Context, a account.Actor, filingID, id string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var rows []Representative
		err := tx.Where("id = ? AND filing_id = ? AND (person_id = ? OR filing_id IN (SELECT id FROM filing WHERE person_id = ?))", id, filingID, a.PersonID, a.PersonID).
			Limit(1).Find(&rows).Error
		if err != nil {
			return err
		}
		if len(rows) == 0 || !a.IsDebtor() || a.By != nil {
			return fail.NotFound()
		}
		r, to := rows[0], Revoked
		if r.State == Invited {
			to = Declined
		}
		done := tx.Model(&Representative{}).Where("id = ? AND state = ? AND state IN ? AND version = ?", r.ID, r.State, []RepState{Invited, Active}, r.Version).
			Updates(map[string]any{"state": to, "ended_at": s.Clock.Now(), "ended_by": a.PersonID, "code_sealed": nil, "version": r.Version + 1})
		if done.Error != nil {
			return fmt.Errorf("end a representation: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return fail.Conflict("rep.over")
		}
		return s.note(tx, a, r, "representative.ended")
	})
}

// Shown is a representation with what only its parties read.
type Shown struct {
	Representative
	Label string // how the person calls him
	Name  string // his own name, once he has taken it up
	Code  string // the code in two groups, while it waits to be taken up; shown to the person only
}

// Representatives lists those of a filing, the oldest first: who acts and who acted. The caller has loaded the filing through what he may see.
func (s *Service) Representatives(ctx context.Context, f filing.Filing, a account.Actor) ([]Shown, error) {
	var rows []Representative
	if err := s.DB.Read(ctx).Where("filing_id = ?", f.ID).Order("invited_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list representatives: %w", err)
	}
	out := make([]Shown, 0, len(rows))
	for _, r := range rows {
		one, err := s.shown(ctx, r, f.PersonID == a.PersonID && a.By == nil)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (s *Service) shown(ctx context.Context, r Representative, owner bool) (Shown, error) {
	out := Shown{Representative: r}
	var err error
	if r.PersonID != nil {
		if out.Name, err = s.Accounts.NameOf(ctx, *r.PersonID); err != nil {
			return out, err
		}
	}
	if !owner {
		return out, nil
	}
	if out.Label, err = s.Box.OpenText(labelAD(r.ID), r.LabelSealed); err != nil {
		return out, err
	}
	if r.Waiting(s.Clock.Now()) && len(r.CodeSealed) > 0 {
		code, err := s.Box.OpenText(codeAD(r.ID), r.CodeSealed)
		if err != nil {
			return out, err
		}
		out.Code = Grouped(code)
	}
	return out, nil
}

// ForOthers lists the filings of others in which the person acts, the last change first.
func (s *Service) ForOthers(ctx context.Context, a account.Actor) ([]filing.Filing, error) {
	if !a.IsDebtor() || a.By != nil {
		return nil, nil
	}
	var out []filing.Filing
	err := s.DB.Read(ctx).Scopes(filing.VisibleTo(a)).Where("filing.person_id <> ?", a.PersonID).
		Where("NOT (filing.status = ? AND filing.ref IS NULL)", filing.Closed).Order("filing.updated_at DESC, filing.id DESC").Limit(filing.PageSize).Find(&out).Error
	return out, err
}

// Teller is package notice as this package needs it.
type Teller interface {
	Send(tx *gorm.DB, m notice.Message) error
}

// Forwarder sends what a person is told about a filing to the representatives who may take what is served, too.
type Forwarder struct{ To Teller }

// Send implements the Teller of packages filing and review.
func (w Forwarder) Send(tx *gorm.DB, m notice.Message) error {
	if err := w.To.Send(tx, m); err != nil || m.FilingID == "" {
		return err
	}
	var rows []Representative
	err := tx.Where("filing_id = ? AND state = ? AND filing_id IN (SELECT id FROM filing WHERE person_id = ?)", m.FilingID, Active, m.PersonID).
		Order("id").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("list representatives to be told: %w", err)
	}
	for _, r := range rows {
		if !r.Has(filing.PowerServe) {
			continue
		}
		also := m
		also.PersonID, also.Lang, also.SendKey = r.Who(), "", m.SendKey+"/rep/"+r.ID
		if err := w.To.Send(tx, also); err != nil {
			return err
		}
	}
	return nil
}

// lapse marks invitations nobody took up in time.
func (s *Service) lapse(ctx context.Context, now time.Time) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Representative{}).Where("state = ? AND expires_at <= ?", Invited, now).
			Updates(map[string]any{"state": Lapsed, "code_sealed": nil, "ended_at": now, "version": gorm.Expr("version + 1")}).Error
	})
}
