package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/admin"
	"reliefportal/templates/kit"
)

// adminSamples are the pages of those who keep the law up to date.
func adminSamples() []Sample {
	const g = "admin"
	return []Sample{
		{g, "outages", func(p kit.Page) templ.Component {
			return admin.Outages(staffPage(p), admin.OutagesView{Tabs: adminTabs(p), Kinds: []kit.Option{{Value: "down", Label: p.T("outage.down")}},
				Rows: []admin.OutageRow{{From: at(10, 19, 9, 30), To: at(10, 19, 11, 5), What: p.T("outage.down"), How: p.T("outage.by_silence")},
					{From: at(10, 12, 15, 0), To: at(10, 12, 15, 4), What: p.T("outage.upload"), How: p.T("outage.by_failures", "N", 3), Drafts: 2}}})
		}},
		{g, "outages, mistake", func(p kit.Page) templ.Component {
			return admin.Outages(withErrors(staffPage(p), kit.FieldError{ID: "end", Text: p.T("outage.order")}), admin.OutagesView{Tabs: adminTabs(p), Start: "2026-10-19T09:30", End: "2026-10-19T08:00"})
		}},
		{g, "packs", func(p kit.Page) templ.Component {
			return admin.Packs(staffPage(p), admin.PacksView{Tabs: adminTabs(p), Rows: []admin.PackHead{packHead(p)}})
		}},
		{g, "pack", func(p kit.Page) templ.Component {
			return admin.Pack(staffPage(p), admin.PackView{Tabs: adminTabs(p), Parts: []kit.Tab{{Text: say(p, "路和出口", "Ways and exits"), Href: "?part=remedies", Count: -1, Selected: true}},
				Head: packHead(p), SearchAction: "/packs/1", Section: admin.Section{ID: "remedies", Title: say(p, "路和出口", "Ways and exits"), Items: []admin.Item{packItem(p)}}})
		}},
		{g, "pack, nothing found", func(p kit.Page) templ.Component {
			return admin.Pack(staffPage(p), admin.PackView{Tabs: adminTabs(p), Head: packHead(p), SearchAction: "/packs/1", Q: "zzz", Problems: []string{"clock K99: has no citation"},
				Section: admin.Section{ID: "found", Title: say(p, "有 0 处写到“zzz”", "0 places say “zzz”")}})
		}},
		{g, "remedy", func(p kit.Page) templ.Component {
			return admin.Remedy(staffPage(p), admin.RemedyView{Tabs: adminTabs(p), PackHref: "/packs/1", PackName: packHead(p).Name, ID: "R15", Title: packItem(p).Title,
				About:    []kit.SummaryRow{{Key: say(p, "法律名称", "Legal term"), Value: say(p, "复议", "Reconsideration")}},
				Sections: []admin.Section{{ID: "rule", Title: say(p, "依据", "What it rests on"), Items: []admin.Item{packItem(p)}}}})
		}},
		{g, "rehearsal, wrong number", func(p kit.Page) templ.Component {
			p = staffPage(p)
			p.Errors = []kit.FieldError{{ID: "n", Text: say(p, "请填 1 到 500 的整数", "Give a whole number from 1 to 500")}}
			return admin.Rehearsal(p, admin.RehearsalView{Tabs: adminTabs(p), Action: "/rehearse", N: "0", Packs: packOptions(p)})
		}},
		{g, "rehearsal", func(p kit.Page) templ.Component {
			return admin.Rehearsal(staffPage(p), admin.RehearsalView{Tabs: adminTabs(p), Action: "/rehearse", N: "100", Packs: packOptions(p),
				Summary: say(p, "走了 100 件，1 件会变。", "100 replayed, 1 would change."),
				Rows:    []admin.RehearsalRow{{Code: "7K4M-92QF", Remedy: "R15", Received: day(9, 28), Changes: []string{say(p, "期限 K05 的最后一天：10月8日 → 10月13日", "Last day of time limit K05: 8 October → 13 October")}}}})
		}},
		{g, "courts", func(p kit.Page) templ.Component {
			return admin.Courts(staffPage(p), admin.CourtsView{Tabs: adminTabs(p), Action: "/courts", NextHref: "/courts?after=x",
				Rows: []admin.CourtRow{{Href: "/courts/1", Name: "江宜市临溪区人民法院", Level: say(p, "基层", "Basic"), Above: "江宜市中级人民法院", Sign: "例0102", Note: say(p, "还没有核对", "Not checked yet")}}})
		}},
		{g, "no court", func(p kit.Page) templ.Component {
			return admin.Courts(staffPage(p), admin.CourtsView{Tabs: adminTabs(p), Action: "/courts", Q: "不存在"})
		}},
		{g, "court", func(p kit.Page) templ.Component {
			return admin.Court(staffPage(p), court(p, "江宜市临溪区人民检察院", false))
		}},
		{g, "court, confirmed", func(p kit.Page) templ.Component {
			return admin.Court(staffPage(p), court(p, "江宜市临溪区人民检察院", true))
		}},
		{g, "court, nothing derived", func(p kit.Page) templ.Component { return admin.Court(staffPage(p), court(p, "", false)) }},
	}
}

func adminTabs(p kit.Page) []kit.Tab {
	return []kit.Tab{{Text: say(p, "规则包", "Rule packs"), Href: "/packs", Count: -1, Selected: true}, {Text: say(p, "法院", "Courts"), Href: "/courts", Count: -1}}
}

func packHead(p kit.Page) admin.PackHead {
	return admin.PackHead{Href: "/packs/1", Name: say(p, "民事执行中的路（样本）", "Ways in civil enforcement (sample)"), ID: "2026-10-sample", Hash: "9f2c41aa07", From: day(10, 1), InForce: true,
		Counts: say(p, "65 条路，12 个出口", "65 ways, 12 exits")}
}

func packItem(p kit.Page) admin.Item {
	return admin.Item{ID: "R15", Title: say(p, "请上一级法院再看一次", "Ask the court above to look again"), Href: "/packs/1/r/R15", Tag: kit.Tag{Text: say(p, "在门径提交", "Filed in Menjing"), Tone: "open"},
		Lines: []string{say(p, "10 天，从裁定送达起算", "10 days from the day the ruling reached you")},
		Cites: []admin.Cited{{Text: say(p, "《民事诉讼法》第236条", "Civil Procedure Law, article 236"), Standing: say(p, "对过原文", "checked against the text"), Phrase: "可以自裁定送达之日起十日内"}}}
}

func packOptions(p kit.Page) []kit.Option {
	return []kit.Option{{Value: "9f2c", Label: packHead(p).Name, Hint: "2026-10-sample"}, {Value: "aa07", Label: say(p, "明年的规则（样本）", "Next year (sample)"), Hint: "2027-01-sample"}}
}

func court(p kit.Page, organ string, confirmed bool) admin.CourtView {
	return admin.CourtView{Tabs: adminTabs(p), ListHref: "/courts", Name: "江宜市临溪区人民法院", AboveHref: "/courts/2", DivisionAction: "/courts/1/division", ProcuratorateAction: "/courts/1/procuratorate",
		About: []kit.SummaryRow{{Key: say(p, "上一级法院", "Court above"), Value: "江宜市中级人民法院"}},
		Divisions: []admin.DivisionRow{{Kind: say(p, "立案庭", "Docketing"), Name: say(p, "立案庭", "Docketing"), Assumed: true},
			{Kind: say(p, "执行裁判庭", "Review"), Name: "执行裁判二庭", From: day(12, 1), Future: true}, {Kind: say(p, "执行裁判庭", "Review"), Name: "执行裁判庭", From: day(1, 1), To: day(9, 30), Past: true}},
		Kinds: []kit.Option{{Value: "review", Label: say(p, "执行裁判庭", "Review")}}, Procuratorate: organ, Confirmed: confirmed}
}
