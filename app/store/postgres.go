package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
)

func openPostgres(ctx context.Context, url string, opts Options) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the Postgres address cannot be read") // the cause may show the password
	}
	setSessionDefaults(config.RuntimeParams)
	conns := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(readTimesInUTC))
	if opts.MaxOpen == 0 {
		opts.MaxOpen = 20
	}
	limitPool(conns, opts.MaxOpen)
	if err := conns.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach Postgres: %w", err), conns.Close())
	}
	db, err := newDB(conns, pgDialector{&postgres.Dialector{Config: &postgres.Config{Conn: &pool{conns}}}}, Postgres, opts)
	if err != nil {
		return nil, errors.Join(err, conns.Close())
	}
	return db, nil
}

// setSessionDefaults bounds what one stuck session can hold up; the address may say otherwise.
func setSessionDefaults(params map[string]string) {
	for name, value := range map[string]string{
		"timezone":                            "UTC",
		"application_name":                    "portal",
		"lock_timeout":                        "10s",
		"idle_in_transaction_session_timeout": "60s",
	} {
		if _, set := params[name]; !set {
			params[name] = value
		}
	}
}

func limitPool(conns *sql.DB, most int) {
	conns.SetMaxOpenConns(most)
	conns.SetMaxIdleConns(most)
	conns.SetConnMaxIdleTime(5 * time.Minute)
	conns.SetConnMaxLifetime(time.Hour)
}

// readTimesInUTC makes a time read back equal to the one written, whatever the zone of the machine.
func readTimesInUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name:  "timestamptz",
		OID:   pgtype.TimestamptzOID,
		Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// pgDialector is gorm's Postgres dialect with values left out of every log line.
type pgDialector struct{ *postgres.Dialector }

// Explain leaves the values out; the logger's own setting for that does not reach Scan and Rows.
func (pgDialector) Explain(sql string, _ ...any) string { return sql }
