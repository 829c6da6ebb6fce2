package public_test

import (
	"strings"
	"testing"

	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// says looks for sentences in the words of the page without its spaces: dates and sums stand in elements of their own.
func says(t *testing.T, page *webtest.Page, texts ...string) {
	t.Helper()
	words := strings.ReplaceAll(page.Words(), " ", "")
	for _, text := range texts {
		if !strings.Contains(words, strings.ReplaceAll(text, " ", "")) {
			t.Errorf("%s does not say %q:\n%s", page.URL, text, words)
		}
	}
}

// TestInterestPage works the example of two part payments out: 20 days on 100,000, 30 on 60,000 and 50 on 10,000 are 350, 315 and 87.50.
func TestInterestPage(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.Get("/").Is(200)
	c.Follow("自己算一算").Is(200).At("/reckon")
	c.Follow("加倍利息算得对不对").Is(200).At("/reckon/interest")
	c.Submit(mainForm, webtest.Fields{"debt_sum_1": "１００，０００元", "debt_due_1": "2025年12月31日", "until": "2026/4/10",
		"paid_sum_1": "40,000", "paid_on_1": "20260120", "paid_sum_2": "50000", "paid_on_2": "2026.2.19", "paid_kind_2": "taken"})
	says(t, c.Page.Is(200), "加倍利息共 ¥752.50，全部还差 ¥10,752.50", "¥100,000.00 × 每天 0.0175% × 20 天", "¥10,000.00 × 每天 0.0175% × 50 天",
		"《迟延履行利息解释》第1条", "第3条第2款", "金额或利息算错了，请重算")
	if got := c.Page.Attr("[name=debt_sum_1]", "value"); got != "１００，０００元" {
		t.Errorf("what was typed became %q", got)
	}
	if got := len(c.Page.All(".bars svg")); got != 4 {
		t.Errorf("%d bars", got)
	}
	if c.Page.Header.Get("Cache-Control") != "no-store" {
		t.Error("the sums may be kept in a cache")
	}
	says(t, c.Submit(mainForm, webtest.Fields{"stay_from_1": "2026-01-11", "stay_to_1": "2026-01-12", "stay_kind_1": "retrial"}).Is(200), "加倍利息共 ¥717.50", "不算。2 天里执行停着", "再审中止执行")
	says(t, c.Submit(mainForm, webtest.Fields{"stay_kind_1": "own_review"}).Is(200), "加倍利息共 ¥752.50", "这些日子照算利息")
	says(t, c.Submit(mainForm, webtest.Fields{"until": "2025-12-31"}).Is(200), "没有加倍利息，还差 ¥100,000.00", "在算到的那一天之后")
}

func TestInterestPageSaysWhatIsMissing(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.SubmitAt("/reckon/interest", mainForm, webtest.Fields{"debt_sum_1": "一万", "until": "2026-02-30", "paid_sum_2": "500", "interest": "1,2",
		"stay_from_1": "2026-03-02", "stay_to_1": "2026-03-01"})
	says(t, c.Page.Is(422), "金额里有文字", "2月没有 30 日", "逗号的位置不对", "请看看是不是写反了", "请选一项")
	if c.Page.Has("#result") {
		t.Error("a sum is shown beside the errors")
	}
	var leads []string
	for _, n := range c.Page.All(".govuk-error-summary a") {
		for _, a := range n.Attr {
			if a.Key == "href" {
				leads = append(leads, strings.TrimPrefix(a.Val, "#"))
				if !c.Page.Has(a.Val) {
					t.Errorf("%s leads nowhere", a.Val)
				}
			}
		}
	}
	// The empty first payment is gone, and the second stands in its place.
	want := "debt_sum_1 debt_due_1 interest until paid_on_1 stay_to_1 stay_kind_1"
	if got := strings.Join(leads, " "); got != want {
		t.Errorf("errors in the order %s, want %s", got, want)
	}
	if got := c.Page.Attr("[name=paid_sum_1]", "value"); got != "500" {
		t.Errorf("the payment became %q", got)
	}
	says(t, c.SubmitAt("/reckon/interest", mainForm, webtest.Fields{"debt_sum_1": "100", "debt_due_1": "2010-01-01", "until": "2014-07-31"}).Is(200), "这些日子都在旧办法里", "2014年8月1日", "没有算")
}

// TestMoreRows: the button adds rows and keeps what was typed, also what cannot be read, without judging it.
func TestMoreRows(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.Get("/reckon/interest")
	if c.Page.Has("[name=debt_sum_2]") {
		t.Error("the form begins with a second debt")
	}
	c.Submit(mainForm, webtest.Fields{"debt_sum_1": "一万", "more": "1"}).Is(200)
	if !c.Page.Has("[name=debt_sum_4]") || c.Page.Has("[name=debt_sum_5]") || c.Page.Attr("[name=debt_sum_1]", "value") != "一万" {
		t.Error("three rows more are wanted, with what was typed")
	}
	c.SubmitAt("/reckon/seized", mainForm, webtest.Fields{"asset_name_1": "房子", "asset_whole_1": "1", "more": "1"}).Is(200)
	if !c.Page.Has("[name=asset_whole_1][checked]") || !c.Page.Has("[name=asset_value_4]") {
		t.Error("the thing typed is lost")
	}
}

func TestLivingPage(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.Get("/reckon/living").Is(200)
	says(t, c.Submit(mainForm, nil).Is(422), "请写人数", "还没有写金额")
	says(t, c.Submit(mainForm, webtest.Fields{"people": "３", "income": "6200", "taken": "2800"}).Is(200), "您那里的标准我们还不知道", "民政局")
	if c.Page.Has(".sum .n") {
		t.Error("a sum is made up")
	}
	cases := []struct{ asked, income, taken, needs, says string }{
		{"1000", "6200", "2800", "", "现在扣完还剩 ¥3,400.00，够这个数"},
		{"1000", "6200", "3200.01", "", "现在扣完只剩 ¥2,999.99，每月不够 ¥0.01"},
		{"1000", "6200", "6200", "", "一分没留，每月不够 ¥3,000.00"},
		{"1000", "2680", "", "", "现在收入不够留，每月不够 ¥320.00"},
		{"1000", "3000", "500", "", "收入本来就没有可以扣的，现在还扣 ¥500.00，每月不够 ¥500.00"},
		{"1000", "3000", "", "", "收入正好是这个数，没有可以扣的"},
		{"1000", "3000.01", "", "", "超出的部分是 ¥0.01"},
		{"1000", "6200", "2800", "980", "也算上，每月不够 ¥580.00"},
	}
	for _, tt := range cases {
		says(t, c.Submit(mainForm, webtest.Fields{"asked": tt.asked, "income": tt.income, "taken": tt.taken, "needs": tt.needs}).Is(200), tt.says, "您问到的数，我们没有核对", "《查封、扣押、冻结财产规定》第3条")
	}
}

func TestSeizedPage(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.Get("/reckon/seized").Is(200)
	says(t, c.Submit(mainForm, nil).Is(422), "请写判决让付的数", "至少写一样")
	says(t, c.Submit(mainForm, webtest.Fields{"claim": "100000", "costs": "1500", "asset_name_1": "住房", "asset_value_1": "1000000", "asset_whole_1": "1"}).Is(200), "多 ¥898,500.00。多的部分在不能分开的东西里", "又不能分开", "第19条")
	says(t, c.Submit(mainForm, webtest.Fields{"asset_name_2": "存款", "asset_value_2": "101500"}).Is(200), "多 ¥1,000,000.00，明显超出了", "不要这一样，别的也够还")
	says(t, c.Submit(mainForm, webtest.Fields{"asset_value_1": "", "asset_value_2": "90000"}).Is(200), "现在说不准", "有 1 样不知道值多少", "不知道")
	c.Page.SaysNot("明显超出了")
	says(t, c.Submit(mainForm, webtest.Fields{"asset_value_1": "11500"}).Is(200), "没有超过要还的 ¥101,500.00")
	says(t, c.Submit(mainForm, webtest.Fields{"asset_value_1": "0"}).Is(422), "价值要大于 0")
}

// TestReckonInEnglish draws every page with a result in the other language.
func TestReckonInEnglish(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.Get("/reckon/interest?lang=en").Is(200).Says("Is the late interest right?")
	says(t, c.Submit(mainForm, webtest.Fields{"debt_sum_1": "100000", "debt_due_1": "2025-12-31", "until": "2026-04-10"}).Is(200), "doubled interest comes to ¥1,750.00", "¥100,000.00 × 0.0175% a day × 100 days", "Late Performance Interest, article 1")
	says(t, c.SubmitAt("/reckon/living", mainForm, webtest.Fields{"people": "2", "income": "1000", "asked": "600"}).Is(200), "short by ¥200.00 a month")
	says(t, c.SubmitAt("/reckon/seized", mainForm, webtest.Fields{"claim": "10", "asset_name_1": "x", "asset_value_1": "13"}).Is(200), "clearly more")
}
