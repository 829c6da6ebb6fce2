package packs

import (
	"errors"
	"io/fs"
	"slices"

	"reliefportal/app/rules"
)

const lettersFile = "letters.yaml"

type rawLetter struct {
	ID       string
	Version  string
	Remedies []string
	Outcomes []string
	Name     rules.Text
	Title    string
	Lines    []rules.LetterLine
	Cites    []rawCite
}

// letters reads how the papers of decisions read. A pack without the file has decisions without a paper; the check says so.
func (l *loader) letters() error {
	var raw struct{ Letters []rawLetter }
	if err := l.read(lettersFile, &raw); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	for _, r := range raw.Letters {
		l.pack.Letters = append(l.pack.Letters, rules.Letter{ID: r.ID, Version: r.Version, Remedies: r.Remedies, Outcomes: r.Outcomes,
			Name: r.Name, Title: r.Title, Lines: r.Lines, Cites: citesOf(r.Cites)})
	}
	return nil
}

// letters refuses letters that name remedies or fields that are not there.
func (l *linker) letters(all []rules.Letter) {
	for _, t := range all {
		where := "letter " + t.ID
		l.cites(where, t.Cites)
		l.remedies(where, slices.DeleteFunc(slices.Clone(t.Remedies), func(id string) bool { return id == "*" }))
		for _, line := range t.Lines {
			for _, id := range rules.Slots(line.Text) {
				if !slices.Contains(rules.LetterFields, id) {
					l.add(where, "no letter has the field %q", id)
				}
			}
			switch line.Kind {
			case rules.LinePara, rules.LineHeading, rules.LineRight, rules.LineSmall:
			default:
				l.add(where, "a line has the unknown kind %q", line.Kind)
			}
		}
	}
}

// sideOf refuses a ground that speaks for nobody we know.
func (l *linker) sideOf(where string, g rules.Ground) {
	switch g.For {
	case rules.ForRequest, rules.ForRefusal, rules.ForEither:
	default:
		l.add(where, "ground %s speaks for %q", g.Code, g.For)
	}
}

// letters looks for outcomes that no letter tells, and for letters that leave out what a person must be told.
func (c *checker) letters() {
	for _, r := range c.pack.Remedies {
		if r.Kind != rules.KindFiling {
			continue
		}
		for _, o := range r.Outcomes {
			if len(c.pack.LettersFor(r.ID, o.ID)) == 0 && o.ID != "withdrawn" {
				c.add("remedy "+r.ID, "no letter of %s tells the outcome %s", lettersFile, o.ID)
			}
		}
	}
	for _, t := range c.pack.Letters {
		where := "letter " + t.ID
		c.words(where, map[string]rules.Text{"name": t.Name})
		c.cited(where, t.Cites)
		if t.Version == "" || t.Title == "" {
			c.add(where, "needs a version and a title")
		}
		var has []rules.FactID
		for _, line := range t.Lines {
			has = append(has, rules.Slots(line.Text)...)
		}
		for _, must := range []rules.FactID{"body", "applicant", "reasons", "outcome", "next", "signers", "decided_on"} {
			if !slices.Contains(has, must) {
				c.add(where, "does not say {%s}", must)
			}
		}
	}
}
