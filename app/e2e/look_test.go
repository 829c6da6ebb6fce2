package e2e

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axeSource is the checker, which npm puts beside the other assets; it is used in tests only.
const axeSource = "../../static/node_modules/axe-core/axe.min.js"

const runAxe = `axe.run(document,{runOnly:['wcag2a','wcag2aa','wcag21aa','wcag22aa'],resultTypes:['violations']}).then(r=>JSON.stringify(r.violations))`

// changing is what differs between two visits of the same page without anybody seeing it.
var changing = regexp.MustCompile(`(name="(_csrf|_version|_submit|_start|_key)" value=)"[^"]*"`)

// ownNames are the ids and receipt codes in a page, which differ from one portal to the next.
var ownNames = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[2-9A-HJ-NP-Z]{4} [2-9A-HJ-NP-Z]{4}\b`)

// pages are the fingerprints of pages that were looked at, by any journey of this test binary.
type pages struct {
	mu   sync.Mutex
	seen map[[sha256.Size]byte]bool
}

var lookedAt = pages{seen: map[[sha256.Size]byte]bool{}}

// first reports whether the page was not looked at before, and remembers it.
func (p *pages) first(page [sha256.Size]byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen[page] {
		return false
	}
	p.seen[page] = true
	return true
}

// violation is one finding of axe.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML string `json:"html"`
	} `json:"nodes"`
}

// look checks the page shown: it speaks the language of the journey, does not scroll sideways, and axe finds nothing. A page that looks as one
// seen before is not checked again.
func (w *window) look() {
	w.t.Helper()
	page := ownNames.ReplaceAllString(changing.ReplaceAllString(w.eval("document.documentElement.outerHTML"), "$1"), "")
	if !lookedAt.first(sha256.Sum256([]byte(strconv.FormatInt(w.screen.width, 10) + page))) {
		return
	}
	w.j.shots++
	w.shoot()
	if lang := w.eval("document.documentElement.lang"); lang != w.lang {
		w.t.Errorf("%s at %s: the page is in %s, want %s", w.name, w.path, lang, w.lang)
	}
	if wide := w.eval("document.documentElement.scrollWidth"); wide != strconv.FormatInt(w.screen.width, 10) {
		w.t.Errorf("%s at %s: the page is %s px wide on a screen of %d", w.name, w.path, wide, w.screen.width)
	}
	for _, v := range w.axe() {
		w.t.Errorf("%s at %s: %s: %s: %s", w.name, w.path, v.ID, v.Help, v.Nodes[0].HTML)
	}
}

// axe runs the checker. Where scripts are off it needs them for this moment; those of the page have been passed over already.
func (w *window) axe() []violation {
	w.t.Helper()
	var found string
	await := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	actions := []chromedp.Action{chromedp.Evaluate(w.j.axe+";0", nil), chromedp.Evaluate(runAxe, &found, await)}
	if !w.j.scripts {
		actions = append([]chromedp.Action{emulation.SetScriptExecutionDisabled(false)}, append(actions, emulation.SetScriptExecutionDisabled(true))...)
	}
	w.do("run axe", actions...)
	var all []violation
	if err := json.Unmarshal([]byte(found), &all); err != nil {
		w.t.Fatal(err)
	}
	return all
}

// shoot keeps a picture of the whole page in the folder that E2E_SHOTS names, if it names one.
func (w *window) shoot() {
	folder := os.Getenv("E2E_SHOTS")
	if folder == "" {
		return
	}
	w.t.Helper()
	var picture []byte
	w.do("take a picture", chromedp.FullScreenshot(&picture, 100))
	where := filepath.Join(folder, w.t.Name())
	if err := os.MkdirAll(where, 0o755); err != nil {
		w.t.Fatal(err)
	}
	name := fmt.Sprintf("%03d-%s%s.png", w.j.shots, w.name, strings.ReplaceAll(w.path, "/", "-"))
	if err := os.WriteFile(filepath.Join(where, name), picture, 0o600); err != nil {
		w.t.Fatal(err)
	}
}
