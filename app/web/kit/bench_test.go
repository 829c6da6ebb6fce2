package kit

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"

	tkit "reliefportal/templates/kit"
)

// BenchmarkFrame compares a page in the frame with the same bytes from a bare echo handler: what tokens, headers, log line and counters
// cost per request. The signed-in case includes reading the session, here from memory.
func BenchmarkFrame(b *testing.B) {
	body := text(tkit.Page{}, "ok")
	bare := echo.New()
	bare.GET("/", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, []byte("|||||ok")) })
	b.Run("bare echo", func(b *testing.B) { serveMany(b, bare, nil) })

	frame := newBench(b, Route{Method: "GET", Path: "/bench", Name: "bench", Who: Anyone, Handler: func(c *Ctx) error {
		c.Page()
		return c.OK(body)
	}})
	frame.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	w := frame.browser()
	w.get("/")
	b.Run("visitor", func(b *testing.B) { serveMany(b, frame, w) })
	w.post("/as/debtor", nil)
	b.Run("signed in", func(b *testing.B) { serveMany(b, frame, w) })
}

func serveMany(b *testing.B, h http.Handler, w *browser) {
	path := "/"
	if w != nil {
		path = "/bench"
	}
	r := httptest.NewRequest("GET", "https://portal.test"+path, nil)
	if w != nil {
		for _, ck := range w.cookies {
			r.AddCookie(ck)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r.Clone(b.Context()))
		if rec.Code != http.StatusOK {
			b.Fatal(rec.Code)
		}
	}
}
