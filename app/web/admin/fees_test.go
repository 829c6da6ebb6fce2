package admin_test

import (
	"testing"

	"reliefportal/app/i18n"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestFees: no list is known at first; a row needs a source, keeps what was typed, and is ended, never edited. Only an administrator sees it.
func TestFees(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		say := func(key string) string { return i18n.T(i18n.Chinese, key) }
		c := p.SignInStaff(t, "guanli")
		c.Get("/staff/admin/fees").Is(200).Says(say("fees.none"))
		row := webtest.Fields{"kind": "home", "region": "例市", "year": "2026", "month": "1", "day": "2", "upto1": "1000000", "rate1": "4.5", "fixed2": "300"}
		c.Submit("#add-fee", row).Is(422).Says(say("appraisal.source_missing"))
		if !c.Page.Has("input[name=region][value='例市']") {
			t.Error("what was typed is not kept")
		}
		row["source"] = "test list"
		c.Submit("#add-fee", row).Is(200).At("/staff/admin/fees").Says("test list", "4.50‰", "¥300.00", say("fees.added"))
		c.Submit("form[action=/staff/admin/fees/end]", webtest.Fields{"last": "2026-01-01"}).Is(422).Says(say("appraisal.end_bad"))
		c.Submit("form[action=/staff/admin/fees/end]", webtest.Fields{"last": "2026-02-01"}).Is(200).Says(say("fees.ended"))
		if c.Page.Has("form[action=/staff/admin/fees/end]") {
			t.Error("an ended row can be ended again")
		}
		p.SignInStaff(t, "duban").Get("/staff/admin/fees").Is(404)
	})
}
