package reviewer_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"reliefportal/app/document"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// nose is a scanner that finds the word VIRUS, and gives no answer while it is out.
type nose struct{ out bool }

func (n *nose) Scan(_ context.Context, r io.Reader) (document.Verdict, error) {
	if n.out {
		return document.Verdict{}, errors.New("connection refused")
	}
	data, err := io.ReadAll(r)
	if bytes.Contains(data, []byte("VIRUS")) {
		return document.Verdict{Found: "Test"}, err
	}
	return document.Verdict{Clean: true}, err
}

// paperWith is a PDF with something in its catalog.
func paperWith(catalog string) []byte {
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + catalog + " >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
}

// TestPapersAreChecked: a body opens no file before the scanner found it clean, an infected one never, and is warned of a PDF with active content.
func TestPapersAreChecked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := webtest.Start(t, db)
		scanner := &nose{out: true}
		p.Documents.Scanner = scanner
		who := debtor(t, p, "13800006071")
		f := draft(t, p, who, execCourt)
		upload := func(name string, body []byte) document.Document {
			t.Helper()
			doc, err := p.Documents.Upload(t.Context(), who, f.ID, "evidence", name, bytes.NewReader(body), int64(len(body)))
			if err != nil {
				t.Fatal(err)
			}
			return doc
		}
		good, bad := upload("会动的.pdf", paperWith("/OpenAction 2 0 R /Names << /JavaScript 3 0 R >>")), upload("坏的.pdf", paperWith("% VIRUS\n"))
		f, _, err := p.Filings.Get(t.Context(), who, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		submitted(t, p, who, f)
		c := p.SignInStaff(t, "nanshan.lian")
		desk := "/staff/f/" + f.ID
		opens := func(d document.Document, status int) {
			t.Helper()
			c.GetRaw(desk + "/files/" + d.ID).Is(status)
		}
		c.Get(desk+"?paper="+good.ID).Is(200).Says("会动的.pdf", zh("work.file_checking"))
		if c.Page.Has("a[href='" + desk + "/files/" + good.ID + "']") {
			t.Error("a file that is not checked can be opened from the desk")
		}
		opens(good, http.StatusConflict)
		scanner.out = false
		p.Work(t)
		for _, d := range []document.Document{good, bad} { // what the jobs' own tries have not reached yet
			if err := p.Documents.Recheck(t.Context(), d.ID); err != nil {
				t.Fatal(err)
			}
		}
		c.Get(desk+"?paper="+good.ID).Is(200).Says("会动的.pdf", "JavaScript, OpenAction")
		opens(good, http.StatusOK)
		c.Get(desk+"?paper="+bad.ID).Is(200).Says("坏的.pdf", zh("work.file_refused"))
		opens(bad, http.StatusConflict)
		messages, err := p.Outbox(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, m := range messages {
			if strings.Contains(m.Body, "里有病毒，没有交出去") {
				told++
			}
			if strings.Contains(m.Body, "坏的") {
				t.Errorf("a message names the file: %s", m.Body)
			}
		}
		if told != 1 {
			t.Errorf("the person was told %d times of the virus", told)
		}
	})
}
