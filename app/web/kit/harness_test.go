package kit

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	tkit "reliefportal/templates/kit"
)

// bench is a small portal of its own: a few rows, sessions in memory, a log to look into.
type bench struct {
	*Kit
	t   testing.TB
	log bytes.Buffer
}

// benchClock stands still at 2026-11-23 09:00 in Shanghai.
var benchClock = calendar.NewFakeClock(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))

func newBench(t testing.TB, routes ...Route) *bench {
	t.Helper()
	b := &bench{t: t}
	sessions := scs.New()
	options := Options{
		Key: []byte("a key that is long enough for tests"), BaseURL: "https://portal.test", Clock: benchClock, Sessions: sessions,
		Actor: func(ctx context.Context) (account.Actor, error) {
			switch kind := sessions.GetString(ctx, "kind"); kind {
			case "":
				return account.Nobody("zh-Hans"), nil
			case "debtor":
				return account.Actor{PersonID: "p1", Kind: account.Debtor}, nil
			default:
				return account.Actor{PersonID: "s1", Kind: account.Staff, Grants: []account.Grant{{Role: account.Role(kind)}}}, nil
			}
		},
		User: func(context.Context, account.Actor, string) (*tkit.User, error) {
			return &tkit.User{Name: "测试"}, nil
		},
		Log: slog.New(slog.NewTextHandler(&b.log, nil)),
	}
	k, err := New(options, append(benchRoutes(sessions), routes...))
	if err != nil {
		t.Fatal(err)
	}
	b.Kit = k
	return b
}

// benchRoutes are rows every test may use.
func benchRoutes(sessions *scs.SessionManager) []Route {
	ok := func(c *Ctx) error { return c.OK(text(c.Page(), "ok")) }
	return []Route{
		{Method: "GET", Path: "/", Name: RouteStart, Who: Anyone, Handler: ok},
		{Method: "GET", Path: "/sign-in", Name: RouteSignIn, Who: Anyone, Handler: ok},
		{Method: "GET", Path: "/staff/sign-in", Name: RouteStaffSignIn, Who: Anyone, Handler: ok},
		{Method: "POST", Path: "/as/:kind", Name: "as", Who: Anyone, Handler: func(c *Ctx) error {
			if err := sessions.RenewToken(c.Context()); err != nil {
				return err
			}
			sessions.Put(c.Context(), "kind", c.Param("kind"))
			c.Flash("left.today")
			return c.To(RouteStart)
		}},
		{Method: "POST", Path: "/out", Name: RouteSignOut, Who: Anyone, Handler: func(c *Ctx) error {
			if err := sessions.Destroy(c.Context()); err != nil {
				return err
			}
			return c.To(RouteStart)
		}},
		{Method: "GET", Path: "/mine", Name: "mine", Who: DebtorOnly, Handler: ok},
		{Method: "POST", Path: "/mine", Name: "mine", Who: DebtorOnly, Handler: func(c *Ctx) error { return c.To("mine") }},
		{Method: "POST", Path: "/mine/away", Name: "away", Who: DebtorOnly, Handler: func(c *Ctx) error { return c.To("mine") }},
		{Method: "GET", Path: "/desk", Name: "desk", Who: Roles("reviewer"), Handler: ok},
		{Method: "GET", Path: "/f/:id", Name: "object", Who: Anyone, Handler: func(c *Ctx) error {
			if c.Param("id") == "other" {
				return fail.Forbidden("error.forbidden")
			}
			return fail.NotFound()
		}},
	}
}

// text is a page with nothing in it but its frame values.
func text(p tkit.Page, body string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		name := ""
		if p.User != nil {
			name = p.User.Name
		}
		_, err := io.WriteString(w, strings.Join([]string{p.Lang, p.CSRF, p.Flash, p.LangPath, name, body}, "|"))
		return err
	})
}

// browser keeps cookies as a browser does.
type browser struct {
	b       *bench
	cookies map[string]*http.Cookie
}

func (b *bench) browser() *browser { return &browser{b: b, cookies: map[string]*http.Cookie{}} }

func (w *browser) do(r *http.Request) *httptest.ResponseRecorder {
	for _, ck := range w.cookies {
		r.AddCookie(ck)
	}
	rec := httptest.NewRecorder()
	w.b.ServeHTTP(rec, r)
	for _, ck := range rec.Result().Cookies() {
		if ck.MaxAge < 0 {
			delete(w.cookies, ck.Name)
			continue
		}
		w.cookies[ck.Name] = ck
	}
	return rec
}

func (w *browser) get(path string) *httptest.ResponseRecorder {
	return w.do(httptest.NewRequest("GET", "https://portal.test"+path, nil))
}

// token reads a page and returns its form token.
func (w *browser) token() string { return strings.Split(w.get("/").Body.String(), "|")[1] }

func (w *browser) post(path string, values url.Values) *httptest.ResponseRecorder {
	if values == nil {
		values = url.Values{}
	}
	values.Set(CSRFField, w.token())
	return w.do(formPost(path, values))
}

func formPost(path string, values url.Values) *http.Request {
	r := httptest.NewRequest("POST", "https://portal.test"+path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}
