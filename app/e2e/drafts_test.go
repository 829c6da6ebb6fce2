package e2e

import (
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// complete opens an objection of a debtor in which everything is answered, so that it only waits to be submitted.
func complete(t testing.TB, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "moved": rules.Pick("no"), "living_left": rules.Pick("no"),
		filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("林晓芸"),
		"id_number": rules.Said(""), "act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(), "security_offer": rules.Said(""),
		"what_happened": rules.Said("工资卡全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}
