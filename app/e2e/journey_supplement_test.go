package e2e

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestJourneySupplement: somebody files with a photo, cannot get one paper and says why; the court asks for more and gets a photo from the camera
// field and words; days later a paper comes of the person's own accord, with a receipt of its own and a flag on the court's list.
func TestJourneySupplement(t *testing.T) {
	eachWay(t, func(j *journey) {
		d := &debtor{j.enter("debtor", phone), "13812340072"}
		draft := j.answered(d)
		why := j.in("证件被抢了，补办要一个月", "My card was stolen, and a new one takes a month")
		if !d.has("#reason-identity") {
			d.fail("nobody asks why a paper cannot be had")
		}
		d.do("open the box", chromedp.Click("details:has(#reason-identity) summary", chromedp.ByQuery))
		d.do("say why", chromedp.SendKeys("#reason-identity", why, chromedp.ByQuery))
		d.press("form:has(#reason-identity)" + button)
		d.at(draft + "/papers")
		d.says(why)
		d.upload("act_copy", j.photo("冻结通知.jpg"))
		d.nameIt(j.in("冻结通知，第1页", "Freezing notice, page 1"), j.in("日期在右下角", "The date is at the lower right"))
		d.open(draft + "/check")
		d.says(why)
		code := d.file()
		d.says(why, j.in("冻结通知，第1页.jpg", "Freezing notice, page 1.jpg"), "SHA-256")
		j.askedFor(d, draft, code)
		j.addedLater(d, draft, code)
	})
}

// nameIt gives the first file listed a name and says what it shows.
func (d *debtor) nameIt(name, note string) {
	d.t.Helper()
	papers := d.path
	d.press(".file-acts a")
	d.fill("name", name)
	d.fill("note", note)
	d.press(mainForm + button)
	d.at(papers)
	d.says(name, note)
}

// askedFor is the court's request for more and the answer to it.
func (j *journey) askedFor(d *debtor, draft, code string) {
	d.t.Helper()
	desk := j.signedIn("nanshan.lian")
	at := desk.take(code)
	desk.says(j.in("证件被抢了", "My card was stolen"))
	desk.step("ask.title")
	ask := j.in("请补交工资账户近六个月的流水。", "Please send the statements of the wage account for six months.")
	desk.fill("text", ask)
	desk.done(at)
	d.open(draft + "/progress")
	d.follow(j.word("progress.add_now"))
	d.says(ask)
	j.world.Time.Add(time.Minute)
	words := j.in("流水附上，每月只有工资进账。", "The statements are attached; only wages come in.")
	d.fill("text", words)
	d.photograph("statement", j.photo("流水一.jpg"))
	if got := d.eval("document.querySelector('textarea[name=text]').value"); got != words {
		d.fail("the words typed became %q when a file was added", got)
	}
	d.press("main button[name=send]")
	d.at(draft + "/progress")
	d.says(j.word("supplement.sent"), "流水一.jpg")
}

// photograph hands a picture in through the field that opens the camera.
func (d *debtor) photograph(kind, path string) {
	d.t.Helper()
	d.do("take a photo", chromedp.SetValue("main select[name=kind]", kind, chromedp.ByQuery), chromedp.SetUploadFiles("#camera", []string{path}, chromedp.ByQuery))
	d.handOver("main form[enctype] button[name=add]", "流水一.jpg")
}

// handOver presses a button that sends files, and waits until the portal lists the file.
func (w *window) handOver(selector, name string) {
	w.t.Helper()
	if !w.j.scripts {
		w.press(selector)
		return
	}
	if chosen := w.eval("document.querySelector('[data-chosen]').textContent"); chosen == "" {
		w.fail("the page does not list what was chosen")
	}
	w.do("send", chromedp.Click(selector, chromedp.ByQuery))
	w.wait("the file "+name+" is listed", func() bool {
		listed := "[...document.querySelectorAll('.files')].some(f => f.textContent.includes(" + quoted(name) + "))"
		return w.eval(listed) == "true" && w.eval("document.readyState") == "complete"
	})
	w.arrived()
}

// addedLater is a paper that comes without being asked for.
func (j *journey) addedLater(d *debtor, draft, code string) {
	d.t.Helper()
	j.world.Time.Add(5 * time.Minute)
	d.open(draft + "/progress")
	due := d.text(".clocks")
	d.follow(j.word("progress.add"))
	d.at(draft + "/add")
	d.says(j.word("add.clock"), execCourt)
	d.fill("said", j.in("上周刚拿到的诊断。", "The diagnosis came last week."))
	d.do("choose a file", chromedp.SetValue("main select[name=kind]", "photo", chromedp.ByQuery),
		chromedp.SetUploadFiles("main input[type=file]", []string{j.photo("诊断.jpg")}, chromedp.ByQuery))
	d.handOver("main form[enctype]"+button+":not([name])", "诊断.jpg")
	d.at(draft + "/added/1")
	d.says(j.word("added.title"), "诊断.jpg", j.in("上周刚拿到的诊断。", "The diagnosis came last week."), j.word("arrival.not_opened"))
	d.compares(j.photo("同一张.jpg"), j.word("compare.same"))
	d.compares(j.paper("别的.pdf"), j.word("compare.none"))
	d.paperSays(draft+"/added/1/receipt.pdf", code, "诊断.jpg", j.word("paper.added.title"))
	desk := j.signedIn("nanshan.lian")
	desk.open("/staff/queue")
	desk.says(j.word("work.new_papers"))
	at := desk.take(code)
	desk.follow("诊断.jpg")
	desk.says(j.in("加进来的", "Added on"))
	desk.press("form[action='" + at + "/seen'] button")
	desk.says(j.word("work.seen_papers"))
	desk.open("/staff/queue")
	desk.saysNot(j.word("work.new_papers"))
	d.open(draft + "/progress")
	d.says(j.word("event.papers_added"), j.word("event.papers_seen"), "诊断.jpg")
	if now := d.text(".clocks"); now != due {
		d.fail("the clocks moved from %q to %q", due, now)
	}
}

// compares holds a file against those received: the browser works out its fingerprint where scripts run, else the person types it.
func (d *debtor) compares(path, want string) {
	d.t.Helper()
	at, _, _ := strings.Cut(d.path, "/added/")
	at, _, _ = strings.Cut(at, "/compare")
	d.open(at + "/compare")
	if d.j.scripts {
		d.do("choose a file", chromedp.SetUploadFiles("#hash-file", []string{path}, chromedp.ByQuery))
		d.wait("the fingerprint is worked out", func() bool { return d.eval("document.querySelector('#hash').value.length") == "64" })
	} else {
		data, err := os.ReadFile(path)
		if err != nil {
			d.t.Fatal(err)
		}
		d.fill("hash", fmt.Sprintf("%x", sha256.Sum256(data)))
	}
	d.press("main form[method=get]" + button)
	d.is(http.StatusOK)
	d.says(want)
}
