package debtor_test

import (
	"net/http"
	"strings"
	"testing"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// A lawyer is asked by code, acts under his own name in one request, and is gone when the person says so.
func TestRepresentativeThroughThePages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := draft(t, p, "R01")
		giveCase(c)
		write(t, c)
		c.SubmitAt("/my/f/"+id+"/helpers", "#invite", webtest.Fields{"label": "王律师"}).Is(http.StatusUnprocessableEntity).Says("请选他是您的什么人")
		if c.Page.Attr("#label", "value") != "王律师" {
			t.Error("what was typed is gone")
		}
		c.Submit("#invite", webtest.Fields{"capacity": "lawyer", "powers": []string{"file", "settle"}}).Is(200).Says("王律师", "特别授权", "还没有放上来", "律师执业证")
		code := c.Page.Text(".card .code")
		lawyer := p.SignInDebtor(t, "13900139000")
		lawyer.Follow("有人请我帮他办")
		lawyer.Submit(mainForm, webtest.Fields{"code": "22222-22222"}).Is(http.StatusUnprocessableEntity).Says("没有这个码")
		lawyer.Submit(mainForm, webtest.Fields{"code": strings.ToLower(code)}).Is(200).Says("林晓芸请您帮他办这一件", "替您和解").SaysNot("替您撤回")
		lawyer.Submit(mainForm, webtest.Fields{"name": ""}).Is(http.StatusUnprocessableEntity)
		lawyer.Submit(mainForm, webtest.Fields{"name": "王敏"}).Is(200).Says("您在替林晓芸办这一份")
		lawyer.Get("/my").Is(200).Says("替别人办的", "林晓芸")
		lawyer.SubmitAt("/my/f/"+id+"/check", mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt")
		c.Get("/my/f/"+id+"/progress").Is(200).Says("由代理人王敏代办", "代理人答应帮您办")
		c.SubmitAt("/my/f/"+id+"/helpers", ".card form", nil).Is(200).Says("已经停了", "以前帮过的", "王敏")
		for _, page := range []string{"/progress", "/receipt", "/helpers", "/check", "/withdraw"} {
			lawyer.Get("/my/f/" + id + page).Is(http.StatusNotFound)
		}
		lawyer.Get("/my").Is(200).SaysNot("林晓芸")
	})
}

// A power of attorney is a paper of the request: both sides see it, and so does the body.
func TestPowerOfAttorney(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	giveCase(c)
	write(t, c)
	c.SubmitAt("/my/f/"+id+"/helpers", "#invite", webtest.Fields{"label": "我哥", "capacity": "relative"}).Is(200)
	code := c.Page.Text(".card .code")
	c.Submit("#power", webtest.Fields{"file": webtest.File{Name: "委托书.pdf", Body: pdf()}}).Is(200).Says("委托书.pdf").SaysNot("还没有放上来")
	brother := p.SignInDebtor(t, "13900139000")
	brother.SubmitAt("/my/invitation", mainForm, webtest.Fields{"code": code}).Is(200)
	brother.Submit(mainForm, webtest.Fields{"name": "林海"}).Is(200)
	brother.Get("/my/f/"+id+"/helpers").Is(200).Says("委托书.pdf", "林海").SaysNot("我哥")
	brother.SubmitAt("/my/f/"+id+"/check", mainForm, webtest.Fields{"declare": "1"}).Is(http.StatusConflict).Says("没有委托给您")
	c.SubmitAt("/my/f/"+id+"/check", mainForm, webtest.Fields{"declare": "1"}).Is(200)
	desk := p.SignInStaff(t, "nanshan.lian")
	desk.Get("/staff/f/"+id).Is(200).Says("林海（近亲属）", "已上传")
}
