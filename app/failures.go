package app

import (
	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/outage"
	"reliefportal/app/web/kit"
)

// failed notes in the ledger of outages that a debtor's form could not be taken, and which draft of his it was about.
func (a *App) failed(f kit.Failure) {
	if f.Route.Who.ForStaff() {
		return
	}
	kind := outage.Save
	switch {
	case f.Route.Upload && f.Kind == fail.KindUnavailable:
		kind = outage.Scan
	case f.Route.Upload:
		kind = outage.Upload
	}
	note := outage.Failure{Kind: kind, At: a.Clock.Now()}
	if f.Actor.IsDebtor() && (f.Route.Object == kit.FilingOwn || f.Route.Object == kit.DocumentOwn) {
		note.FilingID, note.PersonID = f.Params("id"), f.Actor.PersonID
	}
	a.Outages.Note(note)
}

// undelivered notes that a sign-in code could not be handed over: nobody can get in without one.
func (a *App) undelivered(kind string, channel account.ContactKind) {
	if kind != "code" {
		return
	}
	k := outage.SMS
	if channel == account.Email {
		k = outage.Mail
	}
	a.Outages.Note(outage.Failure{Kind: k, At: a.Clock.Now()})
}
