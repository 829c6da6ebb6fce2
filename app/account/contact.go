package account

import (
	"log/slog"
	"net/mail"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/width"

	"reliefportal/app/fail"
)

// ContactKind is a way to reach a person.
type ContactKind string

// The ways to reach a person.
const (
	Email  ContactKind = "email"
	Mobile ContactKind = "mobile"
)

// Contact is an e-mail address, or a mainland mobile number as +86 and eleven digits, in its one normal form.
type Contact struct {
	Kind  ContactKind
	Value string
}

// LogValue shows the kind of a contact in a log, never its value.
func (c Contact) LogValue() slog.Value { return slog.StringValue(string(c.Kind)) }

// longestEmail is the longest address mail servers must take (RFC 5321), in bytes.
const longestEmail = 254

// ParseContact reads what a person typed: full-width letters and digits, spaces, dashes and a leading 86 are all right.
// What cannot be reached gives a field error for "contact" with the key signin.contact_bad.
func ParseContact(typed string) (Contact, error) {
	text := strings.TrimSpace(width.Fold.String(typed))
	if strings.ContainsFunc(text, unicode.IsControl) {
		return Contact{}, badContact()
	}
	if strings.Contains(text, "@") {
		return parseEmail(text)
	}
	return parseMobile(text)
}

func badContact() error { return fail.Invalid(fail.F("contact", "signin.contact_bad")) }

func parseEmail(text string) (Contact, error) {
	text = strings.ToLower(text)
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Address != text || len(text) > longestEmail {
		return Contact{}, badContact()
	}
	domain := text[strings.LastIndexByte(text, '@')+1:]
	if !strings.Contains(strings.Trim(domain, "."), ".") {
		return Contact{}, badContact()
	}
	return Contact{Email, text}, nil
}

func parseMobile(text string) (Contact, error) {
	if strings.ContainsFunc(text, unicode.IsLetter) { // the library reads letters as a telephone keypad does
		return Contact{}, badContact()
	}
	number, err := phonenumbers.Parse(text, "CN")
	if err != nil || number.GetExtension() != "" || !phonenumbers.IsValidNumberForRegion(number, "CN") || phonenumbers.GetNumberType(number) != phonenumbers.MOBILE {
		return Contact{}, badContact()
	}
	return Contact{Mobile, phonenumbers.Format(number, phonenumbers.E164)}, nil
}
