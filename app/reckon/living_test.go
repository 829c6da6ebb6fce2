package reckon

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/money"
)

func table(t testing.TB) Standards {
	t.Helper()
	f, err := os.Open("testdata/standards.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := ParseStandards(f)
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
	head := strings.Join(columns, ",") + "\n"
	cases := []struct{ name, text, want string }{
		{"empty", "", "head"},
		{"another head", strings.Replace(head, "home", "kind", 1), "columns must be"},
		{"good", head + "440300,深,urban,1,2025-01-01,,公告,,\n", ""},
		{"ends the day before the next begins", head + "44,粤,urban,1,2025-01-01,2025-06-30,公告,,\n440000,粤,urban,2,2025-07-01,,公告,,\n", ""},
		{"overlap by one day", head + "44,粤,urban,1,2025-01-01,2025-07-01,公告,,\n440000,粤,urban,2,2025-07-01,,公告,,\n", "overlap"},
		{"two without end", head + "44,粤,urban,1,2025-01-01,,公告,,\n44,粤,urban,2,2026-07-01,,公告,,\n", "overlap"},
		{"two households", head + "44,粤,urban,1,2025-01-01,,公告,,\n44,粤,rural,2,2025-01-01,,公告,,\n", ""},
		{"no source", head + "440300,深,urban,1,2025-01-01,,,,\n", "notice"},
		{"no name", head + "440300,,urban,1,2025-01-01,,公告,,\n", "name"},
		{"no sum", head + "440300,深,urban,,2025-01-01,,公告,,\n", "yuan_per_month"},
		{"nothing", head + "440300,深,urban,0,2025-01-01,,公告,,\n", "more than nothing"},
		{"no first day", head + "440300,深,urban,1,,,公告,,\n", "valid_from"},
		{"no such day", head + "440300,深,urban,1,2025-02-29,,公告,,\n", "valid_from"},
		{"bad last day", head + "440300,深,urban,1,2025-01-01,x,公告,,\n", "valid_to"},
		{"ends before it begins", head + "440300,深,urban,1,2025-01-02,2025-01-01,公告,,\n", "lies after"},
		{"another household", head + "440300,深,both,1,2025-01-01,,公告,,\n", "urban or rural"},
		{"no code", head + ",深,urban,1,2025-01-01,,公告,,\n", "region code"},
		{"the whole country", head + "000000,全国,urban,1,2025-01-01,,公告,,\n", "region code"},
		{"odd code", head + "44030,深,urban,1,2025-01-01,,公告,,\n", "region code"},
		{"letters", head + "44ab00,深,urban,1,2025-01-01,,公告,,\n", "region code"},
		{"a cell too few", head + "440300,深,urban,1,2025-01-01,,公告\n", "wrong number of fields"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseStandards(strings.NewReader(c.text))
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
	if _, err := Local(); err != nil {
		t.Errorf("the table of the portal: %v", err)
	}
	if _, err := table(t).With(Standard{Region: "99", Name: "例省", Home: Urban, PerMonth: 1, From: on("2026-01-01"), Source: "x"}); err == nil {
		t.Error("a row that overlaps is added")
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
