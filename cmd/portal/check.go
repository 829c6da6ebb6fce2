package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/urfave/cli/v3"

	"reliefportal/app"
	"reliefportal/app/integrity"
)

// checked is what check found.
type checked struct {
	// Problems keep the portal from serving, one sentence each.
	Problems []string `json:"problems"`
	// Checks are what each checker found in the data; none when the portal could not be built.
	Checks []integrity.Result `json:"checks"`
}

// sound says that nothing was found.
func (c checked) sound() bool {
	for _, r := range c.Checks {
		if !r.Sound() {
			return false
		}
	}
	return len(c.Problems) == 0
}

// check says what would keep this portal from serving and, when nothing does, what its checkers find; it fails when there is anything.
func check(ctx context.Context, cmd *cli.Command) error {
	found, err := problems(ctx)
	if err != nil {
		return err
	}
	out := checked{Problems: append([]string{}, found...), Checks: []integrity.Result{}} // JSON shows a list that is empty, not null
	if len(out.Problems) == 0 {
		err = with(ctx, func(a *app.App) (err error) {
			out.Checks, err = a.Integrity.Look(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := out.print(cmd.Root().Writer, cmd.Bool("json")); err != nil {
		return err
	}
	if !out.sound() {
		return errSaid
	}
	return nil
}

func (c checked) print(w io.Writer, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(c)
	}
	for _, problem := range c.Problems {
		if _, err := fmt.Fprintln(w, problem); err != nil {
			return err
		}
	}
	for _, r := range c.Checks {
		if r.Sound() {
			continue
		}
		if _, err := fmt.Fprintf(w, "checker %s found %d %s\n", r.Checker, len(r.Found), r.Problem); err != nil {
			return err
		}
	}
	if c.sound() {
		_, err := fmt.Fprintln(w, "ready to serve")
		return err
	}
	return nil
}
