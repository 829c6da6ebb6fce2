package filing

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/width"
)

// FactIdentity is the fact of the identity number. It is masked on every page, and stands in full on the written application only.
const FactIdentity = "id_number"

var (
	eighteen   = regexp.MustCompile(`^[1-9]\d{16}[\dX]$`)
	onlyDigits = regexp.MustCompile(`^\d+X?$`)
	phoneShape = regexp.MustCompile(`^[+0-9][0-9 ()\-]{4,}$`)
	emailShape = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
)

// plainID is an identity number without spaces, in narrow capital letters.
func plainID(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(width.Narrow.String(s)), ""))
}

// oldIdentity is the length of a resident number of before 1999.
const oldIdentity = 15

// DoubtfulIdentity says that a number has the look of a Chinese resident number and does not hold together: its check character (GB 11643-1999,
// ISO 7064 MOD 11-2), its date of birth, or its length is wrong. Passports, permits and everything with other letters are never doubted,
// and doubt is told, never held against anybody: a number may be right and the paper wrong.
func DoubtfulIdentity(number string) bool {
	n := plainID(number)
	if !onlyDigits.MatchString(n) {
		return false
	}
	if len(n) == oldIdentity {
		return false
	}
	if !eighteen.MatchString(n) {
		return len(n) > len("12345678") // eight digits and fewer are no resident number: a permit, a staff number
	}
	born, err := time.Parse("20060102", n[6:14])
	return err != nil || born.Year() < 1850 || checkSign(n[:17]) != n[17]
}

// checkSign is the check character of the first seventeen digits (GB 11643-1999).
func checkSign(digits string) byte {
	sum := 0
	for i := range digits {
		weight := 1
		for range 17 - i {
			weight = weight * 2 % 11
		}
		sum += int(digits[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

func looksLikePhone(s string) bool { return phoneShape.MatchString(width.Narrow.String(s)) }

func looksLikeEmail(s string) bool { return emailShape.MatchString(s) }
