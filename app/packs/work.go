package packs

import (
	"errors"
	"io/fs"

	"reliefportal/app/rules"
)

type rawWork struct {
	Urgencies []struct {
		Code  string
		Label rules.Text
		When  rawNode
		Day   rules.FactID
		Cites []rawCite
	}
	Panels []struct {
		Remedies []string
		Size     int
		Cites    []rawCite
	}
	Weights   rawWeights
	Assets    []rules.FactID
	Overrides []rules.Option
	Relations []rules.Option
	TellBy    string `yaml:"tell_by"`
	Parties   []rules.Option
}

type rawWeights struct {
	Base         int64
	Remedies     map[string]int64
	Party        int64
	Asset        int64
	Paper        int64
	PaperTop     int64 `yaml:"paper_top"`
	Urgent       int64
	Panel        int64
	AffinityDays int64 `yaml:"affinity_days"`
	AffinityOver int64 `yaml:"affinity_over"`
	AgeDays      int64 `yaml:"age_days"`
}

// work reads how the work of a body is ordered; a pack without the file orders nothing.
func (l *loader) work() error {
	const file = "workload.yaml"
	var raw rawWork
	err := l.read(file, &raw)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	out := rules.Work{Weights: rules.Weights(raw.Weights), Assets: raw.Assets, Overrides: raw.Overrides, Relations: raw.Relations, TellBy: raw.TellBy, Parties: raw.Parties}
	c := l.in(file)
	for _, u := range raw.Urgencies {
		when, err := c.cond(u.When)
		if err != nil {
			return err
		}
		out.Urgencies = append(out.Urgencies, rules.Urgency{Code: u.Code, Label: u.Label, When: when, Day: u.Day, Cites: citesOf(u.Cites)})
	}
	for _, p := range raw.Panels {
		out.Panels = append(out.Panels, rules.PanelRule{Remedies: p.Remedies, Size: p.Size, Cites: citesOf(p.Cites)})
	}
	l.pack.Work = out
	return nil
}

// work refuses what names something that is not there, and a panel that could not vote.
func (l *linker) work(w rules.Work) {
	for _, u := range w.Urgencies {
		l.cites("urgency "+u.Code, u.Cites)
		if f, ok := l.pack.Fact(u.Day); u.Day != "" && (!ok || f.Kind != rules.FactDate) {
			l.add("urgency "+u.Code, "its day %q is no date", u.Day)
		}
	}
	for _, p := range w.Panels {
		l.remedies("panel", p.Remedies)
		l.cites("panel", p.Cites)
		if p.Size < 3 || p.Size%2 == 0 {
			l.add("panel", "a panel of %d has no majority", p.Size)
		}
	}
	for id := range w.Weights.Remedies {
		l.remedies("weights", []string{id})
	}
	for _, id := range w.Assets {
		if _, ok := l.pack.Fact(id); !ok {
			l.add("work", "no fact is called %q", id)
		}
	}
	if _, ok := l.pack.Clock(w.TellBy); !ok && w.TellBy != "" {
		l.add("work", "no clock is called %q", w.TellBy)
	}
}

// work asks for words in both languages and for a source of everything that is called law.
func (c *checker) work(w rules.Work) {
	for _, u := range w.Urgencies {
		c.words("urgency "+u.Code, map[string]rules.Text{"label": u.Label})
		c.cited("urgency "+u.Code, u.Cites)
	}
	for _, p := range w.Panels {
		c.cited("panel", p.Cites)
	}
	for where, options := range map[string][]rules.Option{"override": w.Overrides, "relation": w.Relations, "party": w.Parties} {
		for _, o := range options {
			c.words(where+" "+o.ID, map[string]rules.Text{"label": o.Label})
		}
	}
}
