package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/caller"
	"reliefportal/templates/kit"
	"reliefportal/templates/supervisor"
)

// callsSamples are the pages around the calls: promised calls, checks, programmes and what callers could not go on with.
func callsSamples() []Sample {
	return []Sample{
		{"caller", "promised calls", func(p kit.Page) templ.Component { return caller.Promised(callerPage(p), promisedCalls(p)) }},
		{"caller", "promised call, to take", func(p kit.Page) templ.Component {
			v := promisedCall(p)
			v.TakeAction, v.Tel, v.Phone = "/calls/promised/1/take", "", ""
			return caller.Promise(callerPage(p), v)
		}},
		{"caller", "promised call", func(p kit.Page) templ.Component { return caller.Promise(callerPage(p), promisedCall(p)) }},
		{"caller", "promised call, taken by another", func(p kit.Page) templ.Component {
			v := promisedCall(p)
			v.Taken, v.Tel, v.Phone = true, "", ""
			return caller.Promise(withErrors(callerPage(p), kit.FieldError{ID: "main", Text: p.T("promise.taken")}), v)
		}},
		{"caller", "checks", func(p kit.Page) templ.Component {
			return caller.Checks(callerPage(p), caller.ChecksView{ListHref: "/calls", Rows: []caller.CheckRow{{Href: "/calls/checks/1", Number: "0417", Person: "黄女士", Lang: p.T("ring.lang_zh")}}})
		}},
		{"caller", "case, numbers", func(p kit.Page) templ.Component { return caller.Case(callerPage(p), callWithNumbers(p)) }},
		{"caller", "case, appointment", func(p kit.Page) templ.Component {
			v := callCase(p)
			v.Outcome, v.Day, v.Month, v.Year, v.Slot, v.WithMe, v.Rang = "20", "22", "10", "2026", "evening", true, "18:07"
			return caller.Case(callerPage(p), v)
		}},
		{"supervisor", "programmes", func(p kit.Page) templ.Component {
			return supervisor.Programmes(staffPage(p), supervisor.ProgrammesView{Tabs: callsTabs(p), NewHref: "/programmes/new", Rows: []supervisor.ProgrammeRow{
				{Href: "/programmes/1", Name: say(p, "第四季度回访", "Fourth quarter"), Instrument: say(p, "感受", "How it went"), Owner: "江宜市中级人民法院", Days: "2026-10-01 – 2026-12-31", Status: kit.Tag{Text: say(p, "进行中", "Running"), Tone: "open"}}}})
		}},
		{"supervisor", "programme", func(p kit.Page) templ.Component { return supervisor.Programme(staffPage(p), programme(p)) }},
		{"supervisor", "programme form, error", func(p kit.Page) templ.Component {
			p = withErrors(staffPage(p), kit.FieldError{ID: "name_zh", Text: p.T("programme.name_missing")})
			return supervisor.ProgrammeForm(p, programmeForm(p))
		}},
		{"supervisor", "referrals", func(p kit.Page) templ.Component {
			return supervisor.Referrals(staffPage(p), supervisor.ReferralsView{Tabs: callsTabs(p), Rows: []supervisor.ReferralRow{
				{Href: "/referrals/1", Number: "0417", Person: "黄女士", Body: "江宜市临溪区人民法院", Why: p.T("referral.for_caller"), Since: at(10, 20, 15, 0), Until: day(10, 26)},
				{Href: "/referrals/2", Number: "0421", Person: "Smith", Body: "江宜市临溪区人民法院", Why: p.T("referral.for_language", "Lang", p.T("ring.lang_en")), Since: at(10, 20, 16, 0), Until: day(10, 27)}}})
		}},
		{"supervisor", "referral", func(p kit.Page) templ.Component { return supervisor.Referral(staffPage(p), referral(p)) }},
	}
}

func callsTabs(p kit.Page) []kit.Tab {
	return []kit.Tab{{Text: say(p, "要处理的", "Findings"), Href: "/findings", Count: -1}, {Text: p.T("referral.list"), Href: "/referrals", Count: -1, Selected: true}}
}

func promisedCalls(p kit.Page) caller.PromisedView {
	return caller.PromisedView{ListHref: "/calls",
		Rows:     []caller.PromiseRow{{Href: "/calls/promised/1", Number: "F007", Person: "黄女士", What: say(p, "念答复：被索要财物", "read the answer: asked for money"), Due: day(10, 21), Left: 1}},
		Followed: []caller.FollowedRow{{Number: "F006", What: say(p, "说话不礼貌", "Spoken to rudely"), Body: "江宜市临溪区人民法院", Owner: "江宜市中级人民法院", Came: say(p, "属实", "True"), On: day(10, 12)}},
	}
}

func promisedCall(p kit.Page) caller.PromiseView {
	return caller.PromiseView{Number: "F007", Person: "黄女士", Label: say(p, "被索要财物", "asked for money"), Result: say(p, "属实", "It is true"), Said: say(p, "已经核实，钱退还给您。", "It was looked into; the money goes back to you."),
		Phone: "138 0000 6071", Tel: "+8613800006071", Hours: "14:00–20:00", Action: "/calls/promised/1", ListHref: "/calls/promised",
		Safe: []caller.SafeLine{{Bold: say(p, "只和本人说", "Only with the person"), Text: say(p, "先问是不是本人。", "Ask first who is speaking.")}}}
}

func callWithNumbers(p kit.Page) caller.CaseView {
	v := callCase(p)
	v.NumberAction, v.DialAction, v.InviteAction, v.SheetAction = "/calls/1/number", "/calls/1/dial", "/calls/1/invite", "/calls/1/sheet"
	v.Numbers = []caller.Number{{ID: "a", Text: "138 0000 6071", Tel: "+8613800006071", State: p.T("ring.number_works"), Usable: true}, {ID: "b", Text: "139 0000 6072", State: p.T("ring.number_wrong")}}
	v.Langs, v.Lang, v.Rang = []kit.Option{{Value: "zh-Hans", Label: p.T("ring.lang_zh")}, {Value: "en", Label: p.T("ring.lang_en")}}, "zh-Hans", "18:07"
	return v
}

func programme(p kit.Page) supervisor.ProgrammeView {
	return supervisor.ProgrammeView{Name: say(p, "第四季度回访", "Fourth quarter"), Status: kit.Tag{Text: say(p, "进行中", "Running"), Tone: "open"}, StopAction: "/programmes/1/stop", Version: 2,
		About:    []kit.SummaryRow{{Key: say(p, "从哪天到哪天", "Days"), Value: "2026-10-01 – 2026-12-31"}},
		Progress: []kit.SummaryRow{{Key: say(p, "抽中", "Drawn"), Value: "120"}, {Key: say(p, "已有结果", "Finished"), Value: "88"}},
		Classes:  []supervisor.ClassRow{{Label: say(p, "完成", "Complete"), Code: "I", N: 40}, {Label: say(p, "不想答", "Refused"), Code: "R", N: 12}},
		Strata:   []supervisor.StratumRow{{Event: say(p, "决定送达", "Decision served"), Party: say(p, "被执行人", "Enforced against"), Body: "江宜市临溪区人民法院", Share: "40 %", Quota: "100", InFrame: 310, Excluded: 12, Drawn: 120}},
		Frame: []supervisor.FrameRow{{At: at(10, 20, 15, 0), Number: "0417", Event: say(p, "决定送达", "Decision served"), Party: say(p, "被执行人", "Enforced against"), Body: "江宜市临溪区人民法院", Chance: "312 047",
			State: kit.Tag{Text: say(p, "抽中", "Drawn"), Tone: "open"}}},
		ListHref: "/programmes", FiguresHref: "/programmes/1/figures"}
}

func programmeForm(p kit.Page) supervisor.ProgrammeFormView {
	return supervisor.ProgrammeFormView{Title: "programme.new", Owner: "江宜市中级人民法院", OwnerID: "1", From: "2026-10-01", To: "2026-12-31", Action: "/programmes/new", ListHref: "/programmes",
		Instruments: []kit.Option{{Value: "treatment", Label: say(p, "感受", "How it went")}, {Value: "circumstances", Label: say(p, "近况", "Circumstances")}}, Instrument: "treatment",
		Bodies: []kit.Option{{Value: "", Label: say(p, "下面所有法院", "All courts below")}, {Value: "2", Label: "江宜市临溪区人民法院"}},
		Plan:   []supervisor.PlanRow{{Key: "served-respondent", Event: say(p, "决定送达", "Decision served"), Party: say(p, "被执行人", "Enforced against"), Share: "40", Quota: "100"}}}
}

func referral(p kit.Page) supervisor.ReferralView {
	return supervisor.ReferralView{Number: "0421", Person: "Smith", Body: "江宜市临溪区人民法院", Why: p.T("referral.for_language", "Lang", p.T("ring.lang_en")), Version: 3, ListHref: "/referrals",
		Attempts: []supervisor.ReferralAttempt{{At: at(10, 20, 15, 0), Outcome: say(p, "语言不通", "Another language"), Note: say(p, "对方说英语。", "The person speaks English.")}},
		Endings:  []kit.Option{{Value: "alone", Label: p.T("referral.alone"), Hint: p.T("referral.alone_hint")}, {Value: "63", Label: say(p, "没有同事会这种语言", "No colleague speaks this language"), Apart: true}}}
}
