package app

import (
	"reliefportal/app/web"
	"reliefportal/app/web/admin"
	"reliefportal/app/web/caller"
	"reliefportal/app/web/debtor"
	"reliefportal/app/web/dev"
	"reliefportal/app/web/helper"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/public"
	"reliefportal/app/web/reviewer"
	"reliefportal/app/web/supervisor"
)

// audiences are the rows of everybody's pages. Those of development are not in the table of a production portal at all.
func (a *App) audiences() [][]kit.Route {
	outbox := ""
	all := [][]kit.Route{web.System{Ready: a.Ready}.Routes()}
	if !a.Config.IsProduction() {
		outbox = dev.RouteOutbox
		all = append(all, dev.Pages{Messages: a.Outbox, People: a.People}.Routes())
	}
	return append(all,
		public.Routes(public.Deps{Packs: a.Packs, Callbacks: a.Callbacks, Calls: a.Calls, Finder: a.Finder, Filings: a.Filings, Accounts: a.Accounts, Sessions: a.Sessions,
			Bodies: a.Directory, Box: a.box, Outbox: outbox}),
		debtor.Routes(debtor.Deps{Filings: a.Filings, Reviews: a.Reviews, Files: a.Documents, Bodies: a.Directory, Accounts: a.Accounts,
			Means: a.Means, Appraisals: a.Appraisals,
			Contacts: a.Contacts, Notices: a.Notices, Packs: a.Packs, Limits: a.Limits, Privacy: a.Privacy, Sessions: a.Sessions, Assist: a.Assist, Findings: a.Callbacks, Oversight: a.Oversight, Papers: a.Papers, Booklets: a.Assist}),
		helper.Routes(helper.Deps{Assist: a.Assist, Accounts: a.Accounts, Filings: a.Filings, Bodies: a.Directory, Outbox: outbox}),
		reviewer.Routes(reviewer.Deps{Filings: a.Filings, Assist: a.Assist, Means: a.Means, Reviews: a.Reviews, Transfers: a.Transfers, Files: a.Documents, Bodies: a.Directory, Accounts: a.Accounts,
			Sessions: a.Sessions, Box: a.box, Oversight: a.Oversight, Reads: reads{a.DB, a.Clock}}),
		caller.Routes(caller.Deps{Callbacks: a.Callbacks, Accounts: a.Accounts, Bodies: a.Directory, Packs: a.Packs}),
		supervisor.Routes(supervisor.Deps{Escalations: a.Escalations, Filings: a.Filings, Oversight: a.Oversight, Appraisals: a.Appraisals, Callbacks: a.Callbacks, Calls: a.Calls, Accounts: a.Accounts, Bodies: a.Directory, Packs: a.Packs}),
		admin.Routes(admin.Deps{Imports: a.Imports, Integrity: a.Integrity, Log: a.Log, Appraisals: a.Appraisals, Notices: a.Notices, Jobs: a.Queue, Packs: a.Packs, Bodies: a.Directory, Filings: a.Filings, Files: a.Documents, Outages: a.Outages, Privacy: a.Privacy}),
	)
}
