package calendar

import (
	"os"
	"strings"
	"testing"
)

// official is the calendar of the State Council notices for 2024 to 2026; 2027 is not announced.
func official(t testing.TB) *Calendar {
	t.Helper()
	var files [][]byte
	for _, y := range []string{"2024", "2025", "2026", "2027"} {
		raw, err := os.ReadFile("testdata/holiday-" + y + ".json")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, raw)
	}
	c, err := New(files...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestKind(t *testing.T) {
	c := official(t)
	cases := []struct {
		day   string
		kind  DayKind
		name  string
		known bool
	}{
		{"2026-09-30", Workday, "", true},
		{"2026-10-01", Holiday, "国庆节", true},
		{"2026-10-03", Holiday, "国庆节", true},        // Saturday, statutory
		{"2026-10-04", Holiday, "国庆节", true},        // Sunday inside the holiday
		{"2026-10-07", AdjustedDayOff, "国庆节", true}, // Wednesday, off for a worked weekend day
		{"2026-10-08", Workday, "", true},
		{"2026-10-10", WorkedWeekend, "国庆节", true},
		{"2026-10-11", Weekend, "", true},
		{"2026-09-20", WorkedWeekend, "国庆节", true},
		{"2026-01-02", AdjustedDayOff, "元旦", true},
		{"2026-01-04", WorkedWeekend, "元旦", true},
		{"2026-04-06", Holiday, "清明节", true}, // Monday made up for the Sunday; nothing is worked for it
		{"2026-06-19", Holiday, "端午节", true}, // Friday, statutory by the lunar calendar
		{"2026-12-31", Workday, "", true},
		{"2027-01-01", Holiday, "元旦", true}, // fixed by the decree, notice or not
		{"2027-01-02", Weekend, "", false},
		{"2027-01-04", Workday, "", false},
		{"2027-05-02", Holiday, "劳动节", true},
		{"2027-05-03", Workday, "", false},
		{"2027-10-03", Holiday, "国庆节", true},
		{"2027-10-04", Workday, "", false},
		{"2023-12-31", Weekend, "", false}, // before the first file
	}
	for _, tc := range cases {
		t.Run(tc.day, func(t *testing.T) {
			kind, name, known := c.Kind(day1(t, tc.day))
			if kind != tc.kind || name != tc.name || known != tc.known {
				t.Errorf("Kind = %v %q %v, want %v %q %v", kind, name, known, tc.kind, tc.name, tc.known)
			}
			wantWork := tc.kind == Workday || tc.kind == WorkedWeekend
			if c.IsWorkday(day1(t, tc.day)) != wantWork {
				t.Errorf("IsWorkday = %v", !wantWork)
			}
		})
	}
	if !c.Announced(2026) || c.Announced(2027) || c.Announced(2023) {
		t.Error("announced years are wrong")
	}
}

func TestNewRefuses(t *testing.T) {
	cases := []struct{ name, file, want string }{
		{"no JSON", `{`, "holiday file 1"},
		{"bad date", `{"year":2026,"days":[{"name":"元旦","date":"2026-02-30","isOffDay":true}]}`, "date.impossible"},
		{"no name", `{"year":2026,"days":[{"name":"","date":"2026-01-01","isOffDay":true}]}`, "without date or name"},
		{"no date", `{"year":2026,"days":[{"name":"元旦","date":"","isOffDay":true}]}`, "without date or name"},
		{"worked weekday", `{"year":2026,"days":[{"name":"元旦","date":"2026-01-05","isOffDay":false}]}`, "no weekend day"},
		{"twice", `{"year":2026,"days":[{"name":"元旦","date":"2026-01-04","isOffDay":true},{"name":"元旦","date":"2026-01-04","isOffDay":false}]}`, "twice"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := New([]byte(c.file))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("New = %v, want %q", err, c.want)
			}
		})
	}
}

func TestParsePeriod(t *testing.T) {
	good := map[string]Period{
		"10 day": {10, Day}, "3 workday": {3, WorkDay}, "6 months": {6, Month}, " 2 year ": {2, Year}, "1 days": {1, Day},
	}
	for s, want := range good {
		if got, err := ParsePeriod(s); err != nil || got != want {
			t.Errorf("ParsePeriod(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "10", "day", "0 day", "-1 day", "ten day", "10 week", "10day", "99999 day", " day"} {
		if got, err := ParsePeriod(s); err == nil {
			t.Errorf("ParsePeriod(%q) = %v, want an error", s, got)
		}
	}
	if got := (Period{3, WorkDay}).String(); got != "3 workday" {
		t.Errorf("String = %q", got)
	}
}
