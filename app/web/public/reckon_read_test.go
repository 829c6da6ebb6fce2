package public

import (
	"testing"

	"reliefportal/app/fail"
)

func TestReadDay(t *testing.T) {
	cases := []struct{ typed, want, key string }{
		{"2026-10-8", "2026-10-08", ""}, {"2026-10-08", "2026-10-08", ""}, {"2026/10/8", "2026-10-08", ""}, {"2026.10.8", "2026-10-08", ""},
		{"2026年10月8日", "2026-10-08", ""}, {" 2026 年 10 月 8 号 ", "2026-10-08", ""}, {"２０２６－１０－８", "2026-10-08", ""}, {"20261008", "2026-10-08", ""},
		{"2024-2-29", "2024-02-29", ""}, {"2026-2-29", "", "date.impossible"},
		{"", "", "reckon.bad_day"}, {"昨天", "", "reckon.bad_day"}, {"10-8", "", "reckon.bad_day"}, {"2026-13-1", "", "reckon.bad_day"},
		{"26-10-8", "", "reckon.bad_day"}, {"2026-10-8-1", "", "reckon.bad_day"}, {"-2026-10-8", "", "reckon.bad_day"}, {"2026-00010-8", "", "reckon.bad_day"},
		{"+2026-10-8", "", "reckon.bad_day"}, {"1899-12-31", "", "reckon.bad_day"}, {"2200-1-1", "", "reckon.bad_day"},
	}
	for _, c := range cases {
		d, err := readDay(c.typed)
		e, _ := fail.As(err)
		if (err == nil) != (c.key == "") || e != nil && e.Key != c.key || d.String() != c.want {
			t.Errorf("%q gives %s, %v", c.typed, d, err)
		}
	}
}

// FuzzReadDay: no panic, and a day that is read is read the same from its own text.
func FuzzReadDay(f *testing.F) {
	for _, s := range []string{"2026-10-8", "2026年10月8日", "２０２６１００８", "--", "0000-00-00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := readDay(s)
		if err != nil {
			return
		}
		if again, err := readDay(d.String()); err != nil || again != d {
			t.Fatalf("%q is %s, then %s, %v", s, d, again, err)
		}
	})
}

func TestPercent(t *testing.T) {
	for rate, want := range map[int64]string{175: "0.0175%", 10_000: "1%", 12_500: "1.25%", 1: "0.0001%"} {
		if got := percent(rate); got != want {
			t.Errorf("%d is %s, want %s", rate, got, want)
		}
	}
}
