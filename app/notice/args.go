package notice

import (
	"encoding/json"
	"fmt"

	"reliefportal/app/calendar"
)

// values are the arguments of a message as they are kept, so that it can be worded anew: for another channel, or neutrally.
type values struct {
	Texts map[string]string        `json:"texts,omitempty"`
	Days  map[string]calendar.Date `json:"days,omitempty"`
	Ints  map[string]int           `json:"ints,omitempty"`
}

// keep sorts arguments by type. A type that words cannot show is a mistake of the program.
func keep(args map[string]any) (values, error) {
	v := values{Texts: map[string]string{}, Days: map[string]calendar.Date{}, Ints: map[string]int{}}
	for name, arg := range args {
		switch arg := arg.(type) {
		case string:
			v.Texts[name] = arg
		case calendar.Date:
			v.Days[name] = arg
		case int:
			v.Ints[name] = arg
		default:
			return v, fmt.Errorf("notice: argument %s is a %T", name, arg)
		}
	}
	return v, nil
}

// args gives the arguments back as they came.
func (v values) args() map[string]any {
	out := make(map[string]any, len(v.Texts)+len(v.Days)+len(v.Ints))
	for name, text := range v.Texts {
		out[name] = text
	}
	for name, day := range v.Days {
		out[name] = day
	}
	for name, n := range v.Ints {
		out[name] = n
	}
	return out
}

// sealArgs puts the arguments into the row, sealed.
func (s *Service) sealArgs(r *row, args map[string]any) error {
	v, err := keep(args)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("keep the values of a notice: %w", err)
	}
	r.ArgsSealed = s.Box.Seal(r.ad("args_sealed"), plain)
	return nil
}

// openArgs gives the arguments of a row; a row from before they were kept has none.
func (s *Service) openArgs(r row) (map[string]any, error) {
	if len(r.ArgsSealed) == 0 {
		return map[string]any{}, nil
	}
	plain, err := s.Box.Open(r.ad("args_sealed"), r.ArgsSealed)
	if err != nil {
		return nil, fmt.Errorf("open the values of a notice: %w", err)
	}
	var v values
	if err := json.Unmarshal(plain, &v); err != nil {
		return nil, fmt.Errorf("read the values of a notice: %w", err)
	}
	return v.args(), nil
}
