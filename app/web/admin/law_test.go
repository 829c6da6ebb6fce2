package admin_test

import (
	"errors"
	"net/http"
	"net/url"
	"testing"

	"reliefportal/app"
	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/directory"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

const (
	nanshan  = "深圳市南山区人民法院"
	shenzhen = "广东省深圳市中级人民法院"
)

// TestPacks leads from the list to a pack, one of its parts, what a search finds, and one remedy in full.
func TestPacks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := p.SignInStaff(t, "guanli")
		pack := p.Packs.On(calendar.Today(p.Clock))
		c.Get("/staff/admin/packs").Is(200).Says(pack.ID, "现行", pack.Title.Zh)
		at := "/staff/admin/packs/" + pack.Hash
		c.Get(at).Is(200).Says("没有查出问题", "执行行为异议", "《民事诉讼法》第236条", "对过原文")
		c.Get(at+"?part=routes").Is(200).Says("B02", "立案庭", "《执行异议和复议规定》第11条")
		c.Get(at+"?part=clocks").Is(200).Says("K05", "10 天", "管申请人")
		c.Get(at + "?part=questions").Is(200).Says(pack.Finder[0].Title.Zh)
		c.Get(at + "?part=sources").Is(200).Says("SHA-256")
		// A phrase of an article, in Chinese; two words, in English, on a Chinese page; nothing.
		c.Get(at+"?q="+url.QueryEscape("十五日内审查")).Is(200).Says("K04", "有 ").SaysNot("K05")
		c.Get(at + "?q=" + url.QueryEscape("reconsideration above K05")).Is(200).Says("K05")
		c.Get(at+"?q="+url.QueryEscape("没有这样的话")).Is(200).Says("有 0 处", "这里没有内容")
		c.Get(at+"/r/R15").Is(200).Says("K05", "B08", "写明结果的实例", "对得上", "《民事诉讼法》第236条").SaysNot("对不上")
		for _, gone := range []string{"/staff/admin/packs/0123", at + "/r/R999"} {
			c.GetRaw(gone).Is(http.StatusNotFound)
		}
	})
}

// TestPacksAreForAdministrators: nobody else finds any of these pages.
func TestPacksAreForAdministrators(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.SignInStaff(t, "nanshan.lian")
	for _, path := range []string{"/staff/admin/packs", "/staff/admin/rehearse", "/staff/admin/courts", "/staff/admin/courts/" + directory.IDOf(nanshan)} {
		c.GetRaw(path).Is(http.StatusNotFound)
	}
}

// TestRehearsal replays a pack that is not in force yet: the page names the receipt code and the change, and nothing the person said.
func TestRehearsal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := apptest.PackDir(t, "2027-02-x", "2027-02-01",
			apptest.Edit{File: "clocks.yaml", Old: "title: {zh: 立案庭决定收不收, en: Decide whether to accept the filing}\n    length: 3 day",
				New: "title: {zh: 立案庭决定收不收, en: Decide whether to accept the filing}\n    length: 4 day"})
		p := webtest.Start(t, db, func(a *app.App) { a.Config.PacksDir = dir })
		who := debtor(t, p, "13800006071")
		f, err := p.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
			"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"),
			filing.FactExecCourt: rules.Said(nanshan), filing.FactApplicant: rules.Said("林晓芸"), "act": rules.Said("冻结工资卡"),
			"what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。"), "moved": rules.Pick("no")}})
		if err != nil {
			t.Fatal(err)
		}
		if f, _, err = p.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
			t.Fatal(err)
		}
		c := p.SignInStaff(t, "guanli")
		c.Get("/staff/admin/rehearse").Is(200).Says("2027-02-x").SaysNot("走了")
		c.Get("/staff/admin/rehearse?n=0").Is(http.StatusUnprocessableEntity).Says("请填 1 到 500 的整数")
		all := p.Packs.All()
		page := c.Get("/staff/admin/rehearse?n=10&pack=" + all[len(all)-1].Hash).Is(200)
		page.Says("走了 1 件，1 件会变", f.Code(), "期限 K01 的最后一天").SaysNot("林晓芸", "1234号", "冻结")
	})
}

// debtor signs somebody in by a code, without pages.
func debtor(t *testing.T, p *webtest.Portal, contact string) account.Actor {
	t.Helper()
	if err := p.Accounts.RequestCode(t.Context(), contact, "browser", "zh-Hans"); err != nil {
		t.Fatal(err)
	}
	person, err := p.Accounts.VerifyCode(t.Context(), contact, p.CodeFor(t, contact), "browser")
	if err != nil {
		t.Fatal(err)
	}
	actor, err := p.Accounts.ActorOf(t.Context(), person.ID)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// TestCourts finds a court, gives it another division from a day on, and confirms and corrects its procuratorate; every change is on record.
func TestCourts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := p.SignInStaff(t, "guanli")
		c.Get("/staff/admin/courts").Is(200).Says("最高人民法院")
		c.Follow("后 25 件").Is(200).SaysNot("最高人民法院 最高")
		c.Get("/staff/admin/courts?q=" + url.QueryEscape("没有这个法院名")).Is(200).Says("没有找到")
		c.Get("/staff/admin/courts?q=" + url.QueryEscape("深圳南山")).Is(200)
		c.Follow(nanshan).Is(200).Says("基层", shenzhen, "立案庭", "深圳市南山区人民检察院", "已有人核对")
		at := c.Page.Path()
		c.Submit("#set-division", webtest.Fields{"kind": "review"}).Is(http.StatusUnprocessableEntity).Says("还没有写名称")
		c.Submit("#set-division", webtest.Fields{"kind": "review", "name": "执行裁判二庭", "year": "2026", "month": "2", "day": "30"}).
			Is(http.StatusUnprocessableEntity)
		if typed := c.Page.Attr("#name", "value"); typed != "执行裁判二庭" {
			t.Errorf("typed name is now %q", typed)
		}
		c.Submit("#set-division", webtest.Fields{"year": "2026", "month": "12", "day": "1"}).Is(200).At(at).Says("执行裁判二庭", "还没开始", "2026年12月1日", "2026年11月30日")
		// The same kind for an earlier day is refused with the day that is set already.
		c.Submit("#set-division", webtest.Fields{"kind": "review", "name": "执行裁判三庭", "year": "2026", "month": "11", "day": "30"}).
			Is(http.StatusUnprocessableEntity).Says("2026年12月1日")
		c.Get(at)
		c.Get("/staff/admin/courts?q=" + url.QueryEscape("深圳福田")).Is(200)
		c.Follow("深圳市福田区人民法院").Is(200).Says("还没有人核对")
		other := c.Page.Path()
		c.Submit("#confirm-procuratorate", nil).Is(200).At(other).Says("已有人核对").SaysNot("还没有人核对")
		c.Get(at)
		c.Submit("#correct-procuratorate", webtest.Fields{"organ": "深圳市南山区法院"}).Is(http.StatusUnprocessableEntity).Says("检察院")
		c.Submit("#correct-procuratorate", webtest.Fields{"organ": "深圳市前海人民检察院"}).Is(200).At(at).Says("深圳市前海人民检察院")
		events, err := audit.List(t.Context(), db, audit.Subject{Type: "body", ID: directory.IDOf(nanshan)})
		confirmed, err2 := audit.List(t.Context(), db, audit.Subject{Type: "body", ID: directory.IDOf("深圳市福田区人民法院")})
		events, err = append(events, confirmed...), errors.Join(err, err2)
		kinds := map[string]int{}
		for _, e := range events {
			if e.Actor.Role == "admin" {
				kinds[e.Kind]++
			}
		}
		if err != nil || kinds["directory.division_set"] != 1 || kinds["directory.procuratorate_set"] != 2 {
			t.Errorf("on record: %v, %v", kinds, err)
		}
		c.GetRaw("/staff/admin/courts/" + store.NewID()).Is(http.StatusNotFound)
		c.GetRaw("/staff/admin/courts/" + p.Directory.RoutingDesk()).Is(http.StatusNotFound)
	})
}
