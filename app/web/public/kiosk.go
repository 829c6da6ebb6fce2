package public

import (
	"time"

	"reliefportal/app/account"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/public"
)

// kioskRoutes are the pages of a shared computer. Making one is open to anyone, since it only forgets more; making it an ordinary one
// again takes a member of staff.
func (p pages) kioskRoutes(get func(string, string, kit.Handler) kit.Route, post func(string, string, kit.Who, kit.Handler) kit.Route) []kit.Route {
	return []kit.Route{
		get("/kiosk", "public.kiosk", p.kiosk),
		post("/kiosk", "public.kiosk", kit.Anyone, p.startKiosk),
		post("/kiosk/stop", "public.kioskstop", kit.AnyStaff, p.stopKiosk),
		post("/kiosk/forget", kit.RouteForget, kit.Anyone, p.forgetAll),
		get("/kiosk/forgotten", kit.RouteForgotten, p.forgotten),
	}
}

func (p pages) kiosk(c *kit.Ctx) error {
	view := views.KioskView{On: c.InKiosk(), Minutes: int(account.KioskIdle / time.Minute), StartAction: c.Path("public.kiosk")}
	if c.Actor.IsStaff() && !c.AlwaysKiosk() {
		view.StopAction = c.Path("public.kioskstop")
	}
	return c.OK(views.Kiosk(c.Page(), view))
}

// startKiosk makes this browser a shared computer and begins with nothing.
func (p pages) startKiosk(c *kit.Ctx) error {
	if err := p.wipe(c); err != nil {
		return err
	}
	c.SetKiosk(true)
	return c.To(kit.RouteForgotten)
}

func (p pages) stopKiosk(c *kit.Ctx) error {
	c.SetKiosk(false)
	c.Flash("kiosk.stopped")
	return c.To("public.kiosk")
}

// forgetAll ends the visit: who is signed in, the answers, and everything the browser keeps.
func (p pages) forgetAll(c *kit.Ctx) error {
	if err := p.wipe(c); err != nil {
		return err
	}
	return c.To(kit.RouteForgotten)
}

func (p pages) wipe(c *kit.Ctx) error {
	if c.Actor.IsDebtor() || c.Actor.IsStaff() {
		if err := p.Sessions.SignOut(c.Context()); err != nil {
			return err
		}
	}
	if err := p.forget(c); err != nil {
		return err
	}
	p.dropCookies(c)
	return nil
}

// dropCookies takes from the browser what it holds of this visit; the portal's own record of a visit goes when its time is over.
func (p pages) dropCookies(c *kit.Ctx) {
	for _, name := range []string{visitCookie, contactCookie, knownCookie} {
		keepCookie(c, name, "", -1)
	}
	c.ForgetBrowser()
}

// forgotten is where a shared computer comes to by itself when nothing is pressed. By then the session is over by its age; what the browser
// itself still holds goes now.
func (p pages) forgotten(c *kit.Ctx) error {
	if c.InKiosk() && !c.Actor.IsDebtor() && !c.Actor.IsStaff() {
		p.dropCookies(c)
	}
	return c.OK(views.Forgotten(c.Page(), views.ForgottenView{StartHref: c.Path(kit.RouteStart)}))
}
