package account

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/seal"
)

// Load gives a person as an actor with the grants valid on a day, inside a transaction or not. Somebody unknown or
// disabled is not found.
func Load(db *gorm.DB, personID string, on calendar.Date) (Actor, error) {
	a, _, err := load(db, personID, on)
	return a, err
}

func load(db *gorm.DB, personID string, on calendar.Date) (Actor, Person, error) {
	p, err := take[personRow](db, "a person", "id = ? AND status = ?", personID, active)
	if err != nil {
		return Actor{}, Person{}, err
	}
	out := Actor{PersonID: p.ID, Kind: p.Kind, Lang: p.Lang, name: p.NameSealed}
	if p.Kind != Staff {
		return out, p.person(), nil
	}
	var grants []grantRow
	if err := db.Scopes(validOn(on)).Where("person_id = ?", personID).Order("created_at, id").Find(&grants).Error; err != nil {
		return Actor{}, Person{}, fmt.Errorf("read the grants of a person: %w", err)
	}
	for _, g := range grants {
		out.Grants = append(out.Grants, g.grant())
	}
	return out, p.person(), nil
}

// NameIn opens the name that was read along with the actor, without asking the database again; empty when none was given.
func (s *Service) NameIn(a Actor) (string, error) { return OpenName(s.box, a.PersonID, a.name) }

// Names gives the names of people by id, in one query; somebody unknown is left out.
func Names(db *gorm.DB, box *seal.Box, ids []string) (map[string]string, error) {
	out := make(map[string]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []personRow
	if err := db.Select("id", "name_sealed").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	for _, r := range rows {
		name, err := OpenName(box, r.ID, r.NameSealed)
		if err != nil {
			return nil, err
		}
		out[r.ID] = name
	}
	return out, nil
}

// OpenName opens the sealed name of a person that a list has read along; empty when none was given.
func OpenName(box *seal.Box, personID string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	name, err := box.OpenText(nameAD(personID), sealed)
	if err != nil {
		return "", fmt.Errorf("open a name: %w", err)
	}
	return name, nil
}

// KeepName gives a person who has no name yet the one he filed under, so that a caller knows whom to ask for. A name that is there stays.
func KeepName(tx *gorm.DB, box *seal.Box, personID, name string) error {
	if name == "" {
		return nil
	}
	err := tx.Model(&personRow{}).Where("id = ? AND name_sealed IS NULL", personID).Update("name_sealed", box.SealText(nameAD(personID), name)).Error
	if err != nil {
		return fmt.Errorf("keep the name of a person: %w", err)
	}
	return nil
}

// ByLogin gives the id of the member of staff with a login name; upper case does not matter. Error: NotFound.
func (s *Service) ByLogin(ctx context.Context, login string) (string, error) {
	row, err := take[staffRow](s.db.Read(ctx), "a staff login", "login = ?", normalLogin(login))
	return row.PersonID, err
}
