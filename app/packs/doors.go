package packs

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

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
				if !slices.Contains(info.Next, n.Remedy) {
					info.Next = append(info.Next, n.Remedy)
				}
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
	if len(d.Next) > 0 {
		fmt.Fprintf(&b, " | next %s", strings.Join(d.Next, ", "))
	}
	if len(d.Citations) > 0 {
		fmt.Fprintf(&b, " | rule %s", strings.Join(d.Citations, ", "))
	}
	if len(d.Missing) > 0 {
		fmt.Fprintf(&b, " | missing %v", d.Missing)
	}
	return b.String()
}
