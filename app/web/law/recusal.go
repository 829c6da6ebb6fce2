package law

import (
	"reliefportal/app/oversight"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// RecusalReason is why somebody should step aside, in the language of the page.
func RecusalReason(c *kit.Ctx, r oversight.Reason) string {
	switch r {
	case oversight.ReasonParty:
		return c.T("recusal.party")
	case oversight.ReasonInterest:
		return c.T("recusal.interest")
	case oversight.ReasonRelative:
		return c.T("recusal.relative")
	case oversight.ReasonOther:
	}
	return c.T("recusal.other")
}

// RecusalStatus is where such a request stands, as a tag.
func RecusalStatus(c *kit.Ctx, r oversight.Recusal) tkit.Tag {
	switch r.Status {
	case oversight.RecusalGranted:
		return tkit.Tag{Text: c.T("recusal.granted"), Tone: "open"}
	case oversight.RecusalRefused:
		return tkit.Tag{Text: c.T("recusal.refused"), Tone: "shut"}
	case oversight.RecusalFinal:
		return tkit.Tag{Text: c.T("recusal.final"), Tone: "shut"}
	case oversight.RecusalOpen, oversight.RecusalAgain:
	}
	if r.Overdue {
		return tkit.Tag{Text: c.T("work.overdue"), Tone: "due"}
	}
	return tkit.Tag{Text: c.T("recusal.open"), Tone: "maybe"}
}
