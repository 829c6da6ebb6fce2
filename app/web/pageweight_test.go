package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
	"reliefportal/static"
)

// The most a page may weigh, in bytes as they go over the line: the first of a visit with everything it is made of, and each page after it.
const (
	mostFirst = 100 << 10
	mostNext  = 20 << 10
)

// TestPageWeight weighs every page that debtors and visitors can open, in both languages, with styles, scripts and pictures, compressed.
func TestPageWeight(t *testing.T) {
	if err := static.Missing(); err != nil {
		t.Skipf("PAGES ARE NOT WEIGHED: %v (run `make assets`)", err)
	}
	w := newWorld(t, storetest.SQLite(t))
	debtor := w.person("debtor")
	heaviest, first, pages := 0, 0, 0
	where := map[*int]string{&heaviest: "", &first: ""}
	for _, route := range table(t) {
		if !weighed(route) {
			continue
		}
		params := w.object(t, route, own)
		path := fill(t, route.Path, params)
		for _, lang := range []string{"zh-CN", "en"} {
			page, assets := w.weigh(t, debtor.session, path, lang)
			if page == 0 {
				continue
			}
			pages++
			if page > heaviest {
				heaviest, where[&heaviest] = page, route.Name+" "+lang
			}
			if page+assets > first {
				first, where[&first] = page+assets, route.Name+" "+lang
			}
			if page > mostNext || page+assets > mostFirst {
				t.Errorf("%s in %s weighs %d bytes, with what it is made of %d", route.Name, lang, page, page+assets)
			}
		}
	}
	t.Logf("%d pages; the heaviest first visit is %s with %d bytes of %d, the heaviest page after it %s with %d of %d", pages, where[&first], first, mostFirst,
		where[&heaviest], heaviest, mostNext)
	if pages < 60 {
		t.Errorf("only %d pages were weighed", pages)
	}
}

// weighed says whether a row is a page of debtors or visitors.
func weighed(r kit.Route) bool {
	return r.Method == http.MethodGet && !r.Bare && !r.Who.ForStaff() && !strings.HasPrefix(r.Name, "dev.")
}

var parameter = regexp.MustCompile(`:[a-z]+|\*`)

func fill(t *testing.T, pattern string, params map[string]string) string {
	t.Helper()
	return parameter.ReplaceAllStringFunc(pattern, func(p string) string {
		value, ok := params[strings.TrimPrefix(p, ":")]
		if !ok {
			t.Fatalf("nothing to put for %s in %s", p, pattern)
		}
		return value
	})
}

var asset = regexp.MustCompile(`(?:src|href)="(` + static.Prefix + `[^"]+)"`)

// weigh opens a page as a browser with an empty cache does and gives the bytes that were sent for it and for what it names. A page that leads on
// or is no page weighs nothing.
func (w *world) weigh(t *testing.T, session, path, lang string) (page, assets int) {
	t.Helper()
	body, sent, header := w.fetch(t, session, path, lang)
	if !strings.HasPrefix(header.Get("Content-Type"), "text/html") || body == "" {
		return 0, 0
	}
	if header.Get("Content-Encoding") != "gzip" && len(body) > 2<<10 {
		t.Errorf("%s is not compressed", path)
	}
	var seen []string
	for _, found := range asset.FindAllStringSubmatch(body, -1) {
		if slices.Contains(seen, found[1]) {
			continue
		}
		seen = append(seen, found[1])
		_, bytes, header := w.fetch(t, "", found[1], lang)
		if !strings.Contains(header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s is fetched again with every page: %q", found[1], header.Get("Cache-Control"))
		}
		assets += bytes
	}
	return sent, assets
}

// fetch sends one GET and gives the plain text, the number of bytes sent, and the header.
func (w *world) fetch(t *testing.T, session, path, lang string) (body string, sent int, header http.Header) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, webtest.Base+path, nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	r.Header.Set("Accept-Language", lang)
	if session != "" {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: session})
	}
	rec := httptest.NewRecorder()
	w.Handler().ServeHTTP(rec, r)
	answer := rec.Result()
	if answer.StatusCode != http.StatusOK {
		return "", 0, answer.Header
	}
	sent = rec.Body.Len()
	var reader io.Reader = rec.Body
	if answer.Header.Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(rec.Body)
		if err != nil {
			t.Fatal(err)
		}
		reader = unpacked
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain), sent, answer.Header
}
