package samples

import (
	"github.com/a-h/templ"

	"reliefportal/templates/admin"
	"reliefportal/templates/dev"
	"reliefportal/templates/kit"
	"reliefportal/templates/reviewer"
	"reliefportal/templates/supervisor"
)

func staffSamples() []Sample {
	const g = "reviewer"
	return []Sample{
		{g, "sign in", func(p kit.Page) templ.Component {
			return reviewer.StaffSignIn(p, reviewer.StaffSignInView{Next: "/desk"})
		}},
		{g, "sign in, error", func(p kit.Page) templ.Component {
			return reviewer.StaffSignIn(withErrors(p, kit.FieldError{ID: "login", Text: p.T("signin.staff_wrong")}), reviewer.StaffSignInView{Login: "zhoumin"})
		}},
		{g, "queue", func(p kit.Page) templ.Component { return reviewer.Queue(staffPage(p), queueView(p)) }},
		{g, "queue empty", func(p kit.Page) templ.Component {
			v := queueView(p)
			v.Rows, v.Q, v.Count, v.Over, v.Soon = nil, "例", -1, 0, 0
			return reviewer.Queue(staffPage(p), v)
		}},
		{g, "workspace", func(p kit.Page) templ.Component { return reviewer.Workspace(staffPage(p), workspace(p)) }},
		{g, "workspace decided", func(p kit.Page) templ.Component {
			v := workspace(p)
			v.Actions, v.Idle = nil, say(p, "等送达回证。", "Waiting for the proof of service.")
			v.Decision = &reviewer.DecisionText{Disposition: say(p, "撤销裁定，支持请求", "Ruling set aside, request granted"), Text: say(p, "账户为工资账户。", "The account holds wages."), By: "周敏", Decided: day(10, 19)}
			v.Shown = &reviewer.Paper{File: filed(p), Text: "江宜市临溪区人民法院\n执行裁定书"}
			return reviewer.Workspace(staffPage(p), v)
		}},
		{g, "accept", func(p kit.Page) templ.Component {
			return reviewer.Accept(staffPage(p), reviewer.AcceptView{Head: head(p), Due: day(10, 30), Duty: say(p, "作出裁定", "ruling")})
		}},
		{g, "ask", func(p kit.Page) templ.Component {
			return reviewer.AskSupplement(staffPage(p), reviewer.AskSupplementView{Head: head(p), Papers: uploads(p).Kinds, Due: day(10, 26), Days: say(p, "7 天", "7 days")})
		}},
		{g, "refuse, error", func(p kit.Page) templ.Component {
			p = withErrors(staffPage(p), kit.FieldError{ID: "grounds", Text: p.T("answer.choose")}, kit.FieldError{ID: "text", Text: p.T("answer.empty")})
			return reviewer.Refuse(p, reviewer.RefuseView{Head: head(p), Grounds: grounds(p), Next: say(p, "10 天内可以申请复议。", "Reconsideration can be asked for within 10 days.")})
		}},
		{g, "assign", func(p kit.Page) templ.Component {
			return reviewer.Assign(staffPage(p), reviewer.AssignView{Head: head(p), Now: "吴桐", People: []kit.Option{
				{Value: "1", Label: "周敏", Hint: say(p, "手上 12 件", "12 in hand")},
				{Value: "2", Label: "李卓", Hint: say(p, "参与过冻结，不能承办", "took part in the freezing"), Off: true},
			}, Reasons: []kit.Option{{Value: "knows", Label: say(p, "对这类案件更熟悉", "Knows this kind of case better")}}, Weight: say(p, "这一件计 14 分。", "This filing counts 14 points.")})
		}},
		{g, "give several", func(p kit.Page) templ.Component {
			return reviewer.Give(staffPage(p), reviewer.GiveView{BackHref: "/desk", Rows: []reviewer.GiveRow{
				{Pick: "1 2", Number: "（2026）例01执复61号", Subject: say(p, "复议", "Reconsideration"), Person: "赵某", Proposed: "周敏", HasDue: true, Left: 2},
				{Pick: "2 2", Number: "（2026）例01执复63号", Subject: say(p, "复议", "Reconsideration"), Person: "陈某", Why: say(p, "没有可以承办的人", "Nobody may have it")},
			}, People: []kit.Option{{Label: say(p, "按推荐分配", "To whoever is proposed"), Checked: true}, {Value: "1", Label: "李卓"}},
				Reasons: []kit.Option{{Value: "knows", Label: say(p, "对这类案件更熟悉", "Knows this kind of case better")}}})
		}},
		{g, "decide", func(p kit.Page) templ.Component { return reviewer.Decide(staffPage(p), decide(p)) }},
		{g, "decide check", func(p kit.Page) templ.Component {
			return reviewer.DecideCheck(staffPage(p), reviewer.DecideCheckView{
				Head: head(p), Disposition: say(p, "驳回异议", "Objection refused"), Ground: []string{say(p, "没有保留生活必需的费用：成立", "Living costs were not left: made out")}, Letter: letterLines(p), Mode: reviewer.Mode{Text: p.T("decide.mode_panel"), Signs: true}, Text: say(p, "没有证据。", "There is no evidence."),
				Number: "（2026）例0102执异56号", Next: []reviewer.NextDoor{{Title: doorUntil(p).Title, Window: say(p, "送达后 10 天内", "within 10 days of service"), Decider: "江宜市中级人民法院"}},
				Changes: []string{say(p, "查封继续。", "The seal stays.")}, Hidden: []kit.Hidden{{Name: "disposition", Value: "rejected"}},
			})
		}},
		{g, "serve", func(p kit.Page) templ.Component {
			return reviewer.Serve(staffPage(p), reviewer.ServeView{Head: head(p), Due: day(10, 23), Kinds: []kit.Option{{Value: "hand", Label: say(p, "当面签收", "Handed over and signed for")}, {Value: "post", Label: say(p, "邮寄", "By post")}}})
		}},
		{g, "taken", func(p kit.Page) templ.Component {
			return reviewer.TakenByOther(staffPage(p), reviewer.TakenByOtherView{Number: "（2026）例01执复88号", Who: "吴桐", At: at(10, 20, 9, 12), BackHref: "/desk", WorkspaceHref: "/desk/1"})
		}},
		{g, "not now", func(p kit.Page) templ.Component {
			return reviewer.NotNow(staffPage(p), reviewer.NotNowView{Head: head(p), BackHref: "/desk", Text: say(p, "现在不是做这一步的时候。", "It is not the time for this step.")})
		}},
		{"supervisor", "figures", func(p kit.Page) templ.Component { return supervisor.Figures(staffPage(p), figures(p)) }},
		{"supervisor", "findings", func(p kit.Page) templ.Component { return supervisor.Findings(staffPage(p), findings(p)) }},
		{"supervisor", "finding", func(p kit.Page) templ.Component { return supervisor.Finding(staffPage(p), finding(p)) }},
		{"admin", "failed jobs", func(p kit.Page) templ.Component {
			return admin.FailedJobs(staffPage(p), admin.FailedJobsView{Files: p.T("jobs.files_wrong", "At", "10月20日 03:00", "N", 4120, "Missing", 1, "Damaged", 0), FilesBad: true, RetryAction: "/admin/jobs", Tabs: adminTabs(p), Rows: []admin.FailedJob{{ID: "17", Kind: "notice_send", Error: "dial tcp: connection refused", Attempts: 8, At: at(10, 20, 9, 12)}}})
		}},
		{"admin", "no failed jobs", func(p kit.Page) templ.Component {
			return admin.FailedJobs(staffPage(p), admin.FailedJobsView{Tabs: adminTabs(p)})
		}},
		{"dev", "outbox", func(p kit.Page) templ.Component {
			return dev.Outbox(p, dev.OutboxView{Messages: []dev.Message{
				{At: at(10, 20, 9, 12), Channel: "sms", To: "138 **** 6071", Body: "【门径】验证码 12345678"},
				{At: at(10, 20, 9, 10), Channel: "email", To: "l***@example.cn", Subject: "已收到，回执码 7K4M-92QF", Body: "您的申请，我们已收到。", Attachments: []string{"回执.pdf"}},
			}})
		}},
		{"dev", "people", func(p kit.Page) templ.Component {
			return dev.People(p, dev.PeopleView{People: []dev.Person{{Role: "reviewer", Place: "江宜市中级人民法院", Name: "周敏", Login: "zhoumin", Password: "demo", Code: "123456"}}})
		}},
		{"dev", "gallery", func(p kit.Page) templ.Component {
			return dev.Gallery(p, dev.GalleryView{Groups: []dev.GalleryGroup{{Name: "public", Items: []dev.GalleryItem{{Name: "start", HrefZh: "/dev/pages/0", HrefEn: "/dev/pages/0?lang=en"}}}}})
		}},
	}
}

func head(p kit.Page) reviewer.Head {
	return reviewer.Head{Number: "（2026）例01执复88号", Title: say(p, "复议", "Reconsideration"), Person: "林晓芸", BackHref: "/desk/1", Version: 4}
}

func queueView(p kit.Page) reviewer.QueueView {
	row := func(n, subject, person string, left int, due int, owner string, flag kit.Tag) reviewer.QueueRow {
		return reviewer.QueueRow{
			Href: "/desk/" + n, Number: "（2026）例01执复" + n + "号", Code: "7K4M-92QF", Subject: subject, Person: person, Left: left, HasDue: true, Due: day(10, due), Owner: owner, Flags: []kit.Tag{flag}, Pick: n,
			NextStep: say(p, "作出裁定", "Ruling"), Days: 34, AssignHref: "/desk/" + n + "/assign",
		}
	}
	return reviewer.QueueView{
		Title: say(p, "待办", "Queue"), Now: at(10, 20, 9, 12), Count: 25, Over: 1, Soon: 5, NextHref: "/desk?after=x", FirstHref: "/desk",
		SearchAction: "/desk", TakeAction: "/desk/next", GiveAction: "/desk/give", SaveAction: "/desk/views", Narrowed: true,
		Urgencies: []kit.Option{{Value: "auction", Label: say(p, "拍卖", "Auction"), Checked: true}},
		Remedies:  []kit.Option{{Value: "R15", Label: say(p, "复议", "Reconsideration")}},
		Views:     []reviewer.SavedView{{Name: say(p, "急的复议", "Urgent reconsiderations"), Href: "/desk?urgent=any", DropAction: "/desk/views/1/drop"}},
		Tabs: []kit.Tab{
			{Text: say(p, "我的", "Mine"), Href: "/desk", Count: 25, Selected: true}, {Text: say(p, "待分配", "Not assigned"), Href: "/desk?tab=new", Count: 5},
			{Text: say(p, "等当事人", "With the person"), Href: "/desk?tab=wait", Count: 11}, {Text: say(p, "已办结", "Closed"), Href: "/desk?tab=done", Count: 100, More: true},
		},
		Rows: []reviewer.QueueRow{
			row("61", say(p, "不服驳回异议·工资账户", "Objection refused · wage account"), "赵某", -4, 16, "周敏", kit.Tag{Text: say(p, "逾期", "Overdue"), Tone: "due"}),
			row("63", say(p, "不服驳回异议·超额冻结", "Objection refused · too much frozen"), "陈某", 0, 20, "李卓", kit.Tag{Text: say(p, "拍卖 10月23日", "Sale 23 Oct"), Tone: "late"}),
			row("69", say(p, "失信名单", "Dishonesty list"), "刘某", 2, 22, "", kit.Tag{}),
			row("88", say(p, "不服驳回异议·工资账户", "Objection refused · wage account"), "林某", 10, 30, "周敏", kit.Tag{}),
		},
	}
}

func workspace(p kit.Page) reviewer.WorkspaceView {
	return reviewer.WorkspaceView{
		Number: "（2026）例01执复88号", Title: say(p, "复议", "Reconsideration"), Person: "林晓芸", Status: kit.Tag{Text: say(p, "审查中", "In review"), Tone: "open"},
		Due: day(10, 30), HasDue: true, Left: 10, Duty: say(p, "裁定", "Ruling"), Received: day(9, 30), Length: say(p, "30 天", "30 days"), PackName: "2026.11",
		Owner: "周敏", Division: "执行裁判庭", QueueHref: "/desk", TookPart: []string{"李卓"},
		Papers:  []kit.Tab{{Text: "裁定书", Href: "/desk/1?paper=1", Count: -1, Selected: true}, {Text: "工资流水", Href: "/desk/1?paper=2", Count: -1}},
		Shown:   &reviewer.Paper{File: filed(p)},
		Facts:   facts(p),
		Trace:   trace(p),
		Actions: []kit.Link{{Text: say(p, "作出决定", "Decide"), Href: "/desk/1/decide"}, {Text: say(p, "要求补一次材料", "Ask once for papers"), Href: "/desk/1/ask"}, {Text: say(p, "不予受理", "Not take up"), Href: "/desk/1/refuse"}},
		Events:  progress(p).Events,
	}
}

func facts(p kit.Page) []reviewer.Fact {
	return []reviewer.Fact{
		{Label: say(p, "送达日", "Served"), Value: say(p, "2026年9月23日（周三）", "Wednesday 23 September 2026"), Source: say(p, "申请人填写", "told by the applicant")},
		{Label: say(p, "身份证件", "Identity"), Value: "3501**********002X"},
		{Label: say(p, "必要开支", "Costs"), Value: ""},
	}
}

func trace(p kit.Page) []kit.TraceRow {
	return []kit.TraceRow{
		{Text: say(p, "对驳回异议的裁定不服 → 复议", "Objection refused → reconsideration"), Cite: say(p, "民诉法 236", "CPL 236")},
		{Text: say(p, "是否应留出生活费：要由您判断", "Whether living costs must be left: for you to judge"), Cite: say(p, "民诉法 254", "CPL 254"), Open: true},
	}
}

func grounds(p kit.Page) []kit.Option {
	return []kit.Option{
		{Value: "late", Label: say(p, "过了期限，也没有理由顺延", "Out of time, with no reason to extend")},
		{Value: "incomplete", Label: say(p, "告知以后仍没有补上必要的材料", "Papers that are needed were not added after asking")},
	}
}

func decide(p kit.Page) reviewer.DecideView {
	return reviewer.DecideView{
		Head: head(p), Max: 5000, Facts: facts(p), Trace: trace(p), Findings: findingFields(p), Letters: letterOptions(p), Numbers: reviewer.NumberFields{Reserve: "2500"}, Mode: reviewer.Mode{Text: p.T("decide.mode_second"), Signs: true}, Text: say(p, "账户为工资账户。", "The account holds wages."),
		Dispositions: []kit.Option{
			{Value: "upheld", Label: say(p, "撤销裁定，支持请求", "Set aside and grant")}, {Value: "partly", Label: say(p, "变更裁定", "Change the ruling")}, {Value: "rejected", Label: say(p, "驳回复议请求", "Refuse")},
		},
	}
}

func figures(p kit.Page) supervisor.FiguresView {
	table := supervisor.FigureTable{
		Title: p.T("figures.by_body"), Bars: []kit.SumBar{{Label: "江宜市临溪区人民法院", Value: "40.0 %", Width: 400, Tone: "pine"}},
		Rows: []supervisor.FigureRow{{Name: "江宜市临溪区人民法院", N: 350, Classes: []int64{120, 10, 30, 60, 10, 70, 50}, Rates: []string{"40.0 %", "41.7 %", "52.2 %", "75.0 %", "10.0 %", "56.7 %"}}},
	}
	return supervisor.FiguresView{
		Name: say(p, "决定送达后的回访", "After a decision was served"), BackHref: "/staff/programmes/1", CSVHref: "/staff/programmes/1/figures.csv", XLSXHref: "/staff/programmes/1/figures.csv", Sample: 350, Open: 4,
		Basis:   p.T("figures.e_estimated", "E", "0.8214", "Known", 230, "All", 280),
		Rates:   []kit.SummaryRow{{Key: "RR1" + p.T("figures.colon") + p.T("figures.rr1"), Value: "40.0 %"}, {Key: "RR5" + p.T("figures.colon") + p.T("figures.rr5"), Value: "52.2 %", Note: p.T("figures.only_known", "N", 70)}},
		Columns: []string{"RR1", "RR3", "RR5", "COOP3", "REF1", "CON1"}, Tables: []supervisor.FigureTable{table},
	}
}

func findings(p kit.Page) supervisor.FindingsView {
	return supervisor.FindingsView{
		Tabs: []kit.Tab{{Text: say(p, "等处理", "Open"), Href: "/findings", Count: 1, Selected: true}, {Text: say(p, "已处理", "Closed"), Href: "/findings?tab=done", Count: -1}},
		Rows: []supervisor.Row{{Href: "/findings/1", Number: "F-0007", Kind: say(p, "有人要钱才肯办", "Asked for money to act"), Body: "江宜市临溪区人民法院", Owner: "江宜市中级人民法院", Due: day(10, 27), Left: 7, HasDue: true, Status: kit.Tag{Text: say(p, "等处理", "Open"), Tone: "open"}}},
	}
}

func finding(p kit.Page) supervisor.FindingView {
	return supervisor.FindingView{
		Number: "F-0007", Kind: say(p, "有人要钱才肯办", "Asked for money to act"), Body: "江宜市临溪区人民法院", Owner: "江宜市中级人民法院", Status: kit.Tag{Text: say(p, "等处理", "Open"), Tone: "open"},
		Due: day(10, 27), Left: 7, HasDue: true, Version: 1, ListHref: "/findings", OpenedAt: at(10, 20, 15, 0),
		Answers:      []supervisor.Answer{{Item: say(p, "有没有人向您要过钱或东西？", "Did anyone ask you for money or gifts?"), Value: say(p, "有", "Yes"), Words: say(p, "他说给两千就快一点。", "He said two thousand would make it faster.")}},
		Events:       []kit.Event{{State: "done", At: at(10, 20, 15, 0), Title: say(p, "立案", "Opened")}},
		Dispositions: []kit.Option{{Value: "confirmed", Label: say(p, "属实，已处理", "True, and dealt with")}, {Value: "unfounded", Label: say(p, "查不实", "Not borne out")}},
	}
}
