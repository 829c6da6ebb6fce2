package kit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
)

// CSRFField is the name of the hidden field that carries the form token.
const CSRFField = "_csrf"

// formToken returns a token that belongs to the browser holding the form cookie. The fixed part is masked with fresh random bytes,
// so that no two pages hold the same text and compression cannot leak it (BREACH).
func formToken(key []byte, cookie string) string {
	mac := sign(key, []byte(cookie))
	token := make([]byte, 2*sha256.Size)
	rand.Read(token[:sha256.Size])
	for i, b := range mac {
		token[sha256.Size+i] = b ^ token[i]
	}
	return encode64(token)
}

// validFormToken says whether the token was made for the browser holding the form cookie. It compares in constant time.
func validFormToken(key []byte, cookie, token string) bool {
	raw, err := decode64(token)
	if err != nil || len(raw) != 2*sha256.Size || cookie == "" {
		return false
	}
	mac := make([]byte, sha256.Size)
	for i := range mac {
		mac[i] = raw[i] ^ raw[sha256.Size+i]
	}
	return hmac.Equal(mac, sign(key, []byte(cookie)))
}
