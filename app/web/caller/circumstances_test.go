package caller_test

import (
	"testing"

	"reliefportal/app/callback"
	"reliefportal/app/rules"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestToldCircumstances: what somebody told a caller of his circumstances, and agreed to have used, stands on his page for changes, ticked where the page
// asks the same; he may untick it, and nothing is kept before he goes on.
func TestToldCircumstances(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	person, ctx := debtor(t, p, phone), t.Context()
	f := served(t, p, person)
	must(t, p.Callbacks.Happened(ctx, callback.Event{Kind: rules.EventHalfYear, FilingID: f.ID}))
	var id string
	must(t, p.DB.Read(ctx).Table("callback_case").Where("filing_id = ?", f.ID).Pluck("id", &id).Error)
	at(t, p, callingDay)
	who := staff(t, p, centreLogin)
	one, err := p.Callbacks.Claim(ctx, who, id)
	must(t, err)
	_, err = p.Callbacks.Consent(ctx, who, id, one.Version)
	must(t, err)
	for item, value := range map[string]string{"C1": "none", "C2": "no", "C3": "yes", "C4": "no"} {
		_, err = p.Callbacks.Answer(ctx, who, id, callback.Reply{Item: item, Value: value})
		must(t, err)
	}
	_, err = p.Callbacks.Answer(ctx, who, id, callback.Reply{Item: "C6", Value: "yes"})
	must(t, err)
	c := p.SignInDebtor(t, phone)
	ticked := func() (out []string) {
		for _, box := range c.Page.All("[name=kinds][checked]") {
			for _, a := range box.Attr {
				if a.Key == "value" {
					out = append(out, a.Val)
				}
			}
		}
		return out
	}
	c.Get("/my/changed").Is(200).Says("2026年11月24日", "收入少了、失业", "添了孩子，或要照顾老人")
	if got := ticked(); len(got) != 2 || got[0] != "income" || got[1] != "job" {
		t.Errorf("ticked: %v", got)
	}
	if _, changing, err := p.Means.Changing(ctx, person); err != nil || changing {
		t.Errorf("something is kept before he goes on: %v", err)
	}
	c.Submit("main form", webtest.Fields{"kinds": []string{}}).Is(422)
	if got := ticked(); len(got) != 0 {
		t.Errorf("he unticked all, and %v is ticked again", got)
	}
	other := p.SignInDebtor(t, "13800006072")
	other.Get("/my/changed").Is(200).SaysNot("收入少了、失业")
}
