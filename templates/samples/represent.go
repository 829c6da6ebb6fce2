package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
	"reliefportal/templates/public"
)

func representSamples() []Sample {
	const g = "represent"
	return []Sample{
		{g, "helpers, nobody", func(p kit.Page) templ.Component { return debtor.Helpers(debtorPage(p), helpersView(p)) }},
		{g, "helpers", func(p kit.Page) templ.Component {
			v := helpersView(p)
			v.Acting = []debtor.HelperRow{
				{ID: "1", Name: "王敏", Capacity: say(p, "律师", "a lawyer"), Powers: []string{p.T("rep.power_write"), p.T("rep.power_file")}, Papers: say(p, "律师执业证", "the practising certificate"), Cite: v.TwoCite, Active: true},
				{ID: "2", Label: say(p, "我哥", "my brother"), Code: "7K4M9-2QFTX", Until: day(10, 27), Capacity: say(p, "近亲属", "a close relative"), Powers: []string{p.T("rep.power_write")}, Papers: say(p, "身份证", "the identity card"), Cite: v.TwoCite, Waiting: true},
			}
			v.Typed = []kit.SummaryRow{{Key: say(p, "您的请求", "Your request"), Value: p.T("typed.by", "Who", p.T("typed.representative"), "Time", "14:06")}}
			v.MayUpload = true
			return debtor.Helpers(debtorPage(p), v)
		}},
		{g, "new contact", func(p kit.Page) templ.Component {
			return debtor.NewContact(withErrors(debtorPage(p), kit.FieldError{ID: "contact", Text: p.T("change.same")}), debtor.NewContactView{Contact: "13812346071"})
		}},
		{g, "confirm contact", func(p kit.Page) templ.Component {
			return debtor.ConfirmContact(debtorPage(p), debtor.ConfirmContactView{New: "139 **** 6072", Old: "138 **** 6071", OldOK: true, Days: 7, StopAction: "/my/account/new/stop"})
		}},
		{g, "contact waits", func(p kit.Page) templ.Component {
			return debtor.ConfirmContact(debtorPage(p), debtor.ConfirmContactView{New: "139 **** 6072", Waiting: true, On: day(10, 27), Days: 7, StopAction: "/my/account/new/stop"})
		}},
		{g, "readers", func(p kit.Page) templ.Component {
			who := p.T("readers.who", "Body", say(p, "江宜市中级人民法院", "Jiangyi Intermediate Court"), "Role", p.T("role.reviewer"))
			return debtor.Readers(debtorPage(p), debtor.ReadersView{Rows: []debtor.Reader{{Title: doorUntil(p).Title, Href: "/my/f/1", Who: who, At: at(10, 20, 9, 40)}}})
		}},
		{g, "kiosk", func(p kit.Page) templ.Component {
			return public.Kiosk(p, public.KioskView{Minutes: 5, StartAction: "/kiosk"})
		}},
		{g, "kiosk, forgotten, very large letters", func(p kit.Page) templ.Component {
			p.Kiosk, p.TextSize = &kit.Kiosk{ForgetAction: "/kiosk/forget", Minutes: 5}, "150"
			p.TextPaths = []kit.Link{{Text: "100", Href: "/?text=100"}, {Text: "125", Href: "/?text=125"}, {Text: "150", Href: "/?text=150"}}
			return public.Forgotten(p, public.ForgottenView{StartHref: "/"})
		}},
		{g, "invitation", func(p kit.Page) templ.Component {
			return debtor.Invitation(withErrors(debtorPage(p), kit.FieldError{ID: "code", Text: p.T("helper.code_unknown")}), debtor.InvitationView{Code: "7K4M9-2QFTX"})
		}},
		{g, "invited", func(p kit.Page) templ.Component {
			return debtor.Invited(debtorPage(p), debtor.InvitedView{Applicant: "林晓芸", Remedy: doorUntil(p).Title, Capacity: say(p, "律师", "a lawyer"), Papers: say(p, "律师执业证", "the practising certificate"),
				Cite: helpersView(p).TwoCite, Powers: []string{p.T("rep.power_write"), p.T("rep.power_file")}, Code: "7K4M9-2QFTX", Action: "/my/invitation/accept", CancelHref: "/my"})
		}},
	}
}

func helpersView(p kit.Page) debtor.HelpersView {
	v := debtor.HelpersView{Remedy: doorUntil(p).Title, Owner: true, Most: 2, EndAction: "/my/f/1/helpers/end", PaperAction: "/my/f/1/helpers/power",
		TwoCite: kit.Cite{Text: say(p, "《民事诉讼法》第61条第1款", "Civil Procedure Law, article 61(1)"), Href: "/rules"}}
	v.PaperCite = v.TwoCite
	v.Capacities = []kit.Option{{Value: "lawyer", Label: say(p, "律师", "a lawyer")}, {Value: "relative", Label: say(p, "近亲属", "a close relative")}}
	v.Powers = []kit.Option{{Value: "file", Label: p.T("rep.power_file")}, {Value: "settle", Label: p.T("rep.power_settle"), Hint: p.T("rep.special", "Cite", v.TwoCite.Text)}}
	return v
}
