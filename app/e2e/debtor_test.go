package e2e

import (
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"reliefportal/app/calendar"
	"reliefportal/app/store"
)

func clickOn(selector string) chromedp.Action { return chromedp.Click(selector, chromedp.ByQuery) }

func civil(y int, m time.Month, d int) calendar.Date { return calendar.NewDate(y, m, d) }

// mostQuestions is how many questions in a row are answered before it counts as a loop.
const mostQuestions = 40

// debtor is somebody with a problem, at a telephone.
type debtor struct {
	*window
	contact string
}

// find answers the finder from the question shown until the doors are; what answers does not hold is not known.
func (d *debtor) find(answers map[string]answer) {
	d.t.Helper()
	for range mostQuestions {
		id, asking := strings.CutPrefix(d.path, "/find/q/")
		if !asking {
			d.at("/doors")
			return
		}
		a, known := answers[id]
		if !known {
			a = answer{unsure: true}
		}
		d.reply(a)
	}
	d.fail("the finder asks more than %d questions", mostQuestions)
}

// signIn types the contact, reads the code in the outbox and types it. It begins and ends where the portal leads.
func (d *debtor) signIn() {
	d.t.Helper()
	d.at("/signin")
	d.fill("contact", d.contact)
	d.press(mainForm + button)
	d.at("/signin/code")
	d.fill("code", d.j.code(d.contact))
	d.press(mainForm + button)
	d.is(200)
}

// back signs in once more, after the clock has moved on, and opens a page.
func (d *debtor) back(path string) {
	d.t.Helper()
	d.visit(path)
	if strings.HasPrefix(d.path, "/signin") {
		d.signIn()
	}
	d.at(path)
}

// start takes the way whose full page is shown and gives the address of the draft.
func (d *debtor) start() (draft string) {
	d.t.Helper()
	d.press("#start" + button)
	return d.draft("/case")
}

// draft is the address of the filing on the page, which must be at the step.
func (d *debtor) draft(step string) string {
	d.t.Helper()
	at, ok := strings.CutSuffix(d.path, step)
	if !ok || !strings.HasPrefix(at, "/my/f/") {
		d.fail("not at %s of a filing", step)
	}
	return at
}

// its is the address of the filing on the page, whatever its step.
func (d *debtor) its() string {
	d.t.Helper()
	id, _, _ := strings.Cut(strings.TrimPrefix(d.path, "/my/f/"), "/")
	if len(id) != len(store.NewID()) {
		d.fail("not at a filing")
	}
	return "/my/f/" + id
}

// giveCase types the number on the notice and confirms the court that the portal proposes.
func (d *debtor) giveCase(typed string) {
	d.t.Helper()
	d.fill("value", typed)
	d.press(mainForm + button)
	d.says(execCourt, "粤0305")
	d.pick("court", "yes")
	d.press(mainForm + button)
	d.is(200)
}

// write answers the questions of the draft, one page at a time, until its papers are asked for.
func (d *debtor) write(answers map[string]answer) {
	d.t.Helper()
	for range mostQuestions {
		_, id, asking := strings.Cut(d.path, "/q/")
		if !asking {
			d.draft("/papers")
			return
		}
		a, known := answers[id]
		if !known {
			a = d.guess()
		}
		d.reply(a)
	}
	d.fail("the draft asks more than %d questions", mostQuestions)
}

// giveAddress says where the court's papers go and answers whether they may come electronically (yes, no, or nothing).
func (d *debtor) giveAddress(address, consent string) {
	d.t.Helper()
	d.draft("/address")
	if address != "" {
		d.fill("address", address)
	}
	if consent != "" {
		d.pick("consent", consent)
	}
	d.press(mainForm + button)
	d.is(200)
}

// file signs the declaration, hands the checked draft in and gives its receipt code.
func (d *debtor) file() (code string) {
	d.t.Helper()
	draft := d.draft("/check")
	d.pick("declare", "1")
	d.press("main form:has(input[name=declare])" + button)
	d.at(draft + "/receipt")
	return d.text(".code")
}
