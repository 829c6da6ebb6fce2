package reviewer

import (
	"slices"
	"strings"

	"reliefportal/app/assist"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/reviewer"
)

// represented adds who acts for the person now: in what capacity, with which powers, and whether the power of attorney is there.
func (p pages) represented(c *kit.Ctx, d desk, view *views.WorkspaceView) error {
	all, err := p.Assist.Representatives(c.Context(), d.Filing, c.Actor)
	if err != nil {
		return err
	}
	docs, err := p.Files.List(c.Context(), d.ID)
	if err != nil {
		return err
	}
	paper := c.T("work.rep_nopaper")
	if slices.ContainsFunc(docs, func(doc document.Document) bool { return doc.Paper == assist.PaperPower }) {
		paper = c.T("work.rep_paper")
	}
	var said []string
	for _, r := range all {
		if r.State != assist.Active {
			continue
		}
		capacity, _ := assist.CapacityOf(r.Capacity)
		said = append(said, c.T("work.rep_line", "Name", r.Name, "Capacity", d.law.Say(capacity.Name), "Powers", powersOf(c, r.Representative), "Paper", paper))
	}
	if len(said) > 0 {
		view.Facts = append(view.Facts, views.Fact{Label: c.T("work.representatives"), Value: strings.Join(said, "\n")})
	}
	return nil
}

// powersOf lists the powers of a representative.
func powersOf(c *kit.Ctx, r assist.Representative) string {
	out := []string{c.T("rep.power_write")}
	for _, power := range filing.Powers() {
		if r.Has(power) {
			out = append(out, powerOf(c, power))
		}
	}
	return strings.Join(out, c.T("punct.semicolon"))
}

func powerOf(c *kit.Ctx, p filing.Power) string {
	switch p {
	case filing.PowerServe:
		return c.T("rep.power_serve")
	case filing.PowerWithdraw:
		return c.T("rep.power_withdraw")
	case filing.PowerSettle:
		return c.T("rep.power_settle")
	}
	return c.T("rep.power_file")
}
