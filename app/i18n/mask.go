package i18n

import "strings"

// Name hides a name in lists: 林晓芸 becomes 林某芸, 赵敏 becomes 赵某. Names that are not Chinese keep their first letter.
func Name(full string) string {
	r := []rune(strings.TrimSpace(full))
	if len(r) == 0 {
		return ""
	}
	if r[0] < 0x2E80 {
		return string(r[0]) + "…"
	}
	if len(r) < 3 {
		return string(r[0]) + "某"
	}
	return string(r[0]) + "某" + string(r[len(r)-1])
}

// ID hides the middle of an identity number: 3501**********002X.
func ID(number string) string {
	r := []rune(strings.TrimSpace(number))
	if len(r) <= 8 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:4]) + strings.Repeat("*", len(r)-8) + string(r[len(r)-4:])
}

// Phone hides the middle of a mobile number: 138 **** 6071. A prefix of the country is left out.
func Phone(number string) string {
	number = strings.TrimPrefix(strings.NewReplacer(" ", "", "-", "").Replace(number), "+86")
	if len(number) < 8 {
		return strings.Repeat("*", len(number))
	}
	return number[:3] + " **** " + number[len(number)-4:]
}

// Email hides most of the part before the at sign: l***@example.org.
func Email(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 1 {
		return "***"
	}
	first := []rune(address[:at])[:1]
	return string(first) + "***" + address[at:]
}

// Contact hides an e-mail address or a mobile number, whichever it is.
func Contact(c string) string {
	if strings.Contains(c, "@") {
		return Email(c)
	}
	return Phone(c)
}
