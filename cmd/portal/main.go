// Command portal is the debtor self-service relief portal: the server and every task around it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the image has no zone files, and the law runs on Asia/Shanghai

	"github.com/urfave/cli/v3"

	"reliefportal/app/document"
)

func main() {
	if done, err := document.RunConvert(os.Args); done {
		if err != nil {
			_, _ = fmt.Fprintln(os.Stderr, "portal: "+err.Error())
			os.Exit(1)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := command(os.Stdout).Run(ctx, os.Args)
	stop()
	if err != nil && !errors.Is(err, errSaid) {
		_, _ = fmt.Fprintln(os.Stderr, "portal: "+err.Error())
	}
	if err != nil {
		os.Exit(1)
	}
}

// errSaid fails a command that has said already what is wrong.
var errSaid = errors.New("failed")

// command is the whole command line. Without a word it serves; with a word it does not know it refuses, so that a typing mistake never
// starts a server.
func command(out io.Writer) *cli.Command {
	return &cli.Command{
		Name: "portal", Usage: "debtor self-service relief portal", Writer: out,
		Action: only(serve),
		Commands: []*cli.Command{
			{Name: "serve", Usage: "answer requests and work jobs (default)", Action: only(serve)},
			{Name: "migrate", Usage: "bring the database up to date and load the court directory", Action: only(migrate)},
			{Name: "demo", Usage: "load demo people and bodies; development only", Action: only(demo)},
			{Name: "health", Usage: "ask the running portal on this machine whether it is ready", Action: only(health)},
			{Name: "check", Usage: "say what would keep this portal from serving, and what the checkers find in its data", Action: only(check),
				Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print both as JSON"}}},
			{Name: "routes", Usage: "print the route table", Action: only(routes)},
			{Name: "dial-key", Usage: "print the key by which the telephone system checks that an order to dial is the portal's", Action: only(dialKey)},
			{Name: "verify-audit", Usage: "recompute the audit record and compare it with its checkpoints", Action: only(verifyAudit)},
			packsCommand(),
			doorsCommand(),
			{Name: "backup", Usage: "copy a SQLite database while it runs; for Postgres, say how", ArgsUsage: "FILE", Action: backup},
		},
	}
}

// only refuses words that are left over.
func only(do cli.ActionFunc) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		if cmd.Args().Present() {
			return fmt.Errorf("%q is not understood; `portal help` lists the commands", cmd.Args().First())
		}
		return do(ctx, cmd)
	}
}
