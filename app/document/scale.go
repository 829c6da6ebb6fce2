package document

import (
	"image"
	"image/draw"
)

// scaled draws src anew, at most side pixels long, every new pixel the mean of those it covers. Rows are converted a strip
// at a time, so that besides the decoded picture only the small one is held.
func scaled(src image.Image, side int) *image.RGBA {
	b := src.Bounds()
	w, h := fit(b.Dx(), b.Dy(), side)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	sums := make([]uint32, 4*w)
	var strip *image.RGBA
	for y := range h {
		y0, y1 := span(y, h, b.Dy())
		strip = stripOf(strip, src, b.Min.Y+y0, y1-y0)
		clear(sums)
		for sy := range y1 - y0 {
			addRow(sums, strip.Pix[sy*strip.Stride:], w, b.Dx())
		}
		meanRow(dst.Pix[y*dst.Stride:], sums, w, b.Dx(), y1-y0)
	}
	return dst
}

// fit gives the size with the longer side at most side, never enlarged, never zero.
func fit(w, h, side int) (int, int) {
	long := max(w, h)
	if long <= side {
		return w, h
	}
	return max(1, w*side/long), max(1, h*side/long)
}

// span tells which of have old lines the i-th of want new lines covers.
func span(i, want, have int) (int, int) {
	return i * have / want, max(i*have/want+1, (i+1)*have/want)
}

func stripOf(strip *image.RGBA, src image.Image, y, rows int) *image.RGBA {
	if strip == nil || strip.Rect.Dy() != rows {
		strip = image.NewRGBA(image.Rect(0, 0, src.Bounds().Dx(), rows))
	}
	draw.Draw(strip, strip.Rect, src, image.Pt(src.Bounds().Min.X, y), draw.Src)
	return strip
}

func addRow(sums []uint32, row []byte, want, have int) {
	for x := range want {
		x0, x1 := span(x, want, have)
		for i := 4 * x0; i < 4*x1; i += 4 {
			for c := range 4 {
				sums[4*x+c] += uint32(row[i+c])
			}
		}
	}
}

func meanRow(out []byte, sums []uint32, want, have, rows int) {
	for x := range want {
		x0, x1 := span(x, want, have)
		n := uint32((x1 - x0) * rows)
		for c := range 4 {
			out[4*x+c] = byte((sums[4*x+c] + n/2) / n)
		}
	}
}
