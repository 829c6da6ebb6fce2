package web_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
)

// relation is how the object of a request stands to the people of the world.
type relation string

// The relations. "own" is the first debtor's object at the first body, "other" the second debtor's at the second body, "nobody's" has a
// well-formed id that no row has.
const (
	own     relation = "own"
	other   relation = "other"
	nobodys relation = "nobody's"
)

var relations = []relation{own, other, nobodys}

// TestAccessMatrix asks for every row of the table as every kind of person for every relation to its object, and holds the answer to what
// the table declares: strangers are led to sign in, wrong roles and other people's objects find nothing, and an object of somebody else
// looks, to the byte, like one that does not exist.
func TestAccessMatrix(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		cells := 0
		for _, route := range w.Routes {
			for _, p := range w.people {
				cells += w.checkRoute(t, route, p)
			}
		}
		t.Logf("%d cells on %s", cells, db.Dialect())
		if cells < 1000 {
			t.Errorf("only %d cells were asked", cells)
		}
	})
}

// checkRoute asks one row as one person, once for each relation, and returns the number of cells.
func (w *world) checkRoute(t *testing.T, route kit.Route, p *person) int {
	t.Helper()
	if route.Object == kit.None {
		w.expect(t, route, p, own, w.ask(t, route, p, own))
		return 1
	}
	answers := map[relation]*webtest.Page{}
	for _, rel := range relations {
		answers[rel] = w.ask(t, route, p, rel)
		w.expect(t, route, p, rel, answers[rel])
	}
	for _, rel := range []relation{own, other} {
		if answers[rel].Status == http.StatusNotFound {
			sameAnswer(t, route, p, rel, answers[rel], answers[nobodys])
		}
	}
	return len(relations)
}

// aimless are forms that name their object in a field: without one there is nothing to find.
var aimless = []string{"admin.jobs", "supervisor.exports", "debtor.helperend"}

// endings are the rows after which a person is no longer signed in.
var endings = []string{kit.RouteSignOut, "debtor.everywhere", "public.kiosk", kit.RouteForget}

// ask sends one request as the person, in a fresh browser that is signed in already. A form carries the token and nothing else.
func (w *world) ask(t *testing.T, route kit.Route, p *person, rel relation) *webtest.Page {
	t.Helper()
	path := pathOf(route.Path, w.object(t, route, rel))
	c := w.browser(t, p)
	if route.Method == http.MethodGet {
		return c.GetRaw(path)
	}
	values := maps.Clone(forms[route.Name])
	if values == nil {
		values = url.Values{}
	}
	values[kit.CSRFField] = []string{c.Get(w.Web.Path("public.lookup")).Attr("[name="+kit.CSRFField+"]", "value")}
	var got *webtest.Page
	if route.Upload {
		got = c.PostMultipart(path, values)
	} else {
		got = c.Post(path, values)
	}
	if route.Who.Admits(p.actor) {
		w.used(route, rel)
		if slices.Contains(endings, route.Name) && p.signIn != nil && p.actor.PersonID != "" {
			w.renew(t, p)
		}
	}
	return got
}

// expect holds one answer to the table.
func (w *world) expect(t *testing.T, route kit.Route, p *person, rel relation, got *webtest.Page) {
	t.Helper()
	cell := fmt.Sprintf("%s %s as %s, %s object", route.Method, route.Path, p.name, rel)
	wholesome(t, cell, p, got)
	admitted, stranger := route.Who.Admits(p.actor), p.actor.PersonID == ""
	to, _, _ := strings.Cut(got.Header.Get("Location"), "?")
	toSignIn := got.Status == http.StatusSeeOther && (to == w.Web.Path(kit.RouteSignIn) || to == w.Web.Path(kit.RouteStaffSignIn))
	switch {
	case got.Status >= http.StatusInternalServerError:
		t.Errorf("%s: answers %d", cell, got.Status)
	case !admitted && stranger:
		if !toSignIn {
			t.Errorf("%s: answers %d %s instead of leading to sign in", cell, got.Status, to)
		}
	case !admitted, rel == nobodys && route.Object != kit.None, !sees[route.Object](w, p, route, rel):
		if got.Status != http.StatusNotFound {
			t.Errorf("%s: answers %d %s, want 404", cell, got.Status, to)
		}
	case route.Method == http.MethodPost && slices.Contains(aimless, route.Name): // let in, and told that there is no such thing
	case got.Status == http.StatusNotFound, got.Status == http.StatusForbidden, toSignIn && route.Who.String() != kit.Anyone.String():
		t.Errorf("%s: answers %d %s to somebody who may enter: %s", cell, got.Status, to, got.Words())
	}
}

// variable is what differs between any two pages: the masked form token.
var variable = regexp.MustCompile(`name="_csrf" value="[^"]*"`)

// sameAnswer compares the answer for somebody else's object with the one for no object, headers included, but for the address itself.
func sameAnswer(t *testing.T, route kit.Route, p *person, rel relation, a, b *webtest.Page) {
	t.Helper()
	cell := fmt.Sprintf("%s %s as %s, %s object", route.Method, route.Path, p.name, rel)
	if !bytes.Equal(neutral(a), neutral(b)) {
		t.Errorf("%s looks different from a missing one:\n%s\n%s", cell, neutral(a), neutral(b))
	}
	for name := range b.Header {
		if name != "X-Request-Id" && name != "Set-Cookie" && strings.Join(a.Header[name], "") != strings.Join(b.Header[name], "") {
			t.Errorf("%s: header %s is %q, of a missing one %q", cell, name, a.Header[name], b.Header[name])
		}
	}
}

func neutral(p *webtest.Page) []byte {
	return bytes.ReplaceAll(variable.ReplaceAll(p.Body, nil), []byte(p.Path()), []byte("/here"))
}

// pathOf fills the parameters of a pattern.
func pathOf(pattern string, params map[string]string) string {
	segments := strings.Split(pattern, "/")
	for i, s := range segments {
		if s == "*" {
			segments[i] = params["*"]
		} else if name, ok := strings.CutPrefix(s, ":"); ok {
			segments[i] = url.PathEscape(params[name])
		}
	}
	return strings.Join(segments, "/")
}
