package caller

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"reliefportal/app/callback"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// offer shows a case that nobody, or somebody else, holds, or that is closed: who it is, and the button that takes it when it may be taken.
func (p pages) offer(c *kit.Ctx, status int, v callback.View) error {
	page, title := c.Page(), c.T("call.case", "Number", callback.Short(v.ID))
	page.Back = c.Path("caller.list")
	lines := []string{v.Person, c.T("call.try", "N", len(v.Attempts)+1)}
	if said := last(c, v); said != "" {
		lines = append(lines, c.T("call.last_was", "Last", said))
	}
	inner := []templ.Component{heading(title, strings.Join(lines, " · "))}
	why, err := p.whyNot(c, v)
	if err != nil {
		return err
	}
	if why != "" {
		inner = append(inner, tkit.Lamp(why))
	} else {
		inner = append(inner, tkit.Lamp(c.T("ring.take_text")),
			within(tkit.Form(page, tkit.FormOpts{Action: c.Path("caller.claim", v.ID)}), tkit.Button(tkit.ButtonOpts{Text: c.T("ring.take")})))
	}
	return c.Show(status, within(tkit.StaffLayout(page, title), inner...))
}

// whyNot says why a case cannot be taken now; empty when it can.
func (p pages) whyNot(c *kit.Ctx, v callback.View) (string, error) {
	switch {
	case v.Status != callback.Open:
		return c.T("callback.closed"), nil
	case v.Alone:
		return c.T("ring.alone", "Until", v.Until), nil
	case v.Referred:
		return c.T("callback.referred"), nil
	case v.TakenBy != "":
		name, err := p.Accounts.NameOf(c.Context(), v.TakenBy)
		return c.T("ring.taken", "Who", name, "Until", v.Until), err
	case !v.Open:
		return c.T("call.not_now", "Hours", hours(c, v.Today)), nil
	case v.Blocked != "":
		return blocked(c, v.Blocked), nil
	case v.Now.Before(v.DueAt):
		return c.T("ring.not_due", "At", v.DueAt), nil
	}
	return "", nil
}

// blocked words a limit on calling. The limits are the portal's own, so that nobody is pressed.
func blocked(c *kit.Ctx, limit string) string {
	switch limit {
	case "callback.cap_day":
		return c.T("callback.cap_day")
	case "callback.cap_connected":
		return c.T("callback.cap_connected")
	case "callback.cap_slot":
		return c.T("callback.cap_slot")
	}
	return c.T("callback.cap_total")
}

// fillIn puts the caller into the words of consent. The words themselves are never changed.
func fillIn(words, name, number, minutes string) string {
	return strings.NewReplacer("{name}", name, "{number}", number, "{minutes}", minutes).Replace(words)
}

// within puts components inside another.
func within(outer templ.Component, inner ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, templ.Join(inner...)), w)
	})
}

func heading(title, line string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<h1>"+templ.EscapeString(title)+"</h1><p>"+templ.EscapeString(line)+"</p>")
		return err
	})
}
