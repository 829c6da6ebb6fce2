package notice

import (
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
)

// anotherWay sends a message that could not be delivered to another address of the same person, the newest not tried for this event. The newest
// address of each kind is tried at once, so what is left are older ones. Where nothing is left the person finds it on the own pages, and
// the body sees it beside the filing. A code belongs to an address, not to a person, and goes nowhere else.
func (s *Service) anotherWay(tx *gorm.DB, r row) error {
	if r.PersonID == nil {
		return nil
	}
	profile, err := s.Safe.In(tx, *r.PersonID)
	if err != nil {
		return err
	}
	tried, err := s.tried(tx, r)
	if err != nil {
		return err
	}
	contacts, err := s.People.ContactsIn(tx, *r.PersonID)
	if err != nil {
		return err
	}
	for _, c := range slices.Backward(contacts) {
		if profile.MaySend(c.Kind) && !slices.Contains(tried, c) {
			return s.reroute(tx, r, c, len(tried))
		}
	}
	return nil
}

// tried are the addresses this event was sent to or is on its way to. The rows are locked where the database can, so that two messages given up
// at once do not choose the same way.
func (s *Service) tried(tx *gorm.DB, r row) ([]account.Contact, error) {
	var rows []row
	q := tx.Where("event = ? AND person_id = ?", r.Event, *r.PersonID)
	if tx.Name() == "postgres" {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	if err := q.Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the ways of a notice: %w", err)
	}
	all, err := s.addressed(rows)
	if err != nil {
		return nil, err
	}
	out := make([]account.Contact, len(all))
	for i, n := range all {
		out[i] = account.Contact{Kind: n.Channel, Value: n.To}
	}
	return out, nil
}

// reroute queues the same message to another address.
func (s *Service) reroute(tx *gorm.DB, r row, to account.Contact, way int) error {
	args, err := s.openArgs(r)
	if err != nil {
		return err
	}
	profile, err := s.Safe.In(tx, *r.PersonID)
	if err != nil {
		return err
	}
	next := row{SendKey: fmt.Sprintf("%s/%s/%d", r.Event, to.Kind, way+1), Event: r.Event, FilingID: r.FilingID, PersonID: r.PersonID, Kind: r.Kind,
		Subject: r.Subject, Lang: r.Lang, SecondOf: &r.ID}
	return s.queue(tx, next, to, kinds[r.Kind], profile, args)
}

func deref(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
