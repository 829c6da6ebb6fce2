package filing

import (
	"context"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/outage"
	"reliefportal/app/rules"
)

// Receipt is what was promised when the filing was received. It is built from what was stored then, so it reads the same later.
type Receipt struct {
	Filing   Filing
	Facts    rules.Facts
	Pack     *rules.Pack
	Remedy   *rules.Remedy
	Route    Route
	Body     string // the owner at submission
	Division string // division kind at submission
	First    Clock  // the first clock of the body
	Deadline calendar.Deadline
	Rule     rules.ClockRule
	Above    string           // the body one level up, who has it next if nothing happens; "" when there is none
	Expiry   []*rules.Remedy  // the remedies that open when the first clock runs out
	Then     *rules.ClockRule // the clock of the next stage, nil when the pack has none
	// ThenDue is when that clock ends, where it counts from receipt; zero when it counts from a day that is not known yet.
	ThenDue calendar.Deadline
	// Timing is whether it came within the applicant's time limit, by the pack and the answers it was filed with.
	Timing Timing
	// Submission is the statement of truth as it was made; Took are the outages the filing took along.
	Submission Submission
	Took       []outage.Entry
}

// Receipt builds the receipt of a filing the actor may see. Errors: NotFound, also for a draft.
func (s *Service) Receipt(ctx context.Context, a account.Actor, id string) (Receipt, error) {
	f, facts, err := s.Get(ctx, a, id)
	if err != nil {
		return Receipt{}, err
	}
	if f.Ref == nil {
		return Receipt{}, fail.NotFound()
	}
	p, err := s.Pack(f)
	if err != nil {
		return Receipt{}, err
	}
	out := Receipt{Filing: f, Facts: facts, Pack: p, Route: f.Route()}
	out.Remedy, _ = p.Remedy(f.Remedy)
	out.Timing = TimingOn(p, f.Remedy, facts, f.ReceivedOn(), s.Bodies)
	if out.Submission, _, err = SubmissionOf(s.db.Read(ctx), f.ID); err != nil {
		return Receipt{}, err
	}
	if out.Took, err = out.Submission.Took(); err != nil {
		return Receipt{}, err
	}
	clocks, err := ClocksOf(s.db.Read(ctx), f.ID)
	if err != nil {
		return Receipt{}, err
	}
	if first, ok := s.firstOfBody(clocks); ok {
		out.First = first
		out.Deadline, out.Rule = promised(p, first)
		out.Body, out.Division = s.Bodies.BodyName(ctx, value(first.BodyID)), out.Route.Division
		if value(first.BodyID) == s.Bodies.RoutingDesk() {
			out.Division = DivisionRouting
		}
	}
	if up, ok := s.Bodies.Above(out.Body); ok {
		out.Above = up.Name
	}
	for _, rid := range out.Rule.OnExpiry {
		if r, ok := p.Remedy(rid); ok {
			out.Expiry = append(out.Expiry, r)
		}
	}
	if next, from, ok := p.StageClock(f.Remedy, rules.StageReviewing); ok && next.ID != out.Rule.ID && out.Division != DivisionRouting {
		out.Then = &next
		if from == rules.FromReceived {
			out.ThenDue = s.end(p, f.ReceivedOn(), next.Length)
		}
	}
	return out, nil
}

// firstOfBody is the first clock of the body that has the filing to deal with; the routing desk counts only while it has handed nothing over.
func (s *Service) firstOfBody(clocks []Clock) (first Clock, ok bool) {
	for _, c := range clocks {
		switch {
		case c.BodyID == nil:
		case *c.BodyID != s.Bodies.RoutingDesk():
			return c, true
		case !ok:
			first, ok = c, true
		}
	}
	return first, ok
}

// Timeline lists what the debtor sees of a filing's history, newest first.
func (s *Service) Timeline(ctx context.Context, f Filing) ([]audit.Event, error) {
	all, err := audit.List(ctx, s.db, audit.Subject{Type: "filing", ID: f.ID})
	if err != nil {
		return nil, err
	}
	var out []audit.Event
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Visible {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// NextClock is the clock an open filing waits for; ok is false for drafts and closed filings.
func (s *Service) NextClock(ctx context.Context, f Filing) (Clock, bool, error) {
	if f.NextClockID == nil {
		return Clock{}, false, nil
	}
	var c Clock
	err := s.db.Read(ctx).Where("id = ?", *f.NextClockID).Take(&c).Error
	return c, err == nil, err
}

// Filed loads a filing that was handed over, for work that nobody asks for in person. Error: NotFound, also for a draft.
func (s *Service) Filed(ctx context.Context, id string) (Filing, error) {
	return s.FiledIn(s.db.Read(ctx), id)
}

// Clocks lists the clocks of a filing the caller has loaded for its actor, the oldest first.
func (s *Service) Clocks(ctx context.Context, f Filing) ([]Clock, error) {
	return ClocksOf(s.db.Read(ctx), f.ID)
}
