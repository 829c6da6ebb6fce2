package contact

import (
	"strings"
	"time"
	"unicode/utf8"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
)

// Earliest and Latest bound the hours a person may choose; calling hours, which the pack sets, are narrower or the same (PROJECT).
const (
	Earliest = 8
	Latest   = 21
)

// Check refuses a profile that could not be kept: all errors at once, by the name of the field. Keys are message keys.
func (p Profile) Check() error {
	var bad []fail.Field
	if len(p.Helpers) > MaxHelpers {
		bad = append(bad, fail.F("helpers", "contact.too_many_helpers", "max", MaxHelpers))
	}
	for _, h := range p.Helpers {
		if n := utf8.RuneCountInString(h); n > MaxHelper {
			bad = append(bad, fail.F("helpers", "contact.helper_long", "max", MaxHelper))
			break
		}
	}
	for _, d := range p.Days {
		if d < time.Sunday || d > time.Saturday {
			bad = append(bad, fail.F("days", "contact.day_unknown"))
			break
		}
	}
	if (p.From != 0 || p.To != 0) && (p.From < Earliest || p.To > Latest || p.From >= p.To) {
		bad = append(bad, fail.F("from", "contact.hours_wrong"))
	}
	if utf8.RuneCountInString(p.Word) > MaxCodeWord || strings.ContainsAny(p.Word, "\r\n") {
		bad = append(bad, fail.F("word", "contact.word_long", "max", MaxCodeWord))
	}
	for _, n := range p.Remind {
		if n < 0 || n > MostAhead {
			bad = append(bad, fail.F("remind", "contact.remind_wrong"))
			break
		}
	}
	if p.Lang != "" && p.Lang != i18n.Chinese && p.Lang != i18n.English {
		bad = append(bad, fail.F("lang", "contact.lang_unknown"))
	}
	if len(bad) > 0 {
		return fail.Invalid(bad...)
	}
	return nil
}
