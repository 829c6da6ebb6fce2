package public_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

const stopForm = "form[action='/kiosk/stop']"

// A shared computer ends the session after five minutes without a press, keeps no page, and leaves nothing of a visitor behind.
func TestSharedComputerForgets(t *testing.T) {
	for wait, open := range map[time.Duration]bool{account.KioskIdle - time.Second: true, account.KioskIdle: false} {
		p := webtest.Start(t, storetest.SQLite(t))
		c := p.Browser(t)
		c.SubmitAt("/kiosk", "main form", nil).Is(200).At("/kiosk/forgotten")
		c.SubmitAt("/signin", "main form", webtest.Fields{"contact": "13812346071"}).Is(200)
		c.Submit("main form", webtest.Fields{"code": p.CodeFor(t, "13812346071")}).Is(200).At("/my").Says("公用电脑")
		if c.Page.Header.Get("Cache-Control") != "no-store" || c.Page.Header.Get("Refresh") != "300; url=/kiosk/forgotten" {
			t.Errorf("headers %v", c.Page.Header)
		}
		if c.Cookie("__Host-known") != "" {
			t.Error("a shared computer is known by whom it was used")
		}
		p.Clock.Add(wait)
		if got := c.GetRaw("/my").Status == http.StatusOK; got != open {
			t.Errorf("after %s without a press: open %v", wait, got)
		}
	}
}

// An instance for shared computers makes every session one of a shared computer, of staff too, and no browser is made an ordinary one there.
func TestKioskByConfiguration(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	p.Web.Kiosk = true // as PORTAL_KIOSK sets it
	c := p.Browser(t)
	c.SubmitAt("/signin", "main form", webtest.Fields{"contact": "13812346072"}).Is(200)
	c.Submit("main form", webtest.Fields{"code": p.CodeFor(t, "13812346072")}).Is(200).At("/my").Says("公用电脑")
	if c.Cookie("__Host-known") != "" {
		t.Error("a shared computer is known by whom it was used")
	}
	staff := p.SignInStaff(t, "guanli")
	staff.Get("/kiosk").Is(200)
	if staff.Page.Has(stopForm) {
		t.Error("staff can make a browser of the instance an ordinary one")
	}
	p.Clock.Add(account.KioskIdle)
	for name, browser := range map[string]*webtest.Client{"/my": c, "/staff/jobs": staff} {
		if browser.GetRaw(name).Status == http.StatusOK {
			t.Errorf("%s is still open after %s without a press", name, account.KioskIdle)
		}
	}
}

func TestForgetButton(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.SubmitAt("/kiosk", "main form", nil).Is(200)
	c.Get("/?lang=en")
	c.Get("/find").Is(200)
	before := c.Cookie("__Host-lang")
	c.SubmitAt("/", "form[action='/kiosk/forget']", nil).Is(200).At("/kiosk/forgotten")
	if before != "en" || c.Cookie("__Host-lang") != "" || c.Cookie("__Host-visit") != "" {
		t.Errorf("language %q, then %q; visit %q", before, c.Cookie("__Host-lang"), c.Cookie("__Host-visit"))
	}
	c.Get("/kiosk").Is(200).Says("这台电脑已经是公用的", "请工作人员登录")
	if c.Page.Has(stopForm) {
		t.Error("anyone makes it an ordinary computer again")
	}
}

func TestLargeLettersAreKept(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.Get("/doors/R01?text=150").Is(200).At("/doors/R01")
	if got := c.Get("/privacy").Attr("html", "class"); !strings.Contains(got, "text-150") {
		t.Errorf("class %q on the next page", got)
	}
	c.Get("/privacy?text=100").Is(200)
	if c.Page.Has("html[class]") {
		t.Error("the usual size is not usual")
	}
	c.Get("/?text=1000").Is(http.StatusNotFound)
}
