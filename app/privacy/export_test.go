package privacy_test

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"path"
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/privacy"
	"reliefportal/app/store/storetest"
)

// fetched opens the copy the way its person does, by name of entry.
func (w *world) fetched(t *testing.T, e privacy.Export) map[string]string {
	t.Helper()
	_, body, err := w.Privacy.Fetch(t.Context(), w.who, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	if err := body.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

// TestCopyHoldsEverything: what a person wrote, was told, was decided, and handed in is in his copy, in words and for machines; what would
// open something, or name staff, is not.
func TestCopyHoldsEverything(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const reasons = "经查，冻结未留必需费用的主张，依据现有材料不能支持。"
		w.decide(t, reasons)
		all := w.fetched(t, w.exported(t))
		read, data := html.UnescapeString(all["先看这个.html"]), all["data.json"]
		for _, want := range []string{canary, draftly, "林晓芸", "+86" + phone, reasons, court, "裁定书.pdf", w.filed.Code()} {
			if !strings.Contains(read, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		for _, want := range []string{canary, draftly, "林晓芸", "+86" + phone, reasons, "青山", `"what_happened"`} {
			if !strings.Contains(data, want) {
				t.Errorf("data.json does not say %q", want)
			}
		}
		for _, never := range []string{"submit_key", "blob_key", "_sealed", "code_index", w.Staff(t, "nanshan.shen1").PersonID} {
			if strings.Contains(data, never) {
				t.Errorf("data.json says %q", never)
			}
		}
		originals := 0
		for name, text := range all {
			if text == string(pdf) {
				originals++
			}
			if path.Clean(name) != name || strings.HasPrefix(name, "/") || strings.Contains(name, "..") || strings.ContainsRune(name, '\u202e') {
				t.Errorf("an entry is called %q", name)
			}
		}
		if originals != 2 {
			t.Errorf("%d files came back as they were handed in, want 2", originals)
		}
	})
}

// TestCopyIsForItsPersonOnly: it takes a code of that browser, and nobody else, whatever he is to the filing, has a share in it.
func TestCopyIsForItsPersonOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		if _, err := w.Privacy.AskExport(ctx, w.who, "12345678", browser, "en"); key(err) != "signin.code_expired" {
			t.Errorf("without a code: %v", err)
		}
		w.Time.Add(time.Minute)
		if _, err := w.Accounts.AskProof(ctx, w.who, account.ToExport, browser, "en"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Privacy.AskExport(ctx, w.who, w.code(t), "another browser", "en"); key(err) != "signin.code_expired" {
			t.Errorf("with the code of another browser: %v", err)
		}
		e := w.exported(t)
		helped := w.who
		helped.By = &account.Helper{PersonID: w.Staff(t, "bangzhu.1").PersonID, FilingID: w.filed.ID}
		for name, a := range map[string]account.Actor{"staff who type for him": helped, "another person": w.Debtor(t, "other@example.cn"), "staff": w.Staff(t, "nanshan.lian"), "an administrator": w.Staff(t, "guanli")} {
			if _, _, err := w.Privacy.Fetch(ctx, a, e.ID); key(err) != "not found" {
				t.Errorf("%s fetched it: %v", name, err)
			}
		}
		for name, a := range map[string]account.Actor{"staff who type for him": helped, "staff": w.Staff(t, "guanli")} {
			if _, err := w.Accounts.AskProof(ctx, a, account.ToExport, browser, "en"); key(err) != "not found" {
				t.Errorf("%s asked for a code: %v", name, err)
			}
			if _, err := w.Privacy.Exports(ctx, a); key(err) != "not found" {
				t.Errorf("%s listed copies: %v", name, err)
			}
		}
	})
}

// TestCopyGoesAfterItsTime: a copy can be fetched for seven days to the second, is told of once, and then its bytes are gone.
func TestCopyGoesAfterItsTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		e := w.exported(t)
		if n := w.count(t, "notice", "person_id = ? AND kind = 'export_ready'", w.who.PersonID); n != 1 {
			t.Errorf("told %d times", n)
		}
		w.Time.Add(privacy.ExportLife - time.Second)
		if err := w.Privacy.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		w.fetched(t, e)
		w.Time.Add(time.Second)
		if _, _, err := w.Privacy.Fetch(ctx, w.who, e.ID); key(err) != "export.gone" {
			t.Errorf("at its end: %v", err)
		}
		if err := w.Privacy.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if n := w.count(t, "data_export", "blob_key IS NOT NULL"); n != 0 {
			t.Errorf("%d copies still have a file", n)
		}
		events, err := audit.List(ctx, w.DB, audit.Subject{Type: account.SubjectPerson, ID: w.who.PersonID})
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, ev := range events {
			if strings.HasPrefix(ev.Kind, "export.") {
				kinds = append(kinds, ev.Kind)
			}
		}
		if got := strings.Join(kinds, " "); got != "export.asked export.ready export.fetched export.gone" {
			t.Errorf("the record says %s", got)
		}
	})
}

// TestEveryTableIsAccountedFor: a copy takes from each table of the database what concerns the person, or the list says why it takes nothing.
// A table that is in neither list fails here, so that whoever adds one decides.
func TestEveryTableIsAccountedFor(t *testing.T) {
	db := storetest.SQLite(t)
	var tables []string
	err := db.Read(t.Context()).Raw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'river_%' AND name NOT LIKE '%_fts_%' AND name NOT LIKE '%goose%'").Scan(&tables).Error
	if err != nil || len(tables) < 40 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	there := map[string]bool{}
	for _, name := range tables {
		there[name] = true
		if in, why := privacy.TakesFrom(name); !in && why == "" {
			t.Errorf("nothing says whether a person's copy takes from %s: put it into sources or aside", name)
		} else if in && why != "" {
			t.Errorf("%s is in both lists", name)
		}
	}
	for _, name := range privacy.Accounted() {
		if !there[name] {
			t.Errorf("there is no table %s", name)
		}
	}
}
