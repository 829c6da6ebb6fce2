package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"

	"reliefportal/app"
	"reliefportal/app/config"
	"reliefportal/app/store"
	"reliefportal/app/web"
)

// migrate brings the schema up to date and adds the bodies the directory knows.
func migrate(ctx context.Context, cmd *cli.Command) error {
	return with(ctx, func(a *app.App) error {
		added, err := a.Directory.Load(ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(cmd.Root().Writer, "the database is up to date; %d bodies were added to the directory\n", added)
		return err
	}, app.Migrating())
}

// demo loads demo people and prints how to sign in as each.
func demo(ctx context.Context, cmd *cli.Command) error {
	return with(ctx, func(a *app.App) error {
		if err := a.LoadDemo(ctx); err != nil {
			return err
		}
		return a.PrintPeople(ctx, cmd.Root().Writer)
	})
}

// routes prints the route table. It needs no database.
func routes(_ context.Context, cmd *cli.Command) error {
	cfg, err := config.Load(os.Environ())
	if err != nil {
		return err
	}
	return web.Print(cmd.Root().Writer, app.Routes(cfg))
}

// dialKey prints the key the telephone system checks orders by.
func dialKey(ctx context.Context, cmd *cli.Command) error {
	return with(ctx, func(a *app.App) error {
		if !a.Callbacks.CanDial() {
			return errors.New("no telephone system is connected; set PORTAL_DIAL_URL first")
		}
		_, err := fmt.Fprintln(cmd.Root().Writer, a.Callbacks.Dialer.DialKey())
		return err
	})
}

// verifyAudit recomputes the audit record. It fails when anything was changed, removed or put in between.
func verifyAudit(ctx context.Context, cmd *cli.Command) error {
	return with(ctx, func(a *app.App) error {
		report, err := a.Audit.VerifyAll(ctx)
		if err != nil {
			return err
		}
		w := cmd.Root().Writer
		for _, problem := range report.Problems {
			_, _ = fmt.Fprintln(w, problem)
		}
		_, _ = fmt.Fprintf(w, "%d events in %d chains, %d checkpoints, %d of them compared with the file outside; %d events are newer than the last\n",
			report.Events, report.Subjects, report.Checkpoints, report.Outside, report.Uncovered)
		if !report.OK() {
			return errSaid
		}
		return nil
	})
}

// backup copies a SQLite database into a new file while the portal runs; VACUUM INTO takes one consistent moment. For Postgres it says
// which command does the same.
func backup(ctx context.Context, cmd *cli.Command) error {
	to := cmd.Args().First()
	if to == "" || cmd.Args().Len() > 1 {
		return fmt.Errorf("say where to: portal backup FILE")
	}
	return with(ctx, func(a *app.App) error {
		if a.DB.Dialect() == store.Postgres {
			_, err := fmt.Fprintf(cmd.Root().Writer, "Postgres copies itself; run:\n  pg_dump --format=custom --file=%q \"$PORTAL_DATABASE_URL\"\n", to)
			return err
		}
		return a.BackupSQLite(ctx, to)
	})
}
