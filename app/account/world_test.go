package account_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const (
	phone  = "+8613800138000"
	secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	good   = "correct horse battery"
)

var start = time.Date(2026, 10, 8, 9, 0, 0, 0, calendar.Zone)

// world is a service on a database, with a clock and a letter box of our own.
type world struct {
	*account.Service
	db    *store.DB
	box   *seal.Box
	clock *calendar.FakeClock
	mu    sync.Mutex
	sent  []letter
}

type letter struct {
	to         account.Contact
	code, lang string
}

// SendCode keeps what would be sent.
func (w *world) SendCode(_ *gorm.DB, to account.Contact, code, lang string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, letter{to, code, lang})
	return nil
}

// SendCodeFor keeps what would be sent.
func (w *world) SendCodeFor(tx *gorm.DB, to account.Contact, _, code, lang string, _ map[string]any) error {
	return w.SendCode(tx, to, code, lang)
}

// SendTo keeps what would be sent.
func (w *world) SendTo(tx *gorm.DB, to account.Contact, kind, lang, _ string, _ map[string]any) error {
	return w.SendCode(tx, to, kind, lang)
}

func (w *world) last() string { return w.sent[len(w.sent)-1].code }

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	key := make([]byte, seal.KeySize)
	for i := range key {
		key[i] = byte(i)
	}
	box, err := seal.New(key)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{db: db, box: box, clock: calendar.NewFakeClock(start)}
	cheap := &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	if w.Service, err = account.New(db, w.clock, box, w, account.Options{Argon2: cheap}); err != nil {
		t.Fatal(err)
	}
	return w
}

func each(t *testing.T, body func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { body(t, newWorld(t, db)) })
}

func (w *world) request(t *testing.T, contact, browser string) {
	t.Helper()
	if err := w.RequestCode(t.Context(), contact, browser, "zh-Hans"); err != nil {
		t.Fatal(err)
	}
}

func (w *world) debtor(t *testing.T, contact string) account.Person {
	t.Helper()
	w.request(t, contact, "b")
	p, err := w.VerifyCode(t.Context(), contact, w.last(), "b")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *world) staff(t *testing.T, login string, grants ...account.NewGrant) account.Person {
	t.Helper()
	p, _, err := w.CreateStaff(t.Context(), account.System(), account.NewStaff{Login: login, Password: good, TOTPSecret: secret, Name: "周文", Grants: grants})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *world) totp(t *testing.T) string {
	t.Helper()
	code, err := account.TOTPCode(secret, w.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// body makes a row of the directory for grants to point at.
func (w *world) body(t *testing.T, id string) string {
	t.Helper()
	err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO body (id, kind, name, created_at, updated_at) VALUES (?, 'court', ?, ?, ?)", id, id, start, start).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// dump is every value of some tables as text.
func (w *world) dump(t *testing.T, tables ...string) string {
	t.Helper()
	var out bytes.Buffer
	for _, table := range tables {
		var rows []map[string]any
		if err := w.db.Read(t.Context()).Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				if b, ok := value.([]byte); ok {
					value = string(b)
				}
				fmt.Fprintln(&out, table, column, value)
			}
		}
	}
	return out.String()
}

// key is the message key of an error: its own, or that of its only field.
func key(err error) string {
	e, ok := fail.As(err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return err.Error()
	case len(e.Fields) == 1:
		return e.Fields[0].Name + " " + e.Fields[0].Key
	}
	return e.Key
}
