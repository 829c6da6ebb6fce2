package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
	"reliefportal/templates/reviewer"
)

func bodySamples() []Sample {
	const g = "body"
	return []Sample{
		{g, "decide, contradiction", func(p kit.Page) templ.Component {
			return reviewer.Decide(withErrors(staffPage(p), kit.FieldError{ID: "grounds", Text: p.T("decide.refused_though")}, kit.FieldError{ID: "reserve", Text: p.T("decide.number_reserve")}), decide(p))
		}},
		{g, "sign", func(p kit.Page) templ.Component { return reviewer.Sign(staffPage(p), sign(p)) }},
		{g, "sign, error", func(p kit.Page) templ.Component {
			return reviewer.Sign(withErrors(staffPage(p), kit.FieldError{ID: "text", Text: p.T("review.sign_why")}), sign(p))
		}},
		{g, "signing list", func(p kit.Page) templ.Component {
			return reviewer.SignList(staffPage(p), reviewer.SignListView{QueueHref: "/desk", Rows: []kit.Link{{Text: "（2026）例0102执异56号 · 林晓芸", Href: "/f/1/sign"}}})
		}},
		{g, "signing list, empty", func(p kit.Page) templ.Component {
			return reviewer.SignList(staffPage(p), reviewer.SignListView{QueueHref: "/desk"})
		}},
		{g, "correction", func(p kit.Page) templ.Component {
			return reviewer.Correction(withErrors(staffPage(p), kit.FieldError{ID: "why", Text: p.T("answer.empty")}), reviewer.CorrectionView{Head: head(p), Max: 5000, Text: say(p, "账户为工资账户。", "The account holds wages.")})
		}},
		{g, "serve correction", func(p kit.Page) templ.Component {
			return reviewer.ServeCorrection(staffPage(p), reviewer.ServeCorrectionView{Head: head(p), Number: "2", Kinds: []kit.Option{{Value: "post", Label: p.T("work.by_post")}}})
		}},
		{g, "practice", func(p kit.Page) templ.Component {
			return reviewer.Practice(staffPage(p), reviewer.PracticeView{Body: "江宜市临溪区人民法院", BackHref: "/court", Second: true, Version: 1})
		}},
		{g, "decision corrected", func(p kit.Page) templ.Component {
			return debtor.Decision(debtorPage(p), debtor.DecisionView{Remedy: say(p, "执行行为异议", "Objection"), Body: "江宜市临溪区人民法院", Outcome: "granted", Decided: day(10, 19), Served: day(10, 20),
				Label: say(p, "异议成立", "Upheld"), Reasons: say(p, "账户为工资账户。", "The account holds wages."), ProgressHref: "/progress",
				Corrected: debtor.Corrected{On: day(10, 25), First: day(10, 20), Why: say(p, "金额写错了。", "A sum was wrong."), Before: []debtor.DecisionBefore{{Version: "1", Reasons: say(p, "账户为工资账户。", "The account holds wages."), Href: "/paper.pdf", Decided: day(10, 19), Served: day(10, 20)}}}})
		}},
	}
}

func sign(p kit.Page) reviewer.SignView {
	one := reviewer.ProposalView{Proposal: "1", Title: p.T("sign.state_returned"), Disposition: say(p, "驳回异议", "Objection refused"), Text: say(p, "没有证据。", "There is no evidence."),
		Ground: []string{say(p, "执行行为合法：是", "The act was lawful: yes")}, Numbers: []string{p.T("decide.says_reserve", "Sum", "¥2,500.00")}, Letter: letterLines(p),
		Seats: []reviewer.SeatView{{Seat: p.T("sign.presiding"), Name: "吴桐", Said: p.T("sign.agreed")}, {Seat: p.T("sign.member"), Name: "李卓", Said: p.T("sign.dissented"), Words: say(p, "工资应当全部留下。", "All wages should be left.")},
			{Seat: p.T("sign.member"), Name: "周敏", Said: p.T("sign.waits")}}}
	return reviewer.SignView{Head: head(p), Lead: p.T("sign.lead", "Name", "吴桐", "At", "2026-10-20 15:00"), Now: one, Past: []reviewer.ProposalView{one}, TakeBack: "/f/1/sign/back",
		Votes: []kit.Option{{Value: "agree", Label: p.T("sign.vote_agree")}, {Value: "dissent", Label: p.T("sign.vote_dissent")}}}
}

func letterLines(p kit.Page) []reviewer.PaperLine {
	return []reviewer.PaperLine{{Kind: "title", Text: "执行裁定书"}, {Kind: "right", Text: "（2026）例0102执异56号"}, {Kind: "heading", Text: "理由"}, {Kind: "para", Text: say(p, "没有证据。", "There is no evidence.")}}
}

func findingFields(p kit.Page) []kit.Field {
	return []kit.Field{{Name: "finding-G02", Label: say(p, "没有保留生活必需的费用", "Living costs were not left"), Hint: say(p, "民诉法 254", "CPL 254"),
		Options: []kit.Option{{Value: "", Label: p.T("decide.not_raised")}, {Value: "made", Label: p.T("decide.found_made")}}}}
}

func letterOptions(p kit.Page) []kit.Option {
	return []kit.Option{{Value: "", Label: p.T("decide.letter_default")}, {Value: "ruling", Label: say(p, "裁定书", "Ruling")}, {Value: "reply", Label: say(p, "书面答复", "Written reply")}}
}
