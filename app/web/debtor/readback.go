package debtor

import (
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// readback is the check page for somebody who types for the person: he reads it aloud, and the person says yes or signs.
func (p pages) readback(c *kit.Ctx, o own) error {
	if c.Actor.By == nil {
		return c.To("debtor.check", o.ID)
	}
	view, err := p.checkView(c, o)
	if err != nil {
		return err
	}
	return c.OK(views.ReadBack(checkPage(c, o), readBackView(c, view)))
}

func readBackView(c *kit.Ctx, check views.CheckView) views.ReadBackView {
	made := c.Form().Value("made")
	return views.ReadBackView{CheckView: check, Action: c.Path("debtor.check", c.Param("id")), Made: []tkit.Option{
		{Value: filing.MadeOrally, Label: c.T("readback.oral"), Hint: c.T("readback.oral_hint"), Checked: made == filing.MadeOrally},
		{Value: filing.MadePaper, Label: c.T("readback.paper"), Hint: c.T("readback.paper_hint"), Checked: made == filing.MadePaper},
	}}
}

// typed words, for each answer that somebody else typed for the person, who it was and when.
func (p pages) typed(c *kit.Ctx, id string) (map[rules.FactID]string, error) {
	entries, err := p.Assist.Typists(c.Context(), id)
	if err != nil {
		return nil, err
	}
	out := map[rules.FactID]string{}
	for fact, e := range entries {
		who := c.T("typed.representative")
		if e.BodyID != nil {
			who = c.T("typed.staff", "Body", p.Bodies.BodyName(c.Context(), *e.BodyID))
		}
		out[fact] = c.T("typed.by", "Who", who, "Time", i18n.DateTime(c.Lang, e.At))
	}
	return out, nil
}

// join puts two notes under each other; an empty one leaves no line.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}
