package callback

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// bulk writes n open cases of as many people straight into the tables, due one minute apart from 2026-11-02 09:00.
func (w *world) bulk(n int) {
	w.t.Helper()
	start := shanghai(w.t, "2026-11-02 09:00")
	now, closeBy := w.clock.Now(), w.clock.Now().AddDate(0, 0, 15)
	err := w.db.Tx(w.t.Context(), func(tx *gorm.DB) error {
		var people, filings, cases []map[string]any
		for i := range n {
			p, f := fmt.Sprintf("p%06d", i), fmt.Sprintf("f%06d", i)
			people = append(people, map[string]any{"id": p, "kind": "debtor", "created_at": now, "updated_at": now})
			filings = append(filings, map[string]any{"id": f, "status": "draft", "version": 1, "remedy": "R01", "pack_id": "test", "pack_hash": "hash-1",
				"person_id": p, "lang": "zh-Hans", "facts_sealed": []byte{1}, "submit_key": f, "created_at": now, "updated_at": now})
			cases = append(cases, map[string]any{"id": fmt.Sprintf("c%06d", i), "filing_id": f, "person_id": p, "body_id": nanshan, "reason": "served",
				"instrument": "treatment", "pack_hash": "hash-1", "lang": "zh-Hans", "status": "open", "version": 1,
				"due_at": start.Add(time.Duration(i) * time.Minute), "close_by": closeBy, "attempts": 0, "created_at": now, "updated_at": now})
		}
		return errors.Join(
			tx.Table("person").CreateInBatches(people, 500).Error,
			tx.Table("filing").CreateInBatches(filings, 500).Error,
			tx.Table("callback_case").CreateInBatches(cases, 500).Error,
		)
	})
	w.do(err)
}

func TestDueInHours(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		for _, x := range []struct {
			now   string
			rows  int
			opens string
		}{
			{"2026-11-24 09:59", 0, ""}, // inside hours, a minute before it is due
			{"2026-11-24 10:00", 1, ""},
			{"2026-11-24 12:00", 0, "2026-11-24 14:00"},
			{"2026-11-24 20:00", 0, "2026-11-25 09:00"},
			{"2026-11-28 10:00", 0, "2026-11-30 09:00"}, // Saturday, not asked for
			{"2026-12-08 19:59", 1, ""},
			{"2026-12-09 09:00", 0, ""}, // the time for calling is over
		} {
			w.clock.Set(shanghai(t, x.now))
			list, err := w.s.Due(t.Context(), a, Cursor{})
			w.do(err)
			if len(list.Rows) != x.rows || inShanghai(list.Opens) != x.opens || list.Open != (x.opens == "") {
				t.Errorf("%s: %d rows, open %t, opens %s", x.now, len(list.Rows), list.Open, inShanghai(list.Opens))
			}
		}
		w.clock.Set(c.DueAt)
		list, err := w.s.Due(t.Context(), a, Cursor{})
		w.do(err)
		if row := list.Rows[0]; row.ID != c.ID || row.Person != "黄某" || row.Attempts != 0 || row.Last != nil {
			t.Errorf("row: %+v", row)
		}
	})
}

func TestDueLeavesOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, b, c := w.caller("ann"), w.caller("bob"), w.open()
		rows := func(who account.Actor) int {
			list, err := w.s.Due(t.Context(), who, Cursor{})
			w.do(err)
			return len(list.Rows)
		}
		w.claim(a, c.ID)
		if rows(a) != 1 || rows(b) != 0 {
			t.Errorf("claimed by ann: ann sees %d, bob %d", rows(a), rows(b))
		}
		w.clock.Add(Lease)
		if rows(b) != 1 {
			t.Error("the claim ran out, and nobody else sees the case")
		}
		_, err := w.log(b, c.ID, w.clock.Now(), Report{Code: "30"}) // 10:30, no answer
		w.do(err)
		if rows(a) != 0 {
			t.Error("in the list again in the same part of the day")
		}
		w.clock.Set(shanghai(t, "2026-11-24 14:00"))
		if rows(a) != 1 {
			t.Error("not in the list in the next part of the day")
		}
		w.clock.Set(shanghai(t, "2026-11-25 10:00"))
		if rows(a) != 0 {
			t.Error("in the list in the morning after a morning without answer")
		}
	})
}

// TestDuePages walks 60 cases, of which every third was tried this morning, page by page.
func TestDuePages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a := w.caller("ann")
		w.bulk(60)
		for i := 0; i < 60; i += 3 {
			w.exec("INSERT INTO callback_attempt (id, case_id, caller_id, code, at, rang_at) VALUES (?, ?, ?, '30', ?, ?)",
				store.NewID(), fmt.Sprintf("c%06d", i), a.PersonID, shanghai(t, "2026-11-20 09:30"), shanghai(t, "2026-11-20 09:30"))
		}
		var seen []string
		after := Cursor{}
		for {
			list, err := w.s.Due(t.Context(), a, after)
			w.do(err)
			for _, row := range list.Rows {
				seen = append(seen, row.ID)
			}
			if list.Next == nil {
				break
			}
			if len(list.Rows) != PageSize {
				t.Errorf("a page that is not the last has %d rows", len(list.Rows))
			}
			after = *list.Next
		}
		var want []string
		for i := range 60 {
			if i%3 != 0 {
				want = append(want, fmt.Sprintf("c%06d", i))
			}
		}
		if strings.Join(seen, " ") != strings.Join(want, " ") {
			t.Errorf("seen %v", seen)
		}
	})
}

// TestDueUsesIndex: the list reads along callback_due, so that its cost does not grow with the cases closed or not due.
func TestDueUsesIndex(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.bulk(3000)
		explain := "EXPLAIN QUERY PLAN "
		if db.Dialect() == store.Postgres {
			w.exec("ANALYZE callback_case")
			explain = "EXPLAIN "
		}
		who := staff{Actor: account.Actor{PersonID: "ann"}, offices: []string{centre}, langs: []string{"zh-Hans"}}
		var found []Case
		stmt := dueQuery(db.Read(t.Context()).Session(&gorm.Session{DryRun: true}), who, w.clock.Now(), Cursor{}, PageSize+1).Find(&found).Statement
		rows, err := db.SQL().QueryContext(t.Context(), explain+stmt.SQL.String(), stmt.Vars...)
		w.do(err)
		defer rows.Close()
		plan := planText(t, rows)
		if !strings.Contains(plan, "callback_due") || strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "Sort") {
			t.Errorf("plan:\n%s", plan)
		}
	})
}

func BenchmarkDue(b *testing.B) {
	for _, x := range []struct {
		name string
		open func(testing.TB) *store.DB
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		b.Run(x.name, func(b *testing.B) {
			w := newWorld(b, x.open(b))
			a := w.caller("ann")
			w.bulk(20_000)
			deep := Cursor{At: shanghai(b, "2026-11-02 09:00").Add(19_000 * time.Minute), ID: "c019000"}
			w.clock.Set(shanghai(b, "2026-11-23 10:00"))
			w.exec("ANALYZE")
			for name, after := range map[string]Cursor{"first": {}, "deep": deep} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						list, err := w.s.Due(b.Context(), a, after)
						if err != nil || len(list.Rows) != PageSize {
							b.Fatalf("%d rows, %v", len(list.Rows), err)
						}
					}
				})
			}
		})
	}
}

func TestDueIsForCallers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		for _, role := range []account.Role{account.RoleReviewer, account.RoleSupervisor} {
			_, err := w.s.Due(t.Context(), w.staff(string(role), role, centre), Cursor{})
			wants(t, string(role), err, "error.not_found")
		}
		_, err := w.s.Due(t.Context(), account.Actor{PersonID: "d", Kind: account.Debtor}, Cursor{})
		wants(t, "debtor", err, "error.not_found")
	})
}

// TestAppointmentOnADayOff: a person who asks for a call on Saturday is in Saturday's list, and nobody else is.
func TestAppointmentOnADayOff(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a := w.caller("ann")
		asked, other := w.open(), w.open()
		saturday := shanghai(t, "2026-11-28 10:30")
		got, err := w.log(a, asked.ID, asked.DueAt, Report{Code: "20", When: saturday})
		w.do(err)
		if got.Closed || !got.Again.Equal(saturday) {
			t.Errorf("logged: %+v", got)
		}
		w.clock.Set(saturday)
		list, err := w.s.Due(t.Context(), a, Cursor{})
		w.do(err)
		if len(list.Rows) != 1 || list.Rows[0].ID != asked.ID {
			t.Errorf("Saturday's list: %+v", list.Rows)
		}
		_, err = w.s.Claim(t.Context(), a, other.ID)
		wants(t, "somebody who did not ask", err, "callback.hours")
		w.claim(a, asked.ID)
		w.clock.Set(shanghai(t, "2026-11-29 10:30"))
		_, err = w.s.Claim(t.Context(), a, asked.ID)
		wants(t, "on Sunday", err, "callback.hours")
		if calendar.DateOf(w.clock.Now()).Weekday() != time.Sunday {
			t.Fatal("the test's Sunday is none")
		}
	})
}

func planText(t *testing.T, rows *sql.Rows) string {
	t.Helper()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, *cells[len(cells)-1].(*any))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
