package reviewer

import (
	"slices"

	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/means"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// workspace shows one filing: its papers beside its facts, how the rules came to this body, what was done, and what can be done now.
func (p pages) workspace(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	if err := p.Filings.NoteOpened(c.Context(), c.Actor, d.Filing); err != nil {
		return err
	}
	view := views.WorkspaceView{Number: number(d.Filing), Title: d.title(), Person: d.person, Status: status(c, d.Filing),
		Received: d.ReceivedOn(), PackName: d.law.Say(d.law.Pack.Title), Facts: facts(d), QueueHref: c.Path(kit.RouteStaffHome),
		Division: p.Bodies.DivisionOrDefault(c.Context(), d.Owner(), d.OwnerDivision, c.Today()).Named(c.Lang)}
	for _, fill := range []func(*kit.Ctx, desk, *views.WorkspaceView) error{p.clock, p.people, p.papers, p.past, p.ruled, p.typed, p.represented, p.timing, p.matter} {
		if err := fill(c, d, &view); err != nil {
			return err
		}
	}
	if err := p.sheets(c, d, &view); err != nil {
		return err
	}
	told, err := p.Reviews.Versions(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	view.Letters = papersOfDecision(c, d.Filing, told)
	signs, err := p.signs(c, d)
	if err != nil {
		return err
	}
	view.Actions = append(slices.Concat(signs, actions(c, d)), corrections(c, d, told)...)
	view.Besides = besides(c, d)
	if d.may(c, filing.ActAssign) && filing.MayHandle(c.Actor, d.Owner(), d.OwnerDivision) {
		view.ClaimAction, view.Version = c.Path("reviewer.claim", d.ID), d.Version
	}
	if d.may(c, filing.ActRecall) {
		view.RecallAction, view.Version = c.Path("reviewer.recall", d.ID), d.Version
	}
	if len(view.Actions) == 0 {
		view.Idle = idle(c, d, view.Owner)
	}
	return c.OK(views.Workspace(c.Page(), view))
}

// clock fills in what is owed until when, and by which rule.
func (p pages) clock(c *kit.Ctx, d desk, view *views.WorkspaceView) error {
	clock, running, err := p.Filings.NextClock(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	var rule rules.ClockRule
	if running {
		_, rule = filing.Deadline(d.law.Pack, clock)
		view.HasDue, view.Due, view.Left = true, clock.LegalEndOn, c.Today().DaysUntil(clock.LegalEndOn)
		view.Duty, view.Length = d.law.Say(rule.Title), i18n.Period(c.Lang, rule.Length)
	}
	view.Trace = trace(c, d, rule)
	return nil
}

// people fills in who has the filing and who never may.
func (p pages) people(c *kit.Ctx, d desk, view *views.WorkspaceView) (err error) {
	if d.ReviewerID != nil {
		if view.Owner, err = p.Reviews.NameOf(c.Context(), *d.ReviewerID); err != nil {
			return err
		}
	}
	view.TookPart, err = p.Reviews.TookPart(c.Context(), d.Filing)
	return err
}

// matter fills in the panel, and, while the filing waits to be taken up, others that may be about the same matter.
func (p pages) matter(c *kit.Ctx, d desk, view *views.WorkspaceView) (err error) {
	if d.Status == filing.Submitted && d.OwnerDivision != filing.DivisionRouting {
		view.Hints, err = p.hints(c, d)
		return err
	}
	if _, needed, err := p.Reviews.PanelRule(d.Filing); err != nil || !needed || d.ReviewerID == nil {
		return err
	}
	view.PanelHref = c.Path("reviewer.panel", d.ID)
	now, _, err := p.Reviews.Panel(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	view.Panel, err = p.seated(c, now)
	return err
}

// past fills in what happened, the newest first.
func (p pages) past(c *kit.Ctx, d desk, view *views.WorkspaceView) error {
	events, err := p.Filings.Timeline(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	for _, e := range events {
		title, text := d.law.HandedOn(c.Context(), p.Bodies, e)
		if title == "" {
			title = happened(c, e.Kind)
		}
		if title != "" {
			view.Events = append(view.Events, tkit.Event{State: "done", At: e.At, Title: title, Text: text})
		}
	}
	return nil
}

// ruled fills in the decision, once there is one.
func (p pages) ruled(c *kit.Ctx, d desk, view *views.WorkspaceView) error {
	dec, text, ok, err := p.Reviews.DecisionOf(c.Context(), d.Filing)
	if err != nil || !ok {
		return err
	}
	by, err := p.Reviews.NameOf(c.Context(), dec.DecidedBy)
	if err != nil {
		return err
	}
	view.Decision = &views.DecisionText{Disposition: ended(c, dec.Disposition, d.remedy), Ground: grounds(d, dec.Codes(), c.Lang), Text: text,
		By: by, Decided: calendar.DateOf(dec.DecidedAt), Served: dec.ServedOn}
	return nil
}

// timing fills in whether the filing came within its time limit, and the outages it took along.
func (p pages) timing(c *kit.Ctx, d desk, view *views.WorkspaceView) error {
	took, err := p.Filings.TookAlong(c.Context(), d.ID)
	if err != nil {
		return err
	}
	view.Outages = law.Outages(c.Lang, took)
	t := filing.TimingOn(d.law.Pack, d.Filing.Remedy, d.facts, d.ReceivedOn(), p.Bodies)
	if t.Window == nil {
		return nil
	}
	last := t.Window.Deadline.LegalEnd
	switch {
	case t.Late:
		view.Timing = c.T("work.came_late", "Last", last)
	case t.InTime:
		view.Timing = c.T("work.came_in_time", "Last", last)
	default:
		view.Timing = c.T("work.came_unsure", "Last", last)
	}
	return nil
}

// facts are the answers of the filing: those its own pages asked first, then the others, each in the order of the pack.
func facts(d desk) []views.Fact {
	var out []views.Fact
	shown := map[rules.FactID]bool{}
	add := func(id rules.FactID) {
		val, ok := d.facts[id]
		fact, known := d.law.Pack.Fact(id)
		if !ok || !known || shown[id] || id == means.FactMeans { // the statement has a page of its own
			return
		}
		shown[id] = true
		row := views.Fact{ID: string(id), Label: d.law.Say(fact.Label), Value: d.law.Answer(id, val)}
		if id == filing.FactExecCourt {
			row.Source = d.law.CourtRemark(d.facts)
		}
		out = append(out, row)
	}
	add(filing.FactApplicant)
	add(filing.FactCaseNumber)
	add(filing.FactExecCourt)
	for _, q := range d.law.Pack.FilingQuestions(d.remedy, d.facts) {
		add(q.Fact)
	}
	for _, f := range d.law.Pack.Facts {
		add(f.ID)
	}
	return out
}

// actions are links to what this person may do now, the next step first.
func actions(c *kit.Ctx, d desk) []tkit.Link {
	var out []tkit.Link
	add := func(act filing.Action, text, href string) {
		if d.may(c, act) {
			out = append(out, tkit.Link{Text: text, Href: href})
		}
	}
	add(filing.ActDesignate, c.T("work.designate"), c.Path("reviewer.designate", d.ID))
	add(filing.ActAccept, c.T("accept.title"), c.Path("reviewer.accept", d.ID))
	add(filing.ActAsk, c.T("ask.title"), c.Path("reviewer.ask", d.ID))
	add(filing.ActRefuse, c.T("refuse.title"), c.Path("reviewer.refuse", d.ID))
	add(filing.ActDecide, c.T("decide.title"), c.Path("reviewer.decide", d.ID))
	add(filing.ActAssign, c.T("assign.title"), c.Path("reviewer.assign", d.ID))
	add(filing.ActServe, c.T("serve.title"), c.Path("reviewer.serve", d.ID))
	add(filing.ActOffer, c.T("handon.title"), c.Path("reviewer.offer", d.ID))
	return out
}

// besides are links to what can be done about a filing beside its next step.
func besides(c *kit.Ctx, d desk) []tkit.Link {
	var out []tkit.Link
	if review.MayTell(c.Actor, d.Filing) && d.Status == filing.Reviewing {
		out = append(out, tkit.Link{Text: c.T("party.title"), Href: c.Path("reviewer.parties", d.ID)})
	}
	if d.may(c, filing.ActRelease) {
		out = append(out, tkit.Link{Text: c.T("release.title"), Href: c.Path("reviewer.release", d.ID)})
	}
	if d.OwnerDivision != rules.DivImplementing && review.MayStandAside(c.Actor, d.Filing, c.Actor.PersonID) {
		out = append(out, tkit.Link{Text: c.T("aside.title"), Href: c.Path("reviewer.aside", d.ID)})
	}
	return out
}

// idle says why there is nothing to do for this person.
func idle(c *kit.Ctx, d desk, owner string) string {
	switch {
	case !d.Status.Open():
		return c.T("work.idle_closed")
	case d.Status == filing.Supplement:
		return c.T("work.idle_waiting")
	case d.HandedOn():
		return c.T("handon.waiting")
	case owner != "":
		return c.T("work.idle_owner", "Owner", owner)
	}
	return c.T("work.idle_other")
}

// status is where the filing stands, as a tag.
func status(c *kit.Ctx, f filing.Filing) tkit.Tag {
	if f.Overdue {
		return tkit.Tag{Text: c.T("work.overdue"), Tone: "due"}
	}
	switch f.Status {
	case filing.Submitted:
		return tkit.Tag{Text: c.T("work.status_submitted"), Tone: "maybe"}
	case filing.Supplement:
		return tkit.Tag{Text: c.T("work.tab_waiting"), Tone: "late"}
	case filing.Reviewing:
		return tkit.Tag{Text: c.T("work.status_reviewing"), Tone: "open"}
	case filing.Decided:
		return tkit.Tag{Text: c.T("work.status_decided"), Tone: "open"}
	case filing.Draft, filing.Closed: // a draft is on nobody's desk
	}
	return tkit.Tag{Text: c.T("work.status_closed"), Tone: "shut"}
}
