package main

import (
	"encoding/base64"
	"errors"
	"io"
	"log"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reliefportal/app"
	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/config"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// asProgram makes the test binary be the program itself, so that a test can kill it.
const asProgram = "TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// Size of the kill test: rounds on each database, submits in a round, people submitting at once.
const (
	killRounds  = 5
	killSubmits = 100
	killAtOnce  = 8
)

// TestKillDuringSubmit kills the program with signal 9 in the middle of a hundred submits, again and again. Every filing a person was told
// of is there afterwards with its audit entry, its clock and its message on the way; and no filing is there by half.
func TestKillDuringSubmit(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			k := newKillBench(t, database(t))
			told := 0
			for round := range killRounds {
				ids := k.drafts(killSubmits)
				told += k.round(round, ids)
			}
			t.Logf("%d filings were acknowledged in %d rounds", told, killRounds)
			if told == 0 {
				t.Error("the program was killed before anything was acknowledged: the test shows nothing")
			}
		})
	}
}

// killBench is a database with one debtor, and the settings the program is started with.
type killBench struct {
	t       *testing.T
	environ []string
	debtor  account.Actor
	session string
}

func newKillBench(t *testing.T, database string) *killBench {
	t.Helper()
	port := freePort(t)
	k := &killBench{t: t, environ: []string{
		"PORTAL_DATABASE_URL=" + database, "PORTAL_DATA_DIR=" + t.TempDir(), "PORTAL_ADDR=" + port, "PORTAL_BASE_URL=http://" + port,
		"PORTAL_METRICS_ADDR=off", "PORTAL_KEY=" + base64.StdEncoding.EncodeToString([]byte("0123456789abcdefghijklmnopqrstuv")),
	}}
	k.with(func(a *app.App) {
		_, err := a.Directory.Load(t.Context())
		k.do(err)
		k.signIn(a)
	})
	return k
}

// signIn makes the debtor and a session of his, as the sign-in pages do.
func (k *killBench) signIn(a *app.App) {
	const contact, browser = "13812346071", "a browser"
	ctx := k.t.Context()
	k.do(a.Accounts.RequestCode(ctx, contact, browser, "zh-Hans"))
	messages, err := a.Outbox(ctx)
	k.do(err)
	code := regexp.MustCompile(`\b\d{8}\b`).FindString(messages[0].Body)
	person, err := a.Accounts.VerifyCode(ctx, contact, code, browser)
	k.do(err)
	ctx, err = a.Sessions.Manager.Load(ctx, "")
	k.do(err)
	k.do(a.Sessions.SignIn(ctx, person))
	k.session, _, err = a.Sessions.Manager.Commit(ctx)
	k.do(err)
	k.debtor, err = a.Accounts.ActorOf(ctx, person.ID)
	k.do(err)
}

// with opens the portal in this process, which nothing else may do at the same time on SQLite, and closes it again.
func (k *killBench) with(do func(*app.App)) {
	k.t.Helper()
	cfg, err := config.Load(k.environ)
	k.do(err)
	a, err := app.Build(k.t.Context(), cfg, app.WithLog(slog.New(slog.DiscardHandler)))
	k.do(err)
	do(a)
	k.do(a.Close())
}

func (k *killBench) do(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// drafts makes n drafts that are ready to be submitted.
func (k *killBench) drafts(n int) []string {
	k.t.Helper()
	facts := rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said("深圳市南山区人民法院"),
		filing.FactApplicant: rules.Said("林晓芸"), "id_number": rules.Said(""), "act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(),
		"what_happened": rules.Said("工资卡全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。"), "living_left": rules.Pick("no"),
		"security_offer": rules.Said(""), "moved": rules.Pick("no"),
	}
	ids := make([]string, n)
	k.with(func(a *app.App) {
		for i := range ids {
			f, err := a.Filings.Start(k.t.Context(), k.debtor, filing.StartInput{Remedy: "R01", Facts: facts, Lang: "zh-Hans", Token: store.NewID()})
			k.do(err)
			ids[i] = f.ID
		}
	})
	return ids
}

// round starts the program, submits, kills it after a random number of receipts, and looks at what is left. It returns how many were told.
func (k *killBench) round(round int, ids []string) int {
	k.t.Helper()
	program := k.start()
	after := 5 + rand.IntN(len(ids)/2)
	acknowledged := k.submitAll(ids, after, program)
	k.t.Logf("round %d: killed after %d receipts, %d acknowledged", round, after, len(acknowledged))
	k.with(func(a *app.App) {
		for _, id := range ids {
			k.whole(a, id, acknowledged[id])
		}
	})
	return len(acknowledged)
}

// start runs the program until it is ready.
func (k *killBench) start() *exec.Cmd {
	k.t.Helper()
	program := exec.CommandContext(k.t.Context(), os.Args[0])
	program.Env = append(append(os.Environ(), k.environ...), asProgram+"=1")
	program.Stderr = k.t.Output()
	k.do(program.Start())
	k.t.Cleanup(func() { _ = program.Process.Kill() })
	client := &http.Client{Timeout: time.Second}
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		request, err := http.NewRequestWithContext(k.t.Context(), http.MethodGet, k.address("/readyz"), nil)
		k.do(err)
		if answer, err := client.Do(request); err == nil {
			k.do(answer.Body.Close())
			if answer.StatusCode == http.StatusOK {
				return program
			}
		}
	}
	k.t.Fatal("the program does not become ready")
	return nil
}

func (k *killBench) address(path string) string {
	for _, setting := range k.environ {
		if base, ok := strings.CutPrefix(setting, "PORTAL_BASE_URL="); ok {
			return base + path
		}
	}
	return path
}

// submitAll submits the drafts as several people at once and kills the program after the given number of receipts. It returns the ids of
// those whose browser was led to the receipt.
func (k *killBench) submitAll(ids []string, after int, program *exec.Cmd) map[string]bool {
	k.t.Helper()
	waiting := make(chan string, len(ids))
	for _, id := range ids {
		waiting <- id
	}
	close(waiting)
	acknowledged, dead := map[string]bool{}, atomic.Bool{}
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range killAtOnce {
		workers.Go(func() {
			for id := range waiting {
				if dead.Load() || !k.submit(id) {
					continue
				}
				mu.Lock()
				acknowledged[id] = true
				if len(acknowledged) == after {
					_ = program.Process.Kill()
					dead.Store(true)
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	_ = program.Process.Kill()
	var killed *exec.ExitError
	if err := program.Wait(); !errors.As(err, &killed) {
		k.t.Errorf("the program ended by itself: %v", err)
	}
	return acknowledged
}

// submit opens the check page of a draft, sends the form, and says whether the answer leads to the receipt.
func (k *killBench) submit(id string) bool {
	to, err := url.Parse(k.address(""))
	if err != nil {
		return false
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ErrorLog = log.New(io.Discard, "", 0)
	c := webtest.New(k.t, proxy, k.address(""))
	c.SetCookie(&http.Cookie{Name: "session", Value: k.session, Path: "/"})
	if c.Get("/my/f/"+id+"/check").Status != http.StatusOK {
		return false
	}
	answer := c.SubmitRaw("main form", webtest.Fields{"declare": "1"})
	return answer.Status == http.StatusSeeOther && strings.HasSuffix(answer.Header.Get("Location"), "/receipt")
}

// whole holds what is left of one submit: everything or nothing; and everything, if the person was told.
func (k *killBench) whole(a *app.App, id string, told bool) {
	k.t.Helper()
	counts := map[string]int64{}
	for what, query := range map[string]string{
		"statement":     "SELECT count(*) FROM submission WHERE filing_id = ?",
		"filing":        "SELECT count(*) FROM filing WHERE id = ? AND status = 'submitted'",
		"running clock": "SELECT count(*) FROM clock WHERE filing_id = ? AND state = 'running'",
		"audit entry":   "SELECT count(*) FROM audit_event WHERE subject_type = 'filing' AND subject_id = ? AND kind = 'filing.submit'",
		"message":       "SELECT count(*) FROM notice WHERE filing_id = ? AND kind = 'submitted'",
		"job":           "SELECT count(*) FROM notice JOIN river_job ON river_job.kind = 'notice.deliver' AND CAST(river_job.args AS TEXT) LIKE '%' || notice.id || '%' WHERE notice.filing_id = ?",
	} {
		var n int64
		k.do(a.DB.Read(k.t.Context()).Raw(query, id).Scan(&n).Error)
		counts[what] = n
	}
	want := counts["filing"]
	if told {
		want = 1
	}
	for what, n := range counts {
		if n != want {
			k.t.Errorf("filing %s (acknowledged: %v) has %d of: %s, want %d (%v)", id, told, n, what, want, counts)
		}
	}
	report, err := audit.VerifySubject(k.t.Context(), a.DB, audit.Subject{Type: "filing", ID: id})
	if k.do(err); !report.OK() {
		k.t.Errorf("filing %s: %v", id, report.Problems)
	}
}

// freePort finds a port that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
