package reviewer

import (
	"slices"
	"strings"

	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// trace says how the rules came to this body and this date: first the row that decided, then, in a sentence each, what nobody said although a
// row before it asks for it. Rows that do not apply are left out; what was said since, such as a court that was named, is not missing.
func trace(c *kit.Ctx, d desk, rule rules.ClockRule) []tkit.TraceRow {
	route := d.Route()
	var out []tkit.TraceRow
	if reason := d.law.Say(route.Reason); reason != "" {
		out = append(out, tkit.TraceRow{Text: reason, Cite: cites(d, route.Cites), Open: route.Arbiter})
	}
	var told []string
	for _, line := range route.Lines {
		missing := labels(d, line.Facts)
		if line.Result != rules.Unknown || missing == "" || slices.Contains(told, missing) {
			continue
		}
		told = append(told, missing)
		out = append(out, tkit.TraceRow{Text: c.T("work.not_known", "Facts", missing), Open: true})
	}
	if rule.ID != "" {
		out = append(out, tkit.TraceRow{Text: d.law.Say(rule.Title), Cite: cites(d, []rules.Cite{rule.Cite})})
	}
	return out
}

func cites(d desk, all []rules.Cite) string {
	var out []string
	for _, cite := range d.law.Cites(all) {
		if cite.Text != "" {
			out = append(out, cite.Text)
		}
	}
	return strings.Join(out, " · ")
}

// labels names the facts that nobody knows, in the words of the pack.
func labels(d desk, ids []rules.FactID) string {
	var out []string
	for _, id := range ids {
		_, known := d.facts.Known(id)
		if fact, ok := d.law.Pack.Fact(id); ok && !known {
			out = append(out, "“"+d.law.Say(fact.Label)+"”")
		}
	}
	return strings.Join(out, " ")
}

// grounds are coded grounds in words, in the language given.
func grounds(d desk, codes []string, lang string) string {
	var out []string
	for _, g := range slices.Concat(d.remedy.Grounds, d.remedy.RefuseGrounds) {
		if slices.Contains(codes, g.Code) {
			out = append(out, g.Label.In(lang))
		}
	}
	return strings.Join(out, " · ")
}

// happened words one entry of the record; an empty text leaves it out.
func happened(c *kit.Ctx, kind string) string {
	switch kind {
	case "filing.submit":
		return c.T("work.did_submit")
	case "filing.designate":
		return c.T("work.did_designate")
	case "filing.accept":
		return c.T("work.did_accept")
	case "filing.ask":
		return c.T("work.did_ask")
	case "filing.answer":
		return c.T("work.did_answer")
	case "addition.received":
		return c.T("work.did_add")
	case "addition.seen":
		return c.T("work.did_see")
	case "filing.lapse":
		return c.T("work.did_lapse")
	case "filing.refuse":
		return c.T("decision.not_taken")
	case "filing.decide":
		return c.T("work.did_decide")
	case "filing.serve":
		return c.T("work.did_serve")
	case "filing.withdraw":
		return c.T("work.withdrawn")
	case "proposal.written":
		return c.T("work.did_propose")
	case "proposal.signed":
		return c.T("work.did_sign")
	case "proposal.dropped":
		return c.T("work.did_take_back")
	case "decision.corrected":
		return c.T("work.did_correct")
	case "decision.correction_served":
		return c.T("work.did_serve_correction")
	case "clock.recomputed":
		return c.T("event.recomputed")
	case "filing.service_corrected":
		return c.T("event.service_corrected")
	case "clock.overdue":
		return c.T("work.did_overdue")
	}
	return ""
}
