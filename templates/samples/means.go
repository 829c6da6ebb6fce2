package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
	"reliefportal/templates/reviewer"
)

func meansSamples() []Sample {
	const g = "means"
	return []Sample{
		{g, "home", func(p kit.Page) templ.Component { return debtor.MeansHome(debtorPage(p), meansHome(p)) }},
		{g, "line, error", func(p kit.Page) templ.Component {
			p = withErrors(debtorPage(p), kit.FieldError{ID: "amount", Text: p.T("means.amount_missing")})
			return debtor.FormPage(p, meansForm(p))
		}},
		{g, "group", func(p kit.Page) templ.Component { return debtor.MeansGroup(debtorPage(p), meansGroup(p)) }},
		{g, "group empty", func(p kit.Page) templ.Component {
			v := meansGroup(p)
			v.Lines, v.Button = nil, p.T("means.nothing")
			return debtor.MeansGroup(debtorPage(p), v)
		}},
		{g, "remove line", func(p kit.Page) templ.Component {
			return debtor.MeansDrop(debtorPage(p), debtor.MeansDropView{Name: say(p, "房租", "Rent"), Text: "¥1,650.00", CancelHref: "/my/means", Version: 4})
		}},
		{g, "result", func(p kit.Page) templ.Component {
			return debtor.MeansResult(debtorPage(p), debtor.MeansResultView{Title: p.T("means.result_title"), Sum: meansSum(p), UseHref: "/doors/R11", ChangeHref: "/my/means", ExamplesHref: "/my/means/examples",
				VersionText: p.T("means.version", "N", 4, "Time", "14:06")})
		}},
		{g, "nothing left", func(p kit.Page) templ.Component {
			v := debtor.MeansResultView{Title: p.T("means.nothing_title"), Lead: p.T("means.nothing_lead"), Sum: meansSum(p), Nothing: true, ChangeHref: "/my/means", ExamplesHref: "/my/means/examples",
				Doors: []kit.Link{{Text: say(p, "请法院留出生活费", "Ask for living costs to be left to you"), Href: "/doors/R11"}}}
			return debtor.MeansResult(debtorPage(p), v)
		}},
		{g, "examples", func(p kit.Page) templ.Component {
			return debtor.MeansExamples(debtorPage(p), debtor.MeansExamplesView{Examples: []debtor.MeansExample{{Title: say(p, "三口之家", "A family of three"), Sum: meansSum(p)}}})
		}},
		{g, "attach", func(p kit.Page) templ.Component {
			return debtor.MeansAttach(debtorPage(p), debtor.MeansAttachView{Remedy: doorUntil(p).Title, Ready: true, Have: true, Newer: true, HaveSay: meansSum(p).Say, FillHref: "/my/means", SkipHref: "/my/f/1/check", Version: 3})
		}},
		{g, "changed", func(p kit.Page) templ.Component { return debtor.Changed(debtorPage(p), changedView(p)) }},
		{g, "changed lines", func(p kit.Page) templ.Component {
			return debtor.ChangedLines(debtorPage(p), debtor.ChangedLinesView{Groups: []debtor.MeansGroupView{meansGroup(p)}, GroupHrefs: []string{"/my/means/g/costs"}, MeansHref: "/my/means", CompareHref: "/my/changed/compare"})
		}},
		{g, "compare", func(p kit.Page) templ.Component {
			v := debtor.ChangedCompareView{Compare: meansCompare(p), Say: meansSum(p).Say, CanFile: true, FileText: p.T("changed.file", "Name", say(p, "请法院留出生活费", "Ask for living costs to be left")), Token: "t",
				MeansHref: "/my/means", DoorsTitle: p.T("changed.doors"), Doors: []kit.Link{{Text: say(p, "和对方谈好，分期还", "Agree with the other side"), Href: "/doors/R23"}},
				Cases: kit.Field{Name: "case", Label: p.T("changed.case"), Options: []kit.Option{{Value: "1", Label: "（2026）例0102执1234号"}, {Value: "none", Label: p.T("changed.case_none")}}, Value: "1"}}
			return debtor.ChangedCompare(debtorPage(p), v)
		}},
		{g, "assets", func(p kit.Page) templ.Component { return debtor.Assets(debtorPage(p), assetsView(p)) }},
		{g, "desk", func(p kit.Page) templ.Component {
			return reviewer.Means(staffPage(p), reviewer.MeansView{Number: "（2026）例01执异56号", BackHref: "/staff/f/1", Version: p.T("means.desk_pack", "Pack", "2026"), Sum: meansSum(p), Compare: meansCompare(p)})
		}},
	}
}

func meansHome(p kit.Page) debtor.MeansHomeView {
	return debtor.MeansHomeView{Parts: []debtor.MeansPart{{Title: p.T("means.part_household"), Text: say(p, "家里有孩子", "With children"), Href: "/my/means/household", State: kit.Tag{Text: p.T("means.done"), Tone: "open"}},
		{Title: p.T("means.group_income"), Href: "/my/means/g/income", State: kit.Tag{Text: p.T("means.todo"), Tone: "maybe"}}},
		ExamplesHref: "/my/means/examples", AssetsHref: "/my/assets", ChangedHref: "/my/changed"}
}

func meansForm(p kit.Page) debtor.FormView {
	return debtor.FormView{Caption: p.T("means.group_costs"), Title: say(p, "房租", "Rent"), Hint: say(p, "计入。", "Counted."), Version: 3, Button: p.T("means.save"), Fields: []debtor.FormField{
		{Kind: "money", Field: kit.Field{Name: "amount", Label: p.T("means.amount"), Prefix: "¥", Short: true}},
		{Kind: "open", Field: kit.Field{Name: "rough", Label: p.T("means.roughly"), Hint: p.T("means.roughly_hint")}, Inner: []debtor.FormField{{Kind: "money", Field: kit.Field{Name: "low", Label: p.T("means.low"), Prefix: "¥"}}}},
		{Kind: "check", Field: kit.Field{Name: "unsure", Label: p.T("means.amount_unsure")}},
		{Kind: "radios", Field: kit.Field{Name: "every", Label: p.T("means.every"), Value: "monthly", Options: []kit.Option{{Value: "monthly", Label: p.T("means.monthly")}, {Value: "weekly", Label: p.T("means.weekly")}}}},
		{Kind: "area", Field: kit.Field{Name: "reason", Label: p.T("means.reason"), Hint: p.T("means.reason_hint"), Rows: 3, Max: 1000}},
	}}
}

func meansGroup(p kit.Page) debtor.MeansGroupView {
	return debtor.MeansGroupView{Title: p.T("means.group_costs"), Hint: p.T("means.hint_costs"), Version: 3, Button: p.T("means.nothing_more"),
		Lines: []debtor.MeansRow{{Name: say(p, "房租", "Rent"), Text: p.T("means.each_monthly", "Sum", "¥1,650.00"), ChangeHref: "/my/means/l/1", RemoveHref: "/my/means/l/1/remove"}},
		Kinds: []kit.Link{{Text: say(p, "看病吃药", "Doctors and medicine"), Href: "/my/means/g/costs/medical"}}}
}

func meansSum(p kit.Page) kit.Sum {
	return kit.Sum{
		Say:   p.T("means.say", "Left", p.T("means.left_plus", "N", 3, "Sum", "¥460.00"), "Taken", p.T("means.taken_sum", "Sum", "¥2,800.00")),
		Notes: []string{p.T("means.note_gap", "Sum", "¥2,340.00")},
		Bars: []kit.SumBar{{Label: p.T("means.bar_income"), Value: "¥6,200.00", Width: 1000, Tone: "pale"}, {Label: p.T("means.bar_costs"), Value: "¥5,740.00", Width: 925, Tone: "dark"},
			{Label: p.T("means.bar_left"), Value: "¥460.00", From: 925, Width: 75, Tone: "pine"}, {Label: p.T("means.bar_taken"), Value: "¥2,800.00", From: 548, Width: 452, Tone: "lamp"}},
		Tables: []kit.SumTable{{Title: p.T("means.group_costs"), What: p.T("reckon.item"), Sum: p.T("means.month"), Lines: []kit.SumLine{
			{Name: say(p, "房租", "Rent"), Stated: p.T("means.each_monthly", "Sum", "¥1,650.00"), Why: say(p, "计入。请附租房合同或付款记录。", "Counted. Add the lease."), Sum: "¥1,650.00"},
			{Name: p.T("reckon.total"), Sum: "¥5,740.00", Total: true}}}},
	}
}

func meansCompare(p kit.Page) kit.Compare {
	return kit.Compare{Title: p.T("means.desk_before"), What: p.T("means.item"), Before: p.T("means.before", "Date", "2026"), After: p.T("means.now", "Date", "2026"), Rows: []kit.CompareRow{
		{Name: say(p, "工资", "Wages"), Before: "¥5,400.00", After: "¥1,800.00", Changed: true}, {Name: say(p, "房租", "Rent"), Before: "¥1,650.00", After: "¥1,650.00"},
		{Name: p.T("means.bar_left"), Before: "¥3,750.00", After: "¥150.00", Changed: true, Total: true}}}
}

func changedView(p kit.Page) debtor.ChangedView {
	return debtor.ChangedView{Told: p.T("changed.told", "Date", say(p, "2026年10月12日（周一）", "Monday 12 October 2026"), "What", say(p, "收入少了", "Less income")), Kinds: kit.Field{Name: "kinds", Label: p.T("changed.what"), Hint: p.T("changed.what_hint"), Options: []kit.Option{{Value: "job", Label: say(p, "没有工作了", "I lost my job")}}},
		Honest: say(p, "收入少了，法院也不能因此把判决要付的数改小。", "No court can cut the sum of the judgment because your income fell."),
		Doors:  []kit.Link{{Text: say(p, "请法院留出生活费", "Ask for living costs to be left"), Href: "/doors/R11"}}, RemindHref: "/my/changed/reminder"}
}

func assetsView(p kit.Page) debtor.AssetsView {
	sum := meansSum(p)
	return debtor.AssetsView{Claim: "120,000", HasAssets: true, First: []kit.Option{{Value: "1", Label: say(p, "家里用的车", "The family car"), Checked: true}}, AddHref: "/my/means/g/assets", Over: &sum, Proposal: &sum,
		ProposalHow: p.T("assets.how"), Version: 5, OverDraft: &debtor.AssetsDraft{Kind: "over", Title: p.T("assets.draft_act"), Button: p.T("assets.file_over"), Action: "/my/assets/file", Token: "t", Text: "…", Ask: "…"},
		SwapDraft: &debtor.AssetsDraft{Kind: "swap", Title: p.T("assets.file_swap"), Button: p.T("assets.file_swap"), Action: "/my/assets/file", Token: "t", Text: "…", Ask: "…"}}
}
