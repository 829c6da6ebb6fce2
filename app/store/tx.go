package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNested reports Tx called with the context of a running transaction: the inner one would not be part of it.
var ErrNested = errors.New("transaction inside a transaction: pass the outer tx on")

// ErrWriterBusy reports that another transaction held SQLite's only writer for longer than writerWait.
var ErrWriterBusy = errors.New("the database is busy with another write")

const (
	txTries    = 5
	writerWait = 10 * time.Second
)

type txMark struct{}

// Tx runs fn in one transaction: everything fn wrote through tx commits together, or, when fn returns an error or
// panics, nothing does. A transaction the database gave up because of another one (deadlock, serialisation, busy) is
// run again from the start, at most five times, so fn must not act on anything but tx. No other error is retried:
// after a lost connection nobody knows whether the commit happened.
func (db *DB) Tx(ctx context.Context, fn func(tx *gorm.DB) error) error {
	if ctx.Value(txMark{}) != nil {
		return ErrNested
	}
	for try := 1; ; try++ {
		err := db.txOnce(ctx, fn)
		if err == nil || try == txTries || !givenUp(err) {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

func (db *DB) txOnce(ctx context.Context, fn func(tx *gorm.DB) error) error {
	release, err := db.takeWriter(ctx, writerWait)
	if err != nil {
		return err
	}
	defer release()
	inner := context.WithValue(ctx, txMark{}, true)
	return db.gorm.WithContext(inner).Transaction(fn)
}

// takeWriter queues writers of a SQLite database in this process in order of arrival, instead of letting them poll the
// file lock, which is unfair and slow on a loaded machine.
func (db *DB) takeWriter(ctx context.Context, most time.Duration) (release func(), err error) {
	if db.dialect != SQLite {
		return func() {}, nil
	}
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case db.writer <- struct{}{}:
		return func() { <-db.writer }, nil
	case <-timer.C:
		return nil, ErrWriterBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// givenUp tells whether the database certainly rolled the transaction back because of a concurrent one.
func givenUp(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01"
	}
	var lite *modernc.Error
	if errors.As(err, &lite) {
		return lite.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	return false
}

func pause(ctx context.Context, try int) error {
	most := time.Duration(try*try) * 10 * time.Millisecond
	timer := time.NewTimer(most/2 + rand.N(most/2))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// SQLTx is the database/sql transaction below tx, for River's inserts. It fails when tx is not a transaction.
func SQLTx(tx *gorm.DB) (*sql.Tx, error) {
	if p, ok := tx.Statement.ConnPool.(*txPool); ok {
		return p.Tx, nil
	}
	return nil, fmt.Errorf("%T is not a transaction of this store", tx.Statement.ConnPool)
}
