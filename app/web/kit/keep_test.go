package kit

import (
	"testing"
	"time"
)

func TestKeep(t *testing.T) {
	keep := func(c *Ctx) error {
		c.Keep("contact", "林@example.com", time.Minute)
		return c.To(RouteStart)
	}
	show := func(c *Ctx) error {
		value, ok := c.Kept(c.Query("name"))
		if !ok {
			value = "nothing"
		}
		return c.Text(200, value)
	}
	drop := func(c *Ctx) error {
		c.Drop("contact")
		return c.To(RouteStart)
	}
	b := newBench(t, Route{Method: "POST", Path: "/keep", Name: "keep", Who: Anyone, Handler: keep},
		Route{Method: "GET", Path: "/kept", Name: "kept", Who: Anyone, Handler: show},
		Route{Method: "POST", Path: "/drop", Name: "drop", Who: Anyone, Handler: drop})
	w := b.browser()
	kept := func(w *browser, name, want string) {
		t.Helper()
		if got := w.get("/kept?name=" + name).Body.String(); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	kept(w, "contact", "nothing")
	w.post("/keep", nil)
	kept(w, "contact", "林@example.com")

	cookie := w.cookies["__Host-keep-contact"]
	renamed := *cookie
	renamed.Name = "__Host-keep-other"
	w.cookies[renamed.Name] = &renamed
	kept(w, "other", "nothing") // not under another name
	thief := b.browser()
	thief.token()
	thief.cookies["__Host-keep-contact"] = cookie
	kept(thief, "contact", "nothing") // not in another browser
	altered := *cookie
	altered.Value = "A" + altered.Value[1:]
	w.cookies["__Host-keep-contact"] = &altered
	kept(w, "contact", "nothing")

	w.cookies["__Host-keep-contact"] = cookie
	w.post("/drop", nil)
	kept(w, "contact", "nothing")
}
