package dev_test

import (
	"net/http"
	"strconv"
	"testing"

	"reliefportal/app/i18n"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/dev"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
	"reliefportal/templates/samples"
)

// TestOutboxShowsTheCode asks for a sign-in code and reads it on the outbox page, as somebody trying the portal does.
func TestOutboxShowsTheCode(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	c := p.Browser(t)
	c.SubmitAt(p.Web.Path(kit.RouteSignIn), "main form", webtest.Fields{"contact": "lin@example.com"}).Is(http.StatusOK)
	c.Get(p.Web.Path(dev.RouteOutbox)).Is(http.StatusOK).Says("lin@example.com", p.CodeFor(t, "lin@example.com"))
}

// TestPeopleCanSignIn reads login, password and code from the page and signs in with them.
func TestPeopleCanSignIn(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	people, err := p.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := p.Browser(t)
	page := c.Get(p.Web.Path(dev.RoutePeople)).Is(http.StatusOK)
	for _, person := range people {
		page.Says(person.Login, person.Code)
	}
	p.SignInStaff(t, people[0].Login).Get(p.Web.Path(kit.RouteStaffHome)).Is(http.StatusOK).Says(people[0].Name)
}

// TestGallery opens every sample in both languages through the whole frame.
func TestGallery(t *testing.T) {
	p := webtest.Start(t, storetest.SQLite(t))
	for _, lang := range i18n.Languages {
		c := p.Browser(t)
		index := c.Get(p.Web.Path("dev.pages") + "?lang=" + lang).Is(http.StatusOK)
		if links := len(index.All("main a[href]")); links < 2*len(samples.All()) {
			t.Errorf("the gallery has %d links for %d samples in two languages", links, len(samples.All()))
		}
		for n, s := range samples.All() {
			page := c.Get(p.Web.Path("dev.sample", strconv.Itoa(n)))
			if page.Status != http.StatusOK || page.Attr("html", "lang") != lang || len(page.All("h1")) != 1 {
				t.Errorf("%s %s in %s: status %d, lang %s, %d headings", s.Group, s.Name, lang, page.Status, page.Attr("html", "lang"), len(page.All("h1")))
			}
		}
		c.GetRaw(p.Web.Path("dev.sample", strconv.Itoa(len(samples.All())))).Is(http.StatusNotFound)
		c.GetRaw(p.Web.Path("dev.sample", "-1")).Is(http.StatusNotFound)
		c.GetRaw(p.Web.Path("dev.sample", "x")).Is(http.StatusNotFound)
	}
}
