package webtest

import (
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
	"reliefportal/app/web/kit"
)

// Base is the address the portal of a test is reached at.
const Base = "https://portal.test"

// Key is the key of every portal of a test, so that a test may seal what the portal opens.
var Key = []byte("0123456789abcdefghijklmnopqrstuv")

// Portal is the whole portal over a test's database, with a clock that stands still until the test moves it.
type Portal struct {
	*app.App
	Clock *calendar.FakeClock

	t testing.TB
}

// Morning is when the portal of a test begins: Monday 2026-11-23, 09:30 in China.
var Morning = time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)

// Start builds the portal with the whole directory and the demo's bodies and staff. Options come on top.
func Start(t testing.TB, db *store.DB, options ...app.Option) *Portal {
	t.Helper()
	cfg, err := config.Load([]string{
		"PORTAL_BASE_URL=" + Base, "PORTAL_DATA_DIR=" + t.TempDir(),
		"PORTAL_KEY=" + base64.StdEncoding.EncodeToString(Key),
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &Portal{Clock: calendar.NewFakeClock(Morning), t: t}
	options = append([]app.Option{
		app.WithDB(db), app.WithClock(p.Clock), app.WithLog(slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))),
		app.WithAccounts(account.Options{Argon2: &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}}),
	}, options...)
	if p.App, err = app.Build(t.Context(), cfg, options...); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Directory.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.LoadDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}

// Browser opens a browser that nobody is signed in with.
func (p *Portal) Browser(t testing.TB) *Client {
	t.Helper()
	return New(t, p.Handler(), Base)
}

// SignInDebtor signs in by a code sent to the contact, through the pages, and returns the browser. The person is made by it if need be.
func (p *Portal) SignInDebtor(t testing.TB, contact string) *Client {
	t.Helper()
	p.Clock.Add(time.Second) // so that of two codes to one contact the newer one is known
	c := p.Browser(t)
	home := p.Web.Path(kit.RouteDebtorHome)
	c.SubmitAt(kit.WithQuery(p.Web.Path(kit.RouteSignIn), "next", home), "main form", Fields{"contact": contact}).Is(200)
	c.Submit("main form", Fields{"code": p.CodeFor(t, contact)}).Is(200)
	if c.Page.Path() != home {
		t.Fatalf("signing in as %s led to %s: %s", contact, c.Page.URL, c.Page.Words())
	}
	return c
}

// SignInStaff signs a demo member of staff in with password and TOTP code, through the pages. The clock moves on half a minute, because no
// code is taken twice.
func (p *Portal) SignInStaff(t testing.TB, login string) *Client {
	t.Helper()
	p.Clock.Add(31 * time.Second)
	people, err := p.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range people {
		if person.Login == login {
			c := p.Browser(t)
			c.SubmitAt(p.Web.Path(kit.RouteStaffSignIn), "main form", Fields{"login": login, "password": person.Password, "totp": person.Code}).Is(200)
			if c.Page.Path() == p.Web.Path(kit.RouteStaffSignIn) {
				t.Fatalf("%s is not let in: %s", login, c.Page.Words())
			}
			return c
		}
	}
	t.Fatalf("nobody in the demo has the login %s", login)
	return nil
}

var codeInMessage = regexp.MustCompile(`\b\d{8}\b`)

// CodeFor reads the newest sign-in code sent to a contact from the outbox.
func (p *Portal) CodeFor(t testing.TB, contact string) string {
	t.Helper()
	messages, err := p.Outbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if strings.HasSuffix(m.To, contact) {
			if code := codeInMessage.FindString(m.Body); code != "" {
				return code
			}
		}
	}
	t.Fatalf("no code was sent to %s; the outbox holds %d messages", contact, len(messages))
	return ""
}

// Work does every job that is due, and those they set off.
func (p *Portal) Work(t testing.TB) {
	t.Helper()
	if err := p.Queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}
