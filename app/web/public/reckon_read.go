package public

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/money"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

// mostRows is the largest number of rows a form of sums has.
const mostRows = 24

// moreRows is how many rows the button adds.
const moreRows = 3

// reader reads what was typed into the form of a sum and gathers what cannot be read.
type reader struct{ wrong []fail.Field }

// sum reads a sum; empty is zero, which the rules refuse where a sum is needed.
func (r *reader) sum(name, typed string) money.Fen {
	if strings.TrimSpace(typed) == "" {
		return 0
	}
	sum, err := money.Parse(typed)
	if err != nil {
		r.wrong = append(r.wrong, fail.At(name, err))
	}
	return sum
}

// day reads a day; empty is none, which the rules refuse where a day is needed.
func (r *reader) day(name, typed string) calendar.Date {
	if strings.TrimSpace(typed) == "" {
		return calendar.Date{}
	}
	d, err := readDay(typed)
	if err != nil {
		r.wrong = append(r.wrong, fail.At(name, err))
	}
	return d
}

func (r *reader) refuse(name, key string) { r.wrong = append(r.wrong, fail.F(name, key)) }

// both joins what cannot be read with what the rules refuse. A field that could not be read is named once, for that.
func (r *reader) both(err error) error {
	e, invalid := fail.As(err)
	if err != nil && (!invalid || e.Kind != fail.KindInvalid) {
		return err
	}
	if invalid {
		for _, f := range e.Fields {
			if !named(r.wrong, f.Name) {
				r.wrong = append(r.wrong, f)
			}
		}
	}
	if len(r.wrong) == 0 {
		return nil
	}
	return fail.Invalid(r.wrong...)
}

func named(list []fail.Field, name string) bool {
	for _, f := range list {
		if f.Name == name {
			return true
		}
	}
	return false
}

// daySigns are the signs people put between the parts of a day.
var daySigns = strings.NewReplacer("年", "-", "月", "-", "日", "", "号", "", "/", "-", ".", "-", "。", "-", "、", "-", ",", "-", " ", "")

// readDay reads a day as people write it: 2026-10-8, 2026/10/08, 2026年10月8日, 20261008. Errors are Invalid with the keys "reckon.bad_day" and
// "date.impossible".
func readDay(s string) (calendar.Date, error) {
	s = daySigns.Replace(width.Narrow.String(s))
	if len(s) == len("20060102") && !strings.Contains(s, "-") {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	parts := strings.Split(s, "-")
	if len(parts) != 3 {
		return calendar.Date{}, fail.InvalidKey("reckon.bad_day")
	}
	var n [3]int
	for i, part := range parts {
		number, err := strconv.ParseUint(part, 10, 16)
		if err != nil || len(part) > 4 {
			return calendar.Date{}, fail.InvalidKey("reckon.bad_day")
		}
		n[i] = int(number)
	}
	d, err := calendar.DateOfParts(n[0], n[1], n[2])
	if e, ok := fail.As(err); ok && e.Key == "date.unreadable" {
		return d, fail.InvalidKey("reckon.bad_day")
	}
	return d, err
}

// rowFields are the names of the fields of one row of a form, without the number; one that a form does not have is empty.
type rowFields struct{ name, sum, from, to, kind, whole string }

// rows takes the rows that say anything, in order, without the empty ones between them.
func (f rowFields) rows(form *kit.Form) []views.ReckonRow {
	var out []views.ReckonRow
	for i := range mostRows {
		row := views.ReckonRow{Name: form.Raw(at(f.name, i)), Sum: form.Raw(at(f.sum, i)), From: form.Raw(at(f.from, i)), To: form.Raw(at(f.to, i)),
			Kind: form.Value(at(f.kind, i)), Whole: form.Has(at(f.whole, i))}
		if strings.TrimSpace(row.Name+row.Sum+row.From+row.To) != "" {
			out = append(out, row)
		}
	}
	return out
}

// blank adds empty rows for the next thing to say: up to least rows in all, or more rows when that was asked for.
func blank(rows []views.ReckonRow, least int, more bool, empty views.ReckonRow) []views.ReckonRow {
	want := max(least, len(rows)+1)
	if more {
		want = len(rows) + moreRows
	}
	for len(rows) < min(want, mostRows) {
		rows = append(rows, empty)
	}
	return rows
}

// at is the name of a field of the row with this place, from 0.
func at(name string, i int) string { return name + "_" + strconv.Itoa(i+1) }

// inOrder sorts the errors as the form is read: by group, row and field. A group of one name is a single field.
func inOrder(errs []tkit.FieldError, groups ...[]string) []tkit.FieldError {
	place := map[string]int{}
	for _, names := range groups {
		for i := range mostRows {
			for _, name := range names {
				place[at(name, i)] = len(place)
			}
		}
		place[names[0]] = len(place)
	}
	slices.SortStableFunc(errs, func(a, b tkit.FieldError) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return errs
}
