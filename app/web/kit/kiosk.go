package kit

import (
	"fmt"
	"time"

	"reliefportal/app/account"
	tkit "reliefportal/templates/kit"
)

// Names of the routes of a shared computer, which forgets everything.
const (
	RouteForget     = "public.forget"
	RouteForgotten  = "public.forgotten"
	kioskAge        = 10 * 365 * 24 * time.Hour
	kioskOn         = "1"
	clearOnTheWay   = `"cache", "storage"`
	refreshTemplate = "%d; url=%s"
)

// InKiosk tells whether this browser is a shared computer that forgets everything.
func (c *Ctx) InKiosk() bool { return c.kit.Kiosk || c.cookie(c.kit.cookies.kiosk) == kioskOn }

// AlwaysKiosk tells whether the whole instance is for shared computers, so that no browser can be made an ordinary one.
func (c *Ctx) AlwaysKiosk() bool { return c.kit.Kiosk }

// SetKiosk makes this browser a shared computer, or an ordinary one again.
func (c *Ctx) SetKiosk(on bool) {
	if on {
		c.setCookie(c.kit.cookies.kiosk, kioskOn, kioskAge)
		return
	}
	c.setCookie(c.kit.cookies.kiosk, "", -time.Second)
}

// ForgetBrowser takes from the browser everything of the frame that could tell the next visitor about this one: language, size of the
// letters, the token of forms and of the sentence that waits, and pages the browser keeps.
func (c *Ctx) ForgetBrowser() {
	for _, name := range []string{c.kit.cookies.lang, c.kit.cookies.text, c.kit.cookies.form, c.kit.cookies.flash, c.kit.cookies.kept} {
		c.setCookie(name, "", -time.Second)
	}
	c.Response().Header().Set("Clear-Site-Data", clearOnTheWay)
}

// kioskHeaders leave the page by itself when nothing is pressed for as long as a session at a shared computer lasts. It is a header, so that
// it works without scripts.
func (c *Ctx) kioskHeaders() {
	if c.InKiosk() && c.Has(RouteForgotten) && c.route.Name != RouteForgotten {
		c.Response().Header().Set("Refresh", fmt.Sprintf(refreshTemplate, int(account.KioskIdle/time.Second), c.Path(RouteForgotten)))
	}
}

// kioskPage puts the button that forgets everything on the page.
func (c *Ctx) kioskPage(p *tkit.Page) {
	if c.InKiosk() {
		p.Kiosk = &tkit.Kiosk{ForgetAction: c.pathIf(RouteForget), Minutes: int(account.KioskIdle / time.Minute)}
	}
}
