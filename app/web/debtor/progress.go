package debtor

import (
	"slices"

	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// progress shows both clocks, what happened, and the ways on.
func (p pages) progress(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if !o.isFiled() {
		return p.resume(c)
	}
	next, err := p.Filings.NextDoors(c.Context(), o.Filing, o.facts)
	if err != nil {
		return err
	}
	view := views.ProgressView{CaseNumber: o.CaseNumber, Code: o.Code(), Remedy: o.plain(), Heading: heading(c, o), Next: p.nextDoors(c, o, next),
		ReceiptHref: c.Path("debtor.receipt", o.ID)}
	if view.Mine, view.Theirs, err = p.clocks(c, o, next); err != nil {
		return err
	}
	if err := p.beside(c, o, &view); err != nil {
		return err
	}
	if o.Overdue {
		view.Late = late(c, view)
	}
	if view.Events, err = p.events(c, o, view); err != nil {
		return err
	}
	docs, err := p.Files.List(c.Context(), o.ID)
	if err != nil {
		return err
	}
	if view.Files, err = p.arrived(c, o, docs); err != nil {
		return err
	}
	view.HelpersHref = c.Path("debtor.helpers", o.ID)
	if view.RecusalHref, err = p.recusalHref(c, o); err != nil {
		return err
	}
	if view.Additions, err = p.additions(c, o); err != nil {
		return err
	}
	if _, can := filing.Next(o.Status, filing.ActWithdraw); can {
		view.WithdrawHref = c.Path("debtor.withdraw", o.ID)
		view.AddressHref = c.Path("debtor.address", o.ID) // as long as something can still be served
	}
	switch {
	case o.Status == filing.Supplement:
		view.AddHref = c.Path("debtor.supplement", o.ID)
	case slices.Contains(filing.AddableIn, o.Status):
		view.AddHref = c.Path("debtor.add", o.ID)
	}
	page := c.Page()
	page.Back = c.Path(kit.RouteDebtorHome)
	return c.OK(views.Progress(page, view))
}

// additions lead to the receipts of what was added later.
func (p pages) additions(c *kit.Ctx, o own) ([]tkit.Link, error) {
	all, err := p.Files.Additions(c.Context(), o.ID)
	var out []tkit.Link
	for _, a := range all {
		out = append(out, tkit.Link{Text: c.T("added.link", "N", int(a.Number), "At", i18n.DateTime(c.Lang, a.At)), Href: p.addedPath(c, o.ID, a)})
	}
	return out, err
}

// late says that the body's day has passed; that the next step is drafted it says only where it is.
func late(c *kit.Ctx, view views.ProgressView) string {
	day := i18n.DayMonth(c.Lang, view.Theirs.Due)
	if view.DraftHref == "" {
		return c.T("progress.late_told", "Date", day, "Body", view.Theirs.Body)
	}
	return c.T("progress.late", "Date", day, "Body", view.Theirs.Body)
}

// heading says where the filing stands.
func heading(c *kit.Ctx, o own) string {
	switch o.Status {
	case filing.Supplement:
		return c.T("progress.head_supplement")
	case filing.Reviewing:
		return c.T("progress.head_reviewing")
	case filing.Decided:
		return c.T("progress.head_decided")
	case filing.Closed:
		if o.Outcome != nil && filing.Outcome(*o.Outcome) == filing.Withdrawn {
			return c.T("progress.head_withdrawn")
		}
		return c.T("progress.head_closed")
	}
	return c.T("progress.head_submitted")
}

// clocks are the person's own time and the body's.
func (p pages) clocks(c *kit.Ctx, o own, next []filing.NextDoor) (mine, theirs tkit.Clock, err error) {
	mine, theirs = tkit.Clock{Mine: true, State: "none"}, tkit.Clock{State: "none"}
	clock, running, err := p.Filings.NextClock(c.Context(), o.Filing)
	if err != nil {
		return mine, theirs, err
	}
	switch {
	case !running:
		return appliesUntil(c, o, mine, next), theirs, nil
	case clock.Who == rules.WhoApplicant:
		mine = o.clock(c, clock)
		mine.Mine, mine.Body = true, ""
		mine.Action = tkit.Link{Text: c.T("progress.add_now"), Href: c.Path("debtor.supplement", o.ID)}
		theirs.State, theirs.Note = "paused", c.T("progress.paused")
		return mine, theirs, nil
	}
	theirs = o.clock(c, clock)
	theirs.Body = p.Bodies.BodyName(c.Context(), o.Owner())
	if len(next) > 0 {
		mine.Note, mine.Action = c.T("progress.may_act"), tkit.Link{Text: c.T("progress.see_next"), Href: "#" + nextAnchor(next[0].Door)}
	}
	theirs.Note = c.T("progress.with", "Body", p.place(c, theirs.Body, o.OwnerDivision, c.Today())) + "\n" + theirs.Note
	return mine, theirs, nil
}

// soon is how many days before the end a clock turns to "soon".
const soon = 3

// clock shows one running or missed clock of the filing.
func (o own) clock(c *kit.Ctx, clock filing.Clock) tkit.Clock {
	dl, rule := filing.Deadline(o.law.Pack, clock)
	out := tkit.Clock{State: "running", Left: c.Today().DaysUntil(dl.LegalEnd), Start: dl.Start, Due: dl.LegalEnd, StartLabel: c.T("progress.start"),
		Duty: o.law.Say(rule.Title), Note: o.law.Say(rule.ExpiryText), Cites: []tkit.Cite{o.law.Cite(rule.Cite)}}
	switch {
	case clock.State == filing.Missed || out.Left < 0:
		out.State = "missed"
	case out.Left <= soon:
		out.State = "soon"
	}
	return out
}

// appliesUntil turns the first next way with a last day into the person's own clock.
func appliesUntil(c *kit.Ctx, o own, mine tkit.Clock, next []filing.NextDoor) tkit.Clock {
	for _, n := range next {
		w := n.Door.Window
		if w == nil || w.Left < 0 {
			continue
		}
		mine.State, mine.Left, mine.Start, mine.Due = "running", w.Left, w.Deadline.Start, w.Deadline.LegalEnd
		if w.Left <= soon {
			mine.State = "soon"
		}
		mine.StartLabel, mine.Duty, mine.Note = c.T("progress.served"), o.law.Say(n.Door.Remedy.Plain), o.law.Say(n.Why)
		mine.Cites = []tkit.Cite{o.law.Cite(w.Cite)}
		mine.Action = tkit.Link{Text: c.T("progress.see_next"), Href: "#" + nextAnchor(n.Door)}
		return mine
	}
	return mine
}

func nextAnchor(d rules.Door) string { return "door-" + d.Remedy.ID }

// nextDoors are the ways on from here; one that the portal takes in is drafted with one press.
func (p pages) nextDoors(c *kit.Ctx, o own, next []filing.NextDoor) []tkit.Door {
	var out []tkit.Door
	for _, n := range next {
		card := o.law.Door(n.Door)
		if why := o.law.Say(n.Why); why != "" {
			card.Fits = why
		}
		card.Ways = o.law.Ways(n.Door.Ways, func(id string) string { return c.Path("public.door", id) })
		card.Href = c.Path("public.door", n.Door.Remedy.ID)
		if n.Door.Remedy.Kind == rules.KindFiling && n.Door.State != rules.DoorShut {
			card.Href, card.Post = c.Path("debtor.next", o.ID, n.Door.Remedy.ID), true
			card.Hidden = []tkit.Hidden{{Name: startToken, Value: store.NewID()}}
		}
		out = append(out, card)
	}
	return out
}

// events are what is expected, what happened, and what came of the call-back, newest first.
func (p pages) events(c *kit.Ctx, o own, view views.ProgressView) ([]tkit.Event, error) {
	var out []tkit.Event
	for _, clock := range []tkit.Clock{view.Mine, view.Theirs} {
		if clock.State != "none" && clock.State != "paused" {
			out = append(out, tkit.Event{State: expected(clock), On: clock.Due, Title: clock.Duty})
		}
	}
	said, err := p.findings(c, o)
	if err != nil {
		return nil, err
	}
	past, err := p.Filings.Timeline(c.Context(), o.Filing)
	if err != nil {
		return nil, err
	}
	out = append(out, said...)
	for _, e := range past {
		if title, text := p.told(c, o, e); title != "" {
			event := tkit.Event{State: "done", At: e.At, Title: title, Text: join(text, p.byWhom(c, o, e))}
			if e.Kind == "filing.serve" {
				event.Link = tkit.Link{Text: c.T("progress.read"), Href: c.Path("debtor.decision", o.ID)}
			}
			out = append(out, event)
		}
	}
	return out, nil
}

func expected(clock tkit.Clock) string {
	if clock.Mine {
		return "wait"
	}
	return "next"
}

// findings are the answers to what the person said in a call, about this filing.
func (p pages) findings(c *kit.Ctx, o own) ([]tkit.Event, error) {
	all, err := p.Findings.FindingsFor(c.Context(), c.Actor.PersonID)
	if err != nil {
		return nil, err
	}
	var out []tkit.Event
	for _, f := range all {
		if f.FilingID != o.ID {
			continue
		}
		owner := p.Bodies.BodyName(c.Context(), f.OwnerBodyID)
		event := tkit.Event{State: "done", At: f.AnsweredAt, Title: c.T("progress.finding_answered", "Body", owner), Text: f.Answer}
		if f.Answer == "" {
			event = tkit.Event{State: "next", On: lastDay(f.AnswerBy), Title: c.T("progress.finding_open", "Body", owner), Text: o.law.Say(f.Label)}
		}
		out = append(out, event)
	}
	return out, nil
}
