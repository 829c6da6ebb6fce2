package callback

import (
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Identity and answers are kept apart. A case names its person and holds no answer; an answer is kept under a random respondent and
// names nobody; callback_link leads from one to the other and is sealed with the key of the callbacks, which neither the database nor
// its backups hold. What the side of the answers says of the case is coarse (body, event, party, month), and its rows lie in the order
// of their random ids. Somebody with the whole database but not the key can still guess in a group of one: figures hide small groups.

// Respondent is one person on the side of the answers; a row of callback_respondent.
type Respondent struct {
	ID          string `gorm:"primaryKey"` // random
	ProgrammeID *string
	Kind        rules.Purpose
	Instrument  string
	Version     string // of the instrument
	PackHash    string
	BodyID      string // asked about
	Event       string
	Party       rules.Party
	Stratum     string
	Result      string // how the filing ended, "" when not known
	Lang        string
	Mode        Mode
	State       string        // "I" complete, "P" partial, "" neither
	Month       calendar.Date // first day of the month of the first answer
}

// TableName names the table.
func (Respondent) TableName() string { return "callback_respondent" }

type linkRow struct {
	CaseID           string `gorm:"primaryKey"`
	RespondentSealed []byte
}

// TableName names the table.
func (linkRow) TableName() string { return "callback_link" }

func linkPlace(caseID string) seal.AD {
	return seal.AD{Table: "callback_link", Column: "respondent_sealed", Row: caseID}
}

// respondentOf opens the link of a case. Without one it is the case itself, under which answers were kept before there were links.
func (v vault) respondentOf(tx *gorm.DB, caseID string) (id string, linked bool, err error) {
	var rows []linkRow
	if err := tx.Where("case_id = ?", caseID).Limit(1).Find(&rows).Error; err != nil {
		return "", false, err
	}
	if len(rows) == 0 {
		return caseID, false, nil
	}
	id, err = v.box.OpenText(linkPlace(caseID), rows[0].RespondentSealed)
	return id, true, err
}

// respondent gives the respondent of a case, and makes one at the first answer. The case must be locked by a guarded update before.
func (s *Service) respondent(tx *gorm.DB, c Case, e edition, mode Mode) (string, error) {
	id, linked, err := s.vault.respondentOf(tx, c.ID)
	if err != nil || linked {
		return id, err
	}
	var old int64
	if err := tx.Model(&answerRow{}).Where("respondent = ?", c.ID).Count(&old).Error; err != nil || old > 0 {
		return c.ID, err
	}
	subject, err := s.filings.ForCallback(tx.Statement.Context, tx, c.FilingID)
	if err != nil {
		return "", err
	}
	r := Respondent{ID: store.NewID(), ProgrammeID: c.ProgrammeID, Kind: c.Kind, Instrument: c.Instrument, Version: e.inst.Version, PackHash: c.PackHash,
		BodyID: c.BodyID, Event: c.Reason, Party: c.Party, Stratum: c.Stratum, Result: subject.Outcome, Lang: c.Lang, Mode: mode, Month: monthOf(s.clock.Now())}
	if err := tx.Create(&r).Error; err != nil {
		return "", err
	}
	return r.ID, tx.Create(&linkRow{CaseID: c.ID, RespondentSealed: s.vault.box.SealText(linkPlace(c.ID), r.ID)}).Error
}

// settle writes beside the answers what the closed case amounts to, and through which channel it ended.
func (s *Service) settle(tx *gorm.DB, c Case, mode Mode) error {
	id, linked, err := s.vault.respondentOf(tx, c.ID)
	if err != nil || !linked {
		return err
	}
	e, err := s.edition(c)
	if err != nil {
		return err
	}
	state := ""
	if o, ok := e.calls.Outcome(*c.FinalCode); ok && (o.CountsAs == "I" || o.CountsAs == "P") {
		state = o.CountsAs
	}
	set := map[string]any{"state": state}
	if mode == ByPhone || mode == ByWeb {
		set["mode"] = mode
	}
	return tx.Model(&Respondent{}).Where("id = ?", id).Updates(set).Error
}

// monthOf is the first day of the month of an instant.
func monthOf(at time.Time) calendar.Date {
	year, month, _ := calendar.DateOf(at).Parts()
	return calendar.NewDate(year, month, 1)
}
