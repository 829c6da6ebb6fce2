package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// run calls the program as from a shell, with a fresh data folder and these settings on top.
func run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := command(&out).Run(t.Context(), append([]string{"portal"}, args...))
	return out.String(), err
}

// fresh points the program at an empty data folder.
func fresh(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, value := range map[string]string{
		"PORTAL_ENV": "", "PORTAL_DATA_DIR": dir, "PORTAL_DATABASE_URL": "", "PORTAL_ADDR": "127.0.0.1:0", "PORTAL_METRICS_ADDR": "off", "PORTAL_KEY": "",
		"PORTAL_BASE_URL": "http://localhost:8080",
	} {
		t.Setenv(name, value)
		if value == "" {
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

func TestUnknownWordsNeverStartTheServer(t *testing.T) {
	fresh(t)
	for _, args := range [][]string{{"nosuch"}, {"serve", "extra"}, {"migrate", "now"}, {"backup"}, {"backup", "a", "b"}} {
		if _, err := run(t, args...); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

func TestRoutesNeedNoDatabase(t *testing.T) {
	dir := fresh(t)
	out, err := run(t, "routes")
	if err != nil || !strings.Contains(out, "/readyz") || !strings.Contains(out, "/dev/outbox") {
		t.Errorf("%v\n%s", err, out)
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "*.db*")); len(found) > 0 {
		t.Errorf("a database was made: %v", found)
	}
	t.Setenv("PORTAL_ENV", "production")
	t.Setenv("PORTAL_KEY", "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	t.Setenv("PORTAL_BASE_URL", "https://portal.example")
	if out, err := run(t, "routes"); err != nil || strings.Contains(out, "/dev/") {
		t.Errorf("production has pages of development: %v\n%s", err, out)
	}
}

// TestFirstSteps goes the way of a newcomer: nothing there, migrate, demo, check, verify, copy.
func TestFirstSteps(t *testing.T) {
	dir := fresh(t)
	if out, err := run(t, "check"); !errors.Is(err, errSaid) || !strings.Contains(out, "portal migrate") {
		t.Errorf("check before migrating: %v %s", err, out)
	}
	if _, err := run(t, "serve"); err == nil || !strings.Contains(err.Error(), "portal migrate") {
		t.Errorf("serve before migrating: %v", err)
	}
	if out, err := run(t, "migrate"); err != nil || !strings.Contains(out, "bodies were added") {
		t.Fatalf("migrate: %v %s", err, out)
	}
	for range 2 { // loading the demo again changes nothing
		if out, err := run(t, "demo"); err != nil || !strings.Contains(out, "nanshan.lian") {
			t.Fatalf("demo: %v %s", err, out)
		}
	}
	if out, err := run(t, "check", "--json"); err != nil || strings.Contains(out, "null") || !strings.Contains(out, `"problems": []`) || !strings.Contains(out, `"checker": "no_owner"`) {
		t.Errorf("check --json: %v %s", err, out)
	}
	if out, err := run(t, "verify-audit"); err != nil || !strings.Contains(out, "events") {
		t.Errorf("verify-audit: %v %s", err, out)
	}
	if out, err := run(t, "dial-key"); err == nil || out != "" {
		t.Errorf("a key for no telephone system: %s", out)
	}
	t.Setenv("PORTAL_TRUSTED_PROXIES", "") // as compose.yaml gives what was left out
	t.Setenv("PORTAL_DIAL_URL", "https://telephone.example/ring")
	if out, err := run(t, "dial-key"); err != nil || !regexp.MustCompile(`^[0-9a-f]{64}\n$`).MatchString(out) {
		t.Errorf("dial-key: %v %q", err, out)
	}
	copied := filepath.Join(dir, "copy.db")
	if _, err := run(t, "backup", copied); err != nil {
		t.Fatalf("backup: %v", err)
	}
	if info, err := os.Stat(copied); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is %v, %v", info, err)
	}
	if _, err := run(t, "backup", copied); err == nil {
		t.Error("a copy overwrites what is there")
	}
	t.Setenv("PORTAL_DATABASE_URL", "sqlite:"+copied)
	if out, err := run(t, "verify-audit"); err != nil {
		t.Errorf("the copy does not verify: %v %s", err, out)
	}
}

func TestProductionRefuses(t *testing.T) {
	fresh(t)
	if _, err := run(t, "migrate"); err != nil {
		t.Fatal(err)
	}
	if _, err := run(t, "demo"); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PORTAL_ENV", "production")
	out, err := run(t, "serve")
	if err == nil {
		t.Fatalf("production serves on the settings of development: %s", out)
	}
	t.Setenv("PORTAL_KEY", "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	t.Setenv("PORTAL_INSTANCES", "2")
	_, err = run(t, "serve")
	for _, want := range []string{"https", "demo people", "PORTAL_INSTANCES"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("serve does not speak of %s: %v", want, err)
		}
	}
	if _, err := run(t, "demo"); err == nil {
		t.Error("production takes demo people")
	}
}

func TestHealth(t *testing.T) {
	fresh(t)
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	t.Setenv("PORTAL_ADDR", "0.0.0.0:"+port)
	if _, err := run(t, "health"); err != nil {
		t.Errorf("ready: %v", err)
	}
	status = http.StatusServiceUnavailable
	if _, err := run(t, "health"); err == nil {
		t.Error("not ready is taken for ready")
	}
	server.Close()
	if _, err := run(t, "health"); err == nil {
		t.Error("nothing there is taken for ready")
	}
}

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]string{
		":8080": "127.0.0.1:8080", "0.0.0.0:1": "127.0.0.1:1", "[::]:1": "127.0.0.1:1", "10.0.0.1:1": "10.0.0.1:1", "localhost:1": "localhost:1",
	} {
		if got, err := loopback(addr); err != nil || got != want {
			t.Errorf("%s gives %s, %v", addr, got, err)
		}
	}
	if _, err := loopback("8080"); err == nil {
		t.Error("an address without a port is taken")
	}
}

// TestServeStops starts the server and tells it to stop.
func TestServeStops(t *testing.T) {
	fresh(t)
	if _, err := run(t, "migrate"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	started := make(chan struct{}, 8)
	go func() { done <- command(signalWriter{started}).Run(ctx, []string{"portal"}) }()
	select {
	case <-started:
	case err := <-done:
		t.Fatalf("did not start: %v", err)
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("stopping: %v", err)
	}
}

// signalWriter tells that something was written.
type signalWriter struct{ written chan<- struct{} }

func (w signalWriter) Write(p []byte) (int, error) {
	w.written <- struct{}{}
	return len(p), nil
}
