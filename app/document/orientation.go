package document

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how the EXIF of a JPEG says the picture lies, 1 (upright) to 8; anything unreadable counts as upright.
func orientation(jpeg []byte) int {
	tiff := exifOf(jpeg)
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	const tag, entry = 0x0112, 12
	n := int64(order.Uint16(tiff[at:]))
	for e := at + 2; n > 0 && e+entry <= int64(len(tiff)); e, n = e+entry, n-1 {
		if order.Uint16(tiff[e:]) == tag {
			if v := int(order.Uint16(tiff[e+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}

// exifOf finds the TIFF block of the first EXIF segment before the picture data.
func exifOf(jpeg []byte) []byte {
	for at := 2; at+4 <= len(jpeg) && jpeg[at] == 0xff && jpeg[at+1] != jpegSOS; {
		n := int(binary.BigEndian.Uint16(jpeg[at+2:]))
		if n < 2 || at+2+n > len(jpeg) {
			return nil
		}
		body := jpeg[at+4 : at+2+n]
		if rest, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && jpeg[at+1] == 0xe1 {
			return rest
		}
		at += 2 + n
	}
	return nil
}

// upright turns and mirrors a picture as its orientation asks.
func upright(src *image.RGBA, how int) *image.RGBA {
	if how <= 1 || how > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if how >= 5 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			dx, dy := turned(how, x, y, w, h)
			copy(dst.Pix[dst.PixOffset(dx, dy):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}

// turned tells where the point x, y of a w×h picture goes (EXIF 2.32, tag Orientation).
func turned(how, x, y, w, h int) (int, int) {
	switch how {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	default:
		return y, w - 1 - x
	}
}
