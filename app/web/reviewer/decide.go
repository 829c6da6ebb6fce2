package reviewer

import (
	"maps"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/money"
	"reliefportal/app/paper"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) decide(c *kit.Ctx, d desk) error {
	body, err := p.decideForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doDecide checks a decision and shows it as the person will read it; pressed a second time, on that page, it makes it.
func (p pages) doDecide(c *kit.Ctx) error {
	wording := law.Respectful("text", c.Form().Value("text"))
	if c.Form().Value("confirm") == "1" && !c.Form().Has("edit") && wording == nil {
		f, err := p.Reviews.Decide(c.Context(), c.Actor, c.Param("id"), formVersion(c), ruling(c))
		done := "work.decided"
		if f.Status == filing.Reviewing {
			done = "decide.proposed"
		}
		return p.finish(c, filing.ActDecide, err, done, p.decideForm(c))
	}
	d, err := p.load(c)
	if err != nil {
		return err
	}
	if c.Form().Has("edit") {
		return p.decide(c, d)
	}
	switch {
	case !d.may(c, filing.ActDecide):
		err = fail.Conflict("filing.cannot")
	case d.Version != formVersion(c):
		err = fail.Conflict("filing.stale")
	default:
		err = law.Both(p.Reviews.CheckRuling(d.Filing, filing.ActDecide, ruling(c)), wording)
	}
	if err != nil {
		return p.finish(c, filing.ActDecide, err, "", p.decideForm(c))
	}
	view, err := p.checkView(c, d)
	if err != nil {
		return err
	}
	return c.OK(views.DecideCheck(c.Page(), view))
}

// findingField is the name of the field with the finding on a ground.
const findingField = "finding-"

func ruling(c *kit.Ctx) review.Ruling {
	form := c.Form()
	r := review.Ruling{Disposition: form.Value("disposition"), Text: form.Value("text"), Number: form.Value("number"), Letter: form.Value("letter"),
		Findings: map[string]review.Finding{}, Numbers: numbersTyped(form)}
	for _, name := range slices.Sorted(maps.Keys(form.Values())) {
		code, ok := strings.CutPrefix(name, findingField)
		if found := review.Finding(form.Value(name)); ok && found != "" {
			r.Grounds, r.Findings[code] = append(r.Grounds, code), found
		}
	}
	return r
}

// numbersTyped reads the numbers of a decision. What cannot be read is left empty in a number that is there, and so is refused with its field.
func numbersTyped(form *kit.Form) []filing.Number {
	var out []filing.Number
	if form.Value("reserve") != "" {
		out = append(out, filing.Number{Kind: filing.NumberReserve, Fen: sum(form.Value("reserve"))})
	}
	if form.Value("instalment") != "" || form.Value("times") != "" || form.Value("first") != "" {
		times, _ := form.Int("times")
		out = append(out, filing.Number{Kind: filing.NumberInstalment, Fen: sum(form.Value("instalment")), Times: times, On: day(form.Value("first"))})
	}
	if form.Value("lifted") != "" {
		out = append(out, filing.Number{Kind: filing.NumberLifted, On: day(form.Value("lifted"))})
	}
	return out
}

func sum(typed string) money.Fen {
	fen, err := money.Parse(typed)
	if err != nil {
		return 0
	}
	return fen
}

func day(typed string) calendar.Date {
	on, err := calendar.ParseDate(typed)
	if err != nil {
		return calendar.Date{}
	}
	return on
}

// decideForm shows the form with what was typed, if anything was. Nothing is chosen beforehand.
func (p pages) decideForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		typed := ruling(c)
		mode, err := p.mode(c, d)
		if err != nil {
			return nil, err
		}
		view := views.DecideView{Head: d.head(c), Text: c.Form().Raw("text"), Number: c.Form().Raw("number"), Max: review.TextMax,
			Facts: facts(d), Trace: trace(c, d, rules.ClockRule{}), Mode: mode, Numbers: numberFields(c), Letters: letters(c, d, typed.Letter)}
		for _, o := range d.remedy.Outcomes {
			if id := filing.Outcome(o.ID); id == filing.Withdrawn || id == filing.Refused {
				continue // the applicant withdraws by himself; what is not taken up was refused before
			}
			view.Dispositions = append(view.Dispositions, tkit.Option{Value: o.ID, Label: d.law.Say(o.Label), Checked: o.ID == typed.Disposition})
		}
		for _, g := range d.remedy.Grounds {
			view.Findings = append(view.Findings, finding(c, d, g, typed.Findings[g.Code]))
		}
		return views.Decide(page, view), nil
	}
}

// finding asks what was found on one ground.
func finding(c *kit.Ctx, d desk, g rules.Ground, chosen review.Finding) tkit.Field {
	out := tkit.Field{Name: findingField + g.Code, Label: d.law.Say(g.Label), Hint: cites(d, g.Cites), Value: string(chosen),
		Options: []tkit.Option{{Value: "", Label: c.T("decide.not_raised")}}}
	offered := review.Findings
	if g.For != rules.ForRequest {
		offered = []review.Finding{review.FoundMade}
		out.Hint = c.T("decide.against") + "\n" + out.Hint
	}
	for _, f := range offered {
		out.Options = append(out.Options, tkit.Option{Value: string(f), Label: review.FindingText(c.Lang, g, f)})
	}
	return out
}

// letters are the letters of the remedy for any outcome; the first that fits is used when none is chosen.
func letters(c *kit.Ctx, d desk, chosen string) []tkit.Option {
	out := []tkit.Option{{Value: "", Label: c.T("decide.letter_default")}}
	for _, o := range d.remedy.Outcomes {
		for _, l := range d.law.Pack.LettersFor(d.remedy.ID, o.ID) {
			if !slices.ContainsFunc(out, func(x tkit.Option) bool { return x.Value == l.ID }) {
				out = append(out, tkit.Option{Value: l.ID, Label: d.law.Say(l.Name) + " · " + l.Version, Checked: l.ID == chosen})
			}
		}
	}
	return out
}

func numberFields(c *kit.Ctx) views.NumberFields {
	form := c.Form()
	return views.NumberFields{Reserve: form.Raw("reserve"), Instalment: form.Raw("instalment"), Times: form.Raw("times"), First: form.Raw("first"), Lifted: form.Raw("lifted")}
}

// mode says who else has to sign, and warns where the law wants a panel that nobody has formed.
func (p pages) mode(c *kit.Ctx, d desk) (views.Mode, error) {
	mode, err := p.Reviews.ModeOf(c.Context(), d.Filing)
	if err != nil {
		return views.Mode{}, err
	}
	switch mode {
	case review.ModePanel:
		return views.Mode{Text: c.T("decide.mode_panel"), Signs: true}, nil
	case review.ModeSecond:
		return views.Mode{Text: c.T("decide.mode_second"), Signs: true}, nil
	case review.ModeAlone:
	}
	rule, wanted, err := p.Reviews.PanelRule(d.Filing)
	if err != nil || !wanted {
		return views.Mode{}, err
	}
	return views.Mode{Text: c.T("decide.panel_missing", "Cites", cites(d, rule.Cites))}, nil
}

// checkView shows a decision in the language of the person it is for.
func (p pages) checkView(c *kit.Ctx, d desk) (views.DecideCheckView, error) {
	typed := ruling(c)
	outcome, _ := d.remedy.Outcome(typed.Disposition)
	view := views.DecideCheckView{Head: d.head(c), Disposition: outcome.Label.In(d.Lang), Ground: foundOn(d, typed.Findings, d.Lang),
		Text: typed.Text, Number: typed.Number}
	for _, n := range typed.Numbers {
		view.Changes = append(view.Changes, review.NumberText(d.Lang, n))
	}
	doc, ok, err := p.Reviews.Preview(c.Context(), c.Actor, d.Filing, typed)
	if err != nil {
		return view, err
	}
	if ok {
		view.Letter = sheet(doc)
	}
	if view.Mode, err = p.mode(c, d); err != nil {
		return view, err
	}
	for _, n := range outcome.Next {
		if door, ok := p.nextDoor(c, d, n); ok {
			view.Next = append(view.Next, door)
		}
	}
	view.Hidden = again(c)
	return view, nil
}

// foundOn says in words what was found on each ground.
func foundOn(d desk, found map[string]review.Finding, lang string) []string {
	var out []string
	for _, g := range d.remedy.Grounds {
		if f, ok := found[g.Code]; ok {
			out = append(out, g.Label.In(lang)+i18n.T(lang, "decision.colon")+review.FindingText(lang, g, f))
		}
	}
	return out
}

// sheet hands a paper to the page.
func sheet(d paper.Doc) []views.PaperLine {
	var out []views.PaperLine
	for _, b := range d.Blocks {
		out = append(out, views.PaperLine{Kind: string(b.Kind), Text: b.Text})
	}
	return out
}

// nextDoor is a way on that an outcome opens: what it is, how long it stays open from service, and who decides there.
func (p pages) nextDoor(c *kit.Ctx, d desk, n rules.NextRemedy) (views.NextDoor, bool) {
	r, ok := d.law.Pack.Remedy(n.Remedy)
	if !ok {
		return views.NextDoor{}, false
	}
	lang := d.Lang
	out := views.NextDoor{Title: r.Plain.In(lang), Window: n.Why.In(lang), Decider: r.Body.In(lang)}
	if r.Window != nil && n.Carry[r.Window.From] == rules.DecisionServedOn {
		out.Window = i18n.T(lang, "work.window", "Period", i18n.Period(lang, r.Window.Period))
	}
	decided := rules.Facts{rules.DecisionCourt: rules.Said(p.Bodies.BodyName(c.Context(), d.Owner()))}
	if to := d.law.Pack.Route(r.ID, n.CarryOver(d.facts, decided), p.Bodies); to.Court != "" && !to.Arbiter {
		out.Decider = to.Court
	}
	return out, true
}
