// Package audit is the append-only record of who did what. Each subject (a filing, a person, …) has a hash chain of its
// own, so that writers of different subjects never wait for each other; Merkle roots over all new events are kept in the
// database and outside it, so that a whole chain cannot be rewritten unseen. Entries hold no personal data.
package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/store"
)

// Actor is who did it, by identifiers only.
type Actor struct {
	ID     string // person id; empty for the system
	Kind   string // anonymous, debtor, staff or system
	Role   string // the role used, empty when none was needed
	BodyID string // the body the role is held at, empty when none
}

// Subject is what it was done to.
type Subject struct{ Type, ID string }

// Entry is one thing done.
type Entry struct {
	SubjectType string
	SubjectID   string
	Actor       Actor
	Kind        string    // what was done, such as "filing.submitted"
	Data        any       // what belongs to it, encoded as JSON; nil for nothing; identifiers and codes only
	Visible     bool      // whether the debtor sees it on the timeline
	At          time.Time // instant it was done
}

// Event is an entry as it is kept.
type Event struct {
	ID       int64
	Subject  Subject
	Seq      int64 // 1 for the first event of its subject
	At       time.Time
	Actor    Actor
	Kind     string
	Data     string // JSON with sorted keys
	Visible  bool
	PrevHash string // Hash of the event before, empty for the first
	Hash     string
}

// ErrIncomplete reports an entry without subject, kind or time.
var ErrIncomplete = errors.New("an audit entry needs a subject, a kind and a time")

// appendTries bounds how often an entry makes way for another of the same subject.
const appendTries = 100

// Append adds an entry to the chain of its subject in the caller's transaction, so that the fact and its record commit
// together. Two transactions that append to one subject queue behind each other, none fails.
func Append(tx *gorm.DB, e Entry) error {
	event, err := e.event()
	if err != nil {
		return err
	}
	for range appendTries {
		if err := event.follow(tx); err != nil {
			return err
		}
		row := rowOf(event)
		// On a conflict Postgres waits for the other transaction and leaves this one alive, to look at the head again.
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if done.Error != nil {
			return fmt.Errorf("append to the audit record: %w", done.Error)
		}
		if done.RowsAffected == 1 {
			return nil
		}
	}
	return fmt.Errorf("append to the audit record: %d entries of the same subject came first", appendTries)
}

func (e Entry) event() (Event, error) {
	if e.SubjectType == "" || e.SubjectID == "" || e.Kind == "" || e.At.IsZero() {
		return Event{}, ErrIncomplete
	}
	data, err := canonical(e.Data)
	if err != nil {
		return Event{}, fmt.Errorf("encode the data of an audit entry: %w", err)
	}
	return Event{
		Subject: Subject{e.SubjectType, e.SubjectID}, At: e.At.UTC().Truncate(time.Microsecond),
		Actor: e.Actor, Kind: e.Kind, Data: data, Visible: e.Visible,
	}, nil
}

// canonical encodes data so that equal data give equal text: keys sorted, no spaces, numbers as they were.
func canonical(data any) (string, error) {
	if data == nil {
		return "{}", nil
	}
	text, err := json.Marshal(data)
	if err != nil {
		return "", err
	}
	var plain any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&plain); err != nil {
		return "", err
	}
	text, err = json.Marshal(plain)
	return string(text), err
}

// follow puts the event behind the present head of its subject.
func (e *Event) follow(tx *gorm.DB) error {
	var heads []row
	err := tx.Select("seq", "hash").Where("subject_type = ? AND subject_id = ?", e.Subject.Type, e.Subject.ID).
		Order("seq DESC").Limit(1).Find(&heads).Error
	if err != nil {
		return fmt.Errorf("read the head of the audit record: %w", err)
	}
	e.Seq, e.PrevHash = 1, ""
	if len(heads) == 1 {
		e.Seq, e.PrevHash = heads[0].Seq+1, heads[0].Hash
	}
	e.Hash = e.digest()
	return nil
}

// List gives the events of a subject in order.
func List(ctx context.Context, db *store.DB, s Subject) ([]Event, error) {
	var rows []row
	err := db.Read(ctx).Where("subject_type = ? AND subject_id = ?", s.Type, s.ID).Order("seq").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list audit events: %w", err)
	}
	out := make([]Event, len(rows))
	for i, r := range rows {
		out[i] = r.event()
	}
	return out, nil
}
