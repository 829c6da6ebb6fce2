package debtor_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// TestApplicationPages: the person reads what the court will read, in every form, before and after filing; what was filed is the paper that was kept.
func TestApplicationPages(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	checked(t, c, id)
	at := "/my/f/" + id + "/application"
	c.Follow("像法院那样读一遍").Is(200).At(at).Says("执行异议申请书", "账户里都是工资，没有留生活费。", "裁定书.pdf", "草稿，还没有提交", "此致 "+execCourt)
	c.Get(at + "/print").Is(200).Says("账户里都是工资")
	if pdf := c.Get(at + ".pdf").Is(200); !bytes.HasPrefix(pdf.Body, []byte("%PDF-")) || pdf.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the draft as PDF: %v", pdf.Header)
	}
	if word := c.Get(at + ".docx").Is(200); !bytes.HasPrefix(word.Body, []byte("PK")) {
		t.Error("the draft as DOCX is no archive")
	}
	c.SubmitAt("/my/f/"+id+"/check", mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/" + id + "/receipt").Says("存档的一份正在做")
	if err := p.Queue.Drain(deadline(t)); err != nil {
		t.Fatal(err)
	}
	kept, ok, err := p.Documents.Application(t.Context(), id)
	if err != nil || !ok {
		t.Fatalf("no application is kept: %v", err)
	}
	c.Get("/my/f/" + id + "/receipt").Is(200)
	if got := strings.ReplaceAll(c.Page.Text("p .hash"), " ", ""); !strings.Contains(c.Page.Words(), "看您交上去的申请书") || !strings.Contains(strings.ReplaceAll(c.Page.Words(), " ", ""), kept.SHA256) {
		t.Errorf("the receipt does not show the fingerprint: %s", got)
	}
	pdf := c.Get(at + ".pdf").Is(200)
	if int64(len(pdf.Body)) != kept.Size {
		t.Errorf("%d bytes instead of the %d kept", len(pdf.Body), kept.Size)
	}
	c.Get(at).Is(200).Says("这就是您交上去的那一份").SaysNot("booklet")
	c.Get("/my/f/" + id + "/booklet").Is(200).At("/my/f/" + id + "/receipt")

	clerk := p.SignInStaff(t, "nanshan.lian")
	clerk.Get("/staff/f/" + id).Is(200).Says("申请书")
	if seen := clerk.Get("/staff/f/" + id + "/files/" + kept.ID).Is(200); !bytes.Equal(seen.Body, pdf.Body) {
		t.Error("the court reads another paper than the person")
	}
}

// TestApplicationInEnglish: the paper for the court stays Chinese; the copy is marked as one.
func TestApplicationInEnglish(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	checked(t, c, id)
	c.Language = "en"
	c.Get("/my/f/"+id+"/application?copy=en").Is(200).Says("This is a reading copy", "账户里都是工资，没有留生活费。")
}

// TestSignsThatCannotBePrinted: they are named, with the ways that print them, and nothing is drawn without them.
func TestSignsThatCannotBePrinted(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	checked(t, c, id)
	c.SubmitAt("/my/f/"+id+"/q/what_happened", mainForm, webtest.Fields{"value": "他笑😀，姓𠀀。"}).Is(200)
	at := "/my/f/" + id + "/application"
	c.Get(at).Is(200).Says("没有这几个字：😀 𠀀", "打印页面")
	c.Get(at + ".pdf").Is(422).Says("没有这几个字：😀 𠀀")
	c.Get(at + "/print").Is(200).Says("他笑😀，姓𠀀。")
	c.SubmitAt("/my/f/"+id+"/booklet", mainForm, nil).Is(422).Says("印不出来：😀 𠀀")
	var codes int64
	if err := p.DB.Read(t.Context()).Table("booklet_code").Count(&codes).Error; err != nil || codes != 0 {
		t.Errorf("%d codes were issued for nothing: %v", codes, err)
	}
}

// TestBookletIsAskedFor: looking at the page issues nothing; the button gives a booklet whose code opens the draft, and ends the one before.
func TestBookletIsAskedFor(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := draft(t, p, "R01")
	giveCase(c)
	c.Get("/my/f/"+id+"/booklet").Is(200).Says("和网上交一样算数", execCourt)
	count := func(where string) (n int64) {
		if err := p.DB.Read(t.Context()).Table("booklet_code").Where(where).Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	if count("1=1") != 0 {
		t.Fatal("looking issues a code")
	}
	for range 2 {
		c.Get("/my/f/" + id + "/booklet").Is(200)
		if pdf := c.Submit(mainForm, nil).Is(200); !bytes.HasPrefix(pdf.Body, []byte("%PDF-")) {
			t.Fatal("no PDF")
		}
	}
	if all, good := count("1=1"), count("withdrawn_at IS NULL"); all != 2 || good != 1 {
		t.Errorf("%d codes, %d of them good", all, good)
	}
}

func deadline(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}
