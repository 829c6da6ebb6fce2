package packs

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"reliefportal/app/rules"
)

const handoverFile = "handover.yaml"

// handover reads how a filing is handed on. A pack without the file lets no body offer anything to another.
func (l *loader) handover() error {
	var raw struct {
		Clock, Above      string
		Cites             []rawCite
		Reasons, Declines []rawGround
		Before, After     int
		EscalationCites   []rawCite `yaml:"escalation_cites"`
	}
	if err := l.read(handoverFile, &raw); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	h := rules.Handover{Clock: raw.Clock, Above: raw.Above, Cites: citesOf(raw.Cites), Before: raw.Before, After: raw.After, EscalationCites: citesOf(raw.EscalationCites)}
	for _, g := range raw.Reasons {
		h.Reasons = append(h.Reasons, g.build())
	}
	for _, g := range raw.Declines {
		h.Declines = append(h.Declines, g.build())
	}
	if h.Before < 1 || h.After < 1 || len(h.Reasons) == 0 || len(h.Declines) == 0 {
		return fmt.Errorf("%s: before and after in working days, reasons and declines are needed", handoverFile)
	}
	l.pack.Handover = h
	return nil
}

// handover refuses reasons without words or source, and clocks nobody knows.
func (l *linker) handover(h rules.Handover) {
	if len(h.Reasons) == 0 {
		return
	}
	for _, id := range []string{h.Clock, h.Above} {
		if c, ok := l.pack.Clock(id); !ok || c.Who != rules.WhoBody {
			l.add(handoverFile, "no clock of a body is called %q", id)
		}
	}
	l.cites(handoverFile, slices.Concat(h.Cites, h.EscalationCites))
	seen := map[string]bool{}
	for _, g := range slices.Concat(h.Reasons, h.Declines) {
		if seen[g.Code] || g.Label.Zh == "" || g.Label.En == "" || len(g.Cites) == 0 {
			l.add(handoverFile, "reason %q is there twice, or has no words in a language, or no source", g.Code)
		}
		seen[g.Code] = true
		l.cites(handoverFile, g.Cites)
	}
}
