package fail_test

import (
	"strings"
	"testing"

	"reliefportal/app/fail"
)

func TestTextAtItsBounds(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "answer.empty"}, {" \n\t ", "answer.empty"}, {"一二", "answer.too_short"}, {" 一二三 ", ""}, {"一二三四五", ""}, {"一二三四五六", "answer.too_long"},
		{strings.Repeat(" ", 9) + "一二三", ""},
	} {
		got := ""
		if e, ok := fail.As(fail.Text("text", c.text, 3, 5)); ok {
			got = e.Fields[0].Key
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
