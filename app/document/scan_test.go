package document_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"reliefportal/app/audit"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// scanner is one that can be switched off.
type scanner struct {
	down bool
	seen int
}

func (s *scanner) Scan(_ context.Context, r io.Reader) (document.Verdict, error) {
	s.seen++
	if s.down {
		return document.Verdict{}, errors.New("connection refused")
	}
	data, err := io.ReadAll(r)
	if strings.Contains(string(data), eicar) {
		return document.Verdict{Found: "Eicar-Signature"}, err
	}
	return document.Verdict{Clean: true}, err
}

// infected is a PDF that holds the agreed test virus.
func infected() []byte { return pdf("% " + eicar + "\n") }

func TestScan(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		d.Scanner = &scanner{}
		good := must(d.upload("好的.pdf", pdf("")))(t)
		bad := must(d.upload("坏的.pdf", infected()))(t)
		if good.Scan != document.ScanWaiting || good.Cleared() {
			t.Errorf("before the scan: %+v", good)
		}
		if _, err := d.OpenChecked(t.Context(), good.ID, all); key(err) != "papers.not_checked" {
			t.Errorf("a body reads a file before the scan: %v", err)
		}
		d.drain()
		good, bad = must(d.ByID(t.Context(), good.ID, all))(t), must(d.ByID(t.Context(), bad.ID, all))(t)
		if good.Scan != document.ScanClean || good.State != document.Ready || !good.Cleared() || !good.Scanned.Equal(start) {
			t.Errorf("clean: %+v", good)
		}
		if bad.Scan != document.ScanInfected || bad.State != document.Refused || bad.Cleared() || !slices.Equal(d.owner.told, []string{bad.ID}) {
			t.Errorf("infected: %+v, told of %v", bad, d.owner.told)
		}
		if got := d.read(d.OpenChecked(t.Context(), good.ID, all)); string(got) != string(pdf("")) {
			t.Error("a clean file is not what came in")
		}
		if _, err := d.OpenChecked(t.Context(), bad.ID, all); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("an infected file was opened: %v", err)
		}
		d.exec("UPDATE document SET size = ? WHERE id = ?", document.MaxFiling, bad.ID)
		if _, err := d.upload("换一份.pdf", pdf("")); err != nil {
			t.Errorf("an infected file takes the room of the one that replaces it: %v", err)
		}
		var kinds []string
		for _, e := range must(audit.List(t.Context(), db, audit.Subject{Type: "filing", ID: d.filing}))(t) {
			kinds = append(kinds, e.Kind)
		}
		for _, want := range []string{"document.scanned", "document.ready", "document.refused"} {
			if !slices.Contains(kinds, want) {
				t.Errorf("the record has no %s: %v", want, kinds)
			}
		}
	})
}

// TestScannerDown: while it gives no answer a file is kept and shown to no body; when it is back the file goes on by itself.
func TestScannerDown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		s := &scanner{down: true}
		d.Scanner = s
		doc := must(d.upload("流水.pdf", pdf("")))(t)
		d.clock.Add(3 * time.Minute)
		if err := d.Rescan(t.Context()); err == nil {
			t.Error("a scanner that is down is no problem")
		}
		doc = must(d.ByID(t.Context(), doc.ID, all))(t)
		if s.seen == 0 || doc.State != document.Received || doc.Scan != document.ScanWaiting || doc.Cleared() {
			t.Errorf("while it is down, asked %d times: %+v", s.seen, doc)
		}
		if late := must(d.Late(t.Context(), start.Add(-time.Second)))(t); len(late) != 0 {
			t.Errorf("a second before the file came %d were late", len(late))
		}
		late := must(d.Late(t.Context(), start))(t)
		if len(late) != 1 || late[0].ID != doc.ID {
			t.Fatalf("late are %+v", late)
		}
		s.down = false
		if err := d.Rescan(t.Context()); err != nil {
			t.Fatal(err)
		}
		if doc = must(d.ByID(t.Context(), doc.ID, all))(t); doc.State != document.Ready || !doc.Cleared() {
			t.Errorf("when it is back: %+v", doc)
		}
		if late := must(d.Late(t.Context(), d.clock.Now()))(t); len(late) != 0 {
			t.Errorf("still late: %+v", late)
		}
	})
}

// TestScannerTakenAway: files that came before go on without one; that is the administrator's choice, and it is logged.
func TestScannerTakenAway(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	d.Scanner = &scanner{}
	doc := must(d.upload("流水.pdf", pdf("")))(t)
	d.Scanner = nil
	d.drain()
	if doc = must(d.ByID(t.Context(), doc.ID, all))(t); doc.Scan != document.ScanNone || !doc.Cleared() || !strings.Contains(d.log.String(), "not set up any more") {
		t.Errorf("%+v, log %s", doc, d.log)
	}
}

func TestVerifyDaily(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		doc := must(d.upload("流水.pdf", pdf("")))(t)
		d.drain()
		if _, ok, err := d.LastCheck(t.Context()); ok || err != nil {
			t.Fatalf("a check before the first: %v", err)
		}
		if err := d.VerifyDaily(t.Context()); err != nil {
			t.Fatal(err)
		}
		check, ok, err := d.LastCheck(t.Context())
		if err != nil || !ok || check.Checked != 1 || check.Missing+check.Damaged+check.Orphans != 0 || !check.At.Equal(start) {
			t.Fatalf("%+v, %v", check, err)
		}
		d.exec("UPDATE document SET sha256 = ? WHERE id = ?", strings.Repeat("0", 64), doc.ID)
		d.clock.Add(19 * time.Hour)
		if err := d.VerifyDaily(t.Context()); err != nil {
			t.Errorf("a restart on the same day reads everything again: %v", err)
		}
		d.clock.Add(2 * time.Hour)
		if err := d.VerifyDaily(t.Context()); err == nil {
			t.Error("a damaged file is no problem")
		}
		if check, _, _ = d.LastCheck(t.Context()); check.Damaged != 1 {
			t.Errorf("%+v", check)
		}
	})
}
