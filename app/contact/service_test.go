package contact_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

var start = time.Date(2026, 11, 2, 2, 0, 0, 0, time.UTC)

func service(t *testing.T, db *store.DB) (*contact.Service, account.Actor) {
	t.Helper()
	box, err := seal.New(bytes.Repeat([]byte("c0"), 16))
	if err != nil {
		t.Fatal(err)
	}
	a := account.Actor{PersonID: store.NewID(), Kind: account.Debtor}
	err = db.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO person (id, kind, lang, status, epoch, created_at, updated_at) VALUES (?, 'debtor', 'zh-Hans', 'active', 0, ?, ?)",
			a.PersonID, start, start).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return contact.New(db, box, calendar.NewFakeClock(start)), a
}

func TestProfileIsKeptSealed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, a := service(t, db)
		p, err := s.Of(t.Context(), a.PersonID)
		if err != nil || p.Given() || !p.MaySend(account.Email) || !p.MaySend(account.Mobile) || p.LeaveMessage() || p.AtWork() || len(p.MayAnswer()) > 0 || p.Neutral() {
			t.Fatalf("somebody who said nothing: %+v %v", p, err)
		}
		want := contact.Profile{Helpers: []string{"姐姐金丝雀"}, Days: []time.Weekday{time.Saturday, time.Monday}, From: 10, To: 12, Plain: true, Word: "金丝雀",
			Lang: "en", NoSMS: true, MachineOK: true}
		if err := s.Save(t.Context(), a, want); err != nil {
			t.Fatal(err)
		}
		if err := s.Save(t.Context(), a, want); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("a second page of before wrote over it: %v", err)
		}
		got, err := s.Of(t.Context(), a.PersonID)
		want.Version = 1
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v: %v", got, want, err)
		}
		got.Plain = false
		if err := s.Save(t.Context(), a, got); err != nil {
			t.Fatal(err)
		}
		var raw [][]byte
		if err := db.Read(t.Context()).Table("safe_contact").Where("person_id = ?", a.PersonID).Pluck("profile_sealed", &raw).Error; err != nil || len(raw) != 1 || bytes.Contains(raw[0], []byte("金丝雀")) {
			t.Errorf("not sealed: %v", err)
		}
		events, err := audit.List(t.Context(), db, audit.Subject{Type: account.SubjectPerson, ID: a.PersonID})
		if err != nil || len(events) != 2 || strings.Contains(fmt.Sprint(events), "金丝雀") {
			t.Errorf("%+v %v", events, err)
		}
		if err := s.Save(t.Context(), account.Actor{PersonID: a.PersonID, Kind: account.Staff}, want); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("staff may write it: %v", err)
		}
	})
}

func TestProfileStaysOutOfLogs(t *testing.T) {
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "profile", contact.Profile{Word: "canary", Helpers: []string{"canary"}})
	if strings.Contains(log.String(), "canary") || !strings.Contains(log.String(), "profile") {
		t.Error(log.String())
	}
}

func TestCheck(t *testing.T) {
	long := strings.Repeat("山", contact.MaxCodeWord)
	for _, c := range []struct {
		p     contact.Profile
		field string
	}{
		{contact.Profile{}, ""},
		{contact.Profile{Word: long}, ""},
		{contact.Profile{Word: long + "山"}, "word"},
		{contact.Profile{Word: "a\nb"}, "word"},
		{contact.Profile{Helpers: make([]string, contact.MaxHelpers)}, ""},
		{contact.Profile{Helpers: make([]string, contact.MaxHelpers+1)}, "helpers"},
		{contact.Profile{Helpers: []string{strings.Repeat("山", contact.MaxHelper+1)}}, "helpers"},
		{contact.Profile{From: contact.Earliest, To: contact.Latest}, ""},
		{contact.Profile{From: contact.Earliest - 1, To: contact.Latest}, "from"},
		{contact.Profile{From: contact.Earliest, To: contact.Latest + 1}, "from"},
		{contact.Profile{From: 10, To: 10}, "from"},
		{contact.Profile{From: 10}, "from"},
		{contact.Profile{Days: []time.Weekday{7}}, "days"},
		{contact.Profile{Lang: "fr"}, "lang"},
		{contact.Profile{Remind: []int{0, contact.MostAhead}}, ""},
		{contact.Profile{Remind: []int{contact.MostAhead + 1}}, "remind"},
		{contact.Profile{Remind: []int{-1}}, "remind"},
	} {
		err := c.p.Check()
		e, _ := fail.As(err)
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%+v: %v", c.p, err)
		case c.field != "" && (e == nil || len(e.Fields) != 1 || e.Fields[0].Name != c.field):
			t.Errorf("%+v: %v, want an error for %s", c.p, err, c.field)
		}
	}
}
