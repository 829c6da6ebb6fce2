package bench

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
	_ "modernc.org/sqlite" // the driver of the floor

	"reliefportal/app/filing"
	"reliefportal/app/store"
)

// floors are the least work on Postgres, without any library between.
type floors struct {
	pool *pgxpool.Pool
	body string
}

// payload stands for the sealed answers of a filing.
var payload = []byte(strings.Repeat("0123456789abcdef", 40))

// durable wants the settings that keep an acknowledged row through a power cut.
func durable(b *testing.B, pool *pgxpool.Pool) {
	b.Helper()
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		var value string
		if err := pool.QueryRow(b.Context(), "SHOW "+name).Scan(&value); err != nil || value != "on" {
			b.Fatalf("%s is %s (%v): what is measured would not be durable", name, value, err)
		}
	}
}

func (f *floors) tables(b *testing.B) {
	b.Helper()
	for _, q := range []string{
		`CREATE TABLE floor_filing (id text PRIMARY KEY, ref text UNIQUE, status text, version bigint, person text, body text, division text, due timestamptz,
			payload bytea, token text UNIQUE, created timestamptz, updated timestamptz, code text)`,
		"CREATE INDEX ON floor_filing (body, due, id)", "CREATE INDEX ON floor_filing (person, updated)", "CREATE INDEX ON floor_filing (code)",
		"CREATE TABLE floor_key (id text PRIMARY KEY)",
		"CREATE TABLE floor_evidence (id text PRIMARY KEY, filing text, name text, sum text)", "CREATE INDEX ON floor_evidence (filing)",
		"CREATE TABLE floor_audit (id bigserial PRIMARY KEY, subject text, kind text, hash bytea, at timestamptz)",
		"CREATE TABLE floor_job (id bigserial PRIMARY KEY, kind text, args text, at timestamptz)",
	} {
		if _, err := f.pool.Exec(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}

// queue reads the rows of the first page of the queue and writes the bytes of the portal's own page by a bare echo handler.
func (f *floors) queue(page []byte) func(int) error {
	const query = `SELECT f.id, f.ref, f.status, f.version, f.remedy, f.pack_hash, f.person_id, f.lang, f.applicant_sealed, f.case_number, f.owner_division,
		f.reviewer_id, f.next_due_at, f.overdue, f.docket_number, f.submitted_at, f.outcome, f.updated_at, r.name_sealed
		FROM filing f LEFT JOIN person r ON r.id = f.reviewer_id WHERE f.owner_body_id = $1 AND f.next_due_at IS NOT NULL ORDER BY f.next_due_at, f.id LIMIT $2`
	return through(func(c echo.Context) error {
		rows, err := f.pool.Query(c.Request().Context(), query, f.body, filing.PageSize+1)
		if err != nil {
			return err
		}
		read, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (row floorRow, err error) {
			return row, r.Scan(&row.ID, &row.Ref, &row.Status, &row.Version, &row.Remedy, &row.Pack, &row.Person, &row.Lang, &row.Applicant, &row.Number,
				&row.Division, &row.Reviewer, &row.Due, &row.Overdue, &row.Docket, &row.Submitted, &row.Outcome, &row.Updated, &row.ReviewerName)
		})
		if err != nil || len(read) != filing.PageSize+1 {
			return errors.Join(err, errors.New("the floor reads another number of rows"))
		}
		return c.HTMLBlob(http.StatusOK, page)
	})
}

// floorRow is one row of the queue.
type floorRow struct {
	ID, Status, Remedy, Pack, Person, Lang, Number, Division, Docket string
	Ref, Reviewer, Outcome                                           *string
	Version                                                          int64
	Applicant, ReviewerName                                          []byte
	Overdue                                                          bool
	Due, Submitted                                                   *time.Time
	Updated                                                          time.Time
}

const insertRow = `INSERT INTO floor_filing (id, ref, status, version, person, body, division, due, payload, token, created, updated, code)
	VALUES ($1, $1, 'submitted', 1, 'p', $2, 'docketing', now(), $3, $1, now(), now(), 'c')`

// row commits one durable row.
func (f *floors) row(int) error {
	_, err := f.pool.Exec(context.Background(), insertRow, store.NewID(), f.body, payload)
	return err
}

// batch sends the six rows of a submit in one go, in one transaction.
func (f *floors) batch(int) error {
	id := store.NewID()
	var rows pgx.Batch
	rows.Queue("INSERT INTO floor_key (id) VALUES ($1)", id)
	rows.Queue(insertRow, id, f.body, payload)
	rows.Queue("INSERT INTO floor_evidence (id, filing, name, sum) VALUES ($1, $2, 'a.pdf', 'x')", store.NewID(), id)
	rows.Queue("INSERT INTO floor_evidence (id, filing, name, sum) VALUES ($1, $2, 'b.jpg', 'y')", store.NewID(), id)
	rows.Queue("INSERT INTO floor_audit (subject, kind, hash, at) VALUES ($1, 'submit', '\\x00', now())", id)
	rows.Queue("INSERT INTO floor_job (kind, args, at) VALUES ('notice', $1, now())", id)
	return f.pool.SendBatch(context.Background(), &rows).Close()
}

// liteRow commits one durable row to SQLite through one writer, as fast as the driver can.
func liteRow(b *testing.B) func(int) error {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "floor.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	for _, q := range []string{"CREATE TABLE row (id TEXT PRIMARY KEY, body TEXT, due TEXT, payload BLOB)", "CREATE INDEX a ON row (body, due)", "CREATE INDEX c ON row (due)"} {
		if _, err := db.ExecContext(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
	var mode int
	if err := db.QueryRowContext(b.Context(), "PRAGMA synchronous").Scan(&mode); err != nil || mode != 2 {
		b.Fatalf("synchronous is %d (%v): what is measured would not be durable", mode, err)
	}
	return func(int) error {
		_, err := db.ExecContext(context.Background(), "INSERT INTO row VALUES (?, 'b', '2026', ?)", store.NewID(), payload)
		return err
	}
}
