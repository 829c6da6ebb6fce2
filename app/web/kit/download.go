package kit

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// Download is a file to be sent to be kept, never to be shown inside the portal.
type Download struct {
	// Name is shown by the browser; it may be Chinese.
	Name string
	// Type is the media type, decided by the portal and never by the visitor.
	Type string
	// Size is in bytes.
	Size int64
	// Body is read to its end.
	Body io.Reader
	// Inline lets the browser show a safe kind (PDF the portal made itself, re-encoded picture) instead of keeping it.
	Inline bool
}

// Send streams a file. Nothing in it may run: the content policy is a sandbox, and the type is never guessed.
func (c *Ctx) Send(d Download) error {
	c.noStore()
	h := c.Response().Header()
	h.Set("Content-Security-Policy", downloadPolicy)
	h.Set("Content-Disposition", disposition(d.Name, d.Inline))
	if d.Size > 0 {
		h.Set("Content-Length", strconv.FormatInt(d.Size, 10))
	}
	h.Set("Content-Type", d.Type)
	c.Response().WriteHeader(http.StatusOK)
	_, err := io.Copy(patientWriter(c.Response()), d.Body)
	return err
}

// disposition names the file by RFC 6266, with an ASCII name beside it for old programs.
func disposition(name string, inline bool) string {
	kind := "attachment"
	if inline {
		kind = "inline"
	}
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\"`, r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '_'
		}
		return r
	}, name)
	return mime.FormatMediaType(kind, map[string]string{"filename": name})
}
