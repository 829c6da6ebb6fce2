package samples

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"reliefportal/app/i18n"
	"reliefportal/static"
)

// axeSource is the checker, which npm puts beside the other assets; it is used in tests only.
const axeSource = "../../static/node_modules/axe-core/axe.min.js"

// policy is the strictest policy the pages must live with: nothing inline, nothing from elsewhere.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

// TestPagesAccessible opens every sample in a browser, on a narrow phone, and lets axe look at it. It also refuses pages that scroll sideways.
func TestPagesAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is not started in short runs")
	}
	axe := needed(t)
	srv := gallery()
	defer srv.Close()
	ctx := browser(t)
	for i, s := range All() {
		for _, lang := range i18n.Languages {
			t.Run(s.Group+"/"+s.Name+"/"+lang, func(t *testing.T) {
				address := srv.URL + "/?" + url.Values{"i": {strconv.Itoa(i)}, "lang": {lang}}.Encode()
				look(t, ctx, address, axe, s.Group != "reviewer" && s.Group != "caller" && s.Group != "supervisor" && s.Group != "admin")
			})
		}
	}
}

func needed(t *testing.T) string {
	t.Helper()
	missing := ""
	if _, err := exec.LookPath("chromium"); err != nil {
		missing = "chromium is not installed"
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

func browser(t *testing.T) context.Context {
	t.Helper()
	profile, err := os.MkdirTemp("", "portal-samples-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) }) // a process of the browser may still be writing its last words
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	return ctx
}

// violation is one finding of axe.
type violation struct {
	ID    string
	Help  string
	Nodes []struct{ HTML string }
}

const runAxe = `axe.run(document,{runOnly:['wcag2a','wcag2aa','wcag21aa','wcag22aa']}).then(r=>JSON.stringify(r.violations))`

func look(t *testing.T, ctx context.Context, address, axe string, narrow bool) {
	width := int64(390)
	if narrow {
		width = 320
	}
	var wide int64
	var found string
	promise := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(address),
		chromedp.Evaluate("document.documentElement.scrollWidth", &wide), chromedp.Evaluate(axe+";0", nil), chromedp.Evaluate(runAxe, &found, promise))
	if err != nil {
		t.Fatal(err)
	}
	if wide > width {
		t.Errorf("the page is %d px wide on a screen of %d", wide, width)
	}
	var all []violation
	if err := json.Unmarshal([]byte(found), &all); err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		t.Errorf("%s: %s: %s", v.ID, v.Help, v.Nodes[0].HTML)
	}
}
