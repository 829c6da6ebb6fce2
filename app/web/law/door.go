package law

import (
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	tkit "reliefportal/templates/kit"
)

func (v View) date(d calendar.Date) string { return i18n.Date(v.Lang, d) }

// Anchor is the id of a door's card on a page.
func Anchor(remedy string) string { return "door-" + remedy }

// Door shows how far one door stands open. Where its action leads is the page's business.
func (v View) Door(d rules.Door) tkit.Door {
	r := d.Remedy
	out := tkit.Door{ID: Anchor(r.ID), State: string(d.State), Title: v.Say(r.Plain), Fits: v.fits(d), Purpose: v.Say(r.Purpose),
		Meanwhile: v.Say(r.Stay.Text), Cites: v.Cites(d.Cites), Urgent: d.Urgent}
	if d.State == rules.DoorShut {
		out.Purpose, out.Meanwhile = "", ""
		return out
	}
	out.Decider, out.DeciderNote = v.decider(d)
	if w := d.Window; w != nil {
		out.Working = v.working(w)
		if d.State == rules.DoorUntil {
			out.Until = w.Deadline.LegalEnd
		}
		if rule, ok := v.Pack.Clock(clockOf(r)); ok && d.State == rules.DoorLate {
			out.WayBack = v.Say(rule.ExpiryText)
		}
	}
	return out
}

// clockOf is the clock rule behind a remedy's window.
func clockOf(r *rules.Remedy) string {
	if r.Window == nil {
		return ""
	}
	return r.Window.Clock
}

// fits is why the door fits; a door without a last day also says until when it stays open.
func (v View) fits(d rules.Door) string {
	lines := []string{v.Say(d.Why)}
	if d.Remedy.Window == nil && d.State != rules.DoorShut && !d.Remedy.NoWindow.Empty() {
		lines = append(lines, v.Say(d.Remedy.NoWindow))
	}
	return strings.Join(lines, "\n")
}

// decider names the body, with the reason; while the court is not known, the body in general words.
func (v View) decider(d rules.Door) (name, note string) {
	if d.Routing == nil {
		return v.Say(d.Remedy.Body), ""
	}
	switch rt := d.Routing; {
	case rt.Court != "" && !rt.Arbiter:
		return rt.Court, v.Say(rt.Reason)
	case !rt.Body.Empty():
		return v.Say(rt.Body), v.Say(rt.Reason)
	}
	return v.Say(d.Remedy.Body), ""
}

func (v View) working(w *rules.WindowResult) *tkit.DateWorking {
	return &tkit.DateWorking{Deadline: w.Deadline, Days: v.Pack.Calendar.Days(w.Deadline), Event: v.Say(w.Event), Left: w.Left,
		Safest: w.SafeOnly, Cite: v.Cite(w.Cite)}
}

// Working shows how a period ended up on its last day. event is what it runs from, in words.
func (v View) Working(dl calendar.Deadline, event string, today calendar.Date, cite rules.Cite) *tkit.DateWorking {
	return &tkit.DateWorking{Deadline: dl, Days: v.Pack.Calendar.Days(dl), Event: event, Left: today.DaysUntil(dl.LegalEnd), Cite: v.Cite(cite)}
}

// Ways are links to remedies by their plain names; href gives the address of one, empty leaves it out.
func (v View) Ways(ids []string, href func(id string) string) []tkit.Link {
	var out []tkit.Link
	for _, id := range ids {
		r, ok := v.Pack.Remedy(id)
		if !ok {
			continue
		}
		if to := href(id); to != "" {
			out = append(out, tkit.Link{Text: v.Say(r.Plain), Href: to})
		}
	}
	return out
}

// Unasked shows a way nobody has asked about yet: what it is for, without saying that it is open.
func (v View) Unasked(r *rules.Remedy) tkit.Door {
	return v.Door(rules.Door{Remedy: r, State: rules.DoorMaybe, Why: r.Purpose, Cites: r.Cites})
}

// Unfit shows a way that certainly has nothing to do with the answers given. It is not closed for good: other answers may lead to it.
func (v View) Unfit(r *rules.Remedy) tkit.Door {
	return tkit.Door{ID: Anchor(r.ID), State: string(rules.DoorShut), Title: v.Say(r.Plain), Fits: v.t("onedoor.unfit"), Cites: v.Cites(r.Cites)}
}
