package e2e

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"reliefportal/app/e2e/chromium"
	"reliefportal/app/i18n"
	"reliefportal/static"
)

// patience is how long a browser may take over one step; the machine may be busy with other tests.
const patience = 30 * time.Second

// screen is the size of a window in CSS pixels.
type screen struct{ width, height int64 }

// The two screens of the journeys: debtors come with a telephone, staff sit at a desk.
var (
	phone   = screen{390, 844}
	desktop = screen{1280, 900}
)

// theBrowser is the browser program of this test binary: started at the first call, shared by all journeys, whose windows keep their cookies apart.
// Without it, or without the built assets, the test is skipped, or fails when CI is set.
func theBrowser(t *testing.T) context.Context {
	t.Helper()
	path, err := chromium.Find()
	if err == nil {
		err = static.Missing()
	}
	if err == nil {
		_, err = os.Stat(axeSource)
	}
	if err != nil && os.Getenv("CI") == "" {
		t.Skipf("A BROWSER TEST IS LEFT OUT: %v (install chromium, run `make assets`)", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	browser.once.Do(func() { browser.start(path) })
	if browser.err != nil {
		t.Fatalf("start the browser: %v", browser.err)
	}
	return browser.ctx
}

// browser is the one program behind theBrowser; close ends it after the last test.
var browser sharedBrowser

type sharedBrowser struct {
	once    sync.Once
	ctx     context.Context
	err     error
	profile string
	end     []func()
}

func (p *sharedBrowser) start(path string) {
	if p.profile, p.err = os.MkdirTemp("", "portal-browser-"); p.err != nil {
		return
	}
	opts := append(chromium.Options(path, p.profile), chromedp.Flag("accept-lang", "zh-CN"), chromedp.WSURLReadTimeout(patience))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, end := chromedp.NewContext(alloc)
	p.ctx, p.end = ctx, []func(){end, stop}
	p.err = chromedp.Run(ctx)
}

func (p *sharedBrowser) close() {
	if p.ctx != nil && p.err == nil {
		_ = chromedp.Cancel(p.ctx)
	}
	for _, end := range p.end {
		end()
	}
	_ = os.RemoveAll(p.profile) // a process of the browser may still be writing its last words
}

// window is one person at a browser: own cookies, own screen.
type window struct {
	t    *testing.T
	j    *journey
	ctx  context.Context
	name string
	// lang is the language its pages must be in.
	lang string
	// screen is its size; pages may not be wider.
	screen screen
	// status and path are those of the page shown.
	status int
	path   string
}

// newWindow opens a window with nobody signed in.
func (j *journey) newWindow(name string, s screen) *window {
	j.t.Helper()
	tab, forget := j.newTab()
	ctx, cancel := chromedp.NewContext(j.browser, chromedp.WithTargetID(tab))
	j.t.Cleanup(forget)
	j.t.Cleanup(cancel)
	w := &window{t: j.t, j: j, ctx: ctx, name: name, lang: i18n.Chinese, screen: s}
	if err := chromedp.Run(ctx); err != nil { // the first run lives as long as the window, so it must not have a time limit
		j.t.Fatalf("open a window: %v", err)
	}
	// Each window has the focus in its own eyes, whichever of them is in front.
	actions := []chromedp.Action{chromedp.EmulateViewport(s.width, s.height), emulation.SetFocusEmulationEnabled(true)}
	if !j.scripts {
		actions = append(actions, emulation.SetScriptExecutionDisabled(true))
	}
	w.do("open a window", actions...)
	return w
}

// newTab opens a tab whose cookies are its own, and gives what forgets it with them. chromedp would open it without a window, which the browser
// refuses.
func (j *journey) newTab() (tab target.ID, forget func()) {
	j.t.Helper()
	base := cdp.WithExecutor(j.browser, chromedp.FromContext(j.browser).Browser)
	ctx, cancel := context.WithTimeout(base, patience)
	defer cancel()
	person, err := target.CreateBrowserContext().Do(ctx)
	if err != nil {
		j.t.Fatal(err)
	}
	if tab, err = target.CreateTarget("about:blank").WithBrowserContextID(person).WithNewWindow(true).Do(ctx); err != nil {
		j.t.Fatal(err)
	}
	return tab, func() {
		ctx, cancel := context.WithTimeout(base, patience)
		defer cancel()
		if err := target.DisposeBrowserContext(person).Do(ctx); err != nil {
			j.t.Logf("forget a window: %v", err)
		}
	}
}

func (w *window) do(what string, actions ...chromedp.Action) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		w.fail("%s: %v", what, err)
	}
}

// fail ends the test with what the window shows.
func (w *window) fail(format string, args ...any) {
	w.t.Helper()
	var words string
	ctx, cancel := context.WithTimeout(w.ctx, 5*time.Second)
	defer cancel()
	if err := chromedp.Run(ctx, chromedp.Evaluate("document.body.innerText", &words)); err != nil {
		words = err.Error()
	}
	w.t.Fatalf(w.name+" at "+w.path+": "+format+"\n----\n%s", append(args, words)...)
}

// leads does what leads to another page, waits for it and looks at it.
func (w *window) leads(what string, actions ...chromedp.Action) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, actions...)
	if err != nil {
		w.fail("%s: %v", what, err)
	}
	w.status = int(answer.Status)
	w.arrived()
}

// arrived looks at the page shown: where it is, that it works for everybody, and that it fits.
func (w *window) arrived() {
	w.t.Helper()
	w.path = w.eval("location.pathname")
	w.look()
}

// open goes to an address of the portal and wants it to be there.
func (w *window) open(path string) {
	w.t.Helper()
	w.visit(path)
	w.is(http.StatusOK)
}

// visit goes to an address, whatever it answers.
func (w *window) visit(path string) {
	w.t.Helper()
	w.leads("open "+path, chromedp.Navigate(w.j.base+path))
}

func (w *window) is(status int) {
	w.t.Helper()
	if w.status != status {
		w.fail("status %d, want %d", w.status, status)
	}
}

func (w *window) at(path string) {
	w.t.Helper()
	if w.path != path {
		w.fail("arrived at %s, want %s", w.path, path)
	}
}

// says wants each text among the words that can be seen or opened on the page.
func (w *window) says(texts ...string) {
	w.t.Helper()
	words := w.words()
	for _, text := range texts {
		if !strings.Contains(words, spaceless(text)) {
			w.fail("the page does not say %q", text)
		}
	}
}

func (w *window) saysNot(texts ...string) {
	w.t.Helper()
	words := w.words()
	for _, text := range texts {
		if strings.Contains(words, spaceless(text)) {
			w.fail("the page says %q", text)
		}
	}
}

// words are those of the page without spaces, so that where a line breaks does not matter.
func (w *window) words() string {
	w.t.Helper()
	return spaceless(w.eval("document.body.textContent"))
}

func spaceless(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\t\r\u00a0", r) {
			return -1
		}
		return r
	}, s)
}

// eval gives the text an expression has on the page.
func (w *window) eval(expression string) string {
	w.t.Helper()
	var out string
	w.do("ask the page "+expression, chromedp.Evaluate("String("+expression+")", &out))
	return out
}

// has says whether the page holds anything that matches.
func (w *window) has(selector string) bool {
	w.t.Helper()
	return w.eval("document.querySelector("+quoted(selector)+")!==null") == "true"
}

// text gives the words of the first element that matches.
func (w *window) text(selector string) string {
	w.t.Helper()
	if !w.has(selector) {
		w.fail("nothing matches %s", selector)
	}
	return strings.TrimSpace(w.eval("document.querySelector(" + quoted(selector) + ").textContent"))
}

// press clicks what matches, which must lead to another page.
func (w *window) press(selector string) {
	w.t.Helper()
	if !w.has(selector) {
		w.fail("there is no %s to press", selector)
	}
	w.leads("press "+selector, chromedp.Click(selector, chromedp.ByQuery))
}

// follow clicks the first link on the page with these words.
func (w *window) follow(words string) {
	w.t.Helper()
	w.leads("follow "+words, chromedp.Click(`//main//a[contains(normalize-space(.), `+quoted(words)+`)]`, chromedp.BySearch))
}

// cookies are those of the window, for a request made beside it.
func (w *window) cookies() []*http.Cookie {
	w.t.Helper()
	var out []*http.Cookie
	w.do("read the cookies", chromedp.ActionFunc(func(ctx context.Context) error {
		all, err := network.GetCookies().Do(ctx)
		for _, c := range all {
			out = append(out, &http.Cookie{Name: c.Name, Value: c.Value})
		}
		return err
	}))
	if len(out) == 0 {
		w.fail("%v", errors.New("the window has no cookies"))
	}
	return out
}
