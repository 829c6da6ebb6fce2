package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

// oneConn gives a SQLite database with one connection, so that every statement meets the same store, and a table of 1 to 3.
func oneConn(t *testing.T) *sql.Conn {
	t.Helper()
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "s.db"), Options{MaxOpen: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.SQL().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	exec(t, conn, "CREATE TABLE n (v INTEGER)")
	exec(t, conn, "INSERT INTO n (v) VALUES (1), (2), (3)")
	return conn
}

func exec(t *testing.T, conn *sql.Conn, query string) {
	t.Helper()
	if _, err := conn.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

// kept counts the prepared statements of the connection.
func kept(t *testing.T, conn *sql.Conn) (n int) {
	t.Helper()
	if err := conn.Raw(func(c any) error { n = len(c.(*preparedConn).stmts); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAPreparedQueryInsideItsOwnRows(t *testing.T) {
	conn := oneConn(t)
	const query = "SELECT v FROM n WHERE v > ? ORDER BY v"
	rows, err := conn.QueryContext(t.Context(), query, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	got := ""
	for rows.Next() {
		var v, inner int
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		if err := conn.QueryRowContext(t.Context(), query, v-1).Scan(&inner); err != nil {
			t.Fatal(err)
		}
		got += fmt.Sprintf("%d=%d ", v, inner)
	}
	if rows.Err() != nil || got != "1=1 2=2 3=3 " {
		t.Fatalf("%q, %v", got, rows.Err())
	}
}

func TestPreparedStatementsStayFewAndSeeANewColumn(t *testing.T) {
	conn := oneConn(t)
	for i := range 3 * mostStatements {
		var n int
		if err := conn.QueryRowContext(t.Context(), fmt.Sprintf("SELECT count(*) + %d FROM n", i)).Scan(&n); err != nil || n != i+3 {
			t.Fatal(n, err)
		}
	}
	if n := kept(t, conn); n == 0 || n > mostStatements {
		t.Fatalf("%d statements kept, at most %d wanted", n, mostStatements)
	}
	columns := func() int {
		rows, err := conn.QueryContext(t.Context(), "SELECT * FROM n")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		names, err := rows.Columns()
		if err = errors.Join(err, rows.Err()); err != nil {
			t.Fatal(err)
		}
		return len(names)
	}
	before := columns()
	exec(t, conn, "ALTER TABLE n ADD COLUMN w TEXT")
	if before != 1 || columns() != 2 {
		t.Fatalf("%d columns, then %d", before, columns())
	}
}

func TestAFailedStatementCanBeRunAgain(t *testing.T) {
	conn := oneConn(t)
	exec(t, conn, "CREATE UNIQUE INDEX one ON n (v)")
	const add = "INSERT INTO n (v) VALUES (?)"
	for _, try := range []struct {
		v  int
		ok bool
	}{{3, false}, {4, true}, {4, false}, {5, true}} {
		if _, err := conn.ExecContext(t.Context(), add, try.v); (err == nil) != try.ok {
			t.Fatalf("%d: %v", try.v, err)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := conn.ExecContext(gone, add, 6); err == nil {
		t.Fatal("a cancelled statement was run")
	}
}
