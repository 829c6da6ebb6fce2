package e2e

import (
	"testing"

	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// TestJourneyTransfer: a court thinks another is responsible and asks it; that one declines; above both stands no court with people here, so the routing desk names it all the same. Three
// bodies, each at its own desk; the person reads every hop, and the last day never moves.
func TestJourneyTransfer(t *testing.T) {
	const asked = "广东省深圳市中级人民法院"
	twoWays(t, func(j *journey) {
		w := j.world
		who := w.Debtor(t, "13812340091")
		f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: j.lang, Token: store.NewID(), Facts: rules.Facts{
			"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
			filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("林晓芸"),
			"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。"), "moved": rules.Pick("no")}})
		if err != nil {
			t.Fatal(err)
		}
		if f, _, err = w.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
			t.Fatal(err)
		}
		due := *f.NextDueAt

		desk := j.signedIn("nanshan.lian")
		at := desk.take(f.Code())
		desk.step("handon.title")
		desk.fill("court", asked)
		desk.pick("reason", "H01")
		desk.fill("text", "案件已经提级到中级人民法院执行，措施也由它采取。")
		desk.press(mainForm + button)
		desk.says(j.word("handon.check_title"), asked)
		desk.press(mainForm + button)
		desk.at(at)
		desk.says(j.word("handon.sent"), j.word("handon.waiting"))

		other := j.signedIn("shenzhen.lian")
		other.open("/staff/offers")
		other.follow("（2024）粤0305执1234号")
		other.says("冻结工资卡", j.word("handed.take_title"))
		other.pick("reason", "D99")
		other.fill("text", "查了系统，这个案件没有提级到我院执行。")
		other.press("main form[action$='/decline'] button")
		other.at("/staff/offers")
		other.says(j.word("handed.declined_done"))

		above := j.signedIn("zhuanban")
		above.open("/staff/offers")
		above.follow("（2024）粤0305执1234号")
		above.says("查了系统，这个案件没有提级到我院执行。")
		above.pick("to", w.Directory.BodyID(t.Context(), asked))
		above.fill("text", "案件已于十月提级到中级人民法院执行。")
		above.press(mainForm + button)
		above.at("/staff/offers")
		above.says(j.word("handed.appointed"))

		d := &debtor{j.enter("debtor", phone), "13812340091"}
		d.open("/my/f/" + f.ID + "/progress")
		d.signIn()
		d.open("/my/f/" + f.ID + "/progress")
		d.says(asked, j.word("event.appoint_text"))
		var now filing.Filing
		if err := w.DB.Read(t.Context()).Where("id = ?", f.ID).Take(&now).Error; err != nil {
			t.Fatal(err)
		}
		if !now.NextDueAt.Equal(due) || w.Directory.BodyName(t.Context(), now.Owner()) != asked {
			t.Errorf("%s has it until %s, was %s", w.Directory.BodyName(t.Context(), now.Owner()), now.NextDueAt, due)
		}
	})
}
