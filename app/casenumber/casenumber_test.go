package casenumber

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

func TestParse(t *testing.T) {
	cases := []struct {
		typed, want string
		stage       Stage
		level       int
	}{
		{"（2024）粤0305执1234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"(2024)粤0305执1234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"（２０２４）粤０３０５执１２３４号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{" ( 2024 ) 粤 0305 执 1234 号 ", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"〔2024〕粤0305执1234", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"【2024】粤0305执1234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"2024粤0305执1234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"2024年粤0305执1234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"(2024粤0305执1234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"案号：（2024）粤0305执1234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"（2024）粤0305执1234号\u200b", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"（2024）粤0305执001234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"（2024）粤0305执字第1234号", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"（2024）粤0305执1234号之一", "（2024）粤0305执1234号之一", StageEnforcement, 4},
		{"（2024）粤0305执1234号之12", "（2024）粤0305执1234号之十二", StageEnforcement, 4},
		{"（2024）粤0305执1234之二十一号", "（2024）粤0305执1234号之二十一", StageEnforcement, 4},
		{"（2024）粤0305执1234-3号", "（2024）粤0305执1234号之三", StageEnforcement, 4},
		{"（2024）粤0305执1234号执行裁定书", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"（2024）粤0305执1234号之三限制消费令", "（2024）粤0305执1234号之三", StageEnforcement, 4},
		{"（2024）粤0305执1234号执行通知", "（2024）粤0305执1234号", StageEnforcement, 4},
		{"（2024）粤0305执恢1234号", "（2024）粤0305执恢1234号", StageResumed, 4},
		{"(2019)豫01执983号", "（2019）豫01执983号", StageEnforcement, 3},
		{"(2021)最高法执监501号", "（2021）最高法执监501号", StageSupervision, 1},
		{"(2021)最高法知民终7号", "（2021）最高法知民终7号", StageTrial, 1},
		{"(2020)闽执复18号", "（2020）闽执复18号", StageReconsideration, 2},
		{"(2021)京0114执异653号", "（2021）京0114执异653号", StageObjection, 4},
		{"(2022)鲁0126执异26号", "（2022）鲁0126执异26号", StageObjection, 4},
		{"(2022)闽01财保57号", "（2022）闽01财保57号", StagePreservation, 3},
		{"(2023)兵08执保3号", "（2023）兵08执保3号", StagePreservationAct, 3},
		{"(2023)黔0102司惩复3号", "（2023）黔0102司惩复3号", StagePenaltyReview, 4},
		{"(2023)黔0102司惩3号", "（2023）黔0102司惩3号", StagePenalty, 4},
		{"(2023)川0104委赔监3号", "（2023）川0104委赔监3号", StageCompensationSupervised, 4},
		{"(2023)粤0305民初999999999号", "（2023）粤0305民初999999999号", StageTrial, 4},
		{"(2012)泰姜执字0491-1号", "（2012）泰姜执字0491-1号", "", 0},
		{"（２０１２）泰姜执字 ０４９１-1 号", "（2012）泰姜执字0491-1号", "", 0},
		{"(2015)深南法执字第1234号", "（2015）深南法执字第1234号", "", 0},
	}
	for _, c := range cases {
		t.Run(c.typed, func(t *testing.T) {
			n, err := Parse(c.typed)
			if err != nil {
				t.Fatal(err)
			}
			if n.String() != c.want || n.Stage() != c.stage || n.Level() != c.level || n.Legacy != (c.level == 0) {
				t.Errorf("Parse = %v %q level %d legacy %v, want %v %q %d", n, n.Stage(), n.Level(), n.Legacy, c.want, c.stage, c.level)
			}
			if n.Raw != strings.TrimSpace(c.typed) {
				t.Errorf("Raw = %q", n.Raw)
			}
		})
	}
}

func TestParseTakesApart(t *testing.T) {
	got, err := Parse("（2024）粤0305执异1234号之二")
	want := Number{Year: 2024, Court: "粤0305", Type: "执异", Serial: 1234, Sub: "二", Raw: "（2024）粤0305执异1234号之二"}
	if err != nil || got != want {
		t.Errorf("Parse = %+v, %v", got, err)
	}
}

func TestParseRefuses(t *testing.T) {
	today := calendar.NewDate(2026, 11, 22)
	cases := []struct {
		typed, key, arg string
		value           any
	}{
		{"", "casenumber.empty", "", nil},
		{" 　", "casenumber.empty", "", nil},
		{"案号：", "casenumber.empty", "", nil},
		{"粤0305执1234号", "casenumber.year_missing", "", nil},
		{"执1234号", "casenumber.year_missing", "", nil},
		{"（24）粤0305执1234号", "casenumber.year_missing", "", nil},
		{"（20244）粤0305执1234号", "casenumber.year_missing", "", nil},
		{"（2027）粤0305执1234号", "casenumber.year_future", "ThisYear", 2026},
		{"（2027）粤0305执1234号", "casenumber.year_future", "Year", 2027},
		{"（2024）执1234号", "casenumber.court_missing", "Typed", "执"},
		{"（2024）", "casenumber.court_missing", "Typed", ""},
		{"2024", "casenumber.court_missing", "Year", 2024},
		{"（2024）例0199执1234号", "casenumber.court_missing", "Typed", "例0199"},
		{"（2024）粤305执1234号", "casenumber.court_missing", "Typed", "粤305"},
		{"（2016）泰姜执字0491号", "casenumber.court_missing", "Typed", "泰姜执字"},
		{"（2024）粤0305行执1234号", "casenumber.type_unknown", "Type", "行执"},
		{"（2024）粤03051234号", "casenumber.type_unknown", "Type", ""},
		{"（2024）粤0305", "casenumber.type_unknown", "Court", "粤0305"},
		{"（2024）粤0305执", "casenumber.serial_missing", "Type", "执"},
		{"（2024）粤0305执号", "casenumber.serial_missing", "Type", "执"},
		{"（2024）粤0305执0号", "casenumber.serial_missing", "Court", "粤0305"},
		{"（2024）粤0305执1234567890号", "casenumber.serial_missing", "Year", 2024},
		{"（2024）粤0305执1234号之零", "casenumber.unreadable", "", nil},
		{"（2024）粤0305执1234号之100", "casenumber.unreadable", "", nil},
		{"（2024）粤0305执1234、1235号", "casenumber.unreadable", "Typed", "(2024)粤0305执1234、1235号"},
		{"（2024）粤0305执1234号张三", "casenumber.unreadable", "", nil},
		{"hello", "casenumber.unreadable", "Typed", "hello"},
		{"1234", "casenumber.unreadable", "", nil},
		{"（1948）粤0305执1234号", "casenumber.unreadable", "", nil},
		{"（2012）", "casenumber.court_missing", "", nil},
		{"（2024）粤0305执" + strings.Repeat("1", 80), "casenumber.unreadable", "", nil},
		{"\xff\xfe", "casenumber.unreadable", "", nil},
	}
	for _, c := range cases {
		t.Run(c.typed, func(t *testing.T) {
			n, err := ParseAt(c.typed, today)
			e, ok := fail.As(err)
			if !ok || e.Kind != fail.KindInvalid || e.Key != c.key || !n.IsZero() {
				t.Fatalf("ParseAt = %v, %v, want %s", n, err, c.key)
			}
			if c.arg != "" && e.Args[c.arg] != c.value {
				t.Errorf("%s = %v, want %v", c.arg, e.Args[c.arg], c.value)
			}
		})
	}
}

// This year's number is good on New Year's Day, next year's is not on the day before.
func TestYearBoundary(t *testing.T) {
	const typed = "（2027）粤0305执1号"
	if _, err := ParseAt(typed, calendar.NewDate(2026, 12, 31)); err == nil {
		t.Error("taken on 31 December")
	}
	if _, err := ParseAt(typed, calendar.NewDate(2027, 1, 1)); err != nil {
		t.Errorf("refused on 1 January: %v", err)
	}
	if _, err := Parse(typed); err != nil {
		t.Errorf("refused without a day: %v", err)
	}
}

func TestSame(t *testing.T) {
	read := func(s string) Number {
		n, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	a := read("(2024)粤0305执1234号")
	if !a.Same(read("（2024）粤 0305 执 1234 号之一")) {
		t.Error("two papers of one case differ")
	}
	for _, other := range []string{"(2023)粤0305执1234号", "(2024)粤0304执1234号", "(2024)粤0305执恢1234号", "(2024)粤0305执1235号", "(2012)泰姜执字1号"} {
		if a.Same(read(other)) {
			t.Errorf("%v counts as %s", a, other)
		}
	}
	if !read("(2012)泰姜执字1号").Same(read("（2012）泰姜执字１号")) {
		t.Error("one old number typed in two ways differs")
	}
}

// Whatever parts a number has, its text reads back as the same number.
func TestRoundTrip(t *testing.T) {
	signs := slices.Sorted(maps.Keys(Stages()))
	provinces := strings.Split(provinceSigns, "")
	rapid.Check(t, func(t *rapid.T) {
		digits := []string{"", rapid.StringMatching(`[0-9]{2}`).Draw(t, "city"), rapid.StringMatching(`[0-9]{4}`).Draw(t, "district")}
		n := Number{
			Year:   rapid.IntRange(2016, 2199).Draw(t, "year"),
			Court:  rapid.SampledFrom(provinces).Draw(t, "province") + rapid.SampledFrom(digits).Draw(t, "digits"),
			Type:   rapid.SampledFrom(signs).Draw(t, "type"),
			Serial: rapid.IntRange(1, 999_999_999).Draw(t, "serial"),
			Sub:    numeral(rapid.IntRange(0, 99).Draw(t, "sub")),
		}
		n.Raw = n.String()
		if got, err := Parse(n.Raw); err != nil || got != n {
			t.Fatalf("%s read back as %+v, %v", n.Raw, got, err)
		}
	})
}

func TestEverySignHasOneStage(t *testing.T) {
	n := 0
	for _, signs := range stageSigns {
		n += len(strings.Fields(signs))
	}
	if n != len(stages) {
		t.Errorf("%d signs listed, %d known: one stands under two stages", n, len(stages))
	}
}

func FuzzCaseNumber(f *testing.F) {
	for _, s := range []string{
		"（2024）粤0305执1234号", "(2012)泰姜执字0491-1号", "（2024）粤0305执1234号之一执行裁定书", "案号：2024最高法知民终1",
		"（2024）粤0305", "((2015)))号1", "2015-号之1", "２０１５　Ａ案1", "\xff(2015)人1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		if err != nil {
			if e, ok := fail.As(err); !ok || e.Kind != fail.KindInvalid || !strings.HasPrefix(e.Key, "casenumber.") {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		back, err := Parse(n.String())
		if err != nil || back.String() != n.String() || !back.Same(n) || back.Sub != n.Sub {
			t.Fatalf("%q gave %q, which gave %q, %v", s, n, back, err)
		}
	})
}
