package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"reliefportal/app/config"
	"reliefportal/app/filing"
	"reliefportal/app/packs"
	"reliefportal/app/store"
	"reliefportal/app/web"
	"reliefportal/app/web/kit"
	"reliefportal/static"
)

// Check lists what keeps a portal with these settings from serving, one sentence each, saying what to do. Assets, migrations and good rule
// packs are needed everywhere; the rest concerns production.
func Check(ctx context.Context, cfg config.Config) (problems []string, err error) {
	db, err := store.Open(ctx, cfg.DatabaseURL.Reveal(), store.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := static.Missing(); err != nil {
		problems = append(problems, err.Error())
	}
	state, err := stateOf(ctx, cfg, db)
	if err != nil {
		return nil, err
	}
	if !cfg.IsProduction() {
		for _, err := range []error{state.Packs, db.Gate(ctx)} {
			if err != nil {
				problems = append(problems, err.Error())
			}
		}
	}
	return append(problems, config.CheckProduction(cfg, state)...), nil
}

// stateOf says what only the database and the rule packs know.
func stateOf(ctx context.Context, cfg config.Config, db *store.DB) (s config.State, err error) {
	set, bad := packs.Open(cfg.PacksDir)
	s.Packs = bad
	if s.Pending, err = db.Pending(ctx); err != nil || s.Pending > 0 {
		return s, err
	}
	if bad == nil && cfg.IsProduction() { // while a pack is being written, development goes on with the edition at hand
		if s.Packs, err = packsGone(ctx, db, set); err != nil {
			return s, err
		}
	}
	s.Demo, err = hasDemo(ctx, db)
	return s, err
}

// packsGone says which editions that open filings are decided by are not here.
func packsGone(ctx context.Context, db *store.DB, set *packs.Set) (problem, err error) {
	missing, err := filing.MissingPacks(db.Read(ctx), set)
	if err != nil || len(missing) == 0 {
		return nil, err
	}
	return fmt.Errorf("open filings are decided by rule packs that are not here (%s): put them back into PORTAL_PACKS_DIR", strings.Join(missing, ", ")), nil
}

// Routes is the route table of a portal with these settings. Its handlers answer nothing: no service stands behind them.
func Routes(cfg config.Config) []kit.Route { return web.Table((&App{Config: cfg}).audiences()...) }

// BackupSQLite copies the SQLite database into a new file, as of one moment, while the portal may go on writing. SQLite refuses a file that
// is not empty.
func (a *App) BackupSQLite(ctx context.Context, to string) error {
	file, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // made first, so that it is private from its first byte
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if _, err := a.DB.SQL().ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("backup into %s: %w", to, err)
	}
	return nil
}
