package document_test

import (
	"strings"
	"testing"

	"reliefportal/app/document"
	"reliefportal/app/fail"
)

func TestParseHash(t *testing.T) {
	const hash = "9f2c41aa07de5b13c8e06d941f7ba2359f2c41aa07de5b13c8e06d941f7ba235"
	for _, typed := range []string{hash, strings.ToUpper(hash), "SHA-256 9f2c 41aa 07de 5b13 c8e0 6d94 1f7b a235\n9f2c 41aa 07de 5b13 c8e0 6d94 1f7b a235",
		" sha-256: " + hash + " ", strings.Replace(hash, "9f2c", "９Ｆ２Ｃ", 1)} {
		if got, err := document.ParseHash(typed); err != nil || got != hash {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "9f2c", hash[:63], hash + "0", strings.Replace(hash, "9", "g", 1), "流水.pdf"} {
		if got, err := document.ParseHash(typed); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("%q was read as %q", typed, got)
		}
	}
}
