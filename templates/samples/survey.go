package samples

import (
	"github.com/a-h/templ"

	"reliefportal/app/i18n"
	"reliefportal/templates/caller"
	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
	"reliefportal/templates/public"
)

func surveySamples() []Sample {
	const g = "survey"
	link := func(state string) func(p kit.Page) templ.Component {
		return func(p kit.Page) templ.Component { return public.SurveyLink(p, surveyLink(p, state)) }
	}
	return []Sample{
		{g, "link", link("new")}, {g, "link begun elsewhere", link("started")}, {g, "link busy", link("busy")}, {g, "link done", link("done")},
		{g, "link stopped", link("stopped")}, {g, "link gone", link("gone")},
		{g, "item", func(p kit.Page) templ.Component { return public.SurveyItem(p, surveyItem(p)) }},
		{g, "item, error", func(p kit.Page) templ.Component {
			v := surveyItem(p)
			v.Text = say(p, "没有人解释", "Nobody explained")
			return public.SurveyItem(withErrors(p, kit.FieldError{ID: "value", Text: p.T("callback.answer_missing")}), v)
		}},
		{g, "item open", func(p kit.Page) templ.Component {
			v := surveyItem(p)
			v.Open, v.Options, v.Say = true, nil, say(p, "您觉得最需要改的是什么？", "What should be changed?")
			return public.SurveyItem(p, v)
		}},
		{g, "care", func(p kit.Page) templ.Component { return public.SurveyCare(p, surveyCare(p)) }},
		{g, "offer", func(p kit.Page) templ.Component { return public.SurveyOffer(p, surveyOffer(p)) }},
		{g, "end", func(p kit.Page) templ.Component {
			return public.SurveyEnd(p, public.SurveyEndView{Thanks: say(p, "问完了，谢谢您。", "That was all, thank you."), BackHref: "/survey"})
		}},
		{g, "end early", func(p kit.Page) templ.Component {
			return public.SurveyEnd(p, public.SurveyEndView{Left: 3, BackHref: "/survey", Code: "ABCD-EFGH"})
		}},
		{g, "thanks", func(p kit.Page) templ.Component {
			return public.SurveyThanks(p, public.SurveyThanksView{TellHref: "/my/told"})
		}},
		{g, "never again", func(p kit.Page) templ.Component {
			return public.SurveyThanks(p, public.SurveyThanksView{Refused: true})
		}},
		{g, "told", func(p kit.Page) templ.Component { return debtor.Told(debtorPage(p), toldView(p)) }},
		{g, "call with offer and care", func(p kit.Page) templ.Component { return caller.Case(callerPage(p), callOffer(p)) }},
	}
}

func surveyLink(p kit.Page, state string) public.SurveyLinkView {
	return public.SurveyLinkView{State: state, Title: say(p, "您的感受（短问卷）", "How you were treated (short)"), Until: day(11, 4),
		Words:       say(p, "想听听您的感受，大约 4 分钟。答不答都不影响您的案子。", "We would like to hear how it went: about 4 minutes. It does not affect your case."),
		StartAction: "/s/x", CodeAction: "/s/x/code", NeverAction: "/s/x/never"}
}

func surveyItem(p kit.Page) public.SurveyItemView {
	return public.SurveyItemView{ID: "P5", Part: say(p, "事情怎么办的", "How it was handled"), Number: 3, Of: 7, Max: 2000, Code: "ABCD-EFGH", PrevHref: "/survey?item=P1",
		EndHref: "/survey/end", NeverAction: "/survey/never", Lead: say(p, "下面这句话，有多符合您的情况？", "How well does this sentence fit?"),
		Say: say(p, "我听懂了为什么这样决定。", "I was told the reason in words I understood."),
		Options: []kit.Option{{Value: "1", Label: say(p, "完全不符合", "Strongly disagree")}, {Value: "3", Label: say(p, "一般", "Neither")},
			{Value: "5", Label: say(p, "完全符合", "Strongly agree")}, {Value: "8", Label: say(p, "不适用", "Does not apply"), Apart: true},
			{Value: "9", Label: say(p, "不想说", "Rather not say")}}}
}

func surveyCare(p kit.Page) public.SurveyCareView {
	return public.SurveyCareView{Say: say(p, "谢谢您告诉我们。您现在安全吗？", "Thank you for telling us. Are you safe now?"), GoOnHref: "/survey", EndHref: "/survey/end",
		Lines: []public.CareLine{{Number: "110", Name: say(p, "公安报警", "Police")}, {Number: "120", Name: say(p, "急救", "Ambulance")}}}
}

func offerChoices(p kit.Page) (choices, replies []kit.Option) {
	choices = []kit.Option{{Value: "file", Label: p.T("offer.file", "What", say(p, "反映办案人员的问题", "Report how you were treated")), Hint: p.T("offer.file_hint")},
		{Value: "call", Label: p.T("offer.call"), Hint: p.T("offer.call_hint")}, {Value: "leave", Label: p.T("offer.leave"), Hint: p.T("offer.leave_hint")}}
	replies = []kit.Option{{Value: "portal", Label: p.T("offer.by_portal"), Hint: p.T("offer.by_portal_hint")}, {Value: "none", Label: p.T("offer.by_none")}}
	return choices, replies
}

func surveyOffer(p kit.Page) public.SurveyOfferView {
	v := public.SurveyOfferView{Finding: "1", Label: say(p, "被索要财物", "Asked for money"), Offer: say(p, "要不要往下办，由您定。", "It is for you to choose what happens next."),
		Urgent: say(p, "这样的事当天就转给监督部门，不带您的名字。", "It goes to the supervision unit on the same day, without your name.")}
	v.Choices, v.Replies = offerChoices(p)
	return v
}

func callOffer(p kit.Page) caller.CaseView {
	v := callCase(p)
	offer := surveyOffer(p)
	v.Item = nil
	v.Offer = &caller.Offer{Finding: "1", Label: offer.Label, Say: offer.Offer, Urgent: offer.Urgent, Choices: offer.Choices, Replies: offer.Replies, Action: "/calls/1/offer"}
	v.Care = &caller.Care{Say: surveyCare(p).Say, Lines: []caller.CareLine{{Number: "110", Name: say(p, "公安报警", "Police")}}}
	v.InviteAction, v.SheetAction = "/calls/1/invite", "/calls/1/sheet"
	return v
}

func toldView(p kit.Page) debtor.ToldView {
	body := say(p, "江宜市中级人民法院", "Jiangyi Intermediate Court")
	return debtor.ToldView{AnswerAction: "/survey/own", Until: day(11, 4),
		Prepared: []debtor.PreparedRow{{Title: say(p, "反映办案人员的问题", "Report how you were treated"), On: day(10, 19), Action: "/my/told/1"},
			{Title: say(p, "请法院留出生活费", "Ask for living costs to be left to you"), On: day(10, 2), Href: "/my/f/1"}},
		Findings: []debtor.ToldRow{
			{Said: say(p, "被索要财物", "Asked for money"), On: day(10, 19), Tag: kit.Tag{Text: p.T("told.waiting"), Tone: "maybe"}, Did: p.T("told.open", "Body", body, "Date", i18n.Date(p.Lang, day(10, 27)))},
			{Said: say(p, "住址被公开", "The home address was made public"), On: day(10, 2), Tag: kit.Tag{Text: say(p, "属实，已经处理", "True, and dealt with"), Tone: "open"},
				Did: p.T("told.answered", "Body", body, "Date", i18n.Date(p.Lang, day(10, 9))), Answer: say(p, "已经撤下，并要求以后不再这样做。", "It was taken down, and they were told not to do it again.")},
		}}
}
