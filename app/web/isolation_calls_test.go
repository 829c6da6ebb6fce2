package web_test

import (
	"bytes"
	"net/http"
	"slices"
	"testing"

	"reliefportal/app/callback"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/kit"
)

// callbackObjects are the kinds of objects that say who was asked, or what was answered.
var callbackObjects = []kit.Object{kit.CallbackCase, kit.Finding, kit.Promise, kit.Redial, kit.Referral, kit.Programme}

// TestCallbackIsolation takes every row of the route table that leads to a case, an answer, a finding or a promised call, and asks for it as everybody
// who works for the body asked about, its own caller included: there is nothing. Nor is what was said, or that somebody was asked, on any page
// that these people may open, the filing itself included.
func TestCallbackIsolation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		asked, canary := 0, w.answered(t)
		for _, route := range w.Routes {
			for _, p := range w.peopleOf(t, firstBody) {
				switch {
				case slices.Contains(callbackObjects, route.Object):
					asked++
					if got := w.ask(t, route, p, own); got.Status != http.StatusNotFound {
						t.Errorf("%s %s as %s: %d", route.Method, route.Path, p.name, got.Status)
					}
				case route.Method == http.MethodGet && route.Who.Admits(p.actor) && (route.Object == kit.None || route.Object == kit.FilingBody):
					got := w.ask(t, route, p, own)
					for _, never := range canary {
						if bytes.Contains(got.Body, []byte(never)) {
							t.Errorf("%s as %s says %q", route.Path, p.name, never)
						}
					}
				}
			}
		}
		t.Logf("%d times nothing was found on %s", asked, db.Dialect())
		if asked < 100 {
			t.Errorf("only %d rows lead to what was said", asked)
		}
	})
}

// peopleOf are the people of the world who hold an office at a body.
func (w *world) peopleOf(t *testing.T, body string) []*person {
	about, _ := w.Directory.BodyByName(t.Context(), body)
	return slices.DeleteFunc(slices.Clone(w.people), func(p *person) bool {
		for _, g := range p.actor.Grants {
			if g.BodyID == about.ID {
				return false
			}
		}
		return true
	})
}

// answered has the first debtor answer a caller, with a red flag and words of his own, and returns what nobody of the body may read.
func (w *world) answered(t *testing.T) []string {
	t.Helper()
	ctx, a := t.Context(), w.person("caller").actor
	id := makeCase(t, w, kit.Route{}, own)["id"]
	v, err := w.Callbacks.Case(ctx, a, id)
	if err != nil {
		t.Fatal(err)
	}
	now := w.Clock.Now()
	w.Clock.Set(v.DueAt)
	c, err := w.Callbacks.Claim(ctx, a, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = w.Callbacks.Consent(ctx, a, id, c.Version); err != nil {
		t.Fatal(err)
	}
	const words = "有人半夜来敲门"
	if _, err = w.Callbacks.Answer(ctx, a, id, callback.Reply{Item: v.Instrument.Items[0].ID, Value: "yes", Words: words}); err != nil {
		t.Fatal(err)
	}
	if err := w.Callbacks.Release(ctx, a, id); err != nil {
		t.Fatal(err)
	}
	w.Clock.Set(now)
	return []string{words, "/staff/calls/" + id, id}
}
