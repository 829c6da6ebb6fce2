package privacy

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"reliefportal/app/seal"
)

// rowsOf reads what one table holds about a person, with what is sealed opened.
func (s *Service) rowsOf(ctx context.Context, from source, personID string) ([]map[string]any, error) {
	args := slices.Repeat([]any{personID}, strings.Count(from.Of, "?"))
	var rows []map[string]any
	if err := s.DB.Read(ctx).Table(from.Table).Where(from.Of, args...).Order(from.Order).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read %s for a copy: %w", from.Table, err)
	}
	for _, row := range rows {
		if err := s.openRow(from, row); err != nil {
			return nil, err
		}
		for _, name := range from.Without {
			delete(row, name)
		}
	}
	return rows, nil
}

// openRow puts the plain values in the place of the sealed ones, under the name without "_sealed".
func (s *Service) openRow(from source, row map[string]any) error {
	for _, c := range from.Sealed {
		name := strings.TrimSuffix(c.Name, "_sealed")
		sealed, _ := row[c.Name].([]byte)
		delete(row, c.Name)
		if len(sealed) == 0 {
			continue
		}
		id, _ := row[c.Row].(string)
		plain, err := s.Box.Open(seal.AD{Table: from.Table, Column: c.Column, Row: id}, sealed)
		if err != nil {
			return fmt.Errorf("open %s.%s for a copy: %w", from.Table, c.Name, err)
		}
		row[name] = string(plain)
		if first := strings.TrimSpace(string(plain)); strings.HasPrefix(first, "{") || strings.HasPrefix(first, "[") {
			if json.Valid(plain) {
				row[name] = json.RawMessage(plain)
			}
		}
	}
	return nil
}
