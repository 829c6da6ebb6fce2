package samples

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Widths of the window in CSS pixels: a screen of 1280 at 400 % and at 200 % zoom, a telephone, and a sheet of A4 between its margins.
const (
	at400    = 320
	at200    = 640
	aPhone   = 390
	aSheet   = 658
	tallness = 800
)

// view is one sample open in the browser.
type view struct {
	t   *testing.T
	ctx context.Context
}

func (v *view) do(actions ...chromedp.Action) {
	v.t.Helper()
	if err := chromedp.Run(v.ctx, actions...); err != nil {
		v.t.Fatal(err)
	}
}

func (v *view) open(address string) {
	v.t.Helper()
	v.do(emulation.SetEmulatedMedia(), chromedp.EmulateViewport(at400, tallness), chromedp.Navigate(address))
}

// ask wants nothing to be wrong by one question of look.js.
func (v *view) ask(when, question string, before ...chromedp.Action) {
	v.t.Helper()
	var bad []string
	v.do(append(before, chromedp.Evaluate("look."+question, &bad))...)
	for _, b := range bad {
		v.t.Errorf("%s: %s", when, b)
	}
}

// violation is one finding of axe.
type violation struct {
	ID    string
	Help  string
	Nodes []struct{ HTML string }
}

const runAxe = `axe.run(document,{runOnly:['wcag2a','wcag2aa','wcag21aa','wcag22aa'],resultTypes:['violations']}).then(r=>r.violations.map(v=>({id:v.id,help:v.help,nodes:v.nodes.map(n=>({html:n.html}))})))`

func (v *view) axe() {
	v.t.Helper()
	var all []violation
	v.do(chromedp.Evaluate(runAxe, &all, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	for _, found := range all {
		v.t.Errorf("%s: %s: %s", found.ID, found.Help, found.Nodes[0].HTML)
	}
}

// zoom looks whether everything fits.
func (v *view) zoom() {
	v.t.Helper()
	set := func(script string) chromedp.Action { return chromedp.Evaluate("look."+script, nil) }
	v.ask("at 400 %", "fits()")
	v.ask("large letters at 400 %", "fits()", set("letters(150)"))
	v.ask("spacing of WCAG 1.4.12 at 400 %", "fits()", set("letters(100)"), set("space(true)"))
	v.ask("at 200 %", "fits()", set("space(false)"), chromedp.EmulateViewport(at200, tallness))
}

// keys walks the page by the Tab key.
func (v *view) keys() {
	v.t.Helper()
	var stops int
	v.do(chromedp.EmulateViewport(aPhone, tallness), chromedp.Evaluate("look.tabbing()", &stops), chromedp.ActionFunc(func(ctx context.Context) error {
		for range stops {
			if err := input.DispatchKeyEvent(input.KeyRawDown).WithKey("Tab").WithCode("Tab").WithWindowsVirtualKeyCode(9).Do(ctx); err != nil {
				return err
			}
		}
		return nil
	}))
	v.ask("by keyboard", "tabbed()")
}

// media looks with the colours and the motion of the reader's choice, and on paper.
func (v *view) media() {
	v.t.Helper()
	wishes := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-reduced-motion", Value: "reduce"}})
	v.do(chromedp.Evaluate("look.ground()", nil), wishes)
	v.ask("forced colours", "forced()")
	v.ask("less motion", "still()")
	v.ask("on paper", "paper()", emulation.SetEmulatedMedia().WithMedia("print"), chromedp.EmulateViewport(aSheet, tallness))
}
