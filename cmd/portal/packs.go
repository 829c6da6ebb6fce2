package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"

	"reliefportal/app/calendar"
	"reliefportal/app/config"
	"reliefportal/app/directory"
	"reliefportal/app/packs"
	"reliefportal/app/rules"
)

// packsCommand is what a lawyer uses: only rehearse reads the database; all others read the rule packs and the list of courts.
func packsCommand() *cli.Command {
	asJSON := &cli.BoolFlag{Name: "json", Usage: "for machines"}
	return &cli.Command{
		Name: "packs", Usage: "look at the rule packs", Action: only(func(context.Context, *cli.Command) error {
			return errors.New("say what: list, facts, check, explain, diff or rehearse")
		}),
		Commands: []*cli.Command{
			{Name: "list", Usage: "the packs, oldest first", Flags: []cli.Flag{asJSON}, Action: only(listPacks)},
			{Name: "facts", Usage: "the vocabulary of the pack in force", Flags: []cli.Flag{onFlag()}, Action: only(listFacts)},
			{Name: "check", Usage: "what is wrong with them; runs the worked cases", Action: only(checkPacks)},
			{Name: "explain", Usage: "why each door stands as it does", Flags: []cli.Flag{factsFlag(), onFlag()}, Action: only(explain)},
			{Name: "diff", Usage: "what changes from one pack to another, in words", ArgsUsage: "OLD NEW", Action: diffPacks},
			rehearseCommand(),
		},
	}
}

// doorsCommand shows the doors of one person, given as a file of facts.
func doorsCommand() *cli.Command {
	return &cli.Command{
		Name: "doors", Usage: "the doors open to somebody, by a file of facts",
		Flags: []cli.Flag{factsFlag(), onFlag(), &cli.BoolFlag{Name: "json", Usage: "for machines"}}, Action: only(doors),
	}
}

func factsFlag() cli.Flag {
	return &cli.StringFlag{Name: "facts", Usage: "YAML or JSON: fact to value", Required: true}
}

func onFlag() cli.Flag {
	return &cli.StringFlag{Name: "on", Usage: "the day, such as 2026-11-23; today if not given"}
}

func openPacks() (*packs.Set, error) {
	cfg, err := config.Load(os.Environ())
	if err != nil {
		return nil, err
	}
	return packs.Open(cfg.PacksDir)
}

func listPacks(_ context.Context, cmd *cli.Command) error {
	set, err := openPacks()
	if err != nil {
		return err
	}
	return packs.List(cmd.Root().Writer, set, cmd.Bool("json"))
}

func listFacts(_ context.Context, cmd *cli.Command) error {
	p, _, err := packOn(cmd)
	if err != nil {
		return err
	}
	return packs.ListFacts(cmd.Root().Writer, p)
}

// checkPacks fails when anything is wrong.
func checkPacks(_ context.Context, cmd *cli.Command) error {
	set, err := openPacks()
	if err != nil {
		return err
	}
	wrong, err := packs.CheckAll(cmd.Root().Writer, set, directory.Default().Rules())
	if err == nil && wrong > 0 {
		err = errSaid
	}
	return err
}

func explain(_ context.Context, cmd *cli.Command) error {
	p, on, err := packOn(cmd)
	if err != nil {
		return err
	}
	facts, err := factsOf(cmd, p)
	if err != nil {
		return err
	}
	return packs.Explain(cmd.Root().Writer, p, facts, on, directory.Default().Rules())
}

func doors(_ context.Context, cmd *cli.Command) error {
	p, on, err := packOn(cmd)
	if err != nil {
		return err
	}
	facts, err := factsOf(cmd, p)
	if err != nil {
		return err
	}
	return packs.WriteDoors(cmd.Root().Writer, p, facts, on, directory.Default().Rules(), cmd.Bool("json"))
}

// packOn is the pack in force on the day asked for, and that day.
func packOn(cmd *cli.Command) (*rules.Pack, calendar.Date, error) {
	on := calendar.Today(calendar.SystemClock{})
	if text := cmd.String("on"); text != "" {
		var err error
		if on, err = calendar.ParseDate(text); err != nil {
			return nil, on, fmt.Errorf("--on %s: %w", text, err)
		}
	}
	set, err := openPacks()
	if err != nil {
		return nil, on, err
	}
	return set.On(on), on, nil
}

func factsOf(cmd *cli.Command, p *rules.Pack) (rules.Facts, error) {
	name := cmd.String("facts")
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return packs.ParseFacts(p, name, raw)
}

// diffPacks compares two packs, each an id of a pack the program knows or a folder.
func diffPacks(_ context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 2 {
		return errors.New("say which two: portal packs diff OLD NEW")
	}
	set, err := openPacks()
	if err != nil {
		return err
	}
	old, errOld := packNamed(set, cmd.Args().Get(0))
	now, errNow := packNamed(set, cmd.Args().Get(1))
	if err := errors.Join(errOld, errNow); err != nil {
		return err
	}
	lines := packs.Diff(old, now)
	if len(lines) == 0 {
		lines = []string{"they say the same"}
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(cmd.Root().Writer, line); err != nil {
			return err
		}
	}
	return nil
}

func packNamed(set *packs.Set, name string) (*rules.Pack, error) {
	for _, p := range set.All() {
		if p.ID == name {
			return p, nil
		}
	}
	return packs.Load(os.DirFS(name))
}
