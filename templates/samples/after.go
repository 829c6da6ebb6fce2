package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
)

// afterSamples are the pages of the time after a decision.
func afterSamples() []Sample {
	const g = "debtor"
	return []Sample{
		{g, "carried out?", func(p kit.Page) templ.Component { return debtor.CarriedOut(debtorPage(p), carriedView(p)) }},
		{g, "carried out?, error", func(p kit.Page) templ.Component {
			return debtor.CarriedOut(withErrors(debtorPage(p), kit.FieldError{ID: "done", Text: p.T("answer.choose")}), carriedView(p))
		}},
		{g, "restrictions", func(p kit.Page) templ.Component {
			return debtor.Restrictions(debtorPage(p), debtor.RestrictionsView{AddHref: "/my/restrictions/add", Rows: []debtor.RestrictionRow{
				{Title: say(p, "法院的公开名单", "The court's published list"), Event: say(p, "钱已经全部还清", "Everything was paid"), Href: "/my/restrictions/1", Tag: kit.Tag{Text: p.T("restriction.tag_due"), Tone: "due"}, Due: day(10, 16), Left: -4, Open: true},
				{Title: say(p, "限制出境", "An exit ban"), Event: say(p, "法院决定解除", "The court decided to lift it"), Href: "/my/restrictions/2", Tag: kit.Tag{Text: p.T("restriction.tag_gone"), Tone: "shut"}, Due: day(10, 9)},
			}})
		}},
		{g, "restrictions empty", func(p kit.Page) templ.Component {
			return debtor.Restrictions(debtorPage(p), debtor.RestrictionsView{AddHref: "/my/restrictions/add"})
		}},
		{g, "restriction", func(p kit.Page) templ.Component { return debtor.Restriction(debtorPage(p), restrictionView(p)) }},
		{g, "restriction gone", func(p kit.Page) templ.Component {
			v := restrictionView(p)
			v.Open, v.Ended, v.DraftHref = false, p.T("restriction.ended_gone"), ""
			return debtor.Restriction(debtorPage(p), v)
		}},
		{g, "restriction, day", func(p kit.Page) templ.Component {
			return debtor.RestrictionAdd(debtorPage(p), debtor.RestrictionAddView{Day: true, Token: "t", CancelHref: "/my/restrictions",
				Field: kit.Field{Name: "value", Heading: true, Label: say(p, "哪天还清的？", "On which day was it paid?"), Hint: p.T("restriction.day_hint")}})
		}},
		{g, "restriction, which", func(p kit.Page) templ.Component {
			return debtor.RestrictionAdd(debtorPage(p), debtor.RestrictionAddView{CancelHref: "/my/restrictions", Field: kit.Field{Name: "value", Heading: true, Label: p.T("restriction.which"),
				Options: []kit.Option{{Value: "list", Label: say(p, "法院的公开名单", "The court's published list")}, {Value: "exit", Label: say(p, "限制出境", "An exit ban")}}}})
		}},
	}
}

func carriedView(p kit.Page) debtor.CarriedView {
	return debtor.CarriedView{Remedy: doorUntil(p).Title, Duty: say(p, "三个工作日内要纠正。", "It must be corrected within 3 working days."), Cite: kit.Cite{Text: say(p, "《名单规定》第12条", "List Provisions, article 12"), Href: "/rules"},
		Due: day(10, 16), Left: -4, Version: 1, CancelHref: "/my/1/decision"}
}

func restrictionView(p kit.Page) debtor.RestrictionView {
	return debtor.RestrictionView{Title: say(p, "法院的公开名单", "The court's published list"), Event: say(p, "钱已经全部还清", "Everything was paid"), Must: p.T("restriction.must"),
		Where: say(p, "中国执行信息公开网", "The courts' public enforcement site"), Happened: day(10, 13), Open: true, DraftHref: "/my/9", CheckedAt: at(10, 19, 9, 30), Version: 3,
		Clock: kit.Clock{Name: p.T("restriction.clock"), State: "missed", Left: -4, Start: day(10, 13), Due: day(10, 16), StartLabel: p.T("progress.start"), Duty: p.T("restriction.duty")}}
}
