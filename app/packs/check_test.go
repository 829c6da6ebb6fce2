package packs

import (
	"fmt"
	"slices"
	"testing"

	"reliefportal/app/rules"
)

func TestPacksAreSound(t *testing.T) {
	s := set(t)
	where := courts(t)
	for _, p := range s.All() {
		cases, err := s.Cases(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range append(Check(p), CheckCases(p, cases, where)...) {
			t.Errorf("%s: %s", p.ID, x)
		}
		if len(cases) < 250 {
			t.Errorf("%s has %d worked cases", p.ID, len(cases))
		}
	}
}

// Every row of the tables the pack was written from is met by a worked case.
func TestEveryRowHasACase(t *testing.T) {
	s, p := pack(t)
	cases, err := s.Cases(p)
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	for _, w := range cases {
		for _, r := range w.Rows {
			met[r] = true
		}
	}
	var want []string
	for _, span := range []struct {
		letter   string
		from, to int
	}{{"T", 1, 22}, {"T", 30, 37}, {"T", 40, 47}, {"T", 50, 60}, {"T", 70, 79}, {"T", 80, 88}, {"T", 90, 103}, {"B", 1, 39}, {"W", 1, 20}, {"X", 1, 12}} {
		for n := span.from; n <= span.to; n++ {
			id := fmt.Sprintf("%s%02d", span.letter, n)
			if span.letter == "X" {
				id = fmt.Sprintf("X%d", n)
			}
			want = append(want, id)
		}
	}
	for _, c := range p.Clocks {
		want = append(want, c.ID)
	}
	for _, id := range want {
		if !met[id] {
			t.Errorf("no case for %s", id)
		}
	}
}

// The catalogue's remedies and exits are all there.
func TestCatalogueIsComplete(t *testing.T) {
	_, p := pack(t)
	var want []string
	for n := 1; n <= 48; n++ {
		id := fmt.Sprintf("R%02d", n)
		switch n {
		case 26, 28: // these are given in parts
			want = append(want, id+"a", id+"b", id+"c")
		case 27: // the catalogue has none
		default:
			want = append(want, id)
		}
	}
	for n := 1; n <= 12; n++ {
		want = append(want, fmt.Sprintf("X%d", n))
	}
	for _, id := range want {
		if _, ok := p.Remedy(id); !ok {
			t.Errorf("%s is missing", id)
		}
	}
}

func TestCheckFindsWhatIsMissing(t *testing.T) {
	_, p := pack(t)
	r := *p.Remedies[0]
	r.Plain.En, r.Cites, r.Why = "", nil, nil
	broken := clone(p)
	broken.Remedies[0] = &r
	broken.Index()
	got := Check(broken)
	for _, want := range []string{"plain words has no English words", "has no citation", "never says why it fits"} {
		if !slices.ContainsFunc(got, func(x Problem) bool { return x.Where == "remedy "+r.ID && x.What == want }) {
			t.Errorf("%q was not found among %v", want, got)
		}
	}
}

// clone copies the pack as far as a test changes it.
func clone(p *rules.Pack) *rules.Pack {
	return &rules.Pack{
		ID: p.ID, Hash: p.Hash, From: p.From, Title: p.Title, Calendar: p.Calendar, Sources: p.Sources, Facts: slices.Clone(p.Facts),
		Finder: p.Finder, Questions: p.Questions, Remedies: slices.Clone(p.Remedies), Rows: slices.Clone(p.Rows),
		Clocks: slices.Clone(p.Clocks), Surveys: p.Surveys, Calls: p.Calls, Sums: p.Sums, MostQuestions: p.MostQuestions,
	}
}
