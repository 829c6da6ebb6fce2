// Package static holds the built assets: style sheet, script, mark and the font for papers.
package static

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed all:dist
var dist embed.FS

// Prefix is where the assets are served.
const Prefix = "/static/"

// FS is dist/ as a file system: fingerprinted files, the same files with .gz, manifest.json and fonts/.
var FS = mustSub()

func mustSub() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // impossible: the folder is embedded by name
	}
	return sub
}

var manifest = sync.OnceValues(func() (map[string]string, error) {
	raw, err := fs.ReadFile(FS, "manifest.json")
	if err != nil {
		return nil, err
	}
	var m map[string]string
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("static/dist/manifest.json: %w", err)
	}
	return m, nil
})

// Asset is the address of an asset by its plain name ("portal.css"), with the fingerprint in it. When the assets are not built it is
// the plain name; Missing says so before the program serves.
func Asset(name string) string {
	m, err := manifest()
	if err != nil {
		return Prefix + name
	}
	if out, ok := m[name]; ok {
		return Prefix + out
	}
	return Prefix + name
}

// FontPath is the place of the font for PDF papers inside FS.
const FontPath = "fonts/NotoSansSC-Regular.ttf"

// Missing is nil when the assets are built, else one sentence that says what to do.
func Missing() error {
	if _, err := manifest(); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return errors.New("the assets are not built: run `make assets` (or `cd static && npm ci && npm run build`) and build the program again")
		}
		return err
	}
	if _, err := fs.Stat(FS, FontPath); err != nil {
		return errors.New("the font for PDF papers is missing from static/dist/fonts: run `make assets` and build the program again")
	}
	return nil
}
