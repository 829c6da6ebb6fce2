package packs

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"reliefportal/app/rules"
)

// Every mistake is named with its file, and its line where there is one.
func TestLoadNamesTheMistake(t *testing.T) {
	tests := []struct {
		name, file, text, want string
	}{
		{"misspelt key", "pack.yaml", "id: x\nform: 2026-01-01", `unknown field "form"`},
		{"no first day", "pack.yaml", "id: x", "from are needed"},
		{"unknown fact", "finder.yaml", "terms:\n  - {id: a, when: {settled: \"no\"}}", `finder.yaml:2: no fact is called "settled"`},
		{"unknown option", "finder.yaml", "terms:\n  - {id: a, when: {paid: perhaps}}", `finder.yaml:2: fact paid has no option "perhaps"`},
		{"unknown term", "finder.yaml", "terms:\n  - {id: a, when: b}", `finder.yaml:2: no term is called "b"`},
		{"term twice", "finder.yaml", "terms: [{id: a, when: {paid: \"no\"}}, {id: a, when: {paid: \"no\"}}]", `term "a" is there twice`},
		{"wrong kind of fact", "finder.yaml", "terms: [{id: a, when: {within: {fact: paid, period: 3 day}}}]", "cannot be used on paid, which is a yesno"},
		{"no period", "finder.yaml", "terms: [{id: a, when: {past: {fact: served}}}]", `past needs "period"`},
		{"bad period", "finder.yaml", "terms: [{id: a, when: {past: {fact: served, period: 3 moons}}}]", "is no period"},
		{"bad level", "finder.yaml", "terms: [{id: a, when: {level: {fact: court, is: [5]}}}]", "is no court level"},
		{"question for an unknown fact", "questions.yaml", "questions: [{id: q, fact: nothing}]", `asks the unknown fact "nothing"`},
		{"bad citation", "clocks.yaml", "clocks: [{id: K05, length: 10 day, cite: CPL 236}]", "is not \"source article | standing | phrase\""},
		{"bad standing", "clocks.yaml", "clocks: [{id: K05, length: 10 day, cite: CPL 236 | sure}]", `standing "sure" is unknown`},
		{"unknown source", "clocks.yaml", "clocks: [{id: K05, length: 10 day, cite: ABC 1 | M}]", `no source is called "ABC"`},
		{"fact of no kind", "facts.yaml", "facts: [{id: a, kind: colour}]", `unknown kind "colour"`},
		{"choice without options", "facts.yaml", "facts: [{id: a, kind: choice}]", "at least two options"},
		{"unknown clock", "remedies/R1.yaml", "id: R1\nwindow: {clock: K99, from: served}", `unknown clock "K99"`},
		{"window from no date", "remedies/R1.yaml", "id: R1\nwindow: {clock: K05, from: paid}", "which is no date"},
		{"like nobody", "remedies/R1.yaml", "id: R1\nlike: R9", "no such remedy"},
		{"unknown paper", "remedies/R1.yaml", "id: R1\npapers: [b]", `no shared paper is called "b"`},
		{"unknown way", "remedies/R1.yaml", "id: R1\nshut: [{id: a, ways: [R9]}]", `no remedy is called "R9"`},
		{"a door that depends on having asked", "remedies/R1.yaml", "id: R1\nopen_when: {known: paid}", "may not depend on whether a question was answered"},
		{"route without a court", "routes.yaml", "rows: [{id: B1, remedies: [R1], step: above}]", "do not go together"},
		{"no holidays", "holidays/2026.json", "", "holiday"},
		{"living standard without source", "sums.yaml", "late_cite: CPL 1 | M\nover_cite: CPL 1 | M\nreserve_cite: CPL 1 | M\nstandards: [{region: \"44\", kind: urban, per_month: \"1\", from: 2026-01-01}]", "needs kind, sum, first day and source"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := small()
			files[tt.file] = &fstest.MapFile{Data: []byte(tt.text)}
			_, err := Load(files)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v, want %q", err, tt.want)
			}
		})
	}
}

func TestHashFollowsEveryByte(t *testing.T) {
	files := small()
	a, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Load(small())
	if err != nil || again.Hash != a.Hash {
		t.Errorf("the same files gave %s and %s, %v", a.Hash, again.Hash, err)
	}
	files["questions.yaml"] = &fstest.MapFile{Data: []byte("questions: [] ")}
	b, err := Load(files)
	if err != nil || b.Hash == a.Hash {
		t.Errorf("a changed file kept the hash %s, %v", a.Hash, err)
	}
}

func write(t *testing.T, dir, from, length string) {
	t.Helper()
	for name, file := range small() {
		b := file.Data
		b = bytes.ReplaceAll(b, []byte("from: 2026-01-01\n"), []byte("from: "+from+"\n"))
		b = bytes.ReplaceAll(b, []byte("length: 10 day"), []byte("length: "+length))
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpenAddsAFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "2027-small"), "2027-01-01", "10 day")
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ on, want string }{
		{"2020-01-01", "2026-11-enforcement"}, {"2026-12-31", "2026-11-enforcement"}, {"2027-01-01", "small"}, {"2030-01-01", "small"},
	} {
		if got := s.On(day(t, tt.on)); got.ID != tt.want {
			t.Errorf("on %s the pack is %s, want %s", tt.on, got.ID, tt.want)
		}
	}
	small := s.On(day(t, "2027-01-01"))
	if got, ok := s.ByHash(small.Hash); !ok || got != small {
		t.Error("the pack is not found by its hash")
	}
	if _, ok := s.ByHash("no such hash"); ok {
		t.Error("a hash nobody has found a pack")
	}
	if _, err := Open(filepath.Join(dir, "missing")); err == nil {
		t.Error("a folder that is not there was opened")
	}
	if err := os.WriteFile(filepath.Join(dir, "2027-small", "calls.yaml"), []byte("nonsense: 1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "2027-small") {
		t.Errorf("a broken pack was opened: %v", err)
	}
}

func TestDiffSaysWhatChanged(t *testing.T) {
	a, err := Load(small())
	if err != nil {
		t.Fatal(err)
	}
	if got := Diff(a, a); len(got) != 0 {
		t.Errorf("a pack differs from itself: %v", got)
	}
	files := small()
	files["clocks.yaml"] = &fstest.MapFile{Data: bytes.ReplaceAll(files["clocks.yaml"].Data, []byte("10 day"), []byte("15 day"))}
	files["remedies/R2.yaml"] = &fstest.MapFile{Data: []byte("id: R2")}
	b, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"remedy R1: Window changed", "remedy R2 is new", "clock K05: Length changed"}
	if got := Diff(a, b); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Diff(b, a); !slices.Contains(got, "remedy R2 is gone") {
		t.Errorf("%q", got)
	}
}

func TestCommandLineAnswers(t *testing.T) {
	s, p := pack(t)
	var b bytes.Buffer
	if err := List(&b, s, true); err != nil {
		t.Fatal(err)
	}
	var infos []PackInfo
	if err := json.Unmarshal(b.Bytes(), &infos); err != nil {
		t.Fatal(err)
	}
	if last := infos[len(infos)-1]; last.Hash != p.Hash || !slices.Contains(last.Remedies, "R15") || !slices.Contains(last.Exits, "X11") || last.Cases < 250 {
		t.Errorf("%+v", infos)
	}
	b.Reset()
	if err := ListFacts(&b, p); err != nil || !strings.Contains(b.String(), "ruling_served_on") {
		t.Errorf("the vocabulary lacks a fact, %v", err)
	}
	b.Reset()
	if n, err := CheckAll(&b, s, courts(t)); err != nil || n != 0 {
		t.Errorf("%d problems, %v: %s", n, err, b.String())
	}
	facts, err := ParseFacts(p, "f.yaml", []byte("topic: ruling\nruling_kind: objection\nruling_served_on: 2026-09-23\nruling_court: 深圳市南山区人民法院"))
	if err != nil {
		t.Fatal(err)
	}
	on := day(t, "2026-09-24")
	b.Reset()
	if err := WriteDoors(&b, p, facts, on, courts(t), true); err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Pack  string
		Doors []DoorInfo
	}
	if err := json.Unmarshal(b.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	d := answer.Doors[0]
	if d.Remedy != "R15" || d.State != rules.DoorUntil || d.LegalEnd.String() != "2026-10-08" || d.RawEnd.String() != "2026-10-03" ||
		d.Court != "广东省深圳市中级人民法院" || len(d.Next) == 0 || len(d.Citations) == 0 {
		t.Errorf("%+v", d)
	}
	b.Reset()
	if err := WriteDoors(&b, p, facts, on, courts(t), false); err != nil || !strings.Contains(b.String(), "until 2026-10-08") {
		t.Errorf("%v: %s", err, b.String())
	}
	b.Reset()
	if err := Explain(&b, p, facts, on, courts(t)); err != nil || !strings.Contains(b.String(), "B08") {
		t.Errorf("%v: %s", err, b.String())
	}
	for _, bad := range []string{"topic: nonsense", "nobody: yes", "ruling_served_on: someday", "debt: much", "topic: {a: b}"} {
		if _, err := ParseFacts(p, "f.yaml", []byte(bad)); err == nil || !strings.Contains(err.Error(), "f.yaml:1") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Words that shame, presume or shut out are nowhere in a pack.
func TestWordsAreKind(t *testing.T) {
	bad := []string{"老赖", "赖账", "欠债人", "失信人员", "黑名单", "被告人", "有关部门", "相关单位", "尽快", "deadbeat", "defaulter", "blacklist", "evader", "the debtor"}
	_, p := pack(t)
	b, err := json.Marshal(struct {
		F []rules.Fact
		Q []*rules.Question
		R []*rules.Remedy
		W []rules.RouteRow
		C []rules.ClockRule
		S []*rules.Instrument
		L rules.CallRules
	}{p.Facts, p.Questions, p.Remedies, p.Rows, p.Clocks, p.Surveys, p.Calls})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ToLower(string(b))
	for _, w := range bad {
		if i := strings.Index(text, w); i >= 0 {
			t.Errorf("%q is used: …%s…", w, text[max(0, i-60):min(len(text), i+60)])
		}
	}
}
