package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"
)

// pool is the connection pool as gorm sees it. It puts every time that leaves for the database, in a row, a condition
// or raw SQL, in UTC and whole microseconds: SQLite compares times as text, and Postgres drops the nanoseconds.
type pool struct{ *sql.DB }

// ExecContext runs a statement with its times made uniform.
func (p *pool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return p.DB.ExecContext(ctx, query, uniform(args)...)
}

// QueryContext runs a query with its times made uniform.
func (p *pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return p.DB.QueryContext(ctx, query, uniform(args)...)
}

// QueryRowContext runs a query for one row with its times made uniform.
func (p *pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return p.DB.QueryRowContext(ctx, query, uniform(args)...)
}

// BeginTx begins a transaction that makes times uniform as well.
func (p *pool) BeginTx(ctx context.Context, opts *sql.TxOptions) (gorm.ConnPool, error) {
	tx, err := p.DB.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return &txPool{tx}, nil
}

// GetDBConn is how gorm asks for the pool below.
func (p *pool) GetDBConn() (*sql.DB, error) { return p.DB, nil }

// txPool is a running transaction as gorm sees it.
type txPool struct{ *sql.Tx }

// ExecContext runs a statement with its times made uniform.
func (p *txPool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return p.Tx.ExecContext(ctx, query, uniform(args)...)
}

// QueryContext runs a query with its times made uniform.
func (p *txPool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return p.Tx.QueryContext(ctx, query, uniform(args)...)
}

// QueryRowContext runs a query for one row with its times made uniform.
func (p *txPool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return p.Tx.QueryRowContext(ctx, query, uniform(args)...)
}

// uniform copies args only when one of them is a time, since gorm keeps the slice for its log.
func uniform(args []any) []any {
	out, copied := args, false
	for i, arg := range args {
		t, ok := timeOf(arg)
		if !ok {
			continue
		}
		if !copied {
			out, copied = append([]any(nil), args...), true
		}
		out[i] = wholeMicros(t)
	}
	return out
}

func timeOf(arg any) (time.Time, bool) {
	switch v := arg.(type) {
	case time.Time:
		return v, true
	case *time.Time:
		if v != nil {
			return *v, true
		}
	case sql.NullTime:
		return v.Time, v.Valid
	}
	return time.Time{}, false
}
