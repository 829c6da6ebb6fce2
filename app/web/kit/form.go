package kit

import (
	"bytes"
	"io"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Form is what the visitor sent in the body of a request: raw texts and files. Parameters of the path and the query never enter it.
type Form struct {
	values url.Values
	files  map[string][]*File
}

// Raw returns the field as it was typed, to be shown again.
func (f *Form) Raw(name string) string { return f.values.Get(name) }

// Value returns the field in Unicode normal form C without surrounding space.
func (f *Form) Value(name string) string { return clean(f.values.Get(name)) }

// All returns every value of a field that may occur several times, cleaned, empty ones left out.
func (f *Form) All(name string) []string {
	var all []string
	for _, v := range f.values[name] {
		if v = clean(v); v != "" {
			all = append(all, v)
		}
	}
	return all
}

// Has says whether the field was sent at all, such as the name of the button pressed.
func (f *Form) Has(name string) bool { return f.values.Has(name) }

// Int returns the field as a whole number; full-width digits are understood.
func (f *Form) Int(name string) (n int64, ok bool) {
	n, err := strconv.ParseInt(width.Narrow.String(f.Value(name)), 10, 64)
	return n, err == nil
}

// File returns the first file sent under name; ok is false when none was chosen.
func (f *Form) File(name string) (file *File, ok bool) {
	files := f.files[name]
	if len(files) == 0 {
		return nil, false
	}
	return files[0], true
}

// Files returns every file chosen under name, in the order of the form.
func (f *Form) Files(name string) []*File { return f.files[name] }

// Values returns a copy of all texts as typed, without the fields of the frame itself (those that begin with an underscore).
func (f *Form) Values() url.Values {
	copied := url.Values{}
	for name, vs := range f.values {
		if !strings.HasPrefix(name, "_") {
			copied[name] = append([]string(nil), vs...)
		}
	}
	return copied
}

// close removes what the files left on disk.
func (f *Form) close() {
	for _, files := range f.files {
		for _, file := range files {
			file.remove()
		}
	}
}

// clean brings typed text into one form: NFC, no control characters but line ends and tabs, line ends as \n, no space around it.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r >= ' ' && r != 0x7f {
			return r
		}
		return -1
	}, s)
	return strings.TrimSpace(norm.NFC.String(s))
}

// File is one file that came with a form, kept on disk until the answer is sent.
type File struct {
	// Name is the visitor's own name of the file: data to be shown, never part of a path.
	Name string
	// Size is the number of bytes that arrived.
	Size int64
	// TooLarge is true when more arrived than the frame keeps. The bytes of such a file were thrown away.
	TooLarge bool
	// Problem says why the portal itself could not keep the bytes, such as on a full disk; nil when it could. They were thrown away; everything
	// else in the form is there.
	Problem error
	spool   *spooled
}

// Open returns the bytes of the file from the beginning. It may be called again; the readers share nothing.
func (f *File) Open() io.ReadSeeker {
	if f.TooLarge || f.Problem != nil || f.spool == nil {
		return bytes.NewReader(nil)
	}
	return io.NewSectionReader(f.spool.file, 0, f.Size)
}

func (f *File) remove() {
	if f.spool != nil {
		f.spool.remove()
	}
}
