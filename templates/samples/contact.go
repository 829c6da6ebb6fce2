package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
)

// contactSamples are the pages on how a person may be reached.
func contactSamples() []Sample {
	const g = "debtor"
	return []Sample{
		{g, "safe contact", func(p kit.Page) templ.Component {
			return debtor.SafeContact(debtorPage(p), debtor.ContactView{Given: true, Silent: true, Rows: []kit.SummaryRow{
				{Key: p.T("contact.who.short"), Value: say(p, "王芳，姐姐", "Wang Fang, sister"), ChangeHref: "/my/contact/who"},
				{Key: p.T("contact.hours.short"), Value: p.T("contact.hours.any_day") + "\n" + p.T("contact.hours.between", "From", "18:00", "To", "20:00"), ChangeHref: "/my/contact/hours"},
				{Key: p.T("contact.word.short"), Value: say(p, "青山", "green hill"), ChangeHref: "/my/contact/word"},
			}})
		}},
		{g, "safe contact, hours, error", func(p kit.Page) templ.Component {
			p = withErrors(debtorPage(p), kit.FieldError{ID: "from", Text: p.T("contact.hours_wrong")})
			hours := []kit.Option{{Value: "9", Label: "9:00"}, {Value: "18", Label: "18:00", Checked: true}}
			return debtor.SafeContactPart(p, debtor.ContactPartView{Title: p.T("contact.hours.title"), CancelHref: "/my/contact", Version: 1, Fields: []debtor.ContactField{
				{Kind: debtor.ContactHead, Field: kit.Field{Label: p.T("contact.hours.title"), Hint: p.T("contact.hours.lead")}},
				{Kind: debtor.ContactBoxes, Field: kit.Field{Name: "days", Label: p.T("contact.hours.days"), Hint: p.T("contact.hours.days_hint"), Options: []kit.Option{{Value: "1", Label: p.T("contact.day.mon")}, {Value: "6", Label: p.T("contact.day.sat"), Checked: true}}}},
				{Kind: debtor.ContactSelect, Field: kit.Field{Name: "from", Label: p.T("contact.hours.from"), Hint: p.T("contact.hours.from_hint"), Options: hours}},
				{Kind: debtor.ContactSelect, Field: kit.Field{Name: "to", Label: p.T("contact.hours.to"), Options: hours}},
			}})
		}},
		{g, "safe contact, who", func(p kit.Page) templ.Component {
			return debtor.SafeContactPart(debtorPage(p), debtor.ContactPartView{Title: p.T("contact.who.title"), CancelHref: "/my/contact", Fields: []debtor.ContactField{
				{Kind: debtor.ContactArea, Field: kit.Field{Name: "helpers", Label: p.T("contact.who.title"), Heading: true, Rows: 5, Hint: p.T("contact.who.lead", "N", 5)}},
			}})
		}},
		{g, "safe contact, neutral", func(p kit.Page) templ.Component {
			return debtor.SafeContactPart(debtorPage(p), debtor.ContactPartView{Title: p.T("contact.neutral.title"), CancelHref: "/my/contact", Fields: []debtor.ContactField{
				{Kind: debtor.ContactRadios, Field: kit.Field{Name: "value", Label: p.T("contact.neutral.title"), Heading: true, Hint: p.T("contact.neutral.lead"), Value: "no",
					Options: []kit.Option{{Value: "yes", Label: p.T("contact.neutral.yes")}, {Value: "no", Label: p.T("contact.neutral.no")}}}},
			}})
		}},
	}
}
