package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"流水.pdf":                          "流水.pdf",
		"../../etc/passwd":                "passwd",
		`..\..\boot.ini`:                  "boot.ini",
		"a/../b.pdf":                      "b.pdf",
		"a\x00b\r\nc.pdf":                 "abc.pdf",
		"\u202Efdp.exe":                   "fdp.exe",
		".htaccess":                       "htaccess",
		"  空格 .pdf ":                      "空格 .pdf",
		"..":                              "",
		"":                                "",
		"-rf.pdf":                         "-rf.pdf",
		"=cmd|x.pdf":                      "=cmd|x.pdf",
		"<img onerror=1>.jpg":             "<img onerror=1>.jpg",
		"%2e%2e%2fx.pdf":                  "%2e%2e%2fx.pdf",
		"\xc1\xf7\xcb\xae.pdf":            "流水.pdf", // GBK
		"🧾.jpg":                           "🧾.jpg",
		strings.Repeat("长", 300) + ".pdf": strings.Repeat("长", maxName-4) + ".pdf",
		"x." + strings.Repeat("y", 300):   "x." + strings.Repeat("y", maxName-2),
	} {
		if got := cleanName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCleanNameAlwaysFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := cleanName(string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")))
		if !utf8.ValidString(got) || strings.ContainsAny(got, "/\\\x00\r\n") || utf8.RuneCountInString(got) > maxName {
			t.Fatalf("%q", got)
		}
		if again := cleanName(got); again != got {
			t.Fatalf("not stable: %q then %q", got, again)
		}
	})
}
