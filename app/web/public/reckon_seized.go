package public

import (
	"fmt"
	"strings"

	"reliefportal/app/reckon"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/public"
)

var assetFields = rowFields{name: "asset_name", sum: "asset_value", whole: "asset_whole"}

// leastAssets is how many empty rows the form begins with.
const leastAssets = 2

func (p pages) seized(c *kit.Ctx) error {
	return c.OK(views.Seized(reckonPage(c, "public.reckon"), views.SeizedView{Assets: blank(nil, leastAssets, false, views.ReckonRow{})}))
}

// workSeized compares what is sealed with the debt, or shows more rows.
func (p pages) workSeized(c *kit.Ctx) error {
	form, page := c.Form(), reckonPage(c, "public.reckon")
	assets := assetFields.rows(form)
	more := form.Has("more")
	view := views.SeizedView{Claim: form.Raw("claim"), Costs: form.Raw("costs"), Assets: blank(assets, leastAssets, more, views.ReckonRow{})}
	if more {
		return c.OK(views.Seized(page, view))
	}
	in, read := seizedInput(view, assets)
	in.OverPercent = p.Packs.On(c.Today()).Sums.OverPercent
	result, err := reckon.OverSeized(in)
	err = read.both(err)
	if errs, invalid := c.FieldErrors(err); invalid {
		page.Errors = inOrder(errs, []string{"claim"}, []string{"costs"}, []string{"asset_name", "asset_value"})
		return c.Again(views.Seized(page, view))
	}
	if err != nil {
		return err
	}
	told := p.teller(c).seized(in, result)
	view.Result = &told
	return c.OK(views.Seized(page, view))
}

func seizedInput(v views.SeizedView, assets []views.ReckonRow) (reckon.SeizedInput, *reader) {
	read := &reader{}
	in := reckon.SeizedInput{Claim: read.sum("claim", v.Claim), Costs: read.sum("costs", v.Costs)}
	for i, r := range assets {
		in.Assets = append(in.Assets, reckon.Asset{Name: strings.TrimSpace(r.Name), Value: read.sum(at("asset_value", i), r.Sum),
			Known: strings.TrimSpace(r.Sum) != "", Whole: r.Whole})
	}
	return in, read
}

func (t teller) seized(in reckon.SeizedInput, r reckon.SeizedResult) views.ReckonResult {
	s := scaleOf(r.Limit, r.Total)
	out := views.ReckonResult{Say: t.seizedSay(r), Next: t.next("R13"), Bars: []views.ReckonBar{
		s.bar(t.T("seized.bar_limit"), "dark", r.Limit), s.bar(t.T("seized.bar_total"), "pale", r.Total), s.bar(t.T("seized.bar_over"), "lamp", r.Over),
	}}
	if r.Missing > 0 {
		out.Notes = append(out.Notes, t.T("seized.missing", "N", r.Missing))
	}
	out.Tables = []views.ReckonTable{
		{Title: t.T("seized.limit"), What: t.T("reckon.item"), Sum: t.T("reckon.sum"), Lines: []views.ReckonLine{
			{Name: t.T("seized.claim"), Sum: in.Claim.String()}, {Name: t.T("seized.costs"), Sum: in.Costs.String()},
			{Name: t.T("reckon.total"), Sum: r.Limit.String(), Total: true, Cites: t.cites(reckon.RuleLimit)}}},
		{Title: t.T("seized.table"), What: t.T("seized.name"), Sum: t.T("seized.value"), Lines: t.assets(r)},
	}
	out.Rules = []views.ReckonLine{
		{Name: t.T("seized.rule_limit"), Cites: t.cites(reckon.RuleLimit)},
		{Name: t.T("seized.rule_lift"), Cites: t.cites(reckon.RuleLift)},
		{Name: t.T("seized.rule_whole"), Cites: t.cites(reckon.RuleWhole)},
		{Name: t.T("seized.rule_clearly", "Percent", fmt.Sprintf("%d%%", in.OverPercent)), Cites: t.cites(reckon.RuleOwn)},
	}
	return out
}

// seizedSay is the sentence that comes first.
func (t teller) seizedSay(r reckon.SeizedResult) string {
	args := []any{"Total", r.Total.String(), "Limit", r.Limit.String(), "Over", r.Over.String()}
	switch {
	case r.Whole && r.Missing == 0:
		return t.T("seized.say_whole", args...)
	case r.Whole:
		return t.T("seized.say_whole_maybe", args...)
	case r.Verdict == reckon.Clearly:
		return t.T("seized.say_clearly", args...)
	case r.Verdict == reckon.Above:
		return t.T("seized.say_above", args...)
	case r.Verdict == reckon.Unknown && r.Over > 0:
		return t.T("seized.say_maybe", args...)
	case r.Verdict == reckon.Unknown:
		return t.T("seized.say_unknown", args...)
	}
	return t.T("seized.say_within", args...)
}

func (t teller) assets(r reckon.SeizedResult) []views.ReckonLine {
	var lines []views.ReckonLine
	for i, a := range r.Lines {
		line := views.ReckonLine{Name: a.Name, Sum: a.Value.String(), Cites: t.cites(a.Rule)}
		if line.Name == "" {
			line.Name = t.T("seized.asset", "N", i+1)
		}
		switch a.State {
		case reckon.NoValue:
			line.Why, line.Sum = t.T("seized.why_no_value"), t.T("reckon.unknown")
		case reckon.Spare:
			line.Why = t.T("seized.why_spare")
		case reckon.Partly:
			line.Why = t.T("seized.why_partly", "Free", a.Free.String())
		case reckon.NeededAll:
			line.Why = t.T("seized.why_whole", "Free", a.Free.String())
		default:
			line.Why = t.T("seized.why_needed")
		}
		lines = append(lines, line)
	}
	return append(lines, views.ReckonLine{Name: t.T("reckon.total"), Why: t.T("seized.why_total"), Sum: r.Total.String(), Total: true})
}
