package reviewer

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) ask(c *kit.Ctx, d desk) error {
	body, err := askForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doAsk tells the applicant, once, everything that is missing.
func (p pages) doAsk(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	if err = law.Respectful("text", c.Form().Value("text")); err == nil {
		_, err = p.Reviews.Ask(c.Context(), c.Actor, d.ID, formVersion(c), request(c, d))
	}
	return p.finish(c, filing.ActAsk, err, "work.asked_now", askForm(c))
}

// request is what the applicant will read, in his own language: the papers ticked, then the words.
func request(c *kit.Ctx, d desk) string {
	ticked := c.Form().All("papers")
	var names []string
	for _, x := range papersOf(d) {
		if slices.Contains(ticked, x.ID) {
			names = append(names, x.Label.In(d.Lang))
		}
	}
	text := c.Form().Value("text")
	if len(names) == 0 {
		return text
	}
	list := i18n.T(d.Lang, "work.ask_papers", "Papers", strings.Join(names, i18n.T(d.Lang, "work.and")))
	return strings.TrimSpace(list + "\n" + text)
}

func papersOf(d desk) []rules.Paper { return d.law.Pack.PapersFor(d.remedy, d.facts) }

// askForm shows the form with what was typed, if anything was.
func askForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		view := views.AskSupplementView{Head: d.head(c), Text: c.Form().Raw("text")}
		ticked := c.Form().All("papers")
		for _, x := range papersOf(d) {
			view.Papers = append(view.Papers, tkit.Option{Value: x.ID, Label: d.law.Say(x.Label), Checked: slices.Contains(ticked, x.ID)})
		}
		if dl, rule, ok := stageClock(c, d, rules.StageSupplement); ok {
			view.Due, view.Days = dl.LegalEnd, length(c, rule)
		}
		return views.AskSupplement(page, view), nil
	}
}
