// Package insight counts what cuts across nouns, for people who answer for it and for the public: it reads, and changes nothing that a
// noun keeps. No figure of fewer than Least people leaves it, nor any that such a figure could be worked out from.
package insight

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

// Quarter is a quarter of a year, in which figures are counted and published. The zero value is no quarter.
type Quarter struct{ Year, Number int }

// QuarterOf is the quarter of a civil date.
func QuarterOf(d calendar.Date) Quarter {
	year, month, _ := d.Parts()
	return Quarter{year, (int(month)-1)/3 + 1}
}

// ParseQuarter reads "2026-Q4"; not found for anything else, as quarters stand in addresses.
func ParseQuarter(s string) (Quarter, error) {
	year, number, ok := strings.Cut(s, "-Q")
	y, errYear := strconv.Atoi(year)
	n, errNumber := strconv.Atoi(number)
	q := Quarter{y, n}
	if !ok || errYear != nil || errNumber != nil || y < 2000 || y > 9999 || n < 1 || n > 4 || q.String() != s {
		return Quarter{}, fail.NotFound()
	}
	return q, nil
}

// String writes "2026-Q4".
func (q Quarter) String() string { return fmt.Sprintf("%04d-Q%d", q.Year, q.Number) }

// IsZero says that it is no quarter.
func (q Quarter) IsZero() bool { return q.Year == 0 }

// First is the first day of the quarter.
func (q Quarter) First() calendar.Date {
	return calendar.NewDate(q.Year, time.Month(q.Number*3-2), 1)
}

// Last is the last day of the quarter.
func (q Quarter) Last() calendar.Date { return q.Next().First().AddDays(-1) }

// Next is the quarter after it.
func (q Quarter) Next() Quarter { return q.plus(1) }

// Back is the quarter n quarters before it.
func (q Quarter) Back(n int) Quarter { return q.plus(-n) }

func (q Quarter) plus(n int) Quarter {
	months := q.Year*4 + q.Number - 1 + n
	return Quarter{months / 4, months%4 + 1}
}

// Compare orders quarters by time.
func (q Quarter) Compare(other Quarter) int {
	return cmp.Or(cmp.Compare(q.Year, other.Year), cmp.Compare(q.Number, other.Number))
}

// Span is the quarter as instants, UTC: from its first moment in Asia/Shanghai up to, and without, the first of the next.
func (q Quarter) Span() (from, to time.Time) {
	return q.First().StartUTC(), q.Next().First().StartUTC()
}
