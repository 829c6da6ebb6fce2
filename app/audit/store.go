package audit

import "time"

// row is a row of audit_event.
type row struct {
	ID          int64 `gorm:"primaryKey;autoIncrement"`
	SubjectType string
	SubjectID   string
	Seq         int64
	At          time.Time
	ActorID     string
	ActorKind   string
	ActorRole   string
	ActorBodyID string
	Kind        string
	Data        string
	Visible     bool
	PrevHash    string
	Hash        string
}

// TableName is the table of row.
func (row) TableName() string { return "audit_event" }

func rowOf(e Event) row {
	return row{
		SubjectType: e.Subject.Type, SubjectID: e.Subject.ID, Seq: e.Seq, At: e.At,
		ActorID: e.Actor.ID, ActorKind: e.Actor.Kind, ActorRole: e.Actor.Role, ActorBodyID: e.Actor.BodyID,
		Kind: e.Kind, Data: e.Data, Visible: e.Visible, PrevHash: e.PrevHash, Hash: e.Hash,
	}
}

func (r row) event() Event {
	return Event{
		ID: r.ID, Subject: Subject{r.SubjectType, r.SubjectID}, Seq: r.Seq, At: r.At.UTC(),
		Actor: Actor{ID: r.ActorID, Kind: r.ActorKind, Role: r.ActorRole, BodyID: r.ActorBodyID},
		Kind:  r.Kind, Data: r.Data, Visible: r.Visible, PrevHash: r.PrevHash, Hash: r.Hash,
	}
}

// Checkpoint is a Merkle root over the events after the checkpoint before, tied to it. It is a row of audit_checkpoint
// and a line of the file outside the database.
type Checkpoint struct {
	ID        int64     `gorm:"primaryKey;autoIncrement" json:"id"`
	LastID    int64     `json:"last_id"` // the last event covered
	Events    int64     `json:"events"`  // how many events it covers
	Root      string    `json:"root"`
	PrevRoot  string    `json:"prev_root"` // Root of the checkpoint before, empty for the first
	CreatedAt time.Time `json:"created_at"`
}

// TableName is the table of Checkpoint.
func (Checkpoint) TableName() string { return "audit_checkpoint" }
