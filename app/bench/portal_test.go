package bench

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

const (
	court      = "深圳市南山区人民法院"
	otherCourt = "深圳市福田区人民法院"
	contact    = "13812346071"
)

// BenchmarkPortal prints the table of ratios. Run it by `make bench`, once, with nothing else running.
func BenchmarkPortal(b *testing.B) {
	storetest.Durable()
	var lines []line
	for b.Loop() {
		lines = append(onPostgres(b), onSQLite(b))
	}
	report(lines)
}

func onPostgres(b *testing.B) []line {
	address := storetest.PostgresURL(b)
	db, err := store.Open(b.Context(), address, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	p := webtest.Start(b, db)
	seed(b, p, address)
	pool, err := pgxpool.New(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(pool.Close)
	durable(b, pool)
	f := &floors{pool: pool, body: p.Directory.BodyID(b.Context(), court)}
	f.tables(b)

	clerk := sessionOf(b, p, p.SignInStaff(b, "nanshan.shen1"))
	first, deepest := clerk.queueEnds(b)
	queue := clerk.page(first)
	lines := []line{
		compare(b, line{id: "P-1", what: "queue page, 25 rows of 100,000 filings", by: "CPU", goal: "≤ 4"},
			probe{name: "pgx and echo", run: f.queue(clerk.body(b, first))}, probe{name: "queue", run: queue}),
		compare(b, line{id: "P-7", what: "deepest page of the queue to its first", by: "CPU", goal: "≤ 1.5"},
			probe{name: "first", run: queue}, probe{name: "deepest", run: clerk.page(deepest)}),
	}
	d := newDebtor(b, p)
	step := "/my/f/" + d.drafts(b, 1)[0].ID + "/q/what_happened"
	lines = append(lines, compare(b, line{id: "P-2", what: "form step of a debtor", by: "CPU", goal: "≤ 8"},
		probe{name: "echo", run: fixed(d.body(b, step))}, probe{name: "step", run: d.page(step)}))
	const alone, many, each = 40, 32, 160
	lines = append(lines,
		compare(b, line{id: "P-3", what: "submit, one client, to one durable row", by: "time", goal: "≤ 2.5"},
			probe{name: "row", run: f.row}, probe{name: "submit", run: d.submits(b, (rounds+1)*alone), count: alone}),
		compare(b, line{id: "P-4", what: "submit, 32 clients, to a pipelined batch of six rows", by: "time", goal: "≤ 1.4, never > 2.2"},
			probe{name: "batch", run: f.batch, parallel: many}, probe{name: "submit", run: d.submits(b, (rounds+1)*each), parallel: many, count: each}))
	return lines
}

func onSQLite(b *testing.B) line {
	db := storetest.SQLite(b)
	d := newDebtor(b, webtest.Start(b, db))
	const clients, each = 8, 80
	return compare(b, line{id: "P-5", what: "SQLite: submit, 8 clients, to one durable row", by: "time", goal: "≤ 1.7"},
		probe{name: "row", run: liteRow(b), parallel: clients}, probe{name: "submit", run: d.submits(b, (rounds+1)*each), parallel: clients, count: each})
}

// session is somebody signed in, whose requests go straight into the handler: no network stands between.
type session struct {
	handler http.Handler
	cookies string
	csrf    string
}

func sessionOf(b *testing.B, p *webtest.Portal, c *webtest.Client) *session {
	b.Helper()
	s := &session{handler: p.Handler(), csrf: c.Page.Attr("input[name=_csrf]", "value")}
	for _, name := range []string{"__Host-session", "__Host-form"} {
		s.cookies += name + "=" + c.Cookie(name) + "; "
	}
	return s
}

func (s *session) do(method, path, form string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, webtest.Base+path, strings.NewReader(form))
	r.Header.Set("Cookie", s.cookies)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// body is a page as it is sent.
func (s *session) body(b *testing.B, path string) []byte {
	b.Helper()
	w := s.do(http.MethodGet, path, "")
	if w.Code != http.StatusOK {
		b.Fatalf("%s answers %d", path, w.Code)
	}
	return w.Body.Bytes()
}

// page reads a page again and again.
func (s *session) page(path string) func(int) error {
	return func(int) error {
		if w := s.do(http.MethodGet, path, ""); w.Code != http.StatusOK {
			return fmt.Errorf("%s answers %d", path, w.Code)
		}
		return nil
	}
}

// queueEnds walks the queue to its last page that is full, and gives the addresses of both ends.
func (s *session) queueEnds(b *testing.B) (first, deepest string) {
	b.Helper()
	first = "/staff/queue"
	at := first
	for pages := 0; ; pages++ {
		text := string(s.body(b, at))
		if named := strings.Count(text, "<td>林某"); named != filing.PageSize {
			if pages < seeded/ofBody/openOf*openEach/filing.PageSize-1 {
				b.Fatalf("page %d of the queue has %d names", pages+1, named)
			}
			return first, deepest
		}
		deepest = at
		_, link, found := strings.Cut(text, `rel="next"`)
		before := text[:len(text)-len(link)]
		if !found {
			return first, deepest
		}
		href := before[strings.LastIndex(before, `href="`)+len(`href="`):]
		at = strings.ReplaceAll(href[:strings.IndexByte(href, '"')], "&amp;", "&")
	}
}

// debtor is a person with drafts that only wait to be submitted.
type debtor struct {
	*session
	p   *webtest.Portal
	who account.Actor
}

func newDebtor(b *testing.B, p *webtest.Portal) *debtor {
	b.Helper()
	d := &debtor{p: p, session: sessionOf(b, p, p.SignInDebtor(b, contact))}
	var id string
	if err := p.DB.Read(b.Context()).Table("person").Where("kind = 'debtor' AND id <> 'bench'").Pluck("id", &id).Error; err != nil {
		b.Fatal(err)
	}
	var err error
	if d.who, err = p.Accounts.ActorOf(b.Context(), id); err != nil {
		b.Fatal(err)
	}
	return d
}

func (d *debtor) drafts(b *testing.B, n int) []filing.Filing {
	b.Helper()
	out := make([]filing.Filing, n)
	for i := range out {
		f, err := d.p.Filings.Start(b.Context(), d.who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
			"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "moved": rules.Pick("no"), "living_left": rules.Pick("no"),
			filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said(court), filing.FactApplicant: rules.Said("林晓芸"),
			"id_number": rules.Said(""), "act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(), "security_offer": rules.Said(""),
			"what_happened": rules.Said("工资卡全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。"),
		}})
		if err != nil {
			b.Fatal(err)
		}
		out[i] = f
	}
	return out
}

// submits files one draft a run.
func (d *debtor) submits(b *testing.B, n int) func(int) error {
	b.Helper()
	drafts := make(chan filing.Filing, n)
	for _, f := range d.drafts(b, n) {
		drafts <- f
	}
	return func(int) error {
		f := <-drafts
		form := url.Values{"_csrf": {d.csrf}, "_version": {strconv.FormatInt(f.Version, 10)}, "_submit": {f.SubmitKey}, "declare": {"1"}}
		w := d.do(http.MethodPost, "/my/f/"+f.ID+"/check", form.Encode())
		if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasSuffix(to, "/receipt") {
			return fmt.Errorf("a submit answers %d and leads to %q", w.Code, to)
		}
		return nil
	}
}

// fixed is a bare echo handler that writes the same bytes each time.
func fixed(body []byte) func(int) error {
	return through(func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, body) })
}

// through serves one request a run by a bare echo.
func through(h echo.HandlerFunc) func(int) error {
	e := echo.New()
	e.Logger.SetOutput(io.Discard)
	e.GET("/", h)
	return func(int) error {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		if w.Code != http.StatusOK {
			return fmt.Errorf("the floor answers %d", w.Code)
		}
		return nil
	}
}
