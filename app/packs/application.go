package packs

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"reliefportal/app/rules"
)

const applicationFile = "application.yaml"

type rawApplication struct {
	Service struct {
		Why     rules.Text
		Cites   []rawCite
		Version string
		Consent rules.Text
		Follows []rules.Text
		Rests   []rawCite
	}
	Forms []rawForm
}

type rawForm struct {
	ID       string
	Remedies []string
	Person   rules.Text
	Parts    []struct {
		Title rules.Text
		Lines []rules.Text
		Words []rules.FactID
	}
}

// application reads how the written applications read. A pack without the file takes in no filing on paper; the check says so.
func (l *loader) application() error {
	var raw rawApplication
	if err := l.read(applicationFile, &raw); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	s := raw.Service
	l.pack.Application.Service = rules.ServiceWords{Why: s.Why, Cites: citesOf(s.Cites), Version: s.Version, Consent: s.Consent,
		Follows: s.Follows, Rests: citesOf(s.Rests)}
	for _, f := range raw.Forms {
		form := rules.ApplicationForm{ID: f.ID, Remedies: f.Remedies, Person: f.Person}
		for _, part := range f.Parts {
			form.Parts = append(form.Parts, rules.ApplicationPart(part))
		}
		l.pack.Application.Forms = append(l.pack.Application.Forms, form)
	}
	return nil
}

// application refuses forms that name remedies, facts or sources that are not there.
func (l *linker) application(a rules.Application) {
	l.cites("application", slices.Concat(a.Service.Cites, a.Service.Rests))
	for _, f := range a.Forms {
		where := "application " + f.ID
		l.remedies(where, slices.DeleteFunc(slices.Clone(f.Remedies), func(id string) bool { return id == "*" }))
		for _, part := range f.Parts {
			ids := slices.Clone(part.Words)
			for _, line := range part.Lines {
				ids = slices.Concat(ids, rules.Slots(line.Zh), rules.Slots(line.En))
			}
			for _, id := range ids {
				if _, ok := l.pack.Fact(id); !ok {
					l.add(where, "no fact is called %q", id)
				}
			}
		}
	}
}

// application looks for remedies without a written application, and for words missing in a language.
func (c *checker) application() {
	for _, r := range c.pack.Remedies {
		if _, ok := c.pack.FormFor(r.ID); !ok && r.Kind == rules.KindFiling {
			c.add("remedy "+r.ID, "no form of %s says how its written application reads", applicationFile)
		}
	}
	for _, f := range c.pack.Application.Forms {
		c.words("application "+f.ID, map[string]rules.Text{"person": f.Person})
		for i, part := range f.Parts {
			texts := map[string]rules.Text{"title": part.Title}
			for n, line := range part.Lines {
				texts[fmt.Sprintf("line %d", n+1)] = line
				if !slices.Equal(sorted(rules.Slots(line.Zh)), sorted(rules.Slots(line.En))) {
					c.add("application "+f.ID, "the two languages of a line name different answers")
				}
			}
			c.words(fmt.Sprintf("application %s part %d", f.ID, i+1), texts)
		}
	}
	if s := c.pack.Application.Service; len(c.pack.Application.Forms) > 0 {
		c.words("application service", map[string]rules.Text{"why": s.Why, "consent": s.Consent})
		c.cited("application service", s.Cites)
		c.cited("application service consent", s.Rests)
		if s.Version == "" {
			c.add("application service", "the words of consent have no version")
		}
	}
}

func sorted(ids []rules.FactID) []rules.FactID {
	out := slices.Clone(ids)
	slices.Sort(out)
	return out
}
