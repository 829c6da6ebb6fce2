// Package public answers the pages anyone may open: the finder, its doors, signing in, the receipt look-up, and the pages about the portal.
package public

import (
	"net/http"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/directory"
	"reliefportal/app/filing"
	"reliefportal/app/finder"
	"reliefportal/app/insight"
	"reliefportal/app/packs"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
)

// Deps are the services behind the pages.
type Deps struct {
	Packs    *packs.Set
	Finder   *finder.Service
	Filings  *filing.Service
	Accounts *account.Service
	Sessions *account.Sessions
	Bodies   *directory.Service
	// Callbacks hold the questionnaires people answer alone.
	Callbacks *callback.Service
	// Calls are the figures on what people said in callbacks.
	Calls *insight.Calls
	// Box seals the contact that waits for its code in the visitor's own browser.
	Box *seal.Box
	// Outbox is the name of the route that shows messages in development; empty in production.
	Outbox string
}

// Routes are the rows of the route table.
func Routes(d Deps) []kit.Route {
	p := pages{d}
	get := func(path, name string, h kit.Handler) kit.Route {
		return kit.Route{Method: http.MethodGet, Path: path, Name: name, Who: kit.Anyone, Handler: h}
	}
	post := func(path, name string, who kit.Who, h kit.Handler) kit.Route {
		return kit.Route{Method: http.MethodPost, Path: path, Name: name, Who: who, Handler: h}
	}
	return append([]kit.Route{
		get("/", kit.RouteStart, p.start),
		get("/find", "public.find", p.find),
		get("/find/q/:question", "public.question", p.question),
		post("/find/q/:question", "public.question", kit.Anyone, p.answer),
		post("/find/restart", "public.restart", kit.Anyone, p.restart),
		get("/doors", "public.doors", p.doors),
		get("/doors/:remedy", "public.door", p.door),
		post("/doors/:remedy", "public.door", kit.DebtorOnly, p.take),
		get("/signin", kit.RouteSignIn, p.signIn),
		post("/signin", kit.RouteSignIn, kit.Anyone, p.sendCode),
		get("/signin/code", "public.code", p.code),
		post("/signin/code", "public.code", kit.Anyone, p.checkCode),
		post("/signin/passkey", "public.passkey", kit.Anyone, p.enterByPasskey),
		post("/signin/passkey/begin", "public.passkeybegin", kit.Anyone, p.askPasskey),
		post("/signout", kit.RouteSignOut, kit.SignedIn, p.signOut),
		get("/lookup", "public.lookup", p.lookup),
		post("/lookup", "public.lookup", kit.Anyone, p.lookUp),
		get("/no-calls", "public.nocalls", p.noCalls),
		post("/no-calls", "public.nocalls", kit.Anyone, p.refuseCalls),
		get("/callbacks", "public.callbacks", p.callbacks),
		get("/callbacks.csv", "public.callbackscsv", p.callbacksCSV),
		get("/rules", "public.rules", p.rules),
		get("/privacy", "public.privacy", p.privacy),
		get("/accessibility", "public.accessibility", p.accessibility),
	}, slices.Concat(p.reckonRoutes(get, post), p.surveyRoutes(get, post), p.kioskRoutes(get, post))...)
}

// pages are the handlers.
type pages struct{ Deps }

// view shows today's pack in the language of the request.
func (p pages) view(c *kit.Ctx) law.View { return law.For(c, p.Packs.On(c.Today()), p.Bodies) }

// facts are the visitor's answers that today's questions still ask for.
func (p pages) facts(c *kit.Ctx, pack *rules.Pack) (rules.Facts, finder.Visit, error) {
	visit, _, err := p.Finder.Visit(c.Context(), visitToken(c))
	if err != nil {
		return nil, finder.Visit{}, err
	}
	return finder.Relevant(pack, visit.Facts, c.Today()), visit, nil
}
