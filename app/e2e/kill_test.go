package e2e

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// The measure of the test: in each round so many writers send so many submits in all, and the program is killed in the middle.
const (
	killRounds  = 5
	killWriters = 8
	killSubmits = 100
)

// TestKillDuringSubmit ends the program without warning (SIGKILL) while submits come in. Whatever it acknowledged is there, whole: with its
// submission, its clock, its record, its notice and its job. Whatever it did not acknowledge is there whole, or not at all.
func TestKillDuringSubmit(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killDuringSubmit(t, storetest.SQLiteURL(t)) })
	t.Run("postgres", func(t *testing.T) { killDuringSubmit(t, storetest.PostgresURL(t)) })
}

func killDuringSubmit(t *testing.T, address string) {
	db, err := store.Open(t.Context(), address, store.Options{BusyTimeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	w := apptest.New(t, db)
	w.Time.Set(calendar.SystemClock{}.Now())
	k := &killing{t: t, w: w, address: address, dir: t.TempDir(), acknowledged: map[string]*visitor{}}
	k.writers()
	for round := range killRounds {
		k.round(round)
	}
	k.allReadable()
	report, err := (&audit.Keeper{DB: db, File: filepath.Join(k.dir, "audit.checkpoints"), Clock: w.Clock, Log: w.Log}).VerifyAll(t.Context())
	if err != nil || !report.OK() {
		t.Errorf("the record: %+v, %v", report, err)
	}
}

// killing is one run over one database.
type killing struct {
	t       *testing.T
	w       *apptest.World
	address string
	dir     string // files of the program, the same for every round
	people  []account.Actor
	doors   []*visitor

	lock         sync.Mutex
	acknowledged map[string]*visitor // by id of the filing: whose answer led to the receipt
}

// program is the portal as a process of its own.
type program struct {
	*exec.Cmd
	base string
}

func (k *killing) start() *program {
	k.t.Helper()
	self, err := os.Executable()
	if err != nil {
		k.t.Fatal(err)
	}
	p := &program{Cmd: exec.CommandContext(k.t.Context(), self)}
	p.Env = []string{serveInstead + "=1", "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(), "PORTAL_ADDR=127.0.0.1:0", "PORTAL_BASE_URL=http://127.0.0.1",
		"PORTAL_METRICS_ADDR=off", "PORTAL_DATABASE_URL=" + k.address, "PORTAL_DATA_DIR=" + k.dir, "PORTAL_KEY=" + apptest.Key, "PORTAL_LOG_LEVEL=error"}
	p.Stderr = k.t.Output()
	out, err := p.StdoutPipe()
	if err != nil {
		k.t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		k.t.Fatal(err)
	}
	at, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		k.t.Fatalf("the program does not listen: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	p.base = "http://" + strings.TrimSpace(at)
	return p
}

func (p *program) kill(t *testing.T) {
	t.Helper()
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err == nil {
		t.Error("the program ended by itself")
	}
}

// writers signs eight people in; their sessions outlive the program.
func (k *killing) writers() {
	k.t.Helper()
	p := k.start()
	for i := range killWriters {
		contact := fmt.Sprintf("1380000%04d", 1000+i)
		v := newVisitor(k.t, p.base)
		v.signIn(k.t, contact)
		k.doors = append(k.doors, v)
	}
	p.kill(k.t)
	var ids []string
	if err := k.w.DB.Read(k.t.Context()).Table("person").Where("kind = 'debtor'").Order("created_at, id").Pluck("id", &ids).Error; err != nil || len(ids) != killWriters {
		k.t.Fatalf("%d people, %v", len(ids), err)
	}
	for _, id := range ids {
		a, err := k.w.Accounts.ActorOf(k.t.Context(), id)
		if err != nil {
			k.t.Fatal(err)
		}
		k.people = append(k.people, a)
	}
}

// round fills in drafts, lets all writers submit at once, kills the program in the middle, and looks at what is left.
func (k *killing) round(n int) {
	k.t.Helper()
	drafts := make([][]filing.Filing, killWriters)
	for i := range killSubmits {
		drafts[i%killWriters] = append(drafts[i%killWriters], complete(k.t, k.w, k.people[i%killWriters]))
	}
	p := k.start()
	forms := make([][]url.Values, killWriters)
	for i, v := range k.doors {
		v.base = p.base
		shown := v.declaration(k.t, "/my/f/"+drafts[i][0].ID)
		for _, d := range drafts[i] {
			form := maps.Clone(shown) // what the page shows differs in these two only
			form["_version"], form["_submit"] = []string{strconv.FormatInt(d.Version, 10)}, []string{d.SubmitKey}
			forms[i] = append(forms[i], form)
		}
	}
	var sent atomic.Int64
	fatal := 5 + rand.Int64N(killSubmits-10) // answers after which the program dies
	dead := make(chan struct{})
	go func() {
		defer close(dead)
		for sent.Load() < fatal {
			time.Sleep(50 * time.Microsecond)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(3 * time.Millisecond))))
		p.kill(k.t)
	}()
	var wg sync.WaitGroup
	for i, v := range k.doors {
		wg.Go(func() { k.write(v, drafts[i], forms[i], &sent) })
	}
	wg.Wait()
	<-dead
	filed := k.whole(slices.Concat(drafts...))
	k.t.Logf("round %d: to be killed after %d answers, %d filed, %d acknowledged in all rounds", n+1, fatal, filed, len(k.acknowledged))
}

// write submits the drafts one after the other until the program is gone.
func (k *killing) write(v *visitor, drafts []filing.Filing, forms []url.Values, sent *atomic.Int64) {
	for i, d := range drafts {
		r, err := v.post("/my/f/"+d.ID+"/check", forms[i])
		if err != nil {
			sent.Add(killSubmits) // dead, or about to be
			return
		}
		sent.Add(1)
		if r.status != http.StatusSeeOther || r.to != "/my/f/"+d.ID+"/receipt" {
			k.t.Errorf("answered %d, leads to %q", r.status, r.to)
			continue
		}
		k.lock.Lock()
		k.acknowledged[d.ID] = v
		k.lock.Unlock()
	}
}

// pieces are what one submit writes, by the filing; all of them are there, once, or none.
var pieces = map[string]string{
	"filing":     "SELECT f.id FROM filing f JOIN clock c ON c.id = f.next_clock_id WHERE f.status = 'submitted' AND f.ref IS NOT NULL AND f.owner_body_id IS NOT NULL",
	"submission": "SELECT filing_id FROM submission",
	"clock":      "SELECT filing_id FROM clock WHERE state = 'running'",
	"record":     "SELECT subject_id FROM audit_event WHERE subject_type = 'filing' AND kind = 'filing.submit'",
	"notice":     "SELECT filing_id FROM notice WHERE kind = 'submitted'",
	"job":        "SELECT n.filing_id FROM river_job j JOIN notice n ON n.kind = 'submitted' AND n.id = j.args->>'id' WHERE j.kind = 'notice.deliver'",
}

// whole counts the filings among the drafts, and wants each to be filed with everything or not at all.
func (k *killing) whole(drafts []filing.Filing) (filed int) {
	k.t.Helper()
	there := map[string]map[string]int{}
	for piece, query := range pieces {
		var ids []string
		if err := k.w.DB.Read(k.t.Context()).Raw(query).Scan(&ids).Error; err != nil {
			k.t.Fatalf("%s: %v", piece, err)
		}
		for _, id := range ids {
			if there[id] == nil {
				there[id] = map[string]int{}
			}
			there[id][piece]++
		}
	}
	for _, d := range drafts {
		pieceless := len(there[d.ID]) == 0
		complete := len(there[d.ID]) == len(pieces) && !slices.ContainsFunc(slices.Collect(maps.Values(there[d.ID])), func(n int) bool { return n != 1 })
		if complete {
			filed++
		} else if !pieceless || k.acknowledged[d.ID] != nil {
			k.t.Errorf("acknowledged %v, and there is %v", k.acknowledged[d.ID] != nil, there[d.ID])
		}
	}
	return filed
}

// allReadable starts the program once more: every acknowledged filing shows its receipt.
func (k *killing) allReadable() {
	k.t.Helper()
	if len(k.acknowledged) < killRounds {
		k.t.Fatalf("only %d submits were acknowledged: the test shows nothing", len(k.acknowledged))
	}
	p := k.start()
	defer p.kill(k.t)
	for _, v := range k.doors {
		v.base = p.base
	}
	for id, v := range k.acknowledged {
		if r, err := v.get("/my/f/" + id + "/receipt"); err != nil || r.status != http.StatusOK {
			k.t.Errorf("an acknowledged filing shows no receipt: %d, %v", r.status, err)
		}
	}
}
