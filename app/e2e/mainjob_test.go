package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestMainJob drives the main job in Chinese, at the width of a telephone.
func TestMainJob(t *testing.T) { begin(t, storetest.SQLite(t), i18n.Chinese, true).mainJob() }

// TestMainJobNoScript does the same with JavaScript off.
func TestMainJobNoScript(t *testing.T) { begin(t, storetest.SQLite(t), i18n.Chinese, false).mainJob() }

// TestMainJobEnglish does the same in English, on Postgres, with a request for living costs besides.
func TestMainJobEnglish(t *testing.T) {
	j := begin(t, storetest.Postgres(t), i18n.English, true)
	j.mainJob()
	j.livingCosts()
}

// mainJob goes from the first question to the call afterwards, and to a body that lets its day pass.
func (j *journey) mainJob() {
	j.someoneTookPart("nanshan.shen2")
	late := j.anotherFiling()
	d := &debtor{j.enter("debtor", phone), "13812346071"}
	door := j.doors(d)
	draft := j.fileObjection(d, door)
	code := j.receipt(d, draft)
	j.decide(d, draft, code)
	j.reconsider(d, draft)
	j.callBack(d, draft)
	j.runLate(late)
}

// someoneTookPart notes that a reviewer took part in the measure, as the court's case system tells it.
func (j *journey) someoneTookPart(login string) {
	j.t.Helper()
	p := review.Participant{ID: store.NewID(), BodyID: j.world.Directory.BodyID(j.t.Context(), execCourt), CaseNumber: caseNumber,
		PersonID: j.world.Staff(j.t, login).PersonID, Part: "took", CreatedAt: j.world.Clock.Now()}
	if err := j.world.DB.Tx(j.t.Context(), func(tx *gorm.DB) error { return j.world.Reviews.RecordParticipant(tx, p) }); err != nil {
		j.t.Fatal(err)
	}
}

// doors answers the questions of somebody who lost an objection, sees the day worked out, and then changes the answer to what is true.
func (j *journey) doors(d *debtor) (door string) {
	d.t.Helper()
	d.follow(j.word("start.go"))
	answers := map[string]answer{
		"topic": choose("account"), "role": choose("self"), "before_judgment": choose("no"), "prior": choose("rejected"),
		"money_kind": choose("wages"), "ruling_served_on": date(2026, 10, 30),
	}
	d.find(answers)
	// Ten days from Friday 30 October end on Monday 9 November.
	d.says(j.in("请上一级法院再看一次", "Ask the court above to look again"), j.day(2026, 11, 9), j.in("《民事诉讼法》第236条", "Civil Procedure Law"), "D-")
	if !d.has("#door-R15 details, #door-R15 .working") {
		d.fail("the door does not show how its last day is worked out")
	}
	d.visit("/find/q/prior")
	d.is(http.StatusOK)
	answers["prior"] = choose("none")
	d.find(answers)
	d.says(j.in("说执行做得不对，请法院纠正", "Say the enforcement was wrong"), j.in("不是采取措施的人", "not the people who took the measure"),
		j.in("《民事诉讼法》第236条", "Civil Procedure Law"))
	d.press("#door-R01 a.govuk-button")
	d.at("/doors/R01")
	return d.path
}

// fileObjection signs in, gives the case, answers, hands files in, and submits.
func (j *journey) fileObjection(d *debtor, door string) (draft string) {
	d.t.Helper()
	d.follow(j.word("door.act"))
	d.signIn()
	d.at(door)
	draft = d.start()
	d.giveCase(caseNumber)
	d.write(map[string]answer{
		"name": write("林晓芸"), "id_number": {}, "act": write(j.in("冻结尾号 6071 的工资卡", "Freezing of the wage card ending 6071")), "act_served_on": date(2026, 10, 26),
		"what_happened": write(j.in("账户里都是工资，没有留生活费。", "The account holds wages only, and nothing was left to live on.")),
		"request":       write(j.in("解除对工资账户的冻结。", "Lift the freeze of the wage account.")), "moved": choose("no"), "security_offer": {},
	})
	kind := d.eval("document.querySelector('main select[name=kind]').options[1].value")
	d.upload(kind, j.paper("裁定书.pdf"))
	d.upload("other", j.photo("账户流水.jpg"))
	d.follow(j.word("button.continue"))
	d.giveAddress("深圳市南山区常兴路 1 号", "yes")
	d.at(draft + "/check")
	d.says("林晓芸", caseNumber, execCourt, j.day(2026, 10, 26), "裁定书.pdf", "账户流水.jpg")
	return draft
}

// receipt submits and reads the receipt, as a page and on paper.
func (j *journey) receipt(d *debtor, draft string) (code string) {
	d.t.Helper()
	code = d.file()
	docketing := j.in("立案庭", "Docketing")
	// K01: three days from Monday 2 November end on Thursday 5 November.
	d.says(execCourt, docketing, j.day(2026, 11, 5), aboveCourt, "裁定书.pdf", "账户流水.jpg", "SHA-256", j.in("《执行异议和复议规定》", "Objection and Reconsideration Provisions"))
	d.paperSays(draft+"/receipt.pdf", code, execCourt, "裁定书.pdf", j.in("已收到您的申请", "received"))
	j.told(d.contact, code)
	return code
}

// decide is the body's work: it asks for what is missing, takes the filing up, gives it to somebody who took no part, decides and serves.
func (j *journey) decide(d *debtor, draft, code string) {
	d.t.Helper()
	desk := j.signedIn("nanshan.lian")
	at := desk.take(code)
	desk.says("林晓芸", caseNumber, i18n.DateDay(j.lang, civil(2026, 11, 5)))
	desk.step("ask.title")
	ask := j.in("请补交工资账户近六个月的流水。", "Please send the statements of the wage account for six months.")
	desk.fill("text", ask)
	desk.done(at)
	j.supplement(d, draft, ask)
	desk.open(at)
	desk.step("accept.title")
	desk.fill("number", "（2026）粤0305执异88号")
	desk.done(at)
	j.assign(desk, at)
	judge := j.signedIn("nanshan.shen1")
	judge.take("执异88号")
	judge.step("decide.title")
	judge.pick("disposition", "rejected")
	judge.choose("finding-G01", "not_made")
	reasons := j.in("账户里的钱不全是工资，已经留出生活费。", "The account holds more than wages, and living costs have been left.")
	judge.fill("text", reasons)
	judge.press(mainForm + button)
	judge.is(http.StatusOK)
	judge.says(reasons, j.word("act.next"), aboveCourt)
	judge.done(at)
	judge.step("serve.title")
	judge.pick("kind", review.ServedPortal)
	for i, part := range date(2026, 11, 2).date {
		judge.fill([]string{"year", "month", "day"}[i], part)
	}
	judge.done(at)
	d.back(draft + "/decision")
	// K05: ten days from Monday 2 November end on Thursday 12 November.
	d.says(reasons, j.day(2026, 11, 12))
}

// supplement answers the one request for what is missing, in one run: a file and words.
func (j *journey) supplement(d *debtor, draft, ask string) {
	d.t.Helper()
	d.back(draft + "/progress")
	d.says(j.day(2026, 11, 5), j.word("progress.paused"))
	d.follow(j.word("progress.add_now"))
	d.says(ask)
	j.world.Time.Add(time.Minute)
	d.upload("other", j.paper("六个月流水.pdf"))
	d.fill("text", j.in("流水附上，每月只有工资进账。", "The statements are attached; only wages come in."))
	d.press("main button[name=send]")
	d.at(draft + "/progress")
	d.says(j.word("supplement.sent"))
}

// assign gives the filing to a reviewer. Whoever took part cannot be chosen, and whoever enforces does not even see it.
func (j *journey) assign(desk *staff, at string) {
	desk.t.Helper()
	j.signedIn("nanshan.zhixing").hidden(at)
	j.signedIn("nanshan.shen2").hidden(at)
	desk.open(at)
	desk.step("assign.title")
	desk.says(j.word("review.barred.took_part"))
	barred := j.world.Staff(j.t, "nanshan.shen2").PersonID
	if !desk.has(`input[name=person][value="` + barred + `"]:disabled`) {
		desk.fail("who took part in the measure can be chosen")
	}
	desk.pick("person", j.world.Staff(j.t, "nanshan.shen1").PersonID)
	desk.done(at)
}

// reconsider starts the next way from the progress page with the facts carried over, and submits it to the court above.
func (j *journey) reconsider(d *debtor, draft string) {
	d.t.Helper()
	d.back(draft + "/progress")
	d.says(j.day(2026, 11, 12), j.in("请上一级法院再看一次", "Ask the court above to look again"), j.word("progress.served"))
	d.press("#door-R15 form" + button)
	d.is(http.StatusOK)
	d.says(j.word("draft.carried"))
	next := strings.Join(strings.Split(d.path, "/")[:4], "/")
	if next == draft {
		d.fail("no draft was opened")
	}
	if strings.HasSuffix(d.path, "/case") {
		d.press(mainForm + button)
	}
	d.write(map[string]answer{
		"why_wrong": write(j.in("裁定没有回应我的流水。", "The ruling did not answer my statements.")),
		"request":   write(j.in("撤销裁定，解除冻结。", "Set the ruling aside and lift the freeze.")),
	})
	d.follow(j.word("papers.without"))
	d.says("深圳市南山区常兴路 1 号") // the address for service came along, the consent did not
	d.giveAddress("", "no")
	d.at(next + "/check")
	d.says("林晓芸", caseNumber, "（2026）粤0305执异88号", j.day(2026, 11, 2), j.day(2026, 11, 12), aboveCourt)
	d.file()
	d.says(aboveCourt)
}

// callBack is the call after the decision: due on the next day inside the hours, hidden from the body asked about, and with a finding for
// the court above when something was wrong. The debtor reads the answer to it.
func (j *journey) callBack(d *debtor, draft string) {
	d.t.Helper()
	j.world.Work(j.t)
	j.world.Time.Set(time.Date(2026, 11, 3, 6, 30, 0, 0, time.UTC)) // Tuesday, 14:30 in China
	caller := j.signedIn("huifang.1")
	caller.at("/staff/calls")
	caller.press("table th a")
	at := caller.path
	caller.press(mainForm + button)
	caller.at(at)
	caller.pick("value", "yes")
	caller.press("main form:has(input[name=item])" + button)
	caller.answerCall(map[string]string{"P13": "yes", "F8": "yes"}, j.in("接电话的人可以更有耐心。", "More patience on the telephone."))
	caller.says(j.word("offer.title"))
	caller.pick("choice", "call")
	caller.pick("reply", "portal")
	caller.press("main form:has(input[name=finding])" + button)
	caller.saysNot(caseNumber, "执异88号")
	caller.pick("outcome", "10")
	caller.press("main form:has(input[name=outcome])" + button)
	caller.at(at + "/done")
	own := j.signedIn("nanshan.huifang")
	own.saysNot(at[strings.LastIndex(at, "/")+1:])
	own.hidden(at)
	j.answerFinding(d, draft)
}

func (j *journey) answerFinding(d *debtor, draft string) {
	d.t.Helper()
	owner := j.signedIn("duban")
	owner.at("/staff/findings")
	owner.says(execCourt)
	owner.press("table th a")
	owner.pick("disposition", "take")
	owner.press(mainForm + button)
	owner.is(http.StatusOK)
	owner.pick("disposition", "answer")
	owner.pick("result", "confirmed")
	answer := j.in("已经查明：晚上 8 点以后打过两次电话，已经要求改正。", "We found two calls after 8 in the evening and had this put right.")
	owner.fill("text", answer)
	owner.press(mainForm + button)
	owner.is(http.StatusOK)
	owner.says(j.word("ring.finding_answered"))
	d.back(draft + "/progress")
	d.says(answer)
}

// otherContact is who made the filing that nobody decides in time.
const otherContact = "13900001111"

// anotherFiling is an objection that was taken up and then lies.
func (j *journey) anotherFiling() filing.Filing {
	j.t.Helper()
	ctx, w := j.t.Context(), j.world
	who := w.Debtor(j.t, otherContact)
	who.Lang = j.lang
	f, err := w.Filings.Start(ctx, who, filing.StartInput{Remedy: "R01", Lang: j.lang, Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "moved": rules.Pick("no"),
		filing.FactCaseNumber: rules.Said("（2025）粤0305执77号"), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("黄大川"),
		"act": rules.Said("查封房屋"), "what_happened": rules.Said("房子是家里唯一的住处。"), "request": rules.Said("解除查封。"),
	}})
	if err != nil {
		j.t.Fatal(err)
	}
	if f, _, err = w.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
		j.t.Fatal(err)
	}
	if f, err = w.Reviews.Accept(ctx, w.Staff(j.t, "nanshan.lian"), f.ID, f.Version, "（2026）粤0305执异77号"); err != nil {
		j.t.Fatal(err)
	}
	return f
}

// runLate lets the day of the other filing pass: it is marked, its owner and its debtor are told, and the next door is there.
func (j *journey) runLate(f filing.Filing) {
	j.t.Helper()
	// K04: fifteen days from Monday 2 November end on Tuesday 17 November.
	if want := calendar.NewDate(2026, 11, 17).EndUTC(); f.NextDueAt == nil || !f.NextDueAt.Equal(want) {
		j.t.Fatalf("due %v, want %v", f.NextDueAt, want)
	}
	j.world.Time.Set(*f.NextDueAt)
	if err := j.world.Jobs.RunNow(j.t.Context(), "filing.clocks"); err != nil {
		j.t.Fatal(err)
	}
	j.world.Work(j.t)
	d := &debtor{j.enter("late", phone), otherContact}
	d.visit("/my/f/" + f.ID + "/progress")
	d.signIn()
	d.at("/my/f/" + f.ID + "/progress")
	d.says(j.in("法院一直没有动静，请上一级督促", "Nobody answers, ask the court above to press it"))
	if !d.has("#door-R36") {
		d.fail("the next door is not offered")
	}
	j.told(otherContact, f.Code())
	j.told("nanshan.shen1", f.Code())
	j.told("nanshan.shen2", f.Code())
	desk := j.signedIn("nanshan.shen1")
	desk.says("执异77号", j.word("work.overdue"))
	d.follow(j.word("progress.see_draft"))
	d.is(http.StatusOK)
	draft, _, _ := strings.Cut(strings.TrimPrefix(d.path, "/my/f/"), "/")
	d.open("/my/f/" + draft + "/check")
	d.says(execCourt)
}

// livingCosts asks for living costs to be left, after a change in life.
func (j *journey) livingCosts() {
	j.t.Helper()
	d := &debtor{j.enter("earner", phone), "13700002222"}
	d.follow(j.word("start.go"))
	d.find(map[string]answer{"topic": choose("life"), "change": choose("income"), "taking": choose("yes"), "living_left": choose("no"), "person_kind": choose("person")})
	d.press("#door-R11 a.govuk-button")
	d.follow(j.word("door.act"))
	d.signIn()
	draft := d.start()
	d.giveCase("(2024)粤0305执1234号")
	d.follow(j.word("means.attach_skip"))
	d.write(map[string]answer{"name": write("陈阿强"), "id_number": {}, "request": write("Leave ¥3,000 a month."), "income": write("3,200.50"), "dependants": write("2")})
	d.follow(j.word("papers.without"))
	d.giveAddress("", "")
	d.at(draft + "/check")
	d.file()
	// P01: five working days from receipt; the owner is the enforcing court itself.
	d.says(execCourt)
}
