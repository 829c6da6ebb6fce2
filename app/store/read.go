package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"gorm.io/gorm"
)

// ErrReadOnly reports a write through Read; writes belong in Tx, where the audit entry and the jobs are written too.
var ErrReadOnly = errors.New("write outside a transaction: use Tx")

// Read gives a handle for queries outside a transaction. A create, update, delete, Exec or transaction through it fails
// with ErrReadOnly. On SQLite reads never wait for a writer.
func (db *DB) Read(ctx context.Context) *gorm.DB {
	reader := db.gorm.WithContext(ctx)
	reader.Statement.ConnPool = readPool{&pool{db.sql}}
	return reader
}

// readPool sits below gorm's callbacks, because gorm.G drops the settings of the handle it is given.
type readPool struct{ *pool }

// ExecContext refuses: gorm never reads by Exec.
func (readPool) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	return nil, ErrReadOnly
}

// BeginTx refuses: Tx retries and queues, a transaction begun here would not.
func (readPool) BeginTx(context.Context, *sql.TxOptions) (gorm.ConnPool, error) {
	return nil, ErrReadOnly
}

// QueryContext refuses an INSERT … RETURNING and its like.
func (p readPool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if writes(query) {
		return nil, ErrReadOnly
	}
	return p.pool.QueryContext(ctx, query, args...)
}

func writes(query string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	switch strings.ToUpper(first) {
	case "INSERT", "UPDATE", "DELETE", "REPLACE":
		return true
	}
	return false
}
