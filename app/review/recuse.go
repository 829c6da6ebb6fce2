package review

import (
	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/filing"
)

// Recuse keeps a person out of a filing for good because the head of the body has decided so; what he has of it goes back to be given to somebody
// else, and its clock runs on. reason is a code of the pack's relations.
func (s *Service) Recuse(tx *gorm.DB, head account.Actor, f filing.Filing, personID, reason string) error {
	return s.exclude(tx, head, f, personID, reason, "")
}

// askedAside finds who of these people is asked to step aside in a filing and waits for the decision: he does not go on meanwhile.
func askedAside(db *gorm.DB, f filing.Filing, ids []string) (out []string, err error) {
	err = db.Table("recusal").Where("filing_id = ? AND about_id IN ? AND status IN ?", f.ID, ids, []string{"open", "again"}).Pluck("about_id", &out).Error
	return out, err
}
