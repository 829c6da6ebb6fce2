package e2e

import (
	"strings"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// ruled hands in a filing of a debtor with everything answered and takes it through its body, by the people who would, until the decision was served
// in person today. It gives the filing as it is then.
func (j *journey) ruled(who account.Actor, remedy string, facts rules.Facts, docketing, reviewer string, r review.Ruling) filing.Filing {
	j.t.Helper()
	ctx, w := j.t.Context(), j.world
	f, err := w.Filings.Start(ctx, who, filing.StartInput{Remedy: remedy, Lang: j.lang, Token: store.NewID(), Facts: facts})
	if err == nil {
		f, _, err = w.Filings.Submit(ctx, who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	}
	if err != nil {
		j.t.Fatal(err)
	}
	return j.decidedBy(f, docketing, reviewer, r)
}

// decidedBy takes a filing that was handed in to a decision that was served in person today.
func (j *journey) decidedBy(f filing.Filing, docketing, reviewer string, r review.Ruling) filing.Filing {
	j.t.Helper()
	ctx, w := j.t.Context(), j.world
	desk, judge := w.Staff(j.t, docketing), w.Staff(j.t, reviewer)
	var err error
	for _, step := range []func() (filing.Filing, error){
		func() (filing.Filing, error) { return w.Reviews.Accept(ctx, desk, f.ID, f.Version, "") },
		func() (filing.Filing, error) { return w.Reviews.Assign(ctx, judge, f.ID, f.Version, judge.PersonID) },
		func() (filing.Filing, error) { return w.Reviews.Decide(ctx, judge, f.ID, f.Version, r) },
		func() (filing.Filing, error) {
			return w.Reviews.Serve(ctx, judge, f.ID, f.Version, review.ServedInPerson, civil(w.Time.Now().In(time.FixedZone("", 8*3600)).Date()))
		},
	} {
		if f, err = step(); err != nil {
			j.t.Fatal(err)
		}
	}
	w.Work(j.t)
	j.world.Time.Add(time.Minute) // so that the code asked for in the browser is the newest
	return f
}

// calendarSays reads the calendar of a filing with the cookies of the window and wants each text in it, unfolded.
func (w *window) calendarSays(path string, texts ...string) {
	w.t.Helper()
	raw := w.fetched(path, "text/calendar")
	calendar := strings.ReplaceAll(string(raw), "\r\n ", "")
	for _, text := range texts {
		if !strings.Contains(calendar, text) {
			w.t.Errorf("the calendar does not say %q: %s", text, calendar)
		}
	}
}
