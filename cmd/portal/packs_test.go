package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPacksCommands(t *testing.T) {
	dir := fresh(t)
	facts := filepath.Join(dir, "facts.yaml")
	if err := os.WriteFile(facts, []byte("topic: account\nrole: self\ncase_state: running\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		args []string
		want string
	}{
		{[]string{"packs", "list"}, "2026-11-enforcement"},
		{[]string{"packs", "facts"}, "case_state"},
		{[]string{"packs", "explain", "--facts", facts, "--on", "2026-11-23"}, "R01"},
		{[]string{"packs", "diff", "2026-11-enforcement", "2026-11-enforcement"}, "they say the same"},
		{[]string{"doors", "--facts", facts}, "R01"},
	}
	for _, c := range cases {
		if out, err := run(t, c.args...); err != nil || !strings.Contains(out, c.want) {
			t.Errorf("%v: %v\n%.300s", c.args, err, out)
		}
	}
	for _, args := range [][]string{{"packs", "list", "--json"}, {"doors", "--facts", facts, "--json"}} {
		if out, err := run(t, args...); err != nil || !json.Valid([]byte(out)) {
			t.Errorf("%v: %v, no JSON:\n%.300s", args, err, out)
		}
	}
	for _, args := range [][]string{{"packs"}, {"packs", "diff", "a"}, {"packs", "diff", "a", "b"}, {"doors"}, {"doors", "--facts", facts, "--on", "tomorrow"}, {"doors", "--facts", "nowhere"}} {
		if _, err := run(t, args...); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

// TestPacksCheck holds the status of the command to what it says, and a pack that cannot be read to an error.
func TestPacksCheck(t *testing.T) {
	dir := fresh(t)
	out, err := run(t, "packs", "check")
	if failed := errors.Is(err, errSaid); failed != strings.Contains(out, ": ") || err != nil && !failed {
		t.Errorf("%v\n%s", err, out)
	}
	broken := filepath.Join(dir, "packs", "2026-12-broken")
	if err := os.MkdirAll(broken, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(broken, "pack.yaml"), []byte("nonsense: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PORTAL_PACKS_DIR", filepath.Dir(broken))
	if _, err := run(t, "packs", "check"); err == nil || errors.Is(err, errSaid) || !strings.Contains(err.Error(), "2026-12-broken") {
		t.Errorf("a broken pack gives %v", err)
	}
}
