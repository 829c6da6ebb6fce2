package kit

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestDisposition(t *testing.T) {
	for name, want := range map[string]string{
		"ruling.pdf": "attachment; filename=ruling.pdf", "裁定书.pdf": "attachment; filename*=utf-8''%E8%A3%81%E5%AE%9A%E4%B9%A6.pdf",
		"a\r\nX: y.pdf": `attachment; filename="a__X: y.pdf"`, `a"b.pdf`: "attachment; filename=a_b.pdf", "../a.pdf": "attachment; filename=.._a.pdf",
		"a\u202efdp.exe": "attachment; filename=a_fdp.exe",
	} {
		if got := disposition(name, false); got != want {
			t.Errorf("%q gives %s, want %s", name, got, want)
		}
	}
}

// TestSlowDownloadIsFinished reads a file more slowly than the server's own patience allows for an answer.
func TestSlowDownloadIsFinished(t *testing.T) {
	const size = 8 << 20
	b := newBench(t, Route{Method: "GET", Path: "/file", Name: "file", Who: Anyone, Object: DocumentOwn, Handler: func(c *Ctx) error {
		return c.Send(Download{Name: "a.pdf", Type: "application/pdf", Size: size, Body: io.LimitReader(endless{}, size)})
	}})
	server := httptest.NewUnstartedServer(b)
	server.Config.WriteTimeout = 300 * time.Millisecond
	server.Start()
	defer server.Close()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, server.URL+"/file", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	got := int64(0)
	for {
		n, err := io.CopyN(io.Discard, res.Body, 1<<20)
		got += n
		if err != nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if got != size || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d of %d bytes arrived, %s", got, size, res.Header.Get("Content-Disposition"))
	}
}
