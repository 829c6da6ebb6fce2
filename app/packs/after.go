package packs

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// What a pack says of the time after a decision: the duty to carry it out, and when a restriction has to end.

type rawCarryOut struct {
	Within  string
	Cite    rawCite
	Text    rules.Text
	Next    []rawNext
	Finding rules.Text
}

type rawMeanwhile struct {
	Asset rules.Text
	Until rules.Text
	Ask   rules.Text
	Cites []rawCite
}

type rawRestriction struct {
	ID    string
	Label rules.Text
	Where rules.Text
	Terms []rawTermOf
}

type rawTermOf struct {
	ID      string
	Label   rules.Text
	Day     rules.Text
	Within  string
	Must    bool
	Cite    rawCite
	Note    rules.Text
	Correct rawNext
	Lifts   []string
}

func (c *compiler) next(in []rawNext) ([]rules.NextRemedy, error) {
	var out []rules.NextRemedy
	for _, n := range in {
		set, err := c.values(n.Set)
		if err != nil {
			return nil, err
		}
		out = append(out, rules.NextRemedy{Remedy: n.Remedy, Why: n.Why, Carry: n.Carry, Set: set, Say: n.Say})
	}
	return out, nil
}

func (c *compiler) carryOut(raw *rawCarryOut) (rules.CarryOut, error) {
	if raw == nil {
		return rules.CarryOut{}, nil
	}
	within, err := calendar.ParsePeriod(raw.Within)
	if err != nil {
		return rules.CarryOut{}, fmt.Errorf("%s: carrying out: %w", c.file, err)
	}
	next, err := c.next(raw.Next)
	return rules.CarryOut{Within: within, Cite: raw.Cite.cite, Text: raw.Text, Next: next, Finding: raw.Finding}, err
}

// restrictions reads the kinds of restriction; a pack without the file has none.
func (l *loader) restrictions() error {
	const file = "restrictions.yaml"
	var raw struct{ Restrictions []rawRestriction }
	err := l.read(file, &raw)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	c := l.in(file)
	for _, r := range raw.Restrictions {
		out := rules.Restriction{ID: r.ID, Label: r.Label, Where: r.Where}
		for _, t := range r.Terms {
			term, err := c.termOf(t)
			if err != nil {
				return fmt.Errorf("%s: %s %s: %w", file, r.ID, t.ID, err)
			}
			out.Terms = append(out.Terms, term)
		}
		l.pack.Restrictions = append(l.pack.Restrictions, out)
	}
	return nil
}

func (c *compiler) termOf(t rawTermOf) (rules.RestrictionTerm, error) {
	within, err := calendar.ParsePeriod(t.Within)
	if err != nil {
		return rules.RestrictionTerm{}, err
	}
	correct, err := c.next([]rawNext{t.Correct})
	if err != nil {
		return rules.RestrictionTerm{}, err
	}
	return rules.RestrictionTerm{ID: t.ID, Label: t.Label, Day: t.Day, Within: within, Must: t.Must, Cite: t.Cite.cite, Note: t.Note,
		Correct: correct[0], Lifts: t.Lifts}, nil
}

// carry refuses a duty without words or citation, and names that lead nowhere.
func (l *linker) carry(w string, c rules.CarryOut) {
	if c.IsZero() {
		return
	}
	l.cites(w, []rules.Cite{c.Cite})
	if c.Text.Empty() || len(c.Next) == 0 {
		l.add(w, "carrying out needs words, and a way when it is not done")
	}
	l.nexts(w, c.Next)
}

func (l *linker) restriction(r rules.Restriction) {
	w := "restriction " + r.ID
	if r.Label.Empty() || r.Where.Empty() || len(r.Terms) == 0 {
		l.add(w, "needs a label, a place to look, and terms")
	}
	for _, t := range r.Terms {
		at := w + " " + t.ID
		l.cites(at, []rules.Cite{t.Cite})
		l.nexts(at, []rules.NextRemedy{t.Correct})
		if t.Label.Empty() || t.Day.Empty() || !t.Within.Valid() {
			l.add(at, "needs a label, a question for the day, and a time")
		}
		for _, o := range t.Lifts {
			remedy, outcome, _ := strings.Cut(o, "/")
			if m, ok := l.pack.Remedy(remedy); !ok {
				l.add(at, "no remedy is called %q", remedy)
			} else if _, ok := m.Outcome(outcome); !ok {
				l.add(at, "%s has no outcome %q", remedy, outcome)
			}
		}
	}
}
