package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/urfave/cli/v3"

	"reliefportal/app/config"
)

// healthTime is how long the portal may take to say that it is ready.
const healthTime = 2 * time.Second

// health asks the portal on this machine whether it is ready; containers use it as their check. It opens no database.
func health(ctx context.Context, cmd *cli.Command) error {
	cfg, err := config.Load(os.Environ())
	if err != nil {
		return err
	}
	address, err := loopback(cfg.Addr)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	if err := answer.Body.Close(); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the portal at %s answers %s", address, answer.Status)
	}
	_, err = fmt.Fprintln(cmd.Root().Writer, "ready")
	return err
}

// loopback turns the address the portal listens on into one that this machine can call: a listener on every address is asked on 127.0.0.1.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
