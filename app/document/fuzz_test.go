package document

import (
	"bytes"
	"testing"
)

// FuzzStructure feeds any bytes to everything that reads them before a person is known to mean well.
func FuzzStructure(f *testing.F) {
	for _, seed := range []string{"", "\xff\xd8\xff\xc0\x00\x08\x08\x00\x01\x00\x01\xff\xd9", pngMagic + "\x00\x00\x00\rIHDR", "\x00\x00\x00\x10ftypheic",
		"%PDF-1.7 /Type/ObjStm stream\nx\x9c /J#61vaScript /", "\x00\x00\x00\x14meta\x00\x00\x00\x00\x00\x00\x00\x08ispe"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, kind := range []Kind{PDF, JPEG, PNG, HEIC} {
			size, err := kind.size(bytes.NewReader(data))
			if err == nil && kind != PDF && (size.w <= 0 || size.h <= 0) {
				t.Errorf("%s taken with size %v", kind, size)
			}
		}
		sniff(data)
		orientation(data)
		pdfActive(data)
	})
}
