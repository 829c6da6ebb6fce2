// Package finder keeps the answers of a visitor who has not signed in, so that he can look for his doors without an account and come
// back to them. The answers are sealed; the browser alone holds the token that opens them.
package finder

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
)

// Life is how long answers are kept after their last change (PROJECT): long enough to fetch a paper from home, short enough for a
// shared telephone.
const Life = 14 * 24 * time.Hour

// Visit is one visitor's answers.
type Visit struct {
	// Code is what the visitor can read out to legal aid, such as D-5QX8. It opens nothing by itself.
	Code string
	// Facts are the answers so far.
	Facts rules.Facts
	// UpdatedAt is the instant of the last answer, ExpiresAt when the answers are removed (UTC).
	UpdatedAt, ExpiresAt time.Time
}

// row is the table finder_visit.
type row struct {
	ID          string
	Code        string
	TokenHash   []byte
	FactsSealed []byte
	Lang        string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	ExpiresAt   time.Time
}

// TableName is the table of row.
func (row) TableName() string { return "finder_visit" }

// newToken makes the 256 random bits that the browser keeps.
func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// hash is what the table keeps of a token. The token is random, so a plain hash cannot be searched.
func hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

const codeAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" // 32 signs, none of 0 O 1 I

// newCode makes a code of n signs; the table refuses one that is taken.
func newCode(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand never fails
	for i := range b {
		b[i] = codeAlphabet[b[i]&31]
	}
	return "D-" + string(b)
}

func factsAD(id string) seal.AD { return seal.AD{Table: "finder_visit", Column: "facts", Row: id} }

// Relevant are the answers to questions that today's finder still asks. After a change of an early answer the later ones it made
// pointless stay kept, in case the visitor changes back, but nothing reads them.
func Relevant(p *rules.Pack, f rules.Facts, on calendar.Date) rules.Facts {
	out := rules.Facts{}
	for _, q := range p.Finder {
		if v, asked := f[q.Fact]; asked {
			out[q.Fact] = v
		}
	}
	for dropped := true; dropped; {
		dropped = false
		env := p.Env(out, on, nil)
		for _, q := range p.Finder {
			// Whether a door is late is not known here; a question that hangs on it keeps its answer.
			if out.Asked(q.Fact) && env.Eval(&q.Ask) != rules.True && !q.Ask.Has(rules.OpLate) {
				delete(out, q.Fact)
				dropped = true
			}
		}
	}
	return out
}
