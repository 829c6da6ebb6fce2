package helper

import (
	"net/http"

	"reliefportal/app/account"
	"reliefportal/app/assist"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/helper"
	tkit "reliefportal/templates/kit"
)

// open is the session of the member of staff; without one he is led to the start.
func (p pages) open(c *kit.Ctx, h func(assist.Session) error) error {
	sess, err := p.Assist.Current(c.Context(), c.Actor)
	if fail.KindOf(err) == fail.KindNotFound && err != nil {
		return c.To("helper.start")
	}
	if err != nil {
		return err
	}
	return h(sess)
}

func (p pages) session(c *kit.Ctx) error {
	return p.open(c, func(sess assist.Session) error { return p.show(c, sess, http.StatusOK, nil) })
}

func (p pages) show(c *kit.Ctx, sess assist.Session, status int, errs []tkit.FieldError) error {
	name, err := p.Accounts.NameOf(c.Context(), sess.PersonID)
	if err != nil {
		return err
	}
	view := views.SessionView{For: name, How: howName(c, sess.How), Since: sess.StartedAt, EndAction: c.Path(kit.RouteHelpEnd)}
	if sess.FilingID != nil {
		err = p.chosen(c, sess, &view)
	} else {
		err = p.choices(c, &view)
	}
	if err != nil {
		return err
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Overview(page, view))
}

func howName(c *kit.Ctx, how account.How) string {
	switch how {
	case account.AtCounter:
		return c.T("assist.counter")
	case account.ByBooklet:
		return c.T("assist.from_booklet")
	}
	return c.T("assist.phone")
}

// chosen fills in the request of the session.
func (p pages) chosen(c *kit.Ctx, sess assist.Session, view *views.SessionView) error {
	person, ok, err := p.Assist.Acting(c.Context(), c.Actor, false)
	if err != nil || !ok {
		return err
	}
	f, _, err := p.Filings.Get(c.Context(), person, sess.Filing())
	if err != nil {
		return err
	}
	contacts, err := p.Accounts.ContactsOf(c.Context(), sess.PersonID)
	if err != nil {
		return err
	}
	view.Title, view.GoHref, view.Code, view.OnPaper = p.title(c, f), c.Path("debtor.filing", f.ID), f.Code(), len(contacts) == 0
	view.ReceiptHref, view.PDFHref = c.Path("debtor.receipt", f.ID), c.Path("debtor.receiptpdf", f.ID)
	return nil
}

func (p pages) title(c *kit.Ctx, f filing.Filing) string {
	pack, err := p.Filings.Pack(f)
	if err != nil {
		return f.Remedy
	}
	r, ok := pack.Remedy(f.Remedy)
	if !ok {
		return f.Remedy
	}
	return law.For(c, pack, p.Bodies).Say(r.Plain)
}

// choices offers the drafts of the person, and what can be begun.
func (p pages) choices(c *kit.Ctx, view *views.SessionView) error {
	drafts, err := p.Assist.Drafts(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	for _, f := range drafts {
		view.Drafts = append(view.Drafts, tkit.Option{Value: f.ID, Label: p.title(c, f), Hint: c.T("home.saved", "Time", i18n.DateTime(c.Lang, f.UpdatedAt))})
	}
	pack := p.Filings.Packs.On(c.Today())
	v := law.For(c, pack, p.Bodies)
	for i := range pack.Remedies {
		if r := pack.Remedies[i]; r.Kind == rules.KindFiling {
			view.Remedies = append(view.Remedies, tkit.Option{Value: r.ID, Label: v.Say(r.Plain)})
		}
	}
	view.Token, view.FindHref = store.NewID(), c.Path("public.find")
	return nil
}

// choose takes a draft of the person, or begins a new one.
func (p pages) choose(c *kit.Ctx) error {
	return p.open(c, func(sess assist.Session) error {
		id, err := p.pick(c)
		if errs, invalid := c.FieldErrors(err); invalid {
			return p.show(c, sess, http.StatusUnprocessableEntity, errs)
		}
		if err != nil {
			return err
		}
		return c.To("debtor.filing", id)
	})
}

func (p pages) pick(c *kit.Ctx) (id string, err error) {
	if id = c.Form().Value("draft"); id != "" {
		return id, p.Assist.Choose(c.Context(), c.Actor, id)
	}
	remedy, token := c.Form().Value("remedy"), c.Form().Value("_start")
	if remedy == "" {
		return "", fail.Invalid(fail.F("remedy", "answer.choose"))
	}
	if len(token) != len(store.NewID()) {
		return "", fail.Conflict("filing.stale")
	}
	f, err := p.Assist.Begin(c.Context(), c.Actor, remedy, token)
	return f.ID, err
}

// end ends the session: the draft stays with the person, and is gone from this desk.
func (p pages) end(c *kit.Ctx) error {
	if err := p.Assist.End(c.Context(), c.Actor); err != nil {
		return err
	}
	c.Flash("assist.ended")
	return c.To("helper.start")
}
