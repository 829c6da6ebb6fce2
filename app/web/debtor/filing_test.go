package debtor_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestFirstFiling goes the whole way of somebody who has never been here: from the first question, without signing in, to the receipt.
func TestFirstFiling(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c := p.Browser(t)
		c.Get("/").Is(200)
		c.Follow("开始看看")
		find(t, c, frozenWages)
		c.Page.Says("走这条路", "D-", "2026年11月23日")
		c.Get("/doors/R01").Is(200).Says("说执行做得不对，请法院纠正", "执行行为异议", "《民事诉讼法》第236条")
		c.Follow("走这条路").At("/signin")
		c.Submit(mainForm, webtest.Fields{"contact": "13812346071"}).Is(200).At("/signin/code").Says("138 **** 6071")
		c.Submit(mainForm, webtest.Fields{"code": p.CodeFor(t, "13812346071")}).Is(200).At("/doors/R01")
		c.Submit("#start", nil).Is(200)
		id, _, _ := strings.Cut(strings.TrimPrefix(c.Page.Path(), "/my/f/"), "/")
		checked(t, c, id)
		c.Page.Says("林晓芸", caseNumber, execCourt, "2026年11月16日", "解除对工资账户的冻结。", "裁定书.pdf", "立案庭")
		c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt")
		sum := sha256.Sum256(pdf())
		print := hex.EncodeToString(sum[:])
		c.Page.Says("已收到您的申请", execCourt+"立案庭", "2026年11月26日", "《执行异议和复议规定》第2条", "广东省深圳市中级人民法院", "裁定书.pdf", print[:4]+" "+print[4:8])
		code := c.Page.Text(".code")
		c.Get("/my/f/" + id + "/receipt.pdf").Is(200)
		if !strings.HasPrefix(string(c.Page.Body), "%PDF-") {
			t.Fatal("the receipt on paper is no PDF")
		}
		c.Get("/my/f/"+id).Is(200).At("/my/f/"+id+"/progress").Says("现在不用您做什么", "您提交了申请", code)
		c.Get("/my").Is(200).Says(code, "在办")
		stranger := p.Browser(t)
		stranger.SubmitAt("/lookup", mainForm, webtest.Fields{"code": strings.ToLower(code)}).Is(200).
			Says("现在归"+execCourt+"办", "2026年11月26日", "广东省深圳市中级人民法院").SaysNot("林晓芸", "粤0305", id)
	})
}

// TestTwiceSubmitted presses the button twice: one receipt, and a word that nothing was filed twice.
func TestTwiceSubmitted(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	checked(t, c, id)
	c.SubmitRaw(mainForm, webtest.Fields{"declare": "1"}).Is(303)
	c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt").Says("已经收到过了，这次没有重复提交")
	for _, page := range []string{"/check", "/case", "/court", "/papers", "/q/name", "/remove"} { // what was filed cannot be edited, and says so
		c.Get("/my/f/" + id + page).Is(200).At("/my/f/" + id + "/receipt").Says("这份申请已经交了，不能再改")
	}
	c.Get("/my/f/" + id).Is(200).At("/my/f/" + id + "/progress")
	var filed int64
	if err := p.DB.SQL().QueryRowContext(t.Context(), "SELECT count(*) FROM submission").Scan(&filed); err != nil || filed != 1 {
		t.Fatalf("%d submissions, %v", filed, err)
	}
}
