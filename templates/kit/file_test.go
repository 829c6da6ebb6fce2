package kit

import "testing"

// A paper that is drawn when somebody opens it has no size beforehand, and the page must not say that it is empty.
func TestALineOfAFileSaysOnlyWhatIsKnown(t *testing.T) {
	for _, c := range []struct {
		file File
		want string
	}{
		{File{Kind: "证据", Size: 1024}, "证据 · 1 KB"},
		{File{Size: 1024}, "1 KB"},
		{File{Kind: "裁定书"}, "裁定书"},
		{File{}, ""},
	} {
		if got := c.file.line(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.file, got, c.want)
		}
	}
}
