package public_test

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/finder"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

const mainForm = "main form"

func TestFinder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := p.Browser(t)
		c.Get("/doors").Is(200).At("/find/q/topic") // nothing was answered yet
		c.Submit(mainForm, nil).Is(422).At("/find/q/topic").Says("请选一项")
		if words := c.Page.Words(); !strings.Contains(words, "第 1 个问题") || strings.Contains(words, "第 1 个问题，最多") {
			t.Error("the first question tells an upper bound that frightens")
		}
		c.Submit(mainForm, webtest.Fields{"value": "account"}).Is(200).At("/find/q/role")
		c.Submit(mainForm, webtest.Fields{"value": "unsure"}).Is(200)
		if c.Page.Path() == "/find/q/role" {
			t.Fatal("“I do not know” is asked again")
		}
		c.Get("/find/q/role").Is(200)
		if got := c.Page.Attr(".govuk-back-link", "href"); got != "/find/q/topic" {
			t.Errorf("back leads to %s", got)
		}
		if c.Page.Attr("[value=unsure]", "checked") != "" || !c.Page.Has("[value=unsure][checked]") {
			t.Error("the answer kept is not shown")
		}
		c.Get("/").Is(200).Says("接着上次填")
		c.Get("/doors").Is(200).Says("工资卡或账户被冻结、扣钱")
		c.Get("/find/q/name").Is(404) // a question of a filing, not of the finder
		c.Get("/doors").Is(200)
		c.Submit("form.plain", nil).Is(200).At("/").SaysNot("接着上次填")
		c.Get("/doors").At("/find/q/topic")
	})
}

// TestChangedAnswer: after a change of the first answer, the questions and the doors follow the new one.
func TestChangedAnswer(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.SubmitAt("/find/q/topic", mainForm, webtest.Fields{"value": "account"})
	c.Submit(mainForm, webtest.Fields{"value": "self"})
	c.SubmitAt("/find/q/before_judgment", mainForm, webtest.Fields{"value": "no"}).Is(200)
	c.SubmitAt("/find/q/topic", mainForm, webtest.Fields{"value": "sanction"}).Is(200)
	c.Get("/doors").Is(200).SaysNot("判决之前就冻结了")
	c.SubmitAt("/find/q/topic", mainForm, webtest.Fields{"value": "account"}).Is(200)
	c.Get("/doors").Is(200).Says("判决之前就冻结了")
}

// TestSignOutLeavesNothing: the next person at a borrowed telephone sees neither the answers nor the drafts.
func TestSignOutLeavesNothing(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.SignInDebtor(t, "13812346071")
	c.SubmitAt("/find/q/topic", mainForm, webtest.Fields{"value": "account"}).Is(200)
	c.Get("/my").Is(200)
	c.Submit("form[action=/signout]", nil).Is(200).At("/").SaysNot("接着上次填")
	c.Get("/my").At("/signin")
	c.Get("/doors").At("/find/q/topic")
}

// TestSignInTellsNothing: who is known and who is not look the same, and nobody is led to another host afterwards.
func TestSignInTellsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		p.SignInDebtor(t, "13812346071")
		p.Clock.Add(time.Minute)
		known, unknown := p.Browser(t), p.Browser(t)
		a := known.SubmitAt("/signin", mainForm, webtest.Fields{"contact": "13812346071"}).Is(200).Text("main")
		b := unknown.SubmitAt("/signin", mainForm, webtest.Fields{"contact": "13912346071"}).Is(200).Text("main")
		if strings.ReplaceAll(b, "139", "138") != a {
			t.Errorf("known:\n%s\nunknown:\n%s", a, b)
		}
		p.Clock.Add(time.Minute)
		known.Get("/signin?next=//evil.example/my")
		known.Submit(mainForm, webtest.Fields{"contact": "13812346071"})
		known.Submit(mainForm, webtest.Fields{"code": p.CodeFor(t, "13812346071")}).Is(200).At("/my")
		known.Get("/signin?next=/my/account").At("/my/account")
		other := p.Browser(t)
		other.Get("/signin/code").At("/signin")
		other.Submit(mainForm, webtest.Fields{"contact": "not a number"}).Is(422)
		if got := other.Page.Attr("[name=contact]", "value"); got != "not a number" {
			t.Errorf("typed was lost: %q", got)
		}
	})
}

func TestLookUp(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.SubmitAt("/lookup", mainForm, webtest.Fields{"code": "7K4M"}).Is(422).Says("8 位")
	for n := 1; n < finder.LookUps; n++ {
		c.SubmitAt("/lookup", mainForm, webtest.Fields{"code": "7K4M-92QF"}).Is(422)
		if got := c.Page.Attr("[name=code]", "value"); got != "7K4M-92QF" {
			t.Fatalf("typed was lost: %q", got)
		}
	}
	c.SubmitAt("/lookup", mainForm, webtest.Fields{"code": "7K4M-92QF"}).Is(429)
}

// TestEveryDoor opens the page of every way of the pack, in both languages, as a visitor and as somebody signed in.
func TestEveryDoor(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	visitor, debtor := p.Browser(t), p.SignInDebtor(t, "13812346071")
	visitor.Language = "en"
	pack := p.Packs.All()[len(p.Packs.All())-1]
	for _, r := range pack.Remedies {
		visitor.Get("/doors/"+r.ID).Is(200).Says(r.Plain.En, r.Name.En)
		debtor.Get("/doors/"+r.ID).Is(200).Says(r.Plain.Zh, r.Name.Zh)
	}
	for _, path := range []string{"/rules", "/privacy", "/accessibility", "/lookup"} {
		visitor.Get(path).Is(200)
		debtor.Get(path).Is(200)
	}
	visitor.Get("/doors/R00").Is(404)
}
