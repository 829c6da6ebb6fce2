package debtor

import (
	"net/http"
	"strconv"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/means"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// changed asks what has changed, and says before anything else that no court cuts the sum, and which ways there are instead.
func (p pages) changed(c *kit.Ctx) error { return p.showChanged(c, http.StatusOK, nil) }

func (p pages) showChanged(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	chosen := c.Form().All("kinds")
	if now, changing, err := p.Means.Changing(c.Context(), c.Actor); err != nil {
		return err
	} else if changing && len(chosen) == 0 {
		chosen = now.Kinds
	}
	told, matching, err := p.toldChanges(c, s)
	if err != nil {
		return err
	}
	if len(chosen) == 0 && status == http.StatusOK { // nothing of it is kept until he goes on
		chosen = matching
	}
	view := views.ChangedView{Kinds: tkit.Field{Name: "kinds", Label: c.T("changed.what"), Hint: c.T("changed.what_hint"), Values: chosen}, Told: told,
		Honest: s.law.Say(s.m.NoCut.Text), Cites: s.law.Cites(s.m.NoCut.Cites), Doors: p.doorLinks(c, s, s.m.Doors), RemindHref: c.Path("debtor.remind")}
	for _, k := range s.m.Changes {
		view.Kinds.Options = append(view.Kinds.Options, tkit.Option{Value: k.ID, Label: s.law.Say(k.Label)})
	}
	page := meansPage(c, c.Path(kit.RouteDebtorHome))
	page.Errors = errs
	return c.Show(status, views.Changed(page, view))
}

// toldChanges says what the person told the callback centre of his circumstances, with those ids of it that the page asks in the same words.
func (p pages) toldChanges(c *kit.Ctx, s stated) (said string, matching []string, err error) {
	told, ok, err := p.Findings.CircumstancesOf(c.Context(), c.Actor)
	if err != nil || !ok {
		return "", nil, err
	}
	f, _ := s.law.Pack.Fact("change")
	var words []string
	for _, id := range told.Facts["change"].Choices {
		if o, ok := f.Option(id); ok {
			words = append(words, s.law.Say(o.Label))
		}
		if _, ok := s.m.ChangeOf(id); ok {
			matching = append(matching, id)
		}
	}
	if len(words) == 0 {
		return "", nil, nil
	}
	return c.T("changed.told", "Date", i18n.Date(c.Lang, calendar.DateOf(told.At)), "What", strings.Join(words, c.T("ring.and"))), matching, nil
}

func (p pages) beginChange(c *kit.Ctx) error {
	err := p.Means.Begin(c.Context(), c.Actor, c.Form().All("kinds"))
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showChanged(c, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	return c.To("debtor.changedlines")
}

// changedLines shows what was stated in the parts that change with what changed.
func (p pages) changedLines(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	now, changing, err := p.Means.Changing(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	if !changing {
		return c.To("debtor.changed")
	}
	view := views.ChangedLinesView{MeansHref: c.Path("debtor.means"), CompareHref: c.Path("debtor.changedcompare"), Empty: s.Version == 0}
	for _, g := range means.Groups(s.m, now.Kinds) {
		view.Groups = append(view.Groups, groupView(c, s, g))
		view.GroupHrefs = append(view.GroupHrefs, c.Path("debtor.meansgroup", string(g)))
	}
	return c.OK(views.ChangedLines(meansPage(c, c.Path("debtor.changed")), view))
}

// beforeAfter holds before and now against each other.
func (p pages) beforeAfter(c *kit.Ctx) error { return p.showCompare(c, http.StatusOK, nil) }

func (p pages) showCompare(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	change, changing, err := p.Means.Changing(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	if !changing {
		return c.To("debtor.changed")
	}
	view := views.ChangedCompareView{CanFile: s.Ready(), Token: store.NewID(), MeansHref: c.Path("debtor.means"), DoorsTitle: c.T("changed.doors"), Doors: p.doorLinks(c, s, s.m.Doors)}
	if r, ok := s.law.Pack.Remedy(s.m.Change); ok {
		view.FileText = c.T("changed.file", "Name", s.law.Say(r.Plain))
	}
	sheet, err := means.SheetOf(s.law.Pack, s.Data, c.Today(), c.Lang)
	if err != nil {
		return err
	}
	view.Say = sheet.Say
	if change.From != nil {
		if view.Compare, err = s.law.Comparison(*change.From, s.Statement); err != nil {
			return err
		}
	}
	if view.Cases, err = p.cases(c); err != nil {
		return err
	}
	page := meansPage(c, c.Path("debtor.changedlines"))
	page.Errors = errs
	return c.Show(status, views.ChangedCompare(page, view))
}

// caseFacts are what a new filing takes over from an earlier one about the same case.
var caseFacts = []rules.FactID{filing.FactCaseNumber, filing.FactExecCourt, filing.FactApplicant, "id_number", "role"}

// cases are the cases of the person's filings, one option each.
func (p pages) cases(c *kit.Ctx) (tkit.Field, error) {
	rows, _, err := p.Filings.Mine(c.Context(), c.Actor, filing.Cursor{})
	field := tkit.Field{Name: "case", Label: c.T("changed.case"), Hint: c.T("changed.case_hint"), Value: c.Form().Value("case")}
	seen := map[string]bool{}
	for _, f := range rows {
		if f.CaseNumber != "" && !seen[f.CaseNumber] {
			seen[f.CaseNumber] = true
			field.Options = append(field.Options, tkit.Option{Value: f.ID, Label: f.CaseNumber})
		}
	}
	if field.Value == "" && len(field.Options) > 0 {
		field.Value = field.Options[0].Value
	}
	field.Options = append(field.Options, tkit.Option{Value: "none", Label: c.T("changed.case_none")})
	return field, err
}

// carried are the facts of the case that was chosen; somebody else's is not found, and none carries nothing.
func (p pages) carried(c *kit.Ctx) (rules.Facts, error) {
	id := c.Form().Value("case")
	if id == "" || id == "none" {
		return nil, nil
	}
	_, facts, err := p.Filings.Get(c.Context(), c.Actor, id)
	out := rules.Facts{}
	for _, fact := range caseFacts {
		if v, ok := facts[fact]; ok {
			out[fact] = v
		}
	}
	return out, err
}

// fileChange drafts the application with everything in it, or keeps the new figures only.
func (p pages) fileChange(c *kit.Ctx) error {
	if c.Form().Has("drop") {
		if err := p.Means.Drop(c.Context(), c.Actor); err != nil {
			return err
		}
		c.Flash("changed.dropped")
		return c.To("debtor.means")
	}
	facts, err := p.carried(c)
	if err != nil {
		return err
	}
	_, changing, err := p.Means.Changing(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	token := c.Form().Value(startToken)
	if !changing || len(token) != len(store.NewID()) {
		return c.To("debtor.changed")
	}
	pack := p.Filings.Packs.On(c.Today())
	f, err := p.Means.File(c.Context(), c.Actor, pack.Means.Change, c.Lang, token, facts)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showCompare(c, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("draft.carried")
	return c.To("debtor.filing", f.ID)
}

// reminder asks how often the person wants to be asked.
func (p pages) reminder(c *kit.Ctx) error { return p.showReminder(c, http.StatusOK, nil) }

func (p pages) showReminder(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	months, next, err := p.Means.Reminder(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	choice := tkit.Field{Name: "months", Label: c.T("remind.title"), HiddenLabel: true, Value: strconv.FormatInt(months, 10)}
	for _, n := range means.Cycles {
		label := c.T("remind.never")
		if n > 0 {
			label = c.T("remind.months", "N", n)
		}
		choice.Options = append(choice.Options, tkit.Option{Value: strconv.FormatInt(n, 10), Label: label})
	}
	view := views.FormView{Caption: c.T("changed.title"), Title: c.T("remind.title"), Hint: c.T("remind.lead"), Why: c.T("remind.stops"), Button: c.T("means.save"),
		Fields: []views.FormField{{Kind: "radios", Field: choice}}}
	if months > 0 {
		view.Why = c.T("remind.next", "Date", i18n.Date(c.Lang, next)) + " " + view.Why
	}
	page := meansPage(c, c.Path("debtor.changed"))
	page.Errors = errs
	return c.Show(status, views.FormPage(page, view))
}

func (p pages) setReminder(c *kit.Ctx) error {
	months, ok := c.Form().Int("months")
	err := p.Means.Remind(c.Context(), c.Actor, months)
	if !ok {
		err = fail.Invalid(fail.F("months", "answer.choose"))
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showReminder(c, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("remind.saved")
	return c.To("debtor.remind")
}
