package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"reliefportal/app/account"
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

// factory makes the objects of one kind. Make is called for each request that may change something, so objects are never used up.
type factory struct {
	// Make creates an object and returns the parameters of the path, in order.
	Make func(t *testing.T, w *world, rel relation) []string
	// Sees says whether the noun shows an object of this relation to the person, once the route lets the person in.
	Sees func(w *world, p person, rel relation) bool
}

// TestAccessMatrix asks for every row of the table as every kind of person for every relation to its object, and holds the answer to what
// the table declares: strangers are led to sign in, wrong roles and other people's objects find nothing, and an object of somebody else
// looks, to the byte, like one that does not exist.
func TestAccessMatrix(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		cells := 0
		for _, route := range w.app.Routes {
			for _, p := range w.people {
				t.Run(fmt.Sprintf("%s %s/%s", route.Method, route.Path, p.name), func(t *testing.T) {
					cells += w.checkRoute(t, route, p)
				})
			}
		}
		t.Logf("%d cells on %s", cells, db.Dialect())
	})
}

// checkRoute asks one row as one person, once for each relation, and returns the number of cells.
func (w *world) checkRoute(t *testing.T, route kit.Route, p person) int {
	if route.Object == kit.None {
		w.expect(t, route, p, w.ask(t, route, p, make([]string, strings.Count(route.Path, ":")), own), true)
		return 1
	}
	f, ok := factories[route.Object]
	if !ok {
		t.Fatalf("nobody makes objects of kind %s: register a factory in factories_test.go", route.Object)
	}
	answers := map[relation]*webtest.Page{}
	for _, rel := range relations {
		args := f.Make(t, w, rel)
		answers[rel] = w.ask(t, route, p, args, rel)
		w.expect(t, route, p, answers[rel], rel != nobodys && f.Sees(w, p, rel))
	}
	for _, rel := range []relation{own, other} {
		if answers[rel].Status == http.StatusNotFound {
			sameAnswer(t, rel, answers[rel], answers[nobodys])
		}
	}
	return len(relations)
}

// ask sends one request as the person, in a fresh browser that is signed in already.
func (w *world) ask(t *testing.T, route kit.Route, p person, args []string, rel relation) *webtest.Page {
	t.Helper()
	for i, arg := range args {
		if arg == "" {
			args[i] = "1"
		}
	}
	path := pathOf(route.Path, args)
	c := w.browser(t, p)
	if route.Method == http.MethodGet {
		return c.GetRaw(path)
	}
	token := c.Get("/sign-in").Attr("[name=_csrf]", "value")
	values := url.Values{kit.CSRFField: {token}}
	if route.Upload {
		return c.PostMultipart(path, values)
	}
	return c.Post(path, values)
}

// expect holds one answer to the table.
func (w *world) expect(t *testing.T, route kit.Route, p person, got *webtest.Page, sees bool) {
	t.Helper()
	admitted := route.Who.Admits(p.actor)
	toSignIn := got.Status == http.StatusSeeOther && strings.Contains(got.Header.Get("Location"), "sign-in") && !strings.HasPrefix(got.Path(), "/sign-")
	switch {
	case got.Status >= http.StatusInternalServerError:
		t.Errorf("%s answers %d", got.URL, got.Status)
	case !admitted && p.actor.PersonID == "":
		if !toSignIn {
			t.Errorf("%s lets a stranger in: status %d %s", got.URL, got.Status, got.Header.Get("Location"))
		}
	case !admitted || !sees:
		if got.Status != http.StatusNotFound {
			t.Errorf("%s answers %d, want 404", got.URL, got.Status)
		}
	case got.Status == http.StatusNotFound, got.Status == http.StatusForbidden, toSignIn && p.actor.PersonID != "":
		t.Errorf("%s answers %d %s to somebody who may enter", got.URL, got.Status, got.Header.Get("Location"))
	}
}

// variable is what differs between any two pages: the masked form token.
var variable = regexp.MustCompile(`name="_csrf" value="[^"]*"`)

// sameAnswer compares the answer for somebody else's object with the one for no object, headers included, but for the address itself.
func sameAnswer(t *testing.T, rel relation, a, b *webtest.Page) {
	t.Helper()
	if a.Status != b.Status {
		t.Errorf("%s object: status %d, a missing one: %d", rel, a.Status, b.Status)
	}
	if !bytes.Equal(neutral(a), neutral(b)) {
		t.Errorf("%s object looks different from a missing one:\n%s\n%s", rel, neutral(a), neutral(b))
	}
	for name := range b.Header {
		if name != "X-Request-Id" && name != "Set-Cookie" && strings.Join(a.Header[name], "") != strings.Join(b.Header[name], "") {
			t.Errorf("%s object: header %s is %q, of a missing one %q", rel, name, a.Header[name], b.Header[name])
		}
	}
}

func neutral(p *webtest.Page) []byte {
	return bytes.ReplaceAll(variable.ReplaceAll(p.Body, nil), []byte(p.Path()), []byte("/here"))
}

// pathOf fills the parameters of a pattern.
func pathOf(pattern string, args []string) string {
	segments := strings.Split(pattern, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, ":") {
			segments[i], args = url.PathEscape(args[0]), args[1:]
		}
	}
	return strings.TrimSuffix(strings.Join(segments, "/"), "*")
}

// person is one of the people of the world.
type person struct {
	name  string
	actor account.Actor
}
