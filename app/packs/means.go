package packs

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"reliefportal/app/money"
	"reliefportal/app/rules"
)

const meansFile = "means.yaml"

type rawMeans struct {
	Ask, May             []string
	Change, Excess, Swap string
	Doors                []string
	NoCut                rawMeansRule `yaml:"no_cut"`
	Households           []rules.Option
	Rules                map[string]rawMeansRule
	Kinds                []rawMeansKind
	Changes              []rules.MeansChange
	Examples             []rawMeansExample
}

type rawMeansRule struct {
	Text  rules.Text
	Cites []rawCite
}

type rawMeansKind struct {
	ID     string
	Group  rules.MeansGroup
	Counts string
	Shield string
	Harm   int
	For    []string
	Label  rules.Text
	Why    rules.Text
	Cites  []rawCite
}

type rawMeansSum struct{ Kind, Sum, Every string }

type rawMeansExample struct {
	ID     string
	Title  rules.Text
	People int
	Floor  string
	Taken  rawMeansSum
	Lines  []rawMeansSum
	Want   struct{ Income, Costs, Left, After string }
}

// means reads the means statement; a pack without the file has none.
func (l *loader) means() error {
	var raw rawMeans
	if err := l.read(meansFile, &raw); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	m := &l.pack.Means
	*m = rules.Means{Ask: raw.Ask, May: raw.May, Change: raw.Change, Excess: raw.Excess, Swap: raw.Swap,
		Doors: raw.Doors, NoCut: raw.NoCut.rule(), Households: raw.Households, Changes: raw.Changes, Rules: map[string]rules.MeansRule{}}
	for id, r := range raw.Rules {
		m.Rules[id] = r.rule()
	}
	for _, k := range raw.Kinds {
		if _, twice := m.Kind(k.ID); twice || k.ID == "" || !slices.Contains(rules.MeansGroups, k.Group) {
			return fmt.Errorf("%s: kind %q has no group, or is there twice", meansFile, k.ID)
		}
		m.Kinds = append(m.Kinds, rules.MeansKind{ID: k.ID, Group: k.Group, Counts: k.Counts, Shield: k.Shield, Harm: k.Harm, For: k.For, Label: k.Label,
			Why: k.Why, Cites: citesOf(k.Cites)})
	}
	for _, e := range raw.Examples {
		example, err := e.example()
		if err != nil {
			return fmt.Errorf("%s: example %s: %w", meansFile, e.ID, err)
		}
		m.Examples = append(m.Examples, example)
	}
	return nil
}

func (r rawMeansRule) rule() rules.MeansRule {
	return rules.MeansRule{Text: r.Text, Cites: citesOf(r.Cites)}
}

func (e rawMeansExample) example() (rules.MeansExample, error) {
	out := rules.MeansExample{ID: e.ID, Title: e.Title, People: e.People}
	var errs []error
	read := func(typed string) money.Fen {
		below := len(typed) > 0 && typed[0] == '-'
		if below {
			typed = typed[1:]
		}
		sum, err := money.Parse(typed)
		errs = append(errs, err)
		if below {
			return -sum
		}
		return sum
	}
	out.Floor = read(e.Floor)
	out.Taken = rules.MeansSum{Sum: read(e.Taken.Sum), Every: e.Taken.Every}
	for _, x := range e.Lines {
		out.Lines = append(out.Lines, rules.MeansSum{Kind: x.Kind, Sum: read(x.Sum), Every: x.Every})
	}
	out.Want = rules.MeansWant{Income: read(e.Want.Income), Costs: read(e.Want.Costs), Left: read(e.Want.Left), After: read(e.Want.After)}
	return out, errors.Join(errs...)
}

// means refuses a statement that names what is not there.
func (l *linker) means(m rules.Means) {
	l.remedies("means", slices.Concat(m.Ask, m.May, m.Doors, named(m.Change, m.Excess, m.Swap)))
	l.cites("means", m.NoCut.Cites)
	for id, r := range m.Rules {
		l.cites("means rule "+id, r.Cites)
	}
	for _, k := range m.Kinds {
		l.cites("means "+k.ID, k.Cites)
		for _, h := range k.For {
			if _, ok := m.Household(h); !ok {
				l.add("means "+k.ID, "no household is called %q", h)
			}
		}
	}
	for _, e := range m.Examples {
		for _, x := range e.Lines {
			if _, ok := m.Kind(x.Kind); !ok {
				l.add("means example "+e.ID, "no kind of line is called %q", x.Kind)
			}
		}
	}
	change, _ := l.pack.Fact("change")
	for _, c := range m.Changes {
		if _, ok := change.Option(c.Says); !ok {
			l.add("means change "+c.ID, "fact change has no option %q", c.Says)
		}
	}
}

// named leaves out the empty ones.
func named(ids ...string) []string {
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}

// means looks for what the statement lacks: words, reasons, sources, a way of counting.
func (c *checker) means(m rules.Means) {
	for _, k := range m.Kinds {
		where := "means " + k.ID
		c.words(where, map[string]rules.Text{"label": k.Label})
		if k.Group == rules.MeansPeople {
			continue
		}
		c.words(where, map[string]rules.Text{"reason": k.Why})
		c.cited(where, k.Cites)
		counted := slices.Contains([]string{rules.CountsYes, rules.CountsDaily, rules.CountsNo}, k.Counts)
		if counted == (k.Group == rules.MeansAssets) {
			c.add(where, "counts %q", k.Counts)
		}
	}
	for id, r := range m.Rules {
		c.words("means rule "+id, map[string]rules.Text{"text": r.Text})
		c.cited("means rule "+id, r.Cites)
	}
	for _, x := range m.Changes {
		c.words("means change "+x.ID, map[string]rules.Text{"label": x.Label})
		if len(x.Groups) == 0 {
			c.add("means change "+x.ID, "changes no lines")
		}
	}
}
