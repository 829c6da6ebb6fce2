package reviewer_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
)

// TestDeskToService takes a filing through the pages of the body: docketed, assigned, decided on a page that shows it first, served.
func TestDeskToService(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		f := filed(t, p, "13800006071")
		here := "/staff/f/" + f.ID

		clerk := p.SignInStaff(t, "nanshan.lian")
		clerk.Page.At("/staff/queue").Says(f.Code(), "林某", zh("work.todo_docket")).SaysNot(applicant)
		clerk.Get("/staff/queue?q=" + f.Code()).Says(f.Code())
		clerk.Get(here).Is(200).Says(applicant, "冻结工资卡", caseNumber)
		clerk.SubmitAt(here+"/accept", form, webtest.Fields{"number": docket}).Is(200).At(here).Says(zh("work.accepted"), docket)

		judge := p.SignInStaff(t, "nanshan.shen1")
		judge.Page.At("/staff/queue").Says(docket, zh("queue.nobody"), zh("work.todo_assign"))
		zhou := staff(t, p, "nanshan.shen1").PersonID
		judge.SubmitAt(here+"/assign", form, webtest.Fields{"person": zhou}).Is(200).At(here).Says(zh("work.assigned"), "周敏")
		judge.Get("/staff/queue?tab=mine").Says(docket)

		judge.SubmitAt(here+"/decide", form, webtest.Fields{"text": "短"}).Is(422)
		if got := judge.Page.Text("textarea[name=text]"); got != "短" {
			t.Errorf("the reasons typed were %q", got)
		}
		if n := len(judge.Page.All(".govuk-error-summary__list a")); n != 3 {
			t.Errorf("%d things to change, want disposition, ground and reasons", n)
		}
		judge.Submit(form, webtest.Fields{"disposition": "rejected", "finding-G09": "made", "text": reasons}).Is(200).
			Says(reasons, zh("work.window", "Period", "10 天"), "广东省深圳市中级人民法院")
		if happened(t, p, f.ID, "filing.decide") != 0 {
			t.Error("the decision was made before it was shown")
		}
		judge.Submit(form, webtest.Fields{"edit": "1"}).Is(200)
		if got := judge.Page.Text("textarea[name=text]"); got != reasons {
			t.Errorf("back at the form, of the reasons %q are left", got)
		}
		judge.Submit(form, nil).Is(200).Says(reasons)
		judge.Submit(form, nil).Is(200).At(here).Says(zh("work.decided"), reasons)

		judge.SubmitAt(here+"/serve", form, webtest.Fields{"kind": "inperson", "year": "2026", "month": "11", "day": "24"}).Is(422).Says(zh("date.future"))
		judge.Submit(form, webtest.Fields{"day": "22"}).Is(422).Says(zh("serve.before_decision"))
		judge.Submit(form, webtest.Fields{"day": "23"}).Is(200).At(here).Says(zh("work.served"), zh("work.status_closed"))
		judge.Get("/staff/queue").SaysNot(docket)
		judge.Get("/staff/queue?tab=done").Says(docket, "异议不成立")
		judge.Get("/staff/queue?q=" + url.QueryEscape(docket)).Says(docket)
	})
}

// TestTwoReviewersClaim lets two people of a division take the same filing at once: one wins, the other is told who.
func TestTwoReviewersClaim(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		names := map[string]string{"nanshan.shen1": "周敏", "nanshan.shen2": "吴越"}
		browsers := map[string]*webtest.Client{}
		for login := range names {
			browsers[login] = p.SignInStaff(t, login)
		}
		for _, contact := range []string{"13800006071", "13800006072", "13800006073", "13800006074"} {
			f := docketed(t, p, contact)
			for _, c := range browsers {
				c.Get("/staff/f/" + f.ID).Is(200).One("form[action='/staff/f/" + f.ID + "/claim']")
			}
			answers := map[string]*webtest.Page{}
			var lock sync.Mutex
			var both sync.WaitGroup
			for login, c := range browsers {
				page := c.Page
				values := url.Values{kit.CSRFField: {page.Attr("[name=_csrf]", "value")}, "_version": {page.Attr("[name=_version]", "value")}}
				both.Go(func() {
					answer := c.Post("/staff/f/"+f.ID+"/claim", values)
					lock.Lock()
					answers[login] = answer
					lock.Unlock()
				})
			}
			both.Wait()
			winner, loser := "nanshan.shen1", "nanshan.shen2"
			if answers[winner].Status != http.StatusSeeOther {
				winner, loser = loser, winner
			}
			answers[winner].Is(http.StatusSeeOther)
			answers[loser].Is(http.StatusConflict).Says(zh("taken.title"), names[winner])
			browsers[loser].Get("/staff/f/" + f.ID).Is(200).Says(zh("desk.owner", "Owner", names[winner]))
			if n := happened(t, p, f.ID, "filing.assign"); n != 1 {
				t.Errorf("the filing was assigned %d times", n)
			}
		}
	})
}

// TestBarred keeps a filing from whoever took part in the measure, and from other bodies.
func TestBarred(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		f := docketed(t, p, "13800006071")
		took(t, p, "nanshan.shen1")
		here := "/staff/f/" + f.ID
		for _, login := range []string{"nanshan.shen1", "shenzhen.shen1", "nanshan.zhixing", "huifang.1", "duban", "guanli"} {
			c := p.SignInStaff(t, login)
			for _, path := range []string{here, here + "/assign", here + "/decide", here + "/files/" + store.NewID()} {
				c.GetRaw(path).Is(http.StatusNotFound).SaysNot(applicant, docket)
			}
		}
		wu := p.SignInStaff(t, "nanshan.shen2")
		wu.Get(here).Is(200).Says("周敏")
		page := wu.Get(here + "/assign").Is(200).Says(zh("review.barred.took_part"))
		zhou := staff(t, p, "nanshan.shen1").PersonID
		if len(page.All("input[value='"+zhou+"'][disabled]")) != 1 {
			t.Error("the person who took part can be chosen")
		}
		page = wu.Post(here+"/assign", url.Values{kit.CSRFField: {page.Attr("[name=_csrf]", "value")},
			"_version": {page.Attr("[name=_version]", "value")}, "person": {zhou}})
		page.Is(http.StatusUnprocessableEntity).Says(zh("review.barred.took_part"))
		wu.Get("/staff/queue").Says(docket)
	})
}

// TestSteps takes the single steps of a desk, each with a filing of its own.
func TestSteps(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	for name, step := range map[string]func(*testing.T, *webtest.Portal){
		"what was typed survives a lost race": typedTextSurvives,
		"ask once":                            askOnce,
		"refuse":                              refuse,
		"designate":                           designate,
		"a step out of turn":                  outOfTurn,
		"words that degrade":                  degrading,
	} {
		t.Run(name, func(t *testing.T) { step(t, p) })
	}
}

// typedTextSurvives: whoever loses a race while writing is told so, and every word is still there.
func typedTextSurvives(t *testing.T, p *webtest.Portal) {
	f := filed(t, p, "13800006080")
	here := "/staff/f/" + f.ID
	c := p.SignInStaff(t, "nanshan.lian")
	c.Get(here + "/ask").Is(200)
	if _, err := p.Reviews.Accept(t.Context(), staff(t, p, "nanshan.lian"), f.ID, f.Version, ""); err != nil {
		t.Fatal(err)
	}
	page := c.Submit(form, webtest.Fields{"text": reasons}).Is(http.StatusConflict)
	if got := page.Text("textarea[name=text]"); got != reasons {
		t.Errorf("of the words typed %q are left", got)
	}
}

// askOnce tells the person what is missing in one message: the papers ticked and the words.
func askOnce(t *testing.T, p *webtest.Portal) {
	f := filed(t, p, "13800006081")
	here := "/staff/f/" + f.ID
	c := p.SignInStaff(t, "nanshan.lian")
	c.SubmitAt(here+"/ask", form, webtest.Fields{}).Is(422)
	c.Submit(form, webtest.Fields{"papers": []string{"identity", "evidence"}, "text": "写明每一份用来证明什么。"}).Is(200).At(here).
		Says("身份证复印件或照片、能证明您说法的材料", "写明每一份", zh("work.tab_waiting"))
	c.Get("/staff/queue?tab=waiting").Says(f.Code())
}

// refuse does not take a filing up, and shows the ways each ground leaves open.
func refuse(t *testing.T, p *webtest.Portal) {
	f := filed(t, p, "13800006082")
	here := "/staff/f/" + f.ID
	c := p.SignInStaff(t, "nanshan.lian")
	c.Get(here + "/refuse").Is(200).Says(zh("work.ways", "Ways", "请上一级法院再看一次"))
	c.Submit(form, webtest.Fields{"grounds": "F03", "text": reasons}).Is(200).At(here).Says(zh("decision.not_taken"), reasons)
}

// designate has a person name the court where no rule decides; the filing then leaves that desk.
func designate(t *testing.T, p *webtest.Portal) {
	who := debtor(t, p, "13800006083")
	f := submitted(t, p, who, draft(t, p, who, ""))
	here := "/staff/f/" + f.ID
	c := p.SignInStaff(t, "zhuanban")
	c.Page.At("/staff/queue").Says(f.Code(), zh("work.todo_designate"))
	c.SubmitAt(here+"/designate", form, webtest.Fields{"court": "没有这个地方"}).Is(422).Says(zh("work.court_unknown", "Typed", "没有这个地方"))
	c.Submit(form, webtest.Fields{"court": "南山区"}).Is(422)
	c.Submit(form, webtest.Fields{"pick": execCourt}).Is(200).At("/staff/queue").Says(zh("work.designated")).SaysNot(f.Code())
	p.SignInStaff(t, "nanshan.lian").Page.Says(f.Code())
}

// outOfTurn: a step whose time has not come, or is over, says so; nobody is said to have taken the filing who has not.
func outOfTurn(t *testing.T, p *webtest.Portal) {
	f := filed(t, p, "13800006084")
	here := "/staff/f/" + f.ID
	judge := staff(t, p, "nanshan.shen1")
	c := p.SignInStaff(t, "nanshan.lian")
	c.Get(here+"/serve").Is(http.StatusConflict).Says(zh("notnow.title"), zh("filing.cannot")).SaysNot(zh("taken.title"))
	c.Get(here + "/accept").Is(200)
	if _, err := p.Reviews.Ask(t.Context(), staff(t, p, "nanshan.lian"), f.ID, f.Version, "请补交工资账户的流水。"); err != nil {
		t.Fatal(err)
	}
	c.Submit(form, nil).Is(http.StatusConflict).Says(zh("filing.stale")).SaysNot(zh("taken.title"), zh("work.done_before")).One("a.govuk-button[href='" + here + "']")
	if err := lapse(t, p, f.ID); err != nil {
		t.Fatal(err)
	}
	c.Get(here).Is(200).Says(zh("refuse.title")).SaysNot(zh("ask.title"))
	c.Get(here + "/ask").Is(http.StatusConflict).Says(zh("review.asked_before"))
	c.SubmitAt(here+"/accept", form, nil).Is(200)
	c.Get(here + "/accept").Is(200).At(here).Says(zh("work.done_before"))
	c.SubmitAt(here+"/assign", form, webtest.Fields{"person": judge.PersonID}).Is(200)
	p.SignInStaff(t, "nanshan.shen2").Get(here+"/decide").Is(http.StatusConflict).Says(zh("taken.title"), "周敏")
}

// lapse lets the time for the supplement of a filing run out, and nothing else.
func lapse(t *testing.T, p *webtest.Portal, id string) error {
	t.Helper()
	var f filing.Filing
	if err := p.DB.Read(t.Context()).Where("id = ?", id).Take(&f).Error; err != nil {
		return err
	}
	return p.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return p.Filings.Move(tx, &f, filing.Change{Action: filing.ActLapse, Actor: account.System()})
	})
}

// degrading: a text for the person that degrades him comes back with the words named, whatever step it belongs to; nothing is sent.
func degrading(t *testing.T, p *webtest.Portal) {
	const bad = "申请人是老赖，一直恶意逃避，这里写满十个字。"
	f := filed(t, p, "13800006085")
	here := "/staff/f/" + f.ID
	said := zh("answer.wording", "Words", "老赖 · 恶意逃避")
	c := p.SignInStaff(t, "nanshan.lian")
	c.SubmitAt(here+"/ask", form, webtest.Fields{"text": bad}).Is(422).Says(said)
	page := c.SubmitAt(here+"/refuse", form, webtest.Fields{"text": bad}).Is(422).Says(said, zh("answer.choose")).SaysNot("不清楚")
	if got := page.Text("textarea[name=text]"); got != bad {
		t.Errorf("of the words typed %q are left", got)
	}
	c.SubmitAt(here+"/accept", form, nil).Is(200)
	c.SubmitAt(here+"/assign", form, webtest.Fields{"person": staff(t, p, "nanshan.shen1").PersonID}).Is(200)
	judge := p.SignInStaff(t, "nanshan.shen1")
	judge.SubmitAt(here+"/decide", form, webtest.Fields{"disposition": "rejected", "finding-G09": "made", "text": bad}).Is(422).Says(said)
	judge.Submit(form, webtest.Fields{"text": reasons}).Is(200).Says(reasons)
	judge.Post(here+"/decide", url.Values{kit.CSRFField: {judge.Page.Attr("[name=_csrf]", "value")}, "_version": {judge.Page.Attr("[name=_version]", "value")},
		"confirm": {"1"}, "disposition": {"rejected"}, "finding-G09": {"made"}, "text": {bad}}).Is(422).Says(said)
	for _, kind := range []string{"filing.ask", "filing.refuse", "filing.decide"} {
		if happened(t, p, f.ID, kind) != 0 {
			t.Errorf("%s went through", kind)
		}
	}
}

// TestTrace: the row that decided comes first, no rule is named by its number alone, and nothing that was said is called missing.
func TestTrace(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	who := debtor(t, p, "13800006071")
	f := submitted(t, p, who, draft(t, p, who, execCourt))
	c := p.SignInStaff(t, "nanshan.lian")
	c.Page.Says(caseNumber, zh("home.code")+" "+f.Code())
	c.Get("/staff/f/" + f.ID).Is(200)
	rows := c.Page.All(".trace li")
	if len(rows) == 0 {
		t.Fatalf("no row of the rules is shown:\n%s", c.Page.Words())
	}
	for i, row := range rows {
		words := webtest.Words(row)
		if regexp.MustCompile(`\b[A-Z][0-9]{2}\b`).MatchString(words) || strings.Contains(words, "执行法院”") {
			t.Errorf("row %d says %q", i, words)
		}
	}
	if mark := c.Page.Attr(".trace li svg", "aria-label"); mark != zh("trace.met") {
		t.Errorf("the first row, which decided, is marked %q", mark)
	}
}

// TestPapers shows a picture as the portal's own copy, strictly fenced, and records each look at it.
func TestPapers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		who := debtor(t, p, "13800006071")
		f := draft(t, p, who, execCourt)
		photo := picture(t)
		doc, err := p.Documents.Upload(t.Context(), who, f.ID, "evidence", "工资卡.png", bytes.NewReader(photo), int64(len(photo)))
		if err != nil {
			t.Fatal(err)
		}
		p.Work(t)
		f, _, err = p.Filings.Get(t.Context(), who, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		submitted(t, p, who, f)
		other := filed(t, p, "13800006072")

		c := p.SignInStaff(t, "nanshan.lian")
		path := "/staff/f/" + f.ID + "/files/" + doc.ID
		c.Get("/staff/f/" + f.ID).Says("工资卡.png").One("img[src='" + path + "']")
		got := c.GetRaw(path).Is(200)
		if how := got.Header.Get("Content-Disposition"); !strings.HasPrefix(how, "inline") || got.Header.Get("Content-Type") != "image/png" {
			t.Errorf("sent as %q, %s", how, got.Header.Get("Content-Type"))
		}
		if policy := got.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") {
			t.Errorf("the policy of a paper is %q", policy)
		}
		if n := happened(t, p, f.ID, "document.read"); n != 1 {
			t.Errorf("%d looks are recorded, want 1", n)
		}
		c.GetRaw("/staff/f/" + other.ID + "/files/" + doc.ID).Is(http.StatusNotFound)
	})
}

// TestQueuePages walks a long queue to its end: every filing once, the next to be done first.
func TestQueuePages(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	who := debtor(t, p, "13800006071")
	want := map[string]bool{}
	for range 60 {
		f := submitted(t, p, who, draft(t, p, who, execCourt))
		want[f.Code()] = true
	}
	c := p.SignInStaff(t, "nanshan.lian")
	seen := map[string]bool{}
	for page := 1; ; page++ {
		for _, a := range c.Page.All("tbody th a small") {
			code := strings.TrimPrefix(webtest.Words(a), zh("home.code")+" ")
			if seen[code] || !want[code] {
				t.Errorf("page %d: %s is shown twice or does not belong here", page, code)
			}
			seen[code] = true
		}
		if !c.Page.Has("a[rel=next]") {
			break
		}
		c.Follow(zh("pager.next")).Is(200)
	}
	if len(seen) != len(want) {
		t.Errorf("%d of %d filings are shown", len(seen), len(want))
	}
	c.Get("/staff/queue?after=nonsense").Is(http.StatusNotFound)
}

// TestStaffHome leads everybody to the list that is theirs.
func TestStaffHome(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	for login, first := range map[string]string{"nanshan.lian": "/staff/queue", "zhuanban": "/staff/queue", "huifang.1": "/staff/calls",
		"duban": "/staff/findings", "guanli": "/staff/jobs", "shenji": "/staff/queue"} {
		c := p.SignInStaff(t, login)
		c.Page.Is(200).At(first)
		c.Get("/staff").At(first)
		c.Get("/staff/queue").Is(200).At(first)
	}
	c := p.Browser(t)
	c.Get("/staff/queue?tab=mine").At("/staff")
	c.Submit(form, webtest.Fields{"login": "nanshan.lian", "password": "wrong", "totp": "000000"}).Is(422)
	if c.Page.Attr("[name=login]", "value") != "nanshan.lian" || c.Page.Attr("[name=password]", "value") != "" {
		t.Error("after a wrong password the login name should stay and the password go")
	}
}

// BenchmarkQueuePage measures the first page of a desk with several hundred open filings, from the request to the last byte.
func BenchmarkQueuePage(b *testing.B) {
	p := webtest.Start(b, storetest.SQLite(b))
	who := debtor(b, p, "13800006071")
	for range 300 {
		submitted(b, p, who, draft(b, p, who, execCourt))
	}
	session := &http.Cookie{Name: "__Host-session", Value: p.SignInStaff(b, "nanshan.lian").Cookie("__Host-session")}
	portal := p.Handler()
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, webtest.Base+"/staff/queue", nil)
		r.AddCookie(session)
		answer := httptest.NewRecorder()
		portal.ServeHTTP(answer, r)
		if answer.Code != http.StatusOK {
			b.Fatalf("the queue answers %d", answer.Code)
		}
	}
}
