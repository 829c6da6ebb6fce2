package transfer_test

import (
	"testing"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestOfferedIsNotTaken: while another court is asked, nobody of the owner is given the filing, neither by name nor as the next of the list.
func TestOfferedIsNotTaken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		f := w.filed(t)
		f, err := w.Reviews.Accept(t.Context(), w.nanshan, f.ID, f.Version, "")
		if err != nil {
			t.Fatal(err)
		}
		w.offer(t, w.judge, f.ID, futian)
		if _, err := w.Reviews.TakeNext(t.Context(), w.judge); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("taken as the next of the list: %v", err)
		}
		if _, err := w.Reviews.Assign(t.Context(), w.nanshan, f.ID, w.now(t, f.ID).Version, w.judge.PersonID); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("assigned: %v", err)
		}
		if now := w.now(t, f.ID); now.ReviewerID != nil || *now.NextAction != filing.NextAnswerOffer {
			t.Errorf("next is %s, reviewer %v", *now.NextAction, now.ReviewerID)
		}
	})
}
