package paper

import (
	"fmt"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"
)

// bars draws text as Code 128 (ISO/IEC 15417), at most w wide, with the quiet zone of ten modules on both sides inside it.
func (s *sheet) bars(text string, x, y, w, h float64) error {
	code, err := code128.Encode(text)
	if err != nil {
		return fmt.Errorf("draw a bar code: %w", err)
	}
	n := code.Bounds().Dx()
	module := min(w/float64(n+20), 1.2)
	s.modules(code, x+10*module, y, module, h, n, 1)
	return nil
}

// square draws text as a QR code (ISO/IEC 18004) with a quarter of it to spare for stains, side wide.
func (s *sheet) square(text string, x, y, side float64) error {
	code, err := qr.Encode(text, qr.Q, qr.Auto)
	if err != nil {
		return fmt.Errorf("draw a square code: %w", err)
	}
	n := code.Bounds().Dx()
	module := side / float64(n+8) // four modules of quiet zone on each side
	s.modules(code, x+4*module, y+4*module, module, module, n, n)
	return nil
}

// modules fills the dark modules of a code, each run of a row as one rectangle, so that no hairlines show between them.
func (s *sheet) modules(code barcode.Barcode, x, y, w, h float64, columns, rows int) {
	s.pdf.SetFillColor(0, 0, 0)
	for row := range rows {
		for from := 0; from < columns; {
			to := from
			for to < columns && dark(code, to, row) {
				to++
			}
			if to > from {
				s.pdf.RectFromUpperLeftWithStyle(x+float64(from)*w, y+float64(row)*h, float64(to-from)*w, h, "F")
			}
			from = to + 1
		}
	}
}

func dark(code barcode.Barcode, x, y int) bool {
	r, _, _, _ := code.At(x, y).RGBA()
	return r == 0
}
