package callback

import (
	"slices"
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestCircumstancesOf: what a person told of his circumstances, and agreed to have used, waits for him alone for half a year, until he takes it up;
// nothing he said about how he was treated is ever among it.
func TestCircumstancesOf(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.rounds()
		inst, _ := w.pack.Survey("circumstances")
		inst.Items = []rules.Item{{ID: "C6", Kind: rules.ItemYesNo, Required: true, Options: []rules.Option{{ID: "yes"}, {ID: "no"}},
			Prepares: []rules.Prepare{{Answers: []string{"yes"}, Remedy: "R11", Facts: rules.Facts{"change": rules.Picks("income", "illness")}}}}}
		w.pack.Index()
		begun := &drafts{t: t, w: w}
		w.s.Drafts = begun
		ann := w.caller("ann")
		tell := func(event rules.CallEvent) account.Actor {
			f := w.filing("")
			w.do(w.s.Happened(t.Context(), Event{Kind: event, FilingID: f}))
			c := w.caseOf(f)
			w.clock.Set(c.DueAt)
			if event == rules.EventHalfYear {
				w.interview(ann, c.ID, "C6=yes")
			} else {
				w.interview(ann, c.ID, "P1=1", "P5=1", "P7=3", "P13=yes")
				offers, err := w.s.Case(t.Context(), ann, c.ID)
				w.do(err)
				for _, o := range offers.Offers {
					w.do(w.s.Choose(t.Context(), ann, c.ID, o.FindingID, Wish{ChoiceFile, ReplyPortal}))
				}
			}
			return account.Actor{PersonID: c.PersonID, Kind: account.Debtor}
		}
		told, treated := tell(rules.EventHalfYear), tell(rules.EventServed)
		if prepared, err := w.s.PreparedFor(t.Context(), treated.PersonID); err != nil || len(prepared) == 0 {
			t.Fatalf("nothing was prepared from the other instrument: %v", err)
		}
		of := func(a account.Actor, want bool) Circumstances {
			t.Helper()
			got, ok, err := w.s.CircumstancesOf(t.Context(), a)
			w.do(err)
			if ok != want {
				t.Errorf("%s: told %t, want %t", a.PersonID, ok, want)
			}
			return got
		}
		if got := of(told, true); !slices.Equal(got.Facts["change"].Choices, []string{"illness", "income"}) {
			t.Errorf("told %v", got.Facts)
		}
		of(treated, false)
		of(account.Actor{PersonID: "somebody", Kind: account.Debtor}, false)
		at := w.clock.Now()
		w.clock.Set(shanghai(t, "2027-05-23 10:00"))
		of(told, true)
		w.clock.Set(shanghai(t, "2027-05-25 10:00"))
		of(told, false) // half a year after it was told on 24 November
		w.clock.Set(at)
		all, err := w.s.PreparedFor(t.Context(), told.PersonID)
		w.do(err)
		_, err = w.s.TakeUp(t.Context(), told, all[0].ID, "en")
		w.do(err)
		of(told, false)
	})
}
