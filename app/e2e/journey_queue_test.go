package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
)

// docketed takes an objection up, so that it waits for somebody.
func (j *journey) docketed(contact, name, number, docket string) filing.Filing {
	j.t.Helper()
	f, err := j.world.Reviews.Accept(j.t.Context(), j.world.Staff(j.t, "nanshan.lian"), j.objects(contact, name, number).ID, 2, docket)
	if err != nil {
		j.t.Fatal(err)
	}
	return f
}

// TestJourneyQueue: the desk filters, keeps the filter, finds by a name, and gives two filings away at once, one by the proposal and one to somebody
// else for a reason; a reviewer takes the next by one press, and a panel is formed.
func TestJourneyQueue(t *testing.T) {
	twoWays(t, func(j *journey) {
		j.colleague("nanshan.shen3", "何川")
		first := j.docketed("13812340072", "欧阳晓芸", caseNumber, "（2026）粤0305执异56号")
		second := j.docketed("13812340073", "黄大川", "（2025）粤0305执77号", "（2026）粤0305执异57号")
		j.docketed("13812340074", "马小平", "（2025）粤0305执78号", "（2026）粤0305执异58号")
		j.world.Work(t)
		desk := j.signedIn("nanshan.lian")
		desk.do("look for a name", chromedp.SendKeys("#q", "欧阳", chromedp.ByQuery))
		desk.press("form[role=search] button")
		desk.says(first.Code(), j.word("queue.found"))
		desk.saysNot(second.Code())
		j.keepsFilter(desk)
		j.givesTwo(desk, first, second)
		j.takesNext(first)
	})
}

// colleague makes a further reviewer of the court of Nanshan.
func (j *journey) colleague(login, name string) {
	j.t.Helper()
	w := j.world
	_, _, err := w.Accounts.CreateStaff(j.t.Context(), account.System(), account.NewStaff{Login: login, Password: "menjing-demo-2026", Name: name, Email: login + "@menjing.example.com",
		Grants: []account.NewGrant{{Grant: account.Grant{Role: account.RoleReviewer, BodyID: w.Directory.BodyID(j.t.Context(), execCourt)}, From: calendar.NewDate(2026, 1, 1)}}})
	if err != nil {
		j.t.Fatal(err)
	}
}

func (j *journey) keepsFilter(desk *staff) {
	desk.t.Helper()
	desk.open("/staff/queue?urgent=living")
	desk.press("form[action='/staff/queue/views'] button")
	desk.is(http.StatusUnprocessableEntity)
	desk.fill("name", j.in("生活费", "Living"))
	desk.press("form[action='/staff/queue/views'] button")
	desk.says(j.word("views.saved"))
	desk.open("/staff/queue")
	desk.follow(j.in("生活费", "Living"))
	desk.is(http.StatusOK)
	if !desk.has("select[name=urgent] option[value=living][selected]") {
		desk.fail("the kept filter is not the one that was kept")
	}
}

func (j *journey) givesTwo(desk *staff, first, second filing.Filing) {
	desk.t.Helper()
	desk.open("/staff/queue?tab=free")
	for _, f := range []filing.Filing{first, second} {
		desk.do("pick "+f.Code(), clickOn(`input[name=pick][value="`+f.ID+`"]`))
	}
	desk.press("form[action='/staff/queue/give'] button")
	desk.is(http.StatusOK)
	desk.says("执异56号", "执异57号", j.word("give.as_proposed"))
	desk.pick("person", j.world.Staff(j.t, "nanshan.shen1").PersonID)
	desk.press(mainForm + button)
	desk.is(http.StatusUnprocessableEntity) // after the first he has more in hand than the others
	desk.says(j.word("assign.reason"))
	desk.pick("person", j.world.Staff(j.t, "nanshan.shen1").PersonID)
	desk.pick("reason", "same")
	desk.press(mainForm + button)
	desk.at("/staff/queue")
	desk.says(j.word("give.done", "N", 1))
}

func (j *journey) takesNext(first filing.Filing) {
	j.t.Helper()
	judge := j.signedIn("nanshan.shen2")
	judge.press("form[action='/staff/queue/next'] button")
	judge.says("执异58号", j.word("work.claimed"))
	judge.open("/staff/queue")
	judge.press("form[action='/staff/queue/next'] button")
	judge.says(j.word("review.none_left"))
	charge := j.signedIn("nanshan.shen1")
	at := charge.take("执异56号")
	charge.says(j.word("panel.none"))
	charge.follow(j.word("panel.open"))
	charge.says(j.in("《民事诉讼法》第40条", "Civil Procedure Law"))
	charge.press(mainForm + button)
	charge.is(http.StatusUnprocessableEntity) // nobody presides
	charge.pick("presiding", j.world.Staff(j.t, "nanshan.shen2").PersonID)
	charge.done(at)
	charge.says(j.word("panel.presides", "Name", "吴越"), "周敏", "何川")
}

// TestJourneyQueueKeys: the queue by the keyboard: down, down, pick, up, open, and back; a letter typed in the search is a letter.
func TestJourneyQueueKeys(t *testing.T) {
	oneWay(t, 0, func(j *journey) {
		codes := []string{j.docketed("13812340072", "林晓芸", caseNumber, "（2026）粤0305执异56号").Code(),
			j.docketed("13812340073", "黄大川", "（2025）粤0305执77号", "（2026）粤0305执异57号").Code()}
		desk := j.signedIn("nanshan.lian")
		listed := desk.eval("[...document.querySelectorAll('.queue tbody th small')].map(s => s.textContent).join()")
		key := func(k string) { desk.do("press "+k, chromedp.KeyEvent(k)) }
		focused := func() string { return desk.eval("document.activeElement.textContent") }
		key("j")
		key("j")
		at := focused()
		if !strings.Contains(at, codes[0]) && !strings.Contains(at, codes[1]) {
			desk.fail("the second row has not the focus: %q of %q", at, listed)
		}
		key("x")
		if got := desk.eval("document.querySelectorAll('input[name=pick]:checked').length"); got != "1" {
			desk.fail("%s rows are picked", got)
		}
		key("k")
		if focused() == at {
			desk.fail("the focus did not go up")
		}
		key("/")
		key("j")
		// The driver types the stroke itself as well, which a keyboard does not.
		if got := desk.eval("document.querySelector('#q').value"); strings.TrimPrefix(got, "/") != "j" {
			desk.fail("the search holds %q", got)
		}
		desk.open("/staff/queue")
		key("j")
		desk.leads("open by Enter", chromedp.KeyEvent(kb.Enter))
		desk.is(http.StatusOK)
		desk.says(j.word("desk.act"))
		desk.open("/staff/queue")
		key("j")
		desk.leads("assign by A", chromedp.KeyEvent("a"))
		desk.says(j.word("assign.title"))
	})
}
