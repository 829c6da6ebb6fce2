package supervisor

import (
	"math/big"

	"reliefportal/app/callback"
	"reliefportal/app/insight"
	"reliefportal/app/rates"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
)

// saidFigures are the sets of numbers of the page, in its order: who was asked, what they said, for whom it differs, how far it can be
// trusted.
func (p pages) saidFigures(c *kit.Ctx, a asked, r insight.Report) []law.Figure {
	out := []law.Figure{saidFieldwork(c, r)}
	if r.OfBody != nil {
		out = append(out, p.ofBody(c, a, r))
	} else {
		out = append(out, law.ScaleItems(c, r.Instrument, r.Items), law.FactItems(c, r.Items), scales(c, r))
		out = append(out, split(c, "said.by_effect", r.ByEffect, effectName), split(c, "said.by_mode", r.ByMode, modeName))
	}
	return append(out, p.compared(c, r), trend(c, r), interviewers(c, r), checks(c, r.Checks))
}

// saidFieldwork says of how many people the answers are, beside the rates that say how far they speak for all.
func saidFieldwork(c *kit.Ctx, r insight.Report) law.Figure {
	w := r.Fieldwork
	f := law.Fieldwork(c, insight.Open(classCounts(w.Counts)))
	f.Say = c.T("said.asked", "N", w.Counts.Sample(), "Answered", r.People)
	all, err := rates.Of(w.Counts, w.E)
	if err != nil {
		return f // e comes from the same counts and lies between 0 and 1
	}
	for _, rate := range all {
		if rate.ID == "RR1" || rate.ID == "RR3" || rate.ID == "COOP3" || rate.ID == "REF1" || rate.ID == "CON1" {
			f.Add(law.Words(rate.ID+c.T("figures.colon")+c.T(rateKeys[rate.ID])), rateCell(c, rate))
		}
	}
	f.Notes = []string{basis(c, figures{e: w.E, estimated: w.Estimated}), c.T("said.quarter_note")}
	if w.Open > 0 {
		f.Notes = append(f.Notes, c.T("figures.open", "N", w.Open))
	}
	return f
}

func rateCell(c *kit.Ctx, r rates.Rate) law.FigureCell {
	if !r.Defined() {
		return law.FigureCell{Text: shown(c, r)}
	}
	return law.FigureCell{Text: shown(c, r), Value: r.Rat()}
}

// ofBody are the items of one body, from the same tables in which bodies are compared.
func (p pages) ofBody(c *kit.Ctx, a asked, r insight.Report) law.Figure {
	f := law.Figure{}
	f.Title, f.Words = p.Bodies.BodyName(c.Context(), a.Body), 1
	f.Head = []string{c.T("said.item"), c.T("said.top"), c.T("said.interval"), c.T("said.base")}
	for i, it := range insight.Likert(r.Instrument) {
		addAgreement(c, &f, law.ItemName(c, it), r.OfBody[i])
	}
	f.Notes = []string{c.T("said.interval_note")}
	return f
}

// addAgreement adds the share that agrees with its interval, to the table and the drawing.
func addAgreement(c *kit.Ctx, f *law.Figure, name string, x insight.Agreement) {
	if x.Hidden != insight.NotHidden {
		hidden := law.NotShown(c, x.Hidden)
		f.Add(law.Words(name), hidden, hidden, hidden)
		f.Chart.Rows = append(f.Chart.Rows, tkit.ChartRow{Label: name, Hidden: law.Hidden(c, x.Hidden)})
		return
	}
	interval := law.FigureCell{Text: c.T("figures.undefined")}
	if i, ok := rates.Wilson(x.Agree, x.Base); ok {
		interval = law.Interval(i)
	}
	f.Add(law.Words(name), law.Percent(c, x.Agree, x.Base), interval, law.Number(x.Base))
	f.Chart.Rows = append(f.Chart.Rows, law.ShareRow(name, x.Agree, x.Base, true))
}

// compared holds bodies against each other by one item.
func (p pages) compared(c *kit.Ctx, r insight.Report) law.Figure {
	f := law.Figure{}
	f.Title, f.Say, f.Words = c.T("said.compare"), law.ItemName(c, r.Compared), 1
	f.Head = []string{c.T("said.body"), c.T("said.top"), c.T("said.interval"), c.T("said.base")}
	for i, id := range r.Bodies {
		addAgreement(c, &f, p.Bodies.BodyName(c.Context(), id), r.ByBody[i])
	}
	f.Notes = []string{c.T("said.interval_note"), c.T("said.compare_note")}
	return f
}

func scales(c *kit.Ctx, r insight.Report) law.Figure {
	f := law.Figure{}
	f.Title, f.Words, f.Head = c.T("said.scales"), 1, []string{c.T("said.scale"), c.T("said.mean"), c.T("said.people")}
	for _, s := range r.Scales {
		f.Add(law.Words(law.ElementName(c, s.Element)), law.Mean(c, s.Scored), law.Count(c, s.People))
		if s.Mean != nil {
			f.Chart.Rows = append(f.Chart.Rows, meanBar(law.ElementName(c, s.Element), s.Mean))
		}
	}
	f.Notes = []string{c.T("said.scales_note")}
	return f
}

// meanBar draws a mean from 1 to 5: nothing at 1, all of it at 5.
func meanBar(label string, mean *big.Rat) tkit.ChartRow {
	share := new(big.Rat).Quo(new(big.Rat).Sub(mean, big.NewRat(1, 1)), big.NewRat(rates.Top-1, 1))
	width := law.Thousandths(share)
	return tkit.ChartRow{Label: label, Value: mean.FloatString(1), Parts: []tkit.ChartPart{{Width: width, Tone: "pine"}, {Width: 1000 - width, Tone: "mist"}}}
}

// split shows the share that agrees with each item group by group, so that satisfaction with the result does not pass for fairness.
func split[K ~string](c *kit.Ctx, title string, s insight.Split[K], name func(*kit.Ctx, K) string) law.Figure {
	f := law.Figure{}
	f.Title, f.Words, f.Head = c.T(title), 1, []string{c.T("said.item")}
	score := []law.FigureCell{law.Words(c.T("said.overall_mean"))}
	for i, k := range s.Keys {
		f.Head = append(f.Head, name(c, k), c.T("said.base"))
		score = append(score, law.Mean(c, s.Scores[i]), law.Count(c, s.Scores[i].People))
	}
	for i, it := range s.Items {
		row := []law.FigureCell{law.Words(law.ItemName(c, it))}
		for _, x := range s.Agree[i] {
			if x.Hidden != insight.NotHidden {
				row = append(row, law.NotShown(c, x.Hidden), law.NotShown(c, x.Hidden))
				continue
			}
			row = append(row, law.Percent(c, x.Agree, x.Base), law.Number(x.Base))
		}
		f.Cells = append(f.Cells, row)
	}
	f.Cells = append(f.Cells, score)
	f.Notes = []string{c.T("said.split_note")}
	return f
}

func effectName(c *kit.Ctx, e rules.OutcomeEffect) string {
	switch e {
	case rules.EffectGranted:
		return c.T("said.granted")
	case rules.EffectPartly:
		return c.T("said.partly")
	case rules.EffectRejected:
		return c.T("said.rejected")
	case rules.EffectOther:
		return c.T("said.other")
	}
	return c.T("said.unknown")
}

func trend(c *kit.Ctx, r insight.Report) law.Figure {
	f := law.Figure{}
	f.Title, f.Words = c.T("said.trend"), 1
	f.Head = []string{c.T("said.when"), c.T("figures.n"), "RR1", c.T("said.overall_mean"), c.T("said.people")}
	for _, at := range r.Trend {
		all, err := rates.Of(at.Counts, rates.All)
		if err != nil {
			continue // a share of 1 is always taken
		}
		f.Add(law.Words(law.Quarter(c, at.Quarter)), law.Number(at.Counts.Sample()), rateCell(c, all[0]), law.Mean(c, at.Score), law.Count(c, at.Score.People))
		if at.Score.Mean != nil {
			f.Chart.Rows = append(f.Chart.Rows, meanBar(law.Quarter(c, at.Quarter), at.Score.Mean))
		}
	}
	return f
}

// interviewers says how much of the difference in scores lies between callers; with too little to go by, only that.
func interviewers(c *kit.Ctx, r insight.Report) law.Figure {
	f := law.Figure{}
	f.Title, f.Words, f.Head = c.T("said.interviewers"), 1, []string{c.T("said.interviewers_share"), c.T("said.value")}
	f.Notes = []string{c.T("said.interviewers_note")}
	if !r.Estimated {
		f.Head, f.Say = nil, c.T("said.interviewers_few", "Callers", rates.LeastCallers, "Each", rates.LeastOfOneCaller, "All", rates.LeastWithAllOfThem)
		return f
	}
	f.Add(law.Words(c.T("said.icc")), law.FigureCell{Text: law.PercentText(r.Between.Share), Value: r.Between.Share})
	f.Add(law.Words(c.T("said.icc_n")), law.Number(int64(r.Between.Interviews)))
	f.Add(law.Words(c.T("said.icc_callers")), law.Number(int64(r.Between.Interviewers)))
	return f
}

// checks shows what second callers found.
func checks(c *kit.Ctx, x insight.Checks) law.Figure {
	f := law.Figure{}
	f.Title, f.Words, f.Head = c.T("said.checks"), 1, []string{c.T("said.check"), c.T("said.people")}
	f.Add(law.Words(c.T("said.checks_drawn")), law.Number(x.Drawn))
	f.Add(law.Words(c.T("said.checks_open")), law.Number(x.Open))
	f.Add(law.Words(c.T("said.checks_lapsed")), law.Number(x.Lapsed))
	for _, result := range callback.RedialResults {
		f.Add(law.Words(checkName(c, result)), law.Number(x.ByResult[result]))
	}
	if n := x.Reached(); n > 0 {
		f.Add(law.Words(c.T("said.checks_share")), law.Percent(c, x.ByResult[callback.RedialAgreed], n))
	}
	f.Notes = []string{c.T("said.checks_note")}
	return f
}

func checkName(c *kit.Ctx, r callback.RedialResult) string {
	switch r {
	case callback.RedialAgreed:
		return c.T("said.check_agreed")
	case callback.RedialDiffers:
		return c.T("said.check_differs")
	case callback.RedialNotCalled:
		return c.T("said.check_not_called")
	case callback.RedialNotReached:
		return c.T("said.check_not_reached")
	}
	return c.T("said.check_refused")
}
