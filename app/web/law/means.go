package law

import (
	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/app/means"
	"reliefportal/app/money"
	"reliefportal/app/reckon"
	tkit "reliefportal/templates/kit"
)

// Sheet shows a means statement: the sentence, the bars on one scale, every line with its rule, and the general rules.
func (v View) Sheet(sheet means.Sheet) tkit.Sum {
	out := tkit.Sum{Say: sheet.Say, Notes: sheet.Notes, Bars: v.bars(sheet.Result)}
	for _, t := range sheet.Tables {
		table := tkit.SumTable{Title: t.Title, What: t.What, Sum: t.SumHeader}
		for _, l := range t.Lines {
			table.Lines = append(table.Lines, tkit.SumLine{Name: l.Name, Stated: l.Stated, Why: l.Why, Sum: l.Sum, Cites: v.Cites(l.Cites), Total: l.Total})
		}
		out.Tables = append(out.Tables, table)
	}
	for _, id := range []string{"order", "floor", "proof", "month", "unknown"} {
		if rule, ok := v.Pack.Means.Rules[id]; ok {
			out.Rules = append(out.Rules, tkit.SumLine{Name: v.Say(rule.Text), Cites: v.Cites(rule.Cites)})
		}
	}
	return out
}

// bars draw income, costs, what is left and what is taken on one scale; costs and what is left end where income ends.
func (v View) bars(r reckon.MeansResult) []tkit.SumBar {
	const full = 1000
	income, costs, left, taken := means.Total(r.IncomeSum), means.Total(r.CostsSum), means.Total(r.Left), means.Total(r.Taken)
	top := max(income, costs, taken, 1)
	width := func(sum money.Fen) int { return int(sum * full / top) }
	bar := func(label, tone string, span reckon.Span, from, sum money.Fen) tkit.SumBar {
		return tkit.SumBar{Label: label, Value: means.SpanWords(v.Lang, span), From: width(from), Width: width(sum), Tone: tone}
	}
	return []tkit.SumBar{bar(v.t("means.bar_income"), "pale", r.IncomeSum, 0, income), bar(v.t("means.bar_costs"), "dark", r.CostsSum, 0, costs),
		bar(v.t("means.bar_left"), "pine", r.Left, max(0, income-left), left), bar(v.t("means.bar_taken"), "lamp", r.Taken, max(0, income-taken), taken)}
}

// Comparison is the table of two versions, line by line, and what they come to.
func (v View) Comparison(before, now means.Statement) (tkit.Compare, error) {
	out := tkit.Compare{What: v.t("means.item"), Before: v.t("means.before", "Date", i18n.DayMonth(v.Lang, calendar.DateOf(before.At))),
		After: v.t("means.now", "Date", i18n.DayMonth(v.Lang, calendar.DateOf(now.At)))}
	for _, step := range means.Compare(before.Data, now.Data) {
		l := step.After
		if l == nil {
			l = step.Before
		}
		out.Rows = append(out.Rows, tkit.CompareRow{Name: means.Name(v.Pack, *l, v.Lang), Before: means.LineWords(step.Before, v.Lang), After: means.LineWords(step.After, v.Lang),
			Changed: !step.Same()})
	}
	old, err := means.Reckon(v.Pack, before.Data, calendar.DateOf(before.At))
	if err != nil {
		return out, err
	}
	fresh, err := means.Reckon(v.Pack, now.Data, calendar.DateOf(now.At))
	if err != nil {
		return out, err
	}
	for _, x := range []struct {
		key           string
		before, after reckon.Span
	}{{"means.bar_income", old.IncomeSum, fresh.IncomeSum}, {"means.bar_costs", old.CostsSum, fresh.CostsSum}, {"means.bar_left", old.Left, fresh.Left},
		{"means.bar_taken", old.Taken, fresh.Taken}, {"means.after", old.After, fresh.After}} {
		out.Rows = append(out.Rows, tkit.CompareRow{Name: v.t(x.key), Before: means.SpanWords(v.Lang, x.before), After: means.SpanWords(v.Lang, x.after),
			Changed: x.before != x.after, Total: true})
	}
	return out, nil
}
