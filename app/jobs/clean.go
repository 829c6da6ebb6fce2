package jobs

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"
)

// personal matches what an outside system may quote in its refusal: an e-mail address, or digits long enough for a
// telephone, identity or account number.
var personal = regexp.MustCompile(`[^\s<>"'(),;:]+@[^\s<>"'(),;:]+|\+?\d[\d\- ]{5,}[\dXx]`)

const longestProblem = 500 // characters

// cleaned is an error whose text may be stored and logged; the original stays reachable for errors.Is and errors.As.
type cleaned struct {
	text  string
	cause error
}

// Error gives the cleaned text.
func (c *cleaned) Error() string { return c.text }

// Unwrap gives the original error.
func (c *cleaned) Unwrap() error { return c.cause }

func clean(err error) error {
	var done *cleaned
	if err == nil || errors.As(err, &done) {
		return err
	}
	return &cleaned{text: cleanText(err.Error()), cause: err}
}

func cleanText(text string) string {
	text = personal.ReplaceAllString(strings.ToValidUTF8(text, "?"), "…")
	if utf8.RuneCountInString(text) > longestProblem {
		text = string([]rune(text)[:longestProblem]) + "…"
	}
	return text
}
