package account

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
)

const markBytes = 16

// KnownBrowser makes a token for a browser in which somebody has just signed in with a contact. It opens nothing: it only gives that
// browser its own allowance of codes for that contact. Empty for what is no contact.
func (s *Service) KnownBrowser(typed string) string {
	to, err := ParseContact(typed)
	if err != nil {
		return ""
	}
	mark := make([]byte, markBytes)
	_, _ = rand.Read(mark) // crypto/rand never fails
	return base64.RawURLEncoding.EncodeToString(append(mark, s.knownMAC(to, mark)...))
}

func (s *Service) knownMAC(to Contact, mark []byte) []byte {
	return s.box.MAC("known browser", []byte(to.Kind), []byte(to.Value), mark)
}

// knownMark reads the token of a browser; empty unless it was made for this contact.
func (s *Service) knownMark(to Contact, token string) string {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) <= markBytes {
		return ""
	}
	mark, mac := raw[:markBytes], raw[markBytes:]
	if !s.box.CheckMAC(mac, "known browser", []byte(to.Kind), []byte(to.Value), mark) {
		return ""
	}
	return hex.EncodeToString(mark)
}
