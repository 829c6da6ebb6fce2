package law

import (
	"context"
	"encoding/json"
	"strings"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
)

// Names gives the full name of a body.
type Names interface {
	BodyName(ctx context.Context, id string) string
}

// HandedOn words one step of handing a filing on, for the timeline of the person and of the bodies; an empty title is no such step. The data
// are those of package transfer.
func (v View) HandedOn(ctx context.Context, names Names, e audit.Event) (title, text string) {
	act, ok := strings.CutPrefix(e.Kind, "filing.")
	if !ok {
		return "", ""
	}
	var hop struct {
		From, To, Above, Reason string
		Until                   calendar.Date
	}
	if err := json.Unmarshal([]byte(e.Data), &hop); err != nil {
		return "", ""
	}
	from, to, above := names.BodyName(ctx, hop.From), names.BodyName(ctx, hop.To), names.BodyName(ctx, hop.Above)
	waits := v.t("event.named_text", "Body", from, "Until", hop.Until)
	switch act {
	case "offer":
		return v.t("event.offer", "Body", from, "To", to), v.t("event.offer_text", "Reason", v.reason(hop.Reason), "Body", from, "Until", hop.Until)
	case "recall":
		return v.t("event.recall", "Body", from), ""
	case "take_over":
		return v.t("event.take_over", "Body", to), v.t("event.take_over_text", "From", from)
	case "decline":
		return v.t("event.decline", "To", to, "Above", above), v.t("event.decline_text", "Reason", v.reason(hop.Reason), "Body", from, "Until", hop.Until)
	case "silence":
		return v.t("event.silence", "To", to, "Above", above), waits
	case "ask_above":
		return v.t("event.ask_above", "Body", from, "To", to, "Above", above), waits
	case "pass_up":
		return v.t("event.pass_up", "Above", above), v.t("event.pass_up_text", "Body", from, "Until", hop.Until)
	case "appoint":
		return v.t("event.appoint", "Above", above, "Body", to), v.t("event.appoint_text")
	case "succeed":
		return v.t("event.succeed", "Body", to), v.t("event.succeed_text", "From", from)
	}
	return "", ""
}

// reason is a coded reason for handing on, or for declining, in words.
func (v View) reason(code string) string {
	if g, ok := v.Pack.Handover.Reason(code); ok {
		return v.Say(g.Label)
	}
	g, _ := v.Pack.Handover.Decline(code)
	return v.Say(g.Label)
}
