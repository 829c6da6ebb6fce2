package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/caller"
	"reliefportal/templates/kit"
)

func callerSamples() []Sample {
	const g = "caller"
	return []Sample{
		{g, "list", func(p kit.Page) templ.Component { return caller.List(callerPage(p), callList(p)) }},
		{g, "list outside hours", func(p kit.Page) templ.Component {
			v := callList(p)
			v.Within, v.Rows = false, nil
			return caller.List(callerPage(p), v)
		}},
		{g, "case", func(p kit.Page) templ.Component { return caller.Case(callerPage(p), callCase(p)) }},
		{g, "case, error", func(p kit.Page) templ.Component {
			v := callCase(p)
			v.Outcome = "20"
			p = withErrors(callerPage(p), kit.FieldError{ID: "value", Text: p.T("answer.choose")}, kit.FieldError{ID: "when", Text: p.T("date.empty")}, kit.FieldError{ID: "note", Text: p.T("callback.note_needed")})
			return caller.Case(p, v)
		}},
		{g, "case open item", func(p kit.Page) templ.Component {
			v := callCase(p)
			v.Item = &caller.Item{ID: "P13", Kind: "open", Say: say(p, "还有什么要我们知道的吗？", "Is there anything else we should know?"), Number: 7, Of: 7}
			return caller.Case(callerPage(p), v)
		}},
		{g, "case outside hours", func(p kit.Page) templ.Component {
			v := callCase(p)
			v.Within, v.Item, v.Tel = false, nil, ""
			return caller.Case(callerPage(p), v)
		}},
		{g, "done", func(p kit.Page) templ.Component {
			return caller.Done(callerPage(p), caller.DoneView{Outcome: say(p, "完成", "Completed"), ListHref: "/calls", Finding: true, Owner: "江宜市中级人民法院", Due: day(10, 27)})
		}},
		{g, "done, again", func(p kit.Page) templ.Component {
			return caller.Done(callerPage(p), caller.DoneView{Outcome: say(p, "无人接听", "No answer"), ListHref: "/calls", Again: day(10, 22)})
		}},
	}
}

func callerPage(p kit.Page) kit.Page {
	p = staffPage(p)
	p.User.Place = say(p, "回访中心 · 与办案部门分开", "Callback centre · apart from those who decide")
	return p
}

func callList(p kit.Page) caller.ListView {
	return caller.ListView{
		Now: at(10, 20, 18, 20), Within: true, Hours: "14:00–20:00", Opens: at(10, 21, 9, 0), NextHref: "/calls?after=x",
		Rows: []caller.Row{
			{Href: "/calls/1", Number: "0417", Person: "黄女士", Matter: say(p, "异议，已送达", "Objection, served"), Due: day(10, 21), Left: 1, Tries: 1, Last: say(p, "无人接听", "no answer"), Flag: kit.Tag{Text: say(p, "约好 18:30", "Agreed 18:30"), Tone: "late"}},
			{Href: "/calls/2", Number: "0420", Person: "陈先生", Matter: say(p, "生活费，已答复", "Living costs, answered"), Due: day(10, 26), Left: 6},
		},
	}
}

func callCase(p kit.Page) caller.CaseView {
	return caller.CaseView{
		Number: "0417", Person: say(p, "黄女士", "Ms Huang"), Try: 2, Last: say(p, "10月16日（周五）上午，无人接听", "Friday 16 October, no answer"), Now: at(10, 20, 18, 20), Within: true, Hours: "14:00–20:00",
		Safe: []caller.SafeLine{
			{Bold: say(p, "只找本人。", "Only the person."), Text: say(p, "别人接：说“有事找黄女士，稍后再打”。", "If another answers: say you will call again.")},
			{Bold: say(p, "不留言。", "No message."), Text: say(p, "不提法院、案件、欠款。", "Never name the court, the case or money.")},
		},
		Phone: "138 **** 6071", Tel: "13800006071", Duty: say(p, "内线 8002", "extension 8002"),
		Sections: []caller.Section{{Text: say(p, "同意", "Consent")}, {Text: say(p, "经过", "What happened"), Now: true}, {Text: say(p, "结束", "End")}},
		Item: &caller.Item{
			ID: "P5", Kind: "likert", Number: 3, Of: 7, Lead: say(p, "下面这句话，有多符合您的情况？", "How well does this fit you?"), Say: say(p, "我听懂了为什么这样决定。", "I understood why it was decided so."),
			Options: []kit.Option{
				{Value: "1", Label: say(p, "完全不符合", "Not at all")}, {Value: "2", Label: say(p, "不太符合", "A little")}, {Value: "3", Label: say(p, "一般", "Partly")},
				{Value: "4", Label: say(p, "比较符合", "Mostly")}, {Value: "5", Label: say(p, "完全符合", "Fully")},
			},
			Apart: []kit.Option{{Value: "na", Label: say(p, "不适用", "Does not apply")}, {Value: "rather_not", Label: say(p, "不想说", "Rather not say")}},
			Probe: say(p, "只能再念一遍，或说：“您觉得哪个更接近？”", "Only read it again, or say: “Which comes closer?”"),
		},
		Outcomes: []caller.Outcome{
			{Code: "10", Label: say(p, "完成", "Completed")}, {Code: "20", Label: say(p, "约了时间", "Agreed on a time"), Appointment: true},
			{Code: "30", Label: say(p, "无人接听、占线", "No answer or busy")}, {Code: "70", Label: say(p, "号码停用，或不是本人", "Number out of use, or not the person"), NoteNeeded: true},
		},
		Slots:        []kit.Option{{Value: "morning", Label: say(p, "上午", "Morning")}, {Value: "evening", Label: say(p, "傍晚", "Evening")}},
		AnswerAction: "/calls/1/answer", OutcomeAction: "/calls/1/outcome", PrevHref: "/calls/1?item=P1", ListHref: "/calls", Version: 2,
	}
}
