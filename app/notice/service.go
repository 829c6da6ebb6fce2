package notice

import (
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/app/jobs"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// People knows how a person can be reached; package account implements it.
type People interface {
	// ContactsIn gives the verified contacts of a person, the oldest first, in the transaction.
	ContactsIn(tx *gorm.DB, personID string) ([]account.Contact, error)
}

// Deps are the neighbours of the service. Jobs and People may be set after New, before the first message.
type Deps struct {
	DB     *store.DB
	Box    *seal.Box
	Jobs   jobs.Inserter
	People People
	Clock  calendar.Clock
	Log    *slog.Logger
	Mail   Transport // nil: e-mails are not sent and fail with NoTransport
	SMS    Transport // nil: text messages likewise
}

// Service puts messages into transactions and delivers them. It is the only writer of the table notice. It is an
// account.Messenger.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

var _ account.Messenger = (*Service)(nil)

// Send puts a message into the transaction: one e-mail and one text message at most, to the newest address of each kind. A person who cannot be reached is no
// error; neither is a SendKey that was used before, which does nothing. An unknown kind is a mistake of the program.
func (s *Service) Send(tx *gorm.DB, m Message) error {
	w, ok := kinds[m.Kind]
	if !ok || m.SendKey == "" {
		return fmt.Errorf("notice: kind %q or send key %q is not usable", m.Kind, m.SendKey)
	}
	to, err := s.People.ContactsIn(tx, m.PersonID)
	if err != nil {
		return err
	}
	lang := m.Lang
	if lang == "" {
		if lang, err = languageOf(tx, m.PersonID); err != nil {
			return err
		}
	}
	told := map[account.ContactKind]bool{}
	for _, c := range slices.Backward(to) {
		if told[c.Kind] {
			continue
		}
		told[c.Kind] = true
		r := row{SendKey: m.SendKey + "/" + string(c.Kind), FilingID: optional(m.FilingID), PersonID: optional(m.PersonID), Kind: m.Kind}
		if err := s.queue(tx, r, c, w, i18n.Pick(lang), m.Args); err != nil {
			return err
		}
	}
	return nil
}

// SendCode queues a sign-in code to an address that need not belong to anybody yet.
func (s *Service) SendCode(tx *gorm.DB, to account.Contact, code, lang string) error {
	return s.queue(tx, row{SendKey: "code/" + store.NewID(), Kind: "code"}, to, kinds["code"], i18n.Pick(lang), map[string]any{"code": code})
}

// SendCodeFor implements account.Messenger.
func (s *Service) SendCodeFor(tx *gorm.DB, to account.Contact, kind, code, lang string, args map[string]any) error {
	all := map[string]any{"code": code}
	maps.Copy(all, args)
	return s.SendTo(tx, to, kind, lang, kind+"/"+store.NewID(), all)
}

// SendTo implements account.Messenger. An unknown kind is a mistake of the program.
func (s *Service) SendTo(tx *gorm.DB, to account.Contact, kind, lang, sendKey string, args map[string]any) error {
	w, ok := kinds[kind]
	if !ok {
		return fmt.Errorf("notice: kind %q is not usable", kind)
	}
	return s.queue(tx, row{SendKey: sendKey + "/" + string(to.Kind), Kind: kind}, to, w, i18n.Pick(lang), args)
}

// queue writes the row and its job, unless the send key was used before.
func (s *Service) queue(tx *gorm.DB, r row, to account.Contact, w words, lang string, args map[string]any) error {
	r.ID, r.Channel, r.Lang, r.State, r.CreatedAt = store.NewID(), to.Kind, lang, Queued, s.Clock.Now()
	w = w.fitting(args)
	if to.Kind == account.Email {
		subject, body := w.email(lang, args)
		s.sealIn(&r, to.Value, subject, body)
	} else {
		s.sealIn(&r, to.Value, "", w.sms(lang, args))
	}
	done := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "send_key"}}, DoNothing: true}).Create(&r)
	if done.Error != nil {
		return fmt.Errorf("queue a notice: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return nil
	}
	return s.Jobs.Insert(tx, Deliver{ID: r.ID})
}

func optional(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}
