package debtor

import (
	"net/http"
	"slices"
	"strconv"

	"reliefportal/app/fail"
	"reliefportal/app/means"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

var (
	groupHints = map[rules.MeansGroup]string{rules.MeansPeople: "means.hint_people", rules.MeansIncome: "means.hint_income", rules.MeansCosts: "means.hint_costs",
		rules.MeansDebts: "means.hint_debts", rules.MeansAssets: "means.hint_assets"}
	amountLabels = map[rules.MeansGroup]string{rules.MeansIncome: "means.amount", rules.MeansCosts: "means.amount", rules.MeansDebts: "means.amount_debt",
		rules.MeansAssets: "means.amount_asset"}
)

// groupOf reads the group of the address.
func groupOf(c *kit.Ctx) (rules.MeansGroup, error) {
	g := rules.MeansGroup(c.Param("group"))
	if !slices.Contains(rules.MeansGroups, g) {
		return g, fail.NotFound()
	}
	return g, nil
}

// meansGroup lists the lines of a part and the kinds there are.
func (p pages) meansGroup(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	g, err := groupOf(c)
	if err != nil {
		return err
	}
	return p.showGroup(c, s, g, http.StatusOK, nil, s.Version)
}

func (p pages) showGroup(c *kit.Ctx, s stated, g rules.MeansGroup, status int, errs []tkit.FieldError, version int64) error {
	view := groupView(c, s, g)
	view.Version = version
	page := meansPage(c, c.Path("debtor.means"))
	page.Errors = errs
	return c.Show(status, views.MeansGroup(page, view))
}

func groupView(c *kit.Ctx, s stated, g rules.MeansGroup) views.MeansGroupView {
	view := views.MeansGroupView{Title: means.GroupName(c.Lang, g), Hint: c.T(groupHints[g]), Button: c.T("means.nothing")}
	for _, l := range s.Of(g) {
		view.Button = c.T("means.nothing_more")
		row := views.MeansRow{Name: means.Name(s.law.Pack, l, c.Lang), Text: means.LineWords(&l, c.Lang), ChangeHref: c.Path("debtor.meansline", l.ID),
			RemoveHref: c.Path("debtor.meansdrop", l.ID)}
		view.Lines = append(view.Lines, row)
	}
	for _, k := range s.m.KindsFor(g, s.Household) {
		view.Kinds = append(view.Kinds, tkit.Link{Text: s.law.Say(k.Label), Href: c.Path("debtor.meansadd", string(g), k.ID)})
	}
	return view
}

// finishGroup says that a part is complete and leads to the next that is not.
func (p pages) finishGroup(c *kit.Ctx) error {
	g, err := groupOf(c)
	if err != nil {
		return err
	}
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	next := c.Path("debtor.order")
	if i := slices.Index(rules.MeansGroups, g); i+1 < len(rules.MeansGroups) {
		next = c.Path("debtor.meansgroup", string(rules.MeansGroups[i+1]))
	}
	return p.store(c, next, func(d *means.Data) error { d.Finish(g, true); return nil },
		func(status int, errs []tkit.FieldError, version int64) error {
			return p.showGroup(c, s, g, status, errs, version)
		})
}

// lineForm is a line with what stands in its fields.
type lineForm struct {
	line  means.Line
	typed typedAmount
	count string
	kind  rules.MeansKind
	to    string // where it leads when it is saved
}

func (p pages) addLine(c *kit.Ctx) error { return p.openLine(c, newLine, p.showLine) }

// lineFinder gives the line of the address; lineShower is a page about a line.
type (
	lineFinder func(*kit.Ctx, stated) (lineForm, error)
	lineShower func(c *kit.Ctx, s stated, f lineForm, status int, errs []tkit.FieldError, version int64) error
)

// openLine shows a line as it stands.
func (p pages) openLine(c *kit.Ctx, find lineFinder, show lineShower) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	f, err := find(c, s)
	if err != nil {
		return err
	}
	return show(c, s, f, http.StatusOK, nil, s.Version)
}

// newLine is an empty line of the kind in the address.
func newLine(c *kit.Ctx, s stated) (lineForm, error) {
	g, err := groupOf(c)
	if err != nil {
		return lineForm{}, err
	}
	kind, ok := s.m.Kind(c.Param("kind"))
	if !ok || kind.Group != g {
		return lineForm{}, fail.NotFound()
	}
	return lineForm{line: means.Line{ID: store.NewID(), Group: g, Kind: kind.ID, Every: reckon.Monthly}, kind: kind, count: "1", to: c.Path("debtor.meansgroup", string(g))}, nil
}

// oldLine is the line of the address as it stands.
func oldLine(c *kit.Ctx, s stated) (lineForm, error) {
	l, ok := s.Line(c.Param("line"))
	if !ok {
		return lineForm{}, fail.NotFound()
	}
	kind, ok := s.m.Kind(l.Kind)
	if !ok {
		kind = rules.MeansKind{ID: l.Kind, Group: l.Group, Counts: rules.CountsYes}
	}
	return lineForm{line: l, typed: amountTyped(l.Amount), count: strconv.Itoa(l.Count), kind: kind, to: c.Path("debtor.meansgroup", string(l.Group))}, nil
}

func (p pages) editLine(c *kit.Ctx) error { return p.openLine(c, oldLine, p.showLine) }

func (p pages) showLine(c *kit.Ctx, s stated, f lineForm, status int, errs []tkit.FieldError, version int64) error {
	title := s.law.Say(f.kind.Label)
	if title == "" {
		title = f.kind.ID
	}
	view := views.FormView{Caption: means.GroupName(c.Lang, f.line.Group), Title: title, Hint: s.law.Say(f.kind.Why), Cites: s.law.Cites(f.kind.Cites), Version: version,
		Button: c.T("means.save"), Fields: lineFields(c, f)}
	page := meansPage(c, f.to)
	page.Errors = mainAt(errs, view.Fields[0].Field.Name)
	return c.Show(status, views.FormPage(page, view))
}

// lineFields are the fields of a line, as its group needs them.
func lineFields(c *kit.Ctx, f lineForm) []views.FormField {
	note := views.FormField{Kind: "text", Field: tkit.Field{Name: "note", Label: c.T("means.note"), Hint: c.T("means.note_hint"), Value: f.line.Note}}
	if f.line.Group == rules.MeansPeople {
		return []views.FormField{{Kind: "number", Field: tkit.Field{Name: "count", Label: c.T("means.count"), Value: f.count, Short: true, InputMode: "numeric"}}, note}
	}
	out := []views.FormField{moneyField("amount", c.T(amountLabels[f.line.Group]), "", f.typed.amount), rough(c, f.typed), unsureField(c, f.typed.unsure)}
	if f.line.Group == rules.MeansAssets {
		return append(append(out, assetFields(c, f.line)...), note)
	}
	out = append(out, everyField(c, c.T("means.every"), string(f.line.Every)))
	if f.kind.Counts == rules.CountsDaily {
		out = append(out, views.FormField{Kind: "area", Field: tkit.Field{Name: "reason", Label: c.T("means.reason"), Hint: c.T("means.reason_hint"), Value: f.line.Reason, Rows: 3, Max: 1000}})
	}
	return append(out, note)
}

func assetFields(c *kit.Ctx, l means.Line) []views.FormField {
	source := tkit.Field{Name: "source", Label: c.T("means.source"), Value: l.Source}
	for _, id := range means.Sources {
		source.Options = append(source.Options, tkit.Option{Value: id, Label: c.T(means.SourceKeys[id])})
	}
	seized := tkit.Field{Name: "seized", Label: c.T("means.seized"), Value: l.Seized}
	for _, id := range []string{"yes", "no", "unsure"} {
		seized.Options = append(seized.Options, tkit.Option{Value: id, Label: c.T(means.SeizedKeys[id])})
	}
	return []views.FormField{{Kind: "select", Field: source}, {Kind: "radios", Field: seized},
		{Kind: "area", Field: tkit.Field{Name: "meaning", Label: c.T("means.meaning"), Hint: c.T("means.meaning_hint"), Value: l.Meaning, Rows: 3, Max: 1000}},
		{Kind: "check", Field: tkit.Field{Name: "whole", Label: c.T("means.whole"), Value: ticked(l.Whole)}}}
}

func (p pages) saveNewLine(c *kit.Ctx) error { return p.keepLine(c, newLine) }

func (p pages) saveLine(c *kit.Ctx) error { return p.keepLine(c, oldLine) }

// keepLine reads the form of a line and saves it.
func (p pages) keepLine(c *kit.Ctx, find lineFinder) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	f, err := find(c, s)
	if err != nil {
		return err
	}
	read := &moneyReader{form: c.Form()}
	f.read(c.Form(), read)
	return p.store(c, p.afterLine(c, f), func(d *means.Data) error {
		if len(read.wrong) > 0 {
			return read.err()
		}
		if err := f.line.Check(f.kind); err != nil {
			return err
		}
		d.Put(f.line)
		return nil
	}, func(status int, errs []tkit.FieldError, version int64) error {
		return p.showLine(c, s, f, status, errs, version)
	})
}

// read takes what was typed into the line.
func (f *lineForm) read(form *kit.Form, r *moneyReader) {
	l := &f.line
	l.Note = form.Value("note")
	if l.Group == rules.MeansPeople {
		f.count = form.Raw("count")
		n, _ := form.Int("count") // what is no number is 0, which Check refuses
		l.Count = int(min(max(n, 0), 1000))
		return
	}
	f.typed, l.Amount = typedIn(form), r.amount()
	if l.Group == rules.MeansAssets {
		l.Every = ""
		l.Source, l.Seized, l.Meaning, l.Whole = form.Value("source"), form.Value("seized"), form.Value("meaning"), form.Has("whole")
		return
	}
	l.Every, l.Reason = reckon.Every(form.Value("every")), form.Value("reason")
}

// afterLine leads back to what the person was doing: the change he reports, or the list.
func (p pages) afterLine(c *kit.Ctx, f lineForm) string {
	if _, changing, err := p.Means.Changing(c.Context(), c.Actor); err == nil && changing {
		return c.Path("debtor.changedlines")
	}
	return f.to
}

func (p pages) askDropLine(c *kit.Ctx) error { return p.openLine(c, oldLine, p.showDrop) }

func (p pages) showDrop(c *kit.Ctx, s stated, f lineForm, status int, errs []tkit.FieldError, version int64) error {
	page := meansPage(c, f.to)
	page.Errors = errs
	return c.Show(status, views.MeansDrop(page, views.MeansDropView{Name: means.Name(s.law.Pack, f.line, c.Lang), Text: means.LineWords(&f.line, c.Lang), CancelHref: f.to, Version: version}))
}

func (p pages) dropLine(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	f, err := oldLine(c, s)
	if err != nil {
		return err
	}
	return p.store(c, p.afterLine(c, f), func(d *means.Data) error { d.Drop(f.line.ID); return nil },
		func(status int, errs []tkit.FieldError, version int64) error {
			return p.showDrop(c, s, f, status, errs, version)
		})
}
