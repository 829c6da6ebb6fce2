// Package supervisor answers the pages on findings: what people said in calls that must be looked into, who has it, and the answer.
package supervisor

import (
	"net/http"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/directory"
	"reliefportal/app/web/kit"
)

// Deps are the services behind the pages.
type Deps struct {
	Callbacks *callback.Service
	Accounts  *account.Service
	Bodies    *directory.Service
}

func row(method, path, name string, object kit.Object, h kit.Handler) kit.Route {
	return kit.Route{Method: method, Path: path, Name: name, Who: kit.Roles(account.RoleSupervisor), Object: object, Handler: h}
}

// Routes are the rows of the route table.
func Routes(d Deps) []kit.Route {
	p := pages{d}
	return []kit.Route{
		row(http.MethodGet, "/staff/findings", "supervisor.findings", kit.None, p.findings),
		row(http.MethodGet, "/staff/findings/:id", "supervisor.finding", kit.Finding, p.finding),
		row(http.MethodPost, "/staff/findings/:id", "supervisor.finding", kit.Finding, p.act),
		row(http.MethodPost, "/staff/findings/:id/words", "supervisor.words", kit.Finding, p.words),
	}
}

// pages are the handlers.
type pages struct{ Deps }
