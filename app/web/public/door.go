package public

import (
	"slices"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

// startToken is the hidden field that makes two clicks on "take this way" open one draft.
const startToken = "_start"

func (p pages) door(c *kit.Ctx) error {
	v := p.view(c)
	r, ok := v.Pack.Remedy(c.Param("remedy"))
	if !ok {
		return fail.NotFound()
	}
	facts, _, err := p.facts(c, v.Pack)
	if err != nil {
		return err
	}
	view := views.DoorView{Door: p.card(c, v, r, facts), Name: v.Say(r.Name), Who: v.Say(r.Who), Against: v.Say(r.Against), Contact: v.Say(r.Contact)}
	for _, paper := range v.Pack.PapersFor(r, facts) {
		view.Papers = append(view.Papers, views.DoorPaper{Label: v.Say(paper.Label), Why: v.Say(paper.Why), Where: v.Say(paper.Where), Required: paper.Required})
	}
	told, err := p.Packs.Told(v.Pack, r.ID)
	if err != nil {
		return err
	}
	for _, w := range told {
		view.Situations = append(view.Situations, v.Say(w.Title))
	}
	if r.Kind == rules.KindFiling && view.Door.State != string(rules.DoorShut) {
		startFrom(c, r, &view)
	}
	page := c.Page()
	page.Back = c.Path(kit.RouteStart)
	if len(facts) > 0 {
		page.Back = c.Path("public.doors")
	}
	return c.OK(views.Door(page, view))
}

// card is the door as it stands with the answers so far. Without any answer nothing is said about how far it is open; one that the answers
// rule out leads back to them.
func (p pages) card(c *kit.Ctx, v law.View, r *rules.Remedy, facts rules.Facts) tkit.Door {
	doors := v.Pack.Doors(facts, c.Today(), p.Bodies)
	i := slices.IndexFunc(doors, func(d rules.Door) bool { return d.Remedy == r })
	switch {
	case i < 0 && len(facts) == 0:
		return v.Unasked(r)
	case i < 0:
		card := v.Unfit(r)
		card.Ways = []tkit.Link{{Text: c.T("onedoor.look"), Href: c.Path("public.doors")}}
		return card
	}
	card := v.Door(doors[i])
	card.Ways = v.Ways(doors[i].Ways, func(id string) string { return c.Path("public.door", id) })
	if doors[i].AskNext != "" {
		card.Href = c.Path("public.question", doors[i].AskNext)
	}
	return card
}

// startFrom offers the way to somebody signed in, and the sign-in page to a visitor. Staff take no way.
func startFrom(c *kit.Ctx, r *rules.Remedy, view *views.DoorView) {
	here := c.Path("public.door", r.ID)
	switch {
	case c.Actor.IsDebtor():
		view.StartAction, view.Start = here, store.NewID()
	case !c.Actor.IsStaff():
		view.SignInHref = kit.WithQuery(c.Path(kit.RouteSignIn), "next", here)
	}
}

// take opens a draft with the answers given so far.
func (p pages) take(c *kit.Ctx) error {
	pack := p.Packs.On(c.Today())
	facts, _, err := p.facts(c, pack)
	if err != nil {
		return err
	}
	token := c.Form().Value(startToken)
	if len(token) != len(store.NewID()) {
		return fail.Conflict("filing.stale")
	}
	f, err := p.Filings.Start(c.Context(), c.Actor, filing.StartInput{Remedy: c.Param("remedy"), Facts: facts, Lang: c.Lang, Token: token})
	if err != nil {
		return err
	}
	return c.To("debtor.filing", f.ID)
}
