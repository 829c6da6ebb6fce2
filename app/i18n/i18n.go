// Package i18n holds every word the program itself says, in simplified Chinese (first) and English, and how dates, sums, names and
// numbers are written in each. Words of the law live in the rule packs.
package i18n

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"reliefportal/app/calendar"
)

// The languages of the portal.
const (
	Chinese = "zh-Hans"
	English = "en"
)

// Languages are all languages, the default first.
var Languages = []string{Chinese, English}

// T gives the words of a key. kv are names and values for its placeholders: T(lang, "clock.left", "N", 6).
// The value named N chooses between one and many in English. Civil dates, instants and everything that prints itself may be given as they are.
// A missing key or value panics in tests; in a running program it is logged and the Chinese words, else the key, are shown.
func T(lang, key string, kv ...any) string {
	c := catalogOf(lang)
	if s, ok := c.fixed[key]; ok {
		return s
	}
	if e, ok := c.open[key]; ok && !e.plural {
		return e.fill(key, func(name string) (any, bool) { return among(lang, kv, name) })
	}
	return c.render(lang, key, pairs(lang, kv))
}

// among finds a value by its name without building a map: queues and lists word hundreds of messages a page.
func among(lang string, kv []any, name string) (any, bool) {
	for i := 0; i+1 < len(kv); i += 2 {
		if n, ok := kv[i].(string); ok && (n == name || placeholderName(n) == name) {
			return value(lang, kv[i+1]), true
		}
	}
	return nil, false
}

// With is T with the values in a map, as an error carries them.
func With(lang, key string, args map[string]any) string {
	c := catalogOf(lang)
	if s, ok := c.fixed[key]; ok {
		return s
	}
	data := make(map[string]any, len(args))
	for name, v := range args {
		data[placeholderName(name)] = value(lang, v)
	}
	return c.render(lang, key, data)
}

// placeholderName lets callers write the first letter of a name small: placeholders in the messages begin with a capital.
func placeholderName(name string) string {
	if name != "" && name[0] >= 'a' && name[0] <= 'z' {
		return string(name[0]-'a'+'A') + name[1:]
	}
	return name
}

// Has says whether the key has words in the language.
func Has(lang, key string) bool {
	c := catalogOf(lang)
	if _, ok := c.fixed[key]; ok {
		return true
	}
	_, ok := c.open[key]
	return ok
}

// Pick returns a supported language for a tag such as "en-GB" or "zh-CN"; everything that is not English is Chinese.
func Pick(tag string) string {
	if tag == English || strings.HasPrefix(strings.ToLower(tag), "en-") {
		return English
	}
	return Chinese
}

func pairs(lang string, kv []any) map[string]any {
	data := make(map[string]any, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		data[placeholderName(fmt.Sprint(kv[i]))] = value(lang, kv[i+1])
	}
	return data
}

// value words what is not text or number by itself.
func value(lang string, v any) any {
	switch v := v.(type) {
	case calendar.Date:
		return Date(lang, v)
	case time.Time:
		return DateTime(lang, v)
	case calendar.Period:
		return Period(lang, v)
	}
	return v
}

// wrong reports a mistake of the program: loud in tests, a log line in production.
func wrong(key, what string) {
	if testing.Testing() {
		panic("i18n: " + what + ": " + key)
	}
	slog.Error("words are missing", "key", key, "what", what)
}
