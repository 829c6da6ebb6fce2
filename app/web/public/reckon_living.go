package public

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"reliefportal/app/i18n"
	"reliefportal/app/packs"
	"reliefportal/app/reckon"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

func (p pages) living(c *kit.Ctx) error {
	table, err := p.standards(c)
	if err != nil {
		return err
	}
	return c.OK(views.Living(reckonPage(c, "public.reckon"), views.LivingView{Places: places(c, table)}))
}

// standards are the local standards of today's rules. A place that is not in them is unknown.
func (p pages) standards(c *kit.Ctx) (reckon.Standards, error) {
	return packs.Standards(p.Packs.On(c.Today()))
}

func places(c *kit.Ctx, table reckon.Standards) []tkit.Option {
	var out []tkit.Option
	for _, s := range table.Places(c.Today()) {
		out = append(out, tkit.Option{Value: s.Region, Label: s.Name})
	}
	return out
}

// workLiving works out what must be left to live on.
func (p pages) workLiving(c *kit.Ctx) error {
	table, err := p.standards(c)
	if err != nil {
		return err
	}
	form, page := c.Form(), reckonPage(c, "public.reckon")
	view := views.LivingView{Places: places(c, table), Place: form.Value("place"), Home: form.Value("home"), Asked: form.Raw("asked"),
		People: form.Raw("people"), Income: form.Raw("income"), Taken: form.Raw("taken"), Needs: form.Raw("needs")}
	in, read := livingInput(view)
	in.On = c.Today()
	result, err := reckon.Living(in, table)
	err = read.both(err)
	if errs, invalid := c.FieldErrors(err); invalid {
		page.Errors = inOrder(errs, []string{"place"}, []string{"home"}, []string{"asked"}, []string{"people"}, []string{"income"}, []string{"taken"}, []string{"needs"})
		return c.Again(views.Living(page, view))
	}
	if err != nil {
		return err
	}
	told := p.teller(c).living(in, result)
	view.Result = &told
	return c.OK(views.Living(page, view))
}

func livingInput(v views.LivingView) (reckon.LivingInput, *reader) {
	read := &reader{}
	in := reckon.LivingInput{Region: v.Place, Home: reckon.Home(v.Home), Asked: read.sum("asked", v.Asked), Income: read.sum("income", v.Income),
		Taken: read.sum("taken", v.Taken), Needs: read.sum("needs", v.Needs)}
	// What is no number stays zero people, which the rules refuse.
	in.People, _ = strconv.Atoi(strings.TrimSpace(width.Narrow.String(v.People)))
	if strings.TrimSpace(v.Income) == "" {
		read.refuse("income", "money.empty")
	}
	return in, read
}

func (t teller) living(in reckon.LivingInput, r reckon.LivingResult) views.ReckonResult {
	if r.From == reckon.FromNowhere {
		return views.ReckonResult{Say: t.T("living.say_unknown"), Notes: []string{t.T("living.ask")}, Rules: t.livingRules(), Next: t.next("R11")}
	}
	s := scaleOf(in.Income, r.Reserve, in.Taken, r.After)
	out := views.ReckonResult{Say: t.livingSay(in, r), Rules: t.livingRules(), Next: t.next("R11"), Bars: []views.ReckonBar{
		s.bar(t.T("living.bar_income"), "pale", in.Income), s.bar(t.T("living.bar_reserve"), "dark", r.Reserve),
		s.bar(t.T("living.bar_taken"), "lamp", in.Taken), s.bar(t.T("living.bar_after"), "pine", max(0, r.After)),
	}}
	if in.Needs > 0 && r.ShortNeeds > 0 {
		out.Notes = append(out.Notes, t.T("living.with_needs", "Short", r.ShortNeeds.String()))
	}
	out.Tables = []views.ReckonTable{{Title: t.T("living.table"), What: t.T("reckon.item"), Sum: t.T("living.month"), Lines: t.livingLines(in, r)}}
	return out
}

// livingSay is the sentence that comes first; zero and less than zero are said in words.
func (t teller) livingSay(in reckon.LivingInput, r reckon.LivingResult) string {
	args := []any{"N", in.People, "Reserve", r.Reserve.String(), "Taken", in.Taken.String(), "After", r.After.String(), "Short", r.Short.String(),
		"Free", r.Free.String()}
	switch {
	case r.Short > 0 && in.Taken == 0:
		return t.T("living.say_poor", args...)
	case r.Short > 0 && r.Free <= 0:
		return t.T("living.say_poor_taken", args...)
	case r.Short > 0 && r.After <= 0:
		return t.T("living.say_nothing", args...)
	case r.Short > 0:
		return t.T("living.say_short", args...)
	case r.Free == 0:
		return t.T("living.say_exact", args...)
	case in.Taken == 0:
		return t.T("living.say_free", args...)
	}
	return t.T("living.say_kept", args...)
}

func (t teller) livingLines(in reckon.LivingInput, r reckon.LivingResult) []views.ReckonLine {
	standard := views.ReckonLine{Name: t.T("living.standard"), Sum: r.PerHead.String(), Cites: t.cites(reckon.RuleStandard)}
	if r.From == reckon.FromTable {
		standard.Why = t.T("living.why_table", "Place", r.Standard.Name, "Source", r.Standard.Source, "Date", i18n.Date(t.Lang, r.Standard.From))
	} else {
		standard.Why = t.T("living.why_asked")
	}
	lines := []views.ReckonLine{standard,
		{Name: t.T("living.reserve"), Sum: r.Reserve.String(), Why: t.T("living.why_reserve", "N", in.People, "Sum", r.PerHead.String()), Total: true},
		{Name: t.T("living.income"), Sum: in.Income.String(), Why: t.T("living.why_income"), Cites: t.cites(reckon.RuleIncome)},
		{Name: t.T("living.taken"), Sum: in.Taken.String(), Why: t.T("living.why_taken")},
	}
	if in.Needs > 0 {
		lines = append(lines, views.ReckonLine{Name: t.T("living.needs"), Sum: in.Needs.String(), Why: t.T("living.why_needs"), Cites: t.cites(reckon.RuleStandard)})
	}
	if in.Asked > 0 && r.From == reckon.FromTable {
		lines = append(lines, views.ReckonLine{Name: t.T("living.asked"), Sum: in.Asked.String(), Why: t.T("living.why_announced")})
	}
	return lines
}

func (t teller) livingRules() []views.ReckonLine {
	return []views.ReckonLine{
		{Name: t.T("living.rule_income"), Cites: t.cites(reckon.RuleIncome)},
		{Name: t.T("living.rule_standard"), Cites: t.cites(reckon.RuleStandard)},
		{Name: t.T("living.rule_local"), Cites: t.cites(reckon.RuleOwn)},
	}
}
