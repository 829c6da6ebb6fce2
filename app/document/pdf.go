package document

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"slices"
)

// beginsPDF tells whether nothing but a byte order mark or white space stands before the PDF. The library also takes a file with
// something else in front, which a browser might show as that.
func beginsPDF(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("%PDF-"))
}

// pdfTail is how far from its end a PDF must say where its table of contents is; readers look in the last kilobyte, and
// scanning apps of phones add some bytes more.
const pdfTail = 4 << 10

// pdfWhole tells whether a file begins and ends as a PDF does, so that one cut on its way is refused.
func pdfWhole(r io.Reader) error {
	tail := make([]byte, 0, 2*pdfTail)
	buf := make([]byte, pdfTail)
	for {
		n, err := io.ReadFull(r, buf)
		if len(tail)+n > cap(tail) {
			tail = append(tail[:0], tail[len(tail)-pdfTail:]...)
		}
		tail = append(tail, buf[:n]...)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	tail = tail[max(0, len(tail)-pdfTail):]
	if !bytes.Contains(tail, []byte("%%EOF")) && !bytes.Contains(tail, []byte("startxref")) {
		return errBroken
	}
	return nil
}

// activeNames are the PDF names behind which something may run, open or hide when the file is opened (ISO 32000-2).
var activeNames = []string{"AA", "EmbeddedFile", "EmbeddedFiles", "Encrypt", "GoToE", "GoToR", "ImportData", "JS", "JavaScript",
	"Launch", "OpenAction", "RichMedia", "SubmitForm", "XFA"}

// Bounds of the look into compressed parts: enough for any honest paper, too little for a bomb to matter.
const (
	maxInflateParts = 2000
	maxInflatePart  = 4 << 20  // bytes
	maxInflateAll   = 32 << 20 // bytes
)

// unread stands among the active names when the compressed parts were too many or too large to be looked at in full.
const unread = "ObjStm"

// pdfActive lists, in order and once each, the active names found in a PDF, also when spelled with #xx or inside a
// compressed object stream. It flags and never clears: a reader of the file must still open it with care.
func pdfActive(data []byte) []string {
	found := map[string]bool{}
	pdfNames(data, found)
	found[unread] = false // the name itself means nothing
	parts := pdfObjectStreams(data)
	left := int64(maxInflateAll)
	for _, part := range parts[:min(len(parts), maxInflateParts)] {
		plain := inflate(part, min(left, maxInflatePart))
		left -= int64(len(plain))
		pdfNames(plain, found)
		found[unread] = found[unread] || int64(len(plain)) == maxInflatePart || left == 0
	}
	found[unread] = found[unread] || len(parts) > maxInflateParts
	var out []string
	for _, name := range append(activeNames, unread) {
		if found[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// longestActive is the length of the longest of activeNames; longer names need not be decoded.
const longestActive = 16

// pdfNames notes every name object (a slash and regular characters) of b.
func pdfNames(b []byte, found map[string]bool) {
	for {
		i := bytes.IndexByte(b, '/')
		if i < 0 {
			return
		}
		b = b[i+1:]
		if name := pdfName(b); name != "" {
			found[name] = true
		}
	}
}

func pdfName(b []byte) string {
	var name [longestActive]byte
	n := 0
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c <= ' ' || bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 {
			return string(name[:n])
		}
		if n == longestActive {
			return ""
		}
		if hi, lo := hexAt(b, i+1), hexAt(b, i+2); c == '#' && hi >= 0 && lo >= 0 {
			c = byte(hi<<4 | lo)
			i += 2
		}
		name[n] = c
		n++
	}
	return string(name[:n])
}

func hexAt(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	switch c := b[i]; {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// pdfObjectStreams returns the content of streams whose dictionary, just before, names them object streams.
func pdfObjectStreams(data []byte) [][]byte {
	const dictionary = 512 // no writer needs more for the dictionary of an object stream
	var parts [][]byte
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("stream"))
		if i < 0 {
			return parts
		}
		start := at + i + len("stream")
		head := data[max(0, start-dictionary):start]
		at = start
		if bytes.HasSuffix(head, []byte("endstream")) || !bytes.Contains(head, []byte("ObjStm")) {
			continue
		}
		part := bytes.TrimLeft(data[start:min(len(data), start+2)], "\r\n")
		parts = append(parts, data[min(len(data), start+2)-len(part):])
	}
}

// inflate gives at most limit plain bytes of a zlib stream, as many as can be had.
func inflate(b []byte, limit int64) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	plain, _ := io.ReadAll(io.LimitReader(z, limit)) // what could be read before an error is what is looked at
	return plain
}
