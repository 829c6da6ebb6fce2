package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"reliefportal/app/callback"
)

const outcomeForm = "main form:has(input[name=outcome])"

// reach goes on by Tab until a control that matches has the focus, on pages of staff whose parts stand beside each other.
func (p typist) reach(wanted string) {
	p.t.Helper()
	for n := 0; !p.on(wanted); n++ {
		if n == mostTabs {
			p.fail("Tab does not come to %s", wanted)
		}
		p.tab()
	}
}

// takes chooses a radio button anywhere on the page by keyboard.
func (p typist) takes(name, value string) {
	p.t.Helper()
	p.reach("[name=" + name + "]")
	p.choose(name, value)
}

// types goes to a field and puts the words in.
func (p typist) types(name, words string) {
	p.t.Helper()
	p.reach("[name=" + name + "]")
	p.words(words)
}

// sends goes to the filled button of a form and presses it.
func (p typist) sends(form string) {
	p.t.Helper()
	p.reach(form + button)
	p.enter()
	p.is(http.StatusOK)
}

// answersSoFar writes answers down beside the page, the way the caller of the journey would, until the question named is the next.
func (j *journey) answersSoFar(id, until string) {
	j.t.Helper()
	ctx, ann := j.t.Context(), j.world.Staff(j.t, "huifang.1")
	for range mostQuestions {
		v, err := j.world.Callbacks.Case(ctx, ann, id)
		if err != nil {
			j.t.Fatal(err)
		}
		if v.Progress.Item == nil || v.Progress.Item.ID == until {
			return
		}
		options := v.Instrument.Answers(v.Progress.Item)
		r := callback.Reply{Item: v.Progress.Item.ID, Words: "没有了。"}
		if len(options) > 0 {
			r.Value, r.Words = options[1].ID, ""
		}
		if r.Item == "F8" { // a notice was given: nothing to look into
			r.Value = "yes"
		}
		if _, err := j.world.Callbacks.Answer(ctx, ann, id, r); err != nil {
			j.t.Fatal(err)
		}
	}
}

// TestJourneyCallersDay is a call without a mouse: signing in, the next person, consent, questions by key and by Tab, words typed, the time it rang,
// the outcome, and the next person, of whom there is none.
func TestJourneyCallersDay(t *testing.T) {
	twoWays(t, func(j *journey) {
		id := j.asked("13812340091")
		p := typist{&debtor{j.enter("caller", desktop), ""}}
		j.world.Time.Add(totpStep)
		me := j.person("huifang.1")
		p.open("/staff")
		p.types("login", me.Login)
		p.types("password", me.Password)
		p.types("totp", me.Code)
		p.sends("main form")
		p.at("/staff/calls")
		p.says("林某")
		p.sends("main form[action='/staff/calls/next']")
		p.at("/staff/calls/" + id)
		p.says(j.word("call.consent_first"))
		p.saysNot(caseNumber, execCourt, "林晓芸")
		p.takes("value", "yes")
		p.sends(itemForm)
		for range 3 {
			if j.scripts {
				p.do("press 2", chromedp.KeyEvent("2"))
				p.leads("press Enter", enterKey)
				continue
			}
			p.takes("value", "no")
			p.sends(itemForm)
		}
		j.answersSoFar(id, "P14")
		p.open("/staff/calls/" + id)
		p.types("text", j.in("早一点告诉我。", "Tell me earlier."))
		p.sends(itemForm)
		p.says(j.word("call.over"))
		p.takes("outcome", "10")
		p.reach("[name=rang]")
		p.do("mark what is there", chromedp.Evaluate("document.activeElement.select()", nil))
		p.words("13:00")
		p.sends422(outcomeForm)
		p.says(j.word("callback.rang_range"))
		p.takes("outcome", "10")
		p.reach("[name=rang]")
		p.do("mark what is there", chromedp.Evaluate("document.activeElement.select()", nil))
		p.words(p.eval("document.querySelector('input[name=_rang]').value"))
		p.sends(outcomeForm)
		p.at("/staff/calls/" + id + "/done")
		p.reach("main a.govuk-button")
		p.enter()
		p.at("/staff/calls")
		p.says(j.word("call.nobody"))
	})
}

// sends422 sends a form that is not taken.
func (p typist) sends422(form string) {
	p.t.Helper()
	p.reach(form + button)
	p.enter()
	p.is(http.StatusUnprocessableEntity)
}

// agrees writes an appointment down.
func (s *staff) agrees(day, slot string) {
	s.t.Helper()
	s.pick("outcome", "20")
	s.fill("year", "2026")
	s.fill("month", "11")
	s.fill("day", day)
	s.do("choose the part of the day", chromedp.SetValue("main select[name=slot]", slot, chromedp.ByQuery))
	s.pick("with_me", "1")
	s.press(outcomeForm + button)
	s.is(http.StatusOK)
}

// TestJourneyAppointment: a promised call that nobody makes is missed, seen as such by all, made anew, and kept.
func TestJourneyAppointment(t *testing.T) {
	twoWays(t, func(j *journey) {
		id := j.asked("13812340092")
		at := "/staff/calls/" + id
		caller := j.signedIn("huifang.1")
		caller.open(at)
		caller.press("main form[action='" + at + "/claim']" + button)
		caller.agrees("4", "afternoon")
		caller.says(j.day(2026, time.November, 4))
		j.world.Time.Set(time.Date(2026, 11, 4, 6, 31, 0, 0, time.UTC)) // 14:31: half an hour late
		if err := j.world.Callbacks.MissedAppointments(t.Context()); err != nil {
			t.Fatal(err)
		}
		late := j.signedIn("huifang.1")
		late.says(j.word("ring.missed"))
		late.open(at)
		late.press("main form[action='" + at + "/claim']" + button)
		late.agrees("5", "morning")
		j.world.Time.Set(time.Date(2026, 11, 5, 1, 1, 0, 0, time.UTC)) // 09:01
		kept := j.signedIn("huifang.1")
		kept.says(j.word("ring.promised_by_me", "At", "09:00"))
		kept.press("main form[action='/staff/calls/next']" + button)
		kept.at(at)
		kept.pick("outcome", "50")
		kept.press(outcomeForm + button)
		kept.at(at + "/done")
		kept.open("/staff/calls")
		kept.says(j.word("call.nobody"))
	})
}

// TestJourneyRefusal: somebody says on the telephone that he never wants to be asked again. He is parted with in the words of the questionnaire, his
// link then says that it is over, and nobody is on the list.
func TestJourneyRefusal(t *testing.T) {
	twoWays(t, func(j *journey) {
		id := j.asked("13812340093")
		address, err := j.world.Callbacks.Invite(t.Context(), j.world.Staff(t, "huifang.1"), id, callback.BySheet)
		if err != nil {
			t.Fatal(err)
		}
		link, at := strings.TrimPrefix(address, j.base), "/staff/calls/"+id
		caller := j.signedIn("huifang.1")
		caller.open(at)
		caller.press("main form[action='" + at + "/claim']" + button)
		caller.pick("value", "no")
		caller.press(itemForm + button)
		caller.says(j.in("这次不问了", "not ask this time"))
		caller.pick("outcome", "51")
		caller.press(outcomeForm + button)
		caller.at(at + "/done")
		caller.open("/staff/calls")
		caller.says(j.word("call.nobody"))
		person := j.enter("telephone", phone)
		person.visit(link)
		person.says(j.word("survey.stopped"))
		person.saysNot("林")
	})
}

// flagged has the person of a case say on the telephone that he was threatened and wish to read the answer, through the services.
func (j *journey) flagged(id string) {
	j.t.Helper()
	ctx, ann := j.t.Context(), j.world.Staff(j.t, "huifang.1")
	must := func(err error) {
		j.t.Helper()
		if err != nil {
			j.t.Fatal(err)
		}
	}
	c, err := j.world.Callbacks.Claim(ctx, ann, id)
	must(err)
	_, err = j.world.Callbacks.Consent(ctx, ann, id, c.Version)
	must(err)
	for _, value := range []string{"yes", "no", "no", "yes"} { // came to the door; at night; at a wrong hour; threatened
		v, err := j.world.Callbacks.Case(ctx, ann, id)
		must(err)
		_, err = j.world.Callbacks.Answer(ctx, ann, id, callback.Reply{Item: v.Progress.Item.ID, Value: value})
		must(err)
	}
	v, err := j.world.Callbacks.Case(ctx, ann, id)
	must(err)
	for _, o := range v.Offers {
		must(j.world.Callbacks.Choose(ctx, ann, id, o.FindingID, callback.Wish{Choice: callback.ChoiceFile, ReplyBy: callback.ReplyPortal}))
	}
	v, err = j.world.Callbacks.Case(ctx, ann, id)
	must(err)
	_, err = j.world.Callbacks.LogAttempt(ctx, ann, id, v.Version, callback.Report{Code: "90", Note: "说完就不肯再讲了。"})
	must(err)
}

// TestJourneyCallSupervisor: a supervisor reads why a caller could not go on and sends the case back, takes what was found while its clocks run,
// answers the person, who reads it, and plans a programme and starts it.
func TestJourneyCallSupervisor(t *testing.T) {
	twoWays(t, func(j *journey) {
		contact := "13812340094"
		id := j.asked(contact)
		j.flagged(id)
		boss := j.signedIn("duban")
		boss.open("/staff/referrals")
		boss.says(j.word("referral.for_caller"), "林某")
		boss.press("table th a")
		boss.says("说完就不肯再讲了。", j.word("referral.apart"))
		boss.saysNot("林晓芸", caseNumber, contact)
		boss.press("main form:has(input[name=outcome])" + button)
		boss.is(http.StatusUnprocessableEntity)
		boss.pick("outcome", "back")
		boss.press("main form:has(input[name=outcome])" + button)
		boss.at("/staff/referrals")
		boss.says(j.word("referral.none"))
		boss.open("/staff/findings")
		boss.press("table th a")
		boss.says(j.word("finding.urgent"), j.in("威胁", "threat"))
		boss.saysNot("林晓芸", caseNumber)
		boss.pick("disposition", "take")
		boss.press("main form:has(input[name=disposition])" + button)
		boss.pick("disposition", "answer")
		boss.pick("result", "partly")
		reply := j.in("已经核实，说话的人向您道歉。", "It was checked, and whoever spoke so apologises.")
		boss.fill("text", reply)
		boss.press("main form:has(input[name=disposition])" + button)
		boss.is(http.StatusOK)
		person := &debtor{j.enter("debtor", phone), contact}
		person.back("/my/told")
		person.says(reply, j.word("result.partly"))
		boss.open("/staff/programmes")
		boss.follow(j.word("programme.new"))
		boss.fill("name_zh", "第四季度回访")
		boss.fill("name_en", "Fourth quarter")
		boss.pick("instrument", "treatment")
		boss.fill("share_served_respondent", "250")
		boss.press(planForm + button)
		boss.is(http.StatusUnprocessableEntity)
		boss.says(j.word("programme.share_range"))
		boss.fill("share_served_respondent", "25")
		boss.press(planForm + button)
		boss.is(http.StatusOK)
		boss.says(j.in("第四季度回访", "Fourth quarter"), j.word("programme.frame_none"))
		boss.press("main form[action$='/start']" + button)
		boss.is(http.StatusOK)
		if !boss.has("main form[action$='/stop']") {
			boss.fail("the programme does not run")
		}
	})
}

const planForm = "main form:has(input[name=name_zh])"
