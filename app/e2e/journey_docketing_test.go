package e2e

import (
	"net/http"
	"testing"
	"time"

	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// objects files an objection about a case, by the services: what the desk does with it is the matter of the journey.
func (j *journey) objects(contact, name, number string) filing.Filing {
	j.t.Helper()
	ctx, w := j.t.Context(), j.world
	w.Time.Add(time.Second) // so that of two codes to one contact the newer one is known
	who := w.Debtor(j.t, contact)
	who.Lang = j.lang
	f, err := w.Filings.Start(ctx, who, filing.StartInput{Remedy: "R01", Lang: j.lang, Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "moved": rules.Pick("no"), "living_left": rules.Pick("no"),
		filing.FactCaseNumber: rules.Said(number), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said(name),
		"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。"),
	}})
	if err != nil {
		j.t.Fatal(err)
	}
	if f, _, err = w.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
		j.t.Fatal(err)
	}
	return f
}

// TestJourneyDocketing: two filings of one person about one matter, and one that is about nothing the court does. The desk sees that the second may
// be the first again, takes one up, tells the other side, and refuses the third for a ground of the law with the way on.
func TestJourneyDocketing(t *testing.T) {
	twoWays(t, func(j *journey) {
		first := j.objects("13812340072", "林晓芸", caseNumber)
		second := j.objects("13812340072", "林晓芸", caseNumber)
		third := j.objects("13812340073", "黄大川", "（2025）粤0305执77号")
		desk := j.signedIn("nanshan.lian")
		desk.open("/staff/queue?tab=new")
		desk.says(first.Code(), second.Code(), third.Code(), j.in("生活费被冻结", "Living money frozen"))
		at := desk.take(second.Code())
		desk.says(j.word("hint.title"), j.word("hint.same_request"), j.word("hint.only"))
		desk.follow(first.Code())
		desk.says(first.Code())
		desk.open(at)
		desk.step("accept.title")
		desk.says(j.word("hint.same_request"))
		desk.fill("number", "（2026）粤0305执异56号")
		desk.done(at)
		desk.saysNot(j.word("hint.title"))
		j.tellOtherSide(desk, at)
		j.refuses(desk, third)
	})
}

// tellOtherSide writes the other side down, prints the notice and records that it went out: by Thursday 5 November, three days after Monday 2nd.
func (j *journey) tellOtherSide(desk *staff, at string) {
	desk.t.Helper()
	desk.step("party.title")
	desk.says(j.day(2026, 11, 5), j.word("party.none"))
	desk.press("form[action='" + at + "/parties'] button")
	desk.is(http.StatusUnprocessableEntity)
	desk.fill("name", "何家银行")
	desk.pick("role", "creditor")
	desk.press("form[action='" + at + "/parties'] button")
	desk.says("何家银行", j.word("party.untold"))
	desk.open(at + "/parties/letter")
	desk.says("何家银行", "林晓芸", "（2026）粤0305执异56号", execCourt)
	desk.open(at + "/parties")
	desk.do("choose the side", clickOn("input[name=party]"))
	desk.pick("kind", "post")
	for i, part := range date(2026, 11, 2).date {
		desk.fill([]string{"year", "month", "day"}[i], part)
	}
	desk.press("form[action='" + at + "/parties/told'] button")
	desk.says(j.day(2026, 11, 2), j.word("party.told_now"))
	desk.saysNot(j.word("party.untold"))
}

// refuses does not take a filing up: without a ground the page says so, with one it is done, and the person reads the way on once it is served.
func (j *journey) refuses(desk *staff, f filing.Filing) {
	desk.t.Helper()
	at := desk.take(f.Code())
	desk.step("refuse.title")
	reasons := j.in("针对的不是法院的执行行为，不予受理。", "This is not about an act of enforcement by the court.")
	desk.fill("text", reasons)
	desk.press(mainForm + button)
	desk.is(http.StatusUnprocessableEntity)
	desk.says(reasons)
	desk.pick("grounds", "F01")
	desk.done(at)
	desk.step("serve.title")
	desk.pick("kind", "inperson")
	for i, part := range date(2026, 11, 2).date {
		desk.fill([]string{"year", "month", "day"}[i], part)
	}
	desk.done(at)
	d := &debtor{j.enter("debtor", phone), "13812340073"}
	d.visit("/my/f/" + f.ID + "/decision")
	d.signIn()
	d.says(reasons, j.in("请上一级法院", "court above"))
}

// TestJourneySupplementDesk: the desk asks once for what is missing. Of two people one answers in time and the other does not; both filings come back
// to the desk with days of their own, and neither can be asked a second time.
func TestJourneySupplementDesk(t *testing.T) {
	twoWays(t, func(j *journey) {
		answers, silent := j.objects("13812340072", "林晓芸", caseNumber), j.objects("13812340073", "黄大川", "（2025）粤0305执77号")
		desk := j.signedIn("nanshan.lian")
		ask := j.in("请补上银行的冻结通知。", "Please send the bank's notice of the freeze.")
		for _, f := range []filing.Filing{answers, silent} {
			at := desk.take(f.Code())
			desk.step("ask.title")
			desk.says(j.day(2026, 11, 5)) // K03: three days from Monday 2 November
			desk.fill("text", ask)
			desk.done(at)
			desk.says(j.word("work.idle_waiting"))
		}
		desk.open("/staff/queue?tab=waiting")
		desk.says(answers.Code(), silent.Code())
		ctx, w := t.Context(), j.world
		who, err := w.Accounts.ActorOf(ctx, answers.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		now, _, err := w.Filings.Get(ctx, who, answers.ID)
		if err != nil {
			t.Fatal(err)
		}
		words := j.in("银行没有给我书面通知。", "The bank gave me no paper.")
		if _, err := w.Reviews.AnswerSupplement(ctx, who, now.ID, now.Version, words); err != nil {
			t.Fatal(err)
		}
		desk.take(answers.Code())
		desk.says(words)
		desk.saysNot(j.word("ask.title"))
		w.Time.Set(civil(2026, 11, 5).EndUTC().Add(time.Minute))
		if err := w.Jobs.RunNow(ctx, "filing.clocks"); err != nil {
			t.Fatal(err)
		}
		desk = j.signedIn("nanshan.lian")
		desk.open("/staff/queue?tab=waiting")
		desk.saysNot(silent.Code())
		at := desk.take(silent.Code())
		desk.saysNot(j.word("ask.title"))
		desk.step("refuse.title")
		desk.pick("grounds", "F05")
		desk.fill("text", j.in("要求补充的材料在期限内没有补齐。", "What was missing did not come in time."))
		desk.done(at)
	})
}
