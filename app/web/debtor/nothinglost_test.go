package debtor_test

import (
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"reliefportal/app"
	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/outage"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestNothingLostSecondClick: back from the receipt to the check page in the browser's history, and the button once more.
func TestNothingLostSecondClick(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := draft(t, p, "R01")
		checked(t, c, id)
		before := c.Page
		c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt")
		code := c.Page.Text(".code")
		c.Page = before
		c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt").Says("这次没有重复提交")
		if again := c.Page.Text(".code"); again != code {
			t.Errorf("code %s, then %s", code, again)
		}
		var filed int64
		if err := p.DB.Read(t.Context()).Table("submission").Count(&filed).Error; err != nil || filed != 1 {
			t.Errorf("%d filings, %v", filed, err)
		}
	})
}

// TestNothingLostLastSecond files a reconsideration whose ten days end with Thursday 12 November 2026: one second before midnight it is in time,
// on the next second it is late, and taken all the same with the reason given.
func TestNothingLostLastSecond(t *testing.T) {
	last := calendar.NewDate(2026, 11, 12)
	for name, tc := range map[string]struct {
		at   time.Time
		says string
	}{
		"23:59:59":         {last.EndUTC().Add(-time.Second), "没有过期"},
		"00:00:00":         {last.EndUTC(), "晚了也照样收下"},
		"a day too late":   {last.EndUTC().Add(24 * time.Hour), "晚了也照样收下"},
		"a day in advance": {last.StartUTC().Add(-time.Second), "没有过期"},
	} {
		t.Run(name, func(t *testing.T) {
			p := webtest.Start(t, storetest.SQLite(t))
			p.Clock.Set(time.Date(2026, 11, 2, 2, 0, 0, 0, time.UTC))
			p.SignInDebtor(t, contactOf(t))
			id := reconsideration(t, p)
			p.Clock.Set(tc.at.Add(-time.Minute))
			c := p.SignInDebtor(t, contactOf(t))
			c.Get("/my/f/" + id + "/check").Is(200)
			fields := webtest.Fields{"declare": "1"}
			p.Clock.Set(tc.at)
			if c.Page.Has("textarea[name=late]") {
				fields["late"] = "那几天住院。"
			}
			c.Submit(mainForm, fields).Is(200).At("/my/f/"+id+"/receipt").Says(tc.says, "2026年11月12日")
		})
	}
}

// reconsideration opens a complete R15 of the debtor of the test, served on 2 November 2026.
func reconsideration(t *testing.T, p *webtest.Portal) string {
	t.Helper()
	var person string
	if err := p.DB.Read(t.Context()).Table("person").Where("kind = ?", account.Debtor).Pluck("id", &person).Error; err != nil {
		t.Fatal(err)
	}
	who, err := p.Accounts.ActorOf(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	f, err := p.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R15", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("ruling"), "prior": rules.Pick("rejected"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("林晓芸"),
		"ruling_number": rules.Said("（2026）粤0305执异88号"), "ruling_court": rules.Said(execCourt), "ruling_served_on": rules.On(calendar.NewDate(2026, 11, 2)),
		"why_wrong": rules.Said("裁定没有回应我的流水。"), "request": rules.Said("撤销裁定。"), "stop_sale": rules.Pick("no"), "served_how": rules.Pick("post"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return f.ID
}

// TestNothingLostSignedOut lets the sign-in run out between a page and its button. After signing in again the same page is there with what was
// typed, and one press sends it.
func TestNothingLostSignedOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := draft(t, p, "R01")
		contact := contactOf(t)
		t.Run("on a question", func(t *testing.T) {
			giveCase(c)
			c.Get("/my/f/" + id + "/q/what_happened").Is(200)
			long := strings.Repeat("工资卡全部冻结，没有留生活费。", 190)
			p.Clock.Add(account.LifeOf(account.Debtor).Idle)
			c.Submit(mainForm, webtest.Fields{"value": long})
			again(t, p, c, contact).At("/my/f/" + id + "/q/what_happened").Says("您刚才填的还在")
			c.Submit(mainForm, nil).Is(200)
			if got := kept(t, p, id)["what_happened"].Text; got != long {
				t.Errorf("%d characters kept of %d", len([]rune(got)), len([]rune(long)))
			}
			c.Get("/my/f/" + id + "/q/what_happened").Is(200).SaysNot("您刚才填的还在")
		})
		t.Run("on the check page", func(t *testing.T) {
			c.Get("/my/f/" + id)
			write(t, c)
			c.Get("/my/f/" + id + "/check").Is(200)
			p.Clock.Add(account.LifeOf(account.Debtor).Idle)
			c.Submit(mainForm, webtest.Fields{"declare": "1"})
			again(t, p, c, contact).At("/my/f/" + id + "/check").Says("您刚才填的还在")
			c.Submit(mainForm, nil).Is(200).At("/my/f/" + id + "/receipt").Says("已收到您的申请")
		})
	})
}

// again signs the person of the test in on the page the portal leads to.
func again(t *testing.T, p *webtest.Portal, c *webtest.Client, contact string) *webtest.Page {
	t.Helper()
	p.Clock.Add(time.Second)
	c.Page.Is(200).At("/signin")
	c.Submit(mainForm, webtest.Fields{"contact": contact}).Is(200)
	c.Submit(mainForm, webtest.Fields{"code": p.CodeFor(t, contact)}).Is(200)
	return c.Page
}

// TestKeptFormIsForNobodyElse: on a borrowed telephone somebody else signs in next. He sees nothing of what was typed, and neither does the person
// on another device; leaving it shows the page as it is.
func TestKeptFormIsForNobodyElse(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	giveCase(c)
	page := "/my/f/" + id + "/q/what_happened"
	c.Get(page).Is(200)
	p.Clock.Add(account.LifeOf(account.Debtor).Idle)
	c.Submit(mainForm, webtest.Fields{"value": "这是我的秘密。"})
	p.Clock.Add(time.Second)
	c.SubmitAt("/signin?next="+url.QueryEscape(page), mainForm, webtest.Fields{"contact": "stranger@example.cn"}).Is(200)
	c.Submit(mainForm, webtest.Fields{"code": p.CodeFor(t, "stranger@example.cn")}).Is(404).SaysNot("秘密")
	other := p.SignInDebtor(t, contactOf(t))
	other.Get(page).Is(200).SaysNot("您刚才填的还在", "秘密")
	c.Get("/my").Is(200)
	c.Submit("header form", nil)
	p.Clock.Add(time.Second)
	c.SubmitAt("/signin?next="+url.QueryEscape(page), mainForm, webtest.Fields{"contact": contactOf(t)}).Is(200)
	c.Submit(mainForm, webtest.Fields{"code": p.CodeFor(t, contactOf(t))}).Is(200).At(page).Says("您刚才填的还在")
	c.Follow("不用了").Is(200).At(page).SaysNot("您刚才填的还在")
	if _, asked := kept(t, p, id)["what_happened"]; asked {
		t.Error("it was saved although nobody pressed the button")
	}
	var plain int64
	if err := p.DB.Read(t.Context()).Table("kept_form").Where("form_sealed LIKE ?", "%秘密%").Count(&plain).Error; err != nil || plain != 0 {
		t.Errorf("%d kept in the clear, %v", plain, err)
	}
}

// TestFaultEntersTheLedger breaks the portal under a submit (a table is gone): the person is told, the draft stays whole, and the ledger of
// outages knows when it was and which draft it struck.
func TestFaultEntersTheLedger(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t), app.WithLog(slog.New(slog.DiscardHandler)))
	c, id := draft(t, p, "R01")
	giveCase(c)
	write(t, c)
	c.Get("/my/f/" + id + "/check").Is(200)
	if _, err := p.DB.SQL().ExecContext(t.Context(), "ALTER TABLE submission RENAME TO away"); err != nil {
		t.Fatal(err)
	}
	before := kept(t, p, id)
	c.SubmitRaw(mainForm, webtest.Fields{"declare": "1"}).Is(500)
	if err := p.Outages.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := p.Outages.Latest(t.Context(), 10)
	if err != nil || len(rows) != 1 || rows[0].Kind != outage.Save || rows[0].Failures != 1 || rows[0].Drafts != 1 || !rows[0].StartedAt.Equal(p.Clock.Now()) {
		t.Errorf("the ledger: %+v, %v", rows, err)
	}
	if _, err := p.DB.SQL().ExecContext(t.Context(), "ALTER TABLE away RENAME TO submission"); err != nil {
		t.Fatal(err)
	}
	if now := kept(t, p, id); string(now.Canonical()) != string(before.Canonical()) {
		t.Error("answers changed")
	}
	c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt")
}
