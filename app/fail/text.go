package fail

import (
	"strings"
	"unicode/utf8"
)

// Text is Invalid at the field when words that were typed are missing, or fewer or more than so many characters; spaces around them do not count.
func Text(field, text string, least, most int) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(text)); {
	case n == 0:
		return Invalid(F(field, "answer.empty"))
	case n < least:
		return Invalid(F(field, "answer.too_short", "min", least))
	case n > most:
		return Invalid(F(field, "answer.too_long", "n", n, "max", most, "over", n-most))
	}
	return nil
}
