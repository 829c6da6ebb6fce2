package e2e

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"reliefportal/app"
	"reliefportal/app/config"
)

// serveInstead makes this test program be the portal, so that a test can kill it.
const serveInstead = "E2E_SERVE_INSTEAD"

func TestMain(m *testing.M) {
	if os.Getenv(serveInstead) == "" {
		code := m.Run()
		browser.close()
		os.Exit(code)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := serve(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve is the portal as the command line starts it, configured by the environment. It says where it listens on its standard output.
func serve(ctx context.Context) error {
	cfg, err := config.Load(os.Environ())
	if err != nil {
		return err
	}
	a, err := app.Build(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	return a.Serve(ctx, func(at net.Addr) { fmt.Println(at) })
}
