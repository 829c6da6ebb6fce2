package rules

import "reliefportal/app/calendar"

// window works out the applicant's time limit and what it does to the door.
//
// When the day of service is unknown the count starts from the latest of the dates service cannot precede: the result
// is safe, never too late. A door is late only when even the latest arguable end has passed.
func (p *Pack) window(e *Env, r *Remedy, d *Door) {
	w := r.Window
	if w == nil {
		return
	}
	if v, ok := e.known(w.From); ok {
		d.Window = e.result(w, w.From, v.Date)
		d.State = DoorUntil
		if d.Window.Left < 0 {
			d.State = DoorLate
		}
		return
	}
	d.Missing = append(d.Missing, w.From)
	d.State = DoorMaybe
	e.estimate(w, d)
	if d.Window != nil && d.Window.SafeOnly && d.Window.Left >= 0 && !p.askable(e, w.From) {
		d.State = DoorUntil
	}
}

// estimate bounds an unknown day of service from both sides.
func (e *Env) estimate(w *Window, d *Door) {
	from, start := e.bound(w.Earlier, calendar.Date.After)
	latest, last := e.bound(w.Later, calendar.Date.Before)
	if !latest.IsZero() && e.On.After(e.Calendar.End(latest, w.Period).LegalEnd) {
		d.State, d.Window = DoorLate, e.result(w, last, latest)
		return
	}
	if from.IsZero() {
		d.Missing = e.unasked(w, d.Missing)
		return
	}
	if latest.IsZero() || latest.After(e.On) {
		latest = e.On // whoever asks about a paper has it
	}
	d.Window = e.result(w, start, from)
	d.Window.SafeOnly = true
	end := e.Calendar.End(latest, w.Period)
	d.Window.Latest = &end
}

// unasked adds the bounding dates that could still be asked.
func (e *Env) unasked(w *Window, out []FactID) []FactID {
	for _, ids := range [][]FactID{w.Earlier, w.Later} {
		for _, id := range ids {
			if !e.Facts.Asked(id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// bound picks the known date that better leaves the tightest bound.
func (e *Env) bound(ids []FactID, better func(a, b calendar.Date) bool) (calendar.Date, FactID) {
	var best calendar.Date
	var from FactID
	for _, id := range ids {
		v, ok := e.known(id)
		if ok && !v.Date.IsZero() && (best.IsZero() || better(v.Date, best)) {
			best, from = v.Date, id
		}
	}
	return best, from
}

func (e *Env) result(w *Window, from FactID, start calendar.Date) *WindowResult {
	dl := e.Calendar.End(start, w.Period)
	return &WindowResult{Deadline: dl, From: from, Event: w.Event, Left: e.On.DaysUntil(dl.LegalEnd), Cite: w.Cite}
}
