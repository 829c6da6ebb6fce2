package rehearse

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"reliefportal/app/packs"
	"reliefportal/app/rules"
)

// shortestHash is the fewest characters of a hash that may stand for it.
const shortestHash = 8

// Candidate finds the pack to rehearse: one of the set by id, by hash or by the beginning of its hash, or else a folder that holds a pack.
func Candidate(set *packs.Set, name string) (*rules.Pack, error) {
	for _, p := range set.All() {
		if p.ID == name || len(name) >= shortestHash && strings.HasPrefix(p.Hash, name) {
			return p, nil
		}
	}
	if _, err := os.Stat(name); err != nil {
		return nil, fmt.Errorf("rehearse: %q is no pack of this program and no folder", name)
	}
	return packs.Load(os.DirFS(name))
}

// Write writes a report, as JSON or a line for each change.
func Write(w io.Writer, r Report, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	for _, row := range r.Changed {
		for _, c := range row.Changes {
			if _, err := fmt.Fprintf(w, "%s %s %s\n", row.Code, row.Remedy, c.line()); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(w, "%s (%s): %d filings replayed, %d would change: %d to another body or division, %d with another date, %d without their remedy; %d could not be read\n",
		r.Pack, r.Hash[:shortestHash], r.Looked, len(r.Changed), r.Count(Body, Division), r.Count(LastDay, FileBy, NoClock), r.Count(NoRemedy), r.Unread)
	return err
}

func (c Change) line() string {
	switch c.Kind {
	case NoRemedy:
		return "would lose its remedy"
	case NoClock:
		return fmt.Sprintf("clock %s: %s → no such clock", c.Rule, c.From)
	case LastDay:
		return fmt.Sprintf("clock %s last day: %s → %s", c.Rule, c.From, c.To)
	case FileBy:
		return fmt.Sprintf("clock %s file by: %s → %s", c.Rule, c.From, c.To)
	}
	return fmt.Sprintf("%s: %s → %s", c.Kind, orArbiter(c.From), orArbiter(c.To))
}

func orArbiter(name string) string {
	if name == "" {
		return "(a person decides)"
	}
	return name
}
