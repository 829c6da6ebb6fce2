package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"reliefportal/app"
	"reliefportal/app/config"
	"reliefportal/app/web/dev"
)

// with builds the portal from the environment, does something with it and lets go of it.
func with(ctx context.Context, do func(*app.App) error, options ...app.Option) (err error) {
	cfg, err := config.Load(os.Environ())
	if err != nil {
		return err
	}
	a, err := app.Build(ctx, cfg, options...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return do(a)
}

// problems lists what keeps the portal from serving.
func problems(ctx context.Context) ([]string, error) {
	cfg, err := config.Load(os.Environ())
	if err != nil {
		return nil, err
	}
	return app.Check(ctx, cfg)
}

// serve refuses to start on anything unsafe, then serves until it is told to stop.
func serve(ctx context.Context, cmd *cli.Command) error {
	found, err := problems(ctx)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("cannot serve:\n  %s", strings.Join(found, "\n  "))
	}
	return with(ctx, func(a *app.App) error {
		return a.Serve(ctx, func(addr net.Addr) {
			a.Log.Info("serving", "address", addr.String(), "database", string(a.DB.Dialect()))
			if !a.Config.IsProduction() {
				_, _ = fmt.Fprintf(cmd.Root().Writer, "\nOpen %s in a browser. How to sign in: %s\n", a.Config.BaseURL, a.Config.BaseURL+a.Web.Path(dev.RoutePeople))
			}
		})
	})
}
