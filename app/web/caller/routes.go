// Package caller answers the pages of the callback centre: who can be called now, one call with its script, and what came of it.
package caller

import (
	"net/http"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/directory"
	"reliefportal/app/packs"
	"reliefportal/app/web/kit"
)

// Deps are the services behind the pages.
type Deps struct {
	Callbacks *callback.Service
	Accounts  *account.Service
	Bodies    *directory.Service
	// Packs gives the parts of the day an appointment can be made for.
	Packs *packs.Set
}

func row(method, path, name string, object kit.Object, h kit.Handler) kit.Route {
	return kit.Route{Method: method, Path: path, Name: name, Who: kit.Roles(account.RoleCaller), Object: object, Handler: h}
}

// Routes are the rows of the route table.
func Routes(d Deps) []kit.Route {
	p := pages{d}
	return []kit.Route{
		row(http.MethodGet, "/staff/calls", "caller.list", kit.None, p.list),
		row(http.MethodGet, "/staff/calls/:id", "caller.case", kit.CallbackCase, p.call),
		row(http.MethodPost, "/staff/calls/:id/claim", "caller.claim", kit.CallbackCase, p.claim),
		row(http.MethodPost, "/staff/calls/:id/release", "caller.release", kit.CallbackCase, p.release),
		row(http.MethodPost, "/staff/calls/:id/answer", "caller.answer", kit.CallbackCase, p.answer),
		row(http.MethodPost, "/staff/calls/:id/attempt", "caller.attempt", kit.CallbackCase, p.attempt),
		row(http.MethodPost, "/staff/calls/:id/offer", "caller.offer", kit.CallbackCase, p.choose),
		row(http.MethodPost, "/staff/calls/:id/invite", "caller.invite", kit.CallbackCase, p.invite),
		row(http.MethodPost, "/staff/calls/:id/sheet", "caller.sheet", kit.CallbackCase, p.sheet),
		row(http.MethodGet, "/staff/calls/promised", "caller.promised", kit.None, p.promised),
		row(http.MethodGet, "/staff/calls/promised/:id", "caller.promise", kit.Promise, p.promise),
		row(http.MethodPost, "/staff/calls/promised/:id", "caller.promise", kit.Promise, p.told),
		row(http.MethodPost, "/staff/calls/promised/:id/take", "caller.takepromise", kit.Promise, p.takePromise),
		row(http.MethodPost, "/staff/calls/next", "caller.next", kit.None, p.next),
		row(http.MethodPost, "/staff/calls/languages", "caller.languages", kit.None, p.languages),
		row(http.MethodPost, "/staff/calls/:id/number", "caller.number", kit.CallbackCase, p.addNumber),
		row(http.MethodPost, "/staff/calls/:id/dial", "caller.dial", kit.CallbackCase, p.dial),
		row(http.MethodGet, "/staff/calls/checks", "caller.checks", kit.None, p.checks),
		row(http.MethodGet, "/staff/calls/checks/:id", "caller.check", kit.Redial, p.check),
		row(http.MethodPost, "/staff/calls/checks/:id", "caller.check", kit.Redial, p.closeCheck),
		row(http.MethodGet, "/staff/calls/:id/done", "caller.done", kit.CallbackCase, p.done),
	}
}

// pages are the handlers.
type pages struct{ Deps }

// formVersion is the version of the case that the form was made from.
func formVersion(c *kit.Ctx) int64 {
	n, _ := c.Form().Int("_version")
	return n
}
