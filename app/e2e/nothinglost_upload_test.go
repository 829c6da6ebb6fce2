package e2e

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// keeping is a debtor with a draft at a portal where something is about to fail.
type keeping struct {
	*apptest.World
	c     *webtest.Client
	who   account.Actor
	draft string
}

// keeper is where the debtor is reached.
const keeper = "13812346071"

// signIn signs the debtor in, also after the clock has moved on.
func (k *keeping) signIn(t *testing.T) {
	t.Helper()
	k.Time.Add(time.Minute)
	k.c.SubmitAt("/signin", "main form", webtest.Fields{"contact": keeper})
	messages, err := k.Outbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if code := codeInMessage.FindString(m.Body); code != "" {
			k.c.Submit("main form", webtest.Fields{"code": code}).Is(200)
			return
		}
	}
	t.Fatal("no code was sent")
}

// keep starts a portal and opens a draft with answers in it.
func keep(t *testing.T, db *store.DB, settings ...string) *keeping {
	t.Helper()
	const base = "http://portal.test"
	k := &keeping{World: apptest.New(t, db, append([]string{"PORTAL_BASE_URL=" + base}, settings...)...)}
	k.who = k.Debtor(t, keeper)
	f, err := k.Filings.Start(t.Context(), k.who, filing.StartInput{Remedy: "R01", Lang: i18n.Chinese, Token: store.NewID(), Facts: rules.Facts{
		filing.FactCaseNumber: rules.Said(caseNumber), filing.FactExecCourt: rules.Said(execCourt), filing.FactApplicant: rules.Said("林晓芸"),
		"act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(), "what_happened": rules.Said("工资卡全部冻结。"), "request": rules.Said("解除冻结。"),
		"moved": rules.Pick("no"), "topic": rules.Pick("account"), "role": rules.Pick("self"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	k.draft = "/my/f/" + f.ID
	k.c = webtest.New(t, k.Handler(), base)
	k.signIn(t)
	k.c.Get(k.draft + "/papers").Is(200)
	return k
}

const uploading = "form[enctype=multipart/form-data]"

// send hands a file in on the page of the papers.
func (k *keeping) send(name string, body []byte) *webtest.Page {
	return k.c.Submit(uploading, webtest.Fields{"kind": "evidence", "note": "画圈的是工资", "file": webtest.File{Name: name, Body: body}})
}

// kept counts what is stored: rows, and files in the folder, half-written ones included.
func (k *keeping) kept(t *testing.T, dir string) (rows, files int) {
	t.Helper()
	var n int64
	if err := k.DB.Read(t.Context()).Table("document").Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return int(n), files
}

// answersKept wants every answer of the draft to be there still.
func (k *keeping) answersKept(t *testing.T) {
	t.Helper()
	k.c.Get(k.draft+"/check").Is(200).Says("林晓芸", caseNumber, execCourt, "冻结工资卡", "解除冻结。")
	k.c.Get(k.draft + "/papers").Is(200)
}

// smallDisk puts a disk of so many bytes at dir; without the right to, the test goes on with full in its place.
func smallDisk(t *testing.T, dir string, size string) (real bool) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Logf("no small disk can be mounted (%v): the storage fails by itself instead", err)
		return false
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return true
}

// full is a storage that breaks off in the middle of a file once the bytes are used up, as a full disk does.
type full struct {
	document.Blobs
	left int64
}

func (f *full) Put(ctx context.Context, r io.Reader) (document.Blob, error) {
	b, err := f.Blobs.Put(ctx, io.MultiReader(io.LimitReader(r, f.left), failing{}))
	f.left -= b.Size
	return b, err
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestNothingLostDiskFull fills the disk in the middle of an upload. The person reads one sentence beside the field, every answer and every word
// typed is still there, nothing half-kept lies about, and the same file is taken as soon as there is room.
func TestNothingLostDiskFull(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		data := t.TempDir()
		dir := filepath.Join(data, "files")
		real := smallDisk(t, dir, "512k")
		k := keep(t, db, "PORTAL_DATA_DIR="+data)
		sound := k.Documents.Blobs
		if !real {
			k.Documents.Blobs = &full{sound, 300 << 10}
		}
		k.send("小的.pdf", paperOf(20<<10)).Is(200).Says("小的.pdf")
		_, before := k.kept(t, dir)
		page := k.send("大的.pdf", paperOf(3<<20)).Is(422).Says("现在存不下“大的.pdf”", "这是我们的问题", "什么也没有丢", "小的.pdf")
		if got := page.Attr("input[name=note]", "value"); got != "画圈的是工资" {
			t.Errorf("the note became %q", got)
		}
		if rows, files := k.kept(t, dir); rows != 1 || files != before {
			t.Errorf("%d rows and %d files, want 1 and %d: something half-kept lies about", rows, files, before)
		}
		k.answersKept(t)
		if real {
			if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
				t.Fatal(err)
			}
		}
		k.Documents.Blobs = sound
		k.send("大的.pdf", paperOf(3<<20)).Is(200).Says("大的.pdf", "小的.pdf")
		k.Work(t)
		if rep, err := k.Documents.Verify(t.Context()); err != nil || !rep.OK() || len(rep.Orphans) > 0 {
			t.Errorf("%+v, %v", rep, err)
		}
	})
}

// TestNothingLostNoRoomOnTheWay fills the disk that uploads pass through before they are stored.
func TestNothingLostNoRoomOnTheWay(t *testing.T) {
	way := filepath.Join(t.TempDir(), "way")
	if !smallDisk(t, way, "256k") {
		t.Skip("A TEST IS LEFT OUT: it needs the right to mount a small disk")
	}
	k := keep(t, storetest.SQLite(t))
	t.Setenv("TMPDIR", way)
	k.send("大的.pdf", paperOf(3<<20)).Is(422).Says("现在存不下“大的.pdf”", "什么也没有丢")
	k.answersKept(t)
	k.send("小的.pdf", paperOf(20<<10)).Is(200).Says("小的.pdf")
}

// paperOf is a PDF of about so many bytes.
func paperOf(size int) []byte {
	return []byte("%PDF-1.4\n%" + strings.Repeat("x", size) + "\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n")
}

// TestNothingLostScannerDown: while the virus scanner is down a filing with files goes in, the receipt says that they are being checked, the body sees
// none of them, the person is told when it lasts, and everything goes on by itself when the scanner is back.
func TestNothingLostScannerDown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		socket := filepath.Join(t.TempDir(), "clamd.sock")
		k := keep(t, db, "PORTAL_CLAMAV_ADDR=unix:"+socket)
		k.send("流水.pdf", paperOf(1000)).Is(200).Says("流水.pdf", "已收到，正在检查")
		k.c.Get(k.draft + "/check").Is(200)
		k.c.Submit("main form", webtest.Fields{"declare": "1"}).Is(200).At(k.draft+"/receipt").Says("流水.pdf", "已收到，正在检查", "查完就交给"+execCourt, "SHA-256")
		id := strings.TrimPrefix(k.draft, "/my/f/")
		lian := k.Staff(t, "nanshan.lian")
		docs, err := k.Documents.List(t.Context(), id)
		if err != nil || len(docs) != 1 || docs[0].Cleared() {
			t.Fatalf("%+v, %v", docs, err)
		}
		if f, _, err := k.Filings.Get(t.Context(), lian, id); err != nil || f.Ref == nil {
			t.Fatalf("the body has no filing: %v", err)
		}
		late := k.Packs.On(calendar.DateOf(k.Clock.Now())).PapersLate
		if late <= 0 {
			t.Fatal("the pack does not say how long a file may wait")
		}
		k.tellLate(t, late-time.Second, 0)
		k.tellLate(t, time.Second, 1)
		k.tellLate(t, time.Hour, 0) // once is enough
		answering(t, socket)
		if err := k.Documents.Rescan(t.Context()); err != nil {
			t.Fatal(err)
		}
		k.signIn(t)
		k.c.Get(k.draft+"/receipt").Is(200).Says("查过没有病毒", execCourt+"可以打开").SaysNot("正在检查")
	})
}

// answering puts a scanner at the socket that finds every file clean.
func answering(t *testing.T, socket string) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			answerClean(conn)
		}
	}()
}

// answerClean reads one file of a conversation and says that it is clean.
func answerClean(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	if _, err := io.ReadFull(conn, make([]byte, len("zINSTREAM\x00"))); err != nil {
		return
	}
	for {
		var n uint32
		if binary.Read(conn, binary.BigEndian, &n) != nil {
			return
		}
		if n == 0 {
			break
		}
		if _, err := io.CopyN(io.Discard, conn, int64(n)); err != nil {
			return
		}
	}
	_, _ = io.WriteString(conn, "stream: OK\x00")
}

// tellLate moves the clock on and wants so many people to be told that their files wait.
func (k *keeping) tellLate(t *testing.T, wait time.Duration, want int) {
	t.Helper()
	k.Time.Add(wait)
	if n, err := k.Filings.SweepLateFiles(t.Context()); err != nil || n != want {
		t.Errorf("%s later %d were told, want %d; %v", wait, n, want, err)
	}
	if want == 0 {
		return
	}
	messages, err := k.Outbox(t.Context())
	if err != nil || !strings.Contains(messages[0].Body, "收到的时间不变") || !strings.Contains(messages[0].Body, "12368") {
		t.Errorf("%+v, %v", messages[0], err)
	}
}
