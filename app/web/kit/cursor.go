package kit

import (
	"crypto/hmac"
	"encoding/json"

	"reliefportal/app/fail"
)

// cursorMAC is the number of signature bytes kept in a cursor: enough that nobody guesses one, short enough for an address.
const cursorMAC = 16

// Cursor turns the last row's sort values into opaque, signed text for the "next" link of a list. scope names the list and whose it is,
// so that a cursor of one list is refused by every other.
func (c *Ctx) Cursor(scope string, position any) (string, error) {
	return encodeCursor(c.kit.keys.cursor, scope, position)
}

// ReadCursor reads the query parameter "after" into position. found is false when the list starts at its beginning; a cursor that was
// altered, or belongs to another list, is not found.
func (c *Ctx) ReadCursor(scope string, position any) (found bool, err error) {
	text := c.Query("after")
	if text == "" {
		return false, nil
	}
	return true, decodeCursor(c.kit.keys.cursor, scope, text, position)
}

func encodeCursor(key []byte, scope string, position any) (string, error) {
	body, err := json.Marshal(position)
	if err != nil {
		return "", err
	}
	return encode64(append(sign(key, []byte(scope), body)[:cursorMAC:cursorMAC], body...)), nil
}

func decodeCursor(key []byte, scope, text string, position any) error {
	raw, err := decode64(text)
	if err != nil || len(raw) <= cursorMAC {
		return fail.NotFound()
	}
	mac, body := raw[:cursorMAC], raw[cursorMAC:]
	if !hmac.Equal(mac, sign(key, []byte(scope), body)[:cursorMAC]) {
		return fail.NotFound()
	}
	return json.Unmarshal(body, position)
}
