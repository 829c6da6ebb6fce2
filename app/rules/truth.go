package rules

import "fmt"

// Truth is a three-valued answer (strong Kleene logic). Its zero value is Unknown.
type Truth int8

// The three values.
const (
	False   Truth = -1
	Unknown Truth = 0
	True    Truth = 1
)

// String gives "no", "unknown" or "yes".
func (t Truth) String() string {
	switch t {
	case True:
		return "yes"
	case False:
		return "no"
	}
	return "unknown"
}

// MarshalText writes the word of String.
func (t Truth) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the word of String; anything else is an error.
func (t *Truth) UnmarshalText(b []byte) error {
	switch string(b) {
	case "yes":
		*t = True
	case "no":
		*t = False
	case "unknown":
		*t = Unknown
	default:
		return fmt.Errorf("rules: %q is not yes, no or unknown", b)
	}
	return nil
}

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
