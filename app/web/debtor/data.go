package debtor

import (
	"errors"
	"net/http"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/app/privacy"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// privacyRoutes are the pages of a person's own data: a copy of it, having it erased, and passkeys. Nobody but the person has a share in them.
func (p pages) privacyRoutes() []kit.Route {
	return []kit.Route{
		get("/my/data", "debtor.data", kit.None, p.data),
		post("/my/data", "debtor.data", kit.None, p.sendDataCode),
		get("/my/data/code", "debtor.datacode", kit.None, p.dataCode),
		post("/my/data/code", "debtor.datacode", kit.None, p.makeData),
		post("/my/data/:id/file", "debtor.datafile", kit.ExportOwn, p.dataFile),
		get("/my/erase", "debtor.erase", kit.None, p.erase),
		post("/my/erase", "debtor.erase", kit.None, p.chooseErase),
		get("/my/erase/check", "debtor.erasecheck", kit.None, p.checkErase),
		post("/my/erase/check", "debtor.erasecheck", kit.None, p.doErase),
		get("/my/passkeys", "debtor.passkeys", kit.None, p.passkeys),
		post("/my/passkeys", "debtor.passkeys", kit.None, p.addPasskey),
		post("/my/passkeys/begin", "debtor.passkeybegin", kit.None, p.beginPasskey),
		post("/my/passkeys/:id/remove", "debtor.passkeyremove", kit.PasskeyOwn, p.removePasskey),
	}
}

// data tells what a copy of everything holds, and lists those there are.
func (p pages) data(c *kit.Ctx) error { return p.showData(c, http.StatusOK, nil) }

func (p pages) showData(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	all, err := p.Privacy.Exports(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.DataView{Days: int(privacy.ExportLife.Hours() / 24), Shared: c.InKiosk(), AgainHref: c.Path("debtor.data"), EraseHref: c.Path("debtor.erase")}
	for _, e := range all {
		view.Exports = append(view.Exports, exportRow(c, e))
		view.Making = view.Making || e.State == privacy.Waiting
	}
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.account"), errs
	return c.Show(status, views.Data(page, view))
}

func exportRow(c *kit.Ctx, e privacy.Export) views.ExportRow {
	row := views.ExportRow{Asked: e.CreatedAt, Done: int(e.Done), Total: int(e.Total), Size: i18n.Size(e.Size), Hash: i18n.Hash(e.Sha256)}
	switch {
	case e.State == privacy.Waiting:
		row.Making, row.Tag = true, tkit.Tag{Text: c.T("data.making"), Tone: "maybe"}
	case e.State == privacy.Failed:
		row.Tag = tkit.Tag{Text: c.T("data.failed"), Tone: "shut"}
	case e.State == privacy.Ready && e.ExpiresAt.After(c.Now()):
		row.Ready, row.Tag, row.Until = !c.InKiosk(), tkit.Tag{Text: c.T("data.ready"), Tone: "open"}, calendar.DateOf(*e.ExpiresAt)
		row.FetchAction = c.Path("debtor.datafile", e.ID)
	default:
		row.Tag = tkit.Tag{Text: c.T("data.gone")}
	}
	return row
}

// sendDataCode sends the person a code: a browser left open is not enough for a copy of everything.
func (p pages) sendDataCode(c *kit.Ctx) error {
	if c.InKiosk() {
		return c.To("debtor.data")
	}
	_, err := p.Accounts.AskProof(c.Context(), c.Actor, account.ToExport, c.Browser(), c.Lang)
	if errs, status, ok := changeRefused(c, err, "ask"); ok {
		return p.showData(c, status, errs)
	}
	if err != nil {
		return err
	}
	return c.To("debtor.datacode")
}

func (p pages) dataCode(c *kit.Ctx) error { return p.showDataCode(c, http.StatusOK, nil) }

func (p pages) showDataCode(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	contacts, err := p.Accounts.ContactsOf(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	if len(contacts) == 0 {
		return c.To("debtor.data")
	}
	view := views.DataCodeView{Contact: i18n.Contact(contacts[0].Value), Code: c.Form().Raw("code"), Minutes: int(account.CodeLife.Minutes()), AgainAction: c.Path("debtor.data")}
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.data"), errs
	return c.Show(status, views.DataCode(page, view))
}

// makeData has a copy made after the code.
func (p pages) makeData(c *kit.Ctx) error {
	_, err := p.Privacy.AskExport(c.Context(), c.Actor, c.Form().Value("code"), c.Browser(), c.Lang)
	if errs, status, ok := changeRefused(c, err, "code"); ok {
		return p.showDataCode(c, status, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("data.begun")
	return c.To("debtor.data")
}

// dataFile gives a copy to its person. It is a form and no link, since that it was fetched is written down.
func (p pages) dataFile(c *kit.Ctx) (err error) {
	e, body, err := p.Privacy.Fetch(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, body.Close()) }()
	return c.Send(kit.Download{Name: c.T("data.file_name") + "-" + calendar.DateOf(e.CreatedAt).String() + ".zip", Type: "application/zip", Size: e.Size, Body: body})
}
