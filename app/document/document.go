// Package document keeps the evidence people hand in. The original bytes are sealed and never changed; what people look at is a
// copy made anew from the pixels, without the place, time and device a phone writes into a picture. Every stored file has a
// row and every row has its file.
package document

import (
	"context"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
)

// Limits of evidence (house rules, section 9).
const (
	MaxFile   = 20 << 20  // bytes of one file
	MaxFiling = 100 << 20 // bytes of all files of a filing
	MaxFiles  = 20        // files of a filing
	MaxPixels = 40_000_000
)

// Document is one file handed in.
type Document struct {
	ID       string
	FilingID string
	PersonID string // who handed it in
	Paper    string // key of the paper it is, from the rule pack
	Name     string // as the person called it, made fit to be shown
	Mime     Kind   // found in the bytes
	Size     int64  // bytes
	SHA256   string // of the original, lower-case hexadecimal
	State    State
	At       time.Time // instant it was received

	HasCopy    bool // a copy without metadata exists
	CopyMime   Kind
	CopySize   int64
	CopySHA256 string
}

// State says how far a document has come.
type State string

// The states. A document is on the receipt in either: the copy is a convenience for readers, not a condition.
const (
	Received State = "received" // the original is stored
	Ready    State = "ready"    // looked at, and copied where a copy is made
)

// Owner is the filing's side of handing in files; package filing implements it.
type Owner interface {
	// MayAttach fails unless actor may add or remove evidence of this filing now. It runs in the transaction of the change, with
	// the filing's row locked, and may write there.
	MayAttach(ctx context.Context, tx *gorm.DB, actor account.Actor, filingID string) error
}
