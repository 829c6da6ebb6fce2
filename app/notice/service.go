package notice

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/i18n"
	"reliefportal/app/jobs"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// People knows how a person can be reached; package account implements it.
type People interface {
	// ContactsIn gives the verified contacts of a person, the oldest first, in the transaction.
	ContactsIn(tx *gorm.DB, personID string) ([]account.Contact, error)
	// WhoseIn gives the person a contact belongs to, empty when it is nobody's yet.
	WhoseIn(tx *gorm.DB, c account.Contact) (string, error)
}

// Safe knows how a person wishes to be reached; package contact implements it.
type Safe interface {
	In(tx *gorm.DB, personID string) (contact.Profile, error)
}

// Deps are the neighbours of the service. Jobs and People may be set after New, before the first message.
type Deps struct {
	DB     *store.DB
	Box    *seal.Box
	Jobs   jobs.Inserter
	People People
	Safe   Safe
	// Moot says, just before a notice is sent, that what it tells of is over and it must not go any more. nil: nothing ever is.
	Moot  func(ctx context.Context, n Occasion) (bool, error)
	Clock calendar.Clock
	Log   *slog.Logger
	Mail  Transport // nil: e-mails are not sent and fail with NoTransport
	SMS   Transport // nil: text messages likewise
	// Troubled is told of every try at which the mail server or gateway did not answer or put us off; nil is told nothing. It must not block.
	Troubled func(kind string, channel account.ContactKind)
}

// Service puts messages into transactions and delivers them. It is the only writer of the table notice. It is an
// account.Messenger.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

var _ account.Messenger = (*Service)(nil)

// Occasion is what a notice is about, for the question whether it still is.
type Occasion struct{ Kind, FilingID, PersonID, Subject string }

// Send puts a message into the transaction: one e-mail and one text message at most, to the newest address of each kind that the person's
// contact profile allows, in the words and language it asks for. A person who cannot be reached is no error; neither is an event that was told
// before, which does nothing. An unknown kind is a mistake of the program.
func (s *Service) Send(tx *gorm.DB, m Message) error {
	w, ok := kinds[m.Kind]
	if !ok || m.SendKey == "" {
		return fmt.Errorf("notice: kind %q or send key %q is not usable", m.Kind, m.SendKey)
	}
	to, err := s.People.ContactsIn(tx, m.PersonID)
	if err != nil {
		return err
	}
	profile, err := s.Safe.In(tx, m.PersonID)
	if err != nil {
		return err
	}
	lang, err := languageFor(tx, profile, m)
	if err != nil {
		return err
	}
	told := map[account.ContactKind]bool{}
	for _, c := range slices.Backward(to) {
		if told[c.Kind] || !profile.MaySend(c.Kind) {
			continue
		}
		told[c.Kind] = true
		r := row{SendKey: m.SendKey + "/" + string(c.Kind), Event: m.SendKey, FilingID: optional(m.FilingID), PersonID: optional(m.PersonID), Kind: m.Kind,
			Subject: m.Subject, Lang: lang}
		if err := s.queue(tx, r, c, w, profile, m.Args); err != nil {
			return err
		}
	}
	return nil
}

// languageFor is the language of a message: what the profile says, else that of the message, else that of the person.
func languageFor(tx *gorm.DB, profile contact.Profile, m Message) (string, error) {
	lang := profile.LanguageOr(m.Lang)
	if lang == "" {
		var err error
		if lang, err = languageOf(tx, m.PersonID); err != nil {
			return "", err
		}
	}
	return i18n.Pick(lang), nil
}

// SendCode queues a sign-in code to an address that need not belong to anybody yet.
func (s *Service) SendCode(tx *gorm.DB, to account.Contact, code, lang string) error {
	return s.SendCodeFor(tx, to, "code", code, lang, nil)
}

// SendCodeFor implements account.Messenger.
func (s *Service) SendCodeFor(tx *gorm.DB, to account.Contact, kind, code, lang string, args map[string]any) error {
	all := map[string]any{"code": code}
	maps.Copy(all, args)
	return s.SendTo(tx, to, kind, lang, kind+"/"+store.NewID(), all)
}

// SendTo implements account.Messenger. The person asked for these messages, or must know of them, so they go even where the profile has closed
// the channel; but as neutrally as the profile of whoever the address belongs to says. An unknown kind is a mistake of the program.
func (s *Service) SendTo(tx *gorm.DB, to account.Contact, kind, lang, sendKey string, args map[string]any) error {
	w, ok := kinds[kind]
	if !ok {
		return fmt.Errorf("notice: kind %q is not usable", kind)
	}
	owner, err := s.People.WhoseIn(tx, to)
	if err != nil {
		return err
	}
	profile := contact.Profile{}
	if owner != "" {
		if profile, err = s.Safe.In(tx, owner); err != nil {
			return err
		}
	}
	r := row{SendKey: sendKey + "/" + string(to.Kind), Event: sendKey, Kind: kind, Lang: i18n.Pick(lang)}
	return s.queue(tx, r, to, w, profile, args)
}

// queue writes the row and its job, unless this recipient was told of the event before.
func (s *Service) queue(tx *gorm.DB, r row, to account.Contact, w words, profile contact.Profile, args map[string]any) error {
	r.ID, r.Channel, r.State, r.CreatedAt = store.NewID(), to.Kind, Queued, s.Clock.Now()
	if err := s.sealArgs(&r, args); err != nil {
		return err
	}
	s.wordInto(&r, to.Value, w, profile, args)
	done := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "send_key"}}, DoNothing: true}).Create(&r)
	if done.Error != nil {
		return fmt.Errorf("queue a notice: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return nil
	}
	return s.Jobs.Insert(tx, Deliver{ID: r.ID})
}

// wordInto words a row for its channel as the profile says, sealed.
func (s *Service) wordInto(r *row, to string, w words, profile contact.Profile, args map[string]any) {
	st := style{neutral: profile.Neutral(), word: profile.CodeWord()}
	r.Neutral = st.neutral
	w = w.fitting(args)
	if r.Channel == account.Email {
		subject, body := w.email(r.Lang, st, args)
		s.sealIn(r, to, subject, body)
		return
	}
	s.sealIn(r, to, "", w.sms(r.Lang, st, args))
}

func optional(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}
