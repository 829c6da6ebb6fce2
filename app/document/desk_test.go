package document_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/jobs"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

var start = time.Date(2026, 9, 28, 6, 0, 0, 0, time.UTC)

// desk is a document service with everything round it, and two people with a draft each.
type desk struct {
	*document.Service
	t     *testing.T
	db    *store.DB
	queue *jobs.Queue
	dir   string
	log   *bytes.Buffer
	clock *calendar.FakeClock
	owner *drafts

	lin, zhao       account.Actor
	filing, another string
}

// drafts is the filing's side, as package filing has it: a draft, or one waiting for what was missing, of this very person. told are the
// documents whose person was told of a virus.
type drafts struct{ told []string }

func (*drafts) MayAttach(_ context.Context, tx *gorm.DB, a account.Actor, id string) error {
	return inStatus(tx, a, id, "draft", "supplement")
}

func (*drafts) MayChange(_ context.Context, tx *gorm.DB, a account.Actor, id string) error {
	return inStatus(tx, a, id, "draft")
}

func (*drafts) MayAdd(_ context.Context, tx *gorm.DB, a account.Actor, id string) error {
	return inStatus(tx, a, id, "submitted", "reviewing")
}

func (d *drafts) FileRefused(_ context.Context, _ *gorm.DB, _, documentID string) error {
	d.told = append(d.told, documentID)
	return nil
}

func inStatus(tx *gorm.DB, a account.Actor, id string, statuses ...string) error {
	var status string
	err := tx.Raw("SELECT status FROM filing WHERE id = ? AND person_id = ?", id, a.PersonID).Row().Scan(&status)
	if err != nil {
		return fail.NotFound()
	}
	if !slices.Contains(statuses, status) {
		return fail.Conflict("filing.not_draft")
	}
	return tx.Exec("UPDATE filing SET version = version + 1 WHERE id = ?", id).Error
}

func newDesk(t *testing.T, db *store.DB) *desk {
	t.Helper()
	d := &desk{t: t, db: db, dir: filepath.Join(t.TempDir(), "files"), log: &bytes.Buffer{}, owner: &drafts{}, clock: calendar.NewFakeClock(start)}
	box := must(seal.New(bytes.Repeat([]byte("k7"), 16)))(t)
	local := must(document.OpenLocal(d.dir, box))(t)
	t.Cleanup(func() {
		if err := local.Close(); err != nil {
			t.Error(err)
		}
	})
	d.Service = document.New(document.Deps{DB: db, Blobs: local, Box: box, Owner: d.owner, Clock: d.clock,
		Log: slog.New(slog.NewTextHandler(d.log, nil))})
	registry := jobs.NewRegistry()
	d.Register(registry)
	d.queue = must(jobs.New(db, registry, slog.New(slog.DiscardHandler)))(t)
	d.Jobs = d.queue
	d.lin, d.filing = d.person("lin")
	d.zhao, d.another = d.person("zhao")
	return d
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// person adds a debtor with a draft.
func (d *desk) person(name string) (account.Actor, string) {
	d.t.Helper()
	id, filing := store.NewID(), store.NewID()
	d.exec("INSERT INTO person (id, kind, created_at, updated_at) VALUES (?, 'debtor', ?, ?)", id, start, start)
	d.exec(`INSERT INTO filing (id, status, version, remedy, pack_id, pack_hash, person_id, lang, facts_sealed, submit_key, created_at, updated_at)
		VALUES (?, 'draft', 1, 'R01', '2026', 'h', ?, 'zh-Hans', ?, ?, ?, ?)`, filing, id, []byte{1}, name, start, start)
	return account.Actor{PersonID: id, Kind: account.Debtor}, filing
}

func (d *desk) exec(sql string, args ...any) {
	d.t.Helper()
	if err := d.db.Tx(d.t.Context(), func(tx *gorm.DB) error { return tx.Exec(sql, args...).Error }); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) upload(name string, body []byte) (document.Document, error) {
	d.t.Helper()
	return d.Upload(d.t.Context(), d.lin, d.filing, "ruling", name, bytes.NewReader(body), int64(len(body)))
}

func (d *desk) drain() {
	d.t.Helper()
	if err := d.queue.Drain(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// hand submits a draft to a body, as far as this package can tell.
func (d *desk) hand(filing string) {
	d.t.Helper()
	body, clock := store.NewID(), store.NewID()
	d.exec("INSERT INTO body (id, kind, name, created_at, updated_at) VALUES (?, 'court', ?, ?, ?)", body, body, start, start)
	d.exec(`INSERT INTO clock (id, filing_id, rule, who, started_on, raw_end_on, legal_end_on, file_by_on, due_at, state, created_at)
		VALUES (?, ?, 'K01', 'body', '2026-09-28', '2026-10-08', '2026-10-08', '2026-10-08', ?, 'running', ?)`, clock, filing, start, start)
	d.exec(`UPDATE filing SET status = 'submitted', ref = ?, owner_body_id = ?, next_action = 'docket', next_clock_id = ?, next_due_at = ?, submitted_at = ?
		WHERE id = ?`, filing[:8], body, clock, start, start, filing)
}

// state is everything an upload may change: rows, files, version, record, jobs.
type state struct{ rows, files, version, events, jobs int64 }

func (d *desk) state() state {
	d.t.Helper()
	var s state
	for sql, n := range map[string]*int64{
		"SELECT count(*) FROM document": &s.rows, "SELECT sum(version) FROM filing": &s.version,
		"SELECT count(*) FROM audit_event": &s.events, "SELECT count(*) FROM river_job": &s.jobs,
	} {
		if err := d.db.Read(d.t.Context()).Raw(sql).Row().Scan(n); err != nil {
			d.t.Fatal(err)
		}
	}
	s.files = int64(len(d.stored()))
	return s
}

// stored lists the files on disk.
func (d *desk) stored() []string {
	d.t.Helper()
	var out []string
	err := filepath.WalkDir(d.dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// key is the sentence of a refusal, "" when err is none.
func key(err error) string {
	e, ok := fail.As(err)
	if !ok {
		return ""
	}
	if len(e.Fields) > 0 && e.Kind == fail.KindInvalid && e.Fields[0].Name == "file" {
		return e.Fields[0].Key
	}
	return e.Key
}

func all(db *gorm.DB) *gorm.DB { return db }

func (d *desk) original(id string) []byte { return d.read(d.OpenOriginal(d.t.Context(), id, all)) }

func (d *desk) copyOf(id string) []byte { return d.read(d.OpenCopy(d.t.Context(), id, all)) }

func (d *desk) read(f document.File, err error) []byte {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	data, err := io.ReadAll(f.Body)
	if err := errors.Join(err, f.Body.Close()); err != nil {
		d.t.Fatal(err)
	}
	return data
}
