// Package helper answers the pages of staff who type for people, on the telephone or at a counter. The request itself is filled in on the
// debtor's own pages.
package helper

import (
	"net/http"

	"reliefportal/app/account"
	"reliefportal/app/assist"
	"reliefportal/app/directory"
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
)

// Deps are the services behind the pages.
type Deps struct {
	Assist   *assist.Service
	Accounts *account.Service
	Filings  *filing.Service
	Bodies   *directory.Service
	// Outbox is the name of the route that shows messages in development; empty in production.
	Outbox string
}

// Routes are the rows of the route table.
func Routes(d Deps) []kit.Route {
	p := pages{d}
	who := kit.Roles(assist.HelpingRoles()...)
	row := func(method, path, name string, h kit.Handler) kit.Route {
		return kit.Route{Method: method, Path: path, Name: name, Who: who, Handler: h}
	}
	return []kit.Route{
		row(http.MethodGet, "/staff/assist", "helper.start", p.start),
		row(http.MethodPost, "/staff/assist", "helper.start", p.send),
		row(http.MethodPost, "/staff/assist/code", "helper.code", p.spoken),
		row(http.MethodPost, "/staff/assist/booklet", "helper.booklet", p.booklet),
		row(http.MethodPost, "/staff/assist/paper", "helper.paper", p.paper),
		row(http.MethodGet, "/staff/assist/session", kit.RouteHelp, p.session),
		row(http.MethodPost, "/staff/assist/session", kit.RouteHelp, p.choose),
		row(http.MethodPost, "/staff/assist/end", kit.RouteHelpEnd, p.end),
	}
}

// pages are the handlers.
type pages struct{ Deps }
