package reviewer

import (
	"net/url"
	"slices"
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
	view, err := p.queueView(c, filterOf(c.Query))
	if err != nil {
		return err
	}
	return c.OK(views.Queue(c.Page(), view))
}

// filterOf reads a filter from the address. Who searches does not say in which list a filing stands: without a tab all are searched.
func filterOf(get func(string) string) review.Filter {
	f := review.Filter{Tab: review.TabOpen, Text: get("q"), Remedy: get("remedy"), Urgent: get("urgent")}
	switch named := review.Tab(get("tab")); {
	case slices.Contains(review.Tabs, named):
		f.Tab = named
	case f.Text != "":
		f.Tab = review.TabFound
	}
	return f
}

// queueView reads one page of a list.
func (p pages) queueView(c *kit.Ctx, f review.Filter) (views.QueueView, error) {
	scope := "queue/" + queryOf(f) + "/" + c.Actor.PersonID
	var after review.Place
	later, err := c.ReadCursor(scope, &after)
	if err != nil {
		return views.QueueView{}, err
	}
	found, more, err := p.Reviews.Queue(c.Context(), c.Actor, f, after)
	if err != nil {
		return views.QueueView{}, err
	}
	view := views.QueueView{Title: tabName(c, f.Tab), Now: c.Now(), Tabs: tabs(c, f), Q: f.Text, Count: -1, SearchAction: c.Path(kit.RouteStaffHome)}
	for _, r := range found {
		line, err := p.line(c, r)
		if err != nil {
			return view, err
		}
		view.Rows = append(view.Rows, line)
	}
	switch {
	case later:
		view.FirstHref = here(c, f)
	case f.Tab != review.TabDone && f.Tab != review.TabFound:
		countTop(&view, more.Zero())
	}
	if !more.Zero() {
		next, err := c.Cursor(scope, more)
		if err != nil {
			return view, err
		}
		view.NextHref = here(c, f) + joint(here(c, f)) + "after=" + url.QueryEscape(next)
	}
	return view, p.tools(c, f, &view)
}

// tools fills in what can be done with the list: narrow it, keep the filter, take the next, give several away.
func (p pages) tools(c *kit.Ctx, f review.Filter, view *views.QueueView) error {
	pack := p.Filings.Packs.On(c.Today())
	view.Narrowed = f.Remedy != "" || f.Urgent != ""
	if f.Tab != review.TabOpen && f.Tab != review.TabFound {
		view.Tab = string(f.Tab)
	}
	view.Urgencies = append(view.Urgencies, tkit.Option{Value: review.AnyUrgent, Label: c.T("filter.any_urgent"), Checked: f.Urgent == review.AnyUrgent})
	for _, u := range pack.Work.Urgencies {
		view.Urgencies = append(view.Urgencies, tkit.Option{Value: u.Code, Label: u.Label.In(c.Lang), Checked: f.Urgent == u.Code})
	}
	for _, r := range pack.Remedies {
		if r.Kind == rules.KindFiling {
			view.Remedies = append(view.Remedies, tkit.Option{Value: r.ID, Label: r.Name.In(c.Lang), Checked: f.Remedy == r.ID})
		}
	}
	if c.Actor.Has(account.RoleReviewer) || c.Actor.Has(account.RoleImplementer) {
		view.TakeAction = c.Path("reviewer.take")
	}
	if slices.ContainsFunc(view.Rows, func(r views.QueueRow) bool { return r.Pick != "" }) {
		view.GiveAction = c.Path("reviewer.give")
	}
	if f.Tab != review.TabOpen || view.Narrowed {
		view.SaveAction, view.Query = c.Path("reviewer.saveview"), queryOf(f)
	}
	kept, err := p.Reviews.Views(c.Context(), c.Actor)
	for _, v := range kept {
		view.Views = append(view.Views, views.SavedView{Name: v.Name, Href: c.Path(kit.RouteStaffHome) + "?" + v.Query, DropAction: c.Path("reviewer.dropview", v.ID)})
	}
	return err
}

// joint is what stands between an address and one more of its parameters.
func joint(address string) string {
	if strings.Contains(address, "?") {
		return "&"
	}
	return "?"
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
		Person: i18n.Name(p.Filings.Applicant(r.Filing)), Owner: owner, Days: r.ReceivedOn().DaysUntil(c.Today()), Flags: flags(c, r.Filing, pack)}
	if remedy != nil {
		out.Subject = remedy.Name.In(c.Lang)
	}
	if r.NextDueAt != nil {
		out.HasDue, out.Due = true, lastDay(*r.NextDueAt)
		out.Left = c.Today().DaysUntil(out.Due)
	}
	if slices.Contains(review.Actions(c.Actor, r.Filing), filing.ActAssign) {
		out.AssignHref, out.Pick = c.Path("reviewer.assign", r.ID), r.ID
	}
	return out, nil
}

// flags are what to look out for in a filing of a list: late, new papers, and why it should not wait.
func flags(c *kit.Ctx, f filing.Filing, pack *rules.Pack) []tkit.Tag {
	var out []tkit.Tag
	if f.Overdue {
		out = append(out, tkit.Tag{Text: c.T("work.overdue"), Tone: "due"})
	}
	if f.PapersAddedAt != nil {
		out = append(out, tkit.Tag{Text: c.T("work.new_papers"), Tone: "until"})
	}
	if f.NextDueAt == nil {
		return out
	}
	for _, m := range f.Urgencies() {
		u, _, ok := pack.Urgency(m.Code)
		if !ok {
			continue
		}
		text := u.Label.In(c.Lang)
		if !m.Day.IsZero() {
			text += " " + i18n.DateShort(c.Lang, m.Day)
		}
		out = append(out, tkit.Tag{Text: text, Tone: "late"})
	}
	return out
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

func tabs(c *kit.Ctx, now review.Filter) []tkit.Tab {
	out := make([]tkit.Tab, 0, len(review.Tabs))
	for _, t := range review.Tabs {
		out = append(out, tkit.Tab{Text: tabName(c, t), Href: here(c, review.Filter{Tab: t}), Count: -1, Selected: t == now.Tab})
	}
	return append(out, tkit.Tab{Text: c.T("handed.title"), Href: c.Path("reviewer.handed"), Count: -1})
}

func tabName(c *kit.Ctx, t review.Tab) string {
	switch t {
	case review.TabOpen:
		return c.T("desk.queue")
	case review.TabNew:
		return c.T("work.tab_new")
	case review.TabFree:
		return c.T("queue.nobody")
	case review.TabMine:
		return c.T("work.tab_mine")
	case review.TabWaiting:
		return c.T("work.tab_waiting")
	case review.TabOverdue:
		return c.T("work.overdue")
	case review.TabDone:
		return c.T("work.status_closed")
	case review.TabFound:
		return c.T("queue.found")
	}
	return string(t)
}

// here is the address of a list from its beginning.
func here(c *kit.Ctx, f review.Filter) string {
	if q := queryOf(f); q != "" {
		return c.Path(kit.RouteStaffHome) + "?" + q
	}
	return c.Path(kit.RouteStaffHome)
}

// queryOf writes a filter as the query of an address; the first tab, and a search in all, need no name.
func queryOf(f review.Filter) string {
	q := url.Values{}
	for _, pair := range [][2]string{{"tab", string(f.Tab)}, {"q", f.Text}, {"remedy", f.Remedy}, {"urgent", f.Urgent}} {
		if pair[1] != "" && pair[1] != string(review.TabOpen) && pair[1] != string(review.TabFound) {
			q.Set(pair[0], pair[1])
		}
	}
	return q.Encode()
}
