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
	Note     string // what it shows, in the person's words; often empty
	Mime     Kind   // found in the bytes
	Size     int64  // bytes
	SHA256   string // of the original, lower-case hexadecimal
	State    State
	Scan     Scan
	Scanned  time.Time // instant of the scanner's answer; zero without one
	Flags    []string  // names of active content found in a PDF, such as JavaScript; a reader must open it with care
	At       time.Time // instant it was received
	Addition string    // id of the later addition it came with; empty for files filed at first or asked for

	HasCopy    bool // a copy without metadata exists
	CopyMime   Kind
	CopySize   int64
	CopySHA256 string
}

// Cleared says that a body may be given the file: no scanner is set up, or it found nothing.
func (d Document) Cleared() bool { return d.State != Refused && d.Scan != ScanWaiting }

// State says how far a document has come.
type State string

// The states. A document is on the receipt in each: it was received, whatever was found in it.
const (
	Received State = "received" // the original is stored
	Ready    State = "ready"    // looked at, and copied where a copy can be made
	Refused  State = "refused"  // a virus was found: kept sealed as proof of what came, given to nobody
)

// Scan says what the virus scanner said of a document.
type Scan string

// The answers of the scanner.
const (
	ScanNone     Scan = "none"     // none was set up when the file came
	ScanWaiting  Scan = "waiting"  // not asked yet, or it did not answer
	ScanClean    Scan = "clean"    // it found nothing
	ScanInfected Scan = "infected" // it found something
)

// Owner is the filing's side of handing in files; package filing implements it. Each runs in the transaction of the change, with the filing's
// row locked, and may write there.
type Owner interface {
	// MayAttach fails unless actor may add evidence to this filing now.
	MayAttach(ctx context.Context, tx *gorm.DB, actor account.Actor, filingID string) error
	// MayChange fails unless the evidence of this filing may still be described anew or removed: what a body was given stays as it was.
	MayChange(ctx context.Context, tx *gorm.DB, actor account.Actor, filingID string) error
	// MayAdd fails unless actor may add papers of his own accord to a filing that a body has; it lets the body know.
	MayAdd(ctx context.Context, tx *gorm.DB, actor account.Actor, filingID string) error
	// FileRefused tells the person that a file held a virus and goes to nobody.
	FileRefused(ctx context.Context, tx *gorm.DB, filingID, documentID string) error
}
