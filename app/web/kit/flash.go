package kit

import (
	"crypto/hmac"
	"encoding/json"
	"time"

	"reliefportal/app/i18n"
)

// flashAge is how long a sentence waits for the page that shows it.
const flashAge = time.Minute

// flashText is a sentence on its way to the next page. It travels as a key in a signed cookie: no row is written for it, and nobody can
// make the portal say something it never meant to.
type flashText struct {
	Key  string         `json:"k"`
	Args map[string]any `json:"a,omitempty"`
}

// Flash has the next page say one sentence about what was just done. kv are values for it; they travel through the browser, so they hold
// nothing personal.
func (c *Ctx) Flash(key string, kv ...any) {
	text := flashText{Key: key}
	for i := 0; i+1 < len(kv); i += 2 {
		if text.Args == nil {
			text.Args = map[string]any{}
		}
		text.Args[kv[i].(string)] = kv[i+1]
	}
	body, err := json.Marshal(text)
	if err != nil {
		panic("kit: flash values must be texts or numbers")
	}
	mac := sign(c.kit.keys.flash, []byte(c.Browser()), body)
	c.setCookie(c.kit.cookies.flash, encode64(append(mac, body...)), flashAge)
}

// takeFlash returns the waiting sentence and removes it.
func (c *Ctx) takeFlash() string {
	if c.flash != nil {
		return *c.flash
	}
	said := ""
	if cookie := c.cookie(c.kit.cookies.flash); cookie != "" {
		said = c.readFlash(cookie)
		c.setCookie(c.kit.cookies.flash, "", -time.Second)
	}
	c.flash = &said
	return said
}

func (c *Ctx) readFlash(cookie string) string {
	raw, err := decode64(cookie)
	if err != nil || len(raw) < 32 || !hmac.Equal(raw[:32], sign(c.kit.keys.flash, []byte(c.Browser()), raw[32:])) {
		return ""
	}
	var text flashText
	if err := json.Unmarshal(raw[32:], &text); err != nil {
		return ""
	}
	return i18n.With(c.Lang, text.Key, text.Args)
}
