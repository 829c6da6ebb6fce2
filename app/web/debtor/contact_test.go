package debtor_test

import (
	"net/url"
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestSafeContactPages goes through every page of the profile, as a browser without JavaScript does.
func TestSafeContactPages(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.SignInDebtor(t, contactOf(t))
	c.Get("/my/account").Is(200)
	c.Follow("怎么联系您才安全").Is(200).Says("只找我本人", "所有工作日", "不要留", "快速离开")
	for _, step := range []struct {
		part   string
		fields webtest.Fields
		says   string
	}{
		{"who", webtest.Fields{"helpers": "王芳，姐姐\n\n 李明，同事 "}, "王芳，姐姐、李明，同事"},
		{"hours", webtest.Fields{"days": "3", "from": "18", "to": "20"}, "18:00 到 20:00"},
		{"machine", webtest.Fields{"value": "yes"}, "可以留“请回电话”"},
		{"work", webtest.Fields{"value": "yes"}, "可以"},
		{"neutral", webtest.Fields{"value": "yes"}, "要，看不出内容"},
		{"word", webtest.Fields{"word": "青山"}, "青山"},
		{"lang", webtest.Fields{"lang": "en"}, "English"},
		{"remind", webtest.Fields{"remind": "7"}, "提前 7 个工作日"},
		{"channels", webtest.Fields{"channels": "call"}, "短信和邮件都关着"},
	} {
		c.Get("/my/contact/" + step.part).Is(200)
		c.Submit(mainForm, step.fields).Is(200).At("/my/contact").Says(step.says)
	}
	var person string
	if err := p.DB.Read(t.Context()).Table("safe_contact").Pluck("person_id", &person).Error; err != nil {
		t.Fatal(err)
	}
	got, err := p.Contacts.Of(t.Context(), person)
	if err != nil || got.From != 18 || got.To != 20 || len(got.Days) != 1 || got.MaySend(account.Email) || got.MaySend(account.Mobile) || got.NoCalls || got.Word != "青山" || !got.Neutral() {
		t.Errorf("%+v %v", got, err)
	}
}

// TestSafeContactKeepsWhatWasTyped: what cannot be kept stays on the page, with a link to the field; an older page writes over nothing.
func TestSafeContactKeepsWhatWasTyped(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.SignInDebtor(t, contactOf(t))
	c.Get("/my/contact/hours").Is(200)
	c.Submit(mainForm, webtest.Fields{"days": "6", "from": "18", "to": "9"}).Is(422)
	if !c.Page.Has("a[href=#from]") || !c.Page.Has("option[value=18][selected]") || !c.Page.Has("input[name=days][value=6][checked]") {
		t.Errorf("what was typed is gone: %s", c.Page.Words())
	}
	c.Get("/my/contact/word").Is(200)
	token := c.Page.Attr("input[name=_csrf]", "value")
	c.Submit(mainForm, webtest.Fields{"word": "青山"}).Is(200)
	c.Post("/my/contact/word", url.Values{"_csrf": {token}, "word": {"流水"}}).Is(409).Says("刚在别处改过")
	c.Get("/my/contact").Is(200).Says("青山").SaysNot("流水")
	c.Get("/my/contact/nosuch").Is(404)
}
