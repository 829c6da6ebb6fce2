package law

import (
	"testing"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// TestNumberBelowZero: a number below zero has a sentence of its own; it is never told to be too large.
func TestNumberBelowZero(t *testing.T) {
	v := View{Pack: &rules.Pack{}}
	for n, key := range map[int64]string{-1: "answer.number_negative", 0: "", 1: ""} {
		_, err := v.parse(rules.Fact{Kind: rules.FactNumber}, Typed{Value: "n", number: n, whole: true}, calendar.NewDate(2026, 11, 23))
		got := ""
		if e, ok := fail.As(err); ok {
			got = e.Key
		}
		if got != key {
			t.Errorf("%d: %q, want %q", n, got, key)
		}
	}
}

// TestBoth: everything to change in one form is told at once, and an error about no field is never hidden behind one.
func TestBoth(t *testing.T) {
	wording, empty := Respectful("text", "您是老赖"), fail.Invalid(fail.F("grounds", "answer.choose"))
	for name, tc := range map[string]struct {
		first, second error
		fields        int
	}{
		"neither": {nil, nil, 0}, "wording": {nil, wording, 1}, "ground": {empty, nil, 1}, "two": {empty, wording, 2}, "lost race": {fail.Conflict("filing.stale"), wording, 0},
	} {
		e, _ := fail.As(Both(tc.first, tc.second))
		fields := 0
		if e != nil {
			fields = len(e.Fields)
		}
		if fields != tc.fields {
			t.Errorf("%s: %d fields, want %d", name, fields, tc.fields)
		}
	}
}
