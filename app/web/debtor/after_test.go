package debtor_test

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// staff is a demo member of staff as an actor. login is a constant of the test.
func staff(t *testing.T, p *webtest.Portal, login string) account.Actor {
	t.Helper()
	var id string
	if err := p.DB.SQL().QueryRowContext(t.Context(), "SELECT person_id FROM staff_login WHERE login = '"+login+"'").Scan(&id); err != nil {
		t.Fatal(err)
	}
	a, err := p.Accounts.ActorOf(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// version is the version of the filing as the actor sees it now.
func version(t *testing.T, p *webtest.Portal, a account.Actor, id string) int64 {
	t.Helper()
	f, _, err := p.Filings.Get(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	return f.Version
}

// submitted files an objection and returns the browser of its debtor.
func submitted(t *testing.T, p *webtest.Portal) (c *webtest.Client, id string) {
	t.Helper()
	c, id = draft(t, p, "R01")
	checked(t, c, id)
	c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt")
	return c, id
}

func must(t *testing.T) func(filing.Filing, error) {
	return func(_ filing.Filing, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestSupplement: asked once for what is missing, the person sends a file and words, and the clock goes back to the body.
func TestSupplement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := submitted(t, p)
		desk := staff(t, p, "nanshan.lian")
		c.Get("/my/f/" + id + "/supplement").Is(200).At("/my/f/" + id + "/progress")
		must(t)(p.Reviews.Ask(t.Context(), desk, id, version(t, p, desk, id), "请补交工资账户的流水。"))
		c.Get("/my/f/"+id+"/progress").Is(200).Says("在等您补材料", "还有 3 天", "2026年11月26日", "停住了")
		c.Get("/my").Says("等您")
		c.Get("/my/f/"+id+"/supplement").Is(200).Says("请补交工资账户的流水。", "2026年11月26日")
		const words = "流水附上，每月只有工资进账。"
		c.Submit("form.measure", webtest.Fields{"kind": "evidence", "text": words, "add": "1"}).Is(422).Says("请补交工资账户的流水。", words)
		p.Clock.Add(time.Minute)
		c.Submit("form.measure", webtest.Fields{"kind": "evidence", "text": words, "add": "1", "file": webtest.File{Name: "流水.pdf", Body: pdf()}}).Is(200).Says("流水.pdf", words)
		c.Submit("form.measure", webtest.Fields{"send": "1"}).Is(200).At("/my/f/"+id+"/progress").Says("法院收到了，正在看收不收", "您补了材料")
		c.Get("/my/f/" + id + "/receipt").Is(200).Says("裁定书.pdf").SaysNot("流水.pdf")
	})
}

// TestLateBody: a body that lets its day pass is named, and the next way is drafted with one press and the facts carried over.
func TestLateBody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		_, id := submitted(t, p)
		end := calendar.NewDate(2026, 11, 26).EndUTC()
		p.Clock.Set(end.Add(-time.Second))
		if n, err := p.Filings.SweepClocks(t.Context()); err != nil || n != 0 {
			t.Fatalf("%d clocks ran out a second too early, %v", n, err)
		}
		c := p.SignInDebtor(t, contactOf(t))
		c.Get("/my/f/" + id + "/progress").Is(200).Says("今天").SaysNot("door-R36")
		p.Clock.Set(end)
		if n, err := p.Filings.SweepClocks(t.Context()); err != nil || n != 1 {
			t.Fatalf("%d clocks ran out, want 1, %v", n, err)
		}
		c.Get("/my/f/"+id+"/progress").Is(200).Says("已过 1 天", "11月26日", "已经替您写好", zh("progress.may_act"))
		c.Get("/my").Is(200).Says(zh("home.line_late", "Body", execCourt))
		c.Get("/my/f/" + id + "/progress")
		c.Follow(zh("progress.see_draft")).Is(200)
		if c.Page.Path() == "/my/f/"+id+"/progress" {
			t.Fatalf("no draft was opened: %s", c.Page.Words())
		}
		next, _, _ := strings.Cut(strings.TrimPrefix(c.Page.Path(), "/my/f/"), "/")
		c.Get("/my/f/"+next+"/check").Is(200).Says(caseNumber, execCourt)
	})
}

// TestRejected: the outcome is told with its reasons and with the next way, its last day worked out, open.
func TestRejected(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := submitted(t, p)
		desk, judge := staff(t, p, "nanshan.lian"), staff(t, p, "nanshan.shen1")
		must(t)(p.Reviews.Accept(t.Context(), desk, id, version(t, p, desk, id), "（2026）粤0305执异88号"))
		must(t)(p.Reviews.Assign(t.Context(), desk, id, version(t, p, desk, id), judge.PersonID))
		c.Get("/my/f/"+id+"/progress").Is(200).Says("法院正在审查", "法院立案了", "2026年12月8日").SaysNot("周敏")
		ruling := review.Ruling{Disposition: "rejected", Grounds: []string{"G01"}, Text: "账户里的钱不全是工资，已经留出生活费。"}
		must(t)(p.Reviews.Decide(t.Context(), judge, id, version(t, p, judge, id), ruling))
		c.Get("/my/f/" + id + "/decision").Is(404)
		c.Get("/my/f/"+id+"/progress").Is(200).Says("有决定了").SaysNot("不全是工资", "rejected")
		must(t)(p.Reviews.Serve(t.Context(), judge, id, version(t, p, judge, id), review.ServedInPerson, calendar.NewDate(2026, 11, 23)))
		c.Get("/my/f/"+id+"/decision").Is(200).Says("账户里的钱不全是工资", "2026年12月3日", "请上一级法院再看一次")
		c.Get("/my").Is(200).Says("2026年12月3日", "还有 10 天")
		c.Get("/my/f/"+id+"/progress").Is(200).Says("还有 10 天", "2026年12月3日")
		c.Submit("#door-R15 form", nil).Is(200)
		next, _, _ := strings.Cut(strings.TrimPrefix(c.Page.Path(), "/my/f/"), "/")
		c.Get("/my/f/"+next+"/check").Is(200).Says(caseNumber, "（2026）粤0305执异88号", "2026年11月23日", "广东省深圳市中级人民法院", "2026年12月3日")
	})
}
