package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
)

// invited puts a person on the list of those to be asked, and gives the path of his link.
func invited(t *testing.T, p *webtest.Portal) (link string, who account.Actor) {
	t.Helper()
	p.SignInDebtor(t, "13800006071")
	var person string
	db := p.DB.Read(t.Context())
	if err := db.Table("person").Where("kind = 'debtor'").Pluck("id", &person).Error; err != nil || person == "" {
		t.Fatalf("nobody signed in: %v", err)
	}
	who = account.Actor{PersonID: person, Kind: account.Debtor, Lang: "zh-Hans"}
	f, err := p.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		filing.FactApplicant: rules.Said("林晓芸"), filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said("深圳市南山区人民法院")}})
	if err != nil {
		t.Fatal(err)
	}
	pack, now := p.Packs.On(calendar.Today(p.Clock)), p.Clock.Now()
	body := p.Directory.BodyID(t.Context(), "深圳市南山区人民法院")
	c := callback.Case{ID: store.NewID(), FilingID: f.ID, PersonID: person, BodyID: body, Kind: "treatment", Party: rules.Respondent, Reason: "served", Instrument: "treatment",
		PackHash: pack.Hash, Lang: "zh-Hans", Status: callback.Open, Version: 1, DueAt: now, CloseBy: now.AddDate(0, 0, 15), ByPhone: true, CreatedAt: now, UpdatedAt: now}
	if err := p.DB.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Create(&c).Error }); err != nil {
		t.Fatal(err)
	}
	var caller string
	if err := db.Table("staff_login").Where("login = 'huifang.1'").Pluck("person_id", &caller).Error; err != nil {
		t.Fatal(err)
	}
	actor, err := p.Accounts.ActorOf(t.Context(), caller)
	if err != nil {
		t.Fatal(err)
	}
	address, err := p.Callbacks.Invite(t.Context(), actor, c.ID, callback.BySheet)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(address, webtest.Base), who
}

// TestSelfCompletionLink is the link as a browser without JavaScript sees it; the service's own test of this name goes through the rules.
func TestSelfCompletionLink(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	link, _ := invited(t, p)
	for _, lang := range []string{"zh-CN", "en"} { // a mail scanner, in whichever language
		scanner := p.Browser(t)
		scanner.Language = lang
		page := scanner.Get(link).Is(http.StatusOK).SaysNot("林晓芸", "林某", "粤0305", "南山")
		if page.Header.Get("Cache-Control") != "no-store" || page.Header.Get("Referrer-Policy") != "same-origin" || scanner.Cookie("__Host-survey") != "" {
			t.Errorf("headers: %v", page.Header)
		}
	}
	c := p.Browser(t)
	c.Get(link).Is(200).Says(i18n.T("zh-Hans", "survey.start"))
	c.Submit("form[action='"+link+"']", nil).Is(200).At("/survey").Says("索要钱").SaysNot("林晓芸", "粤0305", link)
	const item = "main form.measure"
	c.Submit(item, nil).Is(http.StatusUnprocessableEntity).Says(i18n.T("zh-Hans", "callback.answer_missing"))
	c.Submit(item, webtest.Fields{"value": "yes", "text": "他叫我转两千"}).Is(200).Says("我能把自己的情况说清楚")
	code := c.Page.Text("main p .code")
	c.Get(link).Is(200).At("/survey") // the same browser goes on
	other := p.Browser(t)
	other.Language = "en"
	other.Get(link).Is(200).Says(i18n.T("en", "survey.started"))
	other.Submit("form[action='"+link+"/code']", webtest.Fields{"code": "AAAA-BBBB"}).Is(http.StatusUnprocessableEntity).Says(i18n.T("en", "survey.code_wrong"))
	other.Submit("form[action='"+link+"/code']", webtest.Fields{"code": code}).Is(200).At("/survey").Says("I could tell my side")
	c.Get("/survey").Is(http.StatusGone)
	for range 5 {
		other.Submit(item, webtest.Fields{"value": "3"}).Is(200)
	}
	other.Submit(item, webtest.Fields{"text": "I do not want to live, they want to die"}).Is(200).At("/survey/care").Says("110", "12356")
	other.Follow(i18n.T("en", "care.go_on")).Is(200).At("/survey/offer")
	for range 2 { // asked for money, and the words of harm
		other.Submit(item, nil).Is(http.StatusUnprocessableEntity)
		other.Submit(item, webtest.Fields{"choice": "call", "reply": "none"}).Is(200)
	}
	other.Page.At("/survey/end")
	other.Submit("main form", nil).Is(200).At("/survey/thanks")
	other.Get(link).Is(200).Says(i18n.T("en", "survey.done"))
	other.GetRaw("/s/" + strings.Repeat("A", 43)).Is(http.StatusGone)
}

// TestNeverAgain: the page itself offers it, and then nothing more is asked over any channel.
func TestNeverAgain(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	link, who := invited(t, p)
	c := p.Browser(t)
	c.Get(link)
	c.Submit("form[action='"+link+"/never']", nil).Is(200).At("/survey/thanks").Says(i18n.T("zh-Hans", "survey.refused_title"))
	c.Get(link).Is(200).Says(i18n.T("zh-Hans", "survey.stopped_title"))
	stopped, err := p.Callbacks.IsStopped(p.DB.Read(t.Context()), who.PersonID)
	if err != nil || !stopped {
		t.Errorf("stopped %t: %v", stopped, err)
	}
	token := c.Get("/lookup").Attr("[name=_csrf]", "value")
	c.Post(link, url.Values{kit.CSRFField: {token}}).Is(http.StatusConflict)
}

// TestOwnQuestionnaire: whoever signs in needs no link, and nobody else's questionnaire is his.
func TestOwnQuestionnaire(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	invited(t, p)
	mine := p.SignInDebtor(t, "13800006071")
	mine.Get("/my/told").Is(200).Says(i18n.T("zh-Hans", "told.ask"))
	mine.Submit("form[action='/survey/own']", nil).Is(200).At("/survey").Says("索要钱")
	other := p.SignInDebtor(t, "13800006072")
	other.Get("/my/told").Is(200).SaysNot(i18n.T("zh-Hans", "told.ask"))
	token := other.Page.Attr("[name=_csrf]", "value")
	other.Post("/survey/own", url.Values{kit.CSRFField: {token}}).Is(http.StatusGone)
}
