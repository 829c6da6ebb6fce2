package law

import (
	"strings"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
)

// Respectful refuses a text for a person that degrades him or presumes bad faith; the error is Invalid, speaks of the field and names the words.
// Every text that a body writes to a person passes here before it can be sent.
func Respectful(field, text string) error {
	words := i18n.Degrading(text)
	if len(words) == 0 {
		return nil
	}
	return fail.Invalid(fail.F(field, "answer.wording", "Words", strings.Join(words, " · ")))
}

// Both joins what two checks of one form have found, so that everything to change is told at once. An error that is about no field comes first.
func Both(first, second error) error {
	a, ok := fail.As(first)
	if first == nil || !ok || a.Kind != fail.KindInvalid {
		if first == nil {
			return second
		}
		return first
	}
	b, ok := fail.As(second)
	if second == nil || !ok {
		return first
	}
	return fail.Invalid(append(append([]fail.Field{}, a.Fields...), b.Fields...)...)
}
