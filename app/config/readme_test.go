package config_test

import (
	"os"
	"strings"
	"testing"

	"reliefportal/app/config"
)

// TestReadmeListsEverySetting keeps the table of the README true.
func TestReadmeListsEverySetting(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "<!-- settings: kept true by a test -->\n")
	table, _, ended := strings.Cut(rest, "<!-- end of settings -->")
	if !found || !ended {
		t.Fatal("the README marks no table of settings")
	}
	if table != config.Markdown() {
		t.Errorf("the README has another table of settings; it should be:\n%s", config.Markdown())
	}
}
