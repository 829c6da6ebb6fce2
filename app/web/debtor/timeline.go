package debtor

import (
	"encoding/json"
	"time"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/web/kit"
)

// told words one entry of the record for the person; an empty title leaves it out.
func (p pages) told(c *kit.Ctx, o own, e audit.Event) (title, text string) {
	if e.Kind == "filing.designate" {
		return p.designated(c, o, e)
	}
	if e.Kind == "clock.escalated" {
		return p.escalated(c, e), ""
	}
	if title, text := o.law.HandedOn(c.Context(), p.Bodies, e); title != "" {
		return title, text
	}
	return happened(c, e)
}

// escalated says which body was told that a clock was missed. The data are those of package escalation.
func (p pages) escalated(c *kit.Ctx, e audit.Event) string {
	var told struct{ Body string }
	if err := json.Unmarshal([]byte(e.Data), &told); err != nil {
		return ""
	}
	return c.T("event.escalated", "Body", p.Bodies.BodyName(c.Context(), told.Body))
}

// designated says which court was named, and that a person named it because the rules could not. The data are those of package filing.
func (p pages) designated(c *kit.Ctx, o own, e audit.Event) (title, text string) {
	var named struct{ From, Body, Row string }
	if err := json.Unmarshal([]byte(e.Data), &named); err != nil {
		return "", ""
	}
	text = c.T("event.designate_text", "From", p.Bodies.BodyName(c.Context(), named.From))
	for _, row := range o.law.Pack.Rows {
		if row.ID == named.Row {
			text += "\n" + o.law.Say(row.Reason)
		}
	}
	return c.T("event.designate", "Body", p.Bodies.BodyName(c.Context(), named.Body)), text
}

// happenings are the entries that need nothing but the entry itself: the words of what happened, and those that explain it where some do.
var happenings = map[string]struct{ title, text string }{
	"filing.submit":              {"event.submit", ""},
	"filing.accept":              {"event.accept", "event.accept_text"},
	"filing.ask":                 {"event.ask", ""},
	"filing.answer":              {"event.answer", ""},
	"filing.lapse":               {"event.lapse", "event.lapse_text"},
	"filing.refuse":              {"event.decide", "event.decide_text"},
	"filing.decide":              {"event.decide", "event.decide_text"},
	"filing.serve":               {"event.serve", ""},
	"filing.recusal_asked":       {"event.recusal_asked", "event.recusal_asked_text"},
	"filing.recusal_again":       {"event.recusal_asked", "event.recusal_asked_text"},
	"filing.recusal_granted":     {"event.recusal_granted", "event.recusal_granted_text"},
	"filing.recusal_refused":     {"event.recusal_refused", ""},
	"filing.recusal_final":       {"event.recusal_refused", ""},
	"filing.recusal_late":        {"event.recusal_late", ""},
	"filing.withdraw":            {"event.withdraw", ""},
	"assist.opened":              {"event.assist_opened", ""},
	"representative.invited":     {"event.rep_invited", ""},
	"representative.accepted":    {"event.rep_accepted", ""},
	"representative.ended":       {"event.rep_ended", ""},
	"clock.overdue":              {"event.overdue", "event.overdue_text"},
	"filing.service_corrected":   {"event.service_corrected", ""},
	"filing.service_consented":   {"event.service_consented", ""},
	"decision.correction_served": {"event.decision_corrected", "event.decision_corrected_text"},
	"filing.service_refused":     {"event.service_refused", ""},
	"addition.received":          {"event.papers_added", "event.papers_added_text"},
	"addition.seen":              {"event.papers_seen", ""},
	"filing.drafted":             {"event.drafted", "event.drafted_text"},
	"carried.asked":              {"event.carried_asked", ""},
	"carried.yes":                {"event.carried_yes", ""},
	"carried.partly":             {"event.carried_partly", ""},
	"carried.no":                 {"event.carried_no", ""},
	"clock.passed":               {"event.passed", ""},
}

// happened words an entry; an empty title leaves it out.
func happened(c *kit.Ctx, e audit.Event) (title, text string) {
	if e.Kind == "clock.recomputed" {
		return c.T("event.recomputed"), redated(c, e)
	}
	words, known := happenings[e.Kind]
	if !known {
		return "", ""
	}
	if words.text != "" {
		text = c.T(words.text)
	}
	return c.T(words.title), text
}

// redated says which date a clock was given anew. The data are those of package filing; an entry that cannot be read says nothing.
func redated(c *kit.Ctx, e audit.Event) string {
	var moved struct{ From, To calendar.Date }
	if err := json.Unmarshal([]byte(e.Data), &moved); err != nil || moved.To.IsZero() {
		return ""
	}
	if moved.From == moved.To {
		return c.T("event.recomputed_sure", "To", moved.To)
	}
	return c.T("event.recomputed_moved", "From", moved.From, "To", moved.To)
}

// lastDay is the civil day that ends at an instant: a period ends at 24:00, which is already the next day.
func lastDay(end time.Time) calendar.Date { return calendar.DateOf(end.Add(-time.Second)) }

// dayOf is the civil day of an instant.
func dayOf(t time.Time) calendar.Date { return calendar.DateOf(t) }
