package e2e

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
)

// TestJourneyReconsideration: an objection was refused. The last day of the next way can be looked up by the code, stands in the calendar, and is one
// press away. The court above upholds; when nothing is done, the person says so and finds the next request drafted.
func TestJourneyReconsideration(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), "13812341515"}
		who := j.world.Debtor(t, d.contact)
		f := j.ruled(who, "R01", rules.Facts{"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "moved": rules.Pick("no"),
			"living_left": rules.Pick("no"), "before_judgment": rules.Pick("no"), "prior": rules.Pick("none"), "money_kind": rules.Pick("wages"),
			filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("林晓芸"), "id_number": rules.Said(""),
			"act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(), "security_offer": rules.Said(""), "what_happened": rules.Said("工资卡全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。")},
			"nanshan.lian", "nanshan.shen1", review.Ruling{Disposition: "rejected", Grounds: []string{"G09"}, Text: "经查，冻结行为合法，异议理由不成立，应予驳回。"})
		d.visit("/lookup")
		d.fill("code", f.Code())
		d.press(mainForm + button)
		d.says(j.word("lookup.done"), j.day(2026, 11, 12))
		d.saysNot("林晓芸", "冻结工资卡")
		decision := "/my/f/" + f.ID + "/decision"
		d.visit(decision)
		d.signIn()
		d.says("冻结行为合法", j.day(2026, 11, 12))
		d.calendarSays("/my/f/"+f.ID+"/dates.ics", "DTSTART;VALUE=DATE:20261112", "TRIGGER:-P2DT15H", "TRIGGER:-PT15H")
		d.press("#door-R15 button.govuk-button, #door-R15 form button")
		id, _, _ := strings.Cut(strings.TrimPrefix(d.path, "/my/f/"), "/")
		draft := "/my/f/" + id
		if strings.HasSuffix(d.path, "/case") {
			d.giveCase(caseNumber)
		}
		d.write(map[string]answer{"why_wrong": write(j.in("裁定没有算我和孩子的生活费。", "The ruling did not count what my child and I live on.")),
			"request": write(j.in("请撤销裁定，解除冻结。", "Please revoke the ruling and lift the freeze."))})
		d.visit(draft + "/check")
		d.says("林晓芸", aboveCourt)
		d.file()
		above, _, err := j.world.Filings.Get(t.Context(), who, id)
		if err != nil {
			t.Fatal(err)
		}
		j.decidedBy(above, "shenzhen.lian", "shenzhen.shen1", review.Ruling{Disposition: "upheld", Grounds: []string{"G02"}, Text: "经查，没有保留生活必需的费用，撤销原裁定，解除冻结。"})
		j.world.Time.Set(time.Date(2026, 11, 10, 2, 0, 0, 0, time.UTC))
		if _, err := j.world.Filings.SweepCarried(t.Context()); err != nil {
			t.Fatal(err)
		}
		j.world.Work(t)
		d.visit(draft + "/carried")
		if strings.HasPrefix(d.path, "/signin") {
			d.signIn()
		}
		d.at(draft + "/carried")
		d.pick("done", "no")
		d.press(mainForm + button)
		d.at(draft + "/decision")
		d.says(j.word("carried.ways"), j.word("carried.no"), j.in("反映办案人员的问题", "Report how you were treated"))
		j.told(d.contact, j.in("照办", "carried out"))
		d.press("#door-R39 button.govuk-button, #door-R39 form button")
		d.visit("/my")
		d.says(j.in("反映办案人员的问题", "Report how you were treated"))
	})
}
