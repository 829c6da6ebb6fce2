package reckon

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// Home is the kind of household a local standard is set for.
type Home string

// The kinds of household.
const (
	Urban Home = "urban"
	Rural Home = "rural"
)

// Standard is the minimum living standard of one place, as its civil affairs office announced it.
type Standard struct {
	Region   string // GB/T 2260 code of the place: "440000" and "44" both mean the whole province
	Name     string // the place in words
	Home     Home
	PerMonth money.Fen     // for one person
	From     calendar.Date // first day
	To       calendar.Date // last day; zero while it is in force
	Source   string        // title of the notice it was read in
}

// Standards is a checked table of local standards. The zero table knows no place.
type Standards struct{ rows []Standard }

// NewStandards checks rows and makes a table of them. Errors: a row without code, name, kind of household, sum, first day or source; an end
// before its beginning; two rows for the same place, household and day.
func NewStandards(rows ...Standard) (Standards, error) {
	for i, s := range rows {
		if err := s.check(); err != nil {
			return Standards{}, fmt.Errorf("standard of %s: %w", s.Region, err)
		}
		for _, other := range rows[:i] {
			if s.overlaps(other) {
				return Standards{}, fmt.Errorf("standards of %s (%s) from %s and from %s overlap", s.Region, s.Home, other.From, s.From)
			}
		}
	}
	return Standards{rows: slices.Clone(rows)}, nil
}

func (s Standard) check() error {
	code := s.prefix()
	switch {
	case len(s.Region) > 6 || len(s.Region)%2 == 1 || code == "" || strings.Trim(s.Region, "0123456789") != "":
		return errors.New("a region code has two, four or six figures")
	case s.Name == "" || s.Source == "":
		return errors.New("the name of the place and the notice are required")
	case s.Home != Urban && s.Home != Rural:
		return errors.New("the household is urban or rural")
	case s.PerMonth <= 0:
		return errors.New("the sum must be more than nothing")
	case s.From.IsZero() || !s.To.IsZero() && s.To.Before(s.From):
		return errors.New("the first day is missing or lies after the last")
	}
	return nil
}

// prefix is the code without the pairs of zeros that mean "all of it".
func (s Standard) prefix() string {
	code := s.Region
	for strings.HasSuffix(code, "00") {
		code = strings.TrimSuffix(code, "00")
	}
	return code
}

func (s Standard) overlaps(o Standard) bool {
	return s.prefix() == o.prefix() && s.Home == o.Home && (o.To.IsZero() || !s.From.After(o.To)) && (s.To.IsZero() || !o.From.After(s.To))
}

func (s Standard) covers(region string, home Home, on calendar.Date) bool {
	return s.Home == home && strings.HasPrefix(region, s.prefix()) && !on.Before(s.From) && (s.To.IsZero() || !on.After(s.To))
}

// Find gives the standard of a place on a day; the most exact region wins. False means unknown: never zero, never the figure of another place.
func (t Standards) Find(region string, home Home, on calendar.Date) (Standard, bool) {
	var best Standard
	for _, s := range t.rows {
		if s.covers(region, home, on) && len(s.prefix()) > len(best.prefix()) {
			best = s
		}
	}
	return best, best.Region != ""
}

// Places are the rows in force on a day, one for each place, in the order of their codes.
func (t Standards) Places(on calendar.Date) []Standard {
	var out []Standard
	for _, s := range t.rows {
		known := slices.ContainsFunc(out, func(o Standard) bool { return o.prefix() == s.prefix() })
		if !known && s.covers(s.Region, s.Home, on) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Standard) int { return strings.Compare(a.Region, b.Region) })
	return out
}
