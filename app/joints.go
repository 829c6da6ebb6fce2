package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// called tells callbacks what they need of a filing. It stands here because neither noun may know the other.
type called struct{ filings *filing.Service }

// ForCallback implements callback.Filings. Asked about is the court that enforces, whoever decided: its staff never see the answers, and
// the court above it owns what is found.
func (c called) ForCallback(ctx context.Context, tx *gorm.DB, filingID string) (callback.Subject, error) {
	var found []filing.Filing
	if err := tx.WithContext(ctx).Where("id = ?", filingID).Limit(1).Find(&found).Error; err != nil {
		return callback.Subject{}, fmt.Errorf("read a filing for its callback: %w", err)
	}
	if len(found) == 0 {
		return callback.Subject{}, fail.NotFound()
	}
	f := found[0]
	s := callback.Subject{PersonID: f.PersonID, BodyID: f.Owner(), Lang: f.Lang, PackHash: f.PackHash}
	if f.ExecBodyID != nil {
		s.BodyID = *f.ExecBodyID
	}
	if f.Outcome != nil {
		s.Outcome = *f.Outcome
	}
	facts, err := c.filings.Facts(f)
	if err != nil {
		return callback.Subject{}, fmt.Errorf("read on which side somebody stands: %w", err)
	}
	s.Party = partyOf(facts)
	state, _ := facts.Known("case_state")
	s.Ended = state.Choice == "ended" || state.Choice == "paid"
	return s, nil
}

// partyOf reads on which side of the case a person stands from what he said whose name is on the notice. Whoever did not say is taken for
// the one enforced against.
func partyOf(facts rules.Facts) rules.Party {
	role, _ := facts.Known("role")
	switch role.Choice {
	case "creditor":
		return rules.Creditor
	case "outsider", "third_debtor", "helper":
		return rules.ThirdParty
	}
	return rules.Respondent
}

// people gives callbacks the names and numbers of those to be called.
type people struct {
	*account.Service
	db  *store.DB
	box *seal.Box
}

// NamesOf implements callback.People.
func (p people) NamesOf(ctx context.Context, personIDs []string) (map[string]string, error) {
	names, err := account.Names(p.db.Read(ctx), p.box, personIDs)
	maps.DeleteFunc(names, func(_, name string) bool { return name == "" })
	return names, err
}

// ReachIn implements callback.People.
func (p people) ReachIn(tx *gorm.DB, personID string) (mobiles []string, email bool, err error) {
	contacts, err := p.ContactsIn(tx, personID)
	for _, c := range slices.Backward(contacts) {
		if c.Kind == account.Mobile {
			mobiles = append(mobiles, c.Value)
		}
		email = email || c.Kind == account.Email
	}
	return mobiles, email, err
}

// reads records who opened which paper of a filing.
type reads struct {
	db    *store.DB
	clock calendar.Clock
}

// NoteRead implements reviewer.Reads. The debtor does not see it on the timeline; the record can be asked for.
func (r reads) NoteRead(ctx context.Context, a account.Actor, f filing.Filing, documentID string) error {
	return r.db.Tx(ctx, func(tx *gorm.DB) error {
		return audit.Append(tx, audit.Entry{
			SubjectType: "filing", SubjectID: f.ID, Actor: filing.AuditActor(a, f.Owner()), Kind: "document.read",
			Data: map[string]string{"document": documentID}, At: r.clock.Now(),
		})
	})
}
