package document_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// Files made by hand: what phones and offices send, and what attackers do.

func drawn(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), 90, 255})
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment is a JPEG marker segment.
func segment(marker byte, body []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// withSegments puts segments right behind the start of a JPEG.
func withSegments(pic []byte, segments ...[]byte) []byte {
	out := append([]byte(nil), pic[:2]...)
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(out, pic[2:]...)
}

// exif is an EXIF block with an orientation, a place and words.
func exif(orientation uint16) []byte {
	b := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02")
	entry := func(tag, kind uint16, n uint32, value [4]byte) {
		b = binary.BigEndian.AppendUint16(b, tag)
		b = binary.BigEndian.AppendUint16(b, kind)
		b = binary.BigEndian.AppendUint32(b, n)
		b = append(b, value[:]...)
	}
	entry(0x0112, 3, 1, [4]byte{byte(orientation >> 8), byte(orientation)})
	entry(0x8825, 4, 1, [4]byte{0, 0, 0, 8})
	return append(b, "\x00\x00\x00\x00GPS-CANARY 26.08N 119.30E <script>alert(1)</script>"...)
}

func chunk(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func pngHeader(w, h uint32) []byte {
	b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(b, 8, 2, 0, 0, 0))...)
}

// pngBomb claims w×h and is whole, with hardly a byte of picture.
func pngBomb(w, h uint32) []byte {
	return append(append(pngHeader(w, h), chunk("IDAT", deflated(nil))...), chunk("IEND", nil)...)
}

func deflated(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, err := z.Write(b)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		panic(err)
	}
	return out.Bytes()
}

// jpegClaiming is a whole JPEG whose frame header claims w×h.
func jpegClaiming(t testing.TB, w, h uint16) []byte {
	pic := jpegOf(t, drawn(8, 8))
	at := bytes.Index(pic, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(pic[at+5:], h)
	binary.BigEndian.PutUint16(pic[at+7:], w)
	return pic
}

func box(kind string, body ...[]byte) []byte {
	all := bytes.Join(body, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(all)+8)), kind...), all...)
}

// heic is a HEIC by structure only: brand, sizes, picture data.
func heic(brand string, w, h uint32, data int) []byte {
	ispe := box("ispe", make([]byte, 4), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h))
	meta := box("meta", make([]byte, 4), box("hdlr", make([]byte, 24)), box("iprp", box("ipco", box("ispe", make([]byte, 12)), ispe)))
	return bytes.Join([][]byte{box("ftyp", []byte(brand), make([]byte, 4), []byte("mif1heic")), meta, box("mdat", make([]byte, data))}, nil)
}

// pdf is a small PDF with the given catalog entries and further objects.
func pdf(catalog string, objects ...string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R %s >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n", catalog)
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+3, o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%%%EOF\n")
	return b.Bytes()
}

func objectStream(plain string) string {
	return fmt.Sprintf("<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n%s\nendstream", deflated([]byte(plain)))
}

type sent struct {
	what, name string
	body       []byte
	want       string // key of the refusal, or the kind stored
}

// corpus is every file and what becomes of it.
func corpus(t testing.TB) []sent {
	jpg, pic, doc := jpegOf(t, drawn(60, 40)), pngOf(t, drawn(60, 40)), pdf("")
	zip := append([]byte("PK\x03\x04\x14\x00\x00\x00\x08\x00"), make([]byte, 200)...)
	exe := append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"), make([]byte, 400)...)
	html := []byte("<!DOCTYPE html><html><script>alert(1)</script></html>")
	svg := []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	const j, p, d, h = "image/jpeg", "image/png", "application/pdf", "image/heic"
	const kind, broken, big, empty = "upload.kind", "upload.broken", "upload.picture_too_big", "upload.empty"
	return []sent{
		// What people send.
		{"photo", "照片.jpg", jpg, j}, {"photo in capitals", "DSC_1.JPG", jpg, j}, {"photo .jpeg", "a.jpeg", jpg, j}, {"photo .jfif", "a.jfif", jpg, j},
		{"photo without ending", "照片", jpg, j}, {"screenshot", "截图.png", pic, p}, {"paper", "流水.pdf", doc, d}, {"phone picture", "IMG_1.HEIC", heic("heic", 4032, 3024, 90), h},
		{"phone picture heif", "a.heif", heic("mif1", 100, 100, 9), h}, {"png saved as jpg", "a.jpg", pic, p}, {"jpeg saved as heic", "a.heic", jpg, j},
		{"photo with place", "a.jpg", withSegments(jpg, segment(0xe1, exif(6))), j}, {"photo with a film behind", "a.jpg", join(jpg, make([]byte, 5000)), j},
		{"photo with fill bytes", "a.jpg", join(jpg[:2], []byte{0xff, 0xff}, jpg[2:]), j},
		{"paper with mark", "a.pdf", join([]byte("\xef\xbb\xbf"), doc), d}, {"paper with junk behind", "a.pdf", join(doc, make([]byte, 1000)), d},
		{"encrypted paper", "a.pdf", pdf("", "<< /Filter /Standard >>"), d},
		{"animated png", "a.png", join(pic[:33], chunk("acTL", []byte{0, 0, 39, 16, 0, 0, 0, 0}), pic[33:]), p},
		{"png with a text bomb", "a.png", join(pic[:33], chunk("zTXt", join([]byte("c\x00\x00"), deflated(make([]byte, 10<<20)))), pic[33:]), p},
		{"exactly 40 Mpx", "a.png", pngBomb(8000, 5000), p}, {"exactly 40 Mpx heic", "a.heic", heic("heic", 8000, 5000, 9), h},
		// Two things in one: taken as what they are, never shown as anything else.
		{"jpeg+html", "a.jpg", join(jpg, html), j}, {"jpeg+zip", "a.jpg", join(jpg, zip), j}, {"png+php", "a.png", join(pic, []byte("<?php system($_GET[0]);")), p},
		{"jpeg with script inside", "a.jpg", withSegments(jpg, segment(0xfe, html)), j}, {"pdf+zip", "a.pdf", join(doc, zip), d},
		{"script in a pdf", "a.pdf", pdf("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), d},
		// Not what the name says.
		{"program", "a.exe", exe, kind}, {"program as pdf", "合同.pdf", exe, kind}, {"program as jpg", "a.jpg", exe, kind}, {"linux program", "a.pdf", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 99)...), kind},
		{"html", "a.html", html, kind}, {"html as pdf", "a.pdf", html, kind}, {"html as jpg", "a.jpg", html, kind}, {"svg", "a.svg", svg, kind}, {"svg as jpg", "a.jpg", svg, kind}, {"svg as png", "a.png", svg, kind},
		{"html before pdf", "a.pdf", join(html, doc), kind}, {"junk before pdf", "a.pdf", join([]byte("junk"), doc), kind}, {"pdf as jpg", "a.jpg", doc, kind}, {"jpg as pdf", "a.pdf", jpg, kind},
		{"pdf as exe", "a.exe", doc, kind}, {"jpg as php", "a.php", jpg, kind}, {"jpg.exe", "a.jpg.exe", jpg, kind}, {"pdf as html", "a.html", doc, kind},
		{"zip", "a.zip", zip, kind}, {"zip as pdf", "a.pdf", zip, kind}, {"word", "a.docx", join([]byte("PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00"), make([]byte, 12), []byte("word/document.xml"), make([]byte, 200)), kind},
		{"rar", "证明.rar", []byte("Rar!\x1a\x07\x01\x00aaaaaaaa"), kind}, {"gzip", "a.pdf", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00"), kind}, {"gif", "a.gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), kind},
		{"gif as jpg", "a.jpg", []byte("GIF89a/*<svg/onload=alert(1)>*/=1;"), kind}, {"tiff", "a.tif", []byte("II*\x00\x08\x00\x00\x00\x00\x00"), kind}, {"webp", "a.webp", []byte("RIFF\x10\x00\x00\x00WEBPVP8 "), kind},
		{"avif", "a.heic", box("ftyp", []byte("avif\x00\x00\x00\x00")), kind}, {"film", "a.heic", box("ftyp", []byte("isom\x00\x00\x00\x00mp42")), kind}, {"shortcut", "a.pdf", []byte("[InternetShortcut]\nURL=http://x/"), kind},
		{"link", "a.pdf", []byte("L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00F"), kind}, {"text", "a.txt", []byte("你好"), kind}, {"EICAR", "a.pdf", []byte(`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`), kind},
		{"one byte", "a.jpg", []byte{0xff}, kind}, {"nothing", "a.jpg", nil, empty},
		// Too many pixels.
		{"bomb 40,000²", "a.png", pngBomb(40_000, 40_000), big}, {"bomb 65,535²", "a.png", pngBomb(65_535, 65_535), big}, {"bomb 2³¹", "a.png", pngBomb(1<<31-1, 1<<31-1), big},
		{"one pixel more", "a.png", pngBomb(8000, 5001), big}, {"jpeg 65,535²", "a.jpg", jpegClaiming(t, 65_535, 65_535), big}, {"heic 40,000²", "a.heic", heic("heic", 40_000, 40_000, 9), big}, {"heic 2³²", "a.heic", heic("heic", 1<<32-1, 1<<32-1, 9), big},
		// Cut or broken.
		{"photo cut", "a.jpg", jpg[:len(jpg)-2], broken}, {"photo half", "a.jpg", jpg[:len(jpg)/2], broken}, {"photo head", "a.jpg", jpg[:30], broken}, {"photo start", "a.jpg", jpg[:4], broken},
		{"photo of no size", "a.jpg", jpegClaiming(t, 0, 8), broken}, {"photo lying length", "a.jpg", withSegments(jpg, []byte{0xff, 0xe1, 0, 1}), broken},
		{"png cut", "a.png", pic[:len(pic)-8], broken}, {"png half", "a.png", pic[:len(pic)/2], broken}, {"png magic only", "a.png", pic[:16], broken}, {"png of no size", "a.png", pngBomb(0, 5), broken},
		{"png lying length", "a.png", join(pngHeader(9, 9), []byte("\xff\xff\xff\xffIDAT")), broken}, {"paper cut", "a.pdf", doc[:len(doc)-20], broken}, {"paper head", "a.pdf", doc[:9], broken},
		{"paper with its end far away", "a.pdf", join(doc, make([]byte, 9000)), broken},
		{"heic cut", "a.heic", heic("heic", 10, 10, 99)[:150], broken}, {"heic without picture", "a.heic", bytes.SplitN(heic("heic", 10, 10, 9), []byte("\x00\x00\x00\x11mdat"), 2)[0], broken},
		{"heic without meta", "a.heic", join(box("ftyp", []byte("heic\x00\x00\x00\x00")), box("mdat", make([]byte, 9))), broken}, {"heic lying box", "a.heic", join(box("ftyp", []byte("heic\x00\x00\x00\x00")), []byte("\x7f\xff\xff\xffmeta")), broken},
		{"heic box of no size", "a.heic", join(box("ftyp", []byte("heic\x00\x00\x00\x00")), []byte("\x00\x00\x00\x04meta")), broken}, {"heic huge box", "a.heic", join(box("ftyp", []byte("heic\x00\x00\x00\x00")), []byte("\x00\x00\x00\x01free\xff\xff\xff\xff\xff\xff\xff\xff")), broken},
	}
}

func TestCorpusIsLarge(t *testing.T) {
	if n := len(corpus(t)); n < 60 {
		t.Errorf("%d files, want 60 at least", n)
	}
	seen := map[string]bool{}
	for _, f := range corpus(t) {
		if seen[f.what] || strings.TrimSpace(f.what) == "" {
			t.Errorf("%q is there twice or has no name", f.what)
		}
		seen[f.what] = true
	}
}
