package filing

import (
	"slices"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// Counted leaves out the answers of pages that no longer apply, because an answer before them was changed. A draft keeps them, so that
// changing back brings them back; they decide nothing, are said to be left out before filing, and are not filed. aside names them in the order
// of the pages.
//
// An answer that the finder may have asked for too is left out only when its page certainly does not apply.
func Counted(p *rules.Pack, r *rules.Remedy, f rules.Facts) (counted rules.Facts, aside []rules.FactID) {
	counted = f
	for {
		out := hidden(p, r, counted)
		if len(out) == 0 {
			return counted, inOrder(p, r, aside)
		}
		if len(aside) == 0 {
			counted = f.Clone()
		}
		for _, id := range out {
			delete(counted, id)
		}
		aside = append(aside, out...)
	}
}

// hidden are the facts with an answer whose pages do not apply now.
func hidden(p *rules.Pack, r *rules.Remedy, f rules.Facts) []rules.FactID {
	env := p.Env(f, calendar.Date{}, nil)
	var asked, out []rules.FactID
	for _, id := range r.Questions {
		q, ok := p.Question(id)
		if !ok {
			continue
		}
		applies := env.Eval(&q.Ask)
		if _, finder := p.QuestionFor(q.Fact); applies == rules.True || applies == rules.Unknown && finder {
			asked = append(asked, q.Fact)
		} else if f.Asked(q.Fact) {
			out = append(out, q.Fact)
		}
	}
	return slices.DeleteFunc(out, func(id rules.FactID) bool { return slices.Contains(asked, id) })
}

func inOrder(p *rules.Pack, r *rules.Remedy, ids []rules.FactID) []rules.FactID {
	if len(ids) < 2 {
		return ids
	}
	var out []rules.FactID
	for _, id := range r.Questions {
		if q, ok := p.Question(id); ok && slices.Contains(ids, q.Fact) && !slices.Contains(out, q.Fact) {
			out = append(out, q.Fact)
		}
	}
	return out
}
