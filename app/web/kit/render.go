package kit

import (
	"bytes"
	"net/http"
	"sync"

	"github.com/a-h/templ"

	tkit "reliefportal/templates/kit"
)

// buffers holds pages while they are made: a page is sent when it is complete, so that a late error never leaves half a page behind.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keepBuffer is the largest buffer worth keeping, in bytes.
const keepBuffer = 1 << 20

// OK shows a page.
func (c *Ctx) OK(page templ.Component) error { return c.Show(http.StatusOK, page) }

// Again shows the page of a form once more, with what was typed and what to change.
func (c *Ctx) Again(page templ.Component) error { return c.Show(http.StatusUnprocessableEntity, page) }

// Show renders a component to its end and sends it with the status.
func (c *Ctx) Show(status int, page templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= keepBuffer {
			buf.Reset()
			buffers.Put(buf)
		}
	}()
	if err := page.Render(c.Context(), buf); err != nil {
		return err
	}
	c.privacy()
	c.kioskHeaders()
	return c.sendPage(status, buf.Bytes())
}

// Text sends plain text.
func (c *Ctx) Text(status int, text string) error {
	c.noStore()
	return c.echo.String(status, text)
}

// Private keeps the page out of every cache, for pages that are personal though nobody is signed in.
func (c *Ctx) Private() { c.noStore() }

// privacy keeps pages with anything personal out of every cache; open pages may be kept but must be asked about.
func (c *Ctx) privacy() {
	if c.InKiosk() || c.Actor.IsDebtor() || c.Actor.IsStaff() || c.Request().Method == http.MethodPost || c.Response().Header().Get("Cache-Control") == "no-store" {
		c.noStore()
		return
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie, Accept-Language")
}

func (c *Ctx) noStore() { c.Response().Header().Set("Cache-Control", "no-store") }

// Page returns what every page needs to know about the request. A handler sets Back, Title, Errors and SavedAt where it has them.
func (c *Ctx) Page() tkit.Page {
	p := c.framePage()
	p.Flash = c.takeFlash()
	return p
}

// framePage is Page without the waiting sentence, which error pages leave for the page it was meant for.
func (c *Ctx) framePage() tkit.Page {
	p := tkit.Page{Lang: c.Lang, Path: c.Request().URL.EscapedPath(), LangPath: c.otherLanguage(), Today: c.Today()}
	if !c.route.Bare { // an answer that may be cached, or an unknown address, carries no cookie, no token and nobody's name
		p.CSRF, p.User = formToken(c.kit.keys.form, c.Browser()), c.user()
		p.ActsFor, p.TextSize, p.TextPaths = c.acts, c.textSize(), c.textPaths()
		c.kioskPage(&p)
		c.helping(&p)
	}
	return p
}

// helping turns the page of a person into one in the hands of a member of staff.
func (c *Ctx) helping(p *tkit.Page) {
	if !c.Helper.IsStaff() {
		return
	}
	p.Assist = &tkit.Assist{BackHref: c.pathIf(RouteHelp), EndAction: c.pathIf(RouteHelpEnd)}
	if p.User != nil {
		p.Assist.For, p.User = p.User.Name, nil
	}
}

// user names the person signed in; a page without the name is better than no page, so an error is only logged.
func (c *Ctx) user() *tkit.User {
	if c.kit.User == nil || !c.Actor.IsDebtor() && !c.Actor.IsStaff() {
		return nil
	}
	user, err := c.kit.User(c.Context(), c.Actor, c.Lang)
	if err != nil {
		c.kit.Log.Error("name of the person signed in not read", "id", c.ID(), "error", err)
		user = &tkit.User{Staff: c.Actor.IsStaff()}
	}
	user.SignOut, user.Home = c.pathIf(RouteSignOut), c.pathIf(RouteDebtorHome)
	if c.Actor.IsStaff() {
		user.Home = c.pathIf(RouteStaffHome)
	}
	return user
}

func (c *Ctx) pathIf(name string) string {
	if !c.Has(name) {
		return ""
	}
	return c.Path(name)
}

// JSON answers a script of the portal's own with JSON that a service made.
func (c *Ctx) JSON(body []byte) error {
	c.noStore()
	c.Response().Header().Set("Content-Type", "application/json; charset=utf-8")
	c.Response().WriteHeader(http.StatusOK)
	_, err := c.Response().Write(body)
	return err
}
