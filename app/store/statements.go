package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
)

// mostStatements is how many prepared statements one SQLite connection keeps. The portal writes its queries in code, some
// hundreds; only lists of ids of ever new lengths make more.
const mostStatements = 400

// preparing opens SQLite connections that keep their statements prepared, as pgx does for Postgres by itself: parsing was
// a fifth of the work of a busy portal on SQLite.
type preparing struct{ driver.Connector }

// Connect opens a connection with an empty store of statements.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	lite, ok := conn.(liteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%T is not the SQLite connection this store knows", conn), conn.Close())
	}
	return &preparedConn{liteConn: lite, stmts: map[string]*preparedStmt{}}, nil
}

// liteConn is what the driver's connection can do, so that nothing of it is lost behind the wrapper.
type liteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type liteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type liteRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

// preparedConn is one connection; database/sql lets one goroutine at a time use it.
type preparedConn struct {
	liteConn
	stmts map[string]*preparedStmt // by SQL text
}

type preparedStmt struct {
	liteStmt
	busy bool // its rows are still being read
}

// ExecContext runs a statement, prepared when it was run before.
func (c *preparedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.idle(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.liteConn.ExecContext(ctx, query, args)
	}
	return s.ExecContext(ctx, args)
}

// QueryContext runs a query, prepared when it was run before.
func (c *preparedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.idle(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.liteConn.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	lite, ok := rows.(liteRows)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%T are not the SQLite rows this store knows", rows), rows.Close())
	}
	s.busy = true
	return &preparedRows{liteRows: lite, of: s}, nil
}

// idle gives the prepared statement of query, or nil when the text is not worth keeping or its rows are being read.
func (c *preparedConn) idle(ctx context.Context, query string) (*preparedStmt, error) {
	if s, ok := c.stmts[query]; ok {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if !repeats(query) {
		return nil, nil
	}
	if len(c.stmts) >= mostStatements {
		if err := c.forget(); err != nil {
			return nil, err
		}
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	lite, ok := made.(liteStmt)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%T is not the SQLite statement this store knows", made), made.Close())
	}
	s := &preparedStmt{liteStmt: lite}
	c.stmts[query] = s
	return s, nil
}

// repeats tells rows' statements from those of a schema, of settings and of transactions, which are run once or cost nothing.
func repeats(query string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	switch strings.ToUpper(first) {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return true
	}
	return false
}

// forget closes every statement whose rows nobody reads; those in daily use are back after one use each.
func (c *preparedConn) forget() error {
	var errs []error
	for query, s := range c.stmts {
		if !s.busy {
			errs = append(errs, s.Close())
			delete(c.stmts, query)
		}
	}
	return errors.Join(errs...)
}

// Close closes the statements, then the connection.
func (c *preparedConn) Close() error {
	return errors.Join(c.forget(), c.liteConn.Close())
}

type preparedRows struct {
	liteRows
	of *preparedStmt
}

// Close ends the reading; the statement may be used again.
func (r *preparedRows) Close() error {
	err := r.liteRows.Close()
	r.of.busy = false
	return err
}
