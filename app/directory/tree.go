package directory

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"reliefportal/app/rules"
)

// Tree is the courts in memory: who is above whom, who has which sign, search. It never changes once built and is safe for use by several
// goroutines.
type Tree struct {
	courts []Court
	byName map[string]int
	bySign map[string]int
	byID   map[string]int
	keys   []key
}

// NewTree builds a tree. A court named twice, a parent that is not there, or a sign of two courts is an error.
func NewTree(courts []Court) (*Tree, error) {
	t := &Tree{
		courts: slices.Clone(courts),
		byName: make(map[string]int, len(courts)),
		bySign: make(map[string]int, len(courts)),
		byID:   make(map[string]int, len(courts)),
		keys:   make([]key, len(courts)),
	}
	slices.SortStableFunc(t.courts, func(a, b Court) int { return cmp.Compare(a.Level, b.Level) })
	for i := range t.courts {
		if err := t.index(i); err != nil {
			return nil, err
		}
	}
	for _, c := range t.courts {
		if _, ok := t.byName[c.Parent]; c.Parent != "" && !ok {
			return nil, fmt.Errorf("directory: %s stands under %s, which is not there", c.Name, c.Parent)
		}
	}
	return t, nil
}

func (t *Tree) index(i int) error {
	c := &t.courts[i]
	if c.ID == "" {
		c.ID = IDOf(c.Name)
	}
	if _, twice := t.byName[c.Name]; twice || c.Name == "" {
		return fmt.Errorf("directory: two courts named %q, or one without a name", c.Name)
	}
	t.byName[c.Name], t.byID[c.ID] = i, i
	if c.Sign != "" {
		if _, twice := t.bySign[c.Sign]; twice {
			return fmt.Errorf("directory: the sign %s stands for two courts", c.Sign)
		}
		t.bySign[c.Sign] = i
	}
	t.keys[i] = keyOf(*c)
	return nil
}

// Len returns the number of courts.
func (t *Tree) Len() int { return len(t.courts) }

func (t *Tree) at(i int, ok bool) (Court, bool) {
	if !ok {
		return Court{}, false
	}
	return t.courts[i], true
}

// ByName finds a court by its full Chinese name; spaces around it do not matter.
func (t *Tree) ByName(name string) (Court, bool) {
	i, ok := t.byName[strings.TrimSpace(name)]
	return t.at(i, ok)
}

// ByID finds a court by its id.
func (t *Tree) ByID(id string) (Court, bool) {
	i, ok := t.byID[id]
	return t.at(i, ok)
}

// BySign finds the court to propose for a sign in a case number. A person confirms it: signs were derived and may be out of date.
func (t *Tree) BySign(sign string) (Court, bool) {
	if rest, ok := strings.CutPrefix(sign, "黔"); ok {
		sign = "贵" + rest // papers carry 黔, the list has 贵
	}
	if strings.HasPrefix(sign, "最高法") {
		sign = "最高法" // its intellectual property court too
	}
	i, ok := t.bySign[sign]
	return t.at(i, ok)
}

// Above finds the court one level up; false for the supreme court and unknown names. When the court's own place is not certain the court found is
// marked Uncertain, so that nobody takes it for the answer.
func (t *Tree) Above(name string) (Court, bool) {
	c, ok := t.ByName(name)
	if !ok || c.Parent == "" {
		return Court{}, false
	}
	up, ok := t.ByName(c.Parent)
	up.Uncertain = up.Uncertain || c.Uncertain
	return up, ok
}

// CommonAbove finds the nearest court that stands above both (共同上级); false when there is none, or when a place on the way up is not certain,
// because then a person must say.
func (t *Tree) CommonAbove(a, b string) (Court, bool) {
	over := map[string]bool{}
	for up, ok := t.Above(a); ok && !up.Uncertain; up, ok = t.Above(up.Name) {
		over[up.Name] = true
	}
	for up, ok := t.Above(b); ok && !up.Uncertain; up, ok = t.Above(up.Name) {
		if over[up.Name] {
			return up, true
		}
	}
	return Court{}, false
}

// From lists courts in the order of level and place, at most limit, after the one of this name; an empty name begins with the first.
// A name nobody knows gives none.
func (t *Tree) From(after string, limit int) []Court {
	at := 0
	if after != "" {
		i, ok := t.byName[after]
		if !ok {
			return nil
		}
		at = i + 1
	}
	return slices.Clone(t.courts[at:min(len(t.courts), at+limit)])
}

// Rules gives the tree to the rules.
func (t *Tree) Rules() rules.Courts { return ruleCourts{t} }

type ruleCourts struct{ tree *Tree }

func (r ruleCourts) Court(name string) (rules.Court, bool) { return forRules(r.tree.ByName(name)) }
func (r ruleCourts) Above(name string) (rules.Court, bool) { return forRules(r.tree.Above(name)) }

func forRules(c Court, ok bool) (rules.Court, bool) {
	return rules.Court{ID: c.ID, Name: c.Name, Level: c.Level, Province: c.Province, Uncertain: c.Uncertain}, ok
}
