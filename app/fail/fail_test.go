package fail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
)

func TestKindOf(t *testing.T) {
	cases := []struct {
		name string
		err  error
		want Kind
	}{
		{"invalid", Invalid(F("a", "k")), KindInvalid},
		{"not found", NotFound(), KindNotFound},
		{"conflict", Conflict("k"), KindConflict},
		{"forbidden", Forbidden("k"), KindForbidden},
		{"too many", TooMany("k", "minutes", 5), KindTooMany},
		{"expired", Expired("k"), KindExpired},
		{"unavailable", Unavailable("k", io.EOF), KindUnavailable},
		{"wrapped", fmt.Errorf("load: %w", NotFound()), KindNotFound},
		{"joined", errors.Join(io.EOF, Conflict("k")), KindConflict},
		{"foreign", io.EOF, KindInternal},
		{"no kind given", &Error{Key: "k"}, KindInternal},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := KindOf(c.err); got != c.want {
				t.Errorf("KindOf = %v, want %v", got, c.want)
			}
		})
	}
}

func TestCauseIsFound(t *testing.T) {
	err := fmt.Errorf("send: %w", Unavailable("mail.down", io.ErrUnexpectedEOF))
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("errors.Is does not find the cause")
	}
	e, ok := As(err)
	if !ok || e.Key != "mail.down" {
		t.Errorf("As = %v, %v", e, ok)
	}
}

func TestFieldKeepsArgs(t *testing.T) {
	f := F("served_on", "date.impossible", "month", 9, "last", 30)
	if f.Name != "served_on" || f.Key != "date.impossible" || f.Args["month"] != 9 || f.Args["last"] != 30 || len(f.Args) != 2 {
		t.Errorf("F = %+v", f)
	}
}

func TestAt(t *testing.T) {
	f := At("sum", fmt.Errorf("read: %w", InvalidKey("money.words", "typed", "一百")))
	if f.Name != "sum" || f.Key != "money.words" || f.Args["typed"] != "一百" {
		t.Errorf("At = %+v", f)
	}
	if f := At("sum", io.EOF); f.Key != "error.invalid" {
		t.Errorf("At of a foreign error = %+v", f)
	}
}

func TestPairsPanics(t *testing.T) {
	for name, kv := range map[string][]any{"odd": {"a"}, "name is no string": {1, 2}} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			_ = Conflict("k", kv...)
		})
	}
}

// What a person typed may stand in Args; neither the text of the error nor a structured log may carry it.
func TestTypedTextStaysOutOfLogs(t *testing.T) {
	const canary = "林某芸"
	err := &Error{Kind: KindInvalid, Key: "k", Args: map[string]any{"typed": canary}, Fields: []Field{F("name", "too_long", "typed", canary)}}
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Error("refused", "err", err)
	if strings.Contains(err.Error(), canary) || strings.Contains(b.String(), canary) {
		t.Error("typed text reaches the log")
	}
	if !strings.Contains(err.Error(), "name=too_long") {
		t.Errorf("Error() = %q does not name the field", err.Error())
	}
}

func TestEveryKindHasAName(t *testing.T) {
	seen := map[string]bool{}
	for k := KindInternal; k <= KindUnavailable; k++ {
		if n := k.String(); n == "unknown" || seen[n] {
			t.Errorf("kind %d is named %q", k, n)
		} else {
			seen[n] = true
		}
	}
	if Kind(-1).String() != "unknown" || (KindUnavailable+1).String() != "unknown" {
		t.Error("a kind outside the list has a name")
	}
}
