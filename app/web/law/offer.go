package law

import (
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// Choices are what a person may wish to be done about something he said, in the language of the page. The request is offered by the plain name
// of its remedy, where one fits.
func Choices(c *kit.Ctx, pack *rules.Pack, o callback.Offer) []tkit.Option {
	var out []tkit.Option
	if r, ok := pack.Remedy(o.Remedy); ok {
		out = append(out, tkit.Option{Value: string(callback.ChoiceFile), Label: c.T("offer.file", "What", r.Plain.In(c.Lang)), Hint: c.T("offer.file_hint")})
	}
	return append(out,
		tkit.Option{Value: string(callback.ChoiceCall), Label: c.T("offer.call"), Hint: c.T("offer.call_hint")},
		tkit.Option{Value: string(callback.ChoiceLeave), Label: c.T("offer.leave"), Hint: c.T("offer.leave_hint")})
}

// Replies are how a person may hear what came of it.
func Replies(c *kit.Ctx) []tkit.Option {
	return []tkit.Option{
		{Value: string(callback.ReplyPortal), Label: c.T("offer.by_portal"), Hint: c.T("offer.by_portal_hint")},
		{Value: string(callback.ReplyCall), Label: c.T("offer.by_call"), Hint: c.T("offer.by_call_hint")},
		{Value: string(callback.ReplyNone), Label: c.T("offer.by_none")},
	}
}

// Found words what the owner of a finding found, in a language.
func Found(lang string, r callback.Result) string {
	switch r {
	case callback.Confirmed:
		return i18n.T(lang, "result.confirmed")
	case callback.Partly:
		return i18n.T(lang, "result.partly")
	case callback.NotConfirmed:
		return i18n.T(lang, "result.not_confirmed")
	case callback.Unclear:
	}
	return i18n.T(lang, "result.unclear")
}
