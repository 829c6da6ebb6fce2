package kit

import (
	"context"
	"slices"
	"strings"
	"time"

	"reliefportal/app/account"
	tkit "reliefportal/templates/kit"
	"reliefportal/templates/public"
)

// Keeper keeps a form that came after the sign-in had run out, until the same person has signed in again; package account implements it.
type Keeper interface {
	KeepForm(ctx context.Context, browser string, k account.KeptForm) error
	FormKept(ctx context.Context, browser, personID, page string) (account.KeptForm, bool, error)
	DropForm(ctx context.Context, browser string) error
}

const (
	// keptAge is how long the browser remembers that a form of it was kept.
	keptAge = time.Hour
	// keptField marks the form that sends a kept one once more, keptQuery=keptSkip the page without it.
	keptField = "_kept"
	keptQuery = "kept"
	keptSkip  = "no"
)

// keepForm keeps what somebody typed whose sign-in ran out between the page and the button. holder is who was signed in. Files are not kept,
// and a form that this browser was not given is not either. That it could not be kept must not stop the visitor from signing in.
func (k *Kit) keepForm(c *Ctx, holder, page string) {
	if k.Keeper == nil || holder == "" || page == "" || !unsafeMethod(c.Request().Method) {
		return
	}
	form, err := readForm(c.Response(), c.Request(), c.route.Upload)
	if err == nil {
		defer form.close()
		if !validFormToken(k.keys.form, c.cookie(k.cookies.form), form.Raw(CSRFField)) {
			return
		}
		form.values.Del(CSRFField)
		path, _, _ := strings.Cut(page, "?")
		err = k.Keeper.KeepForm(c.Context(), c.Browser(), account.KeptForm{PersonID: holder, Page: path, Action: c.Request().URL.RequestURI(), Values: form.values})
	}
	if err != nil {
		k.Log.Error("a form sent after the sign-in had run out was not kept", "id", c.ID(), "error", err)
		return
	}
	c.setCookie(k.cookies.kept, "1", keptAge)
}

// offerKept shows, in the place of the page, that what was typed there before the sign-in ran out is still here, with a button that sends it.
func (k *Kit) offerKept(c *Ctx) (shown bool, err error) {
	if k.Keeper == nil || c.cookie(k.cookies.kept) == "" || c.Actor.PersonID == "" {
		return false, nil
	}
	if c.Query(keptQuery) == keptSkip {
		c.setCookie(k.cookies.kept, "", -time.Second)
		return false, nil
	}
	kept, ok, err := k.Keeper.FormKept(c.Context(), c.Browser(), c.Actor.PersonID, c.Request().URL.EscapedPath())
	if err != nil || !ok {
		return false, err
	}
	view := public.KeptView{Action: kept.Action, LeaveHref: WithQuery(c.Request().URL.RequestURI(), keptQuery, keptSkip), Hidden: []tkit.Hidden{{Name: keptField, Value: "1"}}}
	for name, values := range kept.Values {
		for _, v := range values {
			view.Hidden = append(view.Hidden, tkit.Hidden{Name: name, Value: v})
		}
	}
	slices.SortStableFunc(view.Hidden, func(a, b tkit.Hidden) int { return strings.Compare(a.Name, b.Name) })
	return true, c.OK(public.Kept(c.Page(), view))
}

// dropKept forgets a kept form that has been sent once more.
func (k *Kit) dropKept(c *Ctx) error {
	if k.Keeper == nil || !c.form.Has(keptField) {
		return nil
	}
	c.setCookie(k.cookies.kept, "", -time.Second)
	return k.Keeper.DropForm(c.Context(), c.Browser())
}
