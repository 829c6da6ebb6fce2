package debtor

import (
	"net/http"
	"slices"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/means"
	"reliefportal/app/money"
	"reliefportal/app/packs"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// meansRoutes are the pages of the means statement, of what changed since, and of the least harm.
func (p pages) meansRoutes() []kit.Route {
	return []kit.Route{
		get("/my/means", "debtor.means", kit.None, p.means),
		get("/my/means/household", "debtor.household", kit.None, p.household),
		post("/my/means/household", "debtor.household", kit.None, p.setHousehold),
		get("/my/means/order", "debtor.order", kit.None, p.order),
		post("/my/means/order", "debtor.order", kit.None, p.setOrder),
		get("/my/means/g/:group", "debtor.meansgroup", kit.None, p.meansGroup),
		post("/my/means/g/:group", "debtor.meansgroup", kit.None, p.finishGroup),
		get("/my/means/g/:group/:kind", "debtor.meansadd", kit.None, p.addLine),
		post("/my/means/g/:group/:kind", "debtor.meansadd", kit.None, p.saveNewLine),
		get("/my/means/l/:line", "debtor.meansline", kit.MeansLine, p.editLine),
		post("/my/means/l/:line", "debtor.meansline", kit.MeansLine, p.saveLine),
		get("/my/means/l/:line/remove", "debtor.meansdrop", kit.MeansLine, p.askDropLine),
		post("/my/means/l/:line/remove", "debtor.meansdrop", kit.MeansLine, p.dropLine),
		get("/my/means/result", "debtor.meansresult", kit.None, p.meansResult),
		get("/my/means/examples", "debtor.meansexamples", kit.None, p.meansExamples),
		get("/my/f/:id/means", "debtor.attach", kit.FilingOwn, p.drafting(p.attachPage)),
		post("/my/f/:id/means", "debtor.attach", kit.FilingOwn, p.drafting(p.attach)),
		get("/my/changed", "debtor.changed", kit.None, p.changed),
		post("/my/changed", "debtor.changed", kit.None, p.beginChange),
		get("/my/changed/lines", "debtor.changedlines", kit.None, p.changedLines),
		get("/my/changed/compare", "debtor.changedcompare", kit.None, p.beforeAfter),
		post("/my/changed/compare", "debtor.changedcompare", kit.None, p.fileChange),
		get("/my/changed/reminder", "debtor.remind", kit.None, p.reminder),
		post("/my/changed/reminder", "debtor.remind", kit.None, p.setReminder),
		get("/my/assets", "debtor.assets", kit.None, p.assets),
		post("/my/assets", "debtor.assets", kit.None, p.setDebt),
		post("/my/assets/file", "debtor.assetsfile", kit.None, p.fileAssets),
	}
}

// stated is the person's statement with the law it is read by.
type stated struct {
	means.Statement
	law law.View
	m   rules.Means
}

func (p pages) stated(c *kit.Ctx) (stated, error) {
	now, err := p.Means.Current(c.Context(), c.Actor)
	if err != nil {
		return stated{}, err
	}
	view := law.For(c, p.Filings.Packs.On(c.Today()), p.Bodies)
	return stated{Statement: now, law: view, m: view.Pack.Means}, nil
}

func meansPage(c *kit.Ctx, back string) tkit.Page {
	page := c.Page()
	page.Back = back
	return page
}

// means lists the parts of the statement with what was stated about each.
func (p pages) means(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	view := views.MeansHomeView{ExamplesHref: c.Path("debtor.meansexamples"), AssetsHref: c.Path("debtor.assets"), ChangedHref: c.Path("debtor.changed"),
		VersionText: versionText(c, s.Statement)}
	if s.Ready() {
		view.ResultHref = c.Path("debtor.meansresult")
	}
	if _, changing, err := p.Means.Changing(c.Context(), c.Actor); err != nil {
		return err
	} else if changing {
		view.CompareHref = c.Path("debtor.changedcompare")
	}
	household, _ := s.m.Household(s.Household)
	view.Parts = append(view.Parts, part(c, c.T("means.part_household"), s.law.Say(household.Label), c.Path("debtor.household"), s.Household != ""))
	for _, g := range rules.MeansGroups {
		text := ""
		if n := len(s.Of(g)); n > 0 {
			text = c.T("means.lines", "N", n)
		} else if s.Stated(g) {
			text = c.T("means.nothing")
		}
		view.Parts = append(view.Parts, part(c, means.GroupName(c.Lang, g), text, c.Path("debtor.meansgroup", string(g)), s.Stated(g)))
	}
	view.Parts = append(view.Parts, part(c, c.T("means.part_order"), "", c.Path("debtor.order"), s.Order.How != ""))
	return c.OK(views.MeansHome(meansPage(c, c.Path(kit.RouteDebtorHome)), view))
}

func part(c *kit.Ctx, title, text, href string, done bool) views.MeansPart {
	state := tkit.Tag{Text: c.T("means.todo"), Tone: "maybe"}
	if done {
		state = tkit.Tag{Text: c.T("means.done"), Tone: "open"}
	}
	return views.MeansPart{Title: title, Text: text, Href: href, State: state}
}

func versionText(c *kit.Ctx, s means.Statement) string {
	if s.Version == 0 {
		return ""
	}
	return c.T("means.version", "N", s.Version, "Time", i18n.DateTime(c.Lang, s.At))
}

// store saves a change of the statement and leads on; show draws the form again with the version to save it by.
func (p pages) store(c *kit.Ctx, to string, change func(*means.Data) error, show func(status int, errs []tkit.FieldError, version int64) error) error {
	_, err := p.Means.Save(c.Context(), c.Actor, formVersion(c), change)
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict && e.Key == "means.stale" {
		now, err := p.Means.Current(c.Context(), c.Actor)
		if err != nil {
			return err
		}
		return show(http.StatusConflict, []tkit.FieldError{{ID: "main", Text: c.T("means.stale")}}, now.Version)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return show(http.StatusUnprocessableEntity, errs, formVersion(c))
	}
	if err != nil {
		return err
	}
	return c.ToAddress(to)
}

func (p pages) household(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	told := ""
	if s.Told > 0 {
		told = bare(s.Told)
	}
	return p.showHousehold(c, s, http.StatusOK, nil, s.Version, map[string]string{"household": s.Household, "place": s.Region, "home": string(s.Home), "told": told})
}

// bare is a sum without the sign of the currency, as it stands in a field.
func bare(sum money.Fen) string { return sum.String()[len("¥"):] }

func (p pages) showHousehold(c *kit.Ctx, s stated, status int, errs []tkit.FieldError, version int64, typed map[string]string) error {
	view := views.FormView{Caption: c.T("means.title"), Title: c.T("means.household_title"), Hint: c.T("means.household_hint"), Why: c.T("means.household_why"),
		Version: version, Button: c.T("button.continue")}
	choice := tkit.Field{Name: "household", Label: c.T("means.household_title"), HiddenLabel: true, Value: typed["household"]}
	for _, h := range s.m.Households {
		choice.Options = append(choice.Options, tkit.Option{Value: h.ID, Label: s.law.Say(h.Label)})
	}
	view.Fields = append(view.Fields, views.FormField{Kind: "radios", Field: choice})
	table, err := packs.Standards(s.law.Pack)
	if err != nil {
		return err
	}
	if places := table.Places(c.Today()); len(places) > 0 {
		place := tkit.Field{Name: "place", Label: c.T("living.place"), Hint: c.T("living.place_hint"), Value: typed["place"]}
		for _, x := range places {
			place.Options = append(place.Options, tkit.Option{Value: x.Region, Label: x.Name})
		}
		view.Fields = append(view.Fields, views.FormField{Kind: "select", Field: place}, views.FormField{Kind: "radios", Field: tkit.Field{Name: "home", Label: c.T("living.home"),
			Value: typed["home"], Options: []tkit.Option{{Value: "urban", Label: c.T("living.urban")}, {Value: "rural", Label: c.T("living.rural")}}}})
	}
	view.Fields = append(view.Fields, moneyField("told", c.T("means.told"), c.T("means.told_hint"), typed["told"]))
	page := meansPage(c, c.Path("debtor.means"))
	page.Errors = mainAt(errs, "household")
	return c.Show(status, views.FormPage(page, view))
}

func moneyField(name, label, hint, value string) views.FormField {
	return views.FormField{Kind: "money", Field: tkit.Field{Name: name, Label: label, Hint: hint, Value: value, Prefix: "¥", Short: true, InputMode: "decimal"}}
}

// mainAt lets an error that is about no field lead to the first one.
func mainAt(errs []tkit.FieldError, first string) []tkit.FieldError {
	errs = slices.Clone(errs)
	for i := range errs {
		if errs[i].ID == "main" {
			errs[i].ID = first
		}
	}
	return errs
}

func (p pages) setHousehold(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	f := c.Form()
	read := &moneyReader{form: f}
	told := read.optional("told")
	_, known := s.m.Household(f.Value("household"))
	read.refuse(!known, "household", "answer.choose")
	read.refuse(f.Value("place") != "" && f.Value("home") == "", "home", "answer.choose")
	show := func(status int, errs []tkit.FieldError, version int64) error {
		return p.showHousehold(c, s, status, errs, version, map[string]string{"household": f.Value("household"), "place": f.Value("place"), "home": f.Value("home"), "told": f.Raw("told")})
	}
	return p.store(c, c.Path("debtor.meansgroup", string(rules.MeansPeople)), func(d *means.Data) error {
		d.Household, d.Region, d.Home, d.Told = f.Value("household"), f.Value("place"), reckon.Home(f.Value("home")), told
		return read.err()
	}, show)
}

func (p pages) order(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	return p.showOrder(c, http.StatusOK, nil, s.Version, s.Order.How, amountTyped(s.Order.Sum), string(s.Order.Every))
}

func (p pages) showOrder(c *kit.Ctx, status int, errs []tkit.FieldError, version int64, how string, typed typedAmount, every string) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	rule := s.m.Rules["order"]
	view := views.FormView{Caption: c.T("means.title"), Title: c.T("means.order_title"), Hint: s.law.Say(rule.Text), Cites: s.law.Cites(rule.Cites), Version: version,
		Button: c.T("button.continue")}
	view.Fields = append(view.Fields, views.FormField{Kind: "radios", Field: tkit.Field{Name: "how", Label: c.T("means.order_title"), HiddenLabel: true, Hint: c.T("means.order_hint"), Value: how,
		Options: []tkit.Option{{Value: means.TakesMonthly, Label: c.T("means.order_monthly")}, {Value: means.TakesAll, Label: c.T("means.order_all")},
			{Value: means.TakesNothing, Label: c.T("means.order_none")}, {Value: means.TakesUnsure, Label: c.T("means.order_unsure")}}}})
	view.Fields = append(view.Fields, moneyField("amount", c.T("means.order_sum"), "", typed.amount), rough(c, typed), everyField(c, c.T("means.order_every"), every))
	page := meansPage(c, c.Path("debtor.means"))
	page.Errors = mainAt(errs, "how")
	return c.Show(status, views.FormPage(page, view))
}

func (p pages) setOrder(c *kit.Ctx) error {
	f := c.Form()
	read := &moneyReader{form: f}
	how := f.Value("how")
	read.refuse(!slices.Contains([]string{means.TakesMonthly, means.TakesAll, means.TakesNothing, means.TakesUnsure}, how), "how", "answer.choose")
	order := means.Order{How: how}
	if how == means.TakesMonthly {
		order.Sum, order.Every = read.amount(), reckon.Every(f.Value("every"))
		read.refuse(order.Sum.Know == means.NotAsked, "amount", "means.amount_missing")
		read.refuse(!order.Every.Known(), "every", "means.every_missing")
	}
	return p.store(c, c.Path("debtor.means"), func(d *means.Data) error { d.Order = order; return read.err() },
		func(status int, errs []tkit.FieldError, version int64) error {
			return p.showOrder(c, status, errs, version, how, typedIn(f), f.Value("every"))
		})
}

// meansLinks lead from the home page to the statement and what belongs to it.
func meansLinks(c *kit.Ctx) []tkit.Link {
	return []tkit.Link{{Text: c.T("means.title"), Href: c.Path("debtor.means")}, {Text: c.T("changed.offer"), Href: c.Path("debtor.changed")},
		{Text: c.T("assets.title"), Href: c.Path("debtor.assets")}, {Text: c.T("appraisal.title"), Href: c.Path("debtor.appraisal")}}
}
