package app_test

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"reliefportal/app/apptest"
	"reliefportal/app/store/storetest"
)

// The portal answers, and stops when it is told to, with the metrics listener turned off.
func TestServeAndStop(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	w.Config.Addr = "127.0.0.1:0"
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	started := make(chan net.Addr, 1)
	go func() { done <- w.Serve(ctx, func(a net.Addr) { started <- a }) }()
	select {
	case addr := <-started:
		ready(t, "http://"+addr.String()+"/readyz")
	case err := <-done:
		t.Fatalf("did not start: %v", err)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("stopping: %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("did not stop")
	}
}

func ready(t *testing.T, url string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		t.Errorf("%s answers %d", url, res.StatusCode)
	}
}
