package seal_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/seal"
)

func TestWords(t *testing.T) {
	cases := []struct {
		text string
		want []string
	}{
		{"冻结工资卡", []string{"冻结", "工资", "结工", "资卡"}},
		{"林", nil},
		{"（2024）粤0305执1234号", []string{"0305", "1234", "2024"}},
		{"(２０２４)粤0305执1234号", []string{"0305", "1234", "2024"}},
		{"Wang Wei, R01", []string{"01", "r", "wang", "wei"}},
		{"工资 工资", []string{"工资"}},
		{"工资，卡", []string{"工资"}},
		{"", nil},
	}
	for _, c := range cases {
		if got := seal.Words(c.text); !slices.Equal(got, c.want) {
			t.Errorf("Words(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// TestTokensHideTheirWords: what is looked for is found again by the same key and by a box that has it among its previous ones, and by no other;
// kinds do not mix, and nothing of the text stands in a token.
func TestTokensHideTheirWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("冻结工资卡林晓芸周敏abc0123456789 ，")), 2, 40, -1).Draw(t, "text")
		old, other := newBox(t, testKey(1)), newBox(t, testKey(9))
		later := newBox(t, testKey(9), testKey(1))
		kept := old.Tokens("queue", text)
		for _, group := range later.QueryTokens("queue", text) {
			if !slices.ContainsFunc(group, func(x string) bool { return slices.Contains(kept, x) }) {
				t.Fatalf("%q is not found after the key was changed", text)
			}
		}
		for _, x := range append(old.Tokens("decision", text), other.Tokens("queue", text)...) {
			if slices.Contains(kept, x) {
				t.Fatalf("a token of another kind or key is the same: %s", x)
			}
		}
		for _, x := range kept {
			if len(x) != 12 || strings.Trim(x, "abcdefghijklmnop") != "" {
				t.Fatalf("token %q", x)
			}
		}
	})
}
