package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestJourneyKeyboard files an application from the first page to the receipt without a mouse: the way past the header, a mistake and the way
// from its summary to the field, every answer, the sign-in, the case number, the statement of truth. At each stop the focus is seen.
func TestJourneyKeyboard(t *testing.T) {
	twoWays(t, func(j *journey) {
		p := typist{&debtor{j.enter("debtor", phone), j.in("13812341617", "keys@example.cn")}}
		p.skips()
		p.to("main a.govuk-button")
		p.enter()
		p.errs()
		p.walk(map[string]answer{"topic": choose("sanction"), "role": choose("helper"), "sanction": choose("fine"), "sanction_served_on": date(2026, 10, 30)},
			func(path string) (string, bool) { return strings.CutPrefix(path, "/find/q/") })
		p.at("/doors")
		p.to("#door-R16 a.govuk-button")
		p.enter()
		p.to("main a.govuk-button")
		p.enter()
		p.signsIn()
		p.to("#start" + button)
		p.enter()
		draft := p.draft("/case")
		p.answer(write(caseNumber))
		p.choose("court", "yes")
		p.goOn()
		p.walk(map[string]answer{"name": write("何远"), "id_number": {}, "why_wrong": write(j.in("通知没有送到我。", "The notice never reached me.")), "request": write(j.in("撤销罚款决定。", "Revoke the fine."))},
			func(path string) (string, bool) { _, id, asking := strings.Cut(path, "/q/"); return id, asking })
		p.draft("/papers")
		p.to("main .govuk-button-group a.govuk-button")
		p.enter()
		p.draft("/address")
		p.goOn()
		p.draft("/check")
		p.to("[name=declare]")
		p.do("press Space", chromedp.KeyEvent(" "))
		p.goOn()
		p.at(draft + "/receipt")
		p.says(aboveCourt, j.day(2026, 11, 2))
	})
}

// skips takes the link past the header, which is the first stop of every page, and goes back by Shift and Tab.
func (p typist) skips() {
	p.t.Helper()
	p.tab()
	if !p.on(".govuk-skip-link") {
		p.fail("the first stop is %s", p.eval("document.activeElement.outerHTML"))
	}
	p.tab()
	p.do("press Shift and Tab", chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(input.ModifierShift)))
	if !p.on(".govuk-skip-link") {
		p.fail("Shift and Tab lead to %s", p.eval("document.activeElement.outerHTML"))
	}
	p.do("press Enter", enterKey)
	p.wait("the way past the header is taken", func() bool { return p.eval("location.hash") == "#main" })
	p.tab()
	if !p.on("main *") {
		p.fail("the link past the header leads to %s", p.eval("document.activeElement.outerHTML"))
	}
	p.open("/")
}

// errs answers nothing. Where a script runs the summary then has the focus; its link leads into the field.
func (p typist) errs() {
	p.t.Helper()
	p.to(mainForm + button)
	p.enter()
	p.is(422)
	if p.j.scripts && !p.on(".govuk-error-summary") {
		p.fail("after a mistake the focus is on %s", p.eval("document.activeElement.outerHTML"))
	}
	p.to(".govuk-error-summary a")
	p.do("press Enter", enterKey)
	p.wait("the summary leads into the field", func() bool { return p.on("main form [name=value]") })
}

func (p typist) signsIn() {
	p.t.Helper()
	p.at("/signin")
	p.to("[name=contact]")
	p.words(p.contact)
	p.goOn()
	p.to("[name=code]")
	p.words(p.j.code(p.contact))
	p.goOn()
}
