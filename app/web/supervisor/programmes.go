package supervisor

import (
	"slices"
	"strconv"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// programmes lists the programmes of calls of the bodies this person supervises, and the standing ones.
func (p pages) programmes(c *kit.Ctx) error {
	all, err := p.Callbacks.Programmes(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.ProgrammesView{Tabs: tabs(c, "supervisor.programmes"), NewHref: c.Path("supervisor.plan")}
	for _, x := range all {
		view.Rows = append(view.Rows, views.ProgrammeRow{Href: c.Path("supervisor.programme", x.ID), Name: x.Name().In(c.Lang),
			Instrument: p.instrument(c, x.Instrument), Owner: p.owner(c, x), Days: days(c, x), Status: programmeStatus(c, x.Status)})
	}
	return c.OK(views.Programmes(c.Page(), view))
}

func (p pages) instrument(c *kit.Ctx, id string) string {
	if inst, ok := p.Packs.On(c.Today()).Survey(id); ok {
		return inst.Title.In(c.Lang)
	}
	return id
}

func (p pages) owner(c *kit.Ctx, x callback.Programme) string {
	if x.Standing() {
		return c.T("programme.standing")
	}
	return p.Bodies.BodyName(c.Context(), *x.OwnerBodyID)
}

func days(c *kit.Ctx, x callback.Programme) string {
	if x.ToOn.IsZero() {
		return c.T("programme.since", "From", i18n.DateShort(c.Lang, x.FromOn))
	}
	return c.T("programme.span", "From", i18n.DateShort(c.Lang, x.FromOn), "To", i18n.DateShort(c.Lang, x.ToOn))
}

func programmeStatus(c *kit.Ctx, s callback.ProgrammeStatus) tkit.Tag {
	switch s {
	case callback.Running:
		return tkit.Tag{Text: c.T("programme.running"), Tone: "open"}
	case callback.Stopped:
		return tkit.Tag{Text: c.T("programme.stopped"), Tone: "shut"}
	}
	return tkit.Tag{Text: c.T("programme.draft"), Tone: "maybe"}
}

func eventName(c *kit.Ctx, e rules.CallEvent) string {
	switch e {
	case rules.EventExecuted:
		return c.T("programme.event_executed")
	case rules.EventServed:
		return c.T("programme.event_served")
	case rules.EventClosed:
		return c.T("programme.event_closed")
	case rules.EventLifted:
		return c.T("programme.event_lifted")
	}
	return c.T("programme.event_half_year")
}

func partyName(c *kit.Ctx, p rules.Party) string {
	switch p {
	case rules.Creditor:
		return c.T("programme.party_creditor")
	case rules.ThirdParty:
		return c.T("programme.party_third")
	}
	return c.T("programme.party_respondent")
}

// percent writes thousandths as a percentage.
func percent(perMille int) string {
	if perMille%10 == 0 {
		return strconv.Itoa(perMille / 10)
	}
	return strconv.Itoa(perMille/10) + "." + strconv.Itoa(perMille%10)
}

// programme shows one programme: plan, draw with its frame, progress.
func (p pages) programme(c *kit.Ctx) error {
	id := c.Param("id")
	scope := "frame/" + id
	var before callback.Cursor
	later, err := c.ReadCursor(scope, &before)
	if err != nil {
		return err
	}
	draw, err := p.Callbacks.DrawOf(c.Context(), c.Actor, id, before)
	if err != nil {
		return err
	}
	progress, err := p.Callbacks.ProgressOf(c.Context(), c.Actor, id)
	if err != nil {
		return err
	}
	view := p.programmeView(c, draw, progress)
	if later {
		view.FirstHref = c.Path("supervisor.programme", id)
	}
	if draw.Next != nil {
		next, err := c.Cursor(scope, draw.Next)
		if err != nil {
			return err
		}
		view.NextHref = kit.WithQuery(c.Path("supervisor.programme", id), "after", next)
	}
	return c.OK(views.Programme(c.Page(), view))
}

func (p pages) programmeView(c *kit.Ctx, d callback.Draw, progress callback.ProgrammeProgress) views.ProgrammeView {
	x := d.Programme
	view := views.ProgrammeView{Name: x.Name().In(c.Lang), Status: programmeStatus(c, x.Status), Version: x.Version, ListHref: c.Path("supervisor.programmes"), FiguresHref: c.Path("supervisor.figures", x.ID),
		About: []tkit.SummaryRow{{Key: c.T("programme.instrument"), Value: p.instrument(c, x.Instrument)}, {Key: c.T("programme.owner"), Value: p.owner(c, x)},
			{Key: c.T("programme.days"), Value: days(c, x)}, {Key: c.T("programme.seed"), Value: x.Seed, Note: c.T("programme.seed_note")}},
		Progress: progressRows(c, progress), Classes: p.classes(c, progress), Strata: p.strata(c, d), Reasons: reasons(c, d)}
	if callback.MayRun(c.Actor, x) {
		switch x.Status {
		case callback.Drafted:
			view.EditHref, view.StartAction = c.Path("supervisor.replan", x.ID), c.Path("supervisor.start", x.ID)
		case callback.Running:
			view.StopAction = c.Path("supervisor.stop", x.ID)
		}
	}
	for _, r := range d.Rows {
		view.Frame = append(view.Frame, views.FrameRow{At: r.At, Number: callback.Short(r.ID), Event: eventName(c, r.Event), Party: partyName(c, r.Party),
			Body: p.Bodies.BodyName(c.Context(), r.BodyID), Chance: strconv.Itoa(r.Chance), State: frameState(c, r.State), Reason: reason(c, r.Reason)})
	}
	return view
}

func progressRows(c *kit.Ctx, x callback.ProgrammeProgress) []tkit.SummaryRow {
	row := func(key string, n int) tkit.SummaryRow { return tkit.SummaryRow{Key: c.T(key), Value: strconv.Itoa(n)} }
	return []tkit.SummaryRow{row("programme.drawn", x.Drawn), row("programme.open_cases", x.Open), row("programme.final", x.Final),
		row("programme.referred", x.Referred), row("programme.missed", x.Missed),
		{Key: c.T("programme.checks"), Value: c.T("programme.checks_of", "Done", x.RedialsOf["done"], "All", x.RedialsOf["done"]+x.RedialsOf["open"]+x.RedialsOf["lapsed"])}}
}

// classes add up what the cases have come to, by outcome.
func (p pages) classes(c *kit.Ctx, x callback.ProgrammeProgress) []views.ClassRow {
	calls := p.Packs.On(c.Today()).Calls
	var out []views.ClassRow
	for _, t := range x.ByClass {
		label := c.T("programme.untried")
		if o, ok := calls.Outcome(t.Code); ok {
			label = o.Label.In(c.Lang)
		}
		if i := slices.IndexFunc(out, func(r views.ClassRow) bool { return r.Label == label }); i >= 0 {
			out[i].N += t.N
			continue
		}
		out = append(out, views.ClassRow{Label: label, Code: t.AAPOR + " " + t.Class, N: t.N})
	}
	return out
}

func (p pages) strata(c *kit.Ctx, d callback.Draw) []views.StratumRow {
	var out []views.StratumRow
	for _, s := range d.Programme.Strata {
		row := views.StratumRow{Event: eventName(c, s.Event), Party: partyName(c, s.Party), Share: percent(s.PerMille) + " %", Quota: c.T("programme.no_quota")}
		if s.BodyID != "" {
			row.Body = p.Bodies.BodyName(c.Context(), s.BodyID)
		}
		if s.Quota > 0 {
			row.Quota = strconv.Itoa(s.Quota)
		}
		for _, n := range d.Counts {
			if n.Stratum != s.ID {
				continue
			}
			row.InFrame += n.N
			switch n.State {
			case callback.Excluded:
				row.Excluded += n.N
			case callback.Drawn:
				row.Drawn += n.N
			}
		}
		out = append(out, row)
	}
	return out
}

// reasons count those left out by reason.
func reasons(c *kit.Ctx, d callback.Draw) []tkit.SummaryRow {
	count := map[string]int{}
	var order []string
	for _, n := range d.Counts {
		if n.State == callback.Excluded {
			if count[n.Reason] == 0 {
				order = append(order, n.Reason)
			}
			count[n.Reason] += n.N
		}
	}
	var out []tkit.SummaryRow
	for _, r := range order {
		out = append(out, tkit.SummaryRow{Key: reason(c, r), Value: strconv.Itoa(count[r])})
	}
	return out
}

func reason(c *kit.Ctx, code string) string {
	switch code {
	case "":
		return ""
	case callback.ExcludedRecent:
		return c.T("programme.why_recent")
	case callback.ExcludedOpen:
		return c.T("programme.why_open")
	case callback.ExcludedContact:
		return c.T("programme.why_contact")
	case callback.ExcludedSurvey:
		return c.T("programme.why_survey")
	case callback.ExcludedQuota:
		return c.T("programme.why_quota")
	}
	return c.T("programme.why_stopped")
}

func frameState(c *kit.Ctx, s callback.FrameState) tkit.Tag {
	switch s {
	case callback.Drawn:
		return tkit.Tag{Text: c.T("programme.is_drawn"), Tone: "open"}
	case callback.NotDrawn:
		return tkit.Tag{Text: c.T("programme.not_drawn"), Tone: "shut"}
	}
	return tkit.Tag{Text: c.T("programme.is_excluded"), Tone: "maybe"}
}

func (p pages) startProgramme(c *kit.Ctx) error {
	if err := p.Callbacks.Start(c.Context(), c.Actor, c.Param("id"), formVersion(c)); err != nil {
		return err
	}
	c.Flash("programme.flash_started")
	return c.To("supervisor.programme", c.Param("id"))
}

func (p pages) stopProgramme(c *kit.Ctx) error {
	if err := p.Callbacks.Stop(c.Context(), c.Actor, c.Param("id"), formVersion(c)); err != nil {
		return err
	}
	c.Flash("programme.flash_stopped")
	return c.To("supervisor.programme", c.Param("id"))
}

// owners are the bodies this person may run programmes for.
func (p pages) owners(c *kit.Ctx) []tkit.Option {
	var out []tkit.Option
	for _, id := range c.Actor.Bodies(account.RoleSupervisor) {
		out = append(out, tkit.Option{Value: id, Label: p.Bodies.BodyName(c.Context(), id)})
	}
	return out
}
