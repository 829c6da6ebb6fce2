package notice_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/notice"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func TestSendWithTheFact(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		undone := errors.New("undone")
		err := db.Tx(t.Context(), func(tx *gorm.DB) error { return errors.Join(w.Send(tx, submitted(w.lin)), undone) })
		if !errors.Is(err, undone) || len(w.outbox()) != 0 {
			t.Fatalf("a message of a fact that did not happen: %v, %+v", err, w.outbox())
		}
		w.tell(submitted(w.lin))
		w.tell(submitted(w.lin)) // the same send key
		out := w.outbox()
		if len(out) != 1 {
			t.Fatalf("%d notices, want 1", len(out))
		}
		n := out[0]
		if n.To != address || n.Channel != account.Email || n.State != notice.Queued || n.Subject != "已收到，回执码 7K4M-92QF" || !n.At.Equal(start) {
			t.Errorf("%+v", n)
		}
		for _, want := range []string{"江宜市临溪区人民法院立案庭", "2026年10月8日（周四）", "门径不会打电话"} {
			if !strings.Contains(n.Text, want) {
				t.Errorf("no %q in %s", want, n.Text)
			}
		}
		if err := w.drain(); err != nil {
			t.Fatal(err)
		}
		if n = w.outbox()[0]; n.State != notice.Sent || n.Tries != 1 || !n.SentAt.Equal(start) || n.Problem != "" {
			t.Errorf("%+v", n)
		}
	})
}

func TestLanguageAndChannel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		m := submitted(w.zhao)
		w.tell(m)
		m.Lang, m.SendKey = "en", "2"
		w.tell(m)
		w.exec("UPDATE person SET lang = 'en' WHERE id = ?", w.zhao)
		m.Lang, m.SendKey = "", "3"
		w.tell(m)
		texts := map[string]int{}
		for _, n := range w.outbox() {
			if n.Channel != account.Mobile || n.To != mobile || n.Subject != "" {
				t.Errorf("%+v", n)
			}
			texts[n.Text]++
		}
		zh := "【门径】已收到您的申请，回执码 7K4M-92QF。下一个日期：10月8日（周四）。打开门径，输入回执码可看详情。"
		en := "[Menjing] We have your application. Code 7K4M-92QF. Next date: Thu 8 Oct. Open Menjing and enter the code for details."
		if texts[zh] != 1 || texts[en] != 2 {
			t.Errorf("%v", texts)
		}
	})
}

func TestSendKnowsItsKinds(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for what, m := range map[string]notice.Message{
		"unknown kind": {PersonID: w.lin, Kind: "nosuch", SendKey: "x"}, "no send key": {PersonID: w.lin, Kind: "decided"},
	} {
		if err := w.db.Tx(t.Context(), func(tx *gorm.DB) error { return w.Send(tx, m) }); err == nil {
			t.Errorf("%s was taken", what)
		}
	}
	w.exec("UPDATE contact SET verified_at = NULL")
	w.tell(submitted(w.lin))
	if out := w.outbox(); len(out) != 0 {
		t.Errorf("sent to an address nobody proved: %+v", out)
	}
}

func TestNothingPersonalInTheOpen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.Mail, w.SMS = refusing{}, nil
		w.tell(submitted(w.lin))
		w.tell(submitted(w.zhao))
		for range 10 {
			_ = w.drain() // the tries are meant to fail; what matters is what they leave behind
			w.again()
		}
		rows, err := db.Read(t.Context()).Raw(`SELECT coalesce(CAST(args AS text), '') || coalesce(CAST(errors AS text), '') FROM river_job`).Rows()
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		seen := w.log.String()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			seen += s
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(seen, "notice.deliver") && !strings.Contains(seen, "notice not delivered") {
			t.Fatal("nothing was logged at all")
		}
		for _, canary := range []string{"canary", "138001", "7K4M", "临溪", "江宜"} {
			if strings.Contains(seen, canary) {
				t.Errorf("%q is in the log or the queue", canary)
			}
		}
		bad, err := w.Undelivered(t.Context(), 10)
		if err != nil || len(bad) != 2 {
			t.Fatalf("%+v, %v", bad, err)
		}
		for _, n := range bad {
			if n.To != "" || n.Text != "" || n.Subject != "" {
				t.Errorf("the list for staff has words or addresses: %+v", n)
			}
			if want := map[account.ContactKind]notice.Problem{account.Email: notice.Unreachable, account.Mobile: notice.NoTransport}[n.Channel]; n.Problem != want {
				t.Errorf("%s: %s, want %s", n.Channel, n.Problem, want)
			}
		}
	})
}

func TestOldCodesAreNotSentAndGo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		for age, want := range map[time.Duration]notice.State{10 * time.Minute: notice.Sent, 10*time.Minute + time.Microsecond: notice.Failed} {
			w.exec("DELETE FROM notice")
			w.exec("DELETE FROM login_code")
			if err := w.people.RequestCode(t.Context(), address, "browser", "en"); err != nil {
				t.Fatal(err)
			}
			w.clock.Add(age)
			if err := w.drain(); err != nil {
				t.Fatal(err)
			}
			if n := w.outbox()[0]; n.State != want {
				t.Errorf("%v old: %+v", age, n)
			}
			w.clock.Add(time.Hour)
		}
		left := 24*time.Hour - w.clock.Now().Sub(w.outbox()[0].At)
		for _, c := range []struct {
			wait time.Duration
			want int
		}{{left, 1}, {time.Microsecond, 0}} {
			w.clock.Add(c.wait)
			if err := w.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := len(w.outbox()); n != c.want {
				t.Errorf("%d left, want %d", n, c.want)
			}
		}
	})
}
