package money

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/fail"
)

func TestParse(t *testing.T) {
	cases := []struct {
		typed string
		want  Fen
		key   string
	}{
		{"12300", 1230000, ""},
		{"12,300.00", 1230000, ""},
		{"12300.5", 1230050, ""},
		{"12300.05", 1230005, ""},
		{"￥１２，３００．００", 1230000, ""},
		{"¥ 12 300 元", 1230000, ""},
		{"人民币12300圆", 1230000, ""},
		{"1,234,567.89", 123456789, ""},
		{"007", 700, ""},
		{"0", 0, ""},
		{"0.01", 1, ""},
		{"999,999,999,999.99", Max, ""},
		{"", 0, "money.empty"},
		{" 元 ", 0, "money.empty"},
		{"1,000,000,000,000", 0, "money.too_large"},
		{strings.Repeat("9", 400), 0, "money.too_large"},
		{"12.345", 0, "money.decimals"},
		{"-5", 0, "money.negative"},
		{"－5.00", 0, "money.negative"},
		{"-", 0, "money.words"},
		{"-五", 0, "money.words"},
		{"1.2万", 0, "money.words"},
		{"一万二", 0, "money.words"},
		{"12300左右", 0, "money.words"},
		{"12.3.4", 0, "money.words"},
		{"12300.", 0, "money.words"},
		{".5", 0, "money.words"},
		{"1e5", 0, "money.words"},
		{"+5", 0, "money.words"},
		{"12,30", 0, "money.commas"},
		{"1234,567", 0, "money.commas"},
		{",123", 0, "money.commas"},
		{"12,3000", 0, "money.commas"},
		{"1,,234", 0, "money.commas"},
		{"1,234,", 0, "money.commas"},
	}
	for _, c := range cases {
		t.Run(c.typed, func(t *testing.T) {
			got, err := Parse(c.typed)
			if got != c.want {
				t.Errorf("Parse = %d, want %d", got, c.want)
			}
			e, _ := fail.As(err)
			switch {
			case c.key == "" && err != nil:
				t.Errorf("unexpected %v", err)
			case c.key != "" && (e == nil || e.Key != c.key || e.Kind != fail.KindInvalid):
				t.Errorf("error = %v, want %s", err, c.key)
			case c.key == "money.words" && e.Args["Typed"] != c.typed:
				t.Errorf("args = %v, want what was typed", e.Args)
			}
		})
	}
}

func TestString(t *testing.T) {
	for f, want := range map[Fen]string{
		0: "¥0.00", 1: "¥0.01", 99: "¥0.99", 100: "¥1.00", 99999: "¥999.99", 100000: "¥1,000.00",
		1230000: "¥12,300.00", 123456789: "¥1,234,567.89", -1230000: "-¥12,300.00", Yuan(7): "¥7.00",
		-1 << 63: "-¥92,233,720,368,547,758.08",
	} {
		if got := f.String(); got != want {
			t.Errorf("%d = %q, want %q", int64(f), got, want)
		}
	}
}

func TestUpper(t *testing.T) {
	for f, want := range map[Fen]string{
		0:                "人民币零元整",
		5:                "人民币伍分",
		50:               "人民币伍角整",
		55:               "人民币伍角伍分",
		100:              "人民币壹元整",
		32504:            "人民币叁佰贰拾伍元零肆分",
		140950:           "人民币壹仟肆佰零玖元伍角整",
		600714:           "人民币陆仟零柒元壹角肆分",
		1230000:          "人民币壹万贰仟叁佰元整",
		1640902:          "人民币壹万陆仟肆佰零玖元零贰分",
		1000000:          "人民币壹万元整",
		1000100:          "人民币壹万零壹元整",
		10000000:         "人民币壹拾万元整",
		10700053:         "人民币壹拾万柒仟元伍角叁分",
		1000500000:       "人民币壹仟万伍仟元整",
		10000000000:      "人民币壹亿元整",
		10000000100:      "人民币壹亿零壹元整",
		10001000000:      "人民币壹亿零壹万元整",
		10010000000:      "人民币壹亿零壹拾万元整",
		100000000000000:  "¥1,000,000,000,000.00",
		Max:              "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
		-1230000:         "人民币负壹万贰仟叁佰元整",
		-100000000000000: "-¥1,000,000,000,000.00",
	} {
		if got := f.Upper(); got != want {
			t.Errorf("%d = %q, want %q", int64(f), got, want)
		}
	}
}

// A sum that is shown can be typed again.
func TestStringReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64Range(0, int64(Max)).Draw(t, "fen"))
		if got, err := Parse(f.String()); err != nil || got != f {
			t.Fatalf("%v read back as %d, %v", f, got, err)
		}
	})
}

// Two sums never share their capital numerals, and these never hold two 零 in a row.
func TestUpperIsUnambiguous(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64Range(0, int64(Max)).Draw(t, "fen"))
		u := f.Upper()
		if strings.Contains(u, "零零") || strings.Contains(u, "零元") && f >= 100 {
			t.Fatalf("%d = %s", f, u)
		}
		if got := readUpper(u); got != f {
			t.Fatalf("%d = %s, which reads %d", f, u, got)
		}
	})
}

// readUpper reads capital numerals in a way of its own: places add up within a group, groups within the whole.
func readUpper(s string) Fen {
	digits := map[rune]int64{'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}
	places := map[rune]int64{'拾': 10, '佰': 100, '仟': 1000}
	var total, group, digit int64
	for _, r := range s {
		switch {
		case digits[r] > 0:
			digit = digits[r]
		case places[r] > 0:
			group, digit = group+digit*places[r], 0
		case r == '亿':
			total, group, digit = (total+group+digit)*100_000_000, 0, 0
		case r == '万':
			total, group, digit = total+(group+digit)*10_000, 0, 0
		case r == '元':
			total, group, digit = (total+group+digit)*100, 0, 0
		case r == '角':
			total, digit = total+digit*10, 0
		case r == '分':
			total, digit = total+digit, 0
		}
	}
	return Fen(total)
}
