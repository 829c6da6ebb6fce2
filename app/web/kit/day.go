package kit

import (
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

// Day reads the three boxes of a DateInput as a civil date. Where nothing was typed it is the zero date and no error, so that whoever takes the
// form can say it together with everything else that is missing. Error: Invalid, at the field of this name.
func (f *Form) Day(field string) (calendar.Date, error) {
	var parts [3]int
	typed := 0
	for i, name := range []string{"year", "month", "day"} {
		if f.Value(name) == "" {
			continue
		}
		typed++
		n, ok := f.Int(name)
		if !ok {
			return calendar.Date{}, fail.Invalid(fail.F(field, "date.unreadable"))
		}
		parts[i] = int(n)
	}
	switch typed {
	case 0:
		return calendar.Date{}, nil
	case len(parts):
	default:
		return calendar.Date{}, fail.Invalid(fail.F(field, "date.incomplete"))
	}
	d, err := calendar.DateOfParts(parts[0], parts[1], parts[2])
	if err != nil {
		return calendar.Date{}, fail.Invalid(fail.At(field, err))
	}
	return d, nil
}
