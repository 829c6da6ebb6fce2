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

// DoorInfo is one door as the command line gives it.
type DoorInfo struct {
	Remedy    string          `json:"remedy"`
	State     rules.DoorState `json:"state"`
	Name      string          `json:"name"`
	Why       string          `json:"why"`
	Body      string          `json:"body,omitempty"`
	Court     string          `json:"court,omitempty"`
	Division  string          `json:"division,omitempty"`
	Then      string          `json:"then,omitempty"`
	Never     []string        `json:"never,omitempty"`
	Row       string          `json:"row,omitempty"`
	Arbiter   bool            `json:"arbiter,omitempty"`
	Urgent    bool            `json:"urgent,omitempty"`
	From      rules.FactID    `json:"counted_from,omitempty"`
	RawEnd    calendar.Date   `json:"raw_end,omitzero"`
	LegalEnd  calendar.Date   `json:"legal_end,omitzero"`
	FileBy    calendar.Date   `json:"file_by,omitzero"`
	SafeOnly  bool            `json:"safe_only,omitempty"`
	Missing   []rules.FactID  `json:"missing,omitempty"`
	AskNext   string          `json:"ask_next,omitempty"`
	Next      []string        `json:"next,omitempty"`
	Citations []string        `json:"citations,omitempty"`
}

// DoorInfos works out the doors of a person and describes them in a language (rules.Text.In).
func DoorInfos(p *rules.Pack, f rules.Facts, on calendar.Date, courts rules.Courts, lang string) []DoorInfo {
	var out []DoorInfo
	for _, d := range p.Doors(f, on, courts) {
		out = append(out, doorInfo(p, d, lang))
	}
	return out
}

func doorInfo(p *rules.Pack, d rules.Door, lang string) DoorInfo {
	info := DoorInfo{
		Remedy: d.Remedy.ID, State: d.State, Name: d.Remedy.Plain.In(lang), Why: d.Why.In(lang),
		Missing: d.Missing, AskNext: d.AskNext, Next: d.Ways, Urgent: d.Urgent,
	}
	if r := d.Routing; r != nil {
		info.Body, info.Court, info.Division, info.Then = r.Body.In(lang), r.Court, r.Division, r.Then
		info.Never, info.Row, info.Arbiter = r.Never, r.Row, r.Arbiter
	}
	if w := d.Window; w != nil {
		info.From, info.SafeOnly = w.From, w.SafeOnly
		info.RawEnd, info.LegalEnd, info.FileBy = w.Deadline.RawEnd, w.Deadline.LegalEnd, w.Deadline.FileBy
	}
	for _, c := range d.Cites {
		info.Citations = append(info.Citations, fmt.Sprintf("%s [%s]", p.CiteText(c, lang), c.Standing))
	}
	if len(info.Next) == 0 {
		for _, o := range d.Remedy.Outcomes {
			for _, n := range o.Next {
				info.Next = append(info.Next, n.Remedy)
			}
		}
	}
	return info
}

// WriteDoors writes the doors for a facts file, as JSON or in lines.
func WriteDoors(w io.Writer, p *rules.Pack, f rules.Facts, on calendar.Date, courts rules.Courts, asJSON bool) error {
	infos := DoorInfos(p, f, on, courts, "en")
	if asJSON {
		return writeJSON(w, struct {
			Pack  string        `json:"pack"`
			Hash  string        `json:"hash"`
			On    calendar.Date `json:"on"`
			Doors []DoorInfo    `json:"doors"`
		}{p.ID, p.Hash, on, infos})
	}
	for _, d := range infos {
		if _, err := fmt.Fprintln(w, d.line()); err != nil {
			return err
		}
	}
	if q, asked, most, ok := p.NextQuestion(f, on); ok {
		_, err := fmt.Fprintf(w, "next question: %s (asked %d, at most %d)\n", q.ID, asked, most)
		return err
	}
	return nil
}

func (d DoorInfo) line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-5s %-5s", d.State, d.Remedy)
	if !d.LegalEnd.IsZero() {
		fmt.Fprintf(&b, " until %s (file by %s, raw %s, from %s)", d.LegalEnd, d.FileBy, d.RawEnd, d.From)
	}
	fmt.Fprintf(&b, " %s", d.Name)
	if d.Row != "" {
		fmt.Fprintf(&b, " | %s %s %s %s", d.Row, d.Court, d.Division, d.Body)
	}
	for label, list := range map[string][]string{"next": d.Next, "rule": d.Citations} {
		if len(list) > 0 {
			fmt.Fprintf(&b, " | %s %s", label, strings.Join(list, ", "))
		}
	}
	if len(d.Missing) > 0 {
		fmt.Fprintf(&b, " | missing %v", d.Missing)
	}
	return b.String()
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
