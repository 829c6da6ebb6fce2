package debtor

import (
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// beside fills the parts of the progress page that stand beside clocks and events: what is drafted, what enforcement does meanwhile, the dates for
// a calendar, and what was sent to the person.
func (p pages) beside(c *kit.Ctx, o own, view *views.ProgressView) error {
	view.DatesHref = c.Path("debtor.dates", o.ID)
	view.Meanwhile = o.meanwhile(c)
	draft, ok, err := p.Filings.Drafted(c.Context(), o.Filing)
	if err != nil {
		return err
	}
	if ok {
		view.DraftHref = c.Path("debtor.filing", draft.ID)
		for i := range view.Next {
			if view.Next[i].ID == law.Anchor(draft.Remedy) { // the card leads to what is drafted instead of beginning anew
				view.Next[i].Href, view.Next[i].Post = view.DraftHref, false
			}
		}
		if r, found := o.law.Pack.Remedy(draft.Remedy); found {
			view.Draft = o.law.Say(r.Plain)
		}
	}
	told, err := p.Notices.ToldOf(c.Context(), c.Actor.PersonID, o.ID)
	if err != nil {
		return err
	}
	for _, n := range told {
		view.Sent = append(view.Sent, sentRow(c, n))
	}
	return nil
}

// sentRow is one message: where it went and whether it arrived. Its words are not shown again; they stand on this page anyway.
func sentRow(c *kit.Ctx, n notice.Notice) views.SentRow {
	return views.SentRow{At: n.At, To: i18n.Contact(n.To), State: c.T(sentKeys[n.State]), Problem: problemOf(c, n), Second: n.SecondOf != "", Failed: n.State == notice.Failed}
}

var sentKeys = map[notice.State]string{notice.Queued: "sent.queued", notice.Sent: "sent.sent", notice.Failed: "sent.failed", notice.Stopped: "sent.stopped"}

// problemOf says why a message did not arrive; empty when it did.
func problemOf(c *kit.Ctx, n notice.Notice) string {
	if n.State == notice.Failed || n.State == notice.Stopped {
		return c.T(kit.ProblemKey(string(n.Problem)))
	}
	return ""
}

// meanwhile is what enforcement does while the filing runs; nothing once it is closed.
func (o own) meanwhile(c *kit.Ctx) *tkit.Meanwhile {
	if !o.Status.Open() || o.Status == filing.Decided {
		return nil
	}
	r := o.remedy
	say := func(t rules.Text) string {
		if t.Empty() {
			return c.T("meanwhile.unknown")
		}
		return o.law.Say(t)
	}
	return &tkit.Meanwhile{Stops: o.law.Say(r.Stay.Text), Asset: say(r.Meanwhile.Asset), Until: say(r.Meanwhile.Until), Ask: say(r.Meanwhile.Ask),
		Known: !r.Meanwhile.Empty(), Cites: o.law.Cites(append(r.Stay.Cites, r.Meanwhile.Cites...))}
}

// dead points out the addresses at which messages do not arrive.
func (p pages) dead(c *kit.Ctx) (out []views.SentRow, err error) {
	bad, err := p.Notices.DeadAddresses(c.Context(), c.Actor.PersonID)
	for _, n := range bad {
		out = append(out, sentRow(c, n))
	}
	return out, err
}
