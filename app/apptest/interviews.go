package apptest

import (
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// CallingTime is a moment inside calling hours on the second day of every world: 14:30 in China.
var CallingTime = time.Date(2026, 11, 3, 6, 30, 0, 0, time.UTC)

// Interview is one person drawn in a programme of the court of Shenzhen, and what he answers to its short questionnaire by telephone, item
// and option. Without answers he refuses.
type Interview struct {
	Body    string // name of the court asked about
	Outcome string // of his filing; "" for none yet
	Answers map[string]string
}

// Programme is a running programme of the court of Shenzhen with the short questionnaire, begun in the first days of 2026.
func (w *World) Programme(t testing.TB) (id string) {
	t.Helper()
	id = store.NewID()
	now := w.Time.Now()
	row := map[string]any{
		"id": id, "owner_body_id": w.Directory.BodyID(t.Context(), "广东省深圳市中级人民法院"), "name_zh": "送达以后的短问卷", "name_en": "Short questions after service", "kind": "treatment",
		"instrument": "short", "from_on": "2026-01-05", "seed": "5eed", "strata": `[{"id":"served-respondent","event":"served","party":"respondent","per_mille":1000}]`, "status": "running",
		"version": 1, "created_at": now, "updated_at": now,
	}
	if err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Table("callback_programme").Create(row).Error }); err != nil {
		t.Fatal(err)
	}
	return id
}

// Hold has a caller hold interviews of a programme, by the same steps as on the telephone. The clock must stand inside calling hours.
func (w *World) Hold(t testing.TB, programme string, caller account.Actor, interviews ...Interview) {
	t.Helper()
	for _, x := range interviews {
		id := w.drawn(t, programme, x)
		c, err := w.Callbacks.Claim(t.Context(), caller, id)
		if err != nil {
			t.Fatalf("take a case: %v", err)
		}
		if x.Answers == nil {
			_, err = w.Callbacks.LogAttempt(t.Context(), caller, id, c.Version, callback.Report{Code: "50"})
		} else {
			err = w.interview(t, caller, c, x.Answers)
		}
		if err != nil {
			t.Fatalf("hold an interview: %v", err)
		}
	}
}

func (w *World) interview(t testing.TB, caller account.Actor, c callback.Case, answers map[string]string) error {
	c, err := w.Callbacks.Consent(t.Context(), caller, c.ID, c.Version)
	if err != nil {
		return err
	}
	for item, value := range answers {
		if _, err := w.Callbacks.Answer(t.Context(), caller, c.ID, callback.Reply{Item: item, Value: value}); err != nil {
			return err
		}
	}
	v, err := w.Callbacks.Case(t.Context(), caller, c.ID)
	if err != nil {
		return err
	}
	_, err = w.Callbacks.Finish(t.Context(), caller, c.ID, v.Version, callback.Report{Code: "10"})
	return err
}

// drawn has somebody of his own with a filing of his own, and the case by which he is asked.
func (w *World) drawn(t testing.TB, programme string, x Interview) (id string) {
	t.Helper()
	now, pack := w.Time.Now(), w.Packs.On(calendar.Today(w.Time))
	var before int64
	if err := w.DB.Read(t.Context()).Table("callback_case").Count(&before).Error; err != nil {
		t.Fatal(err)
	}
	who := w.Debtor(t, fmt.Sprintf("138%08d", 10000000+before))
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{}})
	if err != nil {
		t.Fatal(err)
	}
	c := callback.Case{ID: store.NewID(), FilingID: f.ID, PersonID: who.PersonID, BodyID: w.Directory.BodyID(t.Context(), x.Body), ProgrammeID: &programme, Kind: rules.Treatment,
		Party: rules.Respondent, Stratum: "served-respondent", Reason: "served", Instrument: "short", PackHash: pack.Hash, Lang: "zh-Hans", Status: callback.Open, Version: 1,
		DueAt: now, CloseBy: now.AddDate(0, 0, 10), ByPhone: true, CreatedAt: now, UpdatedAt: now}
	err = w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		if x.Outcome != "" {
			if err := tx.Exec("UPDATE filing SET outcome = ? WHERE id = ?", x.Outcome, f.ID).Error; err != nil {
				return err
			}
		}
		return tx.Create(&c).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.ID
}
