package packs

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// list is the court directory read straight from its table, so that the rules are tested against real courts.
type list map[string]struct {
	court  rules.Court
	parent string
}

func (l list) Court(name string) (rules.Court, bool) { c, ok := l[name]; return c.court, ok }

func (l list) Above(name string) (rules.Court, bool) {
	c, ok := l[name]
	if !ok {
		return rules.Court{}, false
	}
	return l.Court(c.parent)
}

func courts(t testing.TB) rules.Courts {
	t.Helper()
	f, err := os.Open("../directory/data/courts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := list{}
	for _, r := range rows[1:] {
		level, err := strconv.Atoi(r[1])
		if err != nil {
			t.Fatal(err)
		}
		entry := out[r[0]]
		entry.court = rules.Court{ID: r[0], Name: r[0], Level: level, Province: r[3]}
		entry.parent = r[2]
		out[r[0]] = entry
	}
	return out
}

func set(t testing.TB) *Set {
	t.Helper()
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// pack is the newest pack.
func pack(t testing.TB) (*Set, *rules.Pack) {
	t.Helper()
	s := set(t)
	all := s.All()
	return s, all[len(all)-1]
}

func TestWorkedCases(t *testing.T) {
	s := set(t)
	where := courts(t)
	for _, p := range s.All() {
		cases, err := s.Cases(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range cases {
			t.Run(p.ID+"/"+w.ID, func(t *testing.T) {
				for _, diff := range w.Run(p, where) {
					t.Error(diff)
				}
			})
		}
	}
}

func TestCaseNoticesDifference(t *testing.T) {
	s, p := pack(t)
	cases, err := s.Cases(p)
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for i < len(cases) && (len(cases[i].Doors) == 0 || cases[i].Doors[0].Legal.IsZero()) {
		i++
	}
	w := cases[i]
	w.Doors[0].Legal = calendar.NewDate(1999, 1, 1)
	if len(w.Run(p, courts(t))) == 0 {
		t.Error("a wrong date passed")
	}
}
