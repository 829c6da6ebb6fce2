package bench

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"reliefportal/app/calendar"
	"reliefportal/app/seal"
	"reliefportal/app/web/webtest"
)

// A million filings: one in twenty belongs to the court that is measured, two in five of all are open, one in fifty is urgent.
const (
	million       = 1_000_000
	millionOfBody = 20
)

// seedMillion writes the filings by the database itself, and their keyed words by COPY. Indexes are dropped meanwhile and made again.
func seedMillion(b *testing.B, p *webtest.Portal, address string) {
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
	m := &millionSeed{b: b, c: c}
	m.do("SET session_replication_role = replica") // filing and clock point at each other
	m.do("SET maintenance_work_mem = '512MB'")
	m.do("INSERT INTO person (id, kind, created_at, updated_at) VALUES ('bench', 'debtor', now(), now())")
	indexes := m.dropIndexes("filing", "filing_search", "clock")
	here := p.Directory.BodyID(ctx, court)
	m.filings(p, here, staffActor(b, p, "nanshan.shen1").PersonID)
	m.words(box, here)
	for _, q := range indexes {
		m.do(q)
	}
	m.do("ANALYZE")
}

type millionSeed struct {
	b *testing.B
	c *pgx.Conn
}

func (m *millionSeed) do(query string, args ...any) {
	m.b.Helper()
	if _, err := m.c.Exec(m.b.Context(), query, args...); err != nil {
		m.b.Fatalf("%v\n%s", err, query)
	}
}

// dropIndexes drops the indexes of tables that no constraint needs, and gives the statements that make them again.
func (m *millionSeed) dropIndexes(tables ...string) []string {
	m.b.Helper()
	rows, err := m.c.Query(m.b.Context(), `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY($1)
		AND indexname NOT IN (SELECT conname FROM pg_constraint)`, tables)
	if err != nil {
		m.b.Fatal(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Name, Def string }])
	if err != nil {
		m.b.Fatal(err)
	}
	var again []string
	for _, x := range found {
		m.do("DROP INDEX " + x.Name)
		again = append(again, x.Def)
	}
	return again
}

// filings writes filings and the clocks of those that are open. $1 is the edition of the law, $2 the court that is measured, $3 one of its reviewers.
func (m *millionSeed) filings(p *webtest.Portal, here, judge string) {
	m.b.Helper()
	ctx := m.b.Context()
	var others []string
	rows, err := m.c.Query(ctx, "SELECT id FROM body WHERE kind = 'court' AND id <> $1 ORDER BY id", here)
	if err == nil {
		others, err = pgx.CollectRows(rows, pgx.RowTo[string])
	}
	if err != nil {
		m.b.Fatal(err)
	}
	const body = "CASE WHEN n % 20 = 0 THEN $2 ELSE ($4::text[])[1 + n % array_length($4::text[], 1)] END"
	const open = "n / 20 % 5 < 2"
	pack, now := p.Packs.On(calendar.Today(p.Clock)).Hash, p.Clock.Now()
	m.do(fmt.Sprintf(`INSERT INTO filing (id, ref, status, version, remedy, pack_id, pack_hash, person_id, lang, facts_sealed, case_number, submit_key, owner_body_id,
		owner_division, reviewer_id, next_action, next_clock_id, next_due_at, submitted_at, docketed_at, closed_at, outcome, closed_ground, urgency, urgency_rank, created_at, updated_at)
		SELECT 'f' || n, 'Q' || lpad(n::text, 7, '0'), CASE WHEN %[2]s THEN 'reviewing' ELSE 'closed' END, 3, (ARRAY['R01','R05','R11','R15','R18'])[1 + n %% 5],
		'2026-11-enforcement', $1, 'bench', 'zh-Hans', '\x01', '（2024）粤0305执' || n || '号', 'k' || n, %[1]s, 'review',
		CASE WHEN n %% 20 = 0 AND n / 100 %% 2 = 0 THEN $3 END,
		CASE WHEN %[2]s THEN 'decide' END, CASE WHEN %[2]s THEN 'c' || n END, CASE WHEN %[2]s THEN $5::timestamptz + n / 20 * interval '1 minute' END,
		$5::timestamptz - (n %% 400000) * interval '1 minute', $5::timestamptz, CASE WHEN NOT %[2]s THEN $5::timestamptz - (n %% 300000) * interval '1 minute' END,
		CASE WHEN NOT %[2]s THEN (ARRAY['upheld','rejected','partly'])[1 + n %% 3] END, CASE WHEN NOT %[2]s THEN 'G01' END,
		CASE WHEN n / 20 %% 50 = 0 THEN 'auction:2026-12-01' ELSE '' END, CASE WHEN n / 20 %% 50 = 0 THEN 2 ELSE 9 END, $5, $5
		FROM generate_series(1, %[3]d) AS n`, body, open, million), pack, here, judge, others, now)
	m.do(`INSERT INTO clock (id, filing_id, rule, who, body_id, started_on, raw_end_on, legal_end_on, file_by_on, due_at, state, created_at)
		SELECT next_clock_id, id, 'K04', 'body', owner_body_id, next_due_at::date, next_due_at::date, next_due_at::date, next_due_at::date, next_due_at, 'running', $1
		FROM filing WHERE next_clock_id IS NOT NULL`, now)
}

// words writes what the filings are found by.
func (m *millionSeed) words(box *seal.Box, here string) {
	m.b.Helper()
	ctx := m.b.Context()
	m.do("CREATE UNLOGGED TABLE bench_words (filing_id text, doc text)")
	common, rest := wordsOfMillion(box)
	name := strings.Join(box.Tokens("queue", "欧阳晓芸"), " ")
	bodies, other := box.Token("queue body", here), box.Token("queue body", "another")
	_, err := m.c.CopyFrom(ctx, pgx.Identifier{"bench_words"}, []string{"filing_id", "doc"}, pgx.CopyFromSlice(million, func(i int) ([]any, error) {
		n := i + 1
		parts := []string{rest[n/millionOfBody%len(rest)], strings.Join(box.Tokens("queue", fmt.Sprintf("（2024）粤0305执%d号", n)), " ")}
		if n/millionOfBody%2 == 0 {
			parts = append(parts, common)
		}
		if n%50_000 == 0 {
			parts = append(parts, name)
		}
		if n%millionOfBody == 0 {
			parts = append(parts, bodies)
		} else {
			parts = append(parts, other)
		}
		return []any{fmt.Sprintf("f%d", n), strings.Join(parts, " ")}, nil
	}))
	if err != nil {
		m.b.Fatal(err)
	}
	m.do("INSERT INTO filing_search (filing_id, doc) SELECT filing_id, to_tsvector('simple', doc) FROM bench_words")
	m.do("DROP TABLE bench_words")
}
