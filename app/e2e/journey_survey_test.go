package e2e

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// surveyContact is an e-mail address, so that the invitation holds a link.
const surveyContact = "lin.xiaoyun@example.org"

// asked has a filing of the contact decided and served, and gives the case by which he is asked how it went, on the next day at 14:30.
func (j *journey) asked(contact string) (caseID string) {
	j.t.Helper()
	ctx, w := j.t.Context(), j.world
	who := w.Debtor(j.t, contact)
	who.Lang = j.lang
	f, err := w.Filings.Start(ctx, who, filing.StartInput{Remedy: "R01", Lang: j.lang, Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "moved": rules.Pick("no"),
		filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("林晓芸"),
		"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("没有留生活费。"), "request": rules.Said("解除冻结。")}})
	step := func(next filing.Filing, err error) {
		j.t.Helper()
		if err != nil {
			j.t.Fatal(err)
		}
		f = next
	}
	step(f, err)
	submitted, _, err := w.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	step(submitted, err)
	judge := w.Staff(j.t, "nanshan.shen1")
	step(w.Reviews.Accept(ctx, w.Staff(j.t, "nanshan.lian"), f.ID, f.Version, "（2026）粤0305执异99号"))
	step(w.Reviews.Assign(ctx, judge, f.ID, f.Version, judge.PersonID))
	step(w.Reviews.Decide(ctx, judge, f.ID, f.Version, review.Ruling{Disposition: "rejected", Grounds: []string{"G09"}, Text: "查明的事实和理由写在这里，请核对。"}))
	step(w.Reviews.Serve(ctx, judge, f.ID, f.Version, review.ServedInPerson, calendar.Today(w.Time)))
	w.Work(j.t)
	w.Time.Set(time.Date(2026, 11, 3, 6, 30, 0, 0, time.UTC))
	if err := w.DB.Read(ctx).Table("callback_case").Where("filing_id = ?", f.ID).Pluck("id", &caseID).Error; err != nil || caseID == "" {
		j.t.Fatalf("nobody is asked: %v", err)
	}
	return caseID
}

var linkInMessage = regexp.MustCompile(`http://[^\s"<]+/s/[A-Za-z0-9_-]+`)

// invited sends the person the link and gives its path, as his e-mail holds it.
func (j *journey) invited(caseID string) string {
	j.t.Helper()
	if _, err := j.world.Callbacks.Invite(j.t.Context(), j.world.Staff(j.t, "huifang.1"), caseID, callback.ByMessage); err != nil {
		j.t.Fatal(err)
	}
	for _, m := range j.messages(surveyContact) {
		if link := linkInMessage.FindString(m); link != "" {
			return strings.TrimPrefix(link, j.base)
		}
	}
	j.t.Fatal("no message holds a link")
	return ""
}

const (
	itemForm  = "main form:has(input[name=item])"
	offerForm = "main form:has(input[name=finding])"
)

// answers goes through the questions alone; what facts do not name is answered by the second choice.
func (w *window) answers(facts map[string]string, words string, most int) {
	w.t.Helper()
	for range most {
		if w.path != "/survey" || !w.has(itemForm) {
			return
		}
		id := w.eval("document.querySelector('input[name=item]').value")
		switch {
		case facts[id] != "":
			w.pick("value", facts[id])
		case w.has("main input[name=value]"):
			w.pick("value", w.eval("document.querySelectorAll('main input[name=value]')[1].value"))
		default:
			w.fill("text", words)
		}
		w.press(itemForm + button)
		w.is(http.StatusOK)
	}
}

// TestJourneySelfCompletion: somebody opens the link of his e-mail on a telephone, begins, goes on on another telephone by the short code, says that
// he was asked for money, asks for a request to be prepared, and ends. The link then opens nothing; the request waits behind his own sign-in.
func TestJourneySelfCompletion(t *testing.T) {
	eachWay(t, func(j *journey) {
		link := j.invited(j.asked(surveyContact))
		first := j.enter("telephone", phone)
		first.open(link)
		first.says(j.word("survey.no_name"), j.word("survey.never"))
		first.saysNot("林", caseNumber, execCourt)
		first.press("main form[action='" + link + "']" + button)
		first.at("/survey")
		first.press(itemForm + button)
		first.is(http.StatusUnprocessableEntity)
		first.pick("value", "yes") // asked for money
		first.press(itemForm + button)
		code := first.text("main p .code")
		d := &debtor{j.enter("another telephone", phone), surveyContact}
		d.open(link)
		d.says(j.word("survey.started"))
		d.fill("code", strings.ToLower(code))
		d.press("main form[action='" + link + "/code']" + button)
		d.at("/survey")
		d.answers(nil, j.in("少跑几趟。", "Fewer trips."), 10)
		d.at("/survey/offer")
		d.says(j.word("offer.title"))
		d.pick("choice", "file")
		d.pick("reply", "portal")
		d.press(offerForm + button)
		d.at("/survey/end")
		d.press("main form" + button)
		d.at("/survey/thanks")
		d.visit(link)
		d.says(j.word("survey.done"))
		first.visit("/survey")
		first.is(http.StatusGone)
		d.back("/my/told")
		d.says(j.word("told.prepared"), j.word("told.waiting"), aboveCourt)
		d.press("main ul.cards form" + button)
		if !strings.HasPrefix(d.path, "/my/f/") {
			d.fail("the prepared request leads to no draft")
		}
		d.says(j.word("told.taken_up"))
	})
}

// TestJourneyPartialResume: a caller begins, the person has no more time and makes an appointment; the next day the questions go on where they
// stopped, and the answers of the day before count.
func TestJourneyPartialResume(t *testing.T) {
	eachWay(t, func(j *journey) {
		id := j.asked("13812340081")
		at := "/staff/calls/" + id
		caller := j.signedIn("huifang.1")
		caller.open(at)
		caller.press("main form[action='" + at + "/claim']" + button)
		caller.says(j.word("call.consent_first"))
		caller.saysNot("第 0 题", "item 0 of")
		caller.pick("value", "yes")
		caller.press(itemForm + button)
		for range 4 {
			caller.score("2")
			caller.press(itemForm + button)
		}
		stopped := caller.eval("document.querySelector('input[name=item]').value")
		caller.pick("outcome", "20")
		caller.fill("year", "2026")
		caller.fill("month", "11")
		caller.fill("day", "4")
		caller.do("choose the afternoon", chromedp.SetValue("main select[name=slot]", "afternoon", chromedp.ByQuery))
		caller.press("main form:has(input[name=outcome])" + button)
		caller.at(at + "/done")
		j.world.Time.Set(time.Date(2026, 11, 4, 6, 5, 0, 0, time.UTC)) // 14:05 on the next day
		again := j.signedIn("huifang.1")
		again.open(at)
		again.press("main form[action='" + at + "/claim']" + button)
		if got := again.eval("document.querySelector('input[name=item]').value"); got != stopped {
			again.fail("goes on at %s, stopped at %s", got, stopped)
		}
		again.answerCall(map[string]string{"F8": "yes"}, j.in("没有了。", "Nothing else."))
		again.offers("leave", "")
		again.says(j.word("call.over"))
		again.pick("outcome", "10")
		again.press("main form:has(input[name=outcome])" + button)
		again.at(at + "/done")
	})
}

// offers chooses the same for everything that was said.
func (w *window) offers(choice, reply string) {
	w.t.Helper()
	for range mostQuestions {
		if !w.has(offerForm) {
			return
		}
		w.pick("choice", choice)
		if reply != "" {
			w.pick("reply", reply)
		}
		w.press(offerForm + button)
		w.is(http.StatusOK)
	}
}

// TestJourneyRedFlag: on the telephone somebody says that he was threatened. It goes to the court above at once; he is read the offer, wishes a
// request to be prepared, finds it behind his own sign-in, files it, and reads what was done about what he said.
func TestJourneyRedFlag(t *testing.T) {
	eachWay(t, func(j *journey) {
		contact := "13812340082"
		id := j.asked(contact)
		at := "/staff/calls/" + id
		caller := j.signedIn("huifang.1")
		caller.open(at)
		caller.press("main form[action='" + at + "/claim']" + button)
		caller.pick("value", "yes")
		caller.press(itemForm + button)
		for _, value := range []string{"yes", "no", "no", "yes"} { // came to the door; at night; at a wrong hour; threatened
			caller.pick("value", value)
			caller.press(itemForm + button)
		}
		caller.says(aboveCourt)
		caller.follow(j.word("offer.jump"))
		caller.offers("file", "portal")
		caller.pick("outcome", "50") // and has no more time
		caller.press("main form:has(input[name=outcome])" + button)
		caller.at(at + "/done")
		owner := j.signedIn("duban")
		owner.press("table th a")
		owner.says(j.word("finding.urgent"), j.word("wish.file"))
		owner.saysNot("林晓芸", caseNumber)
		owner.pick("disposition", "take")
		owner.press("main form:has(input[name=disposition])" + button)
		owner.pick("disposition", "answer")
		owner.pick("result", "confirmed")
		reply := j.in("已经核实，已经要求改正，并向您道歉。", "It was checked and put right, and we apologise to you.")
		owner.fill("text", reply)
		owner.press("main form:has(input[name=disposition])" + button)
		owner.is(http.StatusOK)
		d := &debtor{j.enter("debtor", phone), contact}
		d.back("/my/told")
		d.says(reply, j.word("result.confirmed"))
		d.press("main ul.cards form" + button)
		draft := d.path
		d.says(j.word("told.taken_up"))
		if !strings.HasPrefix(draft, "/my/f/") {
			d.fail("no draft was opened")
		}
		if strings.HasSuffix(draft, "/case") {
			d.press(mainForm + button)
		}
		d.write(map[string]answer{"request": write(j.in("请核实。", "Please look into it."))})
		d.open(draft[:strings.Index(draft, "/q/")] + "/check")
		d.says(j.in("威胁本人或家人", "A threat to the person or the family"), "林晓芸")
		d.file()
	})
}
