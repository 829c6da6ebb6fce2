package packs

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
)

func (l *loader) head() error {
	var raw rawPack
	if err := l.read("pack.yaml", &raw); err != nil {
		return err
	}
	if raw.ID == "" || raw.From.IsZero() {
		return errors.New("pack.yaml: id and from are needed")
	}
	l.pack.ID, l.pack.From, l.pack.Title = raw.ID, raw.From, raw.Title
	l.pack.Desk = rules.Desk{Clock: raw.Desk.Clock, Reason: raw.Desk.Reason, Cites: citesOf(raw.Desk.Cites)}
	return nil
}

func (l *loader) holidays() error {
	var years [][]byte
	for _, name := range l.files("holidays", ".json") {
		b, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			return err
		}
		years = append(years, b)
	}
	if len(years) == 0 {
		return errors.New("holidays: no holiday file")
	}
	cal, err := calendar.New(years...)
	l.pack.Calendar = cal
	return err
}

func (l *loader) sources() error {
	var raw struct{ Sources []rawSource }
	if err := l.read("sources.yaml", &raw); err != nil {
		return err
	}
	for _, s := range raw.Sources {
		l.pack.Sources = append(l.pack.Sources, rules.Source(s))
	}
	return nil
}

func (l *loader) facts() error {
	var raw struct {
		Facts []rawFact
		Signs map[string]map[rules.FactID]rawNode
	}
	if err := l.read("facts.yaml", &raw); err != nil {
		return err
	}
	l.comp.facts = map[rules.FactID]rules.Fact{}
	for _, r := range raw.Facts {
		f := rules.Fact(r)
		if f.Kind == rules.FactYesNo && len(f.Options) == 0 {
			f.Options = yesNo()
		}
		if err := soundFact(f); err != nil {
			return fmt.Errorf("facts.yaml: %w", err)
		}
		if _, twice := l.comp.facts[f.ID]; twice {
			return fmt.Errorf("facts.yaml: fact %s is listed twice", f.ID)
		}
		l.comp.facts[f.ID] = f
		l.pack.Facts = append(l.pack.Facts, f)
	}
	return l.signs(raw.Signs)
}

// signs reads what the type sign of a case number already tells.
func (l *loader) signs(raw map[string]map[rules.FactID]rawNode) error {
	l.pack.Signs = map[string]rules.Facts{}
	for sign, nodes := range raw {
		facts, err := l.in("facts.yaml").values(nodes)
		if err != nil {
			return err
		}
		l.pack.Signs[sign] = facts
	}
	return nil
}

func yesNo() []rules.Option {
	return []rules.Option{
		{ID: rules.Yes, Label: rules.Text{Zh: "是", En: "Yes"}},
		{ID: rules.No, Label: rules.Text{Zh: "不是", En: "No"}},
	}
}

func soundFact(f rules.Fact) error {
	switch f.Kind {
	case rules.FactChoice, rules.FactChoices, rules.FactYesNo:
		if len(f.Options) < 2 && f.ID != rules.PapersCannot { // its options are the papers

			return fmt.Errorf("fact %s needs at least two options", f.ID)
		}
	case rules.FactDate, rules.FactText, rules.FactLongText, rules.FactMoney, rules.FactNumber, rules.FactCourt, rules.FactCaseNumber:
		if len(f.Options) > 0 {
			return fmt.Errorf("fact %s is a %s and cannot have options", f.ID, f.Kind)
		}
	default:
		return fmt.Errorf("fact %s has the unknown kind %q", f.ID, f.Kind)
	}
	return nil
}

// words reads the papers and grounds that remedies share.
func (l *loader) words() error {
	var raw struct {
		Papers        []rawPaper
		RefuseGrounds []rawGround `yaml:"refuse_grounds"`
		Grounds       []rawGround
		Outcomes      map[string][]rawOutcome
		Stages        map[string]map[rules.Stage]string
		Kinds         []string     `yaml:"paper_kinds"`
		CheckHours    int          `yaml:"paper_check_hours"`
		CarryOut      *rawCarryOut `yaml:"carry_out"`
	}
	if err := l.read("common.yaml", &raw); err != nil {
		return err
	}
	l.outcomes, l.stageSets = raw.Outcomes, raw.Stages
	c := l.in("common.yaml")
	var err error
	if l.pack.CarryOut, err = c.carryOut(raw.CarryOut); err != nil {
		return err
	}
	l.papers = map[string]rules.Paper{}
	for _, r := range raw.Papers {
		p, err := c.paper(r)
		if err != nil {
			return err
		}
		l.papers[p.ID] = p
	}
	l.pack.PapersLate = time.Duration(raw.CheckHours) * time.Hour
	for _, id := range raw.Kinds {
		p, ok := l.papers[id]
		if !ok {
			return fmt.Errorf("common.yaml: no shared paper is called %q", id)
		}
		p.Required = false
		l.pack.PaperKinds = append(l.pack.PaperKinds, p)
	}
	l.refuse, l.ground = map[string]rules.Ground{}, map[string]rules.Ground{}
	for _, g := range raw.RefuseGrounds {
		l.refuse[g.Code] = g.build()
	}
	for _, g := range raw.Grounds {
		l.ground[g.Code] = g.build()
	}
	return nil
}

// finder reads terms, the finder's questions and those of the filing pages.
func (l *loader) finder() error {
	var raw rawFinder
	if err := l.read("finder.yaml", &raw); err != nil {
		return err
	}
	l.pack.MostQuestions = raw.Most
	l.comp.terms, l.comp.slots = map[string]*rules.Cond{}, map[string]int{}
	for i, t := range raw.Terms {
		if _, twice := l.comp.terms[t.ID]; twice {
			return fmt.Errorf("finder.yaml: term %q is there twice", t.ID)
		}
		cond, err := l.in("finder.yaml").cond(t.When)
		if err != nil {
			return err
		}
		l.comp.terms[t.ID], l.comp.slots[t.ID] = &cond, i+1
	}
	var err error
	if l.pack.Finder, err = l.questions("finder.yaml", raw.Questions); err != nil {
		return err
	}
	var pages struct{ Questions []rawQuestion }
	if err := l.read("questions.yaml", &pages); err != nil {
		return err
	}
	rest, err := l.questions("questions.yaml", pages.Questions)
	l.pack.Questions = append(slices.Clone(l.pack.Finder), rest...)
	return err
}

// papersCannot gives the fact of the papers that cannot be had its options: every paper of every remedy, once each.
func (l *loader) papersCannot() error {
	i := slices.IndexFunc(l.pack.Facts, func(f rules.Fact) bool { return f.ID == rules.PapersCannot })
	if i < 0 {
		return nil
	}
	seen := map[string]bool{}
	for _, r := range l.pack.Remedies {
		for _, p := range r.Papers {
			if !seen[p.ID] {
				l.pack.Facts[i].Options = append(l.pack.Facts[i].Options, rules.Option{ID: p.ID, Label: p.Label})
			}
			seen[p.ID] = true
		}
	}
	return nil
}

func (l *loader) questions(file string, in []rawQuestion) ([]*rules.Question, error) {
	c := l.in(file)
	var out []*rules.Question
	for _, r := range in {
		if _, ok := c.facts[r.Fact]; !ok {
			return nil, fmt.Errorf("%s: question %s asks the unknown fact %q", file, r.ID, r.Fact)
		}
		ask, err := c.cond(r.Ask)
		if err != nil {
			return nil, err
		}
		out = append(out, &rules.Question{
			ID: r.ID, Fact: r.Fact, Ask: ask, Title: r.Title, Hint: r.Hint, Why: r.Why,
			Unsure: r.Unsure, Required: r.Required, Past: r.Past, Volunteer: r.Volunteer,
		})
	}
	return out, nil
}

func (l *loader) clocks() error {
	var raw rawClocks
	if err := l.read("clocks.yaml", &raw); err != nil {
		return err
	}
	for _, r := range raw.Clocks {
		length, err := calendar.ParsePeriod(r.Length)
		if err != nil {
			return fmt.Errorf("clocks.yaml: clock %s: %w", r.ID, err)
		}
		var extra calendar.Period
		if r.Extra != "" {
			if extra, err = calendar.ParsePeriod(r.Extra); err != nil {
				return fmt.Errorf("clocks.yaml: clock %s: %w", r.ID, err)
			}
		}
		l.pack.Clocks = append(l.pack.Clocks, rules.ClockRule{
			ID: r.ID, Who: r.Who, Title: r.Title, Length: length, Extra: extra, Start: r.Start,
			OnExpiry: r.OnExpiry, ExpiryText: r.ExpiryText, Cite: r.Cite.cite,
		})
	}
	drafts, err := l.in("clocks.yaml").next(raw.LateDrafts)
	l.pack.LateDrafts = map[string]rules.NextRemedy{}
	for _, d := range drafts {
		l.pack.LateDrafts[d.Remedy] = d
	}
	return err
}

func (l *loader) rows() error {
	var raw rawRows
	if err := l.read("routes.yaml", &raw); err != nil {
		return err
	}
	c := l.in("routes.yaml")
	for _, r := range raw.Rows {
		when, err := c.cond(r.When)
		if err != nil {
			return err
		}
		l.pack.Rows = append(l.pack.Rows, rules.RouteRow{
			ID: r.ID, Remedies: r.Remedies, When: when, Of: r.Of, Step: r.Step, Named: r.Named, Body: r.Body,
			Division: r.Division, Then: r.Then, Never: r.Never, Reason: r.Reason, Cites: citesOf(r.Cites),
		})
	}
	return nil
}

// sums reads the figures of the money rules.
func (l *loader) sums() error {
	var raw struct {
		LatePerMillion int64   `yaml:"late_per_million"`
		LateCite       rawCite `yaml:"late_cite"`
		OverPercent    int64   `yaml:"over_percent"`
		OverCite       rawCite `yaml:"over_cite"`
		ReserveCite    rawCite `yaml:"reserve_cite"`
		Standards      []struct {
			Region   string
			Name     string
			Kind     string
			PerMonth string `yaml:"per_month"`
			From, To calendar.Date
			Source   string
		}
	}
	if err := l.read("sums.yaml", &raw); err != nil {
		return err
	}
	s := &l.pack.Sums
	*s = rules.Sums{
		LatePerMillion: raw.LatePerMillion, LateCite: raw.LateCite.cite, OverPercent: raw.OverPercent, OverCite: raw.OverCite.cite,
		ReserveCite: raw.ReserveCite.cite,
	}
	for _, x := range raw.Standards {
		sum, err := money.Parse(x.PerMonth)
		if err != nil || x.From.IsZero() || x.Source == "" || x.Name == "" || (x.Kind != "urban" && x.Kind != "rural") {
			return fmt.Errorf("sums.yaml: standard of %s needs kind, sum, first day and source, and the name of the place", x.Region)
		}
		s.Standards = append(s.Standards, rules.Standard{Region: x.Region, Name: x.Name, Kind: x.Kind, PerMonth: sum, From: x.From, To: x.To, Source: x.Source})
	}
	if _, err := Standards(l.pack); err != nil {
		return fmt.Errorf("sums.yaml: %w", err)
	}
	return nil
}

// Standards is the table of the pack's local living standards. The error names a row that is incomplete or overlaps another; a pack that was
// loaded has none.
func Standards(p *rules.Pack) (reckon.Standards, error) {
	var rows []reckon.Standard
	for _, s := range p.Sums.Standards {
		rows = append(rows, reckon.Standard{Region: s.Region, Name: s.Name, Home: reckon.Home(s.Kind), PerMonth: s.PerMonth, From: s.From, To: s.To, Source: s.Source})
	}
	return reckon.NewStandards(rows...)
}
