package packs

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// Case is a worked example of a pack: facts and a day in, doors, bodies and dates out.
type Case struct {
	ID     string
	File   string
	Rows   []string // rows of the tables it was written from: T17, B08, K05 …
	Title  rules.Text
	Tell   bool // may be shown to people as "people in this situation"
	On     calendar.Date
	Facts  rules.Facts
	Doors  []WantDoor
	Clocks []WantClock
	None   []string // remedies that must not be offered (no door, or shut)
	First  string   // remedy that must come first, when given
	Next   string   // question that must come next, when given; "-" for none
}

// WantDoor is what a case expects of one door. Empty fields are not compared.
type WantDoor struct {
	Remedy      string
	State       rules.DoorState
	Raw         calendar.Date
	Legal       calendar.Date
	FileBy      calendar.Date `yaml:"file_by"`
	Row         string
	Court       string
	Division    string
	Ways        []string
	SafeOnly    *bool `yaml:"safe_only"`
	Provisional *bool
	Arbiter     *bool
	Urgent      *bool
}

// WantClock is what a case expects of one clock started on a day.
type WantClock struct {
	Rule  string
	Start calendar.Date
	Raw   calendar.Date
	Legal calendar.Date
}

// differs lists where the clock does not end as wanted.
func (w WantClock) differs(p *rules.Pack) []string {
	rule, ok := p.Clock(w.Rule)
	if !ok {
		return []string{"no clock " + w.Rule}
	}
	got := p.Calendar.End(w.Start, rule.Length)
	if got.RawEnd != w.Raw || got.LegalEnd != w.Legal {
		return []string{fmt.Sprintf("%s from %s ends %s (%s), want %s (%s)", w.Rule, w.Start, got.LegalEnd, got.RawEnd, w.Legal, w.Raw)}
	}
	return nil
}

type rawCase struct {
	ID     string
	Rows   []string
	Title  rules.Text
	Tell   bool
	On     calendar.Date
	Facts  map[rules.FactID]rawNode
	Doors  []WantDoor
	Clocks []WantClock
	None   []string
	First  string
	Next   string
}

// Cases reads the worked cases beside a pack. Facts are read against the pack's vocabulary.
func Cases(p *rules.Pack, fsys fs.FS) ([]Case, error) {
	entries, err := fs.ReadDir(fsys, "cases")
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	var out []Case
	for _, e := range entries {
		name := path.Join("cases", e.Name())
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		some, err := cases(p, name, b)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

func cases(p *rules.Pack, name string, b []byte) ([]Case, error) {
	var raw struct{ Cases []rawCase }
	if err := decode(name, b, &raw); err != nil {
		return nil, err
	}
	c := vocabulary(p, name)
	var out []Case
	for _, r := range raw.Cases {
		facts, err := c.values(r.Facts)
		if err != nil {
			return nil, err
		}
		out = append(out, Case{
			ID: r.ID, File: name, Rows: r.Rows, Title: r.Title, Tell: r.Tell, On: r.On, Facts: facts,
			Doors: r.Doors, Clocks: r.Clocks, None: r.None, First: r.First, Next: r.Next,
		})
	}
	return out, nil
}

func vocabulary(p *rules.Pack, file string) *compiler {
	c := &compiler{file: file, facts: map[rules.FactID]rules.Fact{}}
	for _, f := range p.Facts {
		c.facts[f.ID] = f
	}
	return c
}

// Run compares a case with what the pack says and lists the differences; none means the case holds.
func (w Case) Run(p *rules.Pack, courts rules.Courts) []string {
	doors := p.Doors(w.Facts, w.On, courts)
	var out []string
	for _, want := range w.Doors {
		i := slices.IndexFunc(doors, func(d rules.Door) bool { return d.Remedy.ID == want.Remedy })
		if i < 0 {
			out = append(out, want.Remedy+": no such door")
			continue
		}
		out = append(out, want.differs(doors[i])...)
	}
	for _, c := range w.Clocks {
		out = append(out, c.differs(p)...)
	}
	for _, id := range w.None {
		if slices.ContainsFunc(doors, func(d rules.Door) bool { return d.Remedy.ID == id && d.State != rules.DoorShut }) {
			out = append(out, id+": offered, but should not be")
		}
	}
	if w.First != "" && (len(doors) == 0 || doors[0].Remedy.ID != w.First) {
		out = append(out, "first door is not "+w.First)
	}
	return append(out, w.next(p)...)
}

func (w Case) next(p *rules.Pack) []string {
	if w.Next == "" {
		return nil
	}
	got := "-"
	if q, _, _, ok := p.NextQuestion(w.Facts, w.On); ok {
		got = q.ID
	}
	if got != w.Next {
		return []string{fmt.Sprintf("next question is %s, want %s", got, w.Next)}
	}
	return nil
}

// differs lists where a door is not as wanted.
func (w WantDoor) differs(d rules.Door) []string {
	var out []string
	check := func(what string, given bool, got, want any) {
		if given && got != want {
			out = append(out, fmt.Sprintf("%s: %s is %v, want %v", w.Remedy, what, got, want))
		}
	}
	check("state", w.State != "", d.State, w.State)
	var win rules.WindowResult
	if d.Window != nil {
		win = *d.Window
	}
	check("raw end", !w.Raw.IsZero(), win.Deadline.RawEnd, w.Raw)
	check("legal end", !w.Legal.IsZero(), win.Deadline.LegalEnd, w.Legal)
	check("file by", !w.FileBy.IsZero(), win.Deadline.FileBy, w.FileBy)
	var r rules.Routing
	if d.Routing != nil {
		r = *d.Routing
	}
	check("row", w.Row != "", r.Row, w.Row)
	check("court", w.Court != "", r.Court, w.Court)
	check("division", w.Division != "", r.Division, w.Division)
	if w.SafeOnly != nil {
		check("safe only", true, win.SafeOnly, *w.SafeOnly)
	}
	if w.Provisional != nil {
		check("provisional", true, win.Deadline.Provisional, *w.Provisional)
	}
	if w.Arbiter != nil {
		check("arbiter", true, r.Arbiter, *w.Arbiter)
	}
	if w.Urgent != nil {
		check("urgent", true, d.Urgent, *w.Urgent)
	}
	if w.Ways != nil && !slices.Equal(d.Ways, w.Ways) {
		out = append(out, fmt.Sprintf("%s: ways are %v, want %v", w.Remedy, d.Ways, w.Ways))
	}
	return out
}
