package reviewer

import (
	"bytes"
	"net/http"
	"strconv"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/review"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// sign shows the ruling that waits for signatures on a filing, and those before it.
func (p pages) sign(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	return p.showSign(c, d, http.StatusOK, nil)
}

func (p pages) showSign(c *kit.Ctx, d desk, status int, errs []tkit.FieldError) error {
	all, err := p.Reviews.ProposalsOf(c.Context(), c.Actor, d.Filing)
	if err != nil {
		return err
	}
	view := views.SignView{Head: d.head(c), Text: c.Form().Raw("text"), Lead: c.T("sign.list_none")}
	for _, one := range all {
		shown, err := p.proposed(c, d, one)
		if err != nil {
			return err
		}
		if one.State != review.ProposalWaiting || !one.Open(d.Filing) {
			view.Past = append(view.Past, shown)
			continue
		}
		view.Now, view.Lead = shown, lead(c, one)
		if one.Mine {
			view.Votes = votes(c, one.Mode)
		}
		if one.WrittenBy == c.Actor.PersonID {
			view.TakeBack = c.Path("reviewer.unsign", d.ID)
		}
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Sign(page, view))
}

func lead(c *kit.Ctx, one review.Pending) string {
	key := "sign.lead"
	if one.Corrects() {
		key = "sign.lead_correct"
	}
	return c.T(key, "Name", one.Writer, "At", i18n.DateTime(c.Lang, one.WrittenAt))
}

// votes are what may be said: a member of a panel dissents, a second person sends back.
func votes(c *kit.Ctx, mode review.Mode) []tkit.Option {
	out := []tkit.Option{{Value: string(review.VoteAgree), Label: c.T("sign.vote_agree")}, {Value: string(review.VoteDissent), Label: c.T("sign.vote_dissent")}}
	if mode == review.ModeSecond {
		out[1] = tkit.Option{Value: string(review.VoteReturn), Label: c.T("sign.vote_return")}
	}
	return out
}

// proposed shows one proposed ruling.
func (p pages) proposed(c *kit.Ctx, d desk, one review.Pending) (views.ProposalView, error) {
	r := one.Ruling
	out := views.ProposalView{Proposal: one.ID, Title: proposalState(c, one.State) + " · " + i18n.DateTime(c.Lang, one.WrittenAt), Disposition: ended(c, r.Disposition, d.remedy),
		Text: r.Text, Why: r.Why, Ground: foundOn(d, r.Findings, c.Lang)}
	for _, n := range r.Numbers {
		out.Numbers = append(out.Numbers, review.NumberText(c.Lang, n))
	}
	for _, s := range one.Seats {
		out.Seats = append(out.Seats, views.SeatView{Seat: seatName(c, s.Seat), Name: s.Name, Said: voted(c, s), Words: s.Words})
	}
	doc, ok, err := p.Reviews.LetterPreview(c.Context(), d.Filing, one)
	if ok {
		out.Letter = sheet(doc)
	}
	return out, err
}

func proposalState(c *kit.Ctx, s review.ProposalState) string {
	switch s {
	case review.ProposalMade:
		return c.T("sign.state_made")
	case review.ProposalReturned:
		return c.T("sign.state_returned")
	case review.ProposalDropped:
		return c.T("sign.state_dropped")
	case review.ProposalWaiting:
	}
	return c.T("sign.state_waiting")
}

func seatName(c *kit.Ctx, seat string) string {
	switch seat {
	case review.SeatPresiding:
		return c.T("sign.presiding")
	case review.SeatSecond:
		return c.T("sign.second")
	}
	return c.T("sign.member")
}

// voted words what somebody said to a proposal.
func voted(c *kit.Ctx, s review.Signed) string {
	if s.Vote == nil {
		return c.T("sign.waits")
	}
	text := c.T("sign.agreed")
	switch *s.Vote {
	case review.VoteDissent:
		text = c.T("sign.dissented")
	case review.VoteReturn:
		text = c.T("sign.returned")
	case review.VoteAgree:
	}
	return text + " · " + i18n.DateTime(c.Lang, *s.At)
}

// doSign records what the actor says to the ruling that waits.
func (p pages) doSign(c *kit.Ctx) error {
	form := c.Form()
	_, state, err := p.Reviews.Sign(c.Context(), c.Actor, c.Param("id"), form.Value("proposal"), review.Vote(form.Value("vote")), form.Value("text"))
	if err != nil {
		return p.signFailed(c, err)
	}
	c.Flash(map[review.ProposalState]string{review.ProposalWaiting: "sign.done", review.ProposalMade: "sign.made", review.ProposalReturned: "sign.sent_back"}[state])
	return c.To("reviewer.filing", c.Param("id"))
}

// signFailed shows the page again with what was typed and why it was not taken.
func (p pages) signFailed(c *kit.Ctx, err error) error {
	errs, invalid := c.FieldErrors(err)
	status := http.StatusUnprocessableEntity
	if why, ok := fail.As(err); !invalid && ok && why.Kind == fail.KindConflict {
		errs, invalid, status = []tkit.FieldError{{ID: "text", Text: i18n.With(c.Lang, why.Key, why.Args)}}, true, http.StatusConflict
	}
	if !invalid {
		return err
	}
	d, loading := p.load(c)
	if loading != nil {
		return loading
	}
	return p.showSign(c, d, status, errs)
}

// unsign takes the actor's own proposal back.
func (p pages) unsign(c *kit.Ctx) error {
	if err := p.Reviews.TakeBack(c.Context(), c.Actor, c.Param("id"), c.Form().Value("proposal")); err != nil {
		return p.signFailed(c, err)
	}
	c.Flash("sign.taken_back")
	return c.To("reviewer.filing", c.Param("id"))
}

// signing lists what waits for the actor's signature.
func (p pages) signing(c *kit.Ctx) error {
	all, err := p.Reviews.ToSign(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.SignListView{QueueHref: c.Path(kit.RouteStaffHome)}
	for _, f := range all {
		view.Rows = append(view.Rows, tkit.Link{Text: number(f) + " · " + p.Filings.Applicant(f), Href: c.Path("reviewer.sign", f.ID)})
	}
	return c.OK(views.SignList(c.Page(), view))
}

// signs leads to the signatures, for a filing that has or had a proposal.
func (p pages) signs(c *kit.Ctx, d desk) ([]tkit.Link, error) {
	all, err := p.Reviews.ProposalsOf(c.Context(), c.Actor, d.Filing)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	text := c.T("sign.view")
	if all[0].Mine {
		text = c.T("sign.mine")
	}
	return []tkit.Link{{Text: text, Href: c.Path("reviewer.sign", d.ID)}}, nil
}

// letterPDF is the paper of one version of the decision, as it was signed.
func (p pages) letterPDF(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	all, err := p.Reviews.Versions(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	for _, t := range all {
		if !t.HasPaper || strconv.FormatInt(t.Version, 10) != c.Param("number") {
			continue
		}
		var out bytes.Buffer
		if err := paper.PDF(&out, t.Paper); err != nil {
			return err
		}
		return c.Send(kit.Download{Name: t.Paper.Title + " " + number(d.Filing) + ".pdf", Type: "application/pdf", Size: int64(out.Len()), Body: &out})
	}
	return fail.NotFound()
}

// papersOfDecision lead to the paper of each version.
func papersOfDecision(c *kit.Ctx, f filing.Filing, all []review.Told) []tkit.Link {
	var out []tkit.Link
	for _, t := range all {
		if t.HasPaper {
			number := strconv.FormatInt(t.Version, 10)
			out = append(out, tkit.Link{Text: c.T("decision.version", "N", number, "Date", calendar.DateOf(t.DecidedAt)) + " · " + c.T("work.see_paper"), Href: c.Path("reviewer.letterpdf", f.ID, number)})
		}
	}
	return out
}
