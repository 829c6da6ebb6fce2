package document

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// Kind is a kind of file the portal takes as evidence, named by its media type.
type Kind string

// The kinds taken. Everything else is refused, whatever its name says.
const (
	PDF  Kind = "application/pdf"
	JPEG Kind = "image/jpeg"
	PNG  Kind = "image/png"
	HEIC Kind = "image/heic"
)

// sniffBytes is how much of a file decides its kind; mimetype needs no more.
const sniffBytes = 3072

// endings lists the file name endings of each kind, the usual one first.
var endings = map[Kind][]string{
	PDF:  {".pdf"},
	JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"},
	PNG:  {".png"},
	HEIC: {".heic", ".heif", ".hif"},
}

// sniff tells the kind of a file from its first bytes, never from what the browser said.
func sniff(head []byte) (Kind, bool) {
	switch m := mimetype.Detect(head); {
	case m.Is("application/pdf"):
		return PDF, beginsPDF(head)
	case m.Is("image/jpeg"):
		return JPEG, true
	case m.Is("image/png"), m.Is("image/vnd.mozilla.apng"):
		return PNG, true
	case m.Is("image/heic"), m.Is("image/heif"), m.Is("image/heic-sequence"), m.Is("image/heif-sequence"):
		return HEIC, true
	}
	return "", false
}

// agrees tells whether a name may belong to a file of this kind. A name without an ending says nothing, and phones save one
// kind of picture under the ending of another, which the person cannot see; a picture named .pdf or the reverse is refused.
func (k Kind) agrees(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	if ext == "" {
		return true
	}
	for kind, list := range endings {
		for _, e := range list {
			if e == ext {
				return kind == k || (kind != PDF && k != PDF)
			}
		}
	}
	return false
}

// named gives name the usual ending of the kind unless it already has one of the kind's endings.
func (k Kind) named(name string) string {
	ext := strings.ToLower(filepath.Ext(name))
	for _, e := range endings[k] {
		if e == ext {
			return name
		}
	}
	if ext != "" {
		name = name[:len(name)-len(ext)]
	}
	return name + endings[k][0]
}

// size checks the structure of a whole file and returns the size of the picture; a PDF has none.
func (k Kind) size(r io.Reader) (pixels, error) {
	switch k {
	case JPEG:
		return jpegSize(r)
	case PNG:
		return pngSize(r)
	case HEIC:
		return heicSize(r)
	default:
		return pixels{}, pdfWhole(r)
	}
}
