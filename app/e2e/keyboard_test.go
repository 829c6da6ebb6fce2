package e2e

import (
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// typist is a debtor who has no mouse: Tab, Shift and Tab, Enter, Space, the arrows, and words.
type typist struct{ *debtor }

// mostTabs is how many stops a page may have before it counts as a trap.
const mostTabs = 60

// stop is the control that has the focus, as a person sees it.
type stop struct {
	// None: the focus has left the page.
	None bool
	// Wrong says why one cannot see where it is: the ring is measured, on the label of radio buttons and checkboxes, and must lie in the window.
	Wrong string
	// Hit says whether it is the one looked for. Top and Bottom are its edges on the page.
	Hit         bool
	Top, Bottom float64
}

const askStop = `(wanted => {
  const e = document.activeElement
  if (!e || e === document.body) return {none: true}
  const face = e.matches('[type=radio],[type=checkbox]') ? e.nextElementSibling : e
  const s = getComputedStyle(face), r = face.getBoundingClientRect()
  const lit = s.outlineStyle === 'auto' || parseFloat(s.outlineWidth) >= 2 && s.outlineStyle !== 'none' && !/, 0\)$/.test(s.outlineColor) || s.backgroundColor === 'rgb(255, 214, 102)'
  const inside = r.left > -1 && r.bottom > 0 && r.top < innerHeight
  return {wrong: (lit ? '' : 'no ring ') + (inside ? '' : 'out of sight'), hit: e.matches(wanted), top: r.top + scrollY, bottom: r.bottom + scrollY}
})`

// stop asks where the focus is.
func (p typist) stop(wanted string) (s stop) {
	p.t.Helper()
	p.do("ask where the focus is", chromedp.Evaluate(askStop+"("+quoted(wanted)+")", &s))
	if s.Wrong != "" {
		p.fail("%s: %s", s.Wrong, p.eval("document.activeElement.outerHTML"))
	}
	return s
}

// on says whether the control with the focus, which must be seen, matches.
func (p typist) on(wanted string) bool {
	p.t.Helper()
	return p.stop(wanted).Hit
}

// tab goes one control on.
func (p typist) tab() {
	p.t.Helper()
	p.do("press Tab", chromedp.KeyEvent(kb.Tab))
}

// to goes on by Tab until a control that matches has the focus, which it may have already. None on the way lies above the one before.
func (p typist) to(wanted string) {
	p.t.Helper()
	at := p.stop(wanted)
	for n := 0; !at.Hit; n++ {
		p.tab()
		next := p.stop(wanted)
		if next.None || n == mostTabs {
			p.fail("Tab does not come to %s", wanted)
		}
		if next.Bottom <= at.Top {
			p.fail("the focus goes back up before %s", wanted)
		}
		at = next
	}
}

// enterKey is Enter as one message to the browser: the page must not change between the key going down and what it means.
var enterKey = chromedp.Tasks{
	input.DispatchKeyEvent(input.KeyDown).WithKey("Enter").WithCode("Enter").WithText("\r").WithWindowsVirtualKeyCode(13),
	input.DispatchKeyEvent(input.KeyUp).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13),
}

// enter presses what has the focus, which leads to another page.
func (p typist) enter() {
	p.t.Helper()
	p.leads("press Enter on "+p.eval("document.activeElement.textContent"), enterKey)
}

// goOn presses the filled button of the form.
func (p typist) goOn() {
	p.t.Helper()
	p.to(mainForm + button)
	p.enter()
	p.is(200)
}

// words types into the field that has the focus.
func (p typist) words(text string) {
	p.t.Helper()
	p.do("type", input.InsertText(text))
}

// answer fills the question on the page by keyboard and goes on.
func (p typist) answer(a answer) {
	p.t.Helper()
	switch {
	case a.choose != "":
		p.choose("value", a.choose)
	case a.write != "":
		p.to("[name=value]")
		p.words(a.write)
	case a.date != nil:
		for i, part := range []string{"year", "month", "day"} {
			p.to("[name=" + part + "]")
			p.words(a.date[i])
		}
	case a.unsure && p.has("input[type=radio][value=unsure]"):
		p.choose("value", "unsure")
	case a.unsure:
		p.to("[name=unsure]")
		p.do("press Space", chromedp.KeyEvent(" "))
	}
	p.goOn()
}

// choose takes a radio button by the arrows, or a checkbox by Space.
func (p typist) choose(name, value string) {
	p.t.Helper()
	p.to("[name=" + name + "]")
	wanted := "[name=" + name + "][value=" + quoted(value) + "]"
	if p.on("[type=checkbox]") {
		for !p.on(wanted) {
			p.tab()
		}
		p.do("press Space", chromedp.KeyEvent(" "))
	} else {
		p.do("press Space", chromedp.KeyEvent(" "))
		for range mostTabs {
			if p.on(wanted) {
				break
			}
			p.do("press the arrow", chromedp.KeyEvent(kb.ArrowDown))
		}
	}
	if !p.on(wanted + ":checked") {
		p.fail("%s is not chosen by keyboard", wanted)
	}
}

// walk answers questions until one has no answer here: what is not known is not known.
func (p typist) walk(answers map[string]answer, at func(path string) (id string, asking bool)) {
	p.t.Helper()
	for range mostQuestions {
		id, asking := at(p.path)
		if !asking {
			return
		}
		a, known := answers[id]
		if !known {
			a = p.guess()
		}
		p.answer(a)
	}
	p.fail("more than %d questions", mostQuestions)
}
