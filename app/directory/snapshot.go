package directory

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"reliefportal/app/store"
)

// snapshot is the whole directory in memory, as it stood at one moment. It is never changed, only replaced.
type snapshot struct {
	tree      *Tree
	bodies    map[string]Body       // by id
	ids       map[string]string     // id by name
	divisions map[string][]Division // by body id, oldest first
}

func readSnapshot(ctx context.Context, db *store.DB) (*snapshot, error) {
	var bodies []bodyRow
	if err := db.Read(ctx).Find(&bodies).Error; err != nil {
		return nil, fmt.Errorf("read bodies: %w", err)
	}
	var divisions []divisionRow
	if err := db.Read(ctx).Find(&divisions).Error; err != nil {
		return nil, fmt.Errorf("read divisions: %w", err)
	}
	s := &snapshot{bodies: map[string]Body{}, ids: map[string]string{}, divisions: map[string][]Division{}}
	for _, r := range bodies {
		s.bodies[r.ID], s.ids[r.Name] = r.body(), r.ID
	}
	for _, r := range divisions {
		s.divisions[r.BodyID] = append(s.divisions[r.BodyID], r.division())
	}
	for _, of := range s.divisions {
		slices.SortFunc(of, func(a, b Division) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Kind, b.Kind)) })
	}
	tree, err := NewTree(s.courts())
	s.tree = tree
	return s, err
}

// courts returns the courts in a fixed order, whatever order the database gave.
func (s *snapshot) courts() []Court {
	var courts []Court
	for _, b := range s.bodies {
		if b.Kind == KindCourt {
			courts = append(courts, Court{
				ID: b.ID, Name: b.Name, Level: b.Level, Parent: s.bodies[b.ParentID].Name, Province: b.Province,
				Sign: b.Sign, SignBasis: b.SignBasis, Uncertain: b.Uncertain,
			})
		}
	}
	slices.SortFunc(courts, func(a, b Court) int { return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Name, b.Name)) })
	return courts
}
