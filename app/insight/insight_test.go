package insight_test

import (
	"testing"

	"reliefportal/app/calendar"
	"reliefportal/app/insight"
)

func TestQuarter(t *testing.T) {
	for _, c := range []struct {
		day               calendar.Date
		want, first, last string
	}{
		{calendar.NewDate(2026, 9, 30), "2026-Q3", "2026-07-01", "2026-09-30"},
		{calendar.NewDate(2026, 10, 1), "2026-Q4", "2026-10-01", "2026-12-31"},
		{calendar.NewDate(2027, 1, 1), "2027-Q1", "2027-01-01", "2027-03-31"},
	} {
		q := insight.QuarterOf(c.day)
		if q.String() != c.want || q.First().String() != c.first || q.Last().String() != c.last {
			t.Errorf("%s lies in %s, %s to %s", c.day, q, q.First(), q.Last())
		}
		if back, err := insight.ParseQuarter(c.want); err != nil || back != q || q.Next().Back(1) != q || q.Compare(q.Next()) >= 0 {
			t.Errorf("%s is read as %s, %v", c.want, back, err)
		}
	}
	from, to := insight.Quarter{Year: 2026, Number: 4}.Span()
	if from.String() != "2026-09-30 16:00:00 +0000 UTC" || to.String() != "2026-12-31 16:00:00 +0000 UTC" {
		t.Errorf("the quarter lasts from %s to %s", from, to)
	}
	for _, wrong := range []string{"", "2026", "2026-Q5", "2026-Q0", "2026-q4", "26-Q1", "2026-Q04", "+2026-Q1"} {
		if q, err := insight.ParseQuarter(wrong); err == nil {
			t.Errorf("%q was read as %s", wrong, q)
		}
	}
}
