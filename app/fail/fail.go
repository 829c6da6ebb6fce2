// Package fail is the one error type of the portal: what kind of failure it is, the message key that words it, and the fields concerned.
// Words live in the messages of package i18n, never here, so that an error reads the same in every language.
package fail

import (
	"errors"
	"log/slog"
	"strings"
)

// Kind says what sort of failure an Error is; the web layer turns it into a status code and a page.
type Kind int

// The kinds. The zero value is KindInternal, so that an Error built without a kind never looks like the person's own mistake.
const (
	KindInternal    Kind = iota // a fault of the portal: the person sees an id, never the text
	KindInvalid                 // what was typed cannot be taken; Fields says where
	KindNotFound                // it does not exist, or is not for this person: both look the same on purpose
	KindConflict                // someone else was faster, or the step does not fit the present status
	KindForbidden               // the page is known but not for this role
	KindTooMany                 // a limit was reached; try again later
	KindExpired                 // a link, code or session ran out
	KindUnavailable             // something the portal depends on does not answer
)

var kindNames = [...]string{"internal", "invalid", "not_found", "conflict", "forbidden", "too_many", "expired", "unavailable"}

// String returns the kind's name for logs, for example "not_found".
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return "unknown"
	}
	return kindNames[k]
}

// Field is one field of a form that cannot be taken as it is.
type Field struct {
	Name string         // name of the form field
	Key  string         // message key of the sentence shown beside it
	Args map[string]any // values for that sentence
}

// F builds a Field; kv are names and values for its sentence, in pairs.
func F(name, key string, kv ...any) Field {
	return Field{Name: name, Key: key, Args: pairs(kv)}
}

// Error is a failure with everything needed to word it in any language.
type Error struct {
	Kind   Kind
	Key    string         // message key of the sentence for the whole page; may be empty when Fields say it all
	Args   map[string]any // values for that sentence
	Fields []Field        // for KindInvalid: every field to change, all at once
	Cause  error          // what lies beneath, for errors.Is and the log; never shown to a person
}

// Error names the kind, the keys and the cause, for logs. It leaves Args out: they may hold what a person typed.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	if e.Key != "" {
		b.WriteString(" " + e.Key)
	}
	for _, f := range e.Fields {
		b.WriteString(" " + f.Name + "=" + f.Key)
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// LogValue keeps Args out of structured logs for the same reason as Error does.
func (e *Error) LogValue() slog.Value { return slog.StringValue(e.Error()) }

// Invalid says that the named fields cannot be taken; without a field the caller sets Key instead.
func Invalid(fields ...Field) *Error { return &Error{Kind: KindInvalid, Fields: fields} }

// InvalidKey says that one value cannot be taken, when the reader of the value (a parser) does not know the form field; see At.
func InvalidKey(key string, kv ...any) *Error {
	return &Error{Kind: KindInvalid, Key: key, Args: pairs(kv)}
}

// At turns the error of a parser into the Field called name. An error that carries no key gives the general key "error.invalid".
func At(name string, err error) Field {
	if e, ok := As(err); ok && e.Key != "" {
		return Field{Name: name, Key: e.Key, Args: e.Args}
	}
	return Field{Name: name, Key: "error.invalid"}
}

// NotFound says that there is no such thing for this person.
func NotFound() *Error { return &Error{Kind: KindNotFound, Key: "error.not_found"} }

// Conflict says that the step no longer fits, with the sentence key and its values in pairs.
func Conflict(key string, kv ...any) *Error {
	return &Error{Kind: KindConflict, Key: key, Args: pairs(kv)}
}

// Forbidden says that this is not for this role, with the sentence key.
func Forbidden(key string) *Error { return &Error{Kind: KindForbidden, Key: key} }

// TooMany says that a limit was reached, with the sentence key and its values in pairs.
func TooMany(key string, kv ...any) *Error {
	return &Error{Kind: KindTooMany, Key: key, Args: pairs(kv)}
}

// Expired says that a link, code or session ran out, with the sentence key.
func Expired(key string) *Error { return &Error{Kind: KindExpired, Key: key} }

// Unavailable says that something the portal depends on does not answer; cause is kept for the log.
func Unavailable(key string, cause error) *Error {
	return &Error{Kind: KindUnavailable, Key: key, Cause: cause}
}

// KindOf returns the kind of err. An error of another package is KindInternal; err must not be nil.
func KindOf(err error) Kind {
	if e, ok := As(err); ok {
		return e.Kind
	}
	return KindInternal
}

// As finds the first *Error in err's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// pairs turns names and values into a map. A name that is no string, or a missing value, is a slip of the programmer and panics.
func pairs(kv []any) map[string]any {
	if len(kv) == 0 {
		return nil
	}
	if len(kv)%2 != 0 {
		panic("fail: names and values must come in pairs")
	}
	m := make(map[string]any, len(kv)/2)
	for i := 0; i < len(kv); i += 2 {
		name, ok := kv[i].(string)
		if !ok {
			panic("fail: the name of a value must be a string")
		}
		m[name] = kv[i+1]
	}
	return m
}
