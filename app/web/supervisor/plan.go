package supervisor

import (
	"slices"
	"strconv"
	"strings"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// planNew is the empty form of a programme.
func (p pages) planNew(c *kit.Ctx) error {
	view, err := p.blankPlan(c)
	if err != nil {
		return err
	}
	view.From = c.Today().String()
	return c.OK(views.ProgrammeForm(c.Page(), view))
}

func (p pages) blankPlan(c *kit.Ctx) (view views.ProgrammeFormView, err error) {
	view = views.ProgrammeFormView{Title: "programme.new", Action: c.Path("supervisor.plan"), ListHref: c.Path("supervisor.programmes"), Owners: p.owners(c)}
	if len(view.Owners) > 0 {
		view.Owner, view.OwnerID = view.Owners[0].Label, view.Owners[0].Value
		view.Bodies, err = p.under(c, view.OwnerID)
	}
	for _, inst := range p.Packs.On(c.Today()).Surveys {
		view.Instruments = append(view.Instruments, tkit.Option{Value: inst.ID, Label: inst.Title.In(c.Lang)})
	}
	for _, e := range rules.CallEvents {
		for _, party := range rules.Parties {
			view.Plan = append(view.Plan, views.PlanRow{Key: planKey(e, party), Event: eventName(c, e), Party: partyName(c, party)})
		}
	}
	return view, err
}

// under are the bodies right under a body, which a programme can be kept to.
func (p pages) under(c *kit.Ctx, id string) ([]tkit.Option, error) {
	all, err := p.Callbacks.BodiesUnder(c.Context(), id)
	out := []tkit.Option{{Value: "", Label: c.T("programme.all_bodies")}}
	for _, b := range all {
		out = append(out, tkit.Option{Value: b, Label: p.Bodies.BodyName(c.Context(), b)})
	}
	return out, err
}

func planKey(e rules.CallEvent, party rules.Party) string { return string(e) + "_" + string(party) }

// plan writes a new programme down as a draft.
func (p pages) plan(c *kit.Ctx) error {
	view, err := p.blankPlan(c)
	if err != nil {
		return err
	}
	in, err := readPlan(c)
	if err != nil {
		return p.planAgain(c, err, view)
	}
	made, err := p.Callbacks.Plan(c.Context(), c.Actor, in)
	if err != nil {
		return p.planAgain(c, err, view)
	}
	c.Flash("programme.flash_planned")
	return c.To("supervisor.programme", made.ID)
}

// planAgain shows the form with what was typed and what is to be corrected.
func (p pages) planAgain(c *kit.Ctx, err error, view views.ProgrammeFormView) error {
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		return err
	}
	form, page := c.Form(), c.Page()
	page.Errors = errs
	view.NameZh, view.NameEn, view.Instrument, view.From, view.To, view.BodyID = form.Raw("name_zh"), form.Raw("name_en"), form.Value("instrument"), form.Raw("from"), form.Raw("to"), form.Value("body")
	for i, r := range view.Plan {
		view.Plan[i].Share, view.Plan[i].Quota = form.Raw("share_"+r.Key), form.Raw("quota_"+r.Key)
	}
	return c.Again(views.ProgrammeForm(page, view))
}

// readPlan reads the form. A row without a share is not asked after at all.
func readPlan(c *kit.Ctx) (callback.ProgrammeInput, error) {
	form := c.Form()
	in := callback.ProgrammeInput{OwnerBodyID: form.Value("owner"), NameZh: form.Value("name_zh"), NameEn: form.Value("name_en"), Instrument: form.Value("instrument")}
	if in.OwnerBodyID == "" {
		in.OwnerBodyID = firstOwner(c)
	}
	var err error
	if in.FromOn, err = day(form.Value("from")); err != nil {
		return in, fail.Invalid(fail.F("from", "date.unreadable"))
	}
	if in.ToOn, err = day(form.Value("to")); err != nil {
		return in, fail.Invalid(fail.F("to", "date.unreadable"))
	}
	for _, e := range rules.CallEvents {
		for _, party := range rules.Parties {
			row, asked, err := readStratum(form, e, party)
			if err != nil {
				return in, err
			}
			if row.BodyID = form.Value("body"); asked {
				in.Strata = append(in.Strata, row)
			}
		}
	}
	return in, nil
}

func day(typed string) (calendar.Date, error) {
	if typed == "" {
		return calendar.Date{}, nil
	}
	return calendar.ParseDate(typed)
}

func readStratum(form *kit.Form, e rules.CallEvent, party rules.Party) (rules.Stratum, bool, error) {
	key := planKey(e, party)
	share, quota := form.Value("share_"+key), form.Value("quota_"+key)
	if share == "" {
		return rules.Stratum{}, false, nil
	}
	perMille, ok := readPercent(share)
	if !ok {
		return rules.Stratum{}, false, fail.Invalid(fail.F("strata", "programme.share_range"))
	}
	n := 0
	if quota != "" {
		var err error
		if n, err = strconv.Atoi(quota); err != nil || n < 0 {
			return rules.Stratum{}, false, fail.Invalid(fail.F("strata", "programme.quota_range"))
		}
	}
	return rules.Stratum{Event: e, Party: party, PerMille: perMille, Quota: n}, true, nil
}

// readPercent reads a percentage with at most one digit after the point as thousandths.
func readPercent(typed string) (perMille int, ok bool) {
	whole, tenth, pointed := strings.Cut(strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(typed, "%")), "."), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > 100 {
		return 0, false
	}
	if perMille = n * 10; !pointed {
		return perMille, true
	}
	t, err := strconv.Atoi(tenth)
	if err != nil || len(tenth) != 1 || perMille+t > 1000 {
		return 0, false
	}
	return perMille + t, true
}

func firstOwner(c *kit.Ctx) string {
	if all := c.Actor.Bodies(account.RoleSupervisor); len(all) > 0 {
		return all[0]
	}
	return ""
}

// replanForm is the form of a draft.
func (p pages) replanForm(c *kit.Ctx) error {
	view, err := p.draftPlan(c)
	if err != nil {
		return err
	}
	return c.OK(views.ProgrammeForm(c.Page(), view))
}

// draftPlan is the form filled in from a draft; a programme that has started, or is somebody else's, has none.
func (p pages) draftPlan(c *kit.Ctx) (views.ProgrammeFormView, error) {
	x, err := p.Callbacks.Programme(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return views.ProgrammeFormView{}, err
	}
	if !callback.MayRun(c.Actor, x) {
		return views.ProgrammeFormView{}, fail.NotFound()
	}
	view, err := p.blankPlan(c)
	if err != nil {
		return view, err
	}
	view.Title, view.Action, view.Version = "programme.edit", c.Path("supervisor.replan", x.ID), x.Version
	view.Owner, view.OwnerID, view.Owners = p.owner(c, x), *x.OwnerBodyID, nil
	if view.Bodies, err = p.under(c, view.OwnerID); err != nil {
		return view, err
	}
	view.NameZh, view.NameEn, view.Instrument, view.From, view.To = x.NameZh, x.NameEn, x.Instrument, x.FromOn.String(), x.ToOn.String()
	for _, s := range x.Strata {
		i := slices.IndexFunc(view.Plan, func(r views.PlanRow) bool { return r.Key == planKey(s.Event, s.Party) })
		view.Plan[i].Share, view.BodyID = percent(s.PerMille), s.BodyID
		if s.Quota > 0 {
			view.Plan[i].Quota = strconv.Itoa(s.Quota)
		}
	}
	return view, nil
}

// replan changes a draft.
func (p pages) replan(c *kit.Ctx) error {
	view, err := p.draftPlan(c)
	if err != nil {
		return err
	}
	in, err := readPlan(c)
	if err == nil {
		err = p.Callbacks.Replan(c.Context(), c.Actor, c.Param("id"), formVersion(c), in)
	}
	if err != nil {
		return p.planAgain(c, err, view)
	}
	c.Flash("programme.flash_planned")
	return c.To("supervisor.programme", c.Param("id"))
}
