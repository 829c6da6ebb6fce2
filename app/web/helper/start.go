package helper

import (
	"reliefportal/app/account"
	"reliefportal/app/assist"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/helper"
)

// start offers the three ways to begin. A session that is open goes on.
func (p pages) start(c *kit.Ctx) error {
	_, err := p.Assist.Current(c.Context(), c.Actor)
	if err == nil {
		return c.To(kit.RouteHelp)
	}
	if fail.KindOf(err) != fail.KindNotFound {
		return err
	}
	return c.OK(views.Start(c.Page(), startView(c)))
}

func startView(c *kit.Ctx) views.StartView {
	f := c.Form()
	v := views.StartView{Contact: f.Raw("contact"), How: f.Value("how"), Code: f.Raw("code"), Name: f.Raw("name"), Lang: f.Value("lang"),
		CodeAction: c.Path("helper.start"), BookletAction: c.Path("helper.booklet"), PaperAction: c.Path("helper.paper")}
	if v.How == "" {
		v.How = string(account.ByPhone)
	}
	if v.Lang == "" {
		v.Lang = i18n.Chinese
	}
	return v
}

// again shows the start once more with what was typed; any error that is not about a field goes on.
func again(c *kit.Ctx, err error, field string) error {
	page, status, ok := c.Refused(err, field)
	if !ok {
		return err
	}
	return c.Show(status, views.Start(page, startView(c)))
}

// send sends the person a code to read out, and asks for it.
func (p pages) send(c *kit.Ctx) error {
	_, body, ok := assist.MayHelp(c.Actor)
	if !ok {
		return fail.NotFound()
	}
	contact := c.Form().Value("contact")
	if err := p.Accounts.RequestHelpCode(c.Context(), c.Actor, contact, p.Bodies.BodyName(c.Context(), body), c.Lang); err != nil {
		return again(c, err, "contact")
	}
	return c.OK(views.Spoken(c.Page(), p.spokenView(c)))
}

func (p pages) spokenView(c *kit.Ctx) views.SpokenView {
	contact := c.Form().Value("contact")
	v := views.SpokenView{Contact: contact, Masked: i18n.Contact(contact), How: string(howOf(c)), Code: c.Form().Raw("code"),
		Action: c.Path("helper.code"), AgainAction: c.Path("helper.start"), BackHref: c.Path("helper.start")}
	if p.Outbox != "" {
		v.OutboxHref = c.Path(p.Outbox)
	}
	return v
}

// howOf is where the person is; on the telephone unless the form says otherwise.
func howOf(c *kit.Ctx) account.How {
	if c.Form().Value("how") == string(account.AtCounter) {
		return account.AtCounter
	}
	return account.ByPhone
}

// spoken takes the code that the person has read out.
func (p pages) spoken(c *kit.Ctx) error {
	_, err := p.Assist.Open(c.Context(), c.Actor, c.Form().Value("contact"), c.Form().Value("code"), howOf(c))
	if err != nil {
		page, status, ok := c.Refused(err, "code")
		if !ok {
			return err
		}
		return c.Show(status, views.Spoken(page, p.spokenView(c)))
	}
	return c.To(kit.RouteHelp)
}

// booklet continues the draft whose code is on a paper booklet.
func (p pages) booklet(c *kit.Ctx) error {
	sess, err := p.Assist.OpenBooklet(c.Context(), c.Actor, c.Form().Value("code"))
	if err != nil {
		return again(c, err, "code")
	}
	return c.To("debtor.filing", sess.Filing())
}

// paper begins for somebody who has neither e-mail nor telephone.
func (p pages) paper(c *kit.Ctx) error {
	lang := i18n.Chinese
	if c.Form().Value("lang") == i18n.English {
		lang = i18n.English
	}
	if _, err := p.Assist.OpenOnPaper(c.Context(), c.Actor, c.Form().Value("name"), lang); err != nil {
		return again(c, err, "name")
	}
	return c.To(kit.RouteHelp)
}
