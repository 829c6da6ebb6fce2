package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/admin"
	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
)

// privacySamples are the pages of a person's own data, and of those who answer requests to erase it.
func privacySamples() []Sample {
	const g = "privacy"
	return []Sample{
		{g, "data", func(p kit.Page) templ.Component {
			return debtor.Data(debtorPage(p), debtor.DataView{Days: 7, EraseHref: "/my/erase", Exports: []debtor.ExportRow{
				{Asked: at(10, 20, 9, 30), Tag: kit.Tag{Text: p.T("data.ready"), Tone: "open"}, Ready: true, Until: day(10, 27), Size: "1.2 MB", Hash: "9f86 d081 884c 7d65 9a2f eaa0 c55a d015", FetchAction: "/my/data/1/file"},
				{Asked: at(9, 1, 9, 30), Tag: kit.Tag{Text: p.T("data.gone")}}}})
		}},
		{g, "data, being made", func(p kit.Page) templ.Component {
			return debtor.Data(debtorPage(p), debtor.DataView{Days: 7, EraseHref: "/my/erase", Making: true, AgainHref: "/my/data", Exports: []debtor.ExportRow{
				{Asked: at(10, 20, 9, 30), Tag: kit.Tag{Text: p.T("data.making"), Tone: "maybe"}, Making: true, Done: 3, Total: 8}}})
		}},
		{g, "data, shared computer", func(p kit.Page) templ.Component {
			return debtor.Data(debtorPage(p), debtor.DataView{Days: 7, EraseHref: "/my/erase", Shared: true})
		}},
		{g, "data, code", func(p kit.Page) templ.Component {
			return debtor.DataCode(withErrors(debtorPage(p), kit.FieldError{ID: "code", Text: p.T("signin.code_wrong", "Left", 4)}), debtor.DataCodeView{Contact: "138 **** 6071", Code: "123", Minutes: 10, AgainAction: "/my/data"})
		}},
		{g, "erase", func(p kit.Page) templ.Component {
			return debtor.Erase(debtorPage(p), debtor.EraseView{Days: 15, DataHref: "/my/data", Parts: eraseParts(p), Asked: []debtor.ErasureRow{
				{What: p.T("erase.calls"), Text: p.T("erase.why_matter"), Tag: kit.Tag{Text: p.T("erase.refused"), Tone: "shut"}, On: day(10, 12)}}})
		}},
		{g, "erase, nothing chosen", func(p kit.Page) templ.Component {
			return debtor.Erase(withErrors(debtorPage(p), kit.FieldError{ID: "parts", Text: p.T("erase.choose")}), debtor.EraseView{Days: 15, DataHref: "/my/data", Parts: eraseParts(p)})
		}},
		{g, "erase, check", func(p kit.Page) templ.Component {
			return debtor.EraseCheck(debtorPage(p), debtor.EraseCheckView{Now: []string{p.T("erase.drafts")}, Later: []string{p.T("erase.account")}, Account: true, Parts: "drafts,account", Days: 15, BackHref: "/my/erase"})
		}},
		{g, "passkeys", func(p kit.Page) templ.Component {
			return debtor.Passkeys(debtorPage(p), debtor.PasskeysView{BeginAction: "/my/passkeys/begin", Possible: true, Keys: []debtor.PasskeyRow{
				{Name: say(p, "我的手机", "my phone"), Added: at(10, 2, 8, 15), Used: at(10, 19, 20, 5), RemoveAction: "/my/passkeys/1/remove"}}})
		}},
		{g, "passkeys, shared computer", func(p kit.Page) templ.Component {
			return debtor.Passkeys(debtorPage(p), debtor.PasskeysView{Shared: true})
		}},
		{g, "requests to erase", func(p kit.Page) templ.Component {
			return admin.Erasures(staffPage(p), admin.ErasuresView{Tabs: adminTabs(p), Days: 15, Reasons: []kit.Option{{Value: "duty", Label: p.T("erase.why_duty")}}, Rows: []admin.ErasureRow{
				{ID: "1", What: p.T("erase.account"), Note: p.T("erase.account_note"), Blocked: p.T("erase.blocked_open_filing"), Asked: day(9, 1), Due: day(9, 22), Late: true, Action: "/e/1", Version: 1},
				{ID: "2", What: p.T("erase.calls"), Note: p.T("erase.calls_note"), Asked: day(10, 19), Due: day(11, 9), Action: "/e/2", Version: 1}}})
		}},
		{g, "no request to erase", func(p kit.Page) templ.Component {
			return admin.Erasures(staffPage(p), admin.ErasuresView{Tabs: adminTabs(p), Days: 15})
		}},
	}
}

func eraseParts(p kit.Page) []debtor.ErasePart {
	return []debtor.ErasePart{{ID: "drafts", Label: p.T("erase.drafts"), Note: p.T("erase.drafts_note"), Checked: true},
		{ID: "means", Label: p.T("erase.means"), Note: p.T("erase.means_note")},
		{ID: "calls", Label: p.T("erase.calls"), Note: p.T("erase.calls_note"), Later: true},
		{ID: "account", Label: p.T("erase.account"), Note: p.T("erase.account_note"), Later: true, Blocked: p.T("erase.blocked_open_filing")}}
}
