package web_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"reliefportal/app"
	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/config"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/webtest"
)

// table is the route table of a development portal.
func table(t *testing.T) []kit.Route {
	t.Helper()
	cfg, err := config.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return app.Routes(cfg)
}

// sessionCookie is the name of the session's cookie over https.
const sessionCookie = "__Host-session"

// person is one of the people of the world. The session is a cookie of somebody signed in through the pages.
type person struct {
	name    string
	actor   account.Actor
	session string
	signIn  func(t *testing.T) *webtest.Client
}

// world is a portal with one of each kind of person, all signed in.
type world struct {
	*webtest.Portal
	people  []*person
	objects map[string]map[string]string // made already, by route and relation
	cases   map[relation]string          // ids of callback cases
}

// staffOfWorld are the demo people who enter the matrix, by what they are to the first body.
var staffOfWorld = []struct{ name, login string }{
	{"docketing", "nanshan.lian"},
	{"reviewer", "nanshan.shen1"},
	{"second reviewer", "nanshan.shen2"},
	{"implementer", "nanshan.zhixing"},
	{"docketing of the other body", "shenzhen.lian"},
	{"reviewer of the other body", "shenzhen.shen1"},
	{"caller", "huifang.1"},
	{"caller of the asked body", "nanshan.huifang"},
	{"helper", "bangzhu.1"},
	{"supervisor", "duban"},
	{"head", "nanshan.yuanzhang"},
	{"procurator", "nanshan.jiancha"},
	{"procurator of the other seat", "shenzhen.jiancha"},
	{"arbiter", "zhuanban"},
	{"admin", "guanli"},
	{"auditor", "shenji"},
	{"disabled reviewer", "shenzhen.shen2"},
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{Portal: webtest.Start(t, db), objects: map[string]map[string]string{}, cases: map[relation]string{}}
	w.people = append(w.people, &person{name: "stranger", actor: account.Nobody("zh-Hans")})
	for name, contact := range map[string]string{"debtor": "13812346071", "other debtor": "13912346072"} {
		w.enter(t, name, func(t *testing.T) *webtest.Client { return w.signInAgain(t, contact) })
	}
	for _, s := range staffOfWorld {
		w.enter(t, s.name, func(t *testing.T) *webtest.Client { return w.SignInStaff(t, s.login) })
	}
	disabled := w.person("disabled reviewer")
	if err := w.Accounts.SetActive(t.Context(), account.System(), disabled.actor.PersonID, false); err != nil {
		t.Fatal(err)
	}
	disabled.actor = account.Nobody("zh-Hans") // still holds a cookie, and is nobody
	return w
}

// signInAgain signs a debtor in from a browser known to him, which has codes of its own: more rows end a session than codes are sent otherwise.
func (w *world) signInAgain(t *testing.T, contact string) *webtest.Client {
	t.Helper()
	w.Clock.Add(time.Second) // so that of two codes to one contact the newer one is known
	c := w.Browser(t)
	c.SetCookie(&http.Cookie{Name: "__Host-known", Value: w.Accounts.KnownBrowser(contact), Path: "/", Secure: true})
	c.SubmitAt(w.Web.Path(kit.RouteSignIn), "main form", webtest.Fields{"contact": contact}).Is(http.StatusOK)
	c.Submit("main form", webtest.Fields{"code": w.CodeFor(t, contact)}).Is(http.StatusOK)
	return c
}

// enter signs a person in through the pages and remembers the session.
func (w *world) enter(t *testing.T, name string, signIn func(*testing.T) *webtest.Client) {
	t.Helper()
	p := &person{name: name, signIn: signIn}
	w.renew(t, p)
	p.actor = w.actorOf(t, p.session)
	w.people = append(w.people, p)
}

// renew signs a person in again.
func (w *world) renew(t *testing.T, p *person) {
	t.Helper()
	p.session = p.signIn(t).Cookie(sessionCookie)
}

func (w *world) actorOf(t *testing.T, session string) account.Actor {
	t.Helper()
	ctx, err := w.Sessions.Manager.Load(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.Sessions.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (w *world) person(name string) *person {
	for _, p := range w.people {
		if p.name == name {
			return p
		}
	}
	panic("nobody in the world is called " + name)
}

// browser is a fresh browser in which the person is signed in.
func (w *world) browser(t *testing.T, p *person) *webtest.Client {
	t.Helper()
	c := w.Browser(t)
	if p.session != "" {
		c.SetCookie(&http.Cookie{Name: sessionCookie, Value: p.session, Path: "/", Secure: true})
	}
	return c
}

// object returns the parameters of the object that a route is asked for, made once and used until somebody may have changed it.
func (w *world) object(t *testing.T, route kit.Route, rel relation) map[string]string {
	t.Helper()
	key := route.Method + route.Path + string(rel)
	if w.objects[key] == nil {
		make, ok := factories[route.Object]
		if !ok {
			t.Fatalf("nobody makes objects of kind %q: add a factory", route.Object)
		}
		w.objects[key] = make(t, w, route, rel)
	}
	return w.objects[key]
}

// used forgets an object after a request that may have changed it.
func (w *world) used(route kit.Route, rel relation) {
	delete(w.objects, route.Method+route.Path+string(rel))
}

// pdf is a small file that the portal takes for a PDF.
func pdf() []byte {
	return bytes.Join([][]byte{[]byte("%PDF-1.4"), []byte("1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj"),
		[]byte("2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj"), []byte("3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj"),
		[]byte("trailer<</Root 1 0 R>>"), []byte("%%EOF")}, []byte("\n"))
}

func (w *world) today() calendar.Date { return calendar.Today(w.Clock) }
