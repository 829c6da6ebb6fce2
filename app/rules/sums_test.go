package rules

import (
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

var sums = Sums{LatePerMillion: 175, OverPercent: 120}

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// 100,000 yuan, due 31 December 2025: 0.0175 % a day is 17.50 yuan a day.
func TestLateInterest(t *testing.T) {
	claim := LateClaim{Principal: money.Yuan(100_000), Interest: money.Yuan(5_000), Due: date(t, "2025-12-31"), Until: date(t, "2026-04-10")}
	tests := []struct {
		name     string
		change   func(*LateClaim)
		doubled  money.Fen
		owed     money.Fen
		over     money.Fen
		rows     int
		lastDays int
	}{
		{"a hundred days", func(*LateClaim) {}, money.Yuan(1750), money.Yuan(106_750), 0, 1, 100},
		{"on the day it was due", func(c *LateClaim) { c.Until = c.Due }, 0, money.Yuan(105_000), 0, 0, 0},
		{"one day late", func(c *LateClaim) { c.Until = c.Due.AddDays(1) }, 1750, money.Yuan(105_017) + 50, 0, 1, 1},
		{"half paid after fifty days", func(c *LateClaim) { c.Payments = []Payment{{date(t, "2026-02-19"), money.Yuan(50_000)}} },
			money.Yuan(875) + 43750, money.Yuan(55_000) + money.Yuan(875) + 43750, 0, 2, 50},
		{"principal first, then interest", func(c *LateClaim) { c.Payments = []Payment{{date(t, "2026-04-10"), money.Yuan(103_000)}} },
			money.Yuan(1750), money.Yuan(3_750), 0, 1, 100},
		{"paid too much", func(c *LateClaim) { c.Payments = []Payment{{date(t, "2026-04-10"), money.Yuan(107_000)}} },
			money.Yuan(1750), 0, money.Yuan(250), 1, 100},
		{"paid before it was due", func(c *LateClaim) { c.Payments = []Payment{{date(t, "2025-12-01"), money.Yuan(40_000)}} },
			money.Yuan(1050), money.Yuan(66_050), 0, 1, 100},
		{"thirty days of retrial stay", func(c *LateClaim) { c.Stays = []Span{{date(t, "2026-01-01"), date(t, "2026-01-30")}} },
			money.Yuan(1225), money.Yuan(106_225), 0, 1, 70},
		{"two stays that overlap", func(c *LateClaim) {
			c.Stays = []Span{{date(t, "2026-01-11"), date(t, "2026-01-30")}, {date(t, "2026-01-01"), date(t, "2026-01-20")}}
		}, money.Yuan(1225), money.Yuan(106_225), 0, 1, 70},
		{"payment after the last day is left out", func(c *LateClaim) { c.Payments = []Payment{{date(t, "2026-04-11"), money.Yuan(50_000)}} },
			money.Yuan(1750), money.Yuan(106_750), 0, 1, 100},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := claim
			tt.change(&c)
			got := sums.LateInterest(c)
			if got.Doubled != tt.doubled || got.Owed != tt.owed || got.Over != tt.over || len(got.Rows) != tt.rows {
				t.Errorf("doubled %s, owed %s, over %s, %d rows", got.Doubled, got.Owed, got.Over, len(got.Rows))
			}
			if tt.rows > 0 && got.Rows[len(got.Rows)-1].Days != tt.lastDays {
				t.Errorf("last row has %d days, want %d", got.Rows[len(got.Rows)-1].Days, tt.lastDays)
			}
		})
	}
}

func TestLateInterestProperties(t *testing.T) {
	start := date(t, "2020-01-01")
	rapid.Check(t, func(t *rapid.T) {
		c := LateClaim{
			Principal: money.Fen(rapid.Int64Range(0, int64(money.Max)).Draw(t, "principal")),
			Due:       start, Until: start.AddDays(rapid.IntRange(0, 9000).Draw(t, "days")),
		}
		whole := sums.LateInterest(c)
		if whole.Doubled < 0 || whole.Owed != c.Principal+whole.Doubled {
			t.Fatalf("%+v", whole)
		}
		c.Payments = []Payment{{start.AddDays(rapid.IntRange(0, 9000).Draw(t, "on")), money.Fen(rapid.Int64Range(0, int64(c.Principal)).Draw(t, "paid"))}}
		if part := sums.LateInterest(c); part.Doubled > whole.Doubled+1 || part.Owed > whole.Owed+1 {
			t.Fatalf("paying made it more: %+v after %+v", part, whole)
		}
	})
}

func TestOverSealed(t *testing.T) {
	debt := money.Yuan(100_000)
	tests := []struct {
		name   string
		things []Sealed
		want   Truth
		over   money.Fen
	}{
		{"as much as the limit allows", []Sealed{{money.Yuan(120_000), true}}, False, money.Yuan(20_000)},
		{"a fen more", []Sealed{{money.Yuan(120_000) + 1, true}}, True, money.Yuan(20_000) + 1},
		{"nothing sealed", nil, False, 0},
		{"one value missing", []Sealed{{money.Yuan(50_000), true}, {}}, Unknown, 0},
		{"clear although one value is missing", []Sealed{{money.Yuan(130_000), true}, {}}, True, money.Yuan(30_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := sums.OverSealed(debt, 0, tt.things)
			if got.Clear != tt.want || got.Over != tt.over {
				t.Errorf("%s, over %s", got.Clear, got.Over)
			}
		})
	}
}

func TestReserveStandard(t *testing.T) {
	s := Sums{Standards: []Standard{
		{Region: "44", Kind: "urban", PerMonth: money.Yuan(1000), From: date(t, "2025-01-01")},
		{Region: "4403", Kind: "urban", PerMonth: money.Yuan(1400), From: date(t, "2025-01-01"), To: date(t, "2026-06-30")},
		{Region: "4403", Kind: "urban", PerMonth: money.Yuan(1500), From: date(t, "2026-07-01")},
	}}
	tests := []struct {
		name, region, kind, on string
		want                   money.Fen
		ok                     bool
	}{
		{"the city's own", "440305", "urban", "2026-06-30", money.Yuan(1400), true},
		{"the next one from its first day", "440305", "urban", "2026-07-01", money.Yuan(1500), true},
		{"the province where the city has none", "440103", "urban", "2026-07-01", money.Yuan(1000), true},
		{"before any", "440305", "urban", "2024-12-31", 0, false},
		{"another kind", "440305", "rural", "2026-07-01", 0, false},
		{"another province", "110105", "urban", "2026-07-01", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := s.Standard(tt.region, tt.kind, date(t, tt.on))
			if ok != tt.ok || got.PerMonth != tt.want {
				t.Errorf("%s, %v", got.PerMonth, ok)
			}
		})
	}
	if got := s.Standards[0].Reserve(3, money.Yuan(200)); got != money.Yuan(3200) {
		t.Errorf("three people and 200 more need %s", got)
	}
}
