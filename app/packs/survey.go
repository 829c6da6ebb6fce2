package packs

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

type rawSurvey struct {
	ID           string
	Version      string
	Purpose      rules.Purpose
	Title        rules.Text
	Consent      rules.Text
	Web          rules.Text
	Refused      rules.Text
	Care         rules.Text
	Thanks       rules.Text
	Probes       []rules.Text
	Scale        []rules.Option
	Apart        []rules.Option
	Parts        []rules.Part
	CompleteFrom int `yaml:"complete_from"`
	PartialFrom  int `yaml:"partial_from"`
	Short        string
	Items        []rawItem
	Cites        []rawCite
}

type rawItem struct {
	ID       string
	Kind     rules.ItemKind
	Element  string
	Part     string
	Intro    rules.Text
	Text     rules.Text
	Options  []rules.Option
	Ask      rawNode
	Reverse  bool
	Required bool
	RedFlags []rawFlag `yaml:"red_flags"`
	Prepares []rawPrepare
}

type rawPrepare struct {
	Answers []string
	Remedy  string
	Facts   map[rules.FactID]rawNode
	Also    []rawAlso
}

type rawAlso struct {
	Item    string
	Answers []string
	Facts   map[rules.FactID]rawNode
}

type rawCare struct {
	Words   []string
	Say     rules.Text
	Lines   []rawLine
	Finding rawFlag
	Offer   rules.Text
	Urgent  rules.Text
	Cites   []rawCite
}

type rawLine struct {
	Number string
	Name   rules.Text
	Cites  []rawCite
}

type rawFlag struct {
	Answers []string
	Finding string
	Label   rules.Text
	Within  string
	To      string
	Urgent  bool
	Remedy  string
	Facts   map[rules.FactID]rawNode
}

type rawCalls struct {
	Slots          []rules.Slot
	MaxAttempts    int    `yaml:"max_attempts"`
	OverDays       int    `yaml:"over_days"`
	MaxPerDay      int    `yaml:"max_per_day"`
	MaxConnected   int    `yaml:"max_connected"`
	DrawWithin     string `yaml:"draw_within"`
	RepeatAfter    string `yaml:"repeat_after"`
	FindingOwnerIn string `yaml:"finding_owner_in"`
	FindingReplyIn string `yaml:"finding_reply_in"`
	RedialPercent  int    `yaml:"redial_percent"`
	SmallCell      int    `yaml:"small_cell"`
	Outcomes       []rawCode
	Programmes     []rawProgramme
	Cites          []rawCite
}

type rawProgramme struct {
	ID         string
	Title      rules.Text
	Instrument string
	Strata     []rawStratum
}

type rawStratum struct {
	ID       string
	Event    rules.CallEvent
	Party    rules.Party
	PerMille int `yaml:"per_mille"`
	Quota    int
}

type rawCode struct {
	Code       string
	Label      rules.Text
	AAPOR      string `yaml:"aapor"`
	CountsAs   string `yaml:"counts_as"`
	Final      bool
	Connected  bool
	NeverAgain bool `yaml:"never_again"`
	Retry      rawRetry
	NoteNeeded bool `yaml:"note_needed"`
	DateNeeded bool `yaml:"date_needed"`
	Number     string
	Refer      bool
	System     bool
}

type rawRetry struct {
	AfterDays int  `yaml:"after_days"`
	OtherSlot bool `yaml:"other_slot"`
}

// surveys reads the instruments and the limits of calling.
func (l *loader) surveys() error {
	for _, name := range l.files("surveys", ".yaml") {
		var raw rawSurvey
		if err := l.read(name, &raw); err != nil {
			return err
		}
		s, err := l.survey(name, raw)
		if err != nil {
			return err
		}
		l.pack.Surveys = append(l.pack.Surveys, s)
	}
	if err := l.care(); err != nil {
		return err
	}
	var raw rawCalls
	if err := l.read("calls.yaml", &raw); err != nil {
		return err
	}
	return l.calls(raw)
}

// care reads what is done when somebody speaks of harm.
func (l *loader) care() error {
	const file = "care.yaml"
	if _, err := fs.Stat(l.fsys, file); errors.Is(err, fs.ErrNotExist) {
		return nil // a pack without questionnaires needs none; the check says so of others
	}
	var raw rawCare
	if err := l.read(file, &raw); err != nil {
		return err
	}
	flag, err := l.flag(file, raw.Finding)
	if err != nil {
		return err
	}
	l.pack.Care = rules.Care{Words: raw.Words, Say: raw.Say, Finding: flag, Offer: raw.Offer, Urgent: raw.Urgent, Cites: citesOf(raw.Cites)}
	for _, line := range raw.Lines {
		l.pack.Care.Lines = append(l.pack.Care.Lines, rules.Line{Number: line.Number, Name: line.Name, Cites: citesOf(line.Cites)})
	}
	return nil
}

// flag reads a red flag; its facts are those of the pack, not the items of a survey.
func (l *loader) flag(file string, raw rawFlag) (rules.RedFlag, error) {
	var within calendar.Period // of an urgent flag: the same day
	if !raw.Urgent {
		var err error
		if within, err = calendar.ParsePeriod(raw.Within); err != nil {
			return rules.RedFlag{}, fmt.Errorf("%s: flag %s: %w", file, raw.Finding, err)
		}
	}
	facts, err := l.in(file).values(raw.Facts)
	return rules.RedFlag{
		Answers: raw.Answers, Finding: raw.Finding, Label: raw.Label, Within: within, To: raw.To, Urgent: raw.Urgent, Remedy: raw.Remedy, Facts: facts,
	}, err
}

func (l *loader) prepare(file string, raw rawPrepare) (rules.Prepare, error) {
	facts, err := l.in(file).values(raw.Facts)
	if err != nil {
		return rules.Prepare{}, err
	}
	out := rules.Prepare{Answers: raw.Answers, Remedy: raw.Remedy, Facts: facts}
	for _, a := range raw.Also {
		more, err := l.in(file).values(a.Facts)
		if err != nil {
			return rules.Prepare{}, err
		}
		out.Also = append(out.Also, rules.Also{Item: a.Item, Answers: a.Answers, Facts: more})
	}
	return out, nil
}

func (l *loader) survey(file string, raw rawSurvey) (*rules.Instrument, error) {
	out := &rules.Instrument{
		ID: raw.ID, Version: raw.Version, Purpose: raw.Purpose, Title: raw.Title, Consent: raw.Consent, Web: raw.Web, Refused: raw.Refused, Care: raw.Care,
		Thanks: raw.Thanks, Probes: raw.Probes, Scale: raw.Scale, Apart: raw.Apart, Parts: raw.Parts, CompleteFrom: raw.CompleteFrom,
		PartialFrom: raw.PartialFrom, Short: raw.Short, Cites: citesOf(raw.Cites),
	}
	c := compiler{file: file, facts: itemFacts(raw)}
	for _, r := range raw.Items {
		item, err := l.item(file, c, r)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

func (l *loader) item(file string, c compiler, r rawItem) (rules.Item, error) {
	ask, err := c.cond(r.Ask)
	if err != nil {
		return rules.Item{}, err
	}
	item := rules.Item{
		ID: r.ID, Kind: r.Kind, Element: r.Element, Part: r.Part, Intro: r.Intro, Text: r.Text, Options: r.Options,
		Ask: ask, Reverse: r.Reverse, Required: r.Required,
	}
	for _, f := range r.RedFlags {
		flag, err := l.flag(file, f)
		if err != nil {
			return rules.Item{}, err
		}
		item.RedFlags = append(item.RedFlags, flag)
	}
	for _, raw := range r.Prepares {
		p, err := l.prepare(file, raw)
		if err != nil {
			return rules.Item{}, err
		}
		item.Prepares = append(item.Prepares, p)
	}
	return item, nil
}

// itemFacts lets the conditions of a survey speak of its own items.
func itemFacts(raw rawSurvey) map[rules.FactID]rules.Fact {
	out := map[rules.FactID]rules.Fact{}
	for _, it := range raw.Items {
		f := rules.Fact{ID: rules.FactID(it.ID), Kind: rules.FactChoice, Options: it.Options}
		switch it.Kind {
		case rules.ItemLikert:
			f.Options = append(append([]rules.Option{}, raw.Scale...), raw.Apart...)
		case rules.ItemOpen:
			f.Kind = rules.FactLongText
		}
		out[f.ID] = f
	}
	return maps.Clone(out)
}

func (l *loader) calls(raw rawCalls) error {
	c := &l.pack.Calls
	*c = rules.CallRules{
		Slots: raw.Slots, MaxAttempts: raw.MaxAttempts, OverDays: raw.OverDays, MaxPerDay: raw.MaxPerDay, MaxConnected: raw.MaxConnected,
		RedialPercent: raw.RedialPercent, SmallCell: raw.SmallCell, Cites: citesOf(raw.Cites),
	}
	for _, p := range []struct {
		to   *calendar.Period
		from string
	}{{&c.DrawWithin, raw.DrawWithin}, {&c.RepeatAfter, raw.RepeatAfter}, {&c.FindingOwnerIn, raw.FindingOwnerIn}, {&c.FindingReplyIn, raw.FindingReplyIn}} {
		period, err := calendar.ParsePeriod(p.from)
		if err != nil {
			return fmt.Errorf("calls.yaml: %w", err)
		}
		*p.to = period
	}
	for _, o := range raw.Outcomes {
		c.Outcomes = append(c.Outcomes, rules.OutcomeCode{
			Code: o.Code, Label: o.Label, AAPOR: o.AAPOR, CountsAs: o.CountsAs, Final: o.Final, Connected: o.Connected,
			NeverAgain: o.NeverAgain, Retry: rules.Retry(o.Retry), NoteNeeded: o.NoteNeeded, DateNeeded: o.DateNeeded,
			Number: o.Number, Refer: o.Refer, System: o.System,
		})
	}
	for _, p := range raw.Programmes {
		c.Programmes = append(c.Programmes, programme(p))
	}
	return nil
}

func programme(raw rawProgramme) rules.Programme {
	out := rules.Programme{ID: raw.ID, Title: raw.Title, Instrument: raw.Instrument}
	for _, r := range raw.Strata {
		out.Strata = append(out.Strata, rules.Stratum{ID: r.ID, Event: r.Event, Party: r.Party, PerMille: r.PerMille, Quota: r.Quota})
	}
	return out
}
