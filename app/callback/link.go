package callback

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
	"time"
)

// Channel is how a link to answer alone reaches the person.
type Channel string

// The channels.
const (
	ByMessage Channel = "message" // e-mail or text message, by his safe-contact rules
	BySheet   Channel = "sheet"   // printed, with a code to photograph, handed out closed
)

// Invite is the one way in which the person of a case may answer alone; a row of callback_invite. The token of the link is kept as a
// keyed hash only; so is the browser that was bound by the start.
type Invite struct {
	CaseID     string `gorm:"primaryKey"`
	Tag        []byte
	BrowserTag []byte
	CodeSealed []byte
	Channel    Channel
	Version    int64
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	ExpiresAt  time.Time
	StartedAt  *time.Time
	DoneAt     *time.Time
}

// TableName names the table.
func (Invite) TableName() string { return "callback_invite" }

// Entry is what whoever holds a link finds behind it.
type Entry string

// The entries.
const (
	EntryNew     Entry = "new"     // nobody has started: a press of the button begins
	EntryStarted Entry = "started" // begun in another browser: the short code goes on here
	EntryMine    Entry = "mine"    // begun in this browser, which goes on
	EntryBusy    Entry = "busy"    // a caller is speaking with the person at this moment
	EntryDone    Entry = "done"    // answered, on the telephone or alone
	EntryStopped Entry = "stopped" // the person does not want to be asked, or nothing more is asked
	EntryExpired Entry = "expired" // the time for answering is over
)

// EntryOf says what lies behind a link at now. stopped: the person refused for good, over whichever channel.
func EntryOf(i Invite, c Case, letter string, stopped bool, now time.Time) Entry {
	switch {
	case stopped:
		return EntryStopped
	case c.Status == Closed && (letter == "I" || letter == "P"), i.DoneAt != nil:
		return EntryDone
	case c.Status == Closed:
		return EntryStopped
	case !now.Before(i.ExpiresAt):
		return EntryExpired
	case c.heldByOther(c.PersonID, now):
		return EntryBusy
	case i.StartedAt != nil:
		return EntryStarted
	}
	return EntryNew
}

// tokenBytes is the length of the secrets of links and browsers: 256 random bits, far beyond guessing.
const tokenBytes = 32

func newToken() string {
	var raw [tokenBytes]byte
	_, _ = rand.Read(raw[:]) // never fails: the program ends if the system has no randomness
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// wellFormed keeps everything that cannot be a token away from the database.
func wellFormed(token string) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	return err == nil && len(raw) == tokenBytes
}

// codeLength is how many characters the short code has: forty random bits, good against TriesAtCode tries.
const codeLength = 8

// newCode makes a short code in the alphabet of rand.Text (A-Z, 2-7), shown in two groups.
func newCode() string {
	code := rand.Text()[:codeLength]
	return code[:codeLength/2] + "-" + code[codeLength/2:]
}

// sameCode compares codes as people type them: without regard to case, gaps and dashes.
func sameCode(typed, code string) bool {
	return code != "" && onlyCode(typed) == onlyCode(code)
}

func onlyCode(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '2' && r <= '7' {
			return r
		}
		return -1
	}, strings.ToUpper(s))
}
