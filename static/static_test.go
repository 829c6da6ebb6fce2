package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// built skips where nobody has built the assets, and fails where that is an error.
func built(t *testing.T) {
	t.Helper()
	if err := Missing(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(FS, strings.TrimPrefix(Asset(name), Prefix))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestWeight(t *testing.T) {
	built(t)
	for name, limit := range map[string]int{"portal.css": 12 * 1024, "portal.js": 5 * 1024} {
		packed, err := fs.ReadFile(FS, strings.TrimPrefix(Asset(name), Prefix)+".gz")
		if err != nil {
			t.Fatal(err)
		}
		if len(packed) > limit {
			t.Errorf("%s is %d bytes packed, the limit is %d", name, len(packed), limit)
		}
	}
}

func TestPackedIsTheSame(t *testing.T) {
	built(t)
	packed, err := fs.ReadFile(FS, strings.TrimPrefix(Asset("portal.css"), Prefix)+".gz")
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, read(t, "portal.css")) {
		t.Error("portal.css.gz holds something else than portal.css")
	}
}

func TestNoDownloads(t *testing.T) {
	built(t)
	css := string(read(t, "portal.css"))
	for _, bad := range []string{"@font-face", "@import", "http:", "https:", "url("} {
		if strings.Contains(css, bad) {
			t.Errorf("the style sheet holds %q: no page may load anything else", bad)
		}
	}
}

func TestAssetNames(t *testing.T) {
	built(t)
	if a := Asset("portal.css"); a == Prefix+"portal.css" || !strings.HasSuffix(a, ".css") {
		t.Errorf("Asset gave %q, without a fingerprint", a)
	}
	if a := Asset("nosuch.css"); a != Prefix+"nosuch.css" {
		t.Errorf("an unknown name gave %q", a)
	}
}
