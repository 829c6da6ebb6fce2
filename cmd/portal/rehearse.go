package main

import (
	"context"

	"github.com/urfave/cli/v3"

	"reliefportal/app"
	"reliefportal/app/rehearse"
)

// rehearseLast is how many filings are replayed when nobody says.
const rehearseLast = 200

// rehearseCommand replays a pack on the last filings. Nothing is written, and nothing a person said is printed.
func rehearseCommand() *cli.Command {
	return &cli.Command{
		Name: "rehearse", Usage: "what a pack would change among the last filings, before it takes effect",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "pack", Usage: "id or hash of a pack of this program, or a folder that holds one", Required: true},
			&cli.IntFlag{Name: "last", Usage: "how many filings, the newest first", Value: rehearseLast},
			&cli.BoolFlag{Name: "json", Usage: "for machines"},
		},
		Action: only(rehearsePack),
	}
}

func rehearsePack(ctx context.Context, cmd *cli.Command) error {
	return with(ctx, func(a *app.App) error {
		p, err := rehearse.Candidate(a.Packs, cmd.String("pack"))
		if err != nil {
			return err
		}
		report, err := rehearse.Run(ctx, a.Filings, a.Directory, p, cmd.Int("last"))
		if err != nil {
			return err
		}
		return rehearse.Write(cmd.Root().Writer, report, cmd.Bool("json"))
	})
}
