package notice_test

import (
	"bytes"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

var start = time.Date(2026, 9, 28, 6, 6, 0, 0, time.UTC)

const (
	address = "canary.lin@example.org"
	mobile  = "+8613800138071"
)

// world is the service with a real queue and real people.
type world struct {
	*notice.Service
	t      *testing.T
	db     *store.DB
	people *account.Service
	safe   *contact.Service
	queue  *jobs.Queue
	reg    *jobs.Registry
	clock  *calendar.FakeClock
	log    *safeBuffer
	lin    string // has an e-mail address
	zhao   string // has a mobile number
}

// safeBuffer is a log that workers write to at once.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// cheap keeps the tests fast; nobody signs in by password here.
var cheap = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	box, err := seal.New(bytes.Repeat([]byte("n4"), 16))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: db, clock: calendar.NewFakeClock(start), log: &safeBuffer{}, reg: jobs.NewRegistry()}
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	safe := contact.New(db, box, w.clock)
	w.safe = safe
	w.Service = notice.New(notice.Deps{DB: db, Box: box, Safe: safe, Clock: w.clock, Log: log, Mail: notice.Keep{}, SMS: notice.Keep{}})
	w.Register(w.reg)
	if w.queue, err = jobs.New(db, w.reg, log); err != nil {
		t.Fatal(err)
	}
	if w.people, err = account.New(db, w.clock, box, w.Service, account.Options{Argon2: cheap}); err != nil {
		t.Fatal(err)
	}
	w.Jobs, w.People = w.queue, w.people
	w.lin, w.zhao = w.signIn(address), w.signIn(mobile)
	return w
}

// signIn makes a person in the way a person is made: by the code in the message.
func (w *world) signIn(contact string) string {
	w.t.Helper()
	if err := w.people.RequestCode(w.t.Context(), contact, "browser", "zh-Hans"); err != nil {
		w.t.Fatal(err)
	}
	out := w.outbox()
	code := digits(out[0].Text)
	p, err := w.people.VerifyCode(w.t.Context(), contact, code, "browser")
	if err != nil {
		w.t.Fatalf("sign in with %q from %q: %v", code, out[0].Text, err)
	}
	w.exec("DELETE FROM notice")
	w.exec("DELETE FROM river_job")
	return p.ID
}

// digits is the first run of eight digits, the sign-in code.
func digits(text string) string {
	run := ""
	for _, r := range text {
		if r < '0' || r > '9' {
			run = ""
			continue
		}
		if run += string(r); len(run) == 8 {
			return run
		}
	}
	return run
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if err := w.db.Tx(w.t.Context(), func(tx *gorm.DB) error { return tx.Exec(sql, args...).Error }); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) outbox() []notice.Notice {
	w.t.Helper()
	out, err := w.Outbox(w.t.Context(), 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *world) tell(m notice.Message) {
	w.t.Helper()
	if err := w.db.Tx(w.t.Context(), func(tx *gorm.DB) error { return w.Send(tx, m) }); err != nil {
		w.t.Fatal(err)
	}
}

// drain works due jobs and gives the errors of tries that failed.
func (w *world) drain() error { return w.queue.Drain(w.t.Context()) }

// again makes a job that waits for its next try due now.
func (w *world) again() {
	w.t.Helper()
	w.exec("UPDATE river_job SET state = 'available', scheduled_at = ? WHERE state IN ('available', 'retryable', 'scheduled')", calendar.SystemClock{}.Now().Add(-time.Hour)) // River goes by the clock of the machine
}

func submitted(person string) notice.Message {
	return notice.Message{PersonID: person, Kind: "submitted", Lang: "zh-Hans", SendKey: "filing/1/submitted/1", Args: map[string]any{
		"code": "7K4M-92QF", "body": "江宜市临溪区人民法院立案庭", "due": calendar.NewDate(2026, 10, 8)}}
}
