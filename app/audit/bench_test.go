package audit_test

import (
	"fmt"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// BenchmarkVerifyAll reads a record of 20,000 events; the goal is a million in a minute, 60 µs each.
func BenchmarkVerifyAll(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			const events = 20_000
			db := open(b)
			err := db.Tx(b.Context(), func(tx *gorm.DB) error {
				for i := range events {
					if err := audit.Append(tx, entry(fmt.Sprint("f", i%1000), "a")); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			k := keeper(b, db)
			checkpoint(b, k)
			for b.Loop() {
				if r := verify(b, k); !r.OK() || r.Events != events {
					b.Fatal(r)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*events), "µs/event")
		})
	}
}
