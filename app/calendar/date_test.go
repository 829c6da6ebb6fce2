package calendar

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reliefportal/app/fail"
)

func TestParseDate(t *testing.T) {
	cases := []struct {
		in, want, key string
	}{
		{"2026-10-08", "2026-10-08", ""},
		{" 2026-10-08 ", "2026-10-08", ""},
		{"2024-02-29", "2024-02-29", ""},
		{"1900-01-01", "1900-01-01", ""},
		{"2199-12-31", "2199-12-31", ""},
		{"", "", "date.empty"},
		{"  ", "", "date.empty"},
		{"2026-02-29", "", "date.impossible"},
		{"2026-09-31", "", "date.impossible"},
		{"2026-13-01", "", "date.unreadable"},
		{"2026-00-01", "", "date.unreadable"},
		{"2026-01-00", "", "date.unreadable"},
		{"2026-01-32", "", "date.unreadable"},
		{"1899-12-31", "", "date.unreadable"},
		{"2200-01-01", "", "date.unreadable"},
		{"2026/10/08", "", "date.unreadable"},
		{"+026-10-08", "", "date.unreadable"},
		{"2026-10-8", "", "date.unreadable"},
		{"昨天", "", "date.unreadable"},
	}
	for _, c := range cases {
		t.Run(c.in, func(t *testing.T) {
			d, err := ParseDate(c.in)
			if d.String() != c.want {
				t.Errorf("ParseDate = %q, want %q", d, c.want)
			}
			e, _ := fail.As(err)
			switch {
			case c.key == "" && err != nil:
				t.Errorf("unexpected %v", err)
			case c.key != "" && (e == nil || e.Key != c.key || e.Kind != fail.KindInvalid):
				t.Errorf("error = %v, want %s", err, c.key)
			}
		})
	}
}

func TestImpossibleDateNamesTheMonth(t *testing.T) {
	_, err := DateOfParts(2026, 9, 31)
	e, ok := fail.As(err)
	if !ok || e.Args["Month"] != 9 || e.Args["Day"] != 31 || e.Args["Last"] != 30 {
		t.Errorf("error = %+v", e)
	}
}

func TestAddMonths(t *testing.T) {
	cases := []struct {
		from string
		n    int
		want string
	}{
		{"2026-05-01", 6, "2026-11-01"},
		{"2025-08-31", 6, "2026-02-28"},
		{"2023-08-31", 6, "2024-02-29"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
	}
	for _, c := range cases {
		if got := day1(t, c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

// The civil day turns at 16:00 UTC of the day before.
func TestDateOfTurnsAtMidnightInZone(t *testing.T) {
	before := time.Date(2026, 10, 7, 15, 59, 59, 999_999_000, time.UTC)
	if got := DateOf(before).String(); got != "2026-10-07" {
		t.Errorf("just before midnight = %s", got)
	}
	if got := DateOf(before.Add(time.Microsecond)).String(); got != "2026-10-08" {
		t.Errorf("midnight = %s", got)
	}
}

func TestStartAndEnd(t *testing.T) {
	d := NewDate(2026, time.October, 8)
	if want := time.Date(2026, 10, 7, 16, 0, 0, 0, time.UTC); !d.StartUTC().Equal(want) || d.StartUTC().Location() != time.UTC {
		t.Errorf("StartUTC = %v", d.StartUTC())
	}
	if want := time.Date(2026, 10, 8, 16, 0, 0, 0, time.UTC); !d.EndUTC().Equal(want) {
		t.Errorf("EndUTC = %v", d.EndUTC())
	}
	if !(Date{}).EndUTC().IsZero() || !(Date{}).StartUTC().IsZero() {
		t.Error("none has an instant")
	}
}

func TestNone(t *testing.T) {
	var none Date
	if !none.IsZero() || none.String() != "" || !none.AddDays(3).IsZero() || !none.AddMonths(3).IsZero() || none.Year() != 0 {
		t.Error("none does not stay none")
	}
	if v, err := none.Value(); v != nil || err != nil {
		t.Errorf("Value of none = %v, %v", v, err)
	}
}

func TestJSON(t *testing.T) {
	type box struct {
		D Date `json:"d"`
		Z Date `json:"z"`
		O Date `json:"o,omitzero"`
	}
	raw, err := json.Marshal(box{D: NewDate(2026, 10, 8)})
	if err != nil || string(raw) != `{"d":"2026-10-08","z":""}` {
		t.Fatalf("Marshal = %s, %v", raw, err)
	}
	var back box
	if err := json.Unmarshal(raw, &back); err != nil || back.D != NewDate(2026, 10, 8) || !back.Z.IsZero() {
		t.Errorf("Unmarshal = %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"d":"8.10.2026"}`), &back); err == nil {
		t.Error("an unreadable date is taken")
	}
}

func TestScan(t *testing.T) {
	want := NewDate(2026, 10, 8)
	east := time.FixedZone("east", 8*3600)
	for name, src := range map[string]any{
		"utc midnight":   time.Date(2026, 10, 8, 0, 0, 0, 0, time.UTC),
		"local midnight": time.Date(2026, 10, 8, 0, 0, 0, 0, east),
		"text":           "2026-10-08",
		"bytes":          []byte("2026-10-08"),
		"long text":      "2026-10-08 00:00:00+00:00",
	} {
		t.Run(name, func(t *testing.T) {
			var d Date
			if err := d.Scan(src); err != nil || d != want {
				t.Errorf("Scan = %v, %v", d, err)
			}
		})
	}
	d := want
	if err := d.Scan(nil); err != nil || !d.IsZero() {
		t.Errorf("Scan(nil) = %v, %v", d, err)
	}
	if err := d.Scan(7); err == nil {
		t.Error("a number is taken for a date")
	}
	if err := d.Scan("soon"); err == nil {
		t.Error("a word is taken for a date")
	}
}

// Date agrees with the standard library on every day a person can type.
func TestDateAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		std := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 109_000).Draw(t, "days"))
		d := NewDate(std.Date())
		if d.String() != std.Format(time.DateOnly) || d.Weekday() != std.Weekday() || d.Year() != std.Year() {
			t.Fatalf("%v became %v, %v", std, d, d.Weekday())
		}
		if back, err := ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%v read back as %v, %v", d, back, err)
		}
		n := rapid.IntRange(-400, 400).Draw(t, "n")
		e := d.AddDays(n)
		if e.String() != std.AddDate(0, 0, n).Format(time.DateOnly) || d.DaysUntil(e) != n {
			t.Fatalf("%v + %d = %v", d, n, e)
		}
		if d.Before(e) != (n > 0) || d.After(e) != (n < 0) || d.Equal(e) != (n == 0) || d.Compare(e) != -e.Compare(d) {
			t.Fatalf("order of %v and %v", d, e)
		}
		if DateOf(d.StartUTC()) != d || DateOf(d.EndUTC().Add(-time.Microsecond)) != d || d.EndUTC() != d.AddDays(1).StartUTC() {
			t.Fatalf("instants of %v", d)
		}
	})
}

func day1(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return d
}
