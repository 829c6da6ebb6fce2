package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/seal"
)

// KeptForm is a form that was sent after the sign-in had run out: what was typed, for which person, from which page, and where it was going.
type KeptForm struct {
	PersonID string
	// Page is the address the form stood on, Action the one it was sent to; both are paths of the portal.
	Page, Action string
	Values       url.Values
}

// keptLife is how long such a form is kept, and keptMost how many bytes of it.
const (
	keptLife = time.Hour
	keptMost = 256 << 10
)

// keptRow is a row of kept_form: one a browser.
type keptRow struct {
	BrowserHash []byte `gorm:"primaryKey"`
	PersonID    string
	Page        string
	Action      string
	FormSealed  []byte
	ExpiresAt   time.Time
}

// TableName is the table of keptRow.
func (keptRow) TableName() string { return "kept_form" }

func (s *Service) keptKey(browser string) []byte { return s.box.MAC("kept form", []byte(browser)) }

func keptAD(personID string) seal.AD {
	return seal.AD{Table: "kept_form", Column: "form_sealed", Row: personID}
}

// KeepForm keeps a form, sealed, in the place of any before it from the same browser. One that is too large is not kept.
func (s *Service) KeepForm(ctx context.Context, browser string, k KeptForm) error {
	plain, err := json.Marshal(k.Values)
	if err != nil || len(plain) > keptMost {
		return err
	}
	row := keptRow{BrowserHash: s.keptKey(browser), PersonID: k.PersonID, Page: k.Page, Action: k.Action, FormSealed: s.box.Seal(keptAD(k.PersonID), plain),
		ExpiresAt: s.clock.Now().Add(keptLife)}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "browser_hash"}}, UpdateAll: true}).Create(&row).Error
		if err != nil {
			return fmt.Errorf("keep a form: %w", err)
		}
		return nil
	})
}

// FormKept gives the form that this browser sent from the page, to the person who was signed in when it was shown, and to nobody else.
func (s *Service) FormKept(ctx context.Context, browser, personID, page string) (k KeptForm, ok bool, err error) {
	var row keptRow
	err = s.db.Read(ctx).Where("browser_hash = ? AND person_id = ? AND page = ? AND expires_at > ?", s.keptKey(browser), personID, page, s.clock.Now()).
		Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return k, false, nil
	}
	if err != nil {
		return k, false, fmt.Errorf("read a kept form: %w", err)
	}
	plain, err := s.box.Open(keptAD(personID), row.FormSealed)
	if err != nil {
		return k, false, err
	}
	k = KeptForm{PersonID: personID, Page: row.Page, Action: row.Action}
	return k, true, json.Unmarshal(plain, &k.Values)
}

// DropForm forgets the form of a browser.
func (s *Service) DropForm(ctx context.Context, browser string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("browser_hash = ?", s.keptKey(browser)).Delete(&keptRow{}).Error
	})
}

// purgeForms forgets forms whose time is over.
func (s *Service) purgeForms(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("expires_at <= ?", s.clock.Now()).Delete(&keptRow{}).Error
	})
}

// Holder is the person of the session in ctx, also of one whose time is over and which Actor is about to end; empty when there is none.
func (s *Sessions) Holder(ctx context.Context) string { return s.Manager.GetString(ctx, keyPerson) }
