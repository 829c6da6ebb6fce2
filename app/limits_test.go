package app_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"reliefportal/app/apptest"
	"reliefportal/app/store/storetest"
)

// serving starts a portal on a port of its own and returns its address. It stops with the test.
func serving(t *testing.T, w *apptest.World) string {
	t.Helper()
	w.Config.Addr = "127.0.0.1:0"
	ctx, cancel := context.WithCancel(t.Context())
	started, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- w.Serve(ctx, func(a net.Addr) { started <- a }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("stopping: %v", err)
		}
	})
	select {
	case addr := <-started:
		return addr.String()
	case err := <-done:
		done <- nil
		t.Fatalf("did not start: %v", err)
		return ""
	}
}

// TestSlowClientsAreLetGo opens many connections that never finish their headers. A normal visitor is served meanwhile, and the slow ones
// are gone within seconds (quality line S-M1).
func TestSlowClientsAreLetGo(t *testing.T) {
	addr := serving(t, apptest.New(t, storetest.SQLite(t)))
	const many = 300
	var dialer net.Dialer
	slow := make([]net.Conn, many)
	for i := range slow {
		c, err := dialer.DialContext(t.Context(), "tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: portal\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
		slow[i] = c
	}
	ready(t, "http://"+addr+"/readyz")
	begun := time.Now()
	for _, c := range slow {
		if err := c.SetReadDeadline(begun.Add(15 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(c); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal("a connection without a request is kept for more than 15 seconds")
		}
	}
	ready(t, "http://"+addr+"/readyz")
}

// TestGreedyHeadersAreRefused sends more headers than anybody needs.
func TestGreedyHeadersAreRefused(t *testing.T) {
	addr := serving(t, apptest.New(t, storetest.SQLite(t)))
	for size, want := range map[int]int{4 << 10: http.StatusOK, 64 << 10: http.StatusRequestHeaderFieldsTooLarge} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+"/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Much", strings.Repeat("x", size))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%d bytes of headers: status %d, want %d", size, res.StatusCode, want)
		}
	}
}

// TestStoppingFailsNobody tells the portal to stop while visitors keep coming: every request that was taken is answered, and those after it
// find nobody there (quality line R-24).
func TestStoppingFailsNobody(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	w.Config.Addr = "127.0.0.1:0"
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	started, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- w.Serve(ctx, func(a net.Addr) { started <- a }) }()
	addr := (<-started).String()

	const visitors = 8
	var answered, cut atomic.Int64
	gone := make(chan struct{}, visitors)
	for range visitors {
		go func() {
			defer func() { gone <- struct{}{} }()
			client := &http.Client{Transport: &http.Transport{}, Timeout: 10 * time.Second}
			for {
				req, _ := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodGet, "http://"+addr+"/", nil)
				res, err := client.Do(req)
				var refused *net.OpError
				switch {
				case err == nil:
					_, err = io.Copy(io.Discard, res.Body)
					_ = res.Body.Close()
					if err != nil || res.StatusCode != http.StatusOK {
						cut.Add(1)
					}
					answered.Add(1)
				case errors.As(err, &refused) && refused.Op == "dial":
					return // nobody there any more
				case errors.Is(err, io.EOF), strings.Contains(err.Error(), "connection reset"), strings.Contains(err.Error(), "server closed idle"):
					// a kept connection closed between two requests: no request was taken on it
				default:
					cut.Add(1)
					return
				}
			}
		}()
	}
	time.Sleep(300 * time.Millisecond)
	stop()
	if err := <-done; err != nil {
		t.Errorf("stopping: %v", err)
	}
	for range visitors {
		<-gone
	}
	if answered.Load() == 0 || cut.Load() > 0 {
		t.Errorf("%d answered, %d cut off", answered.Load(), cut.Load())
	}
}
