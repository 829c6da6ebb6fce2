package debtor_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// atPapers brings a draft to the page of its papers.
func atPapers(t *testing.T, p *webtest.Portal) (c *webtest.Client, id string) {
	t.Helper()
	c, id = draft(t, p, "R01")
	giveCase(c)
	write(t, c)
	c.Page.At("/my/f/" + id + "/papers")
	return c, id
}

// TestSeveralFiles: the limits are said before anything is chosen; of several files the good ones are added, each bad one is named, and what was
// typed stays.
func TestSeveralFiles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := atPapers(t, p)
		c.Page.Says("每份最多 20 MB", "最多 20 份", "不超过 100 MB", "还能加 20 份", "在哪里拿", "银行流水", "工资条")
		for _, want := range []string{"input[type=file][multiple]", "input[type=file][capture=environment]", "[data-chosen]"} {
			if !c.Page.Has(want) {
				t.Errorf("the page has no %s", want)
			}
		}
		c.Submit(uploadForm, webtest.Fields{"kind": "", "note": "画圈的是工资"}).Is(422).Says("请选这是什么材料")
		if got := c.Page.Attr("input[name=note]", "value"); got != "画圈的是工资" {
			t.Errorf("the note became %q", got)
		}
		several := []webtest.File{{Name: "二月.pdf", Body: pdf()}, {Name: "空.pdf"}, {Name: "一月.pdf", Body: append(pdf(), '\n')}}
		c.Submit(uploadForm, webtest.Fields{"kind": "payslip", "note": "画圈的是工资", "file": several}).Is(422).
			Says("2 份已经加上", "“空.pdf”是空的", "二月.pdf", "一月.pdf", "还能加 18 份", "工资条、收入证明")
		c.Get("/my/f/"+id+"/papers").Is(200).Says("画圈的是工资", "已收好")
		if first, second := strings.Index(c.Page.Words(), "二月.pdf"), strings.Index(c.Page.Words(), "一月.pdf"); first > second {
			t.Error("the files are not in the order given")
		}
		c.Get("/my/f/"+id+"/check").Is(200).Says("二月.pdf", "一月.pdf")
	})
}

// TestDescribeFile: a file gets the name of the person, on a page of its own, until it is filed.
func TestDescribeFile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := atPapers(t, p)
		c.Submit(uploadForm, webtest.Fields{"kind": "evidence", "file": webtest.File{Name: "IMG_2231.pdf", Body: pdf()}}).Is(200)
		about := c.Page.Attr(".file-acts a", "href")
		c.Get(about).Is(200).Says("IMG_2231.pdf")
		c.Submit(mainForm, webtest.Fields{"name": " ", "note": "说明"}).Is(422).Says("请给文件起个名字", "说明")
		c.Submit(mainForm, webtest.Fields{"name": "3月工资流水", "kind": "payslip", "note": "第二笔是工资"}).Is(200).At("/my/f/"+id+"/papers").
			Says("3月工资流水.pdf", "工资条、收入证明", "第二笔是工资").SaysNot("IMG_2231")
		c.Get("/my/f/" + id + "/check").Is(200)
		c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).Says("3月工资流水.pdf", "第二笔是工资")
		c.Get(about).Is(200).At("/my/f/" + id + "/progress")
	})
}

// TestCannotGet: a paper that cannot be had stops nobody; the reason is on the check page, on the receipt, and before the reviewer.
func TestCannotGet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := atPapers(t, p)
		box, form := "#reason-identity", "form[action=/my/f/"+id+"/papers/cannot]" // the first paper asked for
		const why, label = "证件被抢了，补办要一个月", "身份证复印件或照片"
		long := strings.Repeat("长", 201)
		if page := c.Submit(form, webtest.Fields{"reason": long, "cannot": "1"}).Is(422).Says("最多 200 字"); page.Attr(box, "value") != long {
			t.Error("the reason that is too long is lost")
		}
		c.Submit(form, webtest.Fields{"reason": why, "cannot": "1"}).Is(200).At("/my/f/"+id+"/papers").Says("拿不到", why)
		c.Submit(form, webtest.Fields{"cannot": "0"}).Is(200).SaysNot(why)
		c.Submit(form, webtest.Fields{"reason": why + "  第二行", "cannot": "1"}).Is(200)
		line := label + "：" + why + " 第二行"
		c.Get("/my/f/"+id+"/check").Is(200).Says("拿不到的材料和原因", line)
		c.Submit(mainForm, webtest.Fields{"declare": "1"}).Is(200).At("/my/f/"+id+"/receipt").Says("拿不到的材料和原因", line)
		c.Get("/my/f/" + id + "/receipt.pdf").Is(200)
		p.SignInStaff(t, "nanshan.lian").Get("/staff/f/"+id).Is(200).Says("拿不到的材料和原因", line)
	})
}

// TestAddLater: papers are added without being asked; they have a receipt of their own, the body sees a flag until it has looked, and no date moves.
func TestAddLater(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		c, id := submitted(t, p)
		lian := p.SignInStaff(t, "nanshan.lian")
		lian.Get("/staff/queue").Is(200).SaysNot("有新材料")
		due := func() (text string) {
			t.Helper()
			if err := p.DB.SQL().QueryRowContext(t.Context(), "SELECT max(legal_end_on) FROM clock").Scan(&text); err != nil {
				t.Fatal(err)
			}
			return text
		}
		before := due()
		p.Clock.Add(5 * time.Minute)
		c.Get("/my/f/" + id + "/progress").Is(200)
		c.Follow("补材料").Is(200).At("/my/f/"+id+"/add").Says("随时可以加", "不会让任何日期重新算", "每份最多 20 MB")
		c.Submit(uploadForm, webtest.Fields{"kind": "medical", "said": "请一起看。"}).Is(422).Says("还没有选文件", "请一起看。")
		body := append(pdf(), []byte("% later\n")...)
		files := []webtest.File{{Name: "诊断.pdf", Body: body}, {Name: "空.pdf"}}
		c.Submit(uploadForm, webtest.Fields{"kind": "photo", "said": "请一起看。", "file": files}).Is(422).Says("“空.pdf”是空的", "好的已经收下了")
		c.Follow("看收下的那几份的回执").Is(200).At("/my/f/"+id+"/added/1").Says("已收到您加的材料", "诊断.pdf", "请一起看。", "对方还没有打开", execCourt)
		c.Get("/my/f/" + id + "/added/1/receipt.pdf").Is(200)
		if !strings.HasPrefix(string(c.Page.Body), "%PDF-") {
			t.Error("the receipt on paper is no PDF")
		}
		c.Get("/my/f/" + id + "/receipt").Is(200).SaysNot("诊断.pdf")
		lian.Get("/staff/queue").Is(200).Says("有新材料")
		lian.Get("/staff/f/"+id).Is(200).Says("有新材料", "诊断.pdf")
		p.Work(t)
		lian.Follow("诊断.pdf").Is(200).Says("加进来的")
		doc := lian.Page.Attr(".files a", "href")
		lian.Get(doc).Is(200)
		lian.SubmitAt("/staff/f/"+id, "form[action=/staff/f/"+id+"/seen]", nil).Is(200).SaysNot("新材料看过了").Says("已记下")
		lian.Get("/staff/queue").Is(200).SaysNot("有新材料")
		c.Get("/my/f/"+id+"/progress").Is(200).Says("您加了新的材料", "对方看到了您加的材料", "诊断.pdf", "打开过", "第 1 次加的材料的回执")
		if after := due(); after != before {
			t.Errorf("the date moved from %s to %s", before, after)
		}
		sum := sha256.Sum256(body)
		hash := hex.EncodeToString(sum[:])
		c.Get("/my/f/" + id + "/compare").Is(200).Says("对一对")
		c.Get("/my/f/"+id+"/compare?hash=SHA-256+"+strings.ToUpper(hash[:32])+"+"+hash[32:]).Is(200).Says("一样", "诊断.pdf")
		c.Get("/my/f/" + id + "/compare?hash=" + strings.Repeat("0", 64)).Is(200).Says("不一样")
		c.Get("/my/f/" + id + "/compare?hash=12").Is(422).Says("64 个字母和数字")
		for path, status := range map[string]int{"/added/2": 404, "/added/x": 404, "/added/2/receipt.pdf": 404} {
			c.Get("/my/f/" + id + path).Is(status)
		}
	})
}

// TestAddWhenDecided: a decision that was made takes nothing in any more, and says so before anybody chooses a file.
func TestAddWhenDecided(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c, id := submitted(t, p)
	c.Get("/my/f/" + id + "/add").Is(200)
	desk := staff(t, p, "nanshan.lian")
	must(t)(p.Reviews.Accept(t.Context(), desk, id, version(t, p, desk, id), ""))
	c.Submit(uploadForm, webtest.Fields{"kind": "photo", "file": webtest.File{Name: "诊断.pdf", Body: pdf()}}).Is(200).At("/my/f/" + id + "/added/1")
	c.Get("/my/f/" + id + "/withdraw").Is(200)
	c.Submit(mainForm, nil).Is(200)
	c.Get("/my/f/" + id + "/add").Is(200).Says("现在不能往这份申请里加材料").SaysNot("选文件")
	c.Get("/my/f/" + id + "/progress").SaysNot("补材料")
}
