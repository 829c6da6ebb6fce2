package packs

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// ParseFacts reads a facts file (YAML or JSON: fact to value, "unsure" for "I do not know") against a pack's vocabulary.
func ParseFacts(p *rules.Pack, name string, b []byte) (rules.Facts, error) {
	var raw map[rules.FactID]rawNode
	if err := decode(name, b, &raw); err != nil {
		return nil, err
	}
	facts, err := vocabulary(p, name).values(raw)
	if facts == nil {
		facts = rules.Facts{}
	}
	return facts, err
}

// PackInfo is one line of the list of packs.
type PackInfo struct {
	ID       string        `json:"id"`
	Hash     string        `json:"hash"`
	From     calendar.Date `json:"from"`
	Remedies []string      `json:"remedies"`
	Exits    []string      `json:"exits"`
	Cases    int           `json:"worked_cases"`
}

// Infos describes every pack of a set.
func Infos(s *Set) ([]PackInfo, error) {
	var out []PackInfo
	for _, p := range s.All() {
		cases, err := s.Cases(p)
		if err != nil {
			return nil, err
		}
		info := PackInfo{ID: p.ID, Hash: p.Hash, From: p.From, Remedies: []string{}, Exits: []string{}, Cases: len(cases)}
		for _, r := range p.Remedies {
			if r.Kind == rules.KindExit {
				info.Exits = append(info.Exits, r.ID)
			} else {
				info.Remedies = append(info.Remedies, r.ID)
			}
		}
		out = append(out, info)
	}
	return out, nil
}

// List writes the packs of a set, as JSON or a line each.
func List(w io.Writer, s *Set, asJSON bool) error {
	infos, err := Infos(s)
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(w, infos)
	}
	for _, i := range infos {
		if _, err := fmt.Fprintf(w, "%s from %s: %d remedies, %d exits, %d worked cases, %s\n", i.ID, i.From, len(i.Remedies), len(i.Exits), i.Cases, i.Hash); err != nil {
			return err
		}
	}
	return nil
}

// ListFacts writes the vocabulary of a pack: fact, kind, label, options.
func ListFacts(w io.Writer, p *rules.Pack) error {
	for _, f := range p.Facts {
		var options []string
		for _, o := range f.Options {
			options = append(options, o.ID)
		}
		if _, err := fmt.Fprintf(w, "%-30s %-10s %s %s\n", f.ID, f.Kind, f.Label.En, strings.Join(options, "|")); err != nil {
			return err
		}
	}
	return nil
}

// CheckAll writes the problems of every pack of a set and returns how many there are.
func CheckAll(w io.Writer, s *Set, courts rules.Courts) (int, error) {
	n := 0
	for _, p := range s.All() {
		cases, err := s.Cases(p)
		if err != nil {
			return n, err
		}
		problems := append(Check(p), CheckCases(p, cases, courts)...)
		n += len(problems)
		for _, x := range problems {
			if _, err := fmt.Fprintf(w, "%s: %s\n", p.ID, x); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// Explain writes why each door stands as it does: every condition with its answer and the facts it read.
func Explain(w io.Writer, p *rules.Pack, f rules.Facts, on calendar.Date, courts rules.Courts) error {
	for _, d := range p.Doors(f, on, courts) {
		if _, err := fmt.Fprintf(w, "%s %s: %s\n", d.Remedy.ID, d.Remedy.Name.En, d.State); err != nil {
			return err
		}
		lines := d.Trace
		if d.Routing != nil {
			lines = append(lines, d.Routing.Trace...)
		}
		for _, l := range lines {
			if _, err := fmt.Fprintf(w, "    %-12s %-8s %v\n", l.Rule, l.Result, l.Facts); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// FactsYAML writes facts in the form ParseFacts reads; facts the pack does not know are left out.
func FactsYAML(p *rules.Pack, f rules.Facts) ([]byte, error) {
	out := map[string]any{}
	for id, v := range f {
		fact, ok := p.Fact(id)
		if !ok {
			continue
		}
		out[string(id)] = plain(fact.Kind, v)
	}
	return yaml.Marshal(out)
}

func plain(kind rules.FactKind, v rules.Value) any {
	if v.Unsure {
		return unsureWord
	}
	switch kind {
	case rules.FactChoice, rules.FactYesNo:
		return v.Choice
	case rules.FactChoices:
		return v.Choices
	case rules.FactDate:
		return v.Date.String()
	case rules.FactMoney:
		return v.Money.String()
	case rules.FactNumber:
		return strconv.FormatInt(v.Number, 10)
	}
	return v.Text
}
