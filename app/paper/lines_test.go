package paper

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// even measures as on a typewriter: a Chinese character 2, everything else 1.
func even(s string) float64 {
	w := 0.0
	for _, r := range s {
		if r >= 0x2e80 {
			w++
		}
		w++
	}
	return w
}

func TestBreakLines(t *testing.T) {
	for name, c := range map[string]struct {
		in    string
		width float64
		want  string
	}{
		"fits":                       {"收到您的申请", 12, "收到您的申请"},
		"one too wide":               {"收到您的申请", 11, "收到您的申/请"},
		"closing stays":              {"收到了。好", 6, "收到/了。好"},
		"opening goes down":          {"看《民法》", 5, "看/《民/法》"},
		"word stays whole":           {"ab cdef gh", 6, "ab/cdef/gh"},
		"word too wide":              {"abcdefgh", 3, "abc/def/gh"},
		"date stays whole":           {"最晚2026年10月8日（周四）前交", 22, "最晚/2026年10月8日（周四）/前交"},
		"case number stays whole":    {"案号（2024）粤0305执1234号的", 22, "案号/（2024）粤0305执1234号/的"},
		"paragraphs":                 {"一\n\n二", 10, "一//二"},
		"empty":                      {"", 10, ""},
		"space at the break is gone": {"abc def", 3, "abc/def"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(breakLines(c.in, c.width, even), "/"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestBreakLinesKeepsEverything(t *testing.T) {
	letters := []rune("甲乙丙丁，。、；（）《》“”……——abcXYZ019-./ \U0002CC74䶮2026年10月8日号")
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringOfN(rapid.SampledFrom(letters), 0, 80, -1).Draw(t, "text")
		width := rapid.Float64Range(2, 40).Draw(t, "width")
		got := breakLines(in, width, even)
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if a, b := squeeze(strings.Join(got, "")), squeeze(in); a != b {
			t.Fatalf("lost or added: %q from %q", a, b)
		}
		for _, line := range got {
			if even(line) > width && utf8.RuneCountInString(line) > 1 {
				t.Fatalf("line %q is %v wide, over %v", line, even(line), width)
			}
		}
	})
}

func TestBreakLinesPunctuation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringMatching(`([甲乙丙丁]{1,3}[，。、]?|《[甲乙]{1,3}》|（[甲乙]{1,3}）|“[甲乙]{2}”){1,20}`).Draw(t, "text")
		for _, line := range breakLines(in, rapid.Float64Range(14, 60).Draw(t, "width"), even) {
			first, _ := firstRune(line)
			if line != "" && strings.ContainsRune(noStart, first) {
				t.Fatalf("line begins with %q: %q", first, line)
			}
			if endsOpen(line) {
				t.Fatalf("line ends open: %q", line)
			}
		}
	})
}
