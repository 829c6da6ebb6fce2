package debtor_test

import (
	"testing"

	"reliefportal/app/appraisal"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/money"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestAppraisal: without a list the page says so and keeps what was typed; with one a fee above it is told, and one press opens the objection
// with the facts in words.
func TestAppraisal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		say := func(key string, kv ...any) string { return i18n.T(i18n.Chinese, key, kv...) }
		c := p.SignIn(t, contactOf(t))
		c.Get("/my/appraisal/result").Is(200).At("/my/appraisal")
		c.Submit(mainForm, webtest.Fields{"kind": "home", "institution": "例评估", "value": "80万", "fee_unsure": "1"}).Is(422).Says("例评估", "80万")
		c.Submit(mainForm, webtest.Fields{"kind": "home", "institution": "例评估", "value": "800000", "fee": "4000.01", "price1": "1000000", "where1": "同小区成交"}).Is(200).At("/my/appraisal/result")
		c.Page.Says(say("appraisal.fee_no_list"), say("appraisal.say_below", "N", 1, "All", 1), say("appraisal.lower", "N", 20))
		list := appraisal.Price{Kind: appraisal.Home, Bands: []appraisal.Band{{Rate: 500}}, Source: "test list", From: calendar.DateOf(p.Clock.Now())}
		if err := p.Appraisals.AddPrice(t.Context(), p.Staff(t, "guanli"), list); err != nil {
			t.Fatal(err)
		}
		c.Get("/my/appraisal/result").Is(200).Says(say("appraisal.fee_above", "Over", money.Fen(1).String()), "test list")
		c.Submit("#appraisal", webtest.Fields{"text": "", "ask": "请说明"}).Is(422).Says(say("assets.text_empty"), "请说明")
		c.Submit("#appraisal", webtest.Fields{"text": "canary-words", "ask": "请说明"}).Is(200)
		f, _, err := p.Filings.Mine(t.Context(), p.Debtor(t, contactOf(t)), filing.Cursor{})
		if err != nil || len(f) != 1 || f[0].Remedy != "R09" {
			t.Fatalf("%v, %v", f, err)
		}
		c.Get("/my/f/" + f[0].ID + "/q/what_happened").Is(200).Says("canary-words")
		p.SignInStaff(t, "duban").Get("/my/appraisal").Is(404)
	})
}
