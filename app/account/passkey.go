package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// A passkey is a key that a person's own device keeps and shows only after it has seen his finger, face or screen code. Signing in by it asks
// for no code, and no copied page can ask for it, since it is bound to the address of the portal. It is a way beside the codes, which go on.

// Limits of passkeys (PROJECT).
const (
	passkeyMax    = 10              // of one person
	passkeyName   = 40              // characters
	challengeLife = 5 * time.Minute // what browsers give people by default
)

// Passkey is one key as its person sees it. Times are UTC; Used is zero until it was used.
type Passkey struct {
	ID          string
	Name        string
	Added, Used time.Time
}

type passkeyRow struct {
	ID         string `gorm:"primaryKey"`
	PersonID   string
	NameSealed []byte
	Handle     []byte // the credential id
	Credential string // JSON of the library
	CreatedAt  time.Time
	UsedAt     *time.Time
}

// TableName is the table of passkeyRow.
func (passkeyRow) TableName() string { return "passkey" }

func (r passkeyRow) ad() seal.AD {
	return seal.AD{Table: "passkey", Column: "name_sealed", Row: r.ID}
}

type challengeRow struct {
	BrowserHash []byte `gorm:"primaryKey"`
	Purpose     string
	PersonID    *string
	Data        string // JSON of the library
	ExpiresAt   time.Time
}

// TableName is the table of challengeRow.
func (challengeRow) TableName() string { return "passkey_challenge" }

// The purposes of a challenge.
const (
	toAdd   = "add"
	toEnter = "enter"
)

// holder is a person as the library wants to see one. Neither his name nor a contact goes into the device.
type holder struct {
	id   string
	keys []webauthn.Credential
}

// WebAuthnID is the id of the person, which means nothing outside.
func (h holder) WebAuthnID() []byte { return []byte(h.id) }

// WebAuthnName is the name the device shows in its list: that of the portal.
func (h holder) WebAuthnName() string { return relyingName }

// WebAuthnDisplayName is the same.
func (h holder) WebAuthnDisplayName() string { return relyingName }

// WebAuthnCredentials are the keys the person has.
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

const relyingName = "门径 Menjing"

// TakePasskeys turns passkeys on for people who reach the portal at base (PORTAL_BASE_URL). A key is bound to a host name; where people reach
// the portal by a bare number there are none.
func (s *Service) TakePasskeys(base string) error {
	u, err := url.Parse(base)
	if err != nil {
		return fmt.Errorf("passkeys: %w", err)
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return nil
	}
	s.keys, err = webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: relyingName, RPOrigins: []string{base},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}})
	if err != nil {
		return fmt.Errorf("passkeys: %w", err)
	}
	return nil
}

// HasPasskeys says that people can use passkeys here.
func (s *Service) HasPasskeys() bool { return s.keys != nil }

// Passkeys lists the person's keys, the oldest first. Error: NotFound for anybody but the person himself.
func (s *Service) Passkeys(ctx context.Context, a Actor) ([]Passkey, error) {
	if !a.IsDebtor() || a.By != nil {
		return nil, fail.NotFound()
	}
	rows, err := passkeysOf(s.db.Read(ctx), a.PersonID)
	if err != nil {
		return nil, err
	}
	out := make([]Passkey, len(rows))
	for i, r := range rows {
		name, err := s.box.OpenText(r.ad(), r.NameSealed)
		if err != nil {
			return nil, fmt.Errorf("open the name of a passkey: %w", err)
		}
		out[i] = Passkey{ID: r.ID, Name: name, Added: r.CreatedAt}
		if r.UsedAt != nil {
			out[i].Used = *r.UsedAt
		}
	}
	return out, nil
}

func passkeysOf(db *gorm.DB, personID string) ([]passkeyRow, error) {
	var rows []passkeyRow
	if err := db.Where("person_id = ?", personID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list passkeys: %w", err)
	}
	return rows, nil
}

func (s *Service) holderOf(db *gorm.DB, personID string) (holder, error) {
	h := holder{id: personID}
	rows, err := passkeysOf(db, personID)
	if err != nil {
		return h, err
	}
	for _, r := range rows {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(r.Credential), &c); err != nil {
			return h, fmt.Errorf("read a passkey: %w", err)
		}
		h.keys = append(h.keys, c)
	}
	return h, nil
}

// BeginPasskey gives what the browser needs to make a key, as JSON, with a challenge that this browser answers once, within five minutes.
// Errors: NotFound for anybody but the person himself, and where there are no passkeys; Invalid "name" when it is missing or too long, or when
// there are too many keys.
func (s *Service) BeginPasskey(ctx context.Context, a Actor, name, browser string) ([]byte, error) {
	if !a.IsDebtor() || a.By != nil || s.keys == nil {
		return nil, fail.NotFound()
	}
	h, err := s.holderOf(s.db.Read(ctx), a.PersonID)
	if err != nil {
		return nil, err
	}
	if err := mayAdd(name, len(h.keys)); err != nil {
		return nil, err
	}
	options, session, err := s.keys.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		return nil, fmt.Errorf("begin a passkey: %w", err)
	}
	return s.challenge(ctx, toAdd, a.PersonID, browser, session, options)
}

func mayAdd(name string, have int) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(name)); {
	case n == 0:
		return fail.Invalid(fail.F("name", "passkey.name_empty"))
	case n > passkeyName:
		return fail.Invalid(fail.F("name", "passkey.name_long", "Max", passkeyName))
	case have >= passkeyMax:
		return fail.Invalid(fail.F("name", "passkey.too_many", "Max", passkeyMax))
	}
	return nil
}

// challenge keeps what was asked of a browser, in the place of anything before it.
func (s *Service) challenge(ctx context.Context, purpose, personID, browser string, session *webauthn.SessionData, options any) ([]byte, error) {
	data, err := json.Marshal(session)
	if err != nil {
		return nil, fmt.Errorf("keep a challenge: %w", err)
	}
	r := challengeRow{BrowserHash: s.browserHash("passkey " + browser), Purpose: purpose, PersonID: optional(personID), Data: string(data), ExpiresAt: s.clock.Now().Add(challengeLife)}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error { return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&r).Error })
	if err != nil {
		return nil, fmt.Errorf("keep a challenge: %w", err)
	}
	return json.Marshal(options)
}

// spend takes the challenge of a browser, which is gone with it whatever comes of the answer. Error: Expired "passkey.again".
func (s *Service) spend(ctx context.Context, purpose, personID, browser string) (session webauthn.SessionData, err error) {
	var r challengeRow
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if r, err = take[challengeRow](tx, "a challenge", "browser_hash = ? AND purpose = ?", s.browserHash("passkey "+browser), purpose); err != nil {
			return err
		}
		done := tx.Where("browser_hash = ?", r.BrowserHash).Delete(&challengeRow{})
		if done.Error == nil && done.RowsAffected == 0 {
			return fail.NotFound()
		}
		return done.Error
	})
	whose := ""
	if r.PersonID != nil {
		whose = *r.PersonID
	}
	if err != nil && fail.KindOf(err) != fail.KindNotFound {
		return session, err
	}
	if err != nil || whose != personID || !s.clock.Now().Before(r.ExpiresAt) {
		return session, fail.Expired("passkey.again")
	}
	return session, json.Unmarshal([]byte(r.Data), &session)
}

// AddPasskey keeps the key that the browser made, and tells the person. Errors: those of BeginPasskey; Expired "passkey.again" when there is
// no challenge to answer; Invalid "name" with passkey.refused when the answer does not hold.
func (s *Service) AddPasskey(ctx context.Context, a Actor, name string, answer []byte, browser string) error {
	if !a.IsDebtor() || a.By != nil || s.keys == nil {
		return fail.NotFound()
	}
	h, err := s.holderOf(s.db.Read(ctx), a.PersonID)
	if err != nil {
		return err
	}
	if err := mayAdd(name, len(h.keys)); err != nil {
		return err
	}
	session, err := s.spend(ctx, toAdd, a.PersonID, browser)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return fail.Invalid(fail.F("name", "passkey.refused"))
	}
	made, err := s.keys.CreateCredential(h, session, parsed)
	if err != nil {
		return fail.Invalid(fail.F("name", "passkey.refused"))
	}
	return s.keepPasskey(ctx, a, strings.TrimSpace(name), made)
}

func (s *Service) keepPasskey(ctx context.Context, a Actor, name string, made *webauthn.Credential) error {
	data, err := json.Marshal(made)
	if err != nil {
		return fmt.Errorf("write a passkey: %w", err)
	}
	r := passkeyRow{ID: store.NewID(), PersonID: a.PersonID, Handle: made.ID, Credential: string(data), CreatedAt: s.clock.Now()}
	r.NameSealed = s.box.SealText(r.ad(), name)
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&r).Error; err != nil {
			return err
		}
		to, err := s.ContactsIn(tx, a.PersonID)
		if err != nil {
			return err
		}
		for i, c := range to {
			if err := s.messenger.SendTo(tx, c, "passkey_added", a.Lang, fmt.Sprintf("passkey/%s/%d", r.ID, i), nil); err != nil {
				return err
			}
		}
		return s.record(tx, a.Audit("", ""), a.PersonID, "passkey.added", map[string]any{"passkey": r.ID})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) { // the same device twice at once
		return fail.Invalid(fail.F("name", "passkey.refused"))
	}
	return err
}

// RemovePasskey forgets a key. Error: NotFound for anybody but its person.
func (s *Service) RemovePasskey(ctx context.Context, a Actor, id string) error {
	if !a.IsDebtor() || a.By != nil {
		return fail.NotFound()
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Where("id = ? AND person_id = ?", id, a.PersonID).Delete(&passkeyRow{})
		if done.Error != nil {
			return fmt.Errorf("remove a passkey: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return fail.NotFound()
		}
		return s.record(tx, a.Audit("", ""), a.PersonID, "passkey.removed", map[string]any{"passkey": id})
	})
}

// AskPasskey gives what the browser needs to show a key, as JSON, with a challenge that this browser answers once. It names nobody: the
// device knows whose key it has. Error: NotFound where there are no passkeys.
func (s *Service) AskPasskey(ctx context.Context, browser string) ([]byte, error) {
	if s.keys == nil {
		return nil, fail.NotFound()
	}
	options, session, err := s.keys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	return s.challenge(ctx, toEnter, "", browser, session, options)
}

// EnterByPasskey gives the person whose key answered the challenge of this browser. Errors: Expired "passkey.again"; Invalid "passkey" with
// passkey.unknown for an answer that does not hold, whatever the reason; Forbidden "signin.disabled".
func (s *Service) EnterByPasskey(ctx context.Context, answer []byte, browser string) (p Person, err error) {
	if s.keys == nil {
		return p, fail.NotFound()
	}
	session, err := s.spend(ctx, toEnter, "", browser)
	if err != nil {
		return p, err
	}
	unknown := fail.Invalid(fail.F("passkey", "passkey.unknown"))
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return p, unknown
	}
	var r passkeyRow
	find := func(rawID, userHandle []byte) (webauthn.User, error) {
		if r, err = take[passkeyRow](s.db.Read(ctx), "a passkey", "handle = ? AND person_id = ?", rawID, string(userHandle)); err != nil {
			return nil, err
		}
		return s.holderOf(s.db.Read(ctx), r.PersonID)
	}
	_, used, err := s.keys.ValidatePasskeyLogin(find, session, parsed)
	if err != nil || used.Authenticator.CloneWarning { // a copied key shows by its counter; the codes still work
		return p, unknown
	}
	return s.entered(ctx, r, used)
}

// entered writes down that a key was used, with its new counter.
func (s *Service) entered(ctx context.Context, r passkeyRow, used *webauthn.Credential) (p Person, err error) {
	data, err := json.Marshal(used)
	if err != nil {
		return p, fmt.Errorf("write a passkey: %w", err)
	}
	return p, s.db.Tx(ctx, func(tx *gorm.DB) error {
		person, err := take[personRow](tx, "a person", "id = ?", r.PersonID)
		if err != nil {
			return err
		}
		if person.Status != active {
			return fail.Forbidden("signin.disabled")
		}
		done := tx.Model(&passkeyRow{}).Where("id = ? AND credential = ?", r.ID, r.Credential).Updates(map[string]any{"credential": string(data), "used_at": s.clock.Now()})
		if done.Error != nil {
			return fmt.Errorf("keep the use of a passkey: %w", done.Error)
		}
		if done.RowsAffected == 0 { // used twice at once, or removed
			return fail.Expired("passkey.again")
		}
		p = person.person()
		return s.record(tx, audit.Actor{ID: p.ID, Kind: string(p.Kind)}, p.ID, "person.key_used", map[string]any{"passkey": r.ID})
	})
}
