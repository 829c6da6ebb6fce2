package e2e

import (
	"strings"
	"testing"

	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
)

// TestJourneyR20: a request to correct consumption limits was refused today. The decision gives the reasons and the next way with its last day; one
// press starts it with what is known, and the court above has it.
func TestJourneyR20(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), "13812342020"}
		who := j.world.Debtor(t, d.contact)
		f := j.ruled(who, "R20", rules.Facts{"topic": rules.Pick("restriction"), "restriction": rules.Picks("consumption"), "restriction_reason": rules.Picks("not_due"),
			filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("何远"), "id_number": rules.Said(""),
			"what_happened": rules.Said("没有收到过报告财产令，不是不肯付。"), "request": rules.Said("请解除限制消费。")},
			"nanshan.lian", "nanshan.shen1", review.Ruling{Disposition: "rejected", Grounds: []string{"G126"}, Text: "经查，限制消费令依法作出，已经送达，申请理由不成立。"})
		decision := "/my/f/" + f.ID + "/decision"
		d.visit(decision)
		d.signIn()
		d.at(decision)
		d.says("经查，限制消费令依法作出", j.word("decision.next"), j.day(2026, 11, 12), j.in("限制消费纠正被驳回，请上一级看", "My correction was refused, ask the court above"))
		d.press("#door-R20-up button.govuk-button, #door-R20-up form button")
		draft, _, _ := strings.Cut(strings.TrimPrefix(d.path, "/my/f/"), "/")
		draft = "/my/f/" + draft
		if strings.HasSuffix(d.path, "/case") {
			d.giveCase(caseNumber)
		}
		d.write(map[string]answer{"why_wrong": write(j.in("裁定没有回答我有没有收到报告财产令。", "The ruling does not say whether the order to report reached me.")),
			"request": write(j.in("请撤销驳回决定，解除限制消费。", "Please revoke the refusal and lift the limits."))})
		d.visit(draft + "/check")
		d.says("何远", execCourt, aboveCourt)
		code := d.file()
		d.says(aboveCourt)
		j.told(d.contact, code)
		// The person's own day is used, so nothing reminds of it any more.
		d.visit("/my/f/" + f.ID + "/progress")
		d.says(j.word("progress.head_closed"))
	})
}
