package kit

import (
	"testing"

	"pgregory.net/rapid"
)

func somePaths(t *testing.T) *Paths {
	t.Helper()
	p, err := NewPaths([]Route{
		{Method: "GET", Path: "/", Name: "start"},
		{Method: "GET", Path: "/filings/:id", Name: "filing"},
		{Method: "POST", Path: "/filings/:id", Name: "filing"},
		{Method: "GET", Path: "/filings/:id/files/:file", Name: "file"},
		{Method: "POST", Path: "/sign-out", Name: "out"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPath(t *testing.T) {
	p := somePaths(t)
	if got := p.Path("file", "a/b", "c d"); got != "/filings/a%2Fb/files/c%20d" {
		t.Errorf("got %s", got)
	}
	for name, args := range map[string][]string{"nosuch": nil, "filing": nil, "start": {"x"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s with %v is taken", name, args)
				}
			}()
			p.Path(name, args...)
		}()
	}
}

func TestTableRefusesContradictions(t *testing.T) {
	for _, routes := range [][]Route{
		{{Method: "GET", Path: "/a", Name: "n"}, {Method: "GET", Path: "/b", Name: "n"}},
		{{Method: "GET", Path: "/a", Name: "n"}, {Method: "GET", Path: "/a", Name: "m"}},
	} {
		if _, err := NewPaths(routes); err == nil {
			t.Errorf("%v is taken", routes)
		}
	}
}

func TestSafeNext(t *testing.T) {
	p := somePaths(t)
	cases := map[string]string{
		"/": "/", "/filings/1": "/filings/1", "/filings/1?after=x": "/filings/1?after=x", "/filings/%E6%9E%97": "/filings/%E6%9E%97",
		"": "", "//evil.test": "", "/\\evil.test": "", "/%09/evil.test": "", "https://evil.test/": "", "javascript:alert(1)": "",
		"/sign-out": "", "/nowhere": "", "/filings/": "", "/ /evil": "", "/\tx": "", "/filings/1#x": "", "filings/1": "",
		"/filings/1/../..": "", "///": "", "/.//evil.test": "",
	}
	for next, want := range cases {
		if got := p.SafeNext(next); got != want {
			t.Errorf("%q gives %q, want %q", next, got, want)
		}
	}
}

func TestSafeNextNeverLeavesThePortal(t *testing.T) {
	p := somePaths(t)
	rapid.Check(t, func(t *rapid.T) {
		next := rapid.StringMatching(`[/\\@:.%a-z0-9?#\x00-\x20]{0,24}`).Draw(t, "next")
		if got := p.SafeNext(next); got != "" && (got[0] != '/' || len(got) > 1 && (got[1] == '/' || got[1] == '\\')) {
			t.Fatalf("%q gives %q", next, got)
		}
	})
}

func TestWithQuery(t *testing.T) {
	if got := WithQuery("/a", "next", "", "x", "1 2"); got != "/a?x=1+2" {
		t.Errorf("got %s", got)
	}
	if got := WithQuery("/a", "next", ""); got != "/a" {
		t.Errorf("got %s", got)
	}
}

func TestCursor(t *testing.T) {
	key := []byte("0123456789abcdef")
	type position struct {
		At int64
		ID string
	}
	rapid.Check(t, func(t *rapid.T) {
		want := position{rapid.Int64().Draw(t, "at"), rapid.String().Draw(t, "id")}
		text, err := encodeCursor(key, "queue/b1", want)
		if err != nil {
			t.Fatal(err)
		}
		var got position
		if err := decodeCursor(key, "queue/b1", text, &got); err != nil || got.At != want.At {
			t.Fatalf("%v: %v", got, err)
		}
		if decodeCursor(key, "queue/b2", text, &got) == nil {
			t.Fatal("a cursor of one list opens another")
		}
		raw, _ := decode64(text)
		raw[rapid.IntRange(0, len(raw)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if decodeCursor(key, "queue/b1", encode64(raw), &got) == nil {
			t.Fatal("an altered cursor is taken")
		}
	})
	if decodeCursor(key, "s", "", nil) == nil || decodeCursor(key, "s", "!", nil) == nil {
		t.Error("rubbish is taken for a cursor")
	}
}
