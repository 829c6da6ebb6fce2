package e2e

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"

	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// scene sets up a filing of Nanshan through the services: in the hands of a reviewer, and decided when the journey begins after that.
func (j *journey) scene(decided bool) filing.Filing {
	j.t.Helper()
	w, ctx := j.world, j.t.Context()
	debtor, desk, judge := w.Debtor(j.t, "13812341618"), w.Staff(j.t, "nanshan.lian"), w.Staff(j.t, "nanshan.shen1")
	step := func(f filing.Filing, err error) filing.Filing {
		j.t.Helper()
		if err != nil {
			j.t.Fatal(err)
		}
		return f
	}
	f := step(w.Filings.Start(ctx, debtor, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("林晓芸"), "id_number": rules.Said(""),
		"act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(), "what_happened": rules.Said("工资卡全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。"),
		"living_left": rules.Pick("no"), "security_offer": rules.Said(""), "moved": rules.Pick("no"),
	}}))
	f, _, err := w.Filings.Submit(ctx, debtor, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	f = step(f, err)
	f = step(w.Reviews.Accept(ctx, desk, f.ID, f.Version, ""))
	f = step(w.Reviews.Assign(ctx, judge, f.ID, f.Version, judge.PersonID))
	if decided {
		remedy, _ := w.Packs.On(calendar.Today(w.Time)).Remedy("R01")
		f = step(w.Reviews.Decide(ctx, judge, f.ID, f.Version, review.Ruling{Disposition: "rejected", Grounds: []string{remedy.Grounds[0].Code}, Text: "经查，冻结时已经留出生活费，请求不成立。"}))
	}
	return f
}

// TestJourneySupervisionRemark: the procuratorate of the seat finds a filing, reads it and changes nothing, and asks; the head of the court takes
// more time and answers; the procuratorate reads the answer. The procuratorate of another seat finds nothing.
func TestJourneySupervisionRemark(t *testing.T) {
	twoWays(t, func(j *journey) {
		f := j.scene(false)
		organ := j.signedIn("nanshan.jiancha")
		organ.at("/staff/seat")
		organ.says(f.Code(), execCourt)
		organ.follow(j.in("执行行为异议", "Objection"))
		organ.at("/staff/seat/f/" + f.ID)
		organ.says("林晓芸", caseNumber)
		organ.hidden("/staff/f/" + f.ID)
		organ.open("/staff/seat/f/" + f.ID + "/remark")
		organ.press(mainForm + button)
		organ.is(http.StatusUnprocessableEntity)
		organ.pick("kind", "suggestion")
		organ.fill("text", "请说明冻结时有没有给本人和家里人留生活费，依据在哪里。")
		organ.press(mainForm + button)
		organ.is(http.StatusOK)
		organ.says(j.word("remark.open"), j.in("3 个月", "3 months"))
		remark := organ.path

		other := j.signedIn("shenzhen.jiancha")
		other.says(j.word("seat.none"))
		other.hidden(remark)
		other.hidden("/staff/seat/f/" + f.ID)

		head := j.signedIn("nanshan.yuanzhang")
		head.open("/staff/remarks")
		head.follow(f.Code())
		head.at(remark)
		head.fill("text", "账户流水要到银行调取，需要多一点时间。")
		head.press("button[formaction]")
		head.at(remark)
		head.says(j.word("remark.longer_why"))
		head.fill("text", "已经核对：冻结当天留出了两人三个月的生活费，清单见卷第12页。")
		head.press("#answer" + button)
		head.at(remark)
		head.says(j.word("remark.answered"))

		organ.open(remark)
		organ.says("清单见卷第12页", j.word("remark.answered"))
	})
}

// TestJourneyQualityReview: the inspection of the court above draws a share of what was decided, reads it, scores it, and sees what it comes to.
func TestJourneyQualityReview(t *testing.T) {
	twoWays(t, func(j *journey) {
		f := j.scene(true)
		s := j.signedIn("duban")
		s.open("/staff/quality")
		s.says(j.word("quality.none"))
		s.press("#draw" + button)
		s.is(http.StatusUnprocessableEntity)
		choose := func(name, value string) {
			s.do("choose "+name, chromedp.SetValue("main select[name="+name+"]", value, chromedp.ByQuery))
		}
		court, err := j.world.Directory.BodyByName(t.Context(), execCourt)
		if err != nil {
			t.Fatal(err)
		}
		choose("body", court.ID)
		choose("from", "2026-11-01")
		s.press("#draw" + button)
		s.is(http.StatusOK)
		s.says(j.word("quality.seed"), f.Code(), j.word("quality.waits"))
		s.follow(f.Code())
		s.says("冻结时已经留出生活费", j.word("quality.facts"))
		s.press("#score" + button)
		s.is(http.StatusUnprocessableEntity)
		for _, name := range []string{"facts", "reasons", "law", "time", "words", "notice"} {
			choose(name, "3")
		}
		choose("separation", "0")
		s.fill("note", j.in("理由写得清楚。", "Clear reasons."))
		s.press("#score" + button)
		s.is(http.StatusOK)
		s.says(j.word("quality.percent", "N", 75), j.word("quality.done"))

		court2 := j.signedIn("nanshan.shen1")
		court2.hidden(s.path)
	})
}

// TestJourneyImport: a table with a bad row is shown row by row and stays out as a whole; the corrected one goes in as a whole, and whoever took
// the measure in it no longer sees the filing's review.
func TestJourneyImport(t *testing.T) {
	const head = "案号,法院,记录,身份,姓名或名称,登录名,措施,日期,截止,说明\n"
	rows := caseNumber + "," + execCourt + ",案件,,,,,2024-03-01,,\n" + caseNumber + "," + execCourt + ",当事人,被执行人,林晓芸,,,,,\n" +
		caseNumber + "," + execCourt + ",承办人员,,,nanshan.shen2,,,,\n"
	measure := func(kind string) string {
		return caseNumber + "," + execCourt + ",措施,,,," + kind + ",2026-10-20,,工资卡\n"
	}
	twoWays(t, func(j *journey) {
		f := j.scene(false)
		judge := j.signedIn("nanshan.shen2")
		judge.open("/staff/f/" + f.ID)
		judge.is(http.StatusOK)

		s := j.signedIn("guanli")
		hand := func(content string) {
			s.open("/staff/admin/imports")
			s.pick("kind", "cases")
			s.do("choose a file", chromedp.SetUploadFiles("main input[type=file]", []string{j.file("cases.csv", []byte(content))}, chromedp.ByQuery))
			s.press("#import" + button)
			s.is(http.StatusOK)
		}
		hand(head + rows + measure("没收"))
		s.says(j.word("import.blocked"), j.word("import.bad_measure", "Kind", "没收"), j.word("import.fate_new"))
		if s.has("#apply") {
			s.fail("a table with a bad row can be imported")
		}
		s.press("#drop" + button)
		s.says(j.word("import.dropped_now"))
		hand(head + rows + measure("冻结"))
		s.saysNot(j.word("import.blocked"))
		s.press("#apply" + button)
		s.says(j.word("import.applied_now"))
		judge.hidden("/staff/f/" + f.ID)
	})
}
