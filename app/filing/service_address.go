package filing

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// ServiceAddress is where the court's papers go (送达地址确认). Every part may be empty.
type ServiceAddress struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Phone   string `json:"phone"`
	Email   string `json:"email"`
	// Consent is rules.Yes, rules.No, or empty when the person has not said.
	Consent string `json:"consent"`
}

// Empty says that nothing of it was given.
func (a ServiceAddress) Empty() bool { return a == ServiceAddress{} }

// Consents says that the person agrees to electronic service (CPL 90). Silence is no consent.
func (a ServiceAddress) Consents() bool { return a.Consent == rules.Yes }

// Answers are the facts that an address makes in a draft. A part left empty is kept as empty, so that it is not proposed again.
func (a ServiceAddress) Answers() rules.Facts {
	facts := rules.Facts{rules.FactServiceName: rules.Said(a.Name), rules.FactServiceAddress: rules.Said(a.Address),
		rules.FactServicePhone: rules.Said(a.Phone), rules.FactServiceEmail: rules.Said(a.Email)}
	if a.Consent != "" {
		facts[rules.FactServiceConsent] = rules.Pick(a.Consent)
	}
	return facts
}

// AddressIn reads the address out of the answers of a filing: what was checked and handed over.
func AddressIn(f rules.Facts) ServiceAddress {
	return ServiceAddress{Name: f[rules.FactServiceName].Text, Address: f[rules.FactServiceAddress].Text, Phone: f[rules.FactServicePhone].Text,
		Email: f[rules.FactServiceEmail].Text, Consent: f[rules.FactServiceConsent].Choice}
}

// addressRow is one change after the filing was handed over. Append-only.
type addressRow struct {
	ID, FilingID, PersonID string
	Sealed                 []byte
	Consent                bool
	Wording                string // version of the words of consent that were shown
	CreatedAt              time.Time
}

// TableName is the table of addressRow.
func (addressRow) TableName() string { return "service_address" }

func addressAD(id string) seal.AD {
	return seal.AD{Table: "service_address", Column: "sealed", Row: id}
}

// AddressNow is the address for service as it stands now: the last change, else what the filing was handed over with.
func (s *Service) AddressNow(db *gorm.DB, f Filing) (ServiceAddress, error) {
	var row addressRow
	res := db.Where("filing_id = ?", f.ID).Order("created_at DESC, id DESC").Limit(1).Find(&row)
	if res.Error != nil {
		return ServiceAddress{}, res.Error
	}
	if res.RowsAffected == 0 {
		facts, err := s.Facts(f)
		return AddressIn(facts), err
	}
	var a ServiceAddress
	plain, err := s.Box.Open(addressAD(row.ID), row.Sealed)
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(plain, &a)
}

// Address is AddressNow of a filing the caller has already loaded through what the actor may see.
func (s *Service) Address(ctx context.Context, f Filing) (ServiceAddress, error) {
	return s.AddressNow(s.db.Read(ctx), f)
}

// CheckAddress says whether an address may be kept: the shape of it only, since every part is free to be left out.
// The error is Invalid and speaks of the fields name, address, phone and email.
func CheckAddress(p *rules.Pack, a ServiceAddress) error {
	var fields []fail.Field
	for _, part := range []struct {
		field, text string
		fact        rules.FactID
	}{{"name", a.Name, rules.FactServiceName}, {"address", a.Address, rules.FactServiceAddress}, {"phone", a.Phone, rules.FactServicePhone}, {"email", a.Email, rules.FactServiceEmail}} {
		fact, _ := p.Fact(part.fact)
		if over := checkText(fact, &rules.Question{}, rules.Said(part.text)); over != nil {
			e, _ := fail.As(over)
			for _, f := range e.Fields {
				f.Name = part.field
				fields = append(fields, f)
			}
		}
	}
	if a.Phone != "" && !looksLikePhone(a.Phone) {
		fields = append(fields, fail.F("phone", "address.phone_odd"))
	}
	if a.Email != "" && !looksLikeEmail(a.Email) {
		fields = append(fields, fail.F("email", "address.email_odd"))
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

// ChangeAddress gives a filing that was handed over another address, gives the consent, or takes it back. What was handed over stays as
// it was. Errors: NotFound, Invalid from CheckAddress, Conflict "filing.stale".
func (s *Service) ChangeAddress(ctx context.Context, a account.Actor, id string, version int64, to ServiceAddress) (Filing, error) {
	var f Filing
	err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		if f, err = s.own(tx, a, id, version, PowerServe); err != nil {
			return err
		}
		if f.Ref == nil {
			return fail.NotFound()
		}
		p, err := s.Pack(f)
		if err != nil {
			return err
		}
		if err := CheckAddress(p, to); err != nil {
			return err
		}
		now := s.Clock.Now()
		if err := s.keepAddress(tx, a, f.ID, p.Application.Service.Version, to, now); err != nil {
			return err
		}
		return guardedUpdate(tx, &f, Set{"version": f.Version + 1, "updated_at": now})
	})
	return f, err
}

// keepAddress appends the change and its audit entry, which tells whether there is consent, and nothing personal.
func (s *Service) keepAddress(tx *gorm.DB, a account.Actor, filingID, wording string, to ServiceAddress, now time.Time) error {
	plain, err := json.Marshal(to)
	if err != nil {
		return err
	}
	row := addressRow{ID: store.NewID(), FilingID: filingID, PersonID: a.PersonID, Consent: to.Consents(), Wording: wording, CreatedAt: now}
	row.Sealed = s.Box.Seal(addressAD(row.ID), plain)
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	kind := "filing.service_refused"
	if to.Consents() {
		kind = "filing.service_consented"
	}
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: filingID, Actor: AuditActor(a, ""), Kind: kind,
		Data: map[string]any{"wording": wording}, Visible: true, At: now})
}

// carriedAddress adds the address for service of the filing that this one follows on. The consent is not carried: it was given for one
// filing, and is asked for anew (PROJECT).
func (s *Service) carriedAddress(db *gorm.DB, facts rules.Facts, parent Filing) (rules.Facts, error) {
	a, err := s.AddressNow(db, parent)
	if err != nil {
		return nil, err
	}
	a.Consent = ""
	out := facts.Clone()
	if a.Empty() {
		return out, nil
	}
	for id, v := range a.Answers() {
		if !out.Asked(id) {
			out[id] = v
		}
	}
	return out, nil
}
