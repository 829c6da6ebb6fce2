package debtor_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"reliefportal/app/web/webtest"
)

// The case of the tests: a wage account frozen by the court of Nanshan.
const (
	caseNumber = "（2024）粤0305执1234号"
	execCourt  = "深圳市南山区人民法院"
	mainForm   = "main form"
	uploadForm = "form[enctype=multipart/form-data]"
)

// frozenWages are the finder's answers; every other question is answered "I do not know".
var frozenWages = map[string]string{"topic": "account", "role": "self", "before_judgment": "no", "prior": "none", "money_kind": "wages"}

// find answers the finder until the doors are shown.
func find(t *testing.T, c *webtest.Client, answers map[string]string) {
	t.Helper()
	c.Get("/find").Is(200)
	for range 40 {
		id, asking := strings.CutPrefix(c.Page.Path(), "/find/q/")
		if !asking {
			c.Page.At("/doors")
			return
		}
		c.Submit(mainForm, answer(c, answers[id])).Is(200)
	}
	t.Fatal("the finder asks more than 40 questions")
}

// answer fills the question on the page: with value, or with "I do not know".
func answer(c *webtest.Client, value string) webtest.Fields {
	switch {
	case value != "":
		return webtest.Fields{"value": value}
	case c.Page.Has("input[name=value][value=unsure]"):
		return webtest.Fields{"value": "unsure"}
	}
	return webtest.Fields{"unsure": "1"}
}

// contactOf is an address of the test's own.
func contactOf(t *testing.T) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, t.Name())) + "@example.cn"
}

// draft signs a debtor in and opens a draft of the remedy, at the page of the case number.
func draft(t *testing.T, p *webtest.Portal, remedy string) (c *webtest.Client, id string) {
	t.Helper()
	c = p.SignInDebtor(t, contactOf(t))
	find(t, c, frozenWages)
	c.Get("/doors/" + remedy).Is(200)
	c.Submit("#start", nil).Is(200)
	id, _, _ = strings.Cut(strings.TrimPrefix(c.Page.Path(), "/my/f/"), "/")
	c.Page.At("/my/f/" + id + "/case")
	return c, id
}

// giveCase types the case number and confirms the court.
func giveCase(c *webtest.Client) {
	c.Submit(mainForm, webtest.Fields{"value": caseNumber}).Is(200).Says(execCourt, "粤0305")
	c.Submit(mainForm, webtest.Fields{"court": "yes"}).Is(200)
}

// written are answers to the questions of the filing; the rest are "I do not know", or the first choice.
var written = map[string]webtest.Fields{
	"name":          {"value": "林晓芸"},
	"act":           {"value": "冻结工资账户"},
	"act_served_on": {"year": "２０２６", "month": "11", "day": "16"},
	"what_happened": {"value": "账户里都是工资，没有留生活费。"},
	"request":       {"value": "解除对工资账户的冻结。"},
}

// write answers the questions of a draft until its papers are asked for.
func write(t *testing.T, c *webtest.Client) {
	t.Helper()
	for range 40 {
		_, question, asking := strings.Cut(c.Page.Path(), "/q/")
		if !asking {
			return
		}
		fields, ok := written[question]
		if !ok {
			fields = guess(c)
		}
		c.Submit(mainForm, fields).Is(200)
	}
	t.Fatal("the draft asks more than 40 questions")
}

// guess answers a question the test does not care about.
func guess(c *webtest.Client) webtest.Fields {
	switch {
	case c.Page.Has("input[name=value][value=unsure]"):
		return webtest.Fields{"value": "unsure"}
	case c.Page.Has("input[name=unsure]"):
		return webtest.Fields{"unsure": "1"}
	case c.Page.Has("input[type=radio]"):
		return webtest.Fields{"value": c.Page.Attr("input[type=radio]", "value")}
	case c.Page.Has("input[name=year]"):
		return webtest.Fields{"year": "2026", "month": "11", "day": "10"}
	case c.Page.Has("input[inputmode=numeric]"):
		return webtest.Fields{"value": "2"}
	case c.Page.Has("input[inputmode=decimal]"):
		return webtest.Fields{"value": "3,200.50"}
	}
	return webtest.Fields{}
}

// pdf is a small paper of one page.
func pdf() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, body := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// checked brings a draft to its check page, with one paper.
func checked(t *testing.T, c *webtest.Client, id string) {
	t.Helper()
	giveCase(c)
	write(t, c)
	c.Page.At("/my/f/" + id + "/papers")
	c.Submit(uploadForm, webtest.Fields{"kind": "evidence", "file": webtest.File{Name: "裁定书.pdf", Body: pdf()}}).Is(200).Says("裁定书.pdf")
	c.Get("/my/f/" + id + "/check").Is(200)
}
