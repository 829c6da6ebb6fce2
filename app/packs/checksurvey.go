package packs

import (
	"slices"

	"reliefportal/app/rules"
)

// survey checks one questionnaire: words in both languages, thresholds that can be told apart, items in the order of the
// parts, and nothing offered that does not exist.
func (c *checker) survey(s *rules.Instrument) {
	where := "survey " + s.ID
	c.words(where, map[string]rules.Text{"title": s.Title, "consent": s.Consent, "web": s.Web, "refused": s.Refused, "care": s.Care, "thanks": s.Thanks})
	if s.Purpose != rules.Treatment && s.Purpose != rules.Circumstances {
		c.add(where, "purpose %q is neither treatment nor circumstances", s.Purpose)
	}
	if s.PartialFrom <= 0 || s.CompleteFrom <= s.PartialFrom || s.CompleteFrom > 100 {
		c.add(where, "complete from %d %% and partial from %d %% are no thresholds", s.CompleteFrom, s.PartialFrom)
	}
	if short, ok := c.pack.Survey(s.Short); s.Short != "" && (!ok || short.Purpose != s.Purpose) {
		c.add(where, "the short form %q is no instrument of the same purpose", s.Short)
	}
	for _, p := range s.Parts {
		c.words(where+" part "+p.ID, map[string]rules.Text{"title": p.Title})
	}
	at := 0
	for i := range s.Items {
		at = c.surveyItem(s, &s.Items[i], at)
	}
}

// surveyItem checks one item and returns the place of its part, so that no item stands before an earlier part.
func (c *checker) surveyItem(s *rules.Instrument, it *rules.Item, at int) int {
	where := "survey " + s.ID + " item " + it.ID
	c.words(where, map[string]rules.Text{"text": it.Text})
	for _, o := range s.Answers(it) {
		c.words(where, map[string]rules.Text{"answer " + o.ID: o.Label})
	}
	for _, f := range it.RedFlags {
		c.flag(where, f)
		if s.Purpose != rules.Treatment {
			c.add(where, "a red flag in a questionnaire that is not about treatment")
		}
	}
	for _, p := range it.Prepares {
		c.offered(where, p.Remedy)
		if s.Purpose != rules.Circumstances {
			c.add(where, "prepares a request, which needs an identified questionnaire")
		}
	}
	part := slices.IndexFunc(s.Parts, func(p rules.Part) bool { return p.ID == it.Part })
	if part < at {
		c.add(where, "part %q is none, or comes before the item above", it.Part)
		return at
	}
	return part
}

func (c *checker) flag(where string, f rules.RedFlag) {
	c.words(where+" flag "+f.Finding, map[string]rules.Text{"label": f.Label})
	if f.Remedy != "" {
		c.offered(where, f.Remedy)
	}
}

func (c *checker) offered(where, remedy string) {
	if r, ok := c.pack.Remedy(remedy); !ok || r.Kind != rules.KindFiling {
		c.add(where, "%q is nothing that can be filed", remedy)
	}
}

// care checks what is said when somebody speaks of harm.
func (c *checker) care() {
	care := c.pack.Care
	c.words("care", map[string]rules.Text{"say": care.Say, "offer": care.Offer, "urgent": care.Urgent})
	c.flag("care", care.Finding)
	if len(care.Words) == 0 || len(care.Lines) == 0 || !care.Finding.Urgent {
		c.add("care", "no words, no number to call, or not urgent")
	}
	for _, l := range care.Lines {
		c.words("care line "+l.Number, map[string]rules.Text{"name": l.Name})
		c.cited("care line "+l.Number, l.Cites)
	}
}
