package kit

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"reliefportal/app/fail"
)

func TestSecurityHeadersOnEveryAnswer(t *testing.T) {
	assets := fstest.MapFS{"a.css": {Data: []byte("a{}")}}
	b := newBench(t,
		Route{Method: "GET", Path: "/static/*", Name: "static", Who: Anyone, Bare: true, Handler: Static(assets)},
		Route{Method: "GET", Path: "/panic", Name: "panic", Who: Anyone, Handler: func(*Ctx) error { panic("boom") }},
		Route{Method: "GET", Path: "/file", Name: "file", Who: Anyone, Handler: func(c *Ctx) error {
			return c.Send(Download{Name: "证据.pdf", Type: "application/pdf", Body: strings.NewReader("x")})
		}})
	cases := []struct {
		method, path string
		status       int
		policy       string
	}{
		{"GET", "/", 200, contentPolicy}, {"HEAD", "/", 200, contentPolicy}, {"GET", "/mine", 303, contentPolicy},
		{"GET", "/nowhere", 404, contentPolicy}, {"DELETE", "/", 405, contentPolicy}, {"GET", "/panic", 500, contentPolicy},
		{"POST", "/mine", 303, contentPolicy}, {"GET", "/static/a.css", 200, contentPolicy}, {"GET", "/static/../x", 404, contentPolicy},
		{"GET", "/file", 200, downloadPolicy}, {"GET", "/?lang=en", 303, contentPolicy}, {"GET", "/static%2fa.css", 404, contentPolicy},
	}
	for _, c := range cases {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			rec := httptest.NewRecorder()
			b.ServeHTTP(rec, httptest.NewRequest(c.method, "https://portal.test"+c.path, nil))
			if rec.Code != c.status {
				t.Errorf("status %d, want %d", rec.Code, c.status)
			}
			for name, want := range securityHeaders {
				if name == "Content-Security-Policy" {
					want = c.policy
				}
				if got := rec.Header().Get(name); got != want {
					t.Errorf("%s = %q, want %q", name, got, want)
				}
			}
			if rec.Header().Get("Strict-Transport-Security") == "" {
				t.Error("no Strict-Transport-Security over https")
			}
			if kind := rec.Header().Get("Content-Type"); strings.HasPrefix(kind, "text/") && !strings.Contains(strings.ToLower(kind), "charset=utf-8") {
				t.Errorf("content type %q names no charset", kind)
			}
		})
	}
}

func TestFormLocks(t *testing.T) {
	b := newBench(t)
	mine, other := b.browser(), b.browser()
	mine.post("/as/debtor", nil)
	own, foreign := mine.token(), other.token()
	cases := []struct {
		name  string
		token string
		head  map[string]string
		want  int
	}{
		{"own token, same origin", own, nil, 303},
		{"own token, no headers (old in-app browser)", own, map[string]string{"Sec-Fetch-Site": ""}, 303},
		{"no token", "", nil, 403},
		{"no token, no headers", "", map[string]string{"Sec-Fetch-Site": ""}, 403},
		{"token of another browser", foreign, nil, 403},
		{"token cut short", own[:len(own)-2], nil, 403},
		{"token is rubbish", "!!", nil, 403},
		{"cross-site", own, map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"same-site sub-domain", own, map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		{"null origin", own, map[string]string{"Sec-Fetch-Site": "", "Origin": "null"}, 403},
		{"foreign origin", own, map[string]string{"Sec-Fetch-Site": "", "Origin": "https://evil.test"}, 403},
		{"own origin", own, map[string]string{"Sec-Fetch-Site": "", "Origin": "https://portal.test"}, 303},
		{"json", own, map[string]string{"Content-Type": "application/json"}, 415},
		{"plain text", own, map[string]string{"Content-Type": "text/plain"}, 415},
		{"multipart where no file is expected", own, map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, 415},
		{"no type", own, map[string]string{"Content-Type": ""}, 415},
		{"method override", own, map[string]string{"X-HTTP-Method-Override": "GET"}, 303},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := formPost("/mine", url.Values{CSRFField: {c.token}})
			for name, value := range c.head {
				r.Header.Del(name)
				if value != "" {
					r.Header.Set(name, value)
				}
			}
			if rec := mine.do(r); rec.Code != c.want {
				t.Errorf("status %d, want %d", rec.Code, c.want)
			}
		})
	}
}

func TestFormTokenDiffersOnEveryPage(t *testing.T) {
	w := newBench(t).browser()
	if a, b := w.token(), w.token(); a == b {
		t.Error("two pages carry the same token: compression could leak it")
	}
}

func TestGuard(t *testing.T) {
	b := newBench(t)
	cases := []struct {
		as, method, path string
		status           int
		location         string
	}{
		{"", "GET", "/mine", 303, "/sign-in?next=%2Fmine"},
		{"", "GET", "/mine?x=1", 303, "/sign-in?next=%2Fmine%3Fx%3D1"},
		{"", "POST", "/mine", 303, "/sign-in?next=%2Fmine"},
		{"", "POST", "/mine/away", 303, "/sign-in"},
		{"", "GET", "/desk", 303, "/staff/sign-in?next=%2Fdesk"},
		{"debtor", "GET", "/mine", 200, ""},
		{"debtor", "GET", "/desk", 404, ""},
		{"reviewer", "GET", "/desk", 200, ""},
		{"reviewer", "GET", "/mine", 404, ""},
		{"caller", "GET", "/desk", 404, ""},
		{"caller", "GET", "/", 200, ""},
	}
	for _, c := range cases {
		t.Run(c.as+" "+c.method+" "+c.path, func(t *testing.T) {
			w := b.browser()
			if c.as != "" {
				w.post("/as/"+c.as, nil)
			}
			var rec *httptest.ResponseRecorder
			if c.method == "GET" {
				rec = w.get(c.path)
			} else {
				rec = w.post(c.path, nil)
			}
			if rec.Code != c.status || rec.Header().Get("Location") != c.location {
				t.Errorf("got %d %q, want %d %q", rec.Code, rec.Header().Get("Location"), c.status, c.location)
			}
		})
	}
}

func TestErrorPages(t *testing.T) {
	secret := "SELECT secret FROM person"
	cases := []struct {
		name   string
		err    error
		status int
	}{
		{"invalid", fail.Invalid(fail.F("a", "left.today")), 422},
		{"not found", fail.NotFound(), 404},
		{"forbidden looks missing", fail.Forbidden("error.forbidden"), 404},
		{"conflict", fail.Conflict("left.today"), 409},
		{"too many", fail.TooMany("left.today"), 429},
		{"expired", fail.Expired("left.today"), 410},
		{"unavailable", fail.Unavailable("left.today", errors.New(secret)), 503},
		{"foreign", errors.New(secret), 500},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, Route{Method: "GET", Path: "/e", Name: "e", Who: Anyone, Handler: func(*Ctx) error { return c.err }})
			rec := b.browser().get("/e")
			if rec.Code != c.status {
				t.Errorf("status %d, want %d", rec.Code, c.status)
			}
			if strings.Contains(rec.Body.String(), "SELECT") {
				t.Error("the page shows the error itself")
			}
			if shows := strings.Contains(rec.Body.String(), "E-"); shows != (c.status >= 500) {
				t.Errorf("error number shown: %v at status %d", shows, c.status)
			}
			if c.status >= 500 && !strings.Contains(b.log.String(), "SELECT") {
				t.Error("the error is not in the log")
			}
		})
	}
}

func TestPanicIsAnInternalError(t *testing.T) {
	b := newBench(t, Route{Method: "GET", Path: "/p", Name: "p", Who: Anyone, Handler: func(*Ctx) error { panic("boom") }})
	rec := b.browser().get("/p")
	if rec.Code != 500 || strings.Contains(rec.Body.String(), "boom") {
		t.Errorf("got %d %q", rec.Code, rec.Body)
	}
	if !strings.Contains(b.log.String(), "boom") || !strings.Contains(b.log.String(), "kit_test.go") {
		t.Error("the log holds neither value nor stack")
	}
}

func TestVisitorWhoLeftGetsNoErrorPage(t *testing.T) {
	b := newBench(t, Route{Method: "GET", Path: "/slow", Name: "slow", Who: Anyone, Handler: func(c *Ctx) error { return c.Context().Err() }})
	ctx, leave := context.WithCancel(context.Background())
	leave()
	rec := httptest.NewRecorder()
	b.ServeHTTP(rec, httptest.NewRequest("GET", "https://portal.test/slow", nil).WithContext(ctx))
	if rec.Code != statusVisitorLeft || strings.Contains(b.log.String(), "level=ERROR") {
		t.Errorf("got %d, log %s", rec.Code, b.log.String())
	}
}

func TestOthersObjectLooksMissing(t *testing.T) {
	w := newBench(t).browser()
	w.post("/as/debtor", nil)
	other, missing := w.get("/f/other"), w.get("/f/missing")
	if other.Code != missing.Code {
		t.Errorf("status %d and %d", other.Code, missing.Code)
	}
	var bodies []string
	for _, rec := range []*httptest.ResponseRecorder{other, missing} {
		body := csrfValue.ReplaceAllString(rec.Body.String(), "")
		bodies = append(bodies, strings.NewReplacer("/f/other", "/f", "/f/missing", "/f").Replace(body))
	}
	if bodies[0] != bodies[1] {
		t.Errorf("bodies differ:\n%s\n%s", bodies[0], bodies[1])
	}
}

// csrfValue is what differs on every page: the masked form token.
var csrfValue = regexp.MustCompile(`name="_csrf" value="[^"]*"`)

func TestErrorPageThatPanicsStillAnswers(t *testing.T) {
	b := newBench(t, Route{Method: "GET", Path: "/e", Name: "e", Who: Anyone, Handler: func(*Ctx) error { return fail.Conflict("no.such.words") }})
	rec := b.browser().get("/e")
	if rec.Code != 500 || !strings.HasPrefix(rec.Body.String(), "E-") || len(rec.Body.String()) > 30 {
		t.Errorf("got %d %q", rec.Code, rec.Body)
	}
}

func TestSessionCookie(t *testing.T) {
	w := newBench(t).browser()
	before := w.post("/as/debtor", nil)
	var found []*http.Cookie
	for _, ck := range before.Result().Cookies() {
		if strings.HasSuffix(ck.Name, "session") {
			found = append(found, ck)
		}
	}
	if len(found) != 1 {
		t.Fatalf("session cookie sent %d times", len(found))
	}
	if ck := found[0]; ck.Name != "__Host-session" || !ck.Secure || !ck.HttpOnly || ck.SameSite != http.SameSiteLaxMode || ck.Path != "/" || ck.Domain != "" {
		t.Errorf("cookie is %s", ck)
	}
	old := w.cookies["__Host-session"].Value
	w.post("/as/debtor", nil)
	if w.cookies["__Host-session"].Value == old {
		t.Error("signing in keeps the old session number")
	}
	w.cookies["__Host-session"].Value = old
	if rec := w.get("/mine"); rec.Code != 303 {
		t.Error("the old session number still works")
	}
}

func TestSignOutEndsTheSession(t *testing.T) {
	w := newBench(t).browser()
	w.post("/as/debtor", nil)
	kept := w.cookies["__Host-session"]
	w.post("/out", nil)
	w.cookies["__Host-session"] = kept
	if rec := w.get("/mine"); rec.Code != 303 {
		t.Errorf("status %d after signing out", rec.Code)
	}
}

func TestPersonalPagesAreNotKept(t *testing.T) {
	w := newBench(t).browser()
	if got := w.get("/").Header().Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("open page: %q", got)
	}
	w.post("/as/debtor", nil)
	for _, path := range []string{"/", "/mine", "/f/other", "/desk"} {
		if got := w.get(path).Header().Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestFlashIsSaidOnce(t *testing.T) {
	w := newBench(t).browser()
	w.post("/as/debtor", nil)
	first, second := w.get("/").Body.String(), w.get("/").Body.String()
	if strings.Split(first, "|")[2] == "" || strings.Split(second, "|")[2] != "" {
		t.Errorf("said %q, then %q", first, second)
	}
}

func TestFlashCannotBeInvented(t *testing.T) {
	b := newBench(t)
	w, other := b.browser(), b.browser()
	other.post("/as/debtor", nil)
	w.token()
	w.cookies["__Host-flash"] = other.cookies["__Host-flash"]
	if said := strings.Split(w.get("/").Body.String(), "|")[2]; said != "" {
		t.Errorf("another browser's sentence was said: %q", said)
	}
}

func TestLanguage(t *testing.T) {
	b := newBench(t)
	for accept, want := range map[string]string{
		"": "zh-Hans", "zh-CN,zh;q=0.9": "zh-Hans", "zh-TW": "zh-Hans", "en-GB,en;q=0.8": "en", "fr": "zh-Hans", "fr,en;q=0.5": "en", ";;;": "zh-Hans",
	} {
		r := httptest.NewRequest("GET", "https://portal.test/", nil)
		r.Header.Set("Accept-Language", accept)
		if got := strings.Split(b.browser().do(r).Body.String(), "|")[0]; got != want {
			t.Errorf("%q gives %s, want %s", accept, got, want)
		}
	}
	w := b.browser()
	rec := w.get("/?lang=en&x=1")
	if rec.Code != 303 || rec.Header().Get("Location") != "/?x=1" {
		t.Errorf("switching leads to %d %q", rec.Code, rec.Header().Get("Location"))
	}
	page := strings.Split(w.get("/?x=1").Body.String(), "|")
	if page[0] != "en" || page[3] != "/?lang=zh-Hans&x=1" {
		t.Errorf("after switching: %v", page)
	}
	if rec := w.get("/?lang=xx"); rec.Code != 404 {
		t.Errorf("an unknown language gives %d", rec.Code)
	}
}

func TestStaticSetsNoCookie(t *testing.T) {
	assets := fstest.MapFS{"a.css": {Data: []byte("a{}")}, "a.css.gz": {Data: []byte("packed")}, "manifest.json": {Data: []byte("{}")}}
	b := newBench(t, Route{Method: "GET", Path: "/static/*", Name: "static", Who: Anyone, Bare: true, Handler: Static(assets)})
	w := b.browser()
	w.post("/as/debtor", nil)
	cases := []struct {
		path, accept string
		status       int
		body         string
	}{
		{"/static/a.css", "", 200, "a{}"},
		{"/static/a.css", "br, gzip", 200, "packed"},
		{"/static/a.css", "gzip;q=0", 200, "a{}"},
		{"/static/manifest.json", "", 404, ""},
		{"/static/b.css", "", 404, ""},
		{"/static/%2e%2e/a.css", "", 404, ""},
		{"/static//a.css", "", 404, ""},
	}
	for _, c := range cases {
		r := httptest.NewRequest("GET", "https://portal.test"+c.path, nil)
		r.Header.Set("Accept-Encoding", c.accept)
		rec := w.do(r)
		if rec.Code != c.status || c.body != "" && rec.Body.String() != c.body {
			t.Errorf("%s %q: %d %q", c.path, c.accept, rec.Code, rec.Body)
		}
		if rec.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", c.path)
		}
	}
}

func TestLogHoldsNothingPersonal(t *testing.T) {
	b := newBench(t)
	w := b.browser()
	w.post("/as/debtor", url.Values{"name": {"林某芸"}})
	w.get("/f/440305199001011234?q=13800138000")
	for _, canary := range []string{"林某芸", "440305199001011234", "13800138000"} {
		if strings.Contains(b.log.String(), canary) {
			t.Errorf("the log holds %s:\n%s", canary, b.log.String())
		}
	}
	if !strings.Contains(b.log.String(), "route=/f/:id") {
		t.Error("the log does not name the row")
	}
}

func TestClientAddress(t *testing.T) {
	cases := []struct {
		name    string
		trusted string
		peer    string
		forward string
		want    string
	}{
		{"no proxy, forged header", "", "203.0.113.9:1", "1.2.3.4", "203.0.113.9"},
		{"trusted proxy", "10.0.0.0/8", "10.1.1.1:1", "198.51.100.7", "198.51.100.7"},
		{"trusted proxy, forged before it", "10.0.0.0/8", "10.1.1.1:1", "1.2.3.4, 198.51.100.7", "198.51.100.7"},
		{"stranger sends the header", "10.0.0.0/8", "203.0.113.9:1", "1.2.3.4", "203.0.113.9"},
		{"private neighbour is not trusted by itself", "192.0.2.1/32", "10.1.1.1:1", "1.2.3.4", "10.1.1.1"},
		{"network written with host bits", "10.9.9.9/8", "10.1.1.1:1", "198.51.100.7", "198.51.100.7"},
		{"IPv6 proxy", "fd00::/8", "[fd00::1]:1", "198.51.100.7", "198.51.100.7"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var trusted []netip.Prefix
			if c.trusted != "" {
				trusted = append(trusted, netip.MustParsePrefix(c.trusted))
			}
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = c.peer
			r.Header.Set("X-Forwarded-For", c.forward)
			if got := clientAddress(trusted)(r); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestShortKeyIsRefused(t *testing.T) {
	for _, n := range []int{0, shortestKey - 1, shortestKey} {
		_, err := deriveKeys(make([]byte, n))
		if (err == nil) != (n >= shortestKey) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}
