package rules_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/rules"
)

// TestReasons: reasons come back with the option they were given for, through storage too, and never run into each other.
func TestReasons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.MapOf(rapid.StringMatching("[a-z_]{1,8}"), rapid.String()).Draw(t, "reasons")
		raw, err := json.Marshal(rules.WithReasons(given))
		if err != nil {
			t.Fatal(err)
		}
		var kept rules.Value
		if err := json.Unmarshal(raw, &kept); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for id, why := range given {
			want[id] = strings.Join(strings.Fields(strings.ToValidUTF8(why, "\uFFFD")), " ")
		}
		if got := kept.Reasons(); !maps.Equal(got, want) {
			t.Fatalf("%q became %q", want, got)
		}
	})
	if got := rules.Picks("b", "a").Reasons(); len(got) != 2 || got["a"] != "" {
		t.Errorf("without reasons: %q", got)
	}
	if got := (rules.Value{}).Reasons(); len(got) != 0 {
		t.Errorf("of nothing: %q", got)
	}
}
