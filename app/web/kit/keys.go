package kit

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
)

// shortestKey is the least number of bytes of a secret that may sign tokens.
const shortestKey = 16

// keys are the signing keys of the web frame, each derived for one purpose, so that a token of one kind is never one of another.
type keys struct {
	form, cursor, flash []byte
}

// deriveKeys makes the signing keys from the program's secret.
func deriveKeys(secret []byte) (keys, error) {
	if len(secret) < shortestKey {
		return keys{}, fmt.Errorf("web key has %d bytes, needs at least %d", len(secret), shortestKey)
	}
	var k keys
	var errs []error
	for purpose, into := range map[string]*[]byte{"web/form": &k.form, "web/cursor": &k.cursor, "web/flash": &k.flash} {
		key, err := hkdf.Key(sha256.New, secret, nil, purpose, sha256.Size)
		*into = key
		errs = append(errs, err)
	}
	return k, errors.Join(errs...)
}

// sign returns the HMAC-SHA-256 of the parts. Each part is led by its length, so that moving a byte from one to the next changes the result.
func sign(key []byte, parts ...[]byte) []byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		fmt.Fprintf(mac, "%d:", len(part))
		mac.Write(part)
	}
	return mac.Sum(nil)
}

// randomToken returns 256 random bits as text that is safe in cookies and addresses.
func randomToken() string {
	var b [32]byte
	rand.Read(b[:])
	return encode64(b[:])
}

func encode64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func decode64(s string) ([]byte, error) { return base64.RawURLEncoding.DecodeString(s) }
