package kit

import (
	"crypto/aes"
	"crypto/cipher"
	"time"
)

// Keep has the browser hold a value for a while, such as the address a code was sent to or the token of answers given before signing in.
// It is sealed: the browser cannot read it, nor use it under another name, nor can another browser. Nothing is written to the database.
func (c *Ctx) Keep(name, value string, age time.Duration) {
	aead := keeper(c.kit.keys.keep)
	sealed := aead.Seal(nil, nil, []byte(value), c.keepPlace(name))
	c.setCookie(c.keepCookie(name), encode64(sealed), age)
}

// Kept returns a value the browser holds; ok is false when there is none or it was tampered with.
func (c *Ctx) Kept(name string) (value string, ok bool) {
	sealed, err := decode64(c.cookie(c.keepCookie(name)))
	if err != nil || len(sealed) == 0 {
		return "", false
	}
	plain, err := keeper(c.kit.keys.keep).Open(nil, nil, sealed, c.keepPlace(name))
	return string(plain), err == nil
}

// Drop has the browser forget a value.
func (c *Ctx) Drop(name string) {
	if c.cookie(c.keepCookie(name)) != "" {
		c.setCookie(c.keepCookie(name), "", -time.Second)
	}
}

func (c *Ctx) keepCookie(name string) string { return c.kit.cookies.keep + name }

func (c *Ctx) keepPlace(name string) []byte {
	return sign(c.kit.keys.keep, []byte(name), []byte(c.Browser()))
}

// keeper seals with AES-256-GCM and a random nonce in front. The key has the right size by construction, so it cannot fail.
func keeper(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}
