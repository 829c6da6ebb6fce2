package reviewer

import (
	"github.com/a-h/templ"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/transfer"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) offer(c *kit.Ctx, d desk) error {
	body, err := p.offerForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doOffer checks an offer and shows it; pressed a second time, on that page, it sends it.
func (p pages) doOffer(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	if c.Form().Has("edit") {
		return p.offer(c, d)
	}
	in, second := p.proposal(c), false
	switch wrong := namedCourt(c, p, "court"); {
	case !d.may(c, filing.ActOffer):
		err = fail.Conflict("filing.cannot")
	case d.Version != formVersion(c):
		err = fail.Conflict("filing.stale")
	default:
		second, err = p.Transfers.Check(c.Context(), d.Filing, in)
		err = law.Both(law.Both(wrong, atCourt(err, wrong != nil)), law.Respectful("text", in.Text))
	}
	if err != nil || c.Form().Value("confirm") != "1" {
		if err != nil {
			return p.finish(c, filing.ActOffer, err, "", p.offerForm(c))
		}
		return c.OK(views.OfferCheck(c.Page(), p.offerCheck(c, d, in, second)))
	}
	_, second, err = p.Transfers.Offer(c.Context(), c.Actor, d.ID, formVersion(c), in)
	flash := "handon.sent"
	if second {
		flash = "handon.asked_above"
	}
	return p.finish(c, filing.ActOffer, err, flash, p.offerForm(c))
}

// proposal is what was typed, with the court that its name means.
func (p pages) proposal(c *kit.Ctx) transfer.Proposal {
	return transfer.Proposal{To: p.Bodies.BodyID(c.Context(), typedCourt(c)), Reason: c.Form().Value("reason"), Text: c.Form().Value("text")}
}

// typedCourt is the court that was picked, or else typed.
func typedCourt(c *kit.Ctx) string {
	if picked := c.Form().Value("pick"); picked != "" {
		return picked
	}
	return c.Form().Value("court")
}

// namedCourt says what is wrong with a court that was typed: nothing, or not a name; a part of a name is looked up, and the courts found are
// offered to be picked from.
func namedCourt(c *kit.Ctx, p pages, field string) error {
	name := typedCourt(c)
	switch _, known := p.Bodies.Court(name); {
	case known:
		return nil
	case name == "":
		return fail.Invalid(fail.F(field, "answer.empty"))
	case len(p.Bodies.Search(name, 1)) > 0:
		return fail.Invalid(fail.F("pick", "work.court_pick"))
	}
	return fail.Invalid(fail.F(field, "work.court_unknown", "Typed", name))
}

// atCourt moves what is wrong with a body to the field in which it was typed; when the name itself was wrong, that is said already.
func atCourt(err error, said bool) error {
	e, ok := fail.As(err)
	if !ok || e.Kind != fail.KindInvalid {
		return err
	}
	var fields []fail.Field
	for _, f := range e.Fields {
		if f.Name == "to" {
			if said {
				continue
			}
			f.Name = "court"
		}
		fields = append(fields, f)
	}
	if len(fields) == 0 {
		return nil
	}
	return fail.Invalid(fields...)
}

func (p pages) offerForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		hops, err := p.Transfers.Hops(c.Context(), d.Filing)
		if err != nil {
			return nil, err
		}
		view := views.OfferView{Head: d.head(c), Why: d.law.Say(d.Route().Reason), Second: len(hops) > 0, Court: c.Form().Raw("court"), Courts: p.found(c), Text: c.Form().Raw("text"),
			Reason: coded(c, d, d.law.Pack.Handover.Reasons)}
		return views.Offer(page, view), nil
	}
}

// coded are coded reasons with their sources, to choose from.
func coded(c *kit.Ctx, d desk, all []rules.Ground) []tkit.Option {
	var out []tkit.Option
	for _, g := range all {
		out = append(out, tkit.Option{Value: g.Code, Label: d.law.Say(g.Label), Hint: cites(d, g.Cites), Checked: c.Form().Value("reason") == g.Code})
	}
	return out
}

func (p pages) offerCheck(c *kit.Ctx, d desk, in transfer.Proposal, second bool) views.OfferCheckView {
	reason, _ := d.law.Pack.Handover.Reason(in.Reason)
	view := views.OfferCheckView{Head: d.head(c), To: p.Bodies.BodyName(c.Context(), in.To), Reason: d.law.Say(reason.Label), Cite: cites(d, reason.Cites), Text: in.Text,
		Second: second, Due: lastDay(*d.NextDueAt), Answer: c.T("handon.answer", "Length", clockLength(c, d, d.law.Pack.Handover.Clock)), RecallHint: c.T("handon.recall_hint"), Hidden: again(c)}
	if second {
		view.Answer = c.T("handon.above", "Length", clockLength(c, d, d.law.Pack.Handover.Above))
	}
	return view
}

// clockLength is the length of a clock of the pack in words.
func clockLength(c *kit.Ctx, d desk, id string) string {
	rule, _ := d.law.Pack.Clock(id)
	return i18n.Period(c.Lang, rule.Length)
}

// again are the values of the form as hidden fields, with the mark that they were shown.
func again(c *kit.Ctx) []tkit.Hidden {
	var out []tkit.Hidden
	for name, all := range c.Form().Values() {
		for _, value := range all {
			out = append(out, tkit.Hidden{Name: name, Value: value})
		}
	}
	return append(out, tkit.Hidden{Name: "confirm", Value: "1"})
}

// recall takes an offer, or the question to the court above, back.
func (p pages) recall(c *kit.Ctx) error {
	_, err := p.Transfers.Recall(c.Context(), c.Actor, c.Param("id"), formVersion(c))
	return p.finish(c, filing.ActRecall, err, "handon.recalled", nil)
}
