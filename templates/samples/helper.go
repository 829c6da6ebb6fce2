package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/debtor"
	"reliefportal/templates/helper"
	"reliefportal/templates/kit"
)

func helperSamples() []Sample {
	const g = "helper"
	start := helper.StartView{How: "phone", Lang: "zh-Hans", CodeAction: "/staff/assist", BookletAction: "/staff/assist/booklet", PaperAction: "/staff/assist/paper"}
	return []Sample{
		{g, "start", func(p kit.Page) templ.Component { return helper.Start(staffPage(p), start) }},
		{g, "start, error", func(p kit.Page) templ.Component {
			v := start
			v.Code = "7K4M-92QF"
			return helper.Start(withErrors(staffPage(p), kit.FieldError{ID: "code", Text: p.T("helper.code_shape")}), v)
		}},
		{g, "spoken code", func(p kit.Page) templ.Component {
			return helper.Spoken(staffPage(p), helper.SpokenView{Contact: "13812346071", Masked: "138 **** 6071", How: "phone", Action: "/staff/assist/code",
				AgainAction: "/staff/assist", BackHref: "/staff/assist"})
		}},
		{g, "session, nothing chosen", func(p kit.Page) templ.Component {
			return helper.Overview(staffPage(p), helper.SessionView{How: p.T("assist.phone"), Since: at(10, 20, 9, 40), Token: "1", FindHref: "/find", EndAction: "/staff/assist/end",
				Drafts:   []kit.Option{{Value: "1", Label: doorUntil(p).Title, Hint: p.T("home.saved", "Time", "14:06")}},
				Remedies: []kit.Option{{Value: "R01", Label: doorUntil(p).Title}, {Value: "R15", Label: say(p, "请法院快点办", "Ask the court to act")}}})
		}},
		{g, "session, handed in on paper", func(p kit.Page) templ.Component {
			return helper.Overview(staffPage(p), helper.SessionView{For: "陈桂芳", How: p.T("assist.counter"), Since: at(10, 20, 9, 40), Title: doorUntil(p).Title, Code: "7K4M-92QF",
				ReceiptHref: "/my/f/1/receipt", PDFHref: "/my/f/1/receipt.pdf", OnPaper: true, EndAction: "/staff/assist/end"})
		}},
		{g, "read back", func(p kit.Page) templ.Component {
			p = debtorPage(p)
			p.User, p.Assist = nil, &kit.Assist{For: "林晓芸", BackHref: "/staff/assist/session", EndAction: "/staff/assist/end"}
			v := debtor.ReadBackView{CheckView: checkView(p), Action: "/my/f/1/check", Made: []kit.Option{
				{Value: "oral", Label: p.T("readback.oral"), Hint: p.T("readback.oral_hint")}, {Value: "paper", Label: p.T("readback.paper"), Hint: p.T("readback.paper_hint")},
			}}
			v.Groups[0].Rows[0].Note = p.T("typed.by", "Who", p.T("typed.staff", "Body", say(p, "深圳法律援助热线", "Shenzhen legal aid line")), "Time", "14:06")
			return debtor.ReadBack(withErrors(p, kit.FieldError{ID: "made", Text: p.T("readback.made_empty")}), v)
		}},
	}
}
