package document_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"reliefportal/app/audit"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func incoming(name string, body []byte) document.Incoming {
	return document.Incoming{Name: name, Size: int64(len(body)), Body: bytes.NewReader(body)}
}

func names(docs []document.Document) (out []string) {
	for _, d := range docs {
		out = append(out, d.Name)
	}
	return out
}

// TestAttachSeveral: the good ones stay in the order given, each bad one is named, and the note goes with all.
func TestAttachSeveral(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		in := document.Attachment{FilingID: d.filing, Paper: "statement", Note: "画圈的是工资", Files: []document.Incoming{
			incoming("二月.pdf", pdf("2")), incoming("空.pdf", nil), incoming("一月.pdf", pdf("1")), incoming("程序.exe", []byte("MZ")), incoming("三月.png", pngOf(t, drawn(9, 9))),
		}}
		got, err := d.Attach(t.Context(), d.lin, in)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"二月.pdf", "一月.pdf", "三月.png"}
		if !slices.Equal(names(got.Documents), want) || len(got.Refused) != 2 || got.Refused[0].Key != "upload.empty" || got.Refused[1].Key != "upload.kind" {
			t.Errorf("%v, refused %+v", names(got.Documents), got.Refused)
		}
		list := must(d.List(t.Context(), d.filing))(t)
		if !slices.Equal(names(list), want) || list[1].Note != "画圈的是工资" || list[1].Paper != "statement" {
			t.Errorf("listed %v, %+v", names(list), list[1])
		}
		if n := len(d.stored()); n != 3 {
			t.Errorf("%d files are stored", n)
		}
		in.Files = []document.Incoming{incoming("空.pdf", nil), incoming("程序.exe", []byte("MZ"))}
		before := d.state()
		if _, err := d.Attach(t.Context(), d.lin, in); fail.KindOf(err) != fail.KindInvalid || before != d.state() {
			t.Errorf("only bad ones: %v, %+v became %+v", err, before, d.state())
		}
		in.Files, in.Note = []document.Incoming{incoming("四月.pdf", pdf("4"))}, strings.Repeat("长", document.NoteMax+1)
		if _, err := d.Attach(t.Context(), d.lin, in); fail.KindOf(err) != fail.KindInvalid || before != d.state() {
			t.Errorf("a note of %d characters: %v", document.NoteMax+1, err)
		}
	})
}

// TestAttachStopsAtTheLimit: of more files than there is room for, the first ones stay.
func TestAttachStopsAtTheLimit(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	in := document.Attachment{FilingID: d.filing, Paper: "statement"}
	for i := range document.MaxFiles + 2 {
		in.Files = append(in.Files, incoming(fmt.Sprintf("%02d.pdf", i), pdf(fmt.Sprint(i))))
	}
	got, err := d.Attach(t.Context(), d.lin, in)
	if err != nil || len(got.Documents) != document.MaxFiles || len(got.Refused) != 2 || got.Refused[0].Key != "upload.too_many" {
		t.Errorf("%d kept, refused %+v, %v", len(got.Documents), got.Refused, err)
	}
	if n := len(d.stored()); n != document.MaxFiles {
		t.Errorf("%d files are stored", n)
	}
}

// full is a storage whose disk is full after some files.
type full struct {
	document.Blobs
	room int
}

func (f *full) Put(ctx context.Context, r io.Reader) (document.Blob, error) {
	if f.room--; f.room < 0 {
		return document.Blob{}, errors.New("no space left on device")
	}
	return f.Blobs.Put(ctx, r)
}

// TestAttachOnAFullDisk: what was stored stays, what was not is named with a sentence, and nothing lies half-kept.
func TestAttachOnAFullDisk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		d.Blobs = &full{d.Blobs, 1}
		in := document.Attachment{FilingID: d.filing, Paper: "statement", Files: []document.Incoming{incoming("一.pdf", pdf("1")), incoming("二.pdf", pdf("2"))}}
		got, err := d.Attach(t.Context(), d.lin, in)
		if err != nil || len(got.Documents) != 1 || len(got.Refused) != 1 || got.Refused[0].Key != "upload.not_stored" {
			t.Fatalf("%+v, %v", got, err)
		}
		if len(d.stored()) != 1 || !strings.Contains(d.log.String(), "no space left") || strings.Contains(d.log.String(), "二.pdf") {
			t.Errorf("%d files, log %s", len(d.stored()), d.log)
		}
		before := d.state()
		if _, err := d.upload("三.pdf", pdf("3")); key(err) != "upload.not_stored" || before != d.state() {
			t.Errorf("%v, %+v became %+v", err, before, d.state())
		}
	})
}

func TestDescribe(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		doc := must(d.upload("IMG_0001.jpg", jpegOf(t, drawn(20, 20))))(t)
		got, err := d.Describe(t.Context(), d.lin, doc.ID, document.Description{Name: "3.15 工资流水", Paper: "payslip", Note: "第二笔是工资 CANARY"})
		if err != nil || got.Name != "3.15 工资流水.jpg" || got.Paper != "payslip" || got.Note != "第二笔是工资 CANARY" || got.SHA256 != doc.SHA256 {
			t.Fatalf("%+v, %v", got, err)
		}
		if again := must(d.ByID(t.Context(), doc.ID, all))(t); again.Name != got.Name || again.Note != got.Note {
			t.Errorf("stored %+v", again)
		}
		if got, err = d.Describe(t.Context(), d.lin, doc.ID, document.Description{Name: "a/b/流水.JPEG", Paper: "payslip"}); err != nil || got.Name != "流水.JPEG" || got.Note != "" {
			t.Errorf("%+v, %v", got, err)
		}
		for what, said := range map[string]document.Description{"no name": {Name: " / "}, "a long note": {Name: "a", Note: strings.Repeat("长", document.NoteMax+1)}} {
			if _, err := d.Describe(t.Context(), d.lin, doc.ID, said); fail.KindOf(err) != fail.KindInvalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := d.Describe(t.Context(), d.zhao, doc.ID, document.Description{Name: "b"}); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("by somebody else: %v", err)
		}
		d.hand(d.filing)
		if _, err := d.Describe(t.Context(), d.lin, doc.ID, document.Description{Name: "b"}); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("after filing: %v", err)
		}
	})
}

func TestAdd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		first := must(d.upload("裁定.pdf", pdf("0")))(t)
		adding := func(token string, files ...document.Incoming) document.Adding {
			return document.Adding{Attachment: document.Attachment{FilingID: d.filing, Paper: "medical", Files: files}, Said: "新的诊断 CANARY", Token: token}
		}
		if _, _, err := d.Add(t.Context(), d.lin, adding("t0", incoming("诊断.pdf", pdf("1")))); fail.KindOf(err) != fail.KindConflict {
			t.Fatalf("to a draft: %v", err)
		}
		d.hand(d.filing)
		add, bad, err := d.Add(t.Context(), d.lin, adding("t1", incoming("诊断.pdf", pdf("1")), incoming("空.pdf", nil)))
		if err != nil || add.Number != 1 || add.Said != "新的诊断 CANARY" || len(bad) != 1 || !add.At.Equal(start) {
			t.Fatalf("%+v, %+v, %v", add, bad, err)
		}
		before := d.state()
		again, _, err := d.Add(t.Context(), d.lin, adding("t1", incoming("诊断.pdf", pdf("1"))))
		if err != nil || again != add || before != d.state() {
			t.Errorf("sent twice: %+v, %v, %+v became %+v", again, err, before, d.state())
		}
		second, _, err := d.Add(t.Context(), d.lin, adding("t2", incoming("处方.pdf", pdf("2"))))
		if err != nil || second.Number != 2 {
			t.Errorf("the second: %+v, %v", second, err)
		}
		for what, in := range map[string]document.Adding{"no file": adding("t3"), "only bad ones": adding("t4", incoming("空.pdf", nil)), "no token": adding("", incoming("a.pdf", pdf("9")))} {
			if _, _, err := d.Add(t.Context(), d.lin, in); err == nil {
				t.Errorf("%s was taken", what)
			}
		}
		if _, _, err := d.Add(t.Context(), d.zhao, adding("t5", incoming("a.pdf", pdf("9")))); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("by somebody else: %v", err)
		}
		docs, adds := must(d.List(t.Context(), d.filing))(t), must(d.Additions(t.Context(), d.filing))(t)
		if len(docs) != 3 || docs[0].ID != first.ID || docs[0].Addition != "" || docs[1].Addition != add.ID || len(adds) != 2 || adds[1] != second {
			t.Errorf("%+v\n%+v", docs, adds)
		}
		if one, err := d.AdditionOf(t.Context(), d.filing, 1); err != nil || one != add {
			t.Errorf("%+v, %v", one, err)
		}
		if _, err := d.AdditionOf(t.Context(), d.another, 1); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("of another filing: %v", err)
		}
		for _, e := range must(audit.List(t.Context(), db, audit.Subject{Type: "filing", ID: d.filing}))(t) {
			if strings.Contains(e.Data, "CANARY") {
				t.Errorf("the record tells what was said: %s", e.Data)
			}
		}
	})
}

// TestOnce: a form sent twice keeps its file once; the same bytes as another paper, and other bytes, are new; without Once nothing is left out.
func TestOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		for i, c := range []struct {
			paper, body        string
			once               bool
			added, again, kept int
		}{
			{"statement", "1", true, 1, 0, 1},
			{"statement", "1", true, 0, 1, 1},
			{"medical", "1", true, 1, 0, 2},
			{"statement", "2", true, 1, 0, 3},
			{"statement", "1", false, 1, 0, 4},
		} {
			in := document.Attachment{FilingID: d.filing, Paper: c.paper, Once: c.once, Files: []document.Incoming{incoming("流水.pdf", pdf(c.body))}}
			got, err := d.Attach(t.Context(), d.lin, in)
			if err != nil || len(got.Documents) != c.added || got.Again != c.again {
				t.Errorf("form %d: %d added, %d again, %v", i+1, len(got.Documents), got.Again, err)
			}
			if n := len(d.stored()); n != c.kept {
				t.Errorf("after form %d %d files are stored, want %d", i+1, n, c.kept)
			}
		}
	})
}
