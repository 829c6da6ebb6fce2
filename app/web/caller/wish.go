package caller

import (
	"bytes"
	"errors"
	"net/http"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/paper"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/caller"
)

// addOffer puts the words of the offer on the page when the questions are over, or when the caller leads there because the person breaks off.
func (p pages) addOffer(c *kit.Ctx, v callback.View, view *views.CaseView) {
	for _, o := range v.Offers {
		if o.Choice != callback.ChoiceNone {
			continue
		}
		if view.Item != nil && c.Query("offer") == "" && c.Form().Value("finding") == "" {
			view.OfferHref = kit.WithQuery(c.Path("caller.case", v.ID), "offer", "1")
			return
		}
		view.Item, view.Offer = nil, p.offered(c, v, o)
		return
	}
}

func (p pages) offered(c *kit.Ctx, v callback.View, o callback.Offer) *views.Offer {
	out := &views.Offer{Finding: o.FindingID, Label: o.Label.In(v.Lang), Say: v.Care.Offer.In(v.Lang), Action: c.Path("caller.offer", v.ID),
		Choices: law.Choices(c, p.Packs.On(c.Today()), o), Replies: law.Replies(c), Choice: c.Form().Value("choice"), Reply: c.Form().Value("reply")}
	if o.Urgent {
		out.Urgent = v.Care.Urgent.In(v.Lang)
	}
	return out
}

// addCare puts what is read to somebody who speaks of harm on top of the page.
func addCare(c *kit.Ctx, v callback.View, view *views.CaseView) {
	if c.Query("care") == "" {
		return
	}
	view.Care = &views.Care{Say: v.Care.Say.In(v.Lang)}
	for _, l := range v.Care.Lines {
		view.Care.Lines = append(view.Care.Lines, views.CareLine{Number: l.Number, Name: l.Name.In(v.Lang)})
	}
}

// choose writes down what the person wishes to be done about something he said.
func (p pages) choose(c *kit.Ctx) error {
	id, form := c.Param("id"), c.Form()
	err := p.Callbacks.Choose(c.Context(), c.Actor, id, form.Value("finding"),
		callback.Wish{Choice: callback.Choice(form.Value("choice")), ReplyBy: callback.ReplyBy(form.Value("reply"))})
	if err != nil {
		return p.again(c, err, func(*views.CaseView) {})
	}
	c.Flash("offer.kept")
	return c.To("caller.case", id)
}

// invite sends the person the link to answer alone, by his own rules of contact.
func (p pages) invite(c *kit.Ctx) error {
	id := c.Param("id")
	if _, err := p.Callbacks.Invite(c.Context(), c.Actor, id, callback.ByMessage); err != nil {
		return p.notInvited(c, err)
	}
	c.Flash("invite.sent")
	return c.To("caller.case", id)
}

// sheet makes the same link as a printed sheet, to be handed out closed. It shows no name and no number of the case.
func (p pages) sheet(c *kit.Ctx) error {
	id := c.Param("id")
	v, err := p.Callbacks.Case(c.Context(), c.Actor, id)
	if err != nil {
		return err
	}
	address, err := p.Callbacks.Invite(c.Context(), c.Actor, id, callback.BySheet)
	if err != nil {
		return p.notInvited(c, err)
	}
	var out bytes.Buffer
	if err := paper.Invitation(&out, paper.InvitationData{Address: address, At: v.Now, Until: calendar.DateOf(v.CloseBy.Add(-1))}); err != nil {
		return err
	}
	return c.Send(kit.Download{Name: "menjing-invitation.pdf", Type: "application/pdf", Size: int64(out.Len()), Body: &out})
}

func (p pages) notInvited(c *kit.Ctx, err error) error {
	if fail.KindOf(err) != fail.KindConflict {
		return err
	}
	v, loading := p.Callbacks.Case(c.Context(), c.Actor, c.Param("id"))
	if loading != nil {
		return errors.Join(err, loading)
	}
	return p.offer(c, http.StatusConflict, v)
}
