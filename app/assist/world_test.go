package assist_test

import (
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// reviewerSince is a day before every world begins.
var reviewerSince = calendar.NewDate(2026, 10, 1)

const (
	phone = "13800138000"
	court = "深圳市南山区人民法院"
)

func each(t *testing.T, body func(t *testing.T, w *apptest.World)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { body(t, apptest.New(t, db)) })
}

// staff is a demo person in a signed-in session of his own.
func staff(t *testing.T, w *apptest.World, login string) account.Actor {
	t.Helper()
	a := w.Staff(t, login)
	a.SessionID = "browser of " + login
	return a
}

// draft is a draft of the debtor with every answer an R01 needs.
func draft(t *testing.T, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Facts: answers(), Lang: "zh-Hans", Token: store.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func answers() rules.Facts {
	return rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said(court),
		filing.FactApplicant: rules.Said("林晓芸"), "id_number": rules.Said(""), "act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(),
		"what_happened": rules.Said("工资卡全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。"), "living_left": rules.Pick("no"),
		"security_offer": rules.Said(""), "moved": rules.Pick("no"),
	}
}

// key is what an error says: its own key, or that of its first field; "not found" for what is not there.
func key(err error) string {
	e, ok := fail.As(err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return err.Error()
	case e.Kind == fail.KindNotFound:
		return "not found"
	case len(e.Fields) > 0:
		return e.Fields[0].Key
	}
	return e.Key
}
