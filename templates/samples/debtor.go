package samples

import (
	"github.com/a-h/templ"

	"reliefportal/app/i18n"
	"reliefportal/templates/debtor"
	"reliefportal/templates/kit"
)

const hash = "9f2c41aa07de5b13c8e06d941f7ba2359f2c41aa07de5b13c8e06d941f7ba235"

func debtorSamples() []Sample {
	const g = "debtor"
	return []Sample{
		{g, "home", func(p kit.Page) templ.Component { return debtor.Home(debtorPage(p), homeView(p)) }},
		{g, "home empty", func(p kit.Page) templ.Component {
			p = debtorPage(p)
			p.Flash = say(p, "您已登录。", "You are signed in.")
			return debtor.Home(p, debtor.HomeView{FindHref: "/find"})
		}},
		{g, "remove draft", func(p kit.Page) templ.Component {
			return debtor.RemoveDraft(debtorPage(p), debtor.RemoveDraftView{Title: doorUntil(p).Title, CancelHref: "/my", Saved: at(10, 19, 14, 6), Version: 3})
		}},
		{g, "account", func(p kit.Page) templ.Component {
			return debtor.Account(debtorPage(p), debtor.AccountView{
				Name: "林晓芸", Contacts: []debtor.Contact{{Kind: "mobile", Masked: "138 **** 6071"}, {Kind: "email", Masked: "l***@example.cn"}}, ReadersHref: "/my/account/readers", Devices: []debtor.Device{{Name: "Chrome · Android", Text: p.T("account.device_line", "Since", "14:06", "Seen", "14:20"), Current: true}}, EverywhereAction: "/my/everywhere",
			})
		}},
		{g, "address for service", func(p kit.Page) templ.Component { return debtor.Address(debtorPage(p), addressView(p)) }},
		{g, "address for service, error", func(p kit.Page) templ.Component {
			v := addressView(p)
			v.Consent, v.Email, v.Filed = "yes", "lin.example.cn", true
			return debtor.Address(withErrors(debtorPage(p), kit.FieldError{ID: "email", Text: p.T("address.email_odd")}), v)
		}},
		{g, "application", func(p kit.Page) templ.Component { return debtor.Application(debtorPage(p), applicationView(p)) }},
		{g, "application filed, signs missing", func(p kit.Page) templ.Component {
			v := applicationView(p)
			v.Filed, v.Hash, v.Missing, v.BookletHref = true, hash, "😀 𠀀", ""
			return debtor.Application(debtorPage(p), v)
		}},
		{g, "application to print", func(p kit.Page) templ.Component { return debtor.Print(debtorPage(p), applicationView(p).Paper) }},
		{g, "booklet", func(p kit.Page) templ.Component {
			return debtor.Booklet(debtorPage(p), debtor.BookletView{Remedy: doorUntil(p).Title, Body: "江宜市临溪区人民法院", Action: "/my/f/1/booklet.pdf", English: true, Expires: say(p, "2027年1月1日（周五）", "Friday 1 January 2027")})
		}},
		{g, "identity doubted", func(p kit.Page) templ.Component {
			q := kit.Question{ID: "id_number", Kind: "text", Title: say(p, "您的身份证号码是？", "What is your identity number?"), Value: "110105194912310021", Max: 30, Optional: true, Personal: true}
			return debtor.Question(debtorPage(p), debtor.QuestionView{Question: q, Remedy: doorUntil(p).Title, Number: 3, AtMost: 9, Version: 2, Doubt: true})
		}},
		{g, "case number", func(p kit.Page) templ.Component {
			return debtor.CaseNumber(debtorPage(p), debtor.CaseNumberView{Version: 1})
		}},
		{g, "case number, error", func(p kit.Page) templ.Component {
			p = withErrors(debtorPage(p), kit.FieldError{ID: "value", Text: p.T("casenumber.year_missing")})
			return debtor.CaseNumber(p, debtor.CaseNumberView{Value: "例0102执1234号", Version: 1})
		}},
		{g, "case number read", func(p kit.Page) templ.Component { return debtor.CaseNumber(debtorPage(p), caseRead(p)) }},
		{g, "case number old", func(p kit.Page) templ.Component {
			v := debtor.CaseNumberView{Value: "（2012）泰姜执字0491-1号", Reading: &debtor.Reading{Legacy: true}, Version: 1}
			return debtor.CaseNumber(debtorPage(p), v)
		}},
		{g, "court", func(p kit.Page) templ.Component {
			return debtor.CourtPick(debtorPage(p), debtor.CourtPickView{Version: 1})
		}},
		{g, "court found", func(p kit.Page) templ.Component {
			return debtor.CourtPick(debtorPage(p), debtor.CourtPickView{
				Q: "临溪", Searched: true, More: true, Version: 1,
				Results: []debtor.CourtRow{{ID: "1", Name: "江宜市临溪区人民法院", Above: "江宜市中级人民法院"}, {ID: "2", Name: "例州市临溪县人民法院", Above: "例州市中级人民法院"}},
			})
		}},
		{g, "court nothing", func(p kit.Page) templ.Component {
			return debtor.CourtPick(debtorPage(p), debtor.CourtPickView{Q: "临西", Searched: true, Version: 1})
		}},
		{g, "question text", func(p kit.Page) templ.Component { return question(p, storyQuestion(p)) }},
		{g, "question yes no", func(p kit.Page) templ.Component { return question(p, leftQuestion(p)) }},
		{g, "question date, error", func(p kit.Page) templ.Component {
			q := servedOn(p)
			q.Month, q.Day = "12", "31"
			return question(withErrors(p, kit.FieldError{ID: "value", Text: p.T("date.future")}), q)
		}},
		{g, "question name, changing", func(p kit.Page) templ.Component {
			q := kit.Question{ID: "name", Kind: "text", Title: say(p, "您的姓名", "Your name"), Value: "林晓芸", Personal: true, Max: 60}
			return debtor.Question(debtorPage(p), debtor.QuestionView{Question: q, Remedy: doorUntil(p).Title, Version: 2, ToCheck: true})
		}},
		{g, "papers", func(p kit.Page) templ.Component { return debtor.Evidence(debtorPage(p), papers(p)) }},
		{g, "papers, error", func(p kit.Page) templ.Component {
			v := papers(p)
			v.Files = nil
			p = withErrors(debtorPage(p), kit.FieldError{ID: "file", Text: p.T("upload.too_large", "Name", "流水.pdf", "MB", 24, "Max", 20)})
			return debtor.Evidence(p, v)
		}},
		{g, "papers, long reason", func(p kit.Page) templ.Component {
			p = withErrors(debtorPage(p), kit.FieldError{ID: "reason-wages", Text: p.T("answer.too_long", "N", 300, "Max", 200, "Over", 100)})
			return debtor.Evidence(p, papers(p))
		}},
		{g, "describe paper", func(p kit.Page) templ.Component {
			f := fileSample(p)
			f.EditHref, f.RemoveHref = "", ""
			p = withErrors(debtorPage(p), kit.FieldError{ID: "name", Text: p.T("papers.name_empty")})
			return debtor.DescribeFile(p, debtor.DescribeFileView{File: f, Note: f.Said, Kinds: uploads(p).Kinds, CancelHref: "/my/1/papers", Version: 2})
		}},
		{g, "add", func(p kit.Page) templ.Component {
			v := debtor.AddView{Remedy: doorUntil(p).Title, Body: "江宜市中级人民法院", Submit: "token", Upload: uploads(p), CancelHref: "/my/1"}
			return debtor.Add(debtorPage(p), v)
		}},
		{g, "add, one refused", func(p kit.Page) templ.Component {
			p = withErrors(debtorPage(p), kit.FieldError{ID: "file", Text: p.T("upload.not_stored", "Name", "流水.pdf")})
			return debtor.Add(p, debtor.AddView{Remedy: doorUntil(p).Title, Body: "江宜市中级人民法院", Submit: "token", Upload: uploads(p), CancelHref: "/my/1",
				Got: kit.Link{Text: p.T("add.receipt"), Href: "/my/1/added/1"}})
		}},
		{g, "add, decided", func(p kit.Page) templ.Component {
			return debtor.Add(debtorPage(p), debtor.AddView{Remedy: doorUntil(p).Title, Closed: p.T("papers.not_addable"), CancelHref: "/my/1"})
		}},
		{g, "added", func(p kit.Page) templ.Component { return debtor.Added(debtorPage(p), added(p)) }},
		{g, "compare", func(p kit.Page) templ.Component {
			f := filed(p)
			return debtor.Compare(debtorPage(p), debtor.CompareView{Remedy: doorUntil(p).Title, Code: "7K4M-92QF", Hash: hash, Asked: true, Match: &f, Files: []kit.File{f}, BackHref: "/my/1"})
		}},
		{g, "compare, none", func(p kit.Page) templ.Component {
			return debtor.Compare(debtorPage(p), debtor.CompareView{Remedy: doorUntil(p).Title, Code: "7K4M-92QF", Hash: hash, Asked: true, Files: []kit.File{filed(p)}, BackHref: "/my/1"})
		}},
		{g, "compare, error", func(p kit.Page) templ.Component {
			p = withErrors(debtorPage(p), kit.FieldError{ID: "hash", Text: p.T("compare.bad")})
			return debtor.Compare(p, debtor.CompareView{Remedy: doorUntil(p).Title, Code: "7K4M-92QF", Hash: "12", Asked: true, Bad: true, BackHref: "/my/1"})
		}},
		{g, "remove paper", func(p kit.Page) templ.Component {
			return debtor.RemoveFile(debtorPage(p), debtor.RemoveFileView{File: fileSample(p), CancelHref: "/my/1/papers", Version: 2})
		}},
		{g, "check", func(p kit.Page) templ.Component { return debtor.Check(debtorPage(p), checkView(p)) }},
		{g, "check, missing", func(p kit.Page) templ.Component {
			v := checkView(p)
			v.Missing = []kit.Link{{Text: say(p, "您请求什么", "What you ask for"), Href: "/my/1/ask"}}
			p = withErrors(debtorPage(p), kit.FieldError{ID: "declare", Text: p.T("check.declare")})
			return debtor.Check(p, v)
		}},
		{g, "check, changed and late", func(p kit.Page) templ.Component {
			v := checkView(p)
			v.Changed = []string{p.T("check.changed_answer", "What", say(p, "请法院做什么", "What the court should do"), "Now", say(p, "解除冻结", "Lift the freeze")), p.T("check.changed_gone", "N", 1)}
			v.Notes = []string{p.T("draft.service_moved", "Old", day(10, 9), "New", day(10, 12))}
			v.Aside = []kit.SummaryRow{{Key: say(p, "哪个法院做的", "Which court did it"), Value: say(p, "原来的法院", "The earlier court")}}
			v.Late, v.WhyLate = true, say(p, "那几天住院。", "I was in hospital.")
			v.Outages = []string{p.T("outage.silence", "From", i18n.DateTime(p.Lang, at(10, 19, 9, 30)), "To", i18n.DateTime(p.Lang, at(10, 19, 11, 5)), "What", p.T("outage.down"))}
			return debtor.Check(withErrors(debtorPage(p), kit.FieldError{ID: "changed", Text: p.T("check.stale")}), v)
		}},
		{g, "question name, removable", func(p kit.Page) templ.Component {
			q := kit.Question{ID: "id_number", Kind: "text", Title: say(p, "您的身份证号码是？", "What is your identity number?"), Value: "440305199001011234", Personal: true, Max: 30, Optional: true}
			return debtor.Question(withErrors(debtorPage(p), kit.FieldError{ID: "value", Text: p.T("answer.kept")}), debtor.QuestionView{Question: q, Remedy: doorUntil(p).Title, Version: 2, Removable: true})
		}},
		{g, "receipt, late", func(p kit.Page) templ.Component {
			r := receipt(p)
			r.Timing = p.T("receipt.late", "Last", day(10, 19), "At", at(10, 20, 9, 0))
			r.Outages = []string{p.T("outage.entered", "From", i18n.DateTime(p.Lang, at(10, 19, 9, 30)), "To", i18n.DateTime(p.Lang, at(10, 19, 11, 5)), "What", p.T("outage.down"))}
			return debtor.Receipt(debtorPage(p), debtor.ReceiptView{Receipt: r})
		}},
		{g, "receipt", func(p kit.Page) templ.Component {
			return debtor.Receipt(debtorPage(p), debtor.ReceiptView{Receipt: receipt(p)})
		}},
		{g, "receipt again", func(p kit.Page) templ.Component {
			r := receipt(p)
			r.Twice, r.Files, r.GoesOn = true, nil, false
			return debtor.Receipt(debtorPage(p), debtor.ReceiptView{Receipt: r})
		}},
		{g, "progress", func(p kit.Page) templ.Component { return debtor.Progress(debtorPage(p), progress(p)) }},
		{g, "progress late", func(p kit.Page) templ.Component { return debtor.Progress(debtorPage(p), progressLate(p)) }},
		{g, "supplement", func(p kit.Page) templ.Component { return debtor.Supplement(debtorPage(p), supplement(p)) }},
		{g, "decision refused", func(p kit.Page) templ.Component { return debtor.Decision(debtorPage(p), decision(p)) }},
		{g, "decision granted", func(p kit.Page) templ.Component {
			v := decision(p)
			v.Outcome, v.Label, v.Next = "granted", say(p, "支持请求", "Granted"), nil
			v.Changes = []string{say(p, "从 11月1日起，每月留出 ¥4,940.00。", "From 1 November ¥4,940.00 a month is left to you.")}
			return debtor.Decision(debtorPage(p), v)
		}},
		{g, "withdraw", func(p kit.Page) templ.Component {
			return debtor.Withdraw(debtorPage(p), debtor.WithdrawView{Remedy: doorUntil(p).Title, Body: "江宜市中级人民法院", CancelHref: "/my/1", Version: 5})
		}},
	}
}

func homeView(p kit.Page) debtor.HomeView {
	return debtor.HomeView{
		Name: "林晓芸", FindHref: "/find", AccountHref: "/my/account",
		Filings: []debtor.FilingRow{
			{Title: doorUntil(p).Title, CaseNumber: "（2026）例0102执1234号", Code: "7K4M-92QF", Tag: kit.Tag{Text: say(p, "等您补材料", "Waits for your papers"), Tone: "late"}, Line: say(p, "法院请您补一份材料。", "The court asked for one more paper."), Due: day(10, 26), Left: 6, Mine: true, Href: "/my/1"},
			{Title: doorOpen(p).Title, Code: "8PQR-3TVW", Tag: kit.Tag{Text: say(p, "办理中", "In hand"), Tone: "open"}, Line: say(p, "现在归江宜市临溪区人民法院执行局办。", "With 江宜市临溪区人民法院 now."), Due: day(10, 16), Left: -4, Href: "/my/2"},
		},
		Drafts: []debtor.DraftRow{{Title: doorMaybe(p).Title, Saved: at(10, 19, 14, 6), Href: "/my/3", RemoveHref: "/my/3/remove", Until: day(10, 21), Left: 1, Goes: day(10, 26), Open: 5, OpenTitles: []string{say(p, "您的姓名是？", "What is your name?"), say(p, "事情是怎样的？", "What happened?")}}},
	}
}

func caseRead(p kit.Page) debtor.CaseNumberView {
	return debtor.CaseNumberView{
		Value: "(2026) 例0102执1234号", Version: 1,
		Reading: &debtor.Reading{Canonical: "（2026）例0102执1234号", Court: "江宜市临溪区人民法院", Segments: []kit.Segment{
			{Text: "2026", Name: say(p, "立案年份", "year")}, {Text: "例0102", Name: say(p, "法院代字", "court sign")},
			{Text: "执", Name: say(p, "首次执行", "first enforcement")}, {Text: "1234", Name: say(p, "编号", "number")},
		}},
	}
}

func question(p kit.Page, q kit.Question) templ.Component {
	p = debtorPage(p)
	p.SavedAt = "14:06"
	return debtor.Question(p, debtor.QuestionView{Question: q, Remedy: doorUntil(p).Title, Number: 3, AtMost: 9, Version: 2})
}

func storyQuestion(p kit.Page) kit.Question {
	return kit.Question{
		ID: "story", Kind: "longtext", Max: 3000, Unsure: true,
		Title: say(p, "法院做了什么，哪里不对？", "What did the court do, and what is wrong with it?"),
		Hint:  say(p, "照您的话写就行：哪天、做了什么、对您有什么影响。", "Use your own words: which day, what was done, what it did to you."),
		Why:   say(p, "审查的人先看这一段。写清楚哪一天、哪一件事，比写得长更有用。", "The reviewer reads this first. The day and the act help more than length."),
		Value: say(p, "9月3日工资卡被冻结，里面全是工资。", "On 3 September my wage account was frozen."),
	}
}

func leftQuestion(p kit.Page) kit.Question {
	return kit.Question{ID: "left", Kind: "yesno", Unsure: true, Title: say(p, "账户里给您留生活费了吗？", "Was money left for you to live on?"), Value: "no"}
}

func fileSample(p kit.Page) kit.File {
	return kit.File{ID: "f1", Name: "裁定书.jpg", Kind: say(p, "执行裁定书", "The ruling"), Size: 1258291, SHA256: hash, Href: "/my/1/files/f1", Said: say(p, "第二页是日期和章。", "Page two has the date and the seal."), Note: p.T("papers.file_clean"), EditHref: "/my/1/papers/f1/about", RemoveHref: "/my/1/papers/f1/remove"}
}

func uploads(p kit.Page) debtor.UploadView {
	return debtor.UploadView{MaxMB: 20, MaxFiles: 20, AllMB: 100, LeftFiles: 19, LeftBytes: 98 << 20, Note: say(p, "画圈的是工资", "Circled: wages"), Kinds: []kit.Option{
		{Value: "ruling", Label: say(p, "裁定书", "The ruling")}, {Value: "wages", Label: say(p, "工资流水", "Wage statement")}, {Value: "other", Label: say(p, "别的材料", "Another paper")}}}
}

func added(p kit.Page) debtor.AddedView {
	held := filed(p)
	held.ID, held.Note, held.Arrival = "f2", p.T("papers.file_checking"), []string{p.T("arrival.held", "Body", "江宜市中级人民法院")}
	return debtor.AddedView{Remedy: doorUntil(p).Title, CaseNumber: "（2026）例0102执1234号", Code: "7K4M-92QF", Number: 1, At: at(10, 9, 9, 30), Body: "江宜市中级人民法院",
		Said: say(p, "上周刚拿到的诊断。", "The diagnosis came last week."), Files: []kit.File{filed(p), held}, ProgressHref: "/my/1", PDFHref: "/my/1/added/1/receipt.pdf", CompareHref: "/my/1/compare"}
}

func papers(p kit.Page) debtor.EvidenceView {
	return debtor.EvidenceView{
		Remedy: doorUntil(p).Title, Version: 2, Upload: uploads(p), UploadAction: "/my/1/papers", CannotAction: "/my/1/papers/cannot", ContinueHref: "/my/1/check",
		Files: []kit.File{fileSample(p)},
		Papers: []debtor.PaperItem{
			{ID: "ruling", Label: say(p, "裁定书", "The ruling"), State: "have", Required: true, Why: say(p, "上一级法院要看它。", "The higher court needs it.")},
			{ID: "wages", Label: say(p, "工资流水", "Wage statement"), State: "missing", Required: true, Why: say(p, "说明账户里是工资。", "It shows that the account holds wages."), Where: say(p, "银行柜台或手机银行，选最近 6 个月。", "At the bank or in its app, for the last 6 months.")},
			{ID: "birth", Label: say(p, "出生证明", "Birth certificate"), State: "cannot", Why: say(p, "说明您抚养几个人。", "It shows whom you support."), Reason: say(p, "在老家，要等下个月。", "It is at home in the village, until next month.")},
		},
	}
}

func checkView(p kit.Page) debtor.CheckView {
	return debtor.CheckView{
		Remedy: doorUntil(p).Title, Submit: "token", Version: 7, Window: working(p, day(10, 10), 10, say(p, "裁定到您手里", "the ruling reached you")),
		After: chain(p),
		Groups: []kit.SummaryGroup{
			{Title: say(p, "您和案子", "You and the case"), Rows: []kit.SummaryRow{
				{Key: say(p, "姓名", "Name"), Value: "林晓芸", ChangeHref: "/my/1/name"},
				{Key: say(p, "身份证件", "Identity"), Value: "3501**********002X", ChangeHref: "/my/1/id"},
				{Key: say(p, "不服的裁定", "Ruling you disagree with"), Value: "（2026）例0102执异56号", Note: say(p, "2026年9月23日（周三）送达", "served on Wednesday 23 September 2026"), ChangeHref: "/my/1/ruling"},
			}},
			{Title: say(p, "您请求什么", "What you ask for"), Rows: []kit.SummaryRow{
				{Key: say(p, "请求", "Requests"), Value: say(p, "一、撤销上述裁定；\n二、每月从工资中留出 ¥4,940.00 作为生活费。", "1. Set the ruling aside.\n2. Leave ¥4,940.00 of my wages each month for living costs."), ChangeHref: "/my/1/ask"},
				{Key: say(p, "理由", "Reasons"), ChangeHref: "/my/1/story"},
			}},
		},
	}
}

func chain(p kit.Page) []kit.ChainLink {
	return []kit.ChainLink{
		{Now: true, Body: "江宜市临溪区人民法院立案庭", Due: day(10, 8), Text: say(p, "把您的申请和案卷报送上一级法院。", "send your application and the case file up."), Cites: []kit.Cite{{Text: say(p, "执行程序解释第7条", "Enforcement Procedure Interpretation, article 7"), Href: "/rules"}}},
		{Body: "江宜市中级人民法院", Text: say(p, "收到后 30 天内裁定，并寄给您。当初采取措施的人不参与审查。", "It rules within 30 days of receiving it and sends you the ruling. Nobody who took the measure takes part.")},
		{Caption: say(p, "如果 10月8日还没有动静", "If nothing has happened by 8 October"), Body: say(p, "我们替您追问，您不用再跑", "We ask for you"), Text: say(p, "门径会把询问发给中级人民法院，并当天通知您。", "Menjing sends an inquiry to the Intermediate Court and tells you the same day.")},
	}
}

// filed is a file that was handed in.
func filed(p kit.Page) kit.File {
	f := fileSample(p)
	f.EditHref, f.RemoveHref, f.At = "", "", at(9, 28, 14, 6)
	f.Arrival = []string{p.T("arrival.given", "Body", "江宜市中级人民法院"), p.T("arrival.not_opened")}
	return f
}

func receipt(p kit.Page) kit.Receipt {
	return kit.Receipt{
		Code: "7K4M-92QF", Remedy: doorUntil(p).Title, CaseNumber: "（2026）例0102执1234号", At: at(9, 28, 14, 6), Chain: chain(p), GoesOn: true,
		Rule:  say(p, "作出裁定的是基层法院，由上一级法院审查；材料先交原法院转送。", "The ruling came from a basic court, so the court above reviews it; the papers go through the first court."),
		Cites: doorUntil(p).Cites, Files: []kit.File{filed(p)}, PackName: say(p, "2026年11月版", "November 2026 edition"), PackHash: hash, CompareHref: "/my/1/compare", Cannot: []string{say(p, "出生证明：在老家，要等下个月。", "Birth certificate: it is at home in the village.")},
		ProgressHref: "/my/1", PDFHref: "/my/1/receipt.pdf",
	}
}

func progress(p kit.Page) debtor.ProgressView {
	return debtor.ProgressView{
		CaseNumber: "（2026）例0102执1234号", Code: "7K4M-92QF", Remedy: doorUntil(p).Title, Heading: say(p, "上一级法院正在审查", "The higher court is reviewing it"),
		Mine: kit.Clock{Mine: true, State: "running", Left: 6, Start: day(10, 19), Due: day(10, 26), StartLabel: say(p, "通知", "asked"), Duty: say(p, "补一份材料", "One paper to add"),
			Note: say(p, "没有？也可以用户口本照片。", "Do not have it? A photo of the household register will do."), Action: kit.Link{Text: say(p, "补上孩子的出生证明", "Add the birth certificate"), Href: "/my/1/supplement"}},
		Theirs: kit.Clock{State: "running", Left: 10, Start: day(9, 30), Due: day(10, 30), StartLabel: say(p, "收到", "received"), Duty: say(p, "裁定", "Ruling"), Body: "江宜市中级人民法院",
			Note: say(p, "由**江宜市中级人民法院**办。过期没有结果，我们替您追问，并把下一步写好。", "With **江宜市中级人民法院**. If the day passes, we ask for you and prepare the next step.")},
		Events: []kit.Event{
			{State: "next", On: day(10, 30), Title: say(p, "作出裁定", "Ruling"), Text: say(p, "裁定会说明理由和下一步。", "It will give reasons and your next step.")},
			{State: "wait", At: at(10, 19, 10, 24), Title: say(p, "法院请您补一份材料", "The court asked you for one more paper"), Link: kit.Link{Text: say(p, "看写了什么", "See what it wrote"), Href: "/my/1/supplement"}},
			{State: "done", At: at(9, 28, 14, 6), Title: say(p, "您提交了复议申请", "You filed the request"), Text: say(p, "3 份文件，全部送达。", "3 papers, all received.")},
		},
		Files: []kit.File{filed(p)}, Additions: []kit.Link{{Text: p.T("added.link", "N", 1, "At", i18n.DateTime(p.Lang, at(10, 9, 9, 30))), Href: "/my/1/added/1"}}, ReceiptHref: "/my/1/receipt", AddHref: "/my/1/add", ChangedHref: "/find", WithdrawHref: "/my/1/withdraw",
	}
}

func progressLate(p kit.Page) debtor.ProgressView {
	v := progress(p)
	v.Heading = say(p, "法院的期限过了，还没有结果", "The court's date has passed without a result")
	v.Late = say(p, "法院的期限 10月16日已过。下一步申请已经替您写好。", "The court's date, 16 October, has passed. Your next application is drafted.")
	v.Mine = kit.Clock{Mine: true, State: "none"}
	v.Theirs.State, v.Theirs.Left, v.Theirs.Due = "missed", -4, day(10, 16)
	v.Next = []kit.Door{doorOpen(p)}
	return v
}

func supplement(p kit.Page) debtor.SupplementView {
	return debtor.SupplementView{
		Remedy: doorUntil(p).Title, Body: "江宜市中级人民法院", Due: day(10, 26), Left: 6, Version: 6, Upload: uploads(p),
		Ask:   say(p, "请补交孩子的出生证明，用来证明抚养人数。", "Please add the child's birth certificate, to show whom you support."),
		Items: []string{say(p, "出生证明", "Birth certificate")}, Working: working(p, day(10, 19), 7, say(p, "通知到您手里", "the notice reached you")),
	}
}

func decision(p kit.Page) debtor.DecisionView {
	d := doorUntil(p)
	return debtor.DecisionView{
		Remedy: say(p, "执行异议", "Objection"), Body: "江宜市临溪区人民法院", Number: "（2026）例0102执异56号", CaseNumber: "（2026）例0102执1234号", Outcome: "refused",
		Label: say(p, "驳回异议", "Objection refused"), Decided: day(9, 22), Served: day(9, 23), Reasons: say(p, "未提交家庭其他成员收入的材料，请求缺乏依据。", "No papers on the income of other family members were handed in."),
		Grounds: d.Cites, Paper: &kit.File{Name: "裁定书.pdf", Size: 98304, SHA256: hash, Href: "/my/1/files/f9"}, Next: []kit.Door{d}, ProgressHref: "/my/1",
	}
}

func addressView(p kit.Page) debtor.AddressView {
	return debtor.AddressView{Remedy: doorUntil(p).Title, Name: "林晓芸", Phone: "13800006071", Email: "lin@example.cn", Version: 4,
		Why:     say(p, "法院的通知和裁定要寄到您手里。", "The court's notices and rulings have to reach you."),
		Cites:   []kit.Cite{{Text: say(p, "《执行异议和复议规定》第1条", "Objection and Reconsideration Provisions, article 1"), Href: "/rules"}},
		Agree:   say(p, "我同意法院通过门径向我电子送达法律文书。", "I agree that the court serves its papers on me through Menjing."),
		Follows: []string{say(p, "不同意也没有关系。", "You may say no."), say(p, "以后可以随时收回。", "You can take it back at any time.")},
		Rests:   []kit.Cite{{Text: say(p, "《民事诉讼法》第90条", "Civil Procedure Law, article 90"), Href: "/rules", Note: say(p, "看过摘要", "read in a digest")}}}
}

func applicationView(p kit.Page) debtor.ApplicationView {
	forms := []kit.Link{{Text: p.T("application.pdf"), Href: "/a.pdf"}, {Text: p.T("application.docx"), Href: "/a.docx"}, {Text: p.T("application.print"), Href: "/a/print"}}
	return debtor.ApplicationView{Remedy: doorUntil(p).Title, Official: forms, BookletHref: "/booklet", Paper: debtor.Paper{Title: "执行异议申请书", Lang: "zh-Hans", Blocks: []debtor.PaperBlock{
		{Kind: "title", Text: "执行异议申请书"}, {Kind: "note", Text: "草稿，还没有提交。"},
		{Kind: "pairs", Rows: [][]string{{"异议人", "林晓芸"}, {"执行案号", "（2026）例0102执1234号"}}},
		{Kind: "heading", Text: "异议请求"}, {Kind: "para", Text: "解除对工资账户的冻结。"},
		{Kind: "table", Rows: [][]string{{"知道这件事的日子", "2026年9月23日"}}},
		{Kind: "heading", Text: "证据目录，共 1 份"},
		{Kind: "table", Head: []string{"序号", "名称", "是什么", "大小", "SHA-256"}, Rows: [][]string{{"1", "执行裁定书.jpg", "执行裁定书", "1.2 MB", hash}}},
		{Kind: "right", Text: "异议人（签名或者捺印）：________________________"}, {Kind: "small", Text: "由门径写成。"}, {Kind: "break"},
	}}}
}
