package samples

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"reliefportal/app/e2e/chromium"
	"reliefportal/app/i18n"
	"reliefportal/static"
)

// axeSource is the checker, which npm puts beside the other assets; it is used in tests only.
const axeSource = "../../static/node_modules/axe-core/axe.min.js"

// policy is the strictest policy the pages must live with: nothing inline, nothing from elsewhere.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

// TestPagesAccessible opens every sample in a browser once in each language and asks all of it there: axe; at 320 px (400 % zoom) and 640 px
// (200 %), with large letters and with the spacing of WCAG 1.4.12, nothing scrolls sideways and no words are cut off. In Chinese also what the
// language does not change: the Tab key comes to every control and focus shows; with forced colours everything keeps an edge; less motion is
// none; paper holds what is printed.
func TestPagesAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is not started in short runs")
	}
	axe := needed(t)
	srv := gallery()
	defer srv.Close()
	ctx := browser(t, axe)
	for i, s := range All() {
		for _, lang := range i18n.Languages {
			t.Run(s.Group+"/"+s.Name+"/"+lang, func(t *testing.T) {
				v := &view{t: t, ctx: ctx}
				v.open(srv.URL + "/?" + url.Values{"i": {strconv.Itoa(i)}, "lang": {lang}}.Encode())
				v.axe()
				v.zoom()
				if lang == i18n.Chinese {
					v.keys()
					v.media()
				}
			})
		}
	}
}

func needed(t *testing.T) string {
	t.Helper()
	missing := ""
	if _, err := chromium.Find(); err != nil {
		missing = err.Error()
	}
	axe, err := os.ReadFile(filepath.FromSlash(axeSource))
	if err != nil {
		missing = "axe-core is not installed: run `npm ci` in static/"
	}
	if err := static.Missing(); err != nil {
		missing = err.Error()
	}
	if missing != "" {
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	return string(axe)
}

// gallery serves the samples with the policy of the program.
func gallery() *httptest.Server {
	all := All()
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, static.Prefix) {
			http.StripPrefix(static.Prefix, http.FileServerFS(static.FS)).ServeHTTP(w, r)
			return
		}
		i, err := strconv.Atoi(r.URL.Query().Get("i"))
		if err != nil || i >= len(all) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		if err := all[i].Make(Page(r.URL.Query().Get("lang"))).Render(r.Context(), w); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
}

// browser opens a window in which axe and the questions of this test wait on every page.
func browser(t *testing.T, axe string) context.Context {
	t.Helper()
	questions, err := os.ReadFile(filepath.FromSlash("testdata/look.js"))
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.MkdirTemp("", "portal-samples-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) }) // a process of the browser may still be writing its last words
	path, err := chromium.Find()
	if err != nil {
		t.Fatal(err)
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), chromium.Options(path, profile)...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	err = chromedp.Run(ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(axe + "\n" + string(questions)).Do(ctx)
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}
