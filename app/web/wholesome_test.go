package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
	"reliefportal/static"
)

// mustHave are headers of every answer, whatever it is (quality lines S-E1, S-E3).
var mustHave = map[string]string{
	"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}

// wholesome holds one answer to what every answer must be: the headers, no page that runs or loads anything of its own accord, cookies
// that scripts and other hosts cannot have, nothing personal in a cache.
func wholesome(t *testing.T, cell string, p *person, got *webtest.Page) {
	t.Helper()
	for name, want := range mustHave {
		if have := got.Header.Get(name); have != want {
			t.Errorf("%s: header %s is %q", cell, name, have)
		}
	}
	policy := got.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("%s: content policy %q", cell, policy)
	}
	for _, line := range got.Header.Values("Set-Cookie") {
		if !strings.HasPrefix(line, "__Host-") || !strings.Contains(line, "; Secure") || !strings.Contains(line, "; HttpOnly") || !strings.Contains(line, "SameSite=Lax") {
			t.Errorf("%s: cookie %q", cell, line)
		}
	}
	cached := strings.Contains(got.Header.Get("Cache-Control"), "immutable")
	if isStatic := strings.HasPrefix(got.Path(), static.Prefix) && got.Status == http.StatusOK; cached != isStatic || isStatic && got.Header.Get("Set-Cookie") != "" {
		t.Errorf("%s: cache %q, cookie %q", cell, got.Header.Get("Cache-Control"), got.Header.Get("Set-Cookie"))
	}
	if p.actor.PersonID != "" && !isBare(got) && got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: a page of somebody signed in may be kept: %q", cell, got.Header.Get("Cache-Control"))
	}
	if got.Doc != nil {
		inert(t, cell, got.Doc)
	}
}

func isBare(got *webtest.Page) bool {
	return slices.Contains([]string{"/healthz", "/readyz"}, got.Path()) || strings.HasPrefix(got.Path(), static.Prefix)
}

// inert refuses whatever would run or load by itself: inline scripts and styles, event attributes, script addresses, foreign sources.
func inert(t *testing.T, cell string, doc *html.Node) {
	t.Helper()
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if (n.Data == "script" || n.Data == "style") && n.FirstChild != nil || slices.Contains([]string{"iframe", "object", "embed", "base"}, n.Data) {
			t.Errorf("%s: the page holds a <%s>", cell, n.Data)
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			loads := a.Key == "src" || n.Data == "link" && a.Key == "href"
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") ||
				loads && (strings.Contains(value, "://") || strings.HasPrefix(value, "//")) {
				t.Errorf("%s: <%s %s=%q>", cell, n.Data, a.Key, a.Val)
			}
		}
	}
}

// TestFormsAreLocked posts to every row as everybody who may, without the token, with another browser's token, and as another site would.
func TestFormsAreLocked(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	stolen := w.Browser(t).Get(w.Web.Path("public.lookup")).Attr("[name="+kit.CSRFField+"]", "value")
	locks := 0
	for _, route := range w.Routes {
		if route.Method != http.MethodPost {
			continue
		}
		for _, p := range w.people {
			if !route.Who.Admits(p.actor) {
				continue
			}
			for name, token := range map[string]string{"no token": "", "another browser's token": stolen} {
				c := w.browser(t, p)
				c.Get(w.Web.Path("public.lookup"))
				path, values := pathOf(route.Path, w.object(t, route, own)), url.Values{kit.CSRFField: {token}}
				post := c.Post
				if route.Upload {
					post = c.PostMultipart
				}
				locks++
				if got := post(path, values); got.Status != http.StatusForbidden {
					t.Errorf("POST %s as %s with %s answers %d", route.Path, p.name, name, got.Status)
				}
			}
		}
	}
	if locks < 100 {
		t.Errorf("only %d locks were tried", locks)
	}
}

// unwatched are tables that reading may write to: sessions seen, papers read, who of staff opened a filing (looked at below), limits counted.
var unwatched = []string{"session", "audit_event", "filing_reading", "rate_window"}

// TestReadingChangesNothing opens every page as everybody and compares the whole database before and after (quality line S-D2). What a page
// does is the same on both databases; the matrix asks every page on each.
func TestReadingChangesNothing(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	gets := slices.DeleteFunc(slices.Clone(w.Routes), func(r kit.Route) bool { return r.Method != http.MethodGet })
	for _, route := range gets { // objects are made first
		for _, rel := range relations {
			w.object(t, route, rel)
		}
	}
	before := w.dump(t)
	for _, route := range gets {
		asked := relations
		if route.Object == kit.None {
			asked = relations[:1]
		}
		for _, p := range w.people {
			for _, rel := range asked {
				w.browser(t, p).GetRaw(pathOf(route.Path, w.object(t, route, rel)))
			}
		}
	}
	after := w.dump(t)
	for table, rows := range before {
		if after[table] != rows {
			t.Errorf("reading changed the table %s:\n%s\n%s", table, rows, after[table])
		}
	}
	w.onlyStaffNoted(t)
}

// onlyStaffNoted wants that opening a filing is written down of staff, and of nobody else.
func (w *world) onlyStaffNoted(t *testing.T) {
	t.Helper()
	var readers []string
	if err := w.DB.Read(t.Context()).Table("filing_reading").Distinct().Pluck("person_id", &readers).Error; err != nil {
		t.Fatal(err)
	}
	if len(readers) == 0 {
		t.Error("no reading was noted")
	}
	for _, p := range w.people {
		if slices.Contains(readers, p.actor.PersonID) && !p.actor.IsStaff() {
			t.Errorf("%s is noted as a reader of staff", p.name)
		}
	}
}

// dump reads the whole database, table by table.
func (w *world) dump(t *testing.T) map[string]string {
	t.Helper()
	tables, err := w.DB.Read(t.Context()).Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, table := range tables {
		if slices.Contains(unwatched, table) || strings.HasPrefix(table, "river_") || strings.HasPrefix(table, "sqlite_") {
			continue
		}
		var rows []map[string]any
		if err := w.DB.Read(t.Context()).Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		lines := make([]string, len(rows))
		for i, row := range rows {
			lines[i] = fmt.Sprint(row)
		}
		slices.Sort(lines)
		all[table] = strings.Join(lines, "\n")
	}
	if len(all) < 15 {
		t.Fatalf("only %d tables were read", len(all))
	}
	return all
}
