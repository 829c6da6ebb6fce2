package kit

import (
	"errors"
	"net/http"
	"net/url"

	"reliefportal/app/fail"
)

var (
	errForeignForm = errors.New("request came from another site")
	errStaleForm   = errors.New("form token is missing or belongs to another browser")
)

// enter does what comes before every handler. done is true when the request is answered already.
// The order is deliberate: what can be refused by its headers is refused before anything is loaded, and a body is read last, only from
// somebody who may send it.
func (k *Kit) enter(c *Ctx) (done bool, err error) {
	r := c.Request()
	if err := k.origin.Check(r); err != nil {
		return false, errForeignForm
	}
	if !unsafeMethod(r.Method) && r.URL.Query().Has("lang") {
		return true, k.switchLanguage(c)
	}
	if !unsafeMethod(r.Method) && r.URL.Query().Has("text") {
		return true, k.switchText(c)
	}
	if err := k.loadActor(c); err != nil {
		return false, err
	}
	if done, err := k.guard(c); done || err != nil {
		return done, err
	}
	if unsafeMethod(r.Method) {
		return false, k.takeForm(c)
	}
	return k.offerKept(c)
}

func unsafeMethod(m string) bool {
	return m != http.MethodGet && m != http.MethodHead && m != http.MethodOptions
}

// loadActor reads the session and who is in it. Pages for anyone work without; but they too show who is signed in.
func (k *Kit) loadActor(c *Ctx) error {
	if k.Sessions == nil || c.route.Bare {
		return nil
	}
	if err := k.loadSession(c); err != nil {
		return err
	}
	if k.Holder != nil {
		c.holder = k.Holder(c.Context())
	}
	actor, err := k.Actor(c.Context())
	if err != nil {
		return err
	}
	c.Actor = actor
	c.Actor.Lang = c.Lang // the page's language, which is also the one to write to the person in
	return nil
}

// guard lets the actor pass, leads a visitor to the right sign-in page, or says that there is nothing here.
func (k *Kit) guard(c *Ctx) (done bool, err error) {
	switch {
	case c.route.Who.Admits(c.Actor):
		return false, nil
	case c.Actor.IsStaff() && c.route.Assisted && k.Acting != nil:
		return false, k.actFor(c)
	case c.Actor.IsDebtor(), c.Actor.IsStaff():
		return false, fail.NotFound()
	}
	door := RouteSignIn
	if c.route.Who.ForStaff() {
		door = RouteStaffSignIn
	}
	if !k.Has(door) {
		return false, fail.NotFound()
	}
	back := k.comeBack(c.Request())
	k.keepForm(c, c.holder, back)
	return true, c.redirect(WithQuery(k.Path(door), "next", back))
}

// actFor puts the person for whom the member of staff types in his place. Without a session of help there is nothing here.
func (k *Kit) actFor(c *Ctx) error {
	person, ok, err := k.Acting(c.Context(), c.Actor, unsafeMethod(c.Request().Method))
	if err != nil {
		return err
	}
	if !ok {
		return fail.NotFound()
	}
	c.Helper, c.Actor = c.Actor, person
	c.Actor.Lang = c.Lang
	return nil
}

// comeBack is where the visitor goes on after signing in: the page asked for, or the page whose form was sent.
func (k *Kit) comeBack(r *http.Request) string {
	if !unsafeMethod(r.Method) {
		return k.SafeNext(r.URL.RequestURI())
	}
	if next := k.SafeNext(r.URL.EscapedPath()); next != "" {
		return next
	}
	from, err := url.Parse(r.Referer())
	if err != nil || from.Path == "" {
		return ""
	}
	return k.SafeNext(from.RequestURI())
}

// takeForm reads the body and checks that this browser was given the form.
func (k *Kit) takeForm(c *Ctx) error {
	form, err := readForm(c.Response(), c.Request(), c.route.Upload)
	if err != nil {
		return err
	}
	c.form = form
	if !validFormToken(k.keys.form, c.cookie(k.cookies.form), form.Raw(CSRFField)) {
		return errStaleForm
	}
	return k.dropKept(c)
}
