package store

import (
	"testing"

	"github.com/riverqueue/river/rivermigrate"
)

func TestRiverSchemaIsTheLinkedOne(t *testing.T) {
	for _, dialect := range []Dialect{SQLite, Postgres} {
		m, err := rivermigrate.New(RiverDriver(dialect, nil), nil)
		if err != nil {
			t.Fatal(err)
		}
		all := m.AllVersions()
		if last := all[len(all)-1].Version; last != riverSchema {
			t.Errorf("%s: River's schema is %d, this program brings %d: add a migration", dialect, last, riverSchema)
		}
	}
}
