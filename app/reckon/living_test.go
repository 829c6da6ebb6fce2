package reckon

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// row is a standard in a made-up place; sum in fen, empty days are none.
func row(region, name string, home Home, sum money.Fen, from, to string) Standard {
	s := Standard{Region: region, Name: name, Home: home, PerMonth: sum, Source: name + "公告（试）"}
	if from != "" {
		s.From = on(from)
	}
	if to != "" {
		s.To = on(to)
	}
	return s
}

func table(t testing.TB) Standards {
	t.Helper()
	s, err := NewStandards(row("990000", "例省", Urban, 70000, "2025-01-01", ""), row("990100", "例市", Urban, 90050, "2025-01-01", "2026-06-30"),
		row("990100", "例市", Urban, 100000, "2026-07-01", ""), row("990100", "例市", Rural, 80000, "2026-01-01", ""))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStandardOfAPlace(t *testing.T) {
	s := table(t)
	cases := []struct {
		name, region string
		home         Home
		day          string
		want         money.Fen
		ok           bool
	}{
		{"the city's own", "990102", Urban, "2026-06-30", 90050, true},
		{"the next one from its first day", "990102", Urban, "2026-07-01", 100000, true},
		{"the province where the city has none", "990200", Urban, "2026-07-01", 70000, true},
		{"the province by its own code", "990000", Urban, "2026-07-01", 70000, true},
		{"the day before any", "990102", Urban, "2024-12-31", 0, false},
		{"the first day", "990102", Urban, "2025-01-01", 90050, true},
		{"another household", "990200", Rural, "2026-07-01", 0, false},
		{"another province", "980102", Urban, "2026-07-01", 0, false},
		{"no place", "", Urban, "2026-07-01", 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, ok := s.Find(c.region, c.home, on(c.day))
			if ok != c.ok || got.PerMonth != c.want {
				t.Errorf("%s, %v", got.PerMonth, ok)
			}
		})
	}
	if got := s.Places(on("2026-07-01")); len(got) != 2 || got[0].Name != "例省" || got[1].Name != "例市" {
		t.Errorf("places %+v", got)
	}
	if got := s.Places(on("2024-01-01")); len(got) != 0 {
		t.Errorf("places before any: %+v", got)
	}
}

func TestTableIsChecked(t *testing.T) {
	good := row("440300", "深", Urban, 1, "2025-01-01", "")
	with := func(change func(*Standard)) []Standard { s := good; change(&s); return []Standard{s} }
	cases := []struct {
		name string
		rows []Standard
		want string
	}{
		{"good", []Standard{good}, ""},
		{"ends the day before the next begins", []Standard{row("44", "粤", Urban, 1, "2025-01-01", "2025-06-30"), row("440000", "粤", Urban, 2, "2025-07-01", "")}, ""},
		{"overlap by one day", []Standard{row("44", "粤", Urban, 1, "2025-01-01", "2025-07-01"), row("440000", "粤", Urban, 2, "2025-07-01", "")}, "overlap"},
		{"two without end", []Standard{row("44", "粤", Urban, 1, "2025-01-01", ""), row("44", "粤", Urban, 2, "2026-07-01", "")}, "overlap"},
		{"two households", []Standard{row("44", "粤", Urban, 1, "2025-01-01", ""), row("44", "粤", Rural, 2, "2025-01-01", "")}, ""},
		{"no source", with(func(s *Standard) { s.Source = "" }), "notice"},
		{"no name", with(func(s *Standard) { s.Name = "" }), "name"},
		{"nothing", with(func(s *Standard) { s.PerMonth = 0 }), "more than nothing"},
		{"no first day", with(func(s *Standard) { s.From = calendar.Date{} }), "first day"},
		{"ends before it begins", []Standard{row("440300", "深", Urban, 1, "2025-01-02", "2025-01-01")}, "lies after"},
		{"another household", with(func(s *Standard) { s.Home = "both" }), "urban or rural"},
		{"no code", with(func(s *Standard) { s.Region = "" }), "region code"},
		{"the whole country", with(func(s *Standard) { s.Region = "000000" }), "region code"},
		{"odd code", with(func(s *Standard) { s.Region = "44030" }), "region code"},
		{"letters", with(func(s *Standard) { s.Region = "44ab00" }), "region code"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewStandards(c.rows...)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want %q", err, c.want)
			}
		})
	}
}

func TestLiving(t *testing.T) {
	base := LivingInput{Region: "990100", Home: Urban, On: on("2026-07-01"), People: 3, Income: money.Yuan(6_200), Taken: money.Yuan(2_800)}
	cases := []struct {
		name   string
		change func(*LivingInput)
		want   LivingResult // the standard itself is compared by its sum
	}{
		{"three people", func(*LivingInput) {},
			LivingResult{From: FromTable, PerHead: 100000, Reserve: 300000, Free: 320000, After: 340000}},
		{"just enough is left", func(in *LivingInput) { in.Taken = money.Yuan(3_200) },
			LivingResult{From: FromTable, PerHead: 100000, Reserve: 300000, Free: 320000, After: 300000}},
		{"a fen too much is taken", func(in *LivingInput) { in.Taken = money.Yuan(3_200) + 1 },
			LivingResult{From: FromTable, PerHead: 100000, Reserve: 300000, Free: 320000, After: 299999, Short: 1, ShortNeeds: 1}},
		{"income is the reserve", func(in *LivingInput) { in.Income, in.Taken = money.Yuan(3_000), 0 },
			LivingResult{From: FromTable, PerHead: 100000, Reserve: 300000, After: 300000}},
		{"income below the reserve", func(in *LivingInput) { in.Income, in.Taken = money.Yuan(2_680), 0 },
			LivingResult{From: FromTable, PerHead: 100000, Reserve: 300000, Free: -32000, After: 268000, Short: 32000, ShortNeeds: 32000}},
		{"more is taken than comes in", func(in *LivingInput) { in.Income, in.Taken = 0, 100 },
			LivingResult{From: FromTable, PerHead: 100000, Reserve: 300000, Free: -300000, After: -100, Short: 300100, ShortNeeds: 300100}},
		{"needs stand apart", func(in *LivingInput) { in.Needs = money.Yuan(980) },
			LivingResult{From: FromTable, PerHead: 100000, Reserve: 300000, Free: 320000, After: 340000, ShortNeeds: 58000}},
		{"an unknown place stays unknown", func(in *LivingInput) { in.Region = "980100" }, LivingResult{}},
		{"no place", func(in *LivingInput) { in.Region, in.Home = "", "" }, LivingResult{}},
		{"as the office told", func(in *LivingInput) { in.Region, in.Asked = "", money.Yuan(800) },
			LivingResult{From: FromPerson, PerHead: 80000, Reserve: 240000, Free: 380000, After: 340000}},
		{"an announced standard stands before what was told", func(in *LivingInput) { in.Asked = money.Yuan(800) },
			LivingResult{From: FromTable, PerHead: 100000, Reserve: 300000, Free: 320000, After: 340000}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := base
			c.change(&in)
			got, err := Living(in, table(t))
			if err != nil {
				t.Fatal(err)
			}
			if got.From == FromTable && got.Standard.PerMonth != got.PerHead {
				t.Errorf("the standard is %s", got.Standard.PerMonth)
			}
			got.Standard = Standard{}
			if got != c.want {
				t.Errorf("got %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestLivingIsChecked(t *testing.T) {
	ok := LivingInput{People: 1}
	cases := map[string]LivingInput{
		"nobody": {People: 0}, "a crowd": {People: maxPeople + 1}, "negative": {People: 1, Income: -1}, "large": {People: 1, Taken: money.Max + 1},
		"place without household": {People: 1, Region: "990100"},
	}
	if _, err := Living(ok, Standards{}); err != nil {
		t.Error(err)
	}
	if _, err := Living(LivingInput{People: maxPeople}, Standards{}); err != nil {
		t.Error(err)
	}
	for name, in := range cases {
		if _, err := Living(in, table(t)); err == nil {
			t.Errorf("%s is counted with", name)
		}
	}
}

// TestUnknownNeverCounts: without a standard there is no figure at all, whatever was typed.
func TestUnknownNeverCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := LivingInput{Region: rapid.SampledFrom([]string{"", "980100", "110000"}).Draw(t, "region"), Home: Rural, On: on("2026-07-01"),
			People: rapid.IntRange(1, maxPeople).Draw(t, "people"), Income: money.Fen(rapid.Int64Range(0, int64(money.Max)).Draw(t, "income"))}
		got, err := Living(in, Standards{})
		if err != nil || got != (LivingResult{}) {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}
