package account

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/go-webauthn/webauthn/webauthn"
	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/jobs"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// SubjectPerson is the subject type of people in the audit record.
const SubjectPerson = "person"

// Person is somebody who can sign in.
type Person struct {
	ID    string
	Kind  ActorKind // Debtor or Staff
	Lang  string    // zh-Hans or en
	epoch int64
}

// Messenger sends sign-in codes.
type Messenger interface {
	// SendCode queues, in the transaction, a message with the code to a contact that need not belong to anybody yet.
	SendCode(tx *gorm.DB, to Contact, code, lang string) error
	// SendCodeFor queues a code that does something else than sign in; kind names the words, args are what they need beside the code.
	SendCodeFor(tx *gorm.DB, to Contact, kind, code, lang string, args map[string]any) error
	// SendTo queues a message to one contact, whether or not it still belongs to anybody; the same key is sent once.
	SendTo(tx *gorm.DB, to Contact, kind, lang, sendKey string, args map[string]any) error
}

// Service is every use case of people and the only writer of their tables. It is safe for concurrent use.
type Service struct {
	db        *store.DB
	clock     calendar.Clock
	box       *seal.Box
	messenger Messenger
	hashing   chan struct{}
	argon     *argon2id.Params
	nobody    string             // the hash an unknown login is compared with
	keys      *webauthn.WebAuthn // nil where there are no passkeys
}

// Options are choices of New; the zero value is right for serving.
type Options struct {
	// Argon2 is the cost of hashing a password; default 19 MiB, two passes, one thread (OWASP).
	Argon2 *argon2id.Params
}

// New joins the service with what it needs.
func New(db *store.DB, clock calendar.Clock, box *seal.Box, messenger Messenger, opts Options) (*Service, error) {
	if opts.Argon2 == nil {
		opts.Argon2 = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	}
	nobody, err := argon2id.CreateHash(store.NewID(), opts.Argon2)
	if err != nil {
		return nil, fmt.Errorf("prepare password hashing: %w", err)
	}
	return &Service{
		db: db, clock: clock, box: box, messenger: messenger, argon: opts.Argon2, nobody: nobody,
		hashing: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)), // each takes 19 MiB and a core; pages must go on
	}, nil
}

// Register adds the background work of accounts: old codes, counts and sessions are removed every hour.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("account.purge", time.Hour, s.purge)
	r.Every("account.forms", time.Hour, s.purgeForms)
	r.Every("account.contacts", 10*time.Minute, s.applyWaiting)
}

// ActorOf gives the person as an actor with the grants valid today. Somebody unknown or disabled is not found.
func (s *Service) ActorOf(ctx context.Context, personID string) (Actor, error) {
	a, _, err := s.actor(ctx, personID)
	return a, err
}

func (s *Service) actor(ctx context.Context, personID string) (Actor, Person, error) {
	return load(s.db.Read(ctx), personID, calendar.Today(s.clock))
}

// NameOf gives the name of a person, empty when none was given yet.
func (s *Service) NameOf(ctx context.Context, personID string) (string, error) {
	p, err := take[personRow](s.db.Read(ctx), "a person", "id = ?", personID)
	if err != nil {
		return "", err
	}
	return s.box.OpenText(nameAD(p.ID), p.NameSealed)
}

// longestName is in characters; the longest names in use in China have about 25.
const longestName = 100

// SetName keeps the name of a person. A field error is for "name".
func (s *Service) SetName(ctx context.Context, actor Actor, personID, name string) error {
	name = strings.TrimSpace(name)
	if err := checkName(name); err != nil {
		return err
	}
	return s.change(ctx, actor, personID, "person.named", map[string]any{"name_sealed": s.box.SealText(nameAD(personID), name)})
}

func checkName(name string) error {
	switch {
	case name == "":
		return fail.Invalid(fail.F("name", "account.name_empty"))
	case utf8.RuneCountInString(name) > longestName:
		return fail.Invalid(fail.F("name", "account.name_long", "Max", longestName))
	case strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name):
		return fail.Invalid(fail.F("name", "account.name_unreadable"))
	}
	return nil
}

// SetLang keeps the language in which a person is written to, zh-Hans or en.
func (s *Service) SetLang(ctx context.Context, actor Actor, personID, lang string) error {
	if lang != "zh-Hans" && lang != "en" {
		return fail.Invalid(fail.F("lang", "account.lang_unknown"))
	}
	return s.change(ctx, actor, personID, "person.language", map[string]any{"lang": lang})
}

// SetActive disables a person, which ends every session at once, or enables one again.
func (s *Service) SetActive(ctx context.Context, actor Actor, personID string, on bool) error {
	if on {
		return s.change(ctx, actor, personID, "person.enabled", map[string]any{"status": active})
	}
	return s.change(ctx, actor, personID, "person.disabled", map[string]any{"status": disabled, "epoch": gorm.Expr("epoch + 1")})
}

// SignOutEverywhere ends every session of a person at once.
func (s *Service) SignOutEverywhere(ctx context.Context, actor Actor, personID string) error {
	return s.change(ctx, actor, personID, "person.signed_out_everywhere", map[string]any{"epoch": gorm.Expr("epoch + 1")})
}

// change updates the row of a person and records that it was done, by whom.
func (s *Service) change(ctx context.Context, actor Actor, personID, kind string, columns map[string]any) error {
	now := s.clock.Now()
	columns["updated_at"] = now
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&personRow{}).Where("id = ?", personID).Updates(columns)
		if done.Error != nil {
			return fmt.Errorf("change a person: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return fail.NotFound()
		}
		return s.record(tx, actor.Audit("", ""), personID, kind, nil)
	})
}

func (s *Service) record(tx *gorm.DB, by audit.Actor, personID, kind string, data any) error {
	return audit.Append(tx, audit.Entry{SubjectType: SubjectPerson, SubjectID: personID, Actor: by, Kind: kind, Data: data, At: s.clock.Now()})
}

// ContactsOf lists the verified contacts of a person, the oldest first.
func (s *Service) ContactsOf(ctx context.Context, personID string) ([]Contact, error) {
	return s.contacts(s.db.Read(ctx), personID)
}

// ContactsIn lists, within a transaction, where a person is told things: the verified contacts, the oldest first, and for staff the
// address at work. Nobody signs in with the latter.
func (s *Service) ContactsIn(tx *gorm.DB, personID string) ([]Contact, error) {
	out, err := s.contacts(tx, personID)
	if err != nil || len(out) > 0 {
		return out, err
	}
	var rows []staffRow
	if err := tx.Where("person_id = ? AND email_sealed IS NOT NULL", personID).Limit(1).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the address of a member of staff: %w", err)
	}
	for _, r := range rows {
		email, err := s.box.OpenText(r.emailAD(), r.EmailSealed)
		if err != nil {
			return nil, fmt.Errorf("open the address of a member of staff: %w", err)
		}
		out = append(out, Contact{Email, email})
	}
	return out, nil
}

func (s *Service) contacts(db *gorm.DB, personID string) ([]Contact, error) {
	var rows []contactRow
	if err := db.Where("person_id = ? AND verified_at IS NOT NULL", personID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the contacts of a person: %w", err)
	}
	out := make([]Contact, len(rows))
	for i, r := range rows {
		value, err := s.box.OpenText(r.ad(), r.ValueSealed)
		if err != nil {
			return nil, fmt.Errorf("open a contact: %w", err)
		}
		out[i] = Contact{r.Kind, value}
	}
	return out, nil
}

// WhoseIn gives, within a transaction, the person a contact belongs to, empty when it is nobody's yet.
func (s *Service) WhoseIn(tx *gorm.DB, c Contact) (string, error) {
	var rows []contactRow
	err := tx.Select("person_id").Where("kind = ? AND value_index IN ?", c.Kind, s.box.Indexes(string(c.Kind), c.Value)).Limit(1).Find(&rows).Error
	if err != nil {
		return "", fmt.Errorf("find whose a contact is: %w", err)
	}
	if len(rows) == 0 {
		return "", nil
	}
	return rows[0].PersonID, nil
}

// MobileOf gives the mobile number of a person as +86 and eleven digits, empty when there is none.
func (s *Service) MobileOf(ctx context.Context, personID string) (string, error) {
	contacts, err := s.ContactsOf(ctx, personID)
	for _, c := range contacts {
		if c.Kind == Mobile {
			return c.Value, nil
		}
	}
	return "", err
}
