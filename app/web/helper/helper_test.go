package helper_test

import (
	"net/http"
	"strings"
	"testing"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

const (
	contact = "13812346071"
	toCode  = "form[action='/staff/assist']"
	begin   = "#begin"
)

// begun signs the helper in and opens a session with the person, who reads out the code.
func begun(t *testing.T, p *webtest.Portal, login string) *webtest.Client {
	t.Helper()
	c := p.SignInStaff(t, login)
	c.SubmitAt("/staff/assist", toCode, webtest.Fields{"contact": contact, "how": "phone"}).Is(200).Says("138 **** 6071", "请念给我听")
	c.Submit("form[action='/staff/assist/code']", webtest.Fields{"code": p.CodeFor(t, contact)}).Is(200).At("/staff/assist/session")
	return c
}

// filled answers every question of the draft until the page of papers, and gives the id of the draft.
func filled(t *testing.T, c *webtest.Client) (id string) {
	t.Helper()
	id, _, _ = strings.Cut(strings.TrimPrefix(c.Page.Path(), "/my/f/"), "/")
	answers := map[string]string{"name": "林晓芸", "act": "冻结工资卡", "what_happened": "工资卡全部冻结。", "request": "解除冻结。"}
	for range 40 {
		path := c.Page.Path()
		switch {
		case strings.HasSuffix(path, "/case"):
			c.Submit("main form", webtest.Fields{"value": "（2024）粤0305执1234号"}).Is(200)
			c.Submit("main form", webtest.Fields{"court": "yes"}).Is(200)
		case strings.HasSuffix(path, "/court"):
			t.Fatal("the court follows from the case number")
		case strings.Contains(path, "/q/"):
			_, q, _ := strings.Cut(path, "/q/")
			c.Submit("main form", fill(c, answers[q])).Is(200)
		default:
			return id
		}
	}
	t.Fatal("the draft asks more than 40 questions")
	return ""
}

// fill gives the question on the page a value, or says that the person does not know.
func fill(c *webtest.Client, value string) webtest.Fields {
	switch {
	case value != "":
		return webtest.Fields{"value": value}
	case c.Page.Has("input[name=value][value=unsure]"):
		return webtest.Fields{"value": "unsure"}
	case c.Page.Has("[name=unsure]"):
		return webtest.Fields{"unsure": "1"}
	case c.Page.Has("input[type=radio][name=value]"):
		return webtest.Fields{"value": c.Page.Attr("input[type=radio][name=value]", "value")}
	}
	return nil
}

func TestHelpOnTheTelephone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := begun(t, p, "bangzhu.1")
		c.Submit(begin, webtest.Fields{"remedy": "R01"}).Is(200).Says("正在替当事人填写")
		id := filled(t, c)
		c.Get("/my/f/"+id+"/check").Is(200).At("/my/f/"+id+"/readback").Says("念给他听", "由深圳法律援助热线的工作人员代填", "林晓芸")
		c.Submit("main form", nil).Is(http.StatusUnprocessableEntity).Says("请选一种")
		c.Submit("main form", webtest.Fields{"made": "oral"}).Is(200).At("/my/f/" + id + "/receipt")
		code := c.Page.Text(".code")
		c.Get("/my").Is(200).At("/staff/assist/session").Says(code, "回执会发到他自己的手机或邮箱")
		if c.GetRaw("/my/f/"+id+"/receipt.pdf").Status != 200 {
			t.Error("the receipt cannot be printed")
		}
		for _, shut := range []string{"/my/account", "/my/f/" + id + "/withdraw", "/my/contact"} {
			c.Get(shut).Is(http.StatusNotFound)
		}
		c.SubmitAt("/staff/assist/session", "form[action='/staff/assist/end']", nil).Is(200).At("/staff/assist").Says("代填结束了")
		c.Get("/my/f/" + id + "/receipt").Is(http.StatusNotFound)
		owner := p.SignInDebtor(t, contact)
		owner.Get("/my/f/" + id + "/receipt").Is(200).Says(code)
		desk := p.SignInStaff(t, "nanshan.shen1")
		desk.Get("/staff/f/" + id).Is(200).Says("由深圳法律援助热线的工作人员代填")
	})
}

// Staff see one request of the person and nothing else of his, and nothing at all without a session.
func TestHelperSeesOneRequestOnly(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	owner := p.SignInDebtor(t, contact)
	c := begun(t, p, "bangzhu.1")
	c.Submit(begin, webtest.Fields{"remedy": "R01"}).Is(200)
	first := c.Page.Path()
	c.SubmitAt("/my", "form[action='/staff/assist/end']", nil).Is(200)
	c.Get(first).Is(http.StatusNotFound)
	owner.Get("/my").Is(200)
	second := begun(t, p, "nanshan.lian")
	second.Page.Says("他自己填了一半的")
	second.Submit(begin, webtest.Fields{"remedy": "R15"}).Is(200)
	second.Get(first).Is(http.StatusNotFound)
	for _, path := range []string{"/staff/assist", "/staff/assist/session"} {
		if got := p.SignInStaff(t, "nanshan.shen1").GetRaw(path).Status; got != http.StatusNotFound {
			t.Errorf("a reviewer opens %s: %d", path, got)
		}
	}
}

func TestStartOfHelpKeepsWhatWasTyped(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.SignInStaff(t, "nanshan.lian")
	c.SubmitAt("/staff/assist", toCode, webtest.Fields{"contact": "12", "how": "counter"}).Is(http.StatusUnprocessableEntity)
	if c.Page.Attr("#contact", "value") != "12" || !c.Page.Has("[name=how][value=counter][checked]") {
		t.Error("what was typed is gone")
	}
	for code, status := range map[string]int{"abc": 422, "22222-22222": 422} {
		c.SubmitAt("/staff/assist", "form[action='/staff/assist/booklet']", webtest.Fields{"code": code}).Is(status)
		if got := c.Page.Attr("#code", "value"); got != code {
			t.Errorf("the code typed is %q, kept is %q", code, got)
		}
	}
	c.SubmitAt("/staff/assist", "form[action='/staff/assist/paper']", webtest.Fields{"name": "", "lang": "en"}).Is(422)
	c.Submit("form[action='/staff/assist/paper']", webtest.Fields{"name": "陈桂芳"}).Is(200).At("/staff/assist/session").Says("陈桂芳")
}
