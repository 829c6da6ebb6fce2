package admin_test

import (
	"testing"

	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestEnterOutage enters an outage on its page: mistakes are told at their fields with what was typed, and the entry is listed in China's time.
func TestEnterOutage(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.SignInStaff(t, "guanli")
	c.Get("/staff/admin/outages").Is(200).Says("还没有记录")
	c.Submit("#enter-outage", webtest.Fields{"kind": "down", "start": "昨天", "end": "2026-11-22 10:00"}).Is(422).Says("时间写成 2026-11-22 09:30 这样")
	if typed := c.Page.Attr("[name=start]", "value"); typed != "昨天" {
		t.Errorf("typed %q", typed)
	}
	c.Submit("#enter-outage", webtest.Fields{"kind": "down", "start": "2026-11-22T09:30", "end": "2026-11-22T08:00"}).Is(422).Says("结束要晚于开始")
	c.Submit("#enter-outage", webtest.Fields{"kind": "down", "start": "2026-11-22T09:30", "end": "2026-11-22T11:05"}).Is(200).At("/staff/admin/outages").
		Says("已经登记", "2026年11月22日", "09:30", "11:05", "管理员登记")
}
