package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// riverMigration is the goose version that brings River's tables; the SQL files leave it free.
const riverMigration = 2

// riverSchema is River's own schema version that riverMigration brings. An upgrade of River that needs a newer one
// gets a further Go migration, so that the set of migrations stays the whole truth.
const riverSchema = 6

// RiverDriver is River's driver for the database; both kinds work with database/sql transactions.
func RiverDriver(dialect Dialect, conns *sql.DB) riverdriver.Driver[*sql.Tx] {
	if dialect == Postgres {
		return riverdatabasesql.New(conns)
	}
	return riversqlite.New(conns)
}

// riverTables runs outside a goose transaction: in one transaction Postgres refuses to use an enum value that an
// earlier step of River's migrations added.
func riverTables(dialect Dialect) *goose.Migration {
	step := func(direction rivermigrate.Direction, target int) *goose.GoFunc {
		return &goose.GoFunc{RunDB: func(ctx context.Context, conns *sql.DB) error {
			m, err := rivermigrate.New(RiverDriver(dialect, conns), nil)
			if err != nil {
				return fmt.Errorf("prepare the job tables: %w", err)
			}
			_, err = m.Migrate(ctx, direction, &rivermigrate.MigrateOpts{TargetVersion: target})
			return err
		}}
	}
	return goose.NewGoMigration(riverMigration, step(rivermigrate.DirectionUp, riverSchema), step(rivermigrate.DirectionDown, -1))
}
