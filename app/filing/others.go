package filing

import (
	"slices"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// Power is what a representative may do in a filing beside reading it and typing in the draft.
type Power string

// The powers. Settling needs special authority (CPL art. 62(2); execution settlement provisions art. 4); that withdrawing needs it too is
// a choice of this project (PROJECT): it gives up the request.
const (
	PowerFile     Power = "file"     // hand the filing in and answer requests for more
	PowerServe    Power = "serve"    // be told, and take what is served
	PowerWithdraw Power = "withdraw" // take the filing back
	PowerSettle   Power = "settle"   // come to terms
)

// Powers lists every power in the order they are offered.
func Powers() []Power { return []Power{PowerFile, PowerServe, PowerWithdraw, PowerSettle} }

// represents is true, in a query on filing, where the person with the given id acts for its owner.
const represents = "EXISTS (SELECT 1 FROM representative r WHERE r.filing_id = filing.id AND r.person_id = ? AND r.state = 'active')"

// ownScope limits a query on filing to what a person may see: his own, those he was asked to act in, and, while staff type for him, the
// one filing of their session.
func ownScope(q *gorm.DB, a account.Actor) *gorm.DB {
	if a.By != nil {
		return q.Where("filing.person_id = ? AND filing.id = ?", a.PersonID, a.By.FilingID)
	}
	return q.Where("(filing.person_id = ? OR "+represents+")", a.PersonID, a.PersonID)
}

// MayUse reports whether the actor may do in this filing what needs the power: its owner always, a representative when it was given to him,
// a member of staff who types for the owner only while it is handed in. Error: Conflict "helper.no_power".
func MayUse(tx *gorm.DB, a account.Actor, f Filing, p Power) error {
	if a.By != nil && p != PowerFile {
		return fail.Conflict("helper.no_power")
	}
	if a.PersonID == f.PersonID {
		return nil
	}
	var given []string
	err := tx.Table("representative").Where("filing_id = ? AND person_id = ? AND state = 'active'", f.ID, a.PersonID).Pluck("powers", &given).Error
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(given, func(s string) bool { return slices.Contains(strings.Split(s, ","), string(p)) }) {
		return fail.Conflict("helper.no_power")
	}
	return nil
}

// typed tells the scribe of answers that were not typed by the owner of the filing.
func (s *Service) typed(tx *gorm.DB, a account.Actor, f Filing, p *rules.Pack, answers rules.Facts) error {
	if s.Scribe == nil || a.By == nil && a.PersonID == f.PersonID {
		return nil
	}
	var ids []rules.FactID
	for id := range answers {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return s.Scribe.Typed(tx, a, f, pageOf(p, f, ids), ids)
}

// pageOf names the page on which these facts are asked.
func pageOf(p *rules.Pack, f Filing, ids []rules.FactID) string {
	if slices.Contains(ids, FactCaseNumber) || slices.Contains(ids, FactExecCourt) {
		return "case"
	}
	r, ok := p.Remedy(f.Remedy)
	if !ok {
		return ""
	}
	for _, id := range r.Questions {
		if q, ok := p.Question(id); ok && slices.Contains(ids, q.Fact) {
			return q.ID
		}
	}
	return "papers"
}
