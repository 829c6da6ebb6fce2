package reviewer

import (
	"strings"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// soonDays is up to how many days left count as soon (design, section 5).
const soonDays = 3

// queue lists one tab of the desk by time left. It costs one query however many filings there are; nothing is counted in the database.
func (p pages) queue(c *kit.Ctx) error {
	if first := firstPage(c.Actor); first != kit.RouteStaffHome {
		return c.To(first)
	}
	tab, q := tabOf(c.Query("tab")), c.Query("q")
	scope := "queue/" + string(tab) + "/" + q + "/" + c.Actor.PersonID
	var after filing.Cursor
	later, err := c.ReadCursor(scope, &after)
	if err != nil {
		return err
	}
	found, more, err := p.Reviews.Queue(c.Context(), c.Actor, tab, q, after)
	if err == nil && len(found) == 0 && q != "" && c.Query("tab") == "" {
		tab = review.TabDone // who searches does not say in which list it stands
		found, more, err = p.Reviews.Queue(c.Context(), c.Actor, tab, q, after)
	}
	if err != nil {
		return err
	}
	view := views.QueueView{Title: tabName(c, tab), Now: c.Now(), Tabs: tabs(c, tab), Q: q, Count: -1, SearchAction: c.Path(kit.RouteStaffHome)}
	for _, r := range found {
		line, err := p.line(c, r)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, line)
	}
	switch {
	case later:
		view.FirstHref = here(c, tab, q)
	case tab != review.TabDone:
		countTop(&view, more.Zero())
	}
	if !more.Zero() {
		next, err := c.Cursor(scope, more)
		if err != nil {
			return err
		}
		view.NextHref = kit.WithQuery(c.Path(kit.RouteStaffHome), "tab", string(tab), "q", q, "after", next)
	}
	return c.OK(views.Queue(c.Page(), view))
}

// countTop counts what is late and what is soon on the first page. Rows go by time left, so the numbers hold for the whole list as soon as
// the page reaches further than them; otherwise they are left out.
func countTop(view *views.QueueView, whole bool) {
	over, soon := 0, 0
	for _, r := range view.Rows {
		switch {
		case r.Left < 0:
			over++
		case r.Left <= soonDays:
			soon++
		}
	}
	if whole {
		view.Count = len(view.Rows)
	}
	if whole || over < len(view.Rows) {
		view.Over = over
	}
	if whole || over+soon < len(view.Rows) {
		view.Soon = soon
	}
}

func (p pages) line(c *kit.Ctx, r review.Row) (views.QueueRow, error) {
	owner := ""
	if r.ReviewerID != nil {
		var err error
		if owner, err = account.OpenName(p.Box, *r.ReviewerID, r.ReviewerSealed); err != nil {
			return views.QueueRow{}, err
		}
	}
	pack, err := p.Filings.Pack(r.Filing)
	if err != nil {
		return views.QueueRow{}, err
	}
	remedy, _ := pack.Remedy(r.Remedy)
	out := views.QueueRow{Href: c.Path("reviewer.filing", r.ID), NextStep: nextStep(c, r.Filing, remedy), Number: caseOf(r.Filing), Code: r.Code(),
		Person: i18n.Name(p.Filings.Applicant(r.Filing)), Owner: owner, Days: r.ReceivedOn().DaysUntil(c.Today())}
	if remedy != nil {
		out.Subject = remedy.Name.In(c.Lang)
	}
	if r.NextDueAt != nil {
		out.HasDue, out.Due = true, lastDay(*r.NextDueAt)
		out.Left = c.Today().DaysUntil(out.Due)
	}
	if r.PapersAddedAt != nil {
		out.Flag = tkit.Tag{Text: c.T("work.new_papers"), Tone: "until"}
	}
	if r.Overdue {
		out.Flag = tkit.Tag{Text: strings.Trim(c.T("work.overdue")+" · "+out.Flag.Text, " ·"), Tone: "due"}
	}
	if r.Status == filing.Reviewing && r.ReviewerID == nil {
		out.AssignHref = c.Path("reviewer.assign", r.ID)
	}
	return out, nil
}

// number is what the body calls a filing: the case number it gave, else the receipt code.
func number(f filing.Filing) string {
	if f.DocketNumber != "" {
		return f.DocketNumber
	}
	return f.Code()
}

// caseOf is the number a filing is listed by: the body's own, else that of the case it is about; none is empty.
func caseOf(f filing.Filing) string {
	if f.DocketNumber != "" {
		return f.DocketNumber
	}
	return f.CaseNumber
}

// lastDay is the civil day that ends at an instant: a period ends at 24:00, which is already the next day.
func lastDay(end time.Time) calendar.Date { return calendar.DateOf(end.Add(-time.Second)) }

// nextStep is what is to be done next with a filing, or how it ended.
func nextStep(c *kit.Ctx, f filing.Filing, remedy *rules.Remedy) string {
	if f.Outcome != nil {
		return ended(c, *f.Outcome, remedy)
	}
	if f.NextAction == nil {
		return ""
	}
	switch *f.NextAction {
	case "docket":
		if f.OwnerDivision == filing.DivisionRouting {
			return c.T("work.todo_designate")
		}
		return c.T("work.todo_docket")
	case "assign":
		return c.T("work.todo_assign")
	case "decide":
		return c.T("work.todo_decide")
	case "serve":
		return c.T("work.todo_serve")
	case filing.NextAnswerOffer:
		return c.T("work.todo_answer_offer")
	case filing.NextAppoint:
		return c.T("work.todo_appoint")
	}
	return c.T("work.todo_wait")
}

// ended words how a filing ended.
func ended(c *kit.Ctx, outcome string, remedy *rules.Remedy) string {
	if outcome == string(filing.Refused) {
		return c.T("decision.not_taken")
	}
	if outcome == string(filing.Withdrawn) {
		return c.T("work.withdrawn")
	}
	if remedy != nil {
		if o, ok := remedy.Outcome(outcome); ok {
			return o.Label.In(c.Lang)
		}
	}
	return c.T("work.status_closed")
}

func tabOf(name string) review.Tab {
	for _, t := range review.Tabs {
		if string(t) == name {
			return t
		}
	}
	return review.TabOpen
}

func tabs(c *kit.Ctx, now review.Tab) []tkit.Tab {
	out := make([]tkit.Tab, 0, len(review.Tabs))
	for _, t := range review.Tabs {
		out = append(out, tkit.Tab{Text: tabName(c, t), Href: here(c, t, ""), Count: -1, Selected: t == now})
	}
	return out
}

func tabName(c *kit.Ctx, t review.Tab) string {
	switch t {
	case review.TabOpen:
		return c.T("desk.queue")
	case review.TabMine:
		return c.T("work.tab_mine")
	case review.TabWaiting:
		return c.T("work.tab_waiting")
	case review.TabOverdue:
		return c.T("work.overdue")
	case review.TabDone:
		return c.T("work.status_closed")
	}
	return string(t)
}

// here is the address of a tab from its beginning; the first tab needs no name.
func here(c *kit.Ctx, t review.Tab, q string) string {
	name := string(t)
	if t == review.TabOpen {
		name = ""
	}
	return kit.WithQuery(c.Path(kit.RouteStaffHome), "tab", name, "q", q)
}
