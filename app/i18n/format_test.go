package i18n

import (
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
)

func d(y int, m time.Month, day int) calendar.Date { return calendar.NewDate(y, m, day) }

func TestDates(t *testing.T) {
	day := d(2026, 10, 8)
	at := time.Date(2026, 9, 28, 6, 6, 0, 0, time.UTC)
	for _, c := range []struct{ name, got, want string }{
		{"date zh", Date(Chinese, day), "2026年10月8日（周四）"},
		{"date en", Date(English, day), "Thursday 8 October 2026"},
		{"day zh", DateDay(Chinese, day), "10月8日（周四）"},
		{"day en", DateDay(English, day), "Thursday 8 October"},
		{"short zh", DateShort(Chinese, day), "10月8日 周四"},
		{"short en", DateShort(English, day), "Thu 8 Oct"},
		{"month zh", DayMonth(Chinese, day), "10月8日"},
		{"month en", DayMonth(English, day), "8 October"},
		{"none", Date(Chinese, calendar.Date{}) + DateDay(English, calendar.Date{}) + DateShort(Chinese, calendar.Date{}) + DayMonth(English, calendar.Date{}), ""},
		{"time in Beijing", Time(at), "14:06"},
		{"instant zh", DateTime(Chinese, at), "2026年9月28日（周一）14:06"},
		{"instant en", DateTime(English, at), "Monday 28 September 2026, 14:06"},
		{"instant without year", DateTimeDay(English, at), "Monday 28 September, 14:06"},
		{"no instant", DateTime(English, time.Time{}) + DateTimeDay(Chinese, time.Time{}), ""},
		{"the last minute is the next day in Beijing", DateTime(Chinese, time.Date(2026, 9, 28, 16, 0, 0, 0, time.UTC)), "2026年9月29日（周二）00:00"},
		{"span zh", Span(Chinese, day, d(2026, 10, 12)), "10月8日至10月12日"},
		{"span en", Span(English, day, d(2026, 10, 12)), "8 to 12 October 2026"},
		{"span over a month", Span(English, d(2026, 9, 30), day), "30 September to 8 October 2026"},
		{"span over a year", Span(English, d(2026, 12, 30), d(2027, 1, 2)), "30 December 2026 to 2 January 2027"},
		{"span of one day", Span(English, day, day), "8 October"},
		{"months zh", Months(Chinese, d(2026, 9, 21), day), "2026年9月至10月"},
		{"months en", Months(English, d(2026, 9, 21), day), "September to October 2026"},
		{"one month", Months(Chinese, day, day), "2026年10月"},
		{"months over a year", Months(English, d(2026, 12, 28), d(2027, 1, 3)), "December 2026 to January 2027"},
		{"period", Period(Chinese, calendar.Period{N: 5, Unit: calendar.WorkDay}), "5 个工作日"},
		{"period of one", Period(English, calendar.Period{N: 1, Unit: calendar.Month}), "1 month"},
		{"period of many", Period(English, calendar.Period{N: 2, Unit: calendar.Year}), "2 years"},
		{"holiday", Holiday(English, "国庆节、中秋节"), "National Day and Mid-Autumn Festival"},
		{"holiday zh", Holiday(Chinese, "国庆节"), "国庆节"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestLeft(t *testing.T) {
	for _, c := range []struct {
		days   int
		zh, en string
	}{
		{-2, "已过 2 天", "2 days past"}, {-1, "已过 1 天", "1 day past"}, {0, "今天", "today"}, {1, "明天", "tomorrow"}, {2, "还有 2 天", "2 days left"}, {30, "还有 30 天", "30 days left"},
	} {
		if zh, en := Left(Chinese, c.days), Left(English, c.days); zh != c.zh || en != c.en {
			t.Errorf("%d: %q and %q, want %q and %q", c.days, zh, en, c.zh, c.en)
		}
	}
}

func TestMoneyAndSize(t *testing.T) {
	for fen, want := range map[int64]string{0: "¥0.00", 5: "¥0.05", 99: "¥0.99", 100: "¥1.00", 99999: "¥999.99", 100000: "¥1,000.00", 123456789: "¥1,234,567.89", -32000: "-¥320.00"} {
		if got := Money(fen); got != want {
			t.Errorf("Money(%d) = %q, want %q", fen, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0 B", 1023: "1023 B", 1024: "1 KB", 98304: "96 KB", 1024*1024 - 1: "1023 KB", 1024 * 1024: "1.0 MB", 1258291: "1.1 MB"} {
		if got := Size(n); got != want {
			t.Errorf("Size(%d) = %q, want %q", n, got, want)
		}
	}
	if got := Hash("9f2c41aa07"); got != "9f2c 41aa 07" {
		t.Errorf("Hash gave %q", got)
	}
}

func TestMasks(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"three characters", Name("林晓芸"), "林某"}, {"two characters", Name("赵敏"), "赵某"}, {"four characters", Name("欧阳小云"), "欧阳某"},
		{"compound of three", Name("尉迟恭"), "尉迟某"}, {"two characters that are also a compound name", Name("司马"), "司某"},
		{"rare character", Name("𠮷田芸"), "𠮷某"}, {"dot", Name("阿卜杜热合曼·买买提"), "阿卜杜热合曼·某"}, {"dot and rare", Name("欧阳·阿卜杜热合曼𠮷"), "欧阳·某"},
		{"one character", Name("林"), "林某"}, {"none", Name(" "), ""}, {"not Chinese", Name("Anna Berg"), "A…"},
		{"identity", ID("35010119900101002X"), "3501**********002X"}, {"old identity", ID("350101900101002"), "3501*******1002"}, {"short", ID("1234"), "****"},
		{"mobile", Phone("13800006071"), "138 **** 6071"}, {"with country", Phone("+86 138-0000-6071"), "138 **** 6071"}, {"short number", Phone("12368"), "*****"},
		{"e-mail", Email("lin@example.cn"), "l***@example.cn"}, {"odd e-mail", Email("@x"), "***"}, {"contact", Contact("lin@example.cn"), "l***@example.cn"}, {"contact mobile", Contact("13800006071"), "138 **** 6071"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

// TestMasksHide: whatever the number, its middle never shows.
func TestMasksHide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "mobile")
		if got := Phone(n); len(got) != len("138 **** 6071") || got[4:8] != "****" {
			t.Fatalf("Phone(%q) = %q", n, got)
		}
		id := rapid.StringMatching(`[1-9][0-9]{16}[0-9X]`).Draw(t, "identity")
		if got := ID(id); len(got) != 18 || got[4:14] != "**********" {
			t.Fatalf("ID(%q) = %q", id, got)
		}
	})
}

func TestPick(t *testing.T) {
	for tag, want := range map[string]string{"en": English, "en-GB": English, "EN-us": English, "zh-CN": Chinese, "zh-Hans": Chinese, "": Chinese, "fr": Chinese} {
		if got := Pick(tag); got != want {
			t.Errorf("Pick(%q) = %q, want %q", tag, got, want)
		}
	}
}

func TestT(t *testing.T) {
	if got := T(English, "left.days", "N", 1); got != "1 day left" {
		t.Errorf("one: %q", got)
	}
	if got := T(English, "left.days", "n", 2); got != "2 days left" {
		t.Errorf("a name with a small letter: %q", got)
	}
	if got := With(Chinese, "date.impossible", map[string]any{"Month": 9, "Day": 31, "Last": 30}); got != "9月没有 31 日，最多到 30 日。请看文书上的日期" {
		t.Errorf("with a map: %q", got)
	}
	if got := T(English, "chain.by", "Date", d(2026, 10, 8)); got != "By Thursday 8 October 2026: " {
		t.Errorf("a date by itself: %q", got)
	}
	if Has(English, "no.such") || !Has(English, "left.days") || !Has(Chinese, "frame.brand") {
		t.Error("Has is wrong")
	}
	for name, speak := range map[string]func(){
		"a missing key":   func() { T(English, "no.such") },
		"a missing value": func() { T(English, "left.days") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s says nothing in a test", name)
				}
			}()
			speak()
		}()
	}
}

// TestSteps words every step of every kind of working, in both languages.
func TestSteps(t *testing.T) {
	raw, err := os.ReadFile("../calendar/testdata/holiday-2026.json")
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.New(raw)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[calendar.StepKind]bool{}
	for day := d(2026, 1, 1); day.Before(d(2027, 1, 1)); day = day.AddDays(1) {
		for _, p := range []calendar.Period{{N: 10, Unit: calendar.Day}, {N: 3, Unit: calendar.WorkDay}, {N: 6, Unit: calendar.Month}, {N: 1, Unit: calendar.Year}} {
			dl := cal.End(day, p)
			for _, s := range dl.Steps {
				seen[s.Kind] = true
				for _, lang := range Languages {
					if Step(lang, "x", dl, s) == "" {
						t.Fatalf("%s: the step %s of %s says nothing", lang, s.Kind, day)
					}
				}
			}
		}
	}
	for _, k := range []calendar.StepKind{
		calendar.StepServed, calendar.StepCounted, calendar.StepMonths, calendar.StepMonthEnd, calendar.StepWorkdays, calendar.StepSkipped, calendar.StepWeekendCounts,
		calendar.StepHoliday, calendar.StepWeekend, calendar.StepWorkedWeekend, calendar.StepMoved, calendar.StepAdjusted, calendar.StepProvisional,
	} {
		if !seen[k] {
			t.Errorf("the year shows no step %s", k)
		}
	}
}

func BenchmarkT(b *testing.B) {
	b.Run("fixed", func(b *testing.B) {
		for b.Loop() {
			T(Chinese, "frame.brand")
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			T(Chinese, "left.days", "N", 6)
		}
	})
}
