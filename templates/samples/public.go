package samples

import (
	"github.com/a-h/templ"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
	"reliefportal/templates/public"
)

func publicSamples() []Sample {
	const g = "public"
	return []Sample{
		{g, "start", func(p kit.Page) templ.Component { return public.Start(p, startView(p)) }},
		{g, "finder choice", func(p kit.Page) templ.Component { return finder(p, happened(p)) }},
		{g, "finder date", func(p kit.Page) templ.Component { return finder(p, servedOn(p)) }},
		{g, "finder several", func(p kit.Page) templ.Component {
			q := happened(p)
			q.Kind, q.ID = "choices", "q3"
			return finder(p, q)
		}},
		{g, "finder sum, error", func(p kit.Page) templ.Component {
			q := kit.Question{ID: "q4", Kind: "money", Title: say(p, "一共冻结了多少钱？", "How much is frozen in all?"), Value: "一万多", Unsure: true}
			return finder(withErrors(p, kit.FieldError{ID: "value", Text: p.T("money.words")}), q)
		}},
		{g, "finder nothing chosen", func(p kit.Page) templ.Component {
			return finder(withErrors(p, kit.FieldError{ID: "value", Text: p.T("answer.choose")}), happened(p))
		}},
		{g, "doors", func(p kit.Page) templ.Component { return public.Doors(p, doorsView(p)) }},
		{g, "doors one", func(p kit.Page) templ.Component {
			v := doorsView(p)
			v.Open, v.Shut = v.Open[1:2], nil
			return public.Doors(p, v)
		}},
		{g, "doors none", func(p kit.Page) templ.Component {
			v := doorsView(p)
			v.Open, v.Shut = nil, nil
			v.Safety = []string{say(p, "有人威胁您或家人，先打 110。这里的事可以等。", "If someone threatens you or your family, call 110 first. This can wait.")}
			return public.Doors(p, v)
		}},
		{g, "one door", func(p kit.Page) templ.Component { return public.Door(p, oneDoor(p)) }},
		{g, "one door, not open", func(p kit.Page) templ.Component {
			d := doorShut(p)
			d.Ways = []kit.Link{{Text: doorOpen(p).Title, Href: "/doors/R11"}}
			return public.Door(p, public.DoorView{Door: d, Contact: say(p, "打 12348 问法律援助中心。", "Call legal aid on 12348.")})
		}},
		{g, "sign in", func(p kit.Page) templ.Component { return public.SignIn(p, public.SignInView{StaffHref: "/staff"}) }},
		{g, "sign in, error", func(p kit.Page) templ.Component {
			v := public.SignInView{Contact: "1380013", Next: "/my", Reason: say(p, "要存下申请，先确认是您本人。", "To keep the application, first make sure it is you.")}
			return public.SignIn(withErrors(p, kit.FieldError{ID: "contact", Text: p.T("signin.contact_bad")}), v)
		}},
		{g, "kept form", func(p kit.Page) templ.Component {
			return public.Kept(p, public.KeptView{Action: "/my/1/q/act", LeaveHref: "/my/1/q/act?kept=no", Hidden: []kit.Hidden{{Name: "value", Value: "…"}}})
		}},
		{g, "sign in code, spent", func(p kit.Page) templ.Component {
			v := codeView()
			v.Spent = true
			return public.SignInCode(p, v)
		}},
		{g, "sign in code", func(p kit.Page) templ.Component { return public.SignInCode(p, codeView()) }},
		{g, "sign in code, error", func(p kit.Page) templ.Component {
			v := codeView()
			v.Code = "12345678"
			return public.SignInCode(withErrors(p, kit.FieldError{ID: "code", Text: p.T("signin.code_wrong", "Left", 3)}), v)
		}},
		{g, "lookup", func(p kit.Page) templ.Component { return public.Lookup(p, public.LookupView{}) }},
		{g, "lookup found", func(p kit.Page) templ.Component { return public.Lookup(p, lookupFound(p)) }},
		{g, "lookup waiting", func(p kit.Page) templ.Component {
			v := lookupFound(p)
			v.Result.State = "waiting"
			return public.Lookup(p, v)
		}},
		{g, "rules", func(p kit.Page) templ.Component { return public.Rules(p, rulesView(p)) }},
		{g, "privacy", func(p kit.Page) templ.Component { return public.Privacy(p) }},
		{g, "accessibility", func(p kit.Page) templ.Component { return public.Accessibility(p) }},
		{g, "not found", func(p kit.Page) templ.Component { return public.Message(p, public.MessageView{Kind: "notfound"}) }},
		{g, "error", func(p kit.Page) templ.Component {
			return public.Message(p, public.MessageView{Kind: "error", ErrorID: "E-7F3K"})
		}},
		{g, "expired", func(p kit.Page) templ.Component { return public.Message(p, public.MessageView{Kind: "expired"}) }},
		{g, "conflict", func(p kit.Page) templ.Component {
			return public.Message(debtorPage(p), public.MessageView{Kind: "conflict", Action: kit.Link{Text: say(p, "打开最新的一页", "Open the newest page"), Href: "/my/1"}})
		}},
		{g, "too many", func(p kit.Page) templ.Component {
			return public.Message(p, public.MessageView{Kind: "toomany", Until: at(10, 20, 14, 20)})
		}},
		{g, "method", func(p kit.Page) templ.Component { return public.Message(p, public.MessageView{Kind: "method"}) }},
		{g, "unavailable, staff", func(p kit.Page) templ.Component {
			return public.Message(staffPage(p), public.MessageView{Kind: "unavailable"})
		}},
	}
}

func startView(p kit.Page) public.StartView {
	return public.StartView{
		FindHref: "/find", ResumeHref: "/find/q2", LookupAction: "/lookup", SignInHref: "/signin",
		Limits: []public.Limit{
			{Days: say(p, "3 天", "3 days"), Text: say(p, "收到罚款或拘留决定", "A fine or detention decision"), Href: "/find"},
			{Days: say(p, "5 天", "5 days"), Text: say(p, "收到房屋、车辆的评估报告", "A valuation report on your home or car"), Href: "/find"},
			{Days: say(p, "10 天", "10 days"), Text: say(p, "异议被驳回，或被限制出境", "An objection refused, or an exit ban"), Href: "/find"},
			{Days: say(p, "15 天", "15 days"), Text: say(p, "收到分配方案，或要您直接付钱的通知", "A plan for sharing money, or a notice to pay directly"), Href: "/find"},
		},
	}
}

func finder(p kit.Page, q kit.Question) templ.Component {
	p.Back, p.Kept = "/", true
	return public.FinderQuestion(p, public.FinderQuestionView{Question: q, Number: 2, AtMost: 8, DoorsHref: "/doors"})
}

func happened(p kit.Page) kit.Question {
	return kit.Question{
		ID: "q2", Kind: "choice", Unsure: true,
		Title: say(p, "发生了什么事？", "What has happened?"),
		Hint:  say(p, "选最要紧的一件。别的事，后面还可以加。", "Choose the most pressing one. You can add others later."),
		Why:   say(p, "不同的事，法律给的期限和受理的法院不一样。这个回答只用来找路，不会告诉任何人。", "Each situation has its own time limit and its own body. We use the answer only to find your way and tell nobody."),
		Options: []kit.Option{
			{Value: "frozen", Label: say(p, "工资卡或账户被冻结、扣钱", "My wages or account are frozen or taken"), Hint: say(p, "包括微信、支付宝、退休金", "Including WeChat Pay, Alipay and pensions")},
			{Value: "sealed", Label: say(p, "房子、车或东西被查封、要拍卖", "My home, car or things are sealed or to be sold")},
			{Value: "refused", Label: say(p, "我的异议被驳回，或一直没有回音", "My objection was refused, or nobody answers")},
			{Value: "life", Label: say(p, "生活有变化，现在付不出", "My life has changed and I cannot pay now"), Hint: say(p, "失业、生病、添了孩子、照顾老人", "Lost work, illness, a new child, caring for someone")},
		},
	}
}

func servedOn(p kit.Page) kit.Question {
	return kit.Question{
		ID: "q5", Kind: "date", Unsure: true, Year: "2026", Month: "9", Day: "23",
		Title: say(p, "裁定哪天到您手里的？", "When did the ruling reach you?"),
		Hint:  say(p, "看快递签收的日子，或您签字的日子", "Look for the day you signed for it"),
	}
}

func doorsView(p kit.Page) public.DoorsView {
	p.Today = day(9, 24)
	return public.DoorsView{
		On: p.Today, ChangeHref: "/find", PackName: say(p, "2026年11月版", "November 2026 edition"), ClearAction: "/find/clear",
		Open: []kit.Door{doorUntil(p), doorOpen(p), doorMaybe(p), doorLate(p)},
		Shut: []kit.Door{doorShut(p)},
		Answers: []kit.SummaryRow{
			{Key: say(p, "发生了什么事", "What has happened"), Value: say(p, "我的异议被驳回", "My objection was refused"), ChangeHref: "/find/q2"},
			{Key: say(p, "哪天到的", "When it reached you"), Value: say(p, "2026年9月23日（周三）", "Wednesday 23 September 2026"), ChangeHref: "/find/q5"},
		},
	}
}

func doorUntil(p kit.Page) kit.Door {
	w := working(p, day(9, 23), 10, say(p, "裁定到您手里", "the ruling reached you"))
	return kit.Door{
		ID: "d1", State: "until", Until: w.Deadline.LegalEnd, Working: w, Href: "/my/new", Post: true, Hidden: []kit.Hidden{{Name: "remedy", Value: "x"}},
		Title:     say(p, "请上一级法院再看一次（复议）", "Ask the higher court to look again"),
		Fits:      say(p, "您的异议 9月22日被驳回，9月23日送到您手里。", "Your objection was refused on 22 September; you received it on 23 September."),
		Decider:   "江宜市中级人民法院",
		Meanwhile: say(p, "执行一般不会停。可以在同一份申请里请求暂缓拍卖。", "Enforcement usually goes on. You can ask in the same paper for a sale to wait."),
		Cites:     []kit.Cite{{Text: say(p, "《民事诉讼法》第236条", "Civil Procedure Law, article 236"), Href: "/rules"}},
	}
}

func doorOpen(p kit.Page) kit.Door {
	return kit.Door{
		ID: "d2", State: "open", Href: "/my/new", Post: true, Urgent: true,
		Title:       say(p, "请法院留出生活费", "Ask for living costs to be left to you"),
		Fits:        say(p, "工资卡被冻结，收入比以前少了。", "Your wages are frozen and your income has fallen."),
		Purpose:     say(p, "留出的钱一般从批准后算起，越早提越好。", "Money is usually left from the day it is granted, so sooner helps."),
		Decider:     "江宜市临溪区人民法院",
		DeciderNote: say(p, "不同意时，由没有参与执行的法官审查。", "If it is refused, a judge who took no part reviews it."),
		Cites:       []kit.Cite{{Text: say(p, "《民事诉讼法》第254条", "Civil Procedure Law, article 254"), Href: "/rules", Note: say(p, "对过原文", "text checked")}},
	}
}

func doorMaybe(p kit.Page) kit.Door {
	return kit.Door{
		ID: "d3", State: "maybe", Href: "/find/q4",
		Title: say(p, "冻结的钱超过了欠款", "More is frozen than you owe"),
		Fits:  say(p, "告诉我们一共冻结了多少，就能确定。", "Tell us how much is frozen and we can say for certain."),
		Cites: []kit.Cite{{Text: say(p, "查封、扣押、冻结财产规定第19条", "Rules on sealing, seizure and freezing, article 19")}},
	}
}

func doorLate(p kit.Page) kit.Door {
	return kit.Door{
		ID: "d4", State: "late", Href: "/find/late",
		Title:   say(p, "这个法院本不该管", "This was the wrong court"),
		Fits:    say(p, "执行通知 9月1日送达，10 天已于 9月11日（周五）到期。", "The notice came on 1 September; the 10 days ended on Friday 11 September."),
		WayBack: say(p, "因为住院等自己控制不了的事错过的，障碍消除后 10 天内可以申请顺延，法院决定是否准许。", "If something beyond your control stopped you, such as a hospital stay, ask within 10 days after it ends. The court decides."),
		Cites:   []kit.Cite{{Text: say(p, "《民事诉讼法》第86条", "Civil Procedure Law, article 86")}},
	}
}

func doorShut(p kit.Page) kit.Door {
	return kit.Door{
		ID: "d5", State: "shut", Title: say(p, "请执行法官把判决的金额改低", "Asking the enforcement judge to lower the judgment sum"),
		Fits:  say(p, "执行法官没有这个权力。", "The enforcement judge has no such power."),
		Ways:  []kit.Link{{Text: say(p, "请法院留出生活费", "Ask for living costs to be left to you"), Href: "#d2"}},
		Cites: []kit.Cite{{Text: say(p, "执行异议和复议规定第7条第3款", "Objection and Reconsideration Provisions, article 7(3)")}},
	}
}

func oneDoor(p kit.Page) public.DoorView {
	d := doorUntil(p)
	d.Href = ""
	return public.DoorView{
		Door: d, StartAction: "/doors/start", Start: "token", Name: say(p, "复议", "reconsideration"),
		Who: say(p, "被执行人、利害关系人", "the person enforced against, or anyone concerned"), Against: say(p, "驳回异议的裁定", "a ruling that refuses an objection"),
		Papers: []public.DoorPaper{{Label: say(p, "裁定书", "The ruling"), Why: say(p, "上一级法院要看它。", "The higher court needs it."), Where: say(p, "送到您手里的那一份", "the one you received"), Required: true}},
	}
}

func codeView() public.SignInCodeView {
	return public.SignInCodeView{Contact: "138 **** 6071", SentTo: "13800136071", Next: "/my", Minutes: 10, AgainAction: "/signin", ChangeHref: "/signin", OutboxHref: "/dev/outbox"}
}

func lookupFound(p kit.Page) public.LookupView {
	return public.LookupView{Code: "7K4M-92QF", Result: &public.LookupResult{
		Code: "7K4M-92QF", Body: "江宜市中级人民法院", Duty: say(p, "作出裁定", "Ruling"), Until: day(10, 30), Left: 10, State: "running",
		ThenBody: say(p, "例省高级人民法院", "例省高级人民法院"), SignInHref: "/signin",
	}}
}

func rulesView(p kit.Page) public.RulesView {
	hash := "9f2c41aa07de5b13c8e06d941f7ba2359f2c41aa07de5b13c8e06d941f7ba235"
	return public.RulesView{
		PackName: say(p, "2026年11月版", "November 2026 edition"), PackHash: hash, From: day(11, 1),
		Remedies: []public.RuleRemedy{{Name: say(p, "复议", "Reconsideration"), Plain: say(p, "请上一级法院再看一次", "Ask the higher court to look again"), Cites: doorUntil(p).Cites}},
		Clocks:   []public.RuleClock{{Title: say(p, "申请复议", "Ask for reconsideration"), Length: say(p, "10 天", "10 days"), Who: say(p, "申请人", "applicant"), Cite: doorUntil(p).Cites[0]}},
		Sources: []public.RuleSource{{
			Title: say(p, "《民事诉讼法》", "Civil Procedure Law"), Issuer: say(p, "全国人大常委会", "NPC Standing Committee"), InForce: "2024-01-01", Standing: say(p, "对过原文", "text checked"), Href: "/rules",
		}},
		Older: []public.RuleVersion{{Name: say(p, "2026年9月版", "September 2026 edition"), Hash: hash, From: calendar.NewDate(2026, 9, 1)}},
	}
}
