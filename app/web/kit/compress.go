package kit

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/hex"
	"sync"
)

// compressFrom is the size in bytes from which a page is sent compressed; below it nothing is gained.
const compressFrom = 1 << 10

// squeezers are writers kept between pages; a new one costs more than the page.
var squeezers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed+3) // a level that exists
	return w
}}

// squeeze compresses a page into into. The header carries a comment of random length, so that the size of the answer does not tell what in
// the page resembles what a visitor sent (BREACH); form tokens are masked besides.
func squeeze(page []byte, into *bytes.Buffer) error {
	w := squeezers.Get().(*gzip.Writer)
	defer squeezers.Put(w)
	w.Reset(into)
	var pad [33]byte
	rand.Read(pad[:])
	w.Comment = hex.EncodeToString(pad[:1+pad[32]&31])
	if _, err := w.Write(page); err != nil {
		return err
	}
	return w.Close()
}

// sendPage sends a finished page, compressed where the browser takes it.
func (c *Ctx) sendPage(status int, page []byte) error {
	c.Response().Header().Add("Vary", "Accept-Encoding")
	if len(page) < compressFrom || !takesGzip(c.Request()) {
		return c.echo.HTMLBlob(status, page)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer func() {
		buf.Reset()
		buffers.Put(buf)
	}()
	if err := squeeze(page, buf); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Encoding", "gzip")
	return c.echo.HTMLBlob(status, buf.Bytes())
}
