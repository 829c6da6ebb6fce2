package public

import (
	"strconv"

	"reliefportal/app/i18n"
	"reliefportal/app/money"
	"reliefportal/app/reckon"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/public"
)

var (
	debtFields = rowFields{sum: "debt_sum", from: "debt_due"}
	paidFields = rowFields{sum: "paid_sum", from: "paid_on", kind: "paid_kind"}
	stayFields = rowFields{from: "stay_from", to: "stay_to", kind: "stay_kind"}
	paidBlank  = views.ReckonRow{Kind: string(reckon.Paid)}
)

func (p pages) interest(c *kit.Ctx) error {
	view := views.InterestView{Until: c.Today().String(), Order: string(reckon.PrincipalFirst)}
	return c.OK(views.Interest(reckonPage(c, "public.reckon"), spread(view, false)))
}

// spread adds the empty rows.
func spread(v views.InterestView, more bool) views.InterestView {
	v.Debts = blank(v.Debts, 1, more, views.ReckonRow{})
	v.Payments = blank(v.Payments, 2, more, paidBlank)
	v.Stays = blank(v.Stays, 1, more, views.ReckonRow{})
	return v
}

// workInterest works late interest out, or shows more rows.
func (p pages) workInterest(c *kit.Ctx) error {
	form, page := c.Form(), reckonPage(c, "public.reckon")
	view := views.InterestView{Debts: debtFields.rows(form), Payments: paidFields.rows(form), Stays: stayFields.rows(form),
		Interest: form.Raw("interest"), Until: form.Raw("until"), Order: form.Value("order")}
	if form.Has("more") {
		return c.OK(views.Interest(page, spread(view, true)))
	}
	in, read := lateInput(view)
	in.PerMillion = p.Packs.On(c.Today()).Sums.LatePerMillion
	result, err := reckon.LateInterest(in)
	err = read.both(err)
	if errs, invalid := c.FieldErrors(err); invalid {
		page.Errors = inOrder(errs, []string{"debt_sum", "debt_due"}, []string{"interest"}, []string{"until"},
			[]string{"paid_sum", "paid_on", "paid_kind"}, []string{"order"}, []string{"stay_from", "stay_to", "stay_kind"})
		return c.Again(views.Interest(page, spread(view, false)))
	}
	if err != nil {
		return err
	}
	told := p.teller(c).interest(in, result)
	view.Result = &told
	return c.OK(views.Interest(page, spread(view, false)))
}

// lateInput reads the rows as they will be shown again, so that an error names the row the person sees.
func lateInput(v views.InterestView) (reckon.LateInput, *reader) {
	read := &reader{}
	in := reckon.LateInput{Order: reckon.Order(v.Order)}
	for i, r := range v.Debts {
		in.Debts = append(in.Debts, reckon.Debt{Sum: read.sum(at("debt_sum", i), r.Sum), Due: read.day(at("debt_due", i), r.From)})
	}
	for i, r := range v.Payments {
		in.Payments = append(in.Payments, reckon.Payment{Sum: read.sum(at("paid_sum", i), r.Sum), On: read.day(at("paid_on", i), r.From),
			Kind: reckon.PaymentKind(r.Kind)})
	}
	for i, r := range v.Stays {
		in.Stays = append(in.Stays, reckon.Stay{From: read.day(at("stay_from", i), r.From), To: read.day(at("stay_to", i), r.To),
			Kind: reckon.StayKind(r.Kind)})
	}
	in.Interest, in.Until = read.sum("interest", v.Interest), read.day("until", v.Until)
	return in, read
}

func (t teller) interest(in reckon.LateInput, r reckon.LateResult) views.ReckonResult {
	out := views.ReckonResult{Say: t.interestSay(in, r), Rules: t.interestRules(in), Next: t.next("R14")}
	if r.Partial {
		out.Notes = append(out.Notes, t.T("interest.partial", "Date", i18n.Date(t.Lang, reckon.OldRuleEnds)))
	}
	var principal, paid money.Fen
	for _, d := range in.Debts {
		principal += d.Sum
	}
	for _, p := range r.Receipts {
		paid += p.Principal + p.Interest + p.Doubled
	}
	s := scaleOf(principal, in.Interest, r.Doubled, paid, r.Balance)
	out.Bars = []views.ReckonBar{s.bar(t.T("interest.bar_debt"), "pale", principal)}
	if in.Interest > 0 {
		out.Bars = append(out.Bars, s.bar(t.T("interest.bar_general"), "pale", in.Interest))
	}
	out.Bars = append(out.Bars, s.bar(t.T("interest.bar_doubled"), "dark", r.Doubled))
	if paid > 0 {
		out.Bars = append(out.Bars, s.bar(t.T("interest.bar_paid"), "pine", paid))
	}
	out.Bars = append(out.Bars, s.bar(t.T("interest.bar_left"), "lamp", r.Balance))
	out.Tables = t.interestTables(in, r)
	return out
}

// interestSay is the sentence that comes first.
func (t teller) interestSay(in reckon.LateInput, r reckon.LateResult) string {
	day := i18n.Date(t.Lang, in.Until)
	switch {
	case r.Balance == 0 && r.Over > 0:
		return t.T("interest.say_over", "Date", day, "Over", r.Over.String(), "Doubled", r.Doubled.String())
	case r.Balance == 0:
		return t.T("interest.say_paid", "Date", day, "Doubled", r.Doubled.String())
	case r.Doubled == 0 && r.Partial:
		return t.T("interest.say_old", "Date", day)
	case r.Doubled == 0:
		return t.T("interest.say_none", "Date", day, "Balance", r.Balance.String())
	}
	return t.T("interest.say", "Date", day, "Doubled", r.Doubled.String(), "Balance", r.Balance.String())
}

func (t teller) interestTables(in reckon.LateInput, r reckon.LateResult) []views.ReckonTable {
	days := views.ReckonTable{Title: t.T("interest.days"), What: t.T("interest.stretch"), Sum: t.T("interest.doubled"), Lines: t.segments(in, r)}
	tables := []views.ReckonTable{days}
	if len(r.Receipts) > 0 {
		tables = append(tables, views.ReckonTable{Title: t.T("interest.met"), What: t.T("interest.received"), Sum: t.T("reckon.sum"), Lines: t.receipts(r)})
	}
	if len(in.Stays) > 0 {
		tables = append(tables, views.ReckonTable{Title: t.T("interest.stood"), What: t.T("interest.stretch"), Sum: t.T("reckon.counted"), Lines: t.stays(in)})
	}
	return append(tables, views.ReckonTable{Title: t.T("interest.left"), What: t.T("reckon.item"), Sum: t.T("reckon.sum"), Lines: []views.ReckonLine{
		{Name: t.T("interest.left_principal"), Sum: r.Principal.String()},
		{Name: t.T("interest.left_general"), Sum: r.Interest.String(), Why: t.T("interest.general_why"), Cites: t.cites(reckon.RuleFormula)},
		{Name: t.T("interest.left_doubled"), Sum: r.DoubledLeft.String()},
		{Name: t.T("reckon.total"), Sum: r.Balance.String(), Total: true},
	}})
}

// span writes a run of days.
func (t teller) span(from, to string) string {
	return t.T("reckon.span", "From", from, "To", to)
}

func (t teller) segments(in reckon.LateInput, r reckon.LateResult) []views.ReckonLine {
	var lines []views.ReckonLine
	for _, s := range r.Segments {
		args := []any{"Days", strconv.Itoa(s.Days), "Base", s.Base.String()}
		line := views.ReckonLine{Name: t.span(i18n.Date(t.Lang, s.From), i18n.Date(t.Lang, s.To)), Sum: s.Doubled.String(), Cites: t.cites(s.Rule)}
		switch s.State {
		case reckon.Stayed:
			line.Why = t.T("interest.why_stayed", args...)
		case reckon.OldRule:
			line.Why, line.Sum = t.T("interest.why_old", args...), t.T("reckon.not_worked")
		default:
			line.Why = t.T("interest.why_counted", append(args, "Rate", percent(in.PerMillion))...)
		}
		lines = append(lines, line)
	}
	return append(lines, views.ReckonLine{Name: t.T("reckon.total"), Sum: r.Doubled.String(), Total: true})
}

func (t teller) receipts(r reckon.LateResult) []views.ReckonLine {
	var lines []views.ReckonLine
	for _, p := range r.Receipts {
		line := views.ReckonLine{Name: t.T("interest.came", "Date", i18n.Date(t.Lang, p.On), "How", t.how(p.Kind)), Sum: p.Sum.String(), Cites: t.cites(p.Kind.Rule())}
		if p.After {
			line.Why = t.T("interest.why_after")
		} else {
			line.Why = t.T("interest.why_met", "Principal", p.Principal.String(), "Interest", p.Interest.String(), "Doubled", p.Doubled.String())
		}
		if p.Over > 0 {
			line.Why += t.T("interest.why_over", "Over", p.Over.String())
		}
		lines = append(lines, line)
	}
	return lines
}

func (t teller) how(k reckon.PaymentKind) string {
	switch k {
	case reckon.Taken:
		return t.T("interest.taken")
	case reckon.Sold:
		return t.T("interest.sold")
	case reckon.Turned:
		return t.T("interest.turned")
	}
	return t.T("interest.paid")
}

func (t teller) stays(in reckon.LateInput) []views.ReckonLine {
	var lines []views.ReckonLine
	for _, s := range in.Stays {
		line := views.ReckonLine{Name: t.span(i18n.Date(t.Lang, s.From), i18n.Date(t.Lang, s.To)), Sum: t.T("reckon.yes"), Cites: t.cites(reckon.RuleStay)}
		if s.Kind.LeftOut() {
			line.Sum = t.T("reckon.no")
		}
		switch s.Kind {
		case reckon.StayReview:
			line.Why = t.T("interest.stay_review")
		case reckon.StayRetrial:
			line.Why = t.T("interest.stay_retrial")
		case reckon.StayOwnReview:
			line.Why = t.T("interest.stay_own")
		default:
			line.Why = t.T("interest.stay_other")
		}
		lines = append(lines, line)
	}
	return lines
}

// interestRules are the rules that hold for the whole table.
func (t teller) interestRules(in reckon.LateInput) []views.ReckonLine {
	lines := []views.ReckonLine{
		{Name: t.T("interest.rule_duty"), Cites: t.cites(reckon.RuleDuty)},
		{Name: t.T("interest.rule_start"), Cites: t.cites(reckon.RuleStart, reckon.RuleNextDay)},
		{Name: t.T("interest.rule_end"), Cites: t.cites(reckon.RuleEnd)},
	}
	switch in.Order {
	case reckon.DoubledFirst:
		lines = append(lines, views.ReckonLine{Name: t.T("interest.rule_agreed"), Cites: t.cites(reckon.RuleOrder)})
	case reckon.InterestFirst:
		lines = append(lines, views.ReckonLine{Name: t.T("interest.rule_interest"), Cites: t.cites(reckon.RuleOrder, reckon.RuleOwn)})
	default:
		lines = append(lines, views.ReckonLine{Name: t.T("interest.rule_principal"), Cites: t.cites(reckon.RuleOrder, reckon.RuleOwn)})
	}
	return append(lines,
		views.ReckonLine{Name: t.T("interest.rule_round"), Cites: t.cites(reckon.RuleOwn)},
		views.ReckonLine{Name: t.T("interest.rule_foreign"), Cites: t.cites(reckon.RuleForeign)})
}
