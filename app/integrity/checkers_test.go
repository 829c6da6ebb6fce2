package integrity_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/integrity"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/transfer"
)

const (
	nanshan = "深圳市南山区人民法院"
	futian  = "深圳市福田区人民法院"
	luohu   = "深圳市罗湖区人民法院"
	reasons = "账户里全部是工资，裁定没有为申请人和他抚养的人留出生活所必需的费用。"
)

// broken is a portal in which things are made that must not be.
type broken struct {
	*apptest.World
	t      *testing.T
	debtor account.Actor
	number int
}

func (w *broken) draft(court string) filing.Filing {
	w.t.Helper()
	w.number++
	f, err := w.Filings.Start(w.t.Context(), w.debtor, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said("（2024）粤0305执" + string(rune('0'+w.number/10)) + string(rune('0'+w.number%10)) + "号"), filing.FactExecCourt: rules.Said(court), filing.FactApplicant: rules.Said("林晓芸"),
		"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。"), "moved": rules.Pick("no"),
	}})
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

func (w *broken) filed(court string) filing.Filing {
	w.t.Helper()
	f := w.draft(court)
	f, _, err := w.Filings.Submit(w.t.Context(), w.debtor, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// exec does to the database what no service would.
func (w *broken) exec(query string, args ...any) {
	w.t.Helper()
	if err := w.DB.Tx(w.t.Context(), func(tx *gorm.DB) error { return tx.Exec(query, args...).Error }); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

// on runs a statement on one of the databases only.
func (w *broken) on(d store.Dialect, query string) {
	w.t.Helper()
	if w.DB.Dialect() == d {
		w.exec(query)
	}
}

func (w *broken) must(f filing.Filing, err error) filing.Filing {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// breaks make, for each checker, one thing that must not be, and give its subject.
var breaks = map[string]func(w *broken) string{
	"no_owner": func(w *broken) string {
		f := w.filed(nanshan)
		w.on(store.Postgres, "ALTER TABLE filing DROP CONSTRAINT filing_has_owner")
		err := w.DB.Tx(w.t.Context(), func(tx *gorm.DB) error {
			if w.DB.Dialect() == store.SQLite {
				tx.Exec("PRAGMA ignore_check_constraints = ON")
				defer tx.Exec("PRAGMA ignore_check_constraints = OFF")
			}
			return tx.Exec("UPDATE filing SET owner_body_id = NULL WHERE id = ?", f.ID).Error
		})
		if err != nil {
			w.t.Fatal(err)
		}
		return f.ID
	},
	"closed_owner": func(w *broken) string {
		f := w.filed(luohu)
		if err := w.Directory.Close(w.t.Context(), audit.Actor{Kind: "system"}, f.Owner(), calendar.Today(w.Clock), w.Directory.BodyID(w.t.Context(), futian)); err != nil {
			w.t.Fatal(err)
		}
		return f.ID
	},
	"no_clock": func(w *broken) string {
		f, other := w.filed(nanshan), w.filed(nanshan)
		w.exec("UPDATE filing SET next_clock_id = ? WHERE id = ?", *other.NextClockID, f.ID)
		return f.ID
	},
	"two_clocks": func(w *broken) string {
		f := w.filed(nanshan)
		var c filing.Clock
		if err := w.DB.Read(w.t.Context()).Where("filing_id = ?", f.ID).Take(&c).Error; err != nil {
			w.t.Fatal(err)
		}
		c.ID = store.NewID()
		if err := w.DB.Tx(w.t.Context(), func(tx *gorm.DB) error { return tx.Create(&c).Error }); err != nil {
			w.t.Fatal(err)
		}
		return f.ID
	},
	"clock_closed": func(w *broken) string {
		f := w.filed(nanshan)
		w.must(w.Filings.Withdraw(w.t.Context(), w.debtor, f.ID, f.Version))
		w.exec("UPDATE clock SET state = 'running', ended_at = NULL WHERE filing_id = ?", f.ID)
		return f.ID
	},
	"clock_late": func(w *broken) string {
		f := w.filed(nanshan)
		w.exec("UPDATE clock SET due_at = ? WHERE filing_id = ?", w.Clock.Now().Add(-2*time.Hour), f.ID)
		return f.ID
	},
	"no_source": func(w *broken) string {
		f := w.filed(nanshan)
		w.exec("UPDATE clock SET rule = 'K00' WHERE filing_id = ?", f.ID)
		return f.ID
	},
	"forbidden": func(w *broken) string {
		f, judge := w.filed(nanshan), w.Staff(w.t, "nanshan.shen1")
		f = w.must(w.Reviews.Accept(w.t.Context(), w.Staff(w.t, "nanshan.lian"), f.ID, f.Version, ""))
		f = w.must(w.Reviews.Assign(w.t.Context(), judge, f.ID, f.Version, judge.PersonID))
		p := review.Participant{ID: store.NewID(), BodyID: f.Owner(), CaseNumber: f.CaseNumber, PersonID: judge.PersonID, Part: "took", CreatedAt: w.Clock.Now()}
		if err := w.DB.Tx(w.t.Context(), func(tx *gorm.DB) error { return w.Reviews.RecordParticipant(tx, p) }); err != nil {
			w.t.Fatal(err)
		}
		return f.ID
	},
	"unserved": func(w *broken) string {
		f := w.filed(nanshan)
		w.must(w.Reviews.Refuse(w.t.Context(), w.Staff(w.t, "nanshan.lian"), f.ID, f.Version, review.Ruling{Grounds: []string{"F01"}, Text: reasons}))
		w.exec("UPDATE filing SET decided_at = ? WHERE id = ?", w.Clock.Now().Add(-11*24*time.Hour), f.ID)
		return f.ID
	},
	"handover": func(w *broken) string {
		f := w.filed(nanshan)
		in := transfer.Proposal{To: w.Directory.BodyID(w.t.Context(), futian), Reason: "H01", Text: reasons}
		if _, _, err := w.Transfers.Offer(w.t.Context(), w.Staff(w.t, "nanshan.lian"), f.ID, f.Version, in); err != nil {
			w.t.Fatal(err)
		}
		w.exec("UPDATE transfer_offer SET due_at = ? WHERE filing_id = ?", w.Clock.Now().Add(-3*24*time.Hour), f.ID)
		return f.ID
	},
	"no_receipt": func(w *broken) string {
		f := w.filed(nanshan)
		w.on(store.SQLite, "DROP TRIGGER submission_no_delete")
		w.on(store.Postgres, "ALTER TABLE submission DISABLE TRIGGER USER")
		w.exec("DELETE FROM submission WHERE filing_id = ?", f.ID)
		return f.ID
	},
	"undelivered": func(w *broken) string {
		f := w.filed(nanshan)
		var id string
		if err := w.DB.Read(w.t.Context()).Table("notice").Where("filing_id = ?", f.ID).Limit(1).Pluck("id", &id).Error; err != nil || id == "" {
			w.t.Fatalf("no message: %v", err)
		}
		w.exec("UPDATE notice SET state = 'failed', problem = 'rejected' WHERE id = ?", id)
		return id
	},
	"stuck_job": func(w *broken) string {
		w.filed(nanshan)
		var id string
		if err := w.DB.Read(w.t.Context()).Table("river_job").Where("kind = 'filing.filed' AND state = 'available'").Order("id DESC").Limit(1).Pluck("CAST(id AS TEXT)", &id).Error; err != nil || id == "" {
			w.t.Fatalf("no job: %v", err)
		}
		w.exec("UPDATE river_job SET attempt = 6 WHERE CAST(id AS TEXT) = ?", id)
		return id
	},
	"file_gone": func(w *broken) string {
		f := w.draft(nanshan)
		d, err := w.Documents.Upload(w.t.Context(), w.debtor, f.ID, "", "通知.pdf", bytes.NewReader([]byte("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")), -1)
		if err != nil {
			w.t.Fatal(err)
		}
		var key string
		if err := w.DB.Read(w.t.Context()).Table("document").Where("id = ?", d.ID).Pluck("blob_key", &key).Error; err != nil {
			w.t.Fatal(err)
		}
		if err := w.Documents.Blobs.Delete(w.t.Context(), key); err != nil {
			w.t.Fatal(err)
		}
		return d.ID
	},
	"file_orphan": func(w *broken) string {
		blob, err := w.Documents.Blobs.Put(w.t.Context(), bytes.NewReader([]byte("nobody's")))
		if err != nil {
			w.t.Fatal(err)
		}
		return blob.Key
	},
	"audit": func(w *broken) string {
		f := w.filed(nanshan)
		w.on(store.SQLite, "DROP TRIGGER audit_event_no_update")
		w.on(store.Postgres, "ALTER TABLE audit_event DISABLE TRIGGER USER")
		w.exec("UPDATE audit_event SET kind = 'filing.nothing' WHERE subject_id = ? AND kind = 'filing.submit'", f.ID)
		return "" // the problem is worded by the record
	},
}

// TestEveryChecker breaks the world on purpose, once for each checker: a sound world has no finding, a broken one has exactly that which is broken, and
// it is remembered since when.
func TestEveryChecker(t *testing.T) {
	if len(breaks) != len(integrity.Checkers) {
		t.Errorf("%d checkers, %d ways to break the world", len(integrity.Checkers), len(breaks))
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := &broken{World: apptest.New(t, db), t: t}
		w.debtor = w.Debtor(t, "13800006071")
		w.filed(nanshan)
		w.Work(t)
		w.look(t, func(r integrity.Result) {
			if !r.Sound() {
				t.Errorf("%s found in a sound world: %+v", r.Checker, r)
			}
		})
		subjects := map[string]string{}
		for _, c := range integrity.Checkers { // in their order: the last ones spoil what the first ones need
			subjects[c.Name] = breaks[c.Name](w)
		}
		w.Time.Set(time.Now().Add(48 * time.Hour)) // a stored file is as old as the machine says
		w.look(t, func(r integrity.Result) {
			want := subjects[r.Checker]
			if !slices.ContainsFunc(r.Found, func(f integrity.Found) bool { return f.Subject == want || want == "" }) || r.Problem != "" {
				t.Errorf("%s: found %+v, want %q", r.Checker, r, want)
			}
		})
		w.remembers(t, subjects["no_source"])
	})
}

func (w *broken) look(t *testing.T, each func(integrity.Result)) {
	t.Helper()
	all, err := w.Integrity.Look(t.Context())
	if err != nil || len(all) != len(integrity.Checkers) {
		t.Fatalf("%d checkers looked: %v", len(all), err)
	}
	for _, r := range all {
		each(r)
	}
}

// remembers: what is seen again keeps the day on which it was first seen; what is gone is ended.
func (w *broken) remembers(t *testing.T, filingID string) {
	t.Helper()
	since := func() (first time.Time, ok bool) {
		states, err := w.Integrity.States(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range states {
			for _, f := range s.Open {
				if s.Name == "no_source" && f.Subject == filingID {
					return f.FirstSeenAt, true
				}
			}
		}
		return first, false
	}
	first, ok := since()
	if !ok {
		t.Fatal("what was found is not kept")
	}
	w.Time.Add(24 * time.Hour)
	w.look(t, func(integrity.Result) {})
	if again, ok := since(); !ok || !again.Equal(first) {
		t.Errorf("first seen %v, and then %v", first, again)
	}
	w.exec("UPDATE clock SET rule = 'K01' WHERE filing_id = ?", filingID)
	w.look(t, func(integrity.Result) {})
	if _, ok := since(); ok {
		t.Error("what was mended is still found")
	}
}
