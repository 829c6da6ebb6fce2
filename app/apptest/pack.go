package apptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reliefportal/app/packs"
)

// Edit changes one file of a pack: the text Old, which must be there, becomes New. An empty Old writes the whole file.
type Edit struct{ File, Old, New string }

// PackDir makes a folder of packs (as PORTAL_PACKS_DIR names one) with one in it: the newest built-in pack under another id and first day, and
// with the edits. Text files only, so that a test says in a line what its law changes.
func PackDir(t testing.TB, id, from string, edits ...Edit) string {
	t.Helper()
	data := filepath.Join(moduleRoot(t), "app", "packs", "data")
	set, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	all := set.All()
	newest := all[len(all)-1]
	dir := t.TempDir()
	root := filepath.Join(dir, id)
	if err := os.CopyFS(root, os.DirFS(filepath.Join(data, newest.ID))); err != nil {
		t.Fatal(err)
	}
	head := []Edit{{"pack.yaml", "id: " + newest.ID, "id: " + id}, {"pack.yaml", "from: " + newest.From.String(), "from: " + from}}
	for _, e := range append(head, edits...) {
		apply(t, root, e)
	}
	return dir
}

// moduleRoot is the folder of go.mod, above the one a test runs in.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the folder of the test")
		}
		dir = up
	}
}

func apply(t testing.TB, root string, e Edit) {
	t.Helper()
	name := filepath.Join(root, e.File)
	text, err := os.ReadFile(name)
	if err != nil && e.Old != "" {
		t.Fatal(err)
	}
	now := e.New
	if e.Old != "" {
		if !strings.Contains(string(text), e.Old) {
			t.Fatalf("%s does not say %q", e.File, e.Old)
		}
		now = strings.Replace(string(text), e.Old, e.New, 1)
	}
	if err := os.WriteFile(name, []byte(now), 0o600); err != nil {
		t.Fatal(err)
	}
}

// OpenPacks opens the built-in packs and those of a folder.
func OpenPacks(t testing.TB, dir string) *packs.Set {
	t.Helper()
	set, err := packs.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// Year2027 is a holiday file for a year whose notice is not out: days off from 1 January to the last day given, made up for tests.
func Year2027(last string) Edit {
	text := `{"year":2027,"days":[`
	for _, day := range []string{"2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04", "2027-01-05"} {
		if day <= last {
			text += `{"name":"元旦","date":"` + day + `","isOffDay":true},`
		}
	}
	return Edit{File: "holidays/holiday-2027.json", New: strings.TrimSuffix(text, ",") + "]}"}
}
