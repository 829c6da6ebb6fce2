package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/admin"
	"reliefportal/templates/kit"
	"reliefportal/templates/reviewer"
	"reliefportal/templates/supervisor"
)

// handoverSamples are the pages on which a filing is handed on, and those on which somebody sees that all is as it must be.
func handoverSamples() []Sample {
	const g = "handover"
	reasons := func(p kit.Page) []kit.Option {
		return []kit.Option{{Value: "H01", Label: say(p, "这个案件不是我们执行的", "We are not enforcing this case"), Hint: say(p, "《民事诉讼法》第236条", "Civil Procedure Law, article 236")}}
	}
	return []Sample{
		{g, "offer", func(p kit.Page) templ.Component {
			return reviewer.Offer(withErrors(staffPage(p), kit.FieldError{ID: "court", Text: p.T("answer.empty")}), reviewer.OfferView{Head: head(p), Why: say(p, "由执行的法院审查。", "The enforcing court examines it."), Second: true, Reason: reasons(p), Due: day(10, 30)})
		}},
		{g, "offer, check", func(p kit.Page) templ.Component {
			return reviewer.OfferCheck(staffPage(p), reviewer.OfferCheckView{Head: head(p), To: "江宜市中级人民法院", Reason: say(p, "这个案件不是我们执行的", "We are not enforcing this case"), Text: "案件由它执行。", Due: day(10, 30),
				Answer: p.T("handon.answer", "Length", say(p, "1 个工作日", "1 working day")), RecallHint: p.T("handon.recall_hint")})
		}},
		{g, "offered to us", func(p kit.Page) templ.Component {
			rows := []reviewer.HandedRow{{Href: "/staff/offers/1", Number: "（2026）例0102执1号", Subject: say(p, "执行异议", "Objection"), Person: "林某", From: "江宜市临溪区人民法院", To: "江宜市中级人民法院",
				Reason: say(p, "这个案件不是我们执行的", "We are not enforcing this case"), Until: day(10, 21), Left: 1}}
			return reviewer.Handed(staffPage(p), reviewer.HandedView{QueueHref: "/staff/queue", Offers: rows, Questions: rows, MayOffers: true, MayQuestions: true})
		}},
		{g, "offered, one", func(p kit.Page) templ.Component {
			return reviewer.HandedCase(staffPage(p), handedCase(p, reviewer.HandedCaseView{TakeAction: "/take", DeclineAction: "/decline", Declines: reasons(p)}))
		}},
		{g, "name who has it", func(p kit.Page) templ.Component {
			return reviewer.HandedCase(staffPage(p), handedCase(p, reviewer.HandedCaseView{AppointAction: "/name", Bodies: []kit.Option{{Value: "1", Label: "江宜市临溪区人民法院", Hint: p.T("handed.has_it")}, {Value: "other", Label: p.T("handed.elsewhere")}}}))
		}},
		{g, "late", func(p kit.Page) templ.Component {
			return supervisor.Late(staffPage(p), supervisor.LateView{Tabs: adminTabs(p), Rows: []supervisor.LateRow{{Code: "7K4M-92QF", Subject: say(p, "执行异议", "Objection"), Body: "江宜市临溪区人民法院", Due: day(10, 16), Days: 3}}})
		}},
		{g, "checks", func(p kit.Page) templ.Component {
			return admin.Checks(staffPage(p), admin.ChecksView{Tabs: adminTabs(p), LookTo: "/staff/admin/checks", Bad: 1, Rows: []admin.CheckRow{
				{Title: p.T("checks.no_owner"), What: p.T("checks.no_owner_what"), At: at(10, 19, 3, 0)},
				{Title: p.T("checks.unserved"), What: p.T("checks.unserved_what"), At: at(10, 19, 3, 0), Found: 1, Open: []admin.CheckFound{{Subject: "0198c1f2", Since: at(10, 18, 3, 0)}}},
				{Title: p.T("checks.audit"), What: p.T("checks.audit_what")},
			}})
		}},
	}
}

func handedCase(p kit.Page, v reviewer.HandedCaseView) reviewer.HandedCaseView {
	v.Head, v.Owner, v.Until, v.Due = head(p), "江宜市临溪区人民法院", day(10, 21), day(10, 30)
	v.Hops = []kit.Event{{State: "done", At: at(10, 19, 9, 0), Title: p.T("event.offer", "Body", "江宜市临溪区人民法院", "To", "江宜市中级人民法院"), Text: "案件由它执行。"}}
	v.Facts = []reviewer.Fact{{ID: "act", Label: say(p, "哪件事", "Which act"), Value: "冻结工资卡"}}
	return v
}
