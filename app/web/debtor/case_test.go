package debtor_test

import (
	"net/url"
	"testing"

	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// kept is what a draft holds now.
func kept(t *testing.T, p *webtest.Portal, id string) rules.Facts {
	t.Helper()
	var person string
	if err := p.DB.SQL().QueryRowContext(t.Context(), "SELECT person_id FROM filing WHERE id = '"+id+"'").Scan(&person); err != nil {
		t.Fatal(err)
	}
	a, err := p.Accounts.ActorOf(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	_, facts, err := p.Filings.Get(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func TestCaseNumber(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	cases := []struct {
		name   string
		typed  []webtest.Fields // one for each press of the button
		at     string           // the page it leads to; "" is the first question
		number string           // as kept; "" is "I do not know"
		court  string           // as kept; "" is "I do not know"
	}{
		{"full width", []webtest.Fields{{"value": "（２０２４）粤０３０５执１２３４号"}, {"court": "yes"}}, "", caseNumber, execCourt},
		{"half width with spaces", []webtest.Fields{{"value": "(2024) 粤0305 执1234"}, {"court": "yes"}}, "", caseNumber, execCourt},
		{"no seal", []webtest.Fields{{"value": caseNumber}, {"court": "unsure"}}, "", caseNumber, ""},
		{"another court", []webtest.Fields{{"value": caseNumber}, {"court": "other"}}, "court", caseNumber, ""},
		{"changed before confirming", []webtest.Fields{{"value": caseNumber}, {"value": "（2024）粤0304执77号", "court": "yes"}, {"court": "yes"}}, "",
			"（2024）粤0304执77号", "深圳市福田区人民法院"},
		{"old number", []webtest.Fields{{"value": "(2012)泰姜执字0491-1号"}, {}}, "court", "（2012）泰姜执字0491-1号", ""},
		{"no number", []webtest.Fields{{"none": "1"}}, "court", "", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c, id := draft(t, p, "R01")
			for _, fields := range tc.typed {
				c.Submit(mainForm, fields).Is(200)
			}
			if tc.at != "" {
				c.Page.At("/my/f/" + id + "/" + tc.at)
			} else if c.Page.Path() == "/my/f/"+id+"/case" {
				t.Fatalf("still at the case: %s", c.Page.Words())
			}
			facts := kept(t, p, id)
			if got := facts[filing.FactCaseNumber]; got.Text != tc.number || got.Unsure != (tc.number == "") {
				t.Errorf("number kept: %+v", got)
			}
			if got := facts[filing.FactExecCourt]; got.Text != tc.court {
				t.Errorf("court kept: %+v", got)
			}
		})
	}
}

// TestCourtPick names another court than the number does, by a search.
func TestCourtPick(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	c.Submit(mainForm, webtest.Fields{"value": caseNumber})
	c.Submit(mainForm, webtest.Fields{"court": "other"}).At("/my/f/" + id + "/court")
	c.Get("/my/f/"+id+"/court?q="+url.QueryEscape("福田法院")).Is(200).Says("深圳市福田区人民法院", "广东省深圳市中级人民法院")
	c.Submit("form.measure[method=post]", nil).Is(422)
	c.Submit("form.measure[method=post]", webtest.Fields{"court": p.Directory.BodyID(t.Context(), "深圳市福田区人民法院")}).Is(200)
	if facts := kept(t, p, id); facts[filing.FactExecCourt].Text != "深圳市福田区人民法院" || facts[filing.FactCaseNumber].Text != caseNumber {
		t.Fatalf("kept %+v", facts)
	}
	c.Get("/my/f/" + id + "/court?q=" + url.QueryEscape("没有这个地方")).Is(200)
	c.Submit("form.measure[method=post]", webtest.Fields{"unsure": "1"}).Is(200)
	if facts := kept(t, p, id); !facts[filing.FactExecCourt].Unsure {
		t.Fatalf("kept %+v", facts[filing.FactExecCourt])
	}
}

// TestOthersDraft: somebody else's draft looks like one that does not exist, on every page and for every form.
func TestOthersDraft(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	_, id := draft(t, p, "R01")
	stranger := p.SignInDebtor(t, "stranger@example.cn")
	for _, page := range []string{"", "/case", "/court", "/q/name", "/papers", "/check", "/receipt", "/receipt.pdf", "/progress", "/supplement", "/decision", "/withdraw", "/remove"} {
		nobodys := stranger.GetRaw("/my/f/00000000-0000-4000-8000-000000000000" + page)
		if got := stranger.GetRaw("/my/f/" + id + page); got.Status != 404 || got.Status != nobodys.Status {
			t.Errorf("%q answers %d, one that is not there %d", page, got.Status, nobodys.Status)
		}
	}
}
