package callback

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// rounds adds the programme of the half-yearly question, and one that asks after everything else, to the pack of the world.
func (w *world) rounds() {
	circumstances := *testShort()
	circumstances.ID, circumstances.Purpose = "circumstances", rules.Circumstances
	w.pack.Surveys = append(w.pack.Surveys, &circumstances)
	w.pack.Calls.Programmes = append(w.pack.Calls.Programmes,
		rules.Programme{ID: "circumstances", Title: rules.Text{Zh: "近况", En: "Circumstances"}, Instrument: "circumstances", Strata: []rules.Stratum{
			{ID: "half", Event: rules.EventHalfYear, Party: rules.Respondent, PerMille: 1000}}},
		rules.Programme{ID: "events", Title: rules.Text{Zh: "其他", En: "Others"}, Instrument: "treatment", Strata: []rules.Stratum{
			{ID: "executed", Event: rules.EventExecuted, Party: rules.Respondent, PerMille: 1000},
			{ID: "closed", Event: rules.EventClosed, Party: rules.Respondent, PerMille: 1000},
			{ID: "lifted", Event: rules.EventLifted, Party: rules.Respondent, PerMille: 1000}}})
	w.pack.Index()
}

// filed makes a filing one that was submitted in an enforcement case of the court of Nanshan.
func (w *world) filed(id, number string) {
	w.exec("UPDATE filing SET submitted_at = ?, exec_body_id = ?, case_number = ? WHERE id = ?", w.clock.Now(), nanshan, number, id)
}

func (w *world) casesOf(person string) []Case {
	w.t.Helper()
	var out []Case
	w.do(w.db.Read(w.t.Context()).Where("person_id = ?", person).Order("created_at, id").Find(&out).Error)
	return out
}

// TestHalfYear: half a year after the last request somebody is asked about his circumstances, to the day, and again half a year later, as long as
// enforcement goes on.
func TestHalfYear(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.rounds()
		first := w.filing("")
		w.filed(first, "1")
		var person string
		w.do(db.Read(t.Context()).Table("filing").Where("id = ?", first).Pluck("person_id", &person).Error)
		w.do(w.s.Rounds(t.Context()))
		w.clock.Set(shanghai(t, "2026-12-23 10:00"))
		w.filed(w.filing(person), "1") // his last word is a month younger
		for _, x := range []struct {
			at    string
			cases int
		}{
			{"2027-05-23 10:00", 0}, {"2027-06-22 23:59", 0}, {"2027-06-23 00:01", 1}, {"2027-06-24 10:00", 1},
			{"2027-12-22 10:00", 1}, {"2027-12-23 10:00", 2},
		} {
			w.clock.Set(shanghai(t, x.at))
			w.do(w.s.Rounds(t.Context()))
			w.do(w.s.Rounds(t.Context()))
			w.do(w.s.CloseLate(t.Context()))
			cases := w.casesOf(person)
			if len(cases) != x.cases {
				t.Errorf("%s: asked %d times, want %d", x.at, len(cases), x.cases)
			}
			for _, c := range cases {
				if c.Kind != rules.Circumstances || c.Reason != string(rules.EventHalfYear) {
					t.Errorf("asked about %s after %s", c.Kind, c.Reason)
				}
			}
		}
		n, err := w.s.HappenedInCase(t.Context(), CaseEvent{Kind: rules.EventClosed, BodyID: nanshan, CaseNumber: "1"})
		w.do(err)
		w.clock.Set(shanghai(t, "2028-12-23 10:00"))
		w.do(w.s.Rounds(t.Context()))
		if got := len(w.casesOf(person)); got != 2 || n != 1 {
			t.Errorf("after the end of the case: asked %d times, %d people concerned", got, n)
		}
	})
}

// TestHalfYearEnded: nobody whose enforcement is over, by what he said himself, is asked about his circumstances.
func TestHalfYearEnded(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.rounds()
	f := w.filing("")
	w.filed(f, "1")
	w.ended[f] = true
	w.do(w.s.Rounds(t.Context()))
	w.clock.Set(shanghai(t, "2027-06-23 10:00"))
	w.do(w.s.Rounds(t.Context()))
	if rows := w.frameOf("pack-circumstances"); len(rows) != 0 {
		t.Errorf("frame: %+v", rows)
	}
}

// TestHappenedInCase: what a court reports of a case concerns everybody with a request in it, each once, and nobody else.
func TestHappenedInCase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.rounds()
		one, two, other, draft := w.filing(""), w.filing(""), w.filing(""), w.filing("")
		w.filed(one, "A")
		w.filed(two, "A")
		w.filed(other, "B")
		w.exec("UPDATE filing SET exec_body_id = ?, case_number = 'A' WHERE id = ?", nanshan, draft)
		e := CaseEvent{Kind: rules.EventExecuted, BodyID: nanshan, CaseNumber: "A", Again: "measure 7"}
		for range 2 {
			n, err := w.s.HappenedInCase(t.Context(), e)
			w.do(err)
			if n != 2 {
				t.Errorf("%d people concerned", n)
			}
		}
		rows := w.frameOf("pack-events")
		if len(rows) != 2 || rows[0].Event != rules.EventExecuted || rows[0].FilingID == rows[1].FilingID {
			t.Errorf("frame: %+v", rows)
		}
		if n, err := w.s.HappenedInCase(t.Context(), CaseEvent{Kind: rules.EventExecuted, BodyID: shenzhen, CaseNumber: "A"}); err != nil || n != 0 {
			t.Errorf("the same number at another court: %d, %v", n, err)
		}
	})
}

// TestOneSurveyInSixMonths: whatever happens, in whichever order, nobody is asked twice within six months, about either thing.
func TestOneSurveyInSixMonths(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.rounds()
		a := w.caller("ann")
		rapid.Check(t, func(r *rapid.T) {
			w.clock.Set(shanghai(t, "2026-01-05 10:00"))
			person := w.caseOfNew()
			for n := range rapid.IntRange(3, 10).Draw(r, "events") {
				w.clock.Add(time.Duration(rapid.IntRange(0, 120).Draw(r, "days")) * 24 * time.Hour)
				w.do(w.s.CloseLate(t.Context()))
				f := w.filing(person)
				w.filed(f, person)
				kind := rapid.SampledFrom(rules.CallEvents).Draw(r, "event")
				w.do(w.s.Happened(t.Context(), Event{Kind: kind, FilingID: f, Again: fmt.Sprint(n)}))
				if rapid.Bool().Draw(r, "rounds") {
					w.do(w.s.Rounds(t.Context()))
				}
				if c, err := w.s.Take(t.Context(), a); err == nil {
					_, err = w.s.LogAttempt(t.Context(), a, c.ID, c.Version, Report{Code: rapid.SampledFrom([]string{"30", "50"}).Draw(r, "outcome")})
					w.do(err)
				}
			}
			cases := w.casesOf(person)
			for i := 1; i < len(cases); i++ {
				before, after := calendar.DateOf(cases[i-1].CreatedAt), calendar.DateOf(cases[i].CreatedAt)
				if after.Before(before.AddMonths(6)) {
					r.Fatalf("asked on %s and on %s", before, after)
				}
			}
		})
	})
}

// caseOfNew makes a person whose first request was filed now.
func (w *world) caseOfNew() string {
	w.t.Helper()
	f := w.filing("")
	var person string
	w.do(w.db.Read(w.t.Context()).Table("filing").Where("id = ?", f).Pluck("person_id", &person).Error)
	w.filed(f, person)
	return person
}
