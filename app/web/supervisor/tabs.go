package supervisor

import (
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// tabs lead from each page of a supervisor to the others.
func tabs(c *kit.Ctx, now string) []tkit.Tab {
	return []tkit.Tab{
		{Text: c.T("finding.list"), Href: c.Path("supervisor.findings"), Count: -1, Selected: now == "supervisor.findings"},
		{Text: c.T("remark.list"), Href: c.Path("supervisor.remarks"), Count: -1, Selected: now == "supervisor.remarks"},
		{Text: c.T("recusal.list"), Href: c.Path("supervisor.recusals"), Count: -1, Selected: now == "supervisor.recusals"},
		{Text: c.T("quality.list"), Href: c.Path("supervisor.quality"), Count: -1, Selected: now == "supervisor.quality"},
		{Text: c.T("referral.list"), Href: c.Path("supervisor.referrals"), Count: -1, Selected: now == "supervisor.referrals"},
		{Text: c.T("programme.list"), Href: c.Path("supervisor.programmes"), Count: -1, Selected: now == "supervisor.programmes"},
		{Text: c.T("said.list"), Href: c.Path("supervisor.said"), Count: -1, Selected: now == "supervisor.said"},
		{Text: c.T("handed.questions"), Href: c.Path("reviewer.handed"), Count: -1},
		{Text: c.T("appraisal.list"), Href: c.Path("supervisor.appraisals"), Count: -1, Selected: now == "supervisor.appraisals"},
	}
}
