package kit

import (
	"bytes"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"reliefportal/app/fail"
)

// staticKinds are the types of the assets; anything else in the folder is not served.
var staticKinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8",
	".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".ttf": "font/ttf", ".txt": "text/plain; charset=utf-8",
}

// Static serves the built assets at a path that ends in "*". Their names carry a fingerprint, so they are kept for good; a compressed twin
// (.gz) is sent to whoever takes it. No cookie is ever set here.
func Static(files fs.FS) Handler {
	return func(c *Ctx) error {
		name := c.Param("*")
		kind, ok := staticKinds[path.Ext(name)]
		if !ok || !fs.ValidPath(name) {
			return fail.NotFound()
		}
		h := c.Response().Header()
		h.Add("Vary", "Accept-Encoding")
		if takesGzip(c.Request()) {
			if raw, err := fs.ReadFile(files, name+".gz"); err == nil {
				h.Set("Content-Encoding", "gzip")
				return c.sendStatic(kind, raw)
			}
		}
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return fail.NotFound()
		}
		return c.sendStatic(kind, raw)
	}
}

func (c *Ctx) sendStatic(kind string, raw []byte) error {
	h := c.Response().Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, io.NewSectionReader(bytes.NewReader(raw), 0, int64(len(raw))))
	return nil
}

// takesGzip says whether the browser accepts gzip at all.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err == nil && name == "gzip" && params["q"] != "0" {
			return true
		}
	}
	return false
}
