package e2e

import (
	"testing"
	"time"

	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// TestJourneyWithdraw: somebody files, thinks better of it, is told what withdrawing means, keeps the filing, and then takes it back for good.
func TestJourneyWithdraw(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), "13812340071"}
		draft := j.answered(d)
		d.open(draft + "/check")
		code := d.file()
		d.follow(j.word("receipt.progress"))
		d.at(draft + "/progress")
		d.follow(j.word("progress.withdraw"))
		d.at(draft + "/withdraw")
		d.says(j.word("withdraw.title"), execCourt)
		d.follow(j.word("withdraw.keep"))
		d.at(draft + "/progress")
		d.says(j.word("progress.head_submitted"))
		d.follow(j.word("progress.withdraw"))
		d.press(mainForm + button)
		d.at(draft + "/progress")
		d.says(j.word("withdraw.done"), j.word("progress.head_withdrawn"))
		d.saysNot(j.word("progress.add"), j.word("progress.withdraw"))
		j.told(d.contact, code)
		// What was withdrawn is read-only, by any way there is, and its receipt stands.
		d.visit(draft + "/withdraw")
		d.at(draft + "/progress")
		d.open(draft + "/add")
		d.says(j.word("papers.not_addable"))
		d.open(draft + "/receipt")
		d.says(code)
		desk := j.signedIn("nanshan.lian")
		desk.open("/staff/queue")
		desk.saysNot(code)
		desk.open("/staff/queue?tab=done")
		desk.says(code, j.word("work.withdrawn"))
	})
}

// answered opens a draft whose questions are answered already, on this or another device, signs its person in and shows the page of the papers.
func (j *journey) answered(d *debtor) (draft string) {
	d.t.Helper()
	who := j.world.Debtor(j.t, d.contact)
	f, err := j.world.Filings.Start(j.t.Context(), who, filing.StartInput{Remedy: "R01", Lang: j.lang, Token: store.NewID(), Facts: rules.Facts{
		filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("林晓芸"),
		"id_number": rules.Said(""), "act": rules.Said("冻结尾号 6071 的工资卡"), "act_served_on": rules.On(civil(2026, 10, 26)),
		"what_happened": rules.Said("账户里都是工资，没有留生活费。"), "request": rules.Said("解除对工资账户的冻结。"), "moved": rules.Pick("no"),
		"security_offer": rules.Said(""), "living_left": rules.Pick("no"), "topic": rules.Pick("account"), "role": rules.Pick("self"),
		"before_judgment": rules.Pick("no"), "prior": rules.Pick("none"), "money_kind": rules.Pick("wages"), "case_state": rules.Pick("running"),
	}})
	if err != nil {
		j.t.Fatal(err)
	}
	j.world.Time.Add(time.Minute) // so that the code asked for in the browser is the newest
	draft = "/my/f/" + f.ID
	d.visit(draft + "/papers")
	d.signIn()
	d.at(draft + "/papers")
	if j.lang == i18n.Chinese {
		d.says("每份最多 20 MB")
	}
	return draft
}
