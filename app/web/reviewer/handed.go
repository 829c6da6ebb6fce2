package reviewer

import (
	"net/http"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/transfer"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// asked are the roles that other bodies may ask something of: to take a filing, or to name who has it.
var asked = append(slices.Clone(desks), account.RoleSupervisor)

// handed lists the filings offered to this body, and those for which it is to name who has them.
func (p pages) handed(c *kit.Ctx) error {
	offers, err := p.Transfers.OfferedTo(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	questions, err := p.Transfers.AskedOf(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.HandedView{QueueHref: c.Path(kit.RouteStaffHome), MayQuestions: c.Actor.Has(account.RoleSupervisor) || c.Actor.Has(account.RoleArbiter),
		MayOffers: c.Actor.Has(account.RoleDocketing) || c.Actor.Has(account.RoleReviewer) || c.Actor.Has(account.RoleImplementer)}
	for _, o := range offers {
		row, err := p.handedRow(c, o.Filing, o.Reason, o.DueOn)
		if err != nil {
			return err
		}
		row.Href, row.From, row.To = c.Path("reviewer.offered", o.Offer.ID), p.name(c, o.FromBodyID), p.name(c, o.ToBodyID)
		view.Offers = append(view.Offers, row)
	}
	for _, q := range questions {
		row, err := p.handedRow(c, q.Filing, q.Reason, q.DueOn)
		if err != nil {
			return err
		}
		row.Href, row.From = c.Path("reviewer.question", q.Appointment.ID), p.name(c, q.Filing.Owner())
		if q.ProposedID != nil {
			row.To = p.name(c, *q.ProposedID)
		}
		view.Questions = append(view.Questions, row)
	}
	return c.OK(views.Handed(c.Page(), view))
}

func (p pages) name(c *kit.Ctx, bodyID string) string {
	b, err := p.Bodies.Body(c.Context(), bodyID)
	if err != nil {
		return ""
	}
	return b.Named(c.Lang)
}

func (p pages) handedRow(c *kit.Ctx, f filing.Filing, reason string, until calendar.Date) (views.HandedRow, error) {
	pack, err := p.Filings.Pack(f)
	if err != nil {
		return views.HandedRow{}, err
	}
	out := views.HandedRow{Number: caseOf(f), Person: i18n.Name(p.Filings.Applicant(f)), Until: until, Left: c.Today().DaysUntil(until)}
	if out.Number == "" {
		out.Number = f.Code()
	}
	if r, ok := pack.Remedy(f.Remedy); ok {
		out.Subject = r.Name.In(c.Lang)
	}
	if g, ok := pack.Handover.Reason(reason); ok {
		out.Reason = g.Label.In(c.Lang)
	} else if g, ok := pack.Handover.Decline(reason); ok {
		out.Reason = g.Label.In(c.Lang)
	}
	return out, nil
}

// offered shows a filing to the body that is asked to take it.
func (p pages) offered(c *kit.Ctx) error {
	view, err := p.offeredView(c)
	if err != nil {
		return err
	}
	return c.OK(views.HandedCase(c.Page(), view))
}

func (p pages) offeredView(c *kit.Ctx) (views.HandedCaseView, error) {
	o, found, err := p.Transfers.Offered(c.Context(), c.Actor, c.Param("offer"))
	if err != nil {
		return views.HandedCaseView{}, err
	}
	view, d, err := p.caseView(c, found)
	if err != nil {
		return view, err
	}
	view.Until, view.TakeAction, view.DeclineAction = o.DueOn, c.Path("reviewer.takeover", o.ID), c.Path("reviewer.decline", o.ID)
	view.Declines, view.Text = coded(c, d, d.law.Pack.Handover.Declines), c.Form().Raw("text")
	if o.State != transfer.Open {
		return view, fail.Conflict("transfer.answered")
	}
	return view, nil
}

// caseView is what every body that is asked sees: the facts, how the rules came to the owner, and how it was handed on.
func (p pages) caseView(c *kit.Ctx, found transfer.Case) (views.HandedCaseView, desk, error) {
	pack, err := p.Filings.Pack(found.Filing)
	if err != nil {
		return views.HandedCaseView{}, desk{}, err
	}
	remedy, ok := pack.Remedy(found.Filing.Remedy)
	if !ok {
		return views.HandedCaseView{}, desk{}, fail.Unavailable("pack.missing", nil)
	}
	if err := p.Filings.NoteOpened(c.Context(), c.Actor, found.Filing); err != nil {
		return views.HandedCaseView{}, desk{}, err
	}
	d := desk{Filing: found.Filing, facts: found.Facts, law: law.For(c, pack, p.Bodies), remedy: remedy, person: found.Applicant}
	head := d.head(c)
	head.BackHref = c.Path("reviewer.handed")
	clock, running, err := p.Filings.NextClock(c.Context(), d.Filing)
	view := views.HandedCaseView{Head: head, Owner: p.name(c, d.Owner()), Hops: p.hops(c, d, found.Hops), Facts: facts(d)}
	if running {
		_, rule := filing.Deadline(pack, clock)
		view.Due, view.Trace = clock.LegalEndOn, trace(c, d, rule)
	}
	return view, d, err
}

// hops words how a filing was handed on, with what the bodies wrote to each other.
func (p pages) hops(c *kit.Ctx, d desk, all []transfer.Hop) []tkit.Event {
	var out []tkit.Event
	for _, h := range all {
		e := tkit.Event{State: "done", At: h.At, Text: h.Text}
		if o := h.Offer; o != nil {
			e.Title = c.T("event.offer", "Body", p.name(c, o.FromBodyID), "To", p.name(c, o.ToBodyID))
			e.Text = reasonOf(d, o.Reason) + "\n" + h.Text
			out = append(out, e)
			if o.State == transfer.Declined {
				out = append(out, tkit.Event{State: "done", At: *o.AnsweredAt, Title: c.T("handed.declined", "Body", p.name(c, o.ToBodyID)), Text: reasonOf(d, o.Answer) + "\n" + h.Answer})
			}
			continue
		}
		e.Title = c.T("handed.asked", "Body", p.name(c, h.Appointment.AskedBodyID))
		out = append(out, e)
	}
	return out
}

func reasonOf(d desk, code string) string {
	if g, ok := d.law.Pack.Handover.Reason(code); ok {
		return d.law.Say(g.Label)
	}
	g, _ := d.law.Pack.Handover.Decline(code)
	return d.law.Say(g.Label)
}

// takeOver takes an offered filing.
func (p pages) takeOver(c *kit.Ctx) error {
	f, err := p.Transfers.Take(c.Context(), c.Actor, c.Param("offer"))
	if err != nil {
		return err
	}
	c.Flash("handed.taken")
	return c.To("reviewer.filing", f.ID)
}

// decline says no to an offer.
func (p pages) decline(c *kit.Ctx) error {
	err := law.Respectful("text", c.Form().Value("text"))
	if err == nil {
		_, err = p.Transfers.Decline(c.Context(), c.Actor, c.Param("offer"), c.Form().Value("reason"), c.Form().Value("text"))
	}
	return p.answered(c, err, "handed.declined_done", p.offeredView)
}

// answered ends an answer: back to the list, or the form again with what was typed.
func (p pages) answered(c *kit.Ctx, err error, done string, again func(*kit.Ctx) (views.HandedCaseView, error)) error {
	if err == nil {
		c.Flash(done)
		return c.To("reviewer.handed")
	}
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		return err
	}
	view, err := again(c)
	if err != nil {
		return err
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(http.StatusUnprocessableEntity, views.HandedCase(page, view))
}

// elsewhere stands for a court that is not among those proposed.
const elsewhere = "other"

// question shows a filing to the body that is to name who has it.
func (p pages) question(c *kit.Ctx) error {
	view, err := p.questionView(c)
	if err != nil {
		return err
	}
	return c.OK(views.HandedCase(c.Page(), view))
}

func (p pages) questionView(c *kit.Ctx) (views.HandedCaseView, error) {
	q, found, err := p.Transfers.Question(c.Context(), c.Actor, c.Param("question"))
	if err != nil {
		return views.HandedCaseView{}, err
	}
	view, d, err := p.caseView(c, found)
	if err != nil {
		return view, err
	}
	ids := []string{d.Owner()}
	if q.ProposedID != nil && *q.ProposedID != d.Owner() {
		ids = append(ids, *q.ProposedID)
	}
	for _, id := range ids {
		view.Bodies = append(view.Bodies, tkit.Option{Value: id, Label: p.name(c, id), Checked: c.Form().Value("to") == id})
	}
	view.Bodies[0].Hint = c.T("handed.has_it")
	view.Bodies = append(view.Bodies, tkit.Option{Value: elsewhere, Label: c.T("handed.elsewhere"), Checked: c.Form().Value("to") == elsewhere})
	view.Until, view.AppointAction, view.Text, view.Court, view.Courts = q.DueOn, c.Path("reviewer.question", q.ID), c.Form().Raw("text"), c.Form().Raw("court"), p.found(c)
	if q.State != transfer.Open {
		return view, fail.Conflict("transfer.answered")
	}
	return view, nil
}

// appoint names who has a filing.
func (p pages) appoint(c *kit.Ctx) error {
	to := c.Form().Value("to")
	err := law.Respectful("text", c.Form().Value("text"))
	switch to {
	case elsewhere:
		err = law.Both(namedCourt(c, p, "court"), err)
		to = p.Bodies.BodyID(c.Context(), typedCourt(c))
	case "":
		err = law.Both(fail.Invalid(fail.F("to", "answer.choose")), err)
	}
	if err == nil {
		_, err = p.Transfers.Appoint(c.Context(), c.Actor, c.Param("question"), to, c.Form().Value("text"))
	}
	return p.answered(c, err, "handed.appointed", p.questionView)
}
