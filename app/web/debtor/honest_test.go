package debtor_test

import (
	"strings"
	"testing"

	"reliefportal/app/i18n"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// zh gives the Chinese words of a key, which the tests of the words look after.
func zh(key string, kv ...any) string { return i18n.T(i18n.Chinese, key, kv...) }

// TestSecondDate: what is owed after acceptance counts from receipt, so its last day stands on the check page and on the receipt.
func TestSecondDate(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	checked(t, c, id)
	c.Page.Says("2026年12月8日").SaysNot("随时加")
	c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/"+id+"/receipt").Says("2026年11月26日", "2026年12月8日")
}

// TestDesignated: without a court the receipt says that a desk names one, never that the desk decides; once it is named, the record says which and by whom.
func TestDesignated(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	c.Submit(mainForm, webtest.Fields{"none": "1"}).Is(200)
	c.Submit("form.measure[method=post]", webtest.Fields{"unsure": "1"}).Is(200)
	write(t, c)
	for _, page := range []string{"/check", "/receipt"} {
		c.Get("/my/f/"+id+page).Is(200).Says("门径转办中心", "2026年11月24日", zh("chain.named")).SaysNot("门径转办中心立案庭", "门径转办中心执行裁判庭")
		if page == "/check" {
			c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200)
		}
	}
	c.Page.Says(zh("receipt.no_court"))
	desk := staff(t, p, "zhuanban")
	must(t)(p.Reviews.Designate(t.Context(), desk, id, version(t, p, desk, id), execCourt))
	c.Get("/my/f/"+id+"/receipt").Is(200).Says(execCourt+"立案庭").SaysNot("门径转办中心立案庭", zh("receipt.no_court"))
	c.Get("/my/f/"+id+"/progress").Is(200).Says(zh("event.designate", "Body", execCourt), "由门径转办中心的工作人员指定")
}

// TestNumberAndCourt: a number that does not fit its court, or is that of a trial, stops nobody and is told.
func TestNumberAndCourt(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	c.Submit(mainForm, webtest.Fields{"value": "（2024）粤0305民初1234号"}).Is(200).Says(zh("case.not_enforcement", "Type", "民初"))
	c.Submit(mainForm, webtest.Fields{"value": "（2024）粤9999执1号"}).Is(200).Says(zh("case.sign_unknown", "Sign", "粤9999"))
	c.Submit(mainForm, nil).Is(200).At("/my/f/" + id + "/court")
	pickNanshan := func() {
		t.Helper()
		c.Get("/my/f/" + id + "/court?q=" + "南山区").Is(200)
		c.Submit("form.measure[method=post]", webtest.Fields{"court": p.Directory.BodyID(t.Context(), execCourt)}).Is(200)
	}
	pickNanshan()
	c.Get("/my/f/" + id + "/check").Says(zh("case.sign_unknown", "Sign", "粤9999"))
	c.Get("/my/f/" + id + "/case")
	c.Submit(mainForm, webtest.Fields{"value": "（2024）粤0304执77号"}).Is(200)
	c.Submit(mainForm, webtest.Fields{"court": "other"}).Is(200)
	pickNanshan()
	c.Get("/my/f/" + id + "/check").Says(zh("case.court_differs", "Court", "深圳市福田区人民法院"))
	c.Get("/my/f/" + id + "/case")
	c.Submit(mainForm, webtest.Fields{"value": caseNumber}).Is(200)
	c.Submit(mainForm, webtest.Fields{"court": "yes"}).Is(200)
	page := c.Get("/my/f/" + id + "/check").Words()
	if strings.Contains(page, "案子换过法院的") || strings.Contains(page, "名录里没有") {
		t.Error("a number that fits its court is remarked on")
	}
}
