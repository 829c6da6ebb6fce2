package debtor

import (
	"slices"

	"reliefportal/app/web/kit"
)

// assistedRows are the pages that staff who type for the person use too: those of writing one request and handing it in. What belongs to
// the person alone (account, contacts, other requests, what came of it) is not among them.
var assistedRows = []string{
	"debtor.attach",
	kit.RouteDebtorHome, "debtor.filing", "debtor.case", "debtor.court", "debtor.question", "debtor.papers", "debtor.upload", "debtor.cannot",
	"debtor.address", "debtor.check", "debtor.readback", "debtor.file", "debtor.describe", "debtor.removefile", "debtor.receipt", "debtor.receiptpdf",
	"debtor.application", "debtor.applicationpdf", "debtor.applicationprint",
}

// assisted opens those rows to staff who type for the person.
func assisted(rows []kit.Route) []kit.Route {
	for i := range rows {
		rows[i].Assisted = slices.Contains(assistedRows, rows[i].Name)
	}
	return rows
}

// helping are the pages on which others help: staff who type, and representatives.
func (p pages) helping() []kit.Route {
	return []kit.Route{
		get("/my/f/:id/readback", "debtor.readback", kit.FilingOwn, p.drafting(p.readback)),
		get("/my/f/:id/helpers", "debtor.helpers", kit.FilingOwn, p.helpers),
		post("/my/f/:id/helpers", "debtor.helpers", kit.FilingOwn, p.invite),
		post("/my/f/:id/helpers/end", "debtor.helperend", kit.FilingOwn, p.endHelper),
		upload("/my/f/:id/helpers/power", "debtor.helperpower", p.powerPaper),
		get("/my/account/new", "debtor.newcontact", kit.None, p.newContact),
		post("/my/account/new", "debtor.newcontact", kit.None, p.askNewContact),
		get("/my/account/new/confirm", "debtor.confirmcontact", kit.None, p.change(p.confirmContact)),
		post("/my/account/new/confirm", "debtor.confirmcontact", kit.None, p.change(p.doConfirmContact)),
		post("/my/account/new/stop", "debtor.stopcontact", kit.None, p.stopContact),
		get("/my/account/readers", "debtor.readers", kit.None, p.readers),
		get("/my/invitation", "debtor.invitation", kit.None, p.invitation),
		post("/my/invitation", "debtor.invitation", kit.None, p.readInvitation),
		post("/my/invitation/accept", "debtor.invited", kit.None, p.acceptInvitation),
	}
}
