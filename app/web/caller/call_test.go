package caller_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
)

const (
	execCourt   = "深圳市南山区人民法院"
	applicant   = "林晓芸"
	phone       = "13800006071"
	caseNumber  = "（2024）粤0305执1234号"
	secret      = "冻结工资卡"
	callingDay  = "2026-11-24 10:00"
	atNight     = "2026-11-24 21:00"
	centreLogin = "huifang.1"
)

// zh gives the Chinese words of a key, which the tests of the words look after.
func zh(key string, kv ...any) string { return i18n.T(i18n.Chinese, key, kv...) }

// called is the case of a person whose objection was decided and served, at a time when he may be called.
func called(t *testing.T, p *webtest.Portal, contact string) string {
	t.Helper()
	who := debtor(t, p, contact)
	f := served(t, p, who)
	p.Work(t)
	var id string
	if err := p.DB.Read(t.Context()).Table("callback_case").Where("filing_id = ?", f.ID).Pluck("id", &id).Error; err != nil || id == "" {
		t.Fatalf("no callback was opened: %v", err)
	}
	return id
}

func debtor(t *testing.T, p *webtest.Portal, contact string) account.Actor {
	t.Helper()
	if err := p.Accounts.RequestCode(t.Context(), contact, "browser", "zh-Hans"); err != nil {
		t.Fatal(err)
	}
	person, err := p.Accounts.VerifyCode(t.Context(), contact, p.CodeFor(t, contact), "browser")
	if err != nil {
		t.Fatal(err)
	}
	actor := account.Actor{PersonID: person.ID, Kind: account.Debtor, Lang: "zh-Hans"}
	if err := p.Accounts.SetName(t.Context(), actor, person.ID, applicant); err != nil {
		t.Fatal(err)
	}
	return actor
}

// served takes an objection to its end.
func served(t *testing.T, p *webtest.Portal, who account.Actor) filing.Filing {
	t.Helper()
	ctx := t.Context()
	f, err := p.Filings.Start(ctx, who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "moved": rules.Pick("no"),
		filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said(applicant),
		"act": rules.Said(secret), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。")}})
	must(t, err)
	f, _, err = p.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	must(t, err)
	f, err = p.Reviews.Accept(ctx, staff(t, p, "nanshan.lian"), f.ID, f.Version, "")
	must(t, err)
	judge := staff(t, p, "nanshan.shen1")
	f, err = p.Reviews.Assign(ctx, judge, f.ID, f.Version, judge.PersonID)
	must(t, err)
	f, err = p.Reviews.Decide(ctx, judge, f.ID, f.Version, review.Ruling{Disposition: "rejected", Grounds: []string{"G09"}, Text: "查明的事实和理由写在这里。"})
	must(t, err)
	f, err = p.Reviews.Serve(ctx, judge, f.ID, f.Version, review.ServedInPerson, calendar.Today(p.Clock))
	must(t, err)
	return f
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func staff(t *testing.T, p *webtest.Portal, login string) account.Actor {
	t.Helper()
	var id string
	must(t, p.DB.Read(t.Context()).Table("staff_login").Where("login = ?", login).Pluck("person_id", &id).Error)
	actor, err := p.Accounts.ActorOf(t.Context(), id)
	must(t, err)
	return actor
}

// at moves the clock to a time of day in China.
func at(t *testing.T, p *webtest.Portal, when string) {
	t.Helper()
	to, err := time.ParseInLocation("2006-01-02 15:04", when, calendar.Zone)
	must(t, err)
	p.Clock.Set(to.UTC())
}

// action is the selector of the form that posts to one of the case's addresses.
func action(id, what string) string { return "form[action='/staff/calls/" + id + "/" + what + "']" }

// TestCall takes a case, reads the script from consent to the end, and logs the call. Nothing of the debt is on any page.
func TestCall(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		id := called(t, p, phone)
		at(t, p, callingDay)
		c := p.SignInStaff(t, centreLogin)
		here := "/staff/calls/" + id
		c.Page.At("/staff/calls").Says("林某").SaysNot(applicant, phone, secret, caseNumber)
		c.Get(here).Is(200).Says(zh("ring.take")).SaysNot(phone, applicant)
		c.Submit(action(id, "claim"), nil).Is(200).At(here).Says("何晴", "可以开始吗").SaysNot(applicant, secret, caseNumber, execCourt)
		if tel := c.Page.Attr("a[href='tel:+86"+phone+"']", "href"); tel == "" {
			t.Error("whoever holds the case cannot ring")
		}
		if c.Page.Has("input[name=outcome][value=72]") {
			t.Error("an outcome that only the program writes can be chosen")
		}
		c.Submit(action(id, "answer"), nil).Is(422).Says(zh("callback.answer_missing"))
		c.Submit(action(id, "answer"), webtest.Fields{"value": "yes"}).Is(200).Says("上过门", zh("call.item", "N", "1", "Of", "19")).SaysNot("第 0")
		for _, step := range []struct{ value, next string }{
			{"no", "找过您的家人"}, {"no", "地址"}, {"no", "书面通知"}, {"yes", "被评估"}, {"no", "索要钱"},
			{"yes", "我能把自己的情况说清楚"}, {"3", "被记录下来了"}, {"3", "同样的规则"}, {"8", "不是采取措施的那个人"}, {"9", "我听懂了"}, {"7", "下一步能做什么"},
			{"3", "好几个地方"}, {"3", "有礼貌"}, {"3", "我的住处"}, {"3", "基本生活费"}, {"3", "我想要的"}, {"1", "愿意向法院反映"}, {"3", "最需要改的是什么"},
		} {
			c.Submit(action(id, "answer"), webtest.Fields{"value": step.value}).Is(200).Says(step.next)
			if step.next == "我能把自己的情况说清楚" {
				c.Page.Says("广东省深圳市中级人民法院") // who has the finding now
				c.Follow(zh("call.prev")).Is(200).Says("索要钱")
				if c.Page.Attr("input[name=value][checked]", "value") != "yes" {
					t.Error("the answer given is not shown when the caller goes back")
				}
				c.Get(here)
			}
		}
		c.Submit(action(id, "answer"), webtest.Fields{"text": "早一点告诉我。"}).Is(200).Says(zh("offer.title"), "被索要财物", "不带您的名字")
		c.Submit(action(id, "offer"), nil).Is(422).Says(zh("offer.choice_missing"), zh("offer.reply_missing"))
		c.Submit(action(id, "offer"), webtest.Fields{"choice": "call", "reply": "call"}).Is(200).Says(zh("offer.kept"), zh("call.over"))
		c.Submit(action(id, "attempt"), webtest.Fields{"note": "写了说明"}).Is(422).Says("写了说明")
		c.Submit(action(id, "attempt"), webtest.Fields{"outcome": "10", "note": ""}).Is(200).At(here + "/done").Says("完成")
		c.Get("/staff/calls").SaysNot(here)
		c.Get(here).Is(200).Says(zh("callback.closed")).SaysNot(phone)

		duban := p.SignInStaff(t, "duban")
		duban.Page.At("/staff/findings").Says("被索要财物").SaysNot(applicant, phone)
	})
}

// TestRefusal: a no is parted with in the words of the pack, and an appointment needs a day within calling hours.
func TestRefusal(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id := called(t, p, phone)
	at(t, p, callingDay)
	c := p.SignInStaff(t, centreLogin)
	c.Get("/staff/calls/" + id)
	c.Submit(action(id, "claim"), nil).Is(200)
	c.Submit(action(id, "answer"), webtest.Fields{"value": "no"}).Is(200).Says("这次不问了")
	c.Submit(action(id, "attempt"), webtest.Fields{"outcome": "20", "year": "2026", "month": "11", "day": "31", "slot": "morning"}).Is(422).Says("11月没有 31 日")
	if c.Page.Attr("[name=day]", "value") != "31" {
		t.Error("the day typed is lost")
	}
	c.Submit(action(id, "attempt"), webtest.Fields{"outcome": "20", "day": "25", "slot": ""}).Is(422).Says(zh("callback.appointment_missing"))
	c.Submit(action(id, "attempt"), webtest.Fields{"outcome": "20", "day": "25", "slot": "morning"}).Is(200).At("/staff/calls/"+id+"/done").Says("约了时间", "11月25日")
}

// TestOutsideHours: at night nobody is on the list, no number is shown, and the page says when calling begins again.
func TestOutsideHours(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id := called(t, p, phone)
	at(t, p, callingDay)
	c := p.SignInStaff(t, centreLogin)
	c.Get("/staff/calls/" + id)
	c.Submit(action(id, "claim"), nil).Is(200)
	at(t, p, atNight)
	c = p.SignInStaff(t, centreLogin)
	c.Page.At("/staff/calls").Says("2026年11月25日（周三） 09:00").SaysNot("林某")
	c.Get("/staff/calls/" + id).Is(200).SaysNot(phone)
}

// TestCallIsolation: staff of the body asked about, and everybody else who is no caller, find nothing.
func TestCallIsolation(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id := called(t, p, phone)
	at(t, p, callingDay)
	for _, login := range []string{"nanshan.huifang", "nanshan.shen1", "nanshan.lian", "duban", "guanli", "shenji"} {
		c := p.SignInStaff(t, login)
		token := c.Get("/signin").Attr("[name=_csrf]", "value")
		for _, path := range []string{"", "/done"} {
			c.GetRaw("/staff/calls/" + id + path).Is(http.StatusNotFound)
		}
		for _, path := range []string{"/claim", "/release", "/answer", "/attempt"} {
			c.Post("/staff/calls/"+id+path, url.Values{kit.CSRFField: {token}}).Is(http.StatusNotFound)
		}
		if list := c.GetRaw("/staff/calls"); list.Status == http.StatusOK {
			list.SaysNot(id, "林某")
		}
	}
}

// TestRelease gives a case back uncalled: it is on the list again for everybody.
func TestRelease(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id := called(t, p, phone)
	at(t, p, callingDay)
	c := p.SignInStaff(t, centreLogin)
	c.Get("/staff/calls/" + id)
	c.Submit(action(id, "claim"), nil).Is(200)
	c.Submit(action(id, "release"), nil).Is(200).At("/staff/calls").Says(zh("ring.released"), "林某")
	c.Get("/staff/calls/" + id).Is(200).SaysNot(phone).One(action(id, "claim"))
}

// TestTwoCallersClaim lets two callers take the same case at once: one rings, the other is told who.
func TestTwoCallersClaim(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		id := called(t, p, phone)
		centre := p.Directory.BodyID(t.Context(), "深圳执行回访中心")
		second := staff(t, p, "shenji")
		must(t, p.Accounts.AddGrant(t.Context(), account.System(), second.PersonID,
			account.NewGrant{Grant: account.Grant{Role: account.RoleCaller, BodyID: centre}, From: calendar.NewDate(2026, 1, 1)}))
		at(t, p, callingDay)
		names := map[string]string{centreLogin: "何晴", "shenji": "梁正"}
		browsers := map[string]*webtest.Client{}
		for login := range names {
			browsers[login] = p.SignInStaff(t, login)
			browsers[login].Get("/staff/calls/" + id).Is(http.StatusOK)
		}
		answers := map[string]*webtest.Page{}
		var lock sync.Mutex
		var both sync.WaitGroup
		for login, c := range browsers {
			token := c.Page.Attr("[name=_csrf]", "value")
			both.Go(func() {
				answer := c.Post("/staff/calls/"+id+"/claim", url.Values{kit.CSRFField: {token}})
				lock.Lock()
				answers[login] = answer
				lock.Unlock()
			})
		}
		both.Wait()
		won := 0
		for login, answer := range answers {
			if answer.Status == http.StatusSeeOther {
				won++
				continue
			}
			for other, name := range names {
				if other != login {
					answer.Is(http.StatusConflict).Says(name)
				}
			}
		}
		if won != 1 {
			t.Errorf("%d callers took the case", won)
		}
	})
}

// TestScriptIsKeyed gives every answer a key, so that a call can be taken without a mouse.
func TestScriptIsKeyed(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	id := called(t, p, phone)
	at(t, p, callingDay)
	c := p.SignInStaff(t, centreLogin)
	c.Get("/staff/calls/" + id)
	c.Submit(action(id, "claim"), nil)
	c.Submit(action(id, "answer"), webtest.Fields{"value": "yes"}).Is(200)
	var keys []string
	for _, input := range c.Page.All("input[data-key]") {
		for _, a := range input.Attr {
			if a.Key == "data-key" {
				keys = append(keys, a.Val)
			}
		}
	}
	if got := strings.Join(keys, ""); got != "1297" {
		t.Errorf("the keys of a fact are %s", got)
	}
}
