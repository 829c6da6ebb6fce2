package bench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"reliefportal/app/calendar"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/web/webtest"
)

// The filings of the queue: of all, one in twenty belongs to the body that is measured, and two in five of those are open.
const (
	seeded   = 100_000
	ofBody   = 20
	openOf   = 5
	openEach = 2
)

// seed writes filings straight into the tables: open ones with a running clock and an owner, the rest closed.
func seed(b *testing.B, p *webtest.Portal, address string) {
	b.Helper()
	ctx := b.Context()
	box, err := seal.New(webtest.Key)
	if err != nil {
		b.Fatal(err)
	}
	c, err := pgx.Connect(ctx, address)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Close(context.WithoutCancel(ctx)) }()
	must := func(_ any, err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	must(c.Exec(ctx, "SET session_replication_role = replica")) // filing and clock point at each other
	must(c.Exec(ctx, "INSERT INTO person (id, kind, created_at, updated_at) VALUES ('bench', 'debtor', now(), now())"))
	s := seeding{box: box, pack: p.Packs.On(calendar.Today(p.Clock)).Hash, here: p.Directory.BodyID(ctx, court), there: p.Directory.BodyID(ctx, otherCourt), now: p.Clock.Now()}
	must(c.CopyFrom(ctx, pgx.Identifier{"clock"}, []string{"id", "filing_id", "rule", "who", "body_id", "started_on", "raw_end_on", "legal_end_on",
		"file_by_on", "due_at", "state", "created_at"}, pgx.CopyFromSlice(seeded, s.clock)))
	must(c.CopyFrom(ctx, pgx.Identifier{"filing"}, []string{"id", "ref", "status", "version", "remedy", "pack_id", "pack_hash", "person_id", "lang",
		"facts_sealed", "applicant_sealed", "case_number", "submit_key", "owner_body_id", "owner_division", "next_action", "next_clock_id", "next_due_at",
		"submitted_at", "closed_at", "outcome", "closed_ground", "created_at", "updated_at"}, pgx.CopyFromSlice(seeded, s.filing)))
	must(c.Exec(ctx, "DELETE FROM clock WHERE state = 'met'"))
	must(c.Exec(ctx, "ANALYZE"))
}

// seeding makes the rows.
type seeding struct {
	box         *seal.Box
	pack        string
	here, there string
	now         time.Time
}

// of says whose filing i is, whether it is open, and when its next clock ends.
func (s seeding) of(i int) (body string, open bool, due time.Time) {
	body = s.there
	if i%ofBody == 0 {
		body = s.here
	}
	return body, i/ofBody%openOf < openEach, s.now.Add(time.Duration(i) * time.Minute)
}

func (s seeding) id(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) }

func (s seeding) clock(i int) ([]any, error) {
	body, open, due := s.of(i)
	state := "met"
	if open {
		state = "running"
	}
	day := s.now
	return []any{"c" + s.id(i), s.id(i), "K04", "body", body, day, day, day, day, due, state, s.now}, nil
}

func (s seeding) filing(i int) ([]any, error) {
	body, open, due := s.of(i)
	id := s.id(i)
	name := s.box.Seal(seal.AD{Table: "filing", Column: "applicant", Row: id}, []byte("林晓芸"))
	row := []any{id, fmt.Sprintf("Q%07d", i), "reviewing", 3, "R01", "2026-11-enforcement", s.pack, "bench", "zh-Hans", []byte{1}, name,
		fmt.Sprintf("（2024）粤0305执%d号", i+1), store.NewID(), body, "review", "decide", "c" + id, due, s.now, nil, nil, nil, s.now, s.now}
	if !open {
		row[2], row[15], row[16], row[17], row[19], row[20], row[21] = "closed", nil, nil, nil, due, "rejected", "G01"
	}
	return row, nil
}
