package debtor

import (
	"net/http"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/assist"
	"reliefportal/app/audit"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// helpers shows who acts and who typed, and lets the person ask somebody to act for him.
func (p pages) helpers(c *kit.Ctx) error {
	return p.showHelpers(c, http.StatusOK, nil)
}

func (p pages) showHelpers(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	view := views.HelpersView{Remedy: o.plain(), Owner: o.PersonID == c.Actor.PersonID, EndAction: c.Path("debtor.helperend", o.ID),
		PaperAction: c.Path("debtor.helperpower", o.ID), Label: c.Form().Raw("label"), Most: assist.MostRepresentatives}
	for _, fill := range []func(*kit.Ctx, own, *views.HelpersView) error{p.actors, p.powerPapers, p.typists} {
		if err := fill(c, o, &view); err != nil {
			return err
		}
	}
	choices(c, o, &view)
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.filing", o.ID), errs
	if !o.isFiled() {
		page.Back = c.Path("debtor.check", o.ID)
	}
	return c.Show(status, views.Helpers(page, view))
}

// actors fills in who acts, who was asked, and who acted.
func (p pages) actors(c *kit.Ctx, o own, view *views.HelpersView) error {
	all, err := p.Assist.Representatives(c.Context(), o.Filing, c.Actor)
	if err != nil {
		return err
	}
	for _, r := range all {
		capacity, _ := assist.CapacityOf(r.Capacity)
		row := views.HelperRow{ID: r.ID, Name: r.Name, Label: r.Label, Capacity: o.law.Say(capacity.Name), Powers: powerNames(c, r.Representative), Code: r.Code,
			Papers: o.law.Say(capacity.Papers), Cite: o.law.Cite(capacity.Needs), Until: dayOf(r.ExpiresAt), Active: r.State == assist.Active,
			Waiting: r.Waiting(c.Now())}
		if r.State == assist.Active || row.Waiting {
			view.Acting = append(view.Acting, row)
		} else if r.EndedAt != nil && r.AcceptedAt != nil {
			row.Ended = *r.EndedAt
			view.Past = append(view.Past, row)
		}
	}
	return nil
}

// powerNames lists what a representative may do; reading and typing goes without saying and is said all the same.
func powerNames(c *kit.Ctx, r assist.Representative) []string {
	out := []string{c.T("rep.power_write")}
	for _, p := range filing.Powers() {
		if r.Has(p) {
			out = append(out, powerName(c, p))
		}
	}
	return out
}

func powerName(c *kit.Ctx, p filing.Power) string {
	switch p {
	case filing.PowerServe:
		return c.T("rep.power_serve")
	case filing.PowerWithdraw:
		return c.T("rep.power_withdraw")
	case filing.PowerSettle:
		return c.T("rep.power_settle")
	}
	return c.T("rep.power_file")
}

// powerPapers fills in the powers of attorney that were handed in.
func (p pages) powerPapers(c *kit.Ctx, o own, view *views.HelpersView) error {
	docs, err := p.Files.List(c.Context(), o.ID)
	if err != nil {
		return err
	}
	docs = slices.DeleteFunc(docs, func(d document.Document) bool { return d.Paper != assist.PaperPower })
	view.Papers = files(c, o, docs, false)
	view.MayUpload = o.Status == filing.Draft || o.Status == filing.Supplement
	view.PaperCite = o.law.Cite(assist.CitePaper)
	return nil
}

// typists fills in which answers somebody else typed.
func (p pages) typists(c *kit.Ctx, o own, view *views.HelpersView) error {
	said, err := p.typed(c, o.ID)
	if err != nil {
		return err
	}
	for _, f := range o.law.Pack.Facts {
		if text, ok := said[f.ID]; ok {
			view.Typed = append(view.Typed, tkit.SummaryRow{Key: o.law.Say(f.Label), Value: text})
		}
	}
	return nil
}

// choices fills in what the form of the invitation offers, with what was chosen.
func choices(c *kit.Ctx, o own, view *views.HelpersView) {
	for _, k := range assist.Capacities() {
		view.Capacities = append(view.Capacities, tkit.Option{Value: k.Code, Label: o.law.Say(k.Name), Checked: c.Form().Value("capacity") == k.Code})
	}
	for _, p := range filing.Powers() {
		option := tkit.Option{Value: string(p), Label: powerName(c, p), Checked: slices.Contains(c.Form().All("powers"), string(p))}
		switch p {
		case filing.PowerSettle:
			option.Hint = c.T("rep.special", "Cite", o.law.Cite(assist.CiteSpecial).Text)
		case filing.PowerWithdraw:
			option.Hint = c.T("rep.special_ours")
		case filing.PowerServe, filing.PowerFile:
		}
		view.Powers = append(view.Powers, option)
	}
	view.TwoCite = o.law.Cite(assist.CiteTwo)
}

func (p pages) invite(c *kit.Ctx) error {
	in := assist.Invitation{Label: c.Form().Value("label"), Capacity: c.Form().Value("capacity")}
	for _, power := range c.Form().All("powers") {
		in.Powers = append(in.Powers, filing.Power(power))
	}
	if _, err := p.load(c); err != nil {
		return err
	}
	_, err := p.Assist.Invite(c.Context(), c.Actor, c.Param("id"), in)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showHelpers(c, http.StatusUnprocessableEntity, errs)
	}
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict {
		return p.showHelpers(c, http.StatusConflict, []tkit.FieldError{{ID: "label", Text: i18n.With(c.Lang, e.Key, e.Args)}})
	}
	if err != nil {
		return err
	}
	c.Flash("rep.asked")
	return c.To("debtor.helpers", c.Param("id"))
}

// endHelper ends a representation at once; either side may.
func (p pages) endHelper(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if err := p.Assist.EndRepresentation(c.Context(), c.Actor, o.ID, c.Form().Value("rep")); err != nil {
		return err
	}
	c.Flash("rep.ended")
	if o.PersonID != c.Actor.PersonID {
		return c.To(kit.RouteDebtorHome)
	}
	return c.To("debtor.helpers", o.ID)
}

// powerPaper keeps a power of attorney with the filing.
func (p pages) powerPaper(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	file, ok := c.Form().File("file")
	if !ok {
		return p.showHelpers(c, http.StatusUnprocessableEntity, []tkit.FieldError{{ID: "file", Text: c.T("upload.none")}})
	}
	_, err = p.Files.Upload(c.Context(), c.Actor, o.ID, assist.PaperPower, file.Name, file.Open(), file.Size)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showHelpers(c, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("papers.added")
	return c.To("debtor.helpers", o.ID)
}

// byWhom says who did an entry of the record when it was not the person himself.
func (p pages) byWhom(c *kit.Ctx, o own, e audit.Event) string {
	switch {
	case e.Actor.Role == string(account.AssistRole):
		return c.T("event.by_staff", "Body", p.Bodies.BodyName(c.Context(), e.Actor.BodyID))
	case e.Actor.Kind != string(account.Debtor) || e.Actor.ID == o.PersonID:
		return ""
	}
	name, err := p.Accounts.NameOf(c.Context(), e.Actor.ID)
	if err != nil || name == "" {
		return c.T("event.by_rep_unnamed")
	}
	return c.T("event.by_rep", "Name", name)
}

// nameOfOwner is the name of the person whose filing it is; empty while nobody has given it.
func (p pages) nameOfOwner(c *kit.Ctx, f filing.Filing) string {
	if name := p.Filings.Applicant(f); name != "" {
		return name
	}
	name, err := p.Accounts.NameOf(c.Context(), f.PersonID)
	if err != nil {
		c.Warn("name of the person represented not read", err)
	}
	return name
}

// listOthers adds the filings in which the person acts for somebody else.
func (p pages) listOthers(c *kit.Ctx, view *views.HomeView) error {
	view.InvitationHref = c.Path("debtor.invitation")
	rows, err := p.Assist.ForOthers(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	for _, f := range rows {
		facts, err := p.Filings.Facts(f)
		if err != nil {
			return err
		}
		o, err := p.read(c, f, facts)
		if err != nil {
			return err
		}
		view.Others = append(view.Others, views.FilingRow{Title: o.plain(), Code: f.Code(), Href: c.Path("debtor.filing", f.ID),
			Line: c.T("acting.for", "Name", p.nameOfOwner(c, f))})
	}
	return nil
}
