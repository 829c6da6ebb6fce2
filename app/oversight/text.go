package oversight

import (
	"strings"
	"unicode/utf8"

	"reliefportal/app/fail"
)

// checkText refuses words that are too few or too many. The error is Invalid, at the field "text".
func checkText(text string) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(text)); {
	case n == 0:
		return fail.Invalid(fail.F("text", "answer.empty"))
	case n < TextMin:
		return fail.Invalid(fail.F("text", "answer.too_short", "min", TextMin))
	case n > TextMax:
		return fail.Invalid(fail.F("text", "answer.too_long", "n", n, "max", TextMax, "over", n-TextMax))
	}
	return nil
}
