package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/admin"
	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
	"reliefportal/templates/supervisor"
)

func appraisalSamples() []Sample {
	const g = "appraisal"
	return []Sample{
		{g, "result", func(p kit.Page) templ.Component { return debtor.Appraisal(debtorPage(p), appraisalView(p)) }},
		{g, "result, late, error", func(p kit.Page) templ.Component {
			v := appraisalView(p)
			v.Late, v.Draft.Text = true, ""
			return debtor.Appraisal(withErrors(debtorPage(p), kit.FieldError{ID: "appraisal-text", Text: p.T("assets.text_empty")}), v)
		}},
		{g, "institutions", func(p kit.Page) templ.Component {
			return supervisor.Appraisals(staffPage(p), supervisor.AppraisalsView{Rows: []supervisor.AppraisalRow{{Name: "例评估有限公司", People: "12", Above: "6"}, {Name: "例二评估有限公司", People: "5", Above: p.T("appraisal.few", "N", 5)}},
				Hidden: p.T("appraisal.hidden", "N", 7, "Few", 5)})
		}},
		{g, "fees", func(p kit.Page) templ.Component { return admin.Fees(staffPage(p), feesView(p)) }},
		{g, "no fees, error", func(p kit.Page) templ.Component {
			v := feesView(p)
			v.Rows = nil
			return admin.Fees(withErrors(staffPage(p), kit.FieldError{ID: "source", Text: p.T("appraisal.source_missing")}), v)
		}},
	}
}

func appraisalView(p kit.Page) debtor.AppraisalView {
	return debtor.AppraisalView{ChangeHref: "/my/appraisal", DoorText: say(p, "估得太低，请评估机构说明", "The price is too low, ask the valuer to explain"), DoorHref: "/doors/R09",
		Sum: kit.Sum{Say: p.T("appraisal.say", "Value", p.T("appraisal.say_below", "N", 1, "All", 1), "Fee", p.T("appraisal.fee_above", "Over", "¥300.00")),
			Notes: []string{p.T("appraisal.day_unknown")},
			Tables: []kit.SumTable{
				{Title: p.T("appraisal.fee_table", "Source", say(p, "例价目", "Sample list"), "Day", "2026"), What: p.T("appraisal.band"), Sum: p.T("appraisal.fee_listed"), Lines: []kit.SumLine{
					{Name: p.T("appraisal.step", "From", "¥0.00", "To", "¥800,000.00"), Why: p.T("fees.rate_words", "Rate", "1.00"), Sum: "¥800.00"}, {Name: p.T("appraisal.total"), Sum: "¥800.00", Total: true}}},
				{Title: p.T("appraisal.beside"), What: p.T("appraisal.where_from"), Sum: p.T("appraisal.its_price"), Lines: []kit.SumLine{
					{Name: say(p, "同小区成交", "Sale next door"), Why: p.T("appraisal.lower", "N", 20), Sum: "¥1,000,000.00"}}}}},
		Draft: &debtor.AssetsDraft{Kind: "appraisal", Title: p.T("appraisal.draft"), Button: p.T("appraisal.file"), Action: "/my/appraisal/file", Token: "t",
			Text: p.T("appraisal.words_value", "Sum", "¥800,000.00") + p.T("appraisal.words_end"), Ask: p.T("appraisal.ask")}}
}

func feesView(p kit.Page) admin.FeesView {
	row := admin.FeeRow{ID: "1", Kind: p.T("fees.home"), Region: p.T("fees.everywhere"), Source: say(p, "例价目", "Sample list"), From: "2026-10-01", Version: 1, CanEnd: true,
		Bands: []string{p.T("fees.band_rest", "Charge", p.T("fees.rate_words", "Rate", "1.00"))}, Day: kit.Field{Name: "last", ID: "day-1", Label: p.T("fees.last_day"), Type: "date"}}
	return admin.FeesView{Tabs: adminTabs(p), EndAction: "/fees/end", Rows: []admin.FeeRow{row}, Kinds: []kit.Option{{Value: "home", Label: p.T("fees.home")}},
		From: kit.Field{Name: "from", Label: p.T("fees.from")}, Bands: []admin.FeeBand{{Rate: "1"}, {}}}
}
