package document_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/jobs"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func TestCorpus(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		for i, f := range corpus(t) {
			if i%15 == 14 { // stay under the limit of files
				d.lin, d.filing = d.person(fmt.Sprint("person ", i))
			}
			before := d.state()
			got, err := d.upload(f.name, f.body)
			if strings.HasPrefix(f.want, "upload.") {
				if key(err) != f.want {
					t.Errorf("%s: got %v and %q, want %s", f.what, err, got.Mime, f.want)
				}
				if after := d.state(); after != before {
					t.Errorf("%s was refused but changed %+v to %+v", f.what, before, after)
				}
				continue
			}
			if err != nil || string(got.Mime) != f.want {
				t.Errorf("%s: got %q and %v, want %s", f.what, got.Mime, err, f.want)
				continue
			}
			sum := sha256.Sum256(f.body)
			if back := d.original(got.ID); !bytes.Equal(back, f.body) || got.SHA256 != hex.EncodeToString(sum[:]) || got.Size != int64(len(f.body)) {
				t.Errorf("%s: what came out is not what went in", f.what)
			}
		}
		d.drain()
		rep, err := d.Verify(t.Context())
		if err != nil || !rep.OK() || len(rep.Orphans) > 0 {
			t.Errorf("after all: %+v, %v", rep, err)
		}
	})
}

func TestUploadIsRecorded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		doc, err := d.upload("林晓芸-CANARY.jpg", jpegOf(t, drawn(50, 30)))
		if err != nil {
			t.Fatal(err)
		}
		if doc.Name != "林晓芸-CANARY.jpg" || doc.State != document.Received || doc.Paper != "ruling" || !doc.At.Equal(start) {
			t.Errorf("%+v", doc)
		}
		events, err := audit.List(t.Context(), db, audit.Subject{Type: "filing", ID: d.filing})
		if err != nil || len(events) != 1 || events[0].Kind != "document.added" || !strings.Contains(events[0].Data, doc.SHA256) {
			t.Fatalf("%+v, %v", events, err)
		}
		d.drain()
		list, err := d.List(t.Context(), d.filing)
		if err != nil || len(list) != 1 || list[0].State != document.Ready || !list[0].HasCopy {
			t.Fatalf("%+v, %v", list, err)
		}
		events, err = audit.List(t.Context(), db, audit.Subject{Type: "filing", ID: d.filing})
		if err != nil || len(events) != 2 || events[1].Kind != "document.ready" {
			t.Fatalf("%+v, %v", events, err)
		}
		for where, text := range map[string]string{"record": events[0].Data + events[1].Data, "log": d.log.String(), "disk": strings.Join(d.stored(), " ")} {
			if strings.Contains(text, "CANARY") {
				t.Errorf("the name is in the %s", where)
			}
		}
	})
}

func TestLimits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		exactly := padded(document.MaxFile)
		if _, err := d.upload("a.pdf", exactly); err != nil {
			t.Fatalf("exactly the limit: %v", err)
		}
		before := d.state()
		over := padded(document.MaxFile + 1)
		if _, err := d.upload("a.pdf", over); key(err) != "upload.too_large" {
			t.Errorf("one byte more, size known: %v", err)
		}
		for what, size := range map[string]int64{"unknown": -1, "a lie": 10} {
			_, err := d.Upload(t.Context(), d.lin, d.filing, "ruling", "a.pdf", bytes.NewReader(over), size)
			if key(err) != "upload.more_than" {
				t.Errorf("one byte more, size %s: %v", what, err)
			}
		}
		if _, err := d.Upload(t.Context(), d.lin, d.filing, "ruling", "", nil, 0); key(err) != "upload.none" {
			t.Errorf("no file: %v", err)
		}
		if _, err := d.Upload(t.Context(), d.lin, d.filing, "ruling", "", strings.NewReader(""), 0); key(err) != "upload.none" {
			t.Errorf("an empty field: %v", err)
		}
		if _, err := d.Upload(t.Context(), d.lin, d.filing, "ruling", "a.pdf", strings.NewReader(""), -1); key(err) != "upload.empty" {
			t.Errorf("an empty file of unknown size: %v", err)
		}
		if after := d.state(); after != before {
			t.Errorf("refusals changed %+v to %+v", before, after)
		}
		d.exec("UPDATE document SET size = ?", document.MaxFiling-int64(len(exactly)))
		if _, err := d.upload("b.pdf", exactly); err != nil {
			t.Errorf("exactly the filing's limit: %v", err)
		}
		d.exec("UPDATE document SET size = 1")
		d.exec("UPDATE document SET size = ? WHERE id = (SELECT min(id) FROM document)", document.MaxFiling-len(pdf("")))
		if _, err := d.upload("b.pdf", pdf("")); key(err) != "upload.filing_full" {
			t.Errorf("one byte over the filing's limit: %v", err)
		}
	})
}

// padded is a PDF of exactly n bytes.
func padded(n int) []byte {
	doc := pdf("")
	at := bytes.Index(doc, []byte("trailer"))
	return bytes.Join([][]byte{doc[:at], bytes.Repeat([]byte("%"), n-len(doc)), doc[at:]}, nil)
}

func TestTwentyFilesAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		results := make(chan string, document.MaxFiles+5)
		var all sync.WaitGroup
		for i := range cap(results) {
			all.Go(func() {
				_, err := d.Upload(t.Context(), d.lin, d.filing, "ruling", fmt.Sprint(i, ".pdf"), bytes.NewReader(pdf("")), -1)
				if err != nil && key(err) == "" {
					results <- err.Error()
					return
				}
				results <- key(err)
			})
		}
		all.Wait()
		close(results)
		count := map[string]int{}
		for r := range results {
			count[r]++
		}
		if count[""] != document.MaxFiles || count["upload.too_many"] != 5 {
			t.Errorf("%v", count)
		}
		if s := d.state(); s.rows != document.MaxFiles || s.files != document.MaxFiles {
			t.Errorf("%+v", s)
		}
	})
}

func TestOnlyTheOwner(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		doc, err := d.upload("a.pdf", pdf(""))
		if err != nil {
			t.Fatal(err)
		}
		before := d.state()
		if _, err := d.Upload(t.Context(), d.zhao, d.filing, "ruling", "a.pdf", bytes.NewReader(pdf("")), -1); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("upload by another: %v", err)
		}
		if _, err := d.Upload(t.Context(), d.lin, store.NewID(), "ruling", "a.pdf", bytes.NewReader(pdf("")), -1); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("upload to nothing: %v", err)
		}
		if err := d.Remove(t.Context(), d.zhao, doc.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("removal by another: %v", err)
		}
		hers := func(q *gorm.DB) *gorm.DB { return q.Where("document.person_id = ?", d.zhao.PersonID) }
		if _, err := d.OpenOriginal(t.Context(), doc.ID, hers); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("opened by another: %v", err)
		}
		if _, err := d.OpenCopy(t.Context(), doc.ID, all); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("a copy that is not there: %v", err)
		}
		if after := d.state(); after != before {
			t.Errorf("refusals changed %+v to %+v", before, after)
		}
	})
}

func TestRemove(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		doc, err := d.upload("a.png", pngOf(t, drawn(9, 9)))
		if err != nil {
			t.Fatal(err)
		}
		d.drain()
		if n := len(d.stored()); n != 2 {
			t.Fatalf("%d files, want original and copy", n)
		}
		if err := d.Remove(t.Context(), d.lin, doc.ID); err != nil {
			t.Fatal(err)
		}
		if s := d.state(); s.rows != 0 || s.files != 0 {
			t.Errorf("%+v", s)
		}
		if err := d.Remove(t.Context(), d.lin, doc.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("twice: %v", err)
		}
		closed, err := d.upload("a.pdf", pdf(""))
		if err != nil {
			t.Fatal(err)
		}
		d.exec("UPDATE filing SET status = 'closed', outcome = 'withdrawn', closed_ground = 'x', closed_at = ? WHERE id = ?", start, d.filing)
		if err := d.Remove(t.Context(), d.lin, closed.ID); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("from a closed filing: %v", err)
		}
		if _, err := d.upload("a.pdf", pdf("")); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("to a closed filing: %v", err)
		}
	})
}

// broken lets one of the steps of an upload fail.
type broken struct{ jobs.Inserter }

func (broken) Insert(*gorm.DB, jobs.Args) error { return errors.New("no room for jobs") }

func TestFailureLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		before := d.state()
		d.Jobs = broken{}
		if _, err := d.upload("a.pdf", pdf("")); err == nil {
			t.Error("taken although the job was not")
		}
		d.Jobs = d.queue
		gone := io.MultiReader(bytes.NewReader(pdf("")[:50]), failing{})
		if _, err := d.Upload(t.Context(), d.lin, d.filing, "ruling", "a.pdf", gone, -1); fail.KindOf(err) != fail.KindInternal {
			t.Errorf("a broken connection: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		leaving := io.MultiReader(bytes.NewReader(padded(1 << 20)[:1<<19]), calling(cancel), bytes.NewReader(padded(1 << 20)[1<<19:]))
		if _, err := d.Upload(ctx, d.lin, d.filing, "ruling", "a.pdf", leaving, -1); !errors.Is(err, context.Canceled) {
			t.Errorf("a request given up: %v", err)
		}
		if after := d.state(); after != before {
			t.Errorf("failures changed %+v to %+v", before, after)
		}
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

type calling func()

func (c calling) Read([]byte) (int, error) { c(); return 0, io.EOF }

// TestKillBetweenFileAndRow is a process that ends after the file is stored and before the row is: what is left is found
// and, once it is a day old, deleted. A file cut short on disk is found as well.
func TestKillBetweenFileAndRow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		kept, err := d.upload("a.pdf", pdf(""))
		if err != nil {
			t.Fatal(err)
		}
		d.drain()
		lost, err := d.Blobs.Put(t.Context(), strings.NewReader("stored, then killed"))
		if err != nil {
			t.Fatal(err)
		}
		half := d.dir + "/" + lost.Key[:2] + "/" + lost.Key[:2] + strings.Repeat("0", 30) + ".part"
		if err := os.WriteFile(half, []byte("MJF1"), 0o600); err != nil {
			t.Fatal(err)
		}
		rep, err := d.Verify(t.Context())
		if err != nil || !rep.OK() || len(rep.Orphans) != 2 {
			t.Fatalf("%+v, %v", rep, err)
		}
		if err := d.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(d.stored()); n != 3 {
			t.Errorf("the sweep took young files: %d left", n)
		}
		for _, path := range d.stored() {
			old := calendar.SystemClock{}.Now().Add(-25 * time.Hour)
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(d.stored()); n != 1 {
			t.Errorf("%d files after the sweep, want 1", n)
		}
		d.damage(t, kept)
	})
}

// damage cuts, changes and takes away the one stored file, and looks whether each is found.
func (d *desk) damage(t *testing.T, doc document.Document) {
	path := d.stored()[0]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(whole)
	changed[len(changed)-20] ^= 1
	for what, bad := range map[string][]byte{"cut": whole[:len(whole)-1], "changed": changed, "head only": whole[:4], "empty": nil} {
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if rep, err := d.Verify(t.Context()); err != nil || len(rep.Damaged) != 1 || rep.Damaged[0] != doc.ID {
			t.Errorf("%s: %+v, %v", what, rep, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if rep, err := d.Verify(t.Context()); err != nil || len(rep.Missing) != 1 || rep.Missing[0] != doc.ID {
		t.Errorf("missing: %+v, %v", rep, err)
	}
}

func TestStoredSealed(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	if _, err := d.upload("a.pdf", pdf("/Marker (CANARY)")); err != nil {
		t.Fatal(err)
	}
	for _, path := range d.stored() {
		data, err := os.ReadFile(path)
		if err != nil || bytes.Contains(data, []byte("CANARY")) || bytes.Contains(data, []byte("%PDF")) {
			t.Errorf("plain bytes on disk: %v", err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	}
}

func TestMemoryDoesNotFollowSize(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	body := padded(document.MaxFile)
	peak := func(body []byte) uint64 {
		var before, during runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		last := calling(func() { runtime.ReadMemStats(&during) })
		if _, err := d.Upload(t.Context(), d.lin, d.filing, "ruling", "a.pdf", io.MultiReader(bytes.NewReader(body), last), -1); err != nil {
			t.Fatal(err)
		}
		return during.TotalAlloc - before.TotalAlloc
	}
	if small, large := peak(padded(1<<20)), peak(body); large > small+2<<20 {
		t.Errorf("20 MB took %d bytes of memory, 1 MB took %d", large, small)
	}
}

func TestHashesInOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		var want []string
		for _, marker := range []string{"/B 1", "/A 1", "/C 1"} {
			doc, err := d.upload("a.pdf", pdf(marker))
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, doc.SHA256)
			d.clock.Add(time.Second)
		}
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			got, err := d.Hashes(tx, d.filing)
			if !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
