// Package apptest joins the whole portal for a test: a real database, the real packs, a few real courts, the demo's staff, and a clock
// that the test moves. Nothing in it is a stand-in but the clock and the post (messages stay in the outbox).
package apptest

import (
	"context"
	"encoding/base64"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"reliefportal/app"
	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/config"
	"reliefportal/app/store"
)

// World is a portal with a clock to move.
type World struct {
	*app.App
	Time *calendar.FakeClock
}

// Start is the moment every world begins at: a Monday morning, 2 November 2026, 10:00 in China.
var Start = time.Date(2026, 11, 2, 2, 0, 0, 0, time.UTC)

// Key is the key of every world, so that a test may open what the portal sealed.
var Key = base64.StdEncoding.EncodeToString([]byte(strings.Repeat("test key ", 5)))

// New joins a portal on db, with the directory and the demo's people loaded. Settings are NAME=value and come on top of those of a test.
func New(t testing.TB, db *store.DB, settings ...string) *World {
	t.Helper()
	cfg, err := config.Load(append([]string{"PORTAL_DATA_DIR=" + t.TempDir(), "PORTAL_KEY=" + Key, "PORTAL_METRICS_ADDR=off"}, settings...))
	if err != nil {
		t.Fatal(err)
	}
	clock := calendar.NewFakeClock(Start)
	cheap := &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	a, err := app.Build(t.Context(), cfg, app.WithDB(db), app.WithClock(clock), app.WithLog(slog.New(slog.DiscardHandler)),
		app.WithAccounts(account.Options{Argon2: cheap}))
	if err != nil {
		t.Fatalf("join the portal: %v", err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("close the portal: %v", err)
		}
	})
	if _, err := a.Directory.Load(t.Context()); err != nil {
		t.Fatalf("load the directory: %v", err)
	}
	if err := a.LoadDemo(t.Context()); err != nil {
		t.Fatalf("load the demo: %v", err)
	}
	return &World{App: a, Time: clock}
}

var eightDigits = regexp.MustCompile(`\b\d{8}\b`)

// Debtor signs somebody in by a code sent to contact, and gives the actor.
func (w *World) Debtor(t testing.TB, contact string) account.Actor {
	t.Helper()
	const browser = "a browser of the test"
	if err := w.Accounts.RequestCode(t.Context(), contact, browser, "zh-Hans"); err != nil {
		t.Fatalf("ask for a code: %v", err)
	}
	messages, err := w.Outbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		code := eightDigits.FindString(m.Body)
		if code == "" || !strings.Contains(m.To, tail(contact)) {
			continue
		}
		p, err := w.Accounts.VerifyCode(t.Context(), contact, code, browser)
		if err != nil {
			t.Fatalf("sign in: %v", err)
		}
		return w.actor(t, p.ID)
	}
	t.Fatalf("no code was sent to %s", contact)
	return account.Actor{}
}

// tail is what a typed contact and its normal form have in common.
func tail(contact string) string { return contact[max(0, len(contact)-8):] }

// Staff gives the demo's member of staff with this login as an actor.
func (w *World) Staff(t testing.TB, login string) account.Actor {
	t.Helper()
	var id string
	if err := w.DB.Read(t.Context()).Table("staff_login").Where("login = ?", login).Pluck("person_id", &id).Error; err != nil || id == "" {
		t.Fatalf("nobody signs in as %s: %v", login, err)
	}
	return w.actor(t, id)
}

func (w *World) actor(t testing.TB, personID string) account.Actor {
	t.Helper()
	a, err := w.Accounts.ActorOf(t.Context(), personID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Work does all jobs that wait.
func (w *World) Work(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := w.Queue.Drain(ctx); err != nil {
		t.Fatalf("work the jobs: %v", err)
	}
}
