package packs

import (
	"fmt"
	"maps"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

type rawSurvey struct {
	ID          string
	Version     string
	Title       rules.Text
	Consent     rules.Text
	Refused     rules.Text
	Care        rules.Text
	Probes      []rules.Text
	Scale       []rules.Option
	Apart       []rules.Option
	PartialFrom int `yaml:"partial_from"`
	Items       []rawItem
	Cites       []rawCite
}

type rawItem struct {
	ID       string
	Kind     rules.ItemKind
	Element  string
	Intro    rules.Text
	Text     rules.Text
	Options  []rules.Option
	Ask      rawNode
	Reverse  bool
	Required bool
	RedFlags []rawFlag `yaml:"red_flags"`
}

type rawFlag struct {
	Answers []string
	Finding string
	Label   rules.Text
	Within  string
	To      string
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
	Announce       rules.Text
	Cites          []rawCite
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
	var raw rawCalls
	if err := l.read("calls.yaml", &raw); err != nil {
		return err
	}
	return l.calls(raw)
}

func (l *loader) survey(file string, raw rawSurvey) (*rules.Instrument, error) {
	out := &rules.Instrument{
		ID: raw.ID, Version: raw.Version, Title: raw.Title, Consent: raw.Consent, Refused: raw.Refused, Care: raw.Care,
		Probes: raw.Probes, Scale: raw.Scale, Apart: raw.Apart, PartialFrom: raw.PartialFrom, Cites: citesOf(raw.Cites),
	}
	c := compiler{file: file, facts: itemFacts(raw)}
	for _, r := range raw.Items {
		ask, err := c.cond(r.Ask)
		if err != nil {
			return nil, err
		}
		item := rules.Item{
			ID: r.ID, Kind: r.Kind, Element: r.Element, Intro: r.Intro, Text: r.Text, Options: r.Options,
			Ask: ask, Reverse: r.Reverse, Required: r.Required,
		}
		for _, f := range r.RedFlags {
			within, err := calendar.ParsePeriod(f.Within)
			if err != nil {
				return nil, fmt.Errorf("%s: item %s: %w", file, r.ID, err)
			}
			item.RedFlags = append(item.RedFlags, rules.RedFlag{Answers: f.Answers, Finding: f.Finding, Label: f.Label, Within: within, To: f.To})
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
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
		RedialPercent: raw.RedialPercent, SmallCell: raw.SmallCell, Announce: raw.Announce, Cites: citesOf(raw.Cites),
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
		})
	}
	return nil
}
