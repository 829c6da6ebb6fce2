package document

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"golang.org/x/text/width"

	"reliefportal/app/fail"
)

// ParseHash reads a SHA-256 fingerprint as a person types or copies it: groups with spaces, capital or full-width letters, with or without
// "SHA-256" before it. Error: Invalid "hash".
func ParseHash(typed string) (string, error) {
	s := strings.ToLower(width.Narrow.String(typed))
	s = strings.TrimPrefix(strings.TrimSpace(s), "sha-256")
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\r\u00a0:-", r) {
			return -1
		}
		return r
	}, s)
	if b, err := hex.DecodeString(s); err != nil || len(b) != sha256.Size {
		return "", fail.Invalid(fail.F("hash", "compare.bad"))
	}
	return s, nil
}
