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
	if title, text := o.law.HandedOn(c.Context(), p.Bodies, e); title != "" {
		return title, text
	}
	return happened(c, e)
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

// happened words the entries that need nothing but the entry itself.
func happened(c *kit.Ctx, e audit.Event) (title, text string) {
	switch e.Kind {
	case "filing.submit":
		return c.T("event.submit"), ""
	case "filing.accept":
		return c.T("event.accept"), c.T("event.accept_text")
	case "filing.ask":
		return c.T("event.ask"), ""
	case "filing.answer":
		return c.T("event.answer"), ""
	case "filing.lapse":
		return c.T("event.lapse"), c.T("event.lapse_text")
	case "filing.refuse", "filing.decide":
		return c.T("event.decide"), c.T("event.decide_text")
	case "filing.serve":
		return c.T("event.serve"), ""
	case "filing.recusal_asked", "filing.recusal_again":
		return c.T("event.recusal_asked"), c.T("event.recusal_asked_text")
	case "filing.recusal_granted":
		return c.T("event.recusal_granted"), c.T("event.recusal_granted_text")
	case "filing.recusal_refused", "filing.recusal_final":
		return c.T("event.recusal_refused"), ""
	case "filing.recusal_late":
		return c.T("event.recusal_late"), ""
	case "filing.withdraw":
		return c.T("event.withdraw"), ""
	case "assist.opened":
		return c.T("event.assist_opened"), ""
	case "representative.invited":
		return c.T("event.rep_invited"), ""
	case "representative.accepted":
		return c.T("event.rep_accepted"), ""
	case "representative.ended":
		return c.T("event.rep_ended"), ""
	case "clock.overdue":
		return c.T("event.overdue"), c.T("event.overdue_text")
	case "clock.recomputed":
		return c.T("event.recomputed"), redated(c, e)
	case "filing.service_corrected":
		return c.T("event.service_corrected"), ""
	case "filing.service_consented":
		return c.T("event.service_consented"), ""
	case "filing.service_refused":
		return c.T("event.service_refused"), ""
	case "addition.received":
		return c.T("event.papers_added"), c.T("event.papers_added_text")
	case "addition.seen":
		return c.T("event.papers_seen"), ""
	case "filing.drafted":
		return c.T("event.drafted"), c.T("event.drafted_text")
	case "carried.asked":
		return c.T("event.carried_asked"), ""
	case "carried.yes":
		return c.T("event.carried_yes"), ""
	case "carried.partly":
		return c.T("event.carried_partly"), ""
	case "carried.no":
		return c.T("event.carried_no"), ""
	case "clock.passed":
		return c.T("event.passed"), ""
	}
	return "", ""
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
