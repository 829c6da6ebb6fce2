package debtor_test

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestRestrictionPages: noted on three pages, asked about after its day, and the request is drafted with the facts filled in.
func TestRestrictionPages(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.SignInDebtor(t, contactOf(t))
	c.Get("/my").Is(200)
	c.Follow("我的限制").Is(200).Says("还没有记下的")
	c.Follow("记下一项").Is(200)
	c.Submit(mainForm, nil).Is(422).Says("请选一项")
	c.Submit(mainForm, webtest.Fields{"value": "list"}).Is(200).Says("为什么它应当结束了")
	c.Submit(mainForm, webtest.Fields{"value": "paid"}).Is(200).Says("哪天还清的")
	c.Submit(mainForm, webtest.Fields{"year": "2026", "month": "12", "day": "31"}).Is(422)
	c.Submit(mainForm, webtest.Fields{"year": "2026", "month": "11", "day": "20"}).Is(200).Says("法院的公开名单", "zxgk.court.gov.cn", "第10条", "11月25日")
	here := c.Page.Path()
	c.Submit(mainForm, webtest.Fields{"seen": "still"}).Is(200).Says("应当结束的日子还没到").SaysNot("看写好的申请")
	p.Clock.Set(time.Date(2026, 11, 26, 2, 0, 0, 0, time.UTC))
	c = p.SignInDebtor(t, contactOf(t))
	c.Get(here).Is(200)
	c.Submit(mainForm, webtest.Fields{"seen": "still"}).Is(200).Says("看写好的申请")
	c.Submit(mainForm, webtest.Fields{"seen": "still"}).Is(200)
	draft := c.Page.Attr("a.govuk-button", "href")
	c.Get(draft+"/q/what_happened").Is(200).Says("2026年11月20日", "2026年11月25日")
	c.Get("/my").Is(200)
	if n := strings.Count(c.Page.Words(), "上次保存"); n != 1 {
		t.Errorf("%d drafts, want 1: %s", n, c.Page.Words())
	}
	c.Get(here)
	c.Submit(mainForm, webtest.Fields{"seen": "gone"}).Is(200).Says("您看过，它已经不在了")
	c.Get("/my/restrictions").Is(200).Says("不在了")
}
