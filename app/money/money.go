// Package money holds sums of money as whole fen. A float never touches a sum.
package money

import (
	"strconv"
	"strings"
	"unicode"

	"reliefportal/app/fail"
)

// Fen is a sum in fen, a hundredth of a yuan.
type Fen int64

// Max is the largest sum that Parse takes: one fen less than a trillion yuan, more than any title of one person.
const Max Fen = 1_000_000_000_000_00 - 1

// Yuan returns n yuan.
func Yuan(n int64) Fen { return Fen(n * 100) }

// Parse reads a sum in yuan as people type it: "12300", "12,300.00", "￥１２，３００元". Spaces, the signs ¥ ￥ and the word 元 are taken away.
//
// Errors are Invalid *fail.Error with the keys "money.empty", "money.words" (anything but digits), "money.commas" (a comma that does not stand
// before three digits: 12,30 may mean 1230 or 12.30), "money.decimals" (more than two), "money.negative", "money.too_large" (more than Max).
// All but the first carry Typed, the text as typed.
func Parse(typed string) (Fen, error) {
	s := plain(typed)
	if s == "" {
		return 0, fail.InvalidKey("money.empty")
	}
	refuse := func(key string) (Fen, error) {
		return 0, fail.InvalidKey(key, "Typed", strings.TrimSpace(typed))
	}
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		if rest == "" || !isDigits(strings.NewReplacer(",", "", ".", "").Replace(rest)) {
			return refuse("money.words")
		}
		return refuse("money.negative")
	}
	whole, cents, point := strings.Cut(s, ".")
	bare := strings.ReplaceAll(whole, ",", "")
	switch {
	case !isDigits(bare) || point && !isDigits(cents):
		return refuse("money.words")
	case !grouped(whole):
		return refuse("money.commas")
	case len(cents) > 2:
		return refuse("money.decimals")
	}
	bare = strings.TrimLeft(bare, "0")
	if len(bare) > 12 { // Max has twelve digits before the point
		return refuse("money.too_large")
	}
	// Only digits are left, at most fourteen: the number cannot fail to parse.
	n, err := strconv.ParseInt("0"+bare+(cents + "00")[:2], 10, 64)
	if err != nil {
		return refuse("money.words")
	}
	return Fen(n), nil
}

// plain turns full-width characters into plain ones and takes away spaces and the signs of the currency.
func plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '！' && r <= '～':
			b.WriteRune(r - '！' + '!')
		case r == '−' || r == '–' || r == '—':
			b.WriteByte('-')
		case unicode.IsSpace(r) || r == '¥' || r == '￥':
		default:
			b.WriteRune(r)
		}
	}
	t := strings.TrimPrefix(b.String(), "人民币")
	t = strings.TrimPrefix(t, "RMB")
	return strings.TrimSuffix(strings.TrimSuffix(t, "圆"), "元")
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// grouped says that every comma stands before three digits, with one to three digits in front of the first.
func grouped(whole string) bool {
	parts := strings.Split(whole, ",")
	if len(parts) == 1 {
		return true
	}
	for i, p := range parts {
		if len(p) != 3 && (i > 0 || len(p) < 1 || len(p) > 3) {
			return false
		}
	}
	return true
}

// String returns "¥12,300.00", with a minus sign in front for a negative sum.
func (f Fen) String() string {
	sign, u := "", uint64(f)
	if f < 0 {
		sign, u = "-", -u
	}
	digits := strconv.FormatUint(u/100, 10)
	var b strings.Builder
	b.WriteString(sign + "¥")
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(digits[i])
	}
	cents := u % 100
	b.WriteByte('.')
	b.WriteByte(byte('0' + cents/10))
	b.WriteByte(byte('0' + cents%10))
	return b.String()
}

var (
	upperDigits = [...]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	upperPlaces = [...]string{"仟", "佰", "拾", ""}
	upperGroups = [...]string{"", "万", "亿", "万亿"}
)

// Upper returns the sum in capital numerals for papers, 人民币壹万贰仟叁佰元整, as banks and courts write it (支付结算办法, annex 1).
// A negative sum begins with 负. Sums beyond Max in either direction have no capital form and return String.
func (f Fen) Upper() string {
	if f > Max || f < -Max {
		return f.String()
	}
	sign := ""
	if f < 0 {
		sign, f = "负", -f
	}
	yuan, jiao, fen := int64(f/100), int(f/10%10), int(f%10)
	var b strings.Builder
	b.WriteString("人民币" + sign)
	if yuan > 0 || f == 0 {
		b.WriteString(upperWhole(yuan) + "元")
	}
	switch {
	case jiao > 0:
		b.WriteString(upperDigits[jiao] + "角")
	case fen > 0 && yuan > 0:
		b.WriteString("零")
	}
	if fen > 0 {
		b.WriteString(upperDigits[fen] + "分")
	} else {
		b.WriteString("整")
	}
	return b.String()
}

// upperWhole writes whole yuan in groups of four digits; one 零 stands for every gap between written digits.
func upperWhole(n int64) string {
	if n == 0 {
		return upperDigits[0]
	}
	digits := strconv.FormatInt(n, 10)
	digits = strings.Repeat("0", (4-len(digits)%4)%4) + digits
	var b strings.Builder
	gap := false
	for g := 0; g < len(digits); g += 4 {
		group, written := digits[g:g+4], false
		for i := range len(group) {
			d := group[i] - '0'
			if d == 0 {
				gap = true
				continue
			}
			if gap && b.Len() > 0 {
				b.WriteString("零")
			}
			gap, written = false, true
			b.WriteString(upperDigits[d] + upperPlaces[i])
		}
		if written {
			b.WriteString(upperGroups[(len(digits)-g)/4-1])
		}
		// 壹拾万柒仟 needs no 零 between the groups; a whole group of zeros does.
		gap = !written
	}
	return b.String()
}
