package callback

import (
	"log/slog"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/jobs"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// servedJob stands for the job that a served decision sets off.
type servedJob struct {
	FilingID string `json:"filing_id"`
}

func (servedJob) Kind() string { return "filing.served" }

// TestServedOpensOneCase: the job may run twice; there is one case.
func TestServedOpensOneCase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		r := jobs.NewRegistry()
		Register(r, w.s)
		OpenOn(r, w.s, "served", func(j servedJob) string { return j.FilingID })
		q, err := jobs.New(db, r, slog.New(slog.DiscardHandler))
		w.do(err)
		filing := w.filing("")
		for range 2 {
			w.do(db.Tx(t.Context(), func(tx *gorm.DB) error { return q.Insert(tx, servedJob{FilingID: filing}) }))
		}
		w.do(q.Drain(t.Context()))
		c := w.caseOf(filing)
		if c.Reason != "served" || c.Status != Open {
			t.Errorf("case: %+v", c)
		}
		w.clock.Set(c.CloseBy)
		w.do(r.RunNow(t.Context(), EveryClose))
		w.do(r.RunNow(t.Context(), EveryFindings))
		if w.reload(c.ID).Status != Closed {
			t.Error("the periodic work did not close a late case")
		}
	})
}
