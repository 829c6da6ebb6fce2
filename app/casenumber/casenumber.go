// Package casenumber reads and writes the number of a court case (案号).
//
// The form since 2016 is 法〔2015〕137号: （year）court sign, type sign, serial 号. Older numbers follow no common form and are kept as text.
package casenumber

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

// Number is one case number.
type Number struct {
	Year   int
	Court  string // the sign of the court, for example 粤0305; empty when Legacy
	Type   string // the type sign, for example 执异; empty when Legacy
	Serial int    // from 1, without leading zeros; 0 when Legacy
	Sub    string // "一", "二" … of a second or later paper (…号之一); empty for none
	Legacy bool   // of the time before 2016 and kept as text
	Raw    string // as typed, without the spaces around it
}

// maxRunes is the most characters taken for a case number; the longest real ones have about forty.
const maxRunes = 80

// firstYear is the first year a number can carry: the courts of today.
const firstYear = 1949

// Parse reads a case number; brackets may be of any kind or missing, digits full- or half-width, spaces anywhere, 号 missing, and the name of
// the paper may follow (…号执行裁定书). See ParseAt for the errors; only "casenumber.year_future" needs a day.
func Parse(s string) (Number, error) { return ParseAt(s, calendar.Date{}) }

// ParseAt is Parse on a given day: a year after today's is refused. Errors are Invalid *fail.Error with the keys
//
//   - "casenumber.empty"
//   - "casenumber.year_missing"
//   - "casenumber.year_future": Year, ThisYear
//   - "casenumber.court_missing": Year, Typed (what stands where the court sign should)
//   - "casenumber.type_unknown": Year, Court, Type (what stands there, may be empty)
//   - "casenumber.serial_missing": Year, Court, Type
//   - "casenumber.unreadable": Typed
func ParseAt(s string, today calendar.Date) (Number, error) {
	raw := strings.TrimSpace(s)
	text := plain(raw)
	if text == "" {
		return Number{}, fail.InvalidKey("casenumber.empty")
	}
	if utf8.RuneCountInString(text) > maxRunes {
		return Number{}, unreadable(text)
	}
	year, rest, err := cutYear(text)
	if err != nil {
		return Number{}, err
	}
	if !today.IsZero() && year > today.Year() {
		return Number{}, fail.InvalidKey("casenumber.year_future", "Year", year, "ThisYear", today.Year())
	}
	n, err := parseBody(year, rest, text)
	if err != nil && isLegacy(year, rest) {
		n, err = Number{Year: year, Legacy: true}, nil
	}
	if err != nil {
		return Number{}, err
	}
	n.Raw = raw
	return n, nil
}

func unreadable(text string) error {
	const shown = 40
	if r := []rune(text); len(r) > shown {
		text = string(r[:shown]) + "…"
	}
	return fail.InvalidKey("casenumber.unreadable", "Typed", text)
}

// plain makes characters half-width, turns every bracket into ( or ), and takes away spaces and a label in front.
func plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			continue // copied text brings invisible marks along
		case r >= '！' && r <= '～':
			r += '!' - '！'
		}
		switch r {
		case '〔', '【', '[', '「', '{', '〈', '《':
			r = '('
		case '〕', '】', ']', '」', '}', '〉', '》':
			r = ')'
		case '—', '–', '−', '‐', '－':
			r = '-'
		}
		b.WriteRune(r)
	}
	t := b.String()
	for _, label := range []string{"执行案号", "案号", "案件编号"} {
		t = strings.TrimPrefix(t, label)
	}
	return strings.TrimLeft(t, ":")
}

// cutYear takes the four digits of the year, in or out of brackets, from the front of text.
func cutYear(text string) (year int, rest string, err error) {
	s := strings.TrimLeft(text, "(")
	i := digitsAt(s)
	switch {
	case i == 4:
		year, _ = strconv.Atoi(s[:4])
		rest = strings.TrimPrefix(strings.TrimPrefix(s[4:], "年"), ")")
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return 0, "", fail.InvalidKey("casenumber.year_missing")
	default:
		return 0, "", unreadable(text)
	}
	if year < firstYear {
		return 0, "", unreadable(text)
	}
	return year, rest, nil
}

// digitsAt counts the digits at the front of s.
func digitsAt(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

// parseBody reads what follows the year.
func parseBody(year int, rest, text string) (Number, error) {
	court, rest, ok := cutCourt(rest)
	if !ok {
		return Number{}, fail.InvalidKey("casenumber.court_missing", "Year", year, "Typed", court)
	}
	n := Number{Year: year, Court: court}
	run := untilDigit(rest)
	n.Type = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(run, "号"), "第"), "字")
	if _, ok := stages[n.Type]; !ok {
		return Number{}, fail.InvalidKey("casenumber.type_unknown", "Year", year, "Court", court, "Type", n.Type)
	}
	rest = rest[len(run):]
	i := digitsAt(rest)
	if serial, err := strconv.Atoi(rest[:i]); err == nil && serial > 0 && len(strings.TrimLeft(rest[:i], "0")) <= 9 {
		n.Serial = serial
	} else {
		return Number{}, fail.InvalidKey("casenumber.serial_missing", "Year", year, "Court", court, "Type", n.Type)
	}
	if n.Sub, ok = cutSub(rest[i:]); !ok {
		return Number{}, unreadable(text)
	}
	return n, nil
}

// cutCourt takes the court sign from the front of s; when there is none it returns what stands there instead.
func cutCourt(s string) (court, rest string, ok bool) {
	for _, sign := range []string{supremeIP, supreme} {
		if r, found := strings.CutPrefix(s, sign); found {
			return sign, r, true
		}
	}
	first, size := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError || !strings.ContainsRune(provinceSigns, first) {
		return looksLikeCourt(s), s, false
	}
	switch n := digitsAt(s[size:]); n {
	case 0, 2, 4: // high, intermediate, basic court
		return s[:size+n], s[size+n:], true
	case 1, 3:
		return s[:size+n], s, false
	default: // the type sign between court and serial is missing
		return s[:size+4], s[size+4:], true
	}
}

// looksLikeCourt returns what stands in the place of the court sign, to quote it: 例0199 of 例0199执1234号, but only 执 of 执1234号.
func looksLikeCourt(s string) string {
	words := untilDigit(s)
	sign := s[:len(words)+digitsAt(s[len(words):])]
	if strings.ContainsAny(s[len(sign):], "0123456789") {
		return sign
	}
	return words
}

func untilDigit(s string) string {
	if i := strings.IndexAny(s, "0123456789"); i >= 0 {
		return s[:i]
	}
	return s
}

// papers are the last characters of the names of papers that people copy along with the number.
const papers = "书令函知定决告"

// cutSub reads what follows the serial: 号, "之一" or "之1" or "-1", and the name of a paper.
func cutSub(s string) (sub string, ok bool) {
	s = strings.TrimPrefix(s, "号")
	for _, mark := range []string{"之", "-"} {
		r, found := strings.CutPrefix(s, mark)
		if !found {
			continue
		}
		i := strings.IndexFunc(r, func(c rune) bool { return !strings.ContainsRune("0123456789一二三四五六七八九十", c) })
		if i < 0 {
			i = len(r)
		}
		if sub, ok = ordinal(r[:i]); !ok {
			return "", false
		}
		s = strings.TrimPrefix(r[i:], "号")
		break
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	return sub, s == "" || !strings.ContainsAny(s, "0123456789") && strings.ContainsRune(papers, last)
}

var ordinals = [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// ordinal turns 1 to 99 in digits or Chinese numerals into Chinese numerals.
func ordinal(s string) (string, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return numeral(n), n >= 1 && n <= 99
	}
	for n := 1; n <= 99; n++ {
		if numeral(n) == s {
			return s, true
		}
	}
	return "", false
}

// numeral writes 1 to 99.
func numeral(n int) string {
	switch {
	case n < 1 || n > 99:
		return ""
	case n < 10:
		return ordinals[n]
	case n < 20:
		return "十" + ordinals[n-10]
	}
	return ordinals[n/10] + "十" + ordinals[n%10]
}

// isLegacy says that a text that does not follow the form of 2016 may be an older number: its year is before 2016 and both words and digits follow.
func isLegacy(year int, rest string) bool {
	return year < 2016 && strings.ContainsAny(rest, "0123456789") &&
		strings.ContainsFunc(rest, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// String returns the number as papers carry it: （2024）粤0305执1234号, with 之一 behind it where there is one. A Legacy number keeps its own text.
func (n Number) String() string {
	switch {
	case n.IsZero():
		return ""
	case n.Legacy:
		_, rest, err := cutYear(plain(n.Raw))
		if err != nil {
			return n.Raw
		}
		return fmt.Sprintf("（%04d）%s", n.Year, rest)
	}
	s := fmt.Sprintf("（%04d）%s%s%d号", n.Year, n.Court, n.Type, n.Serial)
	if n.Sub != "" {
		s += "之" + n.Sub
	}
	return s
}

// IsZero says that there is no number.
func (n Number) IsZero() bool { return n == Number{} }

// Same says that both name the same case, however they were typed; papers of one case (之一, 之二) count as the same.
func (n Number) Same(o Number) bool {
	if n.Legacy || o.Legacy {
		return n.Legacy == o.Legacy && n.String() == o.String()
	}
	return n.Year == o.Year && n.Court == o.Court && n.Type == o.Type && n.Serial == o.Serial
}

// Stage says what kind of case it is, from the type sign; "" for a Legacy number.
func (n Number) Stage() Stage { return stages[n.Type] }

// Level returns the level of the court by its sign: 1 supreme, 2 high, 3 intermediate, 4 basic; 0 for a Legacy number.
func (n Number) Level() int {
	switch digits := len(n.Court) - len(strings.TrimRight(n.Court, "0123456789")); {
	case n.Court == "":
		return 0
	case slices.Contains([]string{supreme, supremeIP}, n.Court):
		return 1
	default:
		return 2 + digits/2
	}
}
