package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/kit"
	"reliefportal/templates/public"
	"reliefportal/templates/supervisor"
)

func figureSamples() []Sample {
	return []Sample{
		{"supervisor", "said", func(p kit.Page) templ.Component { return supervisor.Said(staffPage(p), saidView(p)) }},
		{"supervisor", "said, nothing", func(p kit.Page) templ.Component {
			return supervisor.Said(staffPage(p), supervisor.SaidView{Action: "/staff/figures/calls"})
		}},
		{"supervisor", "export", func(p kit.Page) templ.Component {
			return supervisor.Export(staffPage(p), supervisor.ExportView{Status: "done", Days: 7, BackHref: "/staff/figures/calls", BookHref: "/staff/figures/codebook.xlsx", FileHref: "/staff/figures/exports/1/file",
				Rows: []kit.SummaryRow{{Key: p.T("export.kept"), Value: "128"}, {Key: p.T("export.left_out"), Value: p.T("figures.few_short")}}})
		}},
		{"public", "callbacks", func(p kit.Page) templ.Component { return public.Callbacks(p, callbacksView(p)) }},
		{"public", "callbacks, none", func(p kit.Page) templ.Component { return public.Callbacks(p, public.CallbacksView{Days: 30}) }},
	}
}

func callbacksView(p kit.Page) public.CallbacksView {
	figures := someFigures(p)
	return public.CallbacksView{
		Quarters: []kit.Tab{{Text: say(p, "2026 年第 3 季度", "Quarter 3 of 2026"), Href: "/callbacks", Count: -1, Selected: true}, {Text: say(p, "2026 年第 2 季度", "Quarter 2 of 2026"), Href: "/callbacks?quarter=2026-Q2", Count: -1}},
		Quarter:  say(p, "2026 年第 3 季度", "Quarter 3 of 2026"), MadeOn: say(p, "2026年10月31日", "31 October 2026"), CSVHref: "/callbacks.csv", Days: 30,
		Parts: []public.CallbackPart{{Programme: say(p, "决定送达后的回访", "After a decision was served"), Party: p.T("callbacks.respondent"), Say: p.T("callbacks.asked", "Drawn", 240, "Answered", 132), Figures: figures}},
	}
}

func saidView(p kit.Page) supervisor.SaidView {
	one := []kit.Option{{Value: "1", Label: say(p, "决定送达后的回访", "After a decision was served")}}
	return supervisor.SaidView{
		Tabs: []kit.Tab{{Text: p.T("said.list"), Href: "/staff/figures/calls", Count: -1, Selected: true}}, Action: "/staff/figures/calls",
		Programmes: one, Quarters: one, Parties: one, Bodies: one, Items: one, Programme: "1", Quarter: "1", Party: "1", Body: "1", Item: "1",
		Figures: someFigures(p), CSVHref: "/staff/figures/calls.csv", XLSXHref: "/staff/figures/calls.xlsx", BookHref: "/staff/figures/codebook.xlsx", OrderAction: "/staff/figures/exports",
	}
}

func someFigures(p kit.Page) []kit.Figure {
	keys := []kit.ChartKey{{Tone: "pine", Text: p.T("figures.i"), Value: "118"}, {Tone: "mid", Text: p.T("figures.p"), Value: "14"}, {Tone: "lamp", Text: p.T("figures.r"), Value: "36"},
		{Tone: "grey", Text: p.T("figures.nc"), Value: "59"}, {Tone: "mist", Text: p.T("figures.o"), Value: "13"}}
	parts := []kit.ChartPart{{Width: 492, Tone: "pine"}, {Width: 58, Tone: "mid"}, {Width: 150, Tone: "lamp"}, {Width: 246, Tone: "grey"}, {Width: 54, Tone: "mist"}}
	polite, told := say(p, "P7 工作人员对我说话有礼貌。", "P7 I was spoken to politely."), say(p, "P5 我听懂了为什么这样决定。", "P5 I was told the reason in words I understood.")
	return []kit.Figure{
		{ID: "figure-a", Title: p.T("said.fieldwork"), Stacked: true, Chart: kit.Chart{Keys: keys, Rows: []kit.ChartRow{{Parts: parts}}},
			Head: []string{p.T("said.became"), p.T("said.people")}, Words: 1, Rows: [][]string{{p.T("figures.i"), "118"}, {p.T("figures.p"), "14"}, {"RR1", "49.2 %"}}, Notes: []string{p.T("said.quarter_note")}},
		{ID: "figure-b", Title: p.T("said.items"), Words: 1, Head: []string{p.T("said.item"), p.T("said.top"), p.T("said.interval"), p.T("said.base")},
			Chart: kit.Chart{Rows: []kit.ChartRow{{Label: polite, Value: "64.3 %", Parts: []kit.ChartPart{{Width: 643, Tone: "mid"}, {Width: 357, Tone: "mist"}}, From: 560, To: 718}, {Label: told, Hidden: p.T("figures.few")}}},
			Rows:  [][]string{{polite, "64.3 %", "56–72 %", "126"}, {told, p.T("figures.few_short"), p.T("figures.hidden_short"), p.T("figures.hidden_short")}}, Notes: []string{p.T("said.interval_note")}},
	}
}
