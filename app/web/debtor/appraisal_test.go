package debtor_test

import (
	"strings"
	"testing"

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
		c := p.SignInDebtor(t, contactOf(t))
		c.Get("/my/appraisal/result").Is(200).At("/my/appraisal")
		c.Submit(mainForm, webtest.Fields{"kind": "home", "institution": "例评估", "value": "80万", "fee": "1"}).Is(422)
		if !c.Page.Has("input[name=institution][value='例评估']") || !c.Page.Has("input[name=value][value='80万']") {
			t.Error("what was typed is not kept")
		}
		c.Submit(mainForm, webtest.Fields{"kind": "home", "institution": "例评估", "value": "800000", "fee": "4000.01", "price1": "1000000", "where1": "同小区成交"}).Is(200).At("/my/appraisal/result")
		c.Page.Says(say("appraisal.fee_no_list"), say("appraisal.say_below", "N", 1, "All", 1), say("appraisal.lower", "N", 20))
		admin := p.SignInStaff(t, "guanli")
		admin.Get("/staff/admin/fees").Is(200)
		admin.Submit("#add-fee", webtest.Fields{"kind": "home", "source": "test list", "year": "2026", "month": "1", "day": "1", "rate1": "5"}).Is(200)
		c.Get("/my/appraisal/result").Is(200).Says(say("appraisal.fee_above", "Over", money.Fen(1).String()), "test list")
		c.Submit("#appraisal", webtest.Fields{"text": "", "ask": "请说明"}).Is(422).Says(say("assets.text_empty"), "请说明")
		c.Submit("#appraisal", webtest.Fields{"text": "canary-words", "ask": "请说明"}).Is(200)
		id, _, _ := strings.Cut(strings.TrimPrefix(c.Page.Path(), "/my/f/"), "/")
		var remedy string
		if err := db.Read(t.Context()).Table("filing").Where("id = ?", id).Pluck("remedy", &remedy).Error; err != nil || remedy != "R09" {
			t.Fatalf("%q drafts %q, %v", c.Page.Path(), remedy, err)
		}
		c.Get("/my/f/" + id + "/q/what_happened").Is(200).Says("canary-words")
		p.SignInStaff(t, "duban").Get("/my/appraisal").Is(404)
	})
}
