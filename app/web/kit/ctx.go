package kit

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
)

// Ctx is one request as a handler sees it.
type Ctx struct {
	// Actor is who asks. It is loaded anew for every request, so that a withdrawn role bites at once.
	Actor account.Actor
	// Helper is the member of staff who types for the Actor on an Assisted row; the zero actor when the Actor acts alone.
	Helper account.Actor
	// Lang is "zh-Hans" or "en".
	Lang string

	kit   *Kit
	echo  echo.Context
	route *Route
	form  *Form
	flash *string
	acts  string // the name of the person for whom a representative acts
	// holder is the person of the session as it came, also when its time is over.
	holder string
}

const ctxKey = "kit.ctx"

func (k *Kit) newCtx(e echo.Context, route *Route) *Ctx {
	c := &Ctx{kit: k, echo: e, route: route}
	c.Lang = k.languageOf(c)
	c.Actor = account.Nobody(c.Lang)
	e.Set(ctxKey, c)
	return c
}

// ctxOf returns the request's Ctx, or a new one where the router found no row.
func (k *Kit) ctxOf(e echo.Context) *Ctx {
	if c, ok := e.Get(ctxKey).(*Ctx); ok {
		return c
	}
	return k.newCtx(e, &Route{Who: Anyone, Bare: true})
}

func (c *Ctx) close() {
	if c.form != nil {
		c.form.close()
	}
}

// Context returns the context of the request; it ends when the visitor leaves or the time for the request is over.
func (c *Ctx) Context() context.Context { return c.echo.Request().Context() }

// Request returns the request itself, for the few handlers that need a header.
func (c *Ctx) Request() *http.Request { return c.echo.Request() }

// Response returns the writer itself, for handlers that stream.
func (c *Ctx) Response() http.ResponseWriter { return c.echo.Response() }

// ActFor has the page say that the person signed in acts for somebody else; an empty name is said without one.
func (c *Ctx) ActFor(name string) {
	if c.acts = name; name == "" {
		c.acts = c.T("acting.somebody")
	}
}

// Param returns a parameter of the path.
func (c *Ctx) Param(name string) string { return c.echo.Param(name) }

// Query returns a parameter of the query, cleaned.
func (c *Ctx) Query(name string) string { return clean(c.echo.QueryParam(name)) }

// Form returns what was sent. On a GET it is an empty form.
func (c *Ctx) Form() *Form {
	if c.form == nil {
		c.form = &Form{}
	}
	return c.form
}

// Read fills dst from the form and checks its shape; see Form.Read.
func (c *Ctx) Read(dst any) error { return c.Form().Read(dst) }

// Now returns the portal's time, in UTC.
func (c *Ctx) Now() time.Time { return c.kit.Clock.Now() }

// Today returns the civil date in Asia/Shanghai.
func (c *Ctx) Today() calendar.Date { return calendar.DateOf(c.Now()) }

// T gives the words of a key in the language of the page.
func (c *Ctx) T(key string, kv ...any) string { return i18n.T(c.Lang, key, kv...) }

// ID is the number of this request in the log.
func (c *Ctx) ID() string { return requestID(c.echo) }

// Address is the visitor's network address. It is personal data: use it for limits, never store it in clear.
func (c *Ctx) Address() string { return c.echo.RealIP() }

// Path returns the address of a named route.
func (c *Ctx) Path(name string, args ...string) string { return c.kit.Path(name, args...) }

// Has says whether the table has a route of this name.
func (c *Ctx) Has(name string) bool { return c.kit.Has(name) }

// URL returns the full address of a named route, for use outside the browser.
func (c *Ctx) URL(name string, args ...string) string {
	return c.kit.BaseURL + c.kit.Path(name, args...)
}

// SafeNext returns the "next" address the visitor brought when it is one of the portal's own pages, else the address of the fallback route.
func (c *Ctx) SafeNext(fallback string) string {
	next := c.Query("next")
	if c.Form().Has("next") {
		next = c.Form().Value("next")
	}
	if next = c.kit.SafeNext(next); next != "" {
		return next
	}
	return c.Path(fallback)
}

// To leads the browser to a named route by GET, as every successful POST ends.
func (c *Ctx) To(name string, args ...string) error { return c.redirect(c.Path(name, args...)) }

// ToAddress leads the browser to an address made by Path, WithQuery or SafeNext.
func (c *Ctx) ToAddress(path string) error { return c.redirect(path) }

func (c *Ctx) redirect(path string) error {
	c.noStore()
	return c.echo.Redirect(http.StatusSeeOther, path)
}

// Warn writes a line about something that went wrong without failing the request. what is a constant text.
func (c *Ctx) Warn(what string, err error) {
	c.kit.Log.Warn(what, "id", c.ID(), "route", c.route.Name, "error", err)
}
