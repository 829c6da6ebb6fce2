package document_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// secrets are what a phone or a tool may write beside the pixels.
func secrets(t *testing.T) (photo, screenshot []byte) {
	photo = withSegments(jpegOf(t, drawn(200, 100)), segment(0xe1, exif(6)), segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00XMP-CANARY")),
		segment(0xe2, []byte("ICC_PROFILE\x00\x01\x01ICC-CANARY")), segment(0xfe, []byte("COMMENT-CANARY")), segment(0xed, []byte("Photoshop 3.0\x00IPTC-CANARY")))
	photo = append(photo, "TRAILER-CANARY<script>"...)
	screenshot = pngOf(t, drawn(200, 100))
	at := 33 // behind the header
	screenshot = bytes.Join([][]byte{screenshot[:at], chunk("tEXt", []byte("Author\x00TEXT-CANARY")), chunk("eXIf", exif(6)[6:]),
		chunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00XMP-CANARY")), screenshot[at:], []byte("TRAILER-CANARY")}, nil)
	return photo, screenshot
}

func TestCopyHasOnlyPixels(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	photo, screenshot := secrets(t)
	for name, body := range map[string][]byte{"photo.jpg": photo, "screen.png": screenshot} {
		doc, err := d.upload(name, body)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		d.drain()
		out := d.copyOf(doc.ID)
		if bytes.Contains(out, []byte("CANARY")) || bytes.Contains(out, []byte("Exif")) || bytes.Contains(out, []byte("<script>")) {
			t.Errorf("%s: the copy carries more than pixels", name)
		}
		if !bytes.Equal(d.original(doc.ID), body) {
			t.Errorf("%s: the original changed", name)
		}
		if _, _, err := image.Decode(bytes.NewReader(out)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOrientation sends the same scene stored in all eight ways; every copy shows it upright.
func TestOrientation(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	// Upright, the scene is 40 wide and 24 high, red at its left, green at its right, dark at the top and bright at the bottom.
	scene := func(x, y int) color.RGBA {
		c := color.RGBA{R: 60, A: 255}
		if x >= 20 {
			c = color.RGBA{G: 60, A: 255}
		}
		if y >= 12 {
			c.R, c.G, c.B = c.R*3, c.G*3, 60
		}
		return c
	}
	// stored gives, for each orientation, the size as stored and where a stored point belongs in the upright scene.
	w, h := 40, 24
	stored := map[uint16]func(x, y int) (int, int){
		1: func(x, y int) (int, int) { return x, y }, 2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y }, 4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x }, 6: func(x, y int) (int, int) { return w - 1 - y, x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x }, 8: func(x, y int) (int, int) { return y, h - 1 - x },
	}
	for how, place := range stored {
		sw, sh := w, h
		if how >= 5 {
			sw, sh = h, w
		}
		img := image.NewRGBA(image.Rect(0, 0, sw, sh))
		for y := range sh {
			for x := range sw {
				img.SetRGBA(x, y, scene(place(x, y)))
			}
		}
		doc, err := d.upload("a.jpg", withSegments(jpegOf(t, img), segment(0xe1, exif(how))))
		if err != nil {
			t.Fatal(err)
		}
		d.drain()
		got, err := jpeg.Decode(bytes.NewReader(d.copyOf(doc.ID)))
		if err != nil {
			t.Fatal(err)
		}
		if b := got.Bounds(); b.Dx() != w || b.Dy() != h {
			t.Errorf("orientation %d: copy is %v", how, b)
			continue
		}
		for _, at := range []image.Point{{4, 4}, {35, 4}, {4, 19}, {35, 19}} {
			if want := scene(at.X, at.Y); !near(got.At(at.X, at.Y), want) {
				t.Errorf("orientation %d at %v: %v, want %v", how, at, got.At(at.X, at.Y), want)
			}
		}
	}
}

func near(a, b color.Color) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	for _, d := range []int{int(r1) - int(r2), int(g1) - int(g2), int(b1) - int(b2)} {
		if d > 20<<8 || d < -20<<8 {
			return false
		}
	}
	return true
}

func TestCopyIsNoLargerThanNeeded(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	for _, c := range []struct{ w, h, wantW, wantH int }{{2560, 10, 2560, 10}, {2561, 10, 2560, 9}, {10, 5120, 5, 2560}, {5000, 1, 2560, 1}, {1, 1, 1, 1}} {
		img := image.NewNRGBA(image.Rect(0, 0, c.w, c.h))
		for i := range img.Pix {
			img.Pix[i] = 200
		}
		doc, err := d.upload("a.png", pngOf(t, img))
		if err != nil {
			t.Fatal(err)
		}
		d.drain()
		got, err := png.Decode(bytes.NewReader(d.copyOf(doc.ID)))
		if err != nil {
			t.Fatal(err)
		}
		if b := got.Bounds(); b.Dx() != c.wantW || b.Dy() != c.wantH {
			t.Errorf("%dx%d became %v", c.w, c.h, b)
		}
		if !near(got.At(0, 0), img.At(0, 0)) {
			t.Errorf("%dx%d: colour %v became %v", c.w, c.h, img.At(0, 0), got.At(0, 0))
		}
	}
}

// TestPictureThatDoesNotDecode is whole by structure but has no usable data: the original is kept, there is no copy, and
// nobody is told of an error.
func TestPictureThatDoesNotDecode(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	for name, body := range map[string][]byte{"a.png": pngBomb(8000, 5000), "b.heic": heic("heic", 100, 100, 50)} {
		doc, err := d.upload(name, body)
		if err != nil {
			t.Fatal(err)
		}
		d.drain()
		if got, err := d.ByID(t.Context(), doc.ID, all); err != nil || got.HasCopy || got.State != document.Ready || !got.Cleared() {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if _, err := d.OpenCopy(t.Context(), doc.ID, all); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(d.stored()); n != 2 {
		t.Errorf("%d files, want the two originals", n)
	}
}

func TestHEIC(t *testing.T) {
	encode, err := exec.LookPath("heif-enc")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("heif-enc (libheif-examples) is needed")
		}
		t.Skip("heif-enc (libheif-examples) is not installed")
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.png"), filepath.Join(dir, "out.heic")
	if err := os.WriteFile(in, pngOf(t, drawn(320, 200)), 0o600); err != nil {
		t.Fatal(err)
	}
	if msg, err := exec.CommandContext(t.Context(), encode, "-o", out, in).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, msg)
	}
	body, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, storetest.SQLite(t))
	doc, err := d.upload("IMG_0001.HEIC", body)
	if err != nil {
		t.Fatal(err)
	}
	d.drain()
	f, err := d.OpenCopy(t.Context(), doc.ID, all)
	got, err2 := jpeg.Decode(bytes.NewReader(d.read(f, err)))
	if err2 != nil || got.Bounds().Dx() != 320 || got.Bounds().Dy() != 200 || f.Name != "IMG_0001.jpg" {
		t.Errorf("%v %q %v", got.Bounds(), f.Name, err2)
	}
	if !near(got.At(300, 20), drawn(320, 200).At(300, 20)) {
		t.Errorf("colour %v", got.At(300, 20))
	}
	if _, err := d.upload("cut.heic", body[:len(body)-1]); key(err) != "upload.broken" {
		t.Errorf("cut: %v", err)
	}
}

// TestActivePDF looks at what is noted of a PDF in the record of its filing.
func TestActivePDF(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	for what, c := range map[string]struct {
		body []byte
		want string
	}{
		"plain":               {pdf(""), `"active":null`},
		"script":              {pdf("/OpenAction 3 0 R", "<< /S /JavaScript /JS (x) >>"), `"active":["JS","JavaScript","OpenAction"]`},
		"spelled":             {pdf("/#4fpenAction 3 0 R", "<</S/J#61vaScript/JS(x)>>"), `"active":["JS","JavaScript","OpenAction"]`},
		"launch":              {pdf("", "<</S/Launch/F(x.exe)>>"), `"active":["Launch"]`},
		"embedded":            {pdf("/Names << /EmbeddedFiles 3 0 R >>", "<< /Type /EmbeddedFile >>"), `"active":["EmbeddedFile","EmbeddedFiles"]`},
		"compressed":          {pdf("", objectStream("3 0 << /S /JavaScript /JS (x) >>")), `"active":["JS","JavaScript"]`},
		"encrypted":           {pdf("/Encrypt 3 0 R"), `"active":["Encrypt"]`},
		"no more than begins": {pdf("/JSx 1 /AAA 2 /JavaScripts 3"), `"active":null`},
		"bomb":                {pdf("", objectStream(strings.Repeat("\x00", 64<<20)), "<</S/Launch>>"), `"active":["Launch","ObjStm"]`},
		"countless streams":   {pdf("", strings.Repeat("/ObjStm stream\nx\x9c", 100_000)), `"active":["ObjStm"]`},
		"broken stream":       {pdf("", "<< /Type /ObjStm >>\nstream\nnot zlib\nendstream"), `"active":null`},
		"ends in a name":      {append(pdf(""), "/JS"...), `"active":["JS"]`},
	} {
		t.Run(what, func(t *testing.T) {
			d.lin, d.filing = d.person(what)
			if _, err := d.upload("a.pdf", c.body); err != nil {
				t.Fatal(err)
			}
			d.drain()
			events, err := audit.List(t.Context(), d.db, audit.Subject{Type: "filing", ID: d.filing})
			if err != nil || len(events) != 2 || !strings.Contains(events[1].Data, c.want) {
				t.Errorf("got %+v, %v; want %s", events, err, c.want)
			}
		})
	}
}

func TestSweepClearsTheConvertersPlace(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	t.Setenv("TMPDIR", t.TempDir())
	for name, age := range map[string]time.Duration{"portal-heic-old": 61 * time.Minute, "portal-heic-new": 59 * time.Minute, "other": 99 * time.Hour} {
		dir := filepath.Join(os.TempDir(), name)
		at := calendar.SystemClock{}.Now().Add(-age)
		if err := errors.Join(os.Mkdir(dir, 0o700), os.Chtimes(dir, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) != 2 || left[0].Name() != "other" || left[1].Name() != "portal-heic-new" {
		t.Errorf("%v, %v", left, err)
	}
}

// meddling does something right before the copy is stored.
type meddling struct {
	document.Blobs
	first func()
}

func (m *meddling) Put(ctx context.Context, r io.Reader) (document.Blob, error) {
	if do := m.first; do != nil {
		m.first = nil
		do()
	}
	return m.Blobs.Put(ctx, r)
}

func TestRemovedWhileCopied(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		doc, err := d.upload("a.png", pngOf(t, drawn(9, 9)))
		if err != nil {
			t.Fatal(err)
		}
		m := &meddling{Blobs: d.Blobs, first: func() {
			if err := d.Remove(t.Context(), d.lin, doc.ID); err != nil {
				t.Error(err)
			}
		}}
		d.Blobs = m
		d.drain()
		if s := d.state(); m.first != nil || s.rows != 0 || s.files != 0 {
			t.Errorf("%+v", s)
		}
	})
}
