package e2e

import (
	"testing"

	"reliefportal/app/i18n"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// ways are how a journey is made: in both languages, with JavaScript and without, and once on Postgres.
var ways = []struct {
	name, lang string
	scripts    bool
	database   func(testing.TB) *store.DB
}{
	{"zh", i18n.Chinese, true, storetest.SQLite},
	{"zh-noscript", i18n.Chinese, false, storetest.SQLite},
	{"en", i18n.English, true, storetest.Postgres},
	{"en-noscript", i18n.English, false, storetest.SQLite},
}

// eachWay makes the journey once in every way, each on a portal of its own. One alone: go test ./app/e2e -run 'TestJourneyR01/zh$'.
func eachWay(t *testing.T, travel func(j *journey)) {
	t.Helper()
	for n := range ways {
		oneWay(t, n, travel)
	}
}

// twoWays makes it in Chinese with JavaScript and in English without, where the other two would show nothing more.
func twoWays(t *testing.T, travel func(j *journey)) {
	t.Helper()
	oneWay(t, 0, travel)
	oneWay(t, len(ways)-1, travel)
}

func oneWay(t *testing.T, n int, travel func(j *journey)) {
	t.Helper()
	way := ways[n]
	t.Run(way.name, func(t *testing.T) {
		t.Parallel()
		travel(begin(t, way.database(t), way.lang, way.scripts))
	})
}
