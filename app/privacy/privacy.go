// Package privacy gives people a copy of everything the portal holds about them, and erases what they ask to be erased where no duty to keep
// stands against it. It reads across the nouns; what goes is deleted by the noun that owns it, in one transaction.
package privacy

import (
	"log/slog"
	"time"

	"reliefportal/app/calendar"
)

// ExportLife is how long a copy can be fetched before it is deleted (PROJECT).
const ExportLife = 7 * 24 * time.Hour

// AnswerDays is by how many working days an administrator answers what is not erased at once (PROJECT: the law names no term, PIPL art. 50
// only wants a mechanism that handles requests conveniently).
const AnswerDays = 15

// Export is one copy.
type Export struct {
	ID        string `gorm:"primaryKey"`
	PersonID  string
	Lang      string
	State     ExportState
	Done      int64 // parts written
	Total     int64 // parts there are; 0 until it is begun
	BlobKey   *string
	Size      int64  // bytes
	Sha256    string // of the file, lower-case hexadecimal
	CreatedAt time.Time
	ReadyAt   *time.Time
	ExpiresAt *time.Time // UTC instant at which it goes; nil until it is ready
}

// TableName is the table of Export.
func (Export) TableName() string { return "data_export" }

// LogValue shows a copy in a log by its id.
func (e Export) LogValue() slog.Value { return slog.StringValue("export " + e.ID) }

// Erasure is one part somebody asked to have erased.
type Erasure struct {
	ID        string `gorm:"primaryKey"`
	PersonID  string
	Part      Part
	State     ErasureState
	Reason    Reason         // why not, when refused
	DueOn     *calendar.Date // the last day for the answer, when somebody has to answer
	DecidedBy *string
	Version   int64
	CreatedAt time.Time
	EndedAt   *time.Time
}

// TableName is the table of Erasure.
func (Erasure) TableName() string { return "erasure" }

// LogValue shows a request in a log by its id.
func (e Erasure) LogValue() slog.Value { return slog.StringValue("erasure " + e.ID) }
