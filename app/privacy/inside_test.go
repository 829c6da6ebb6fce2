package privacy

import (
	"maps"
	"slices"
)

// TakesFrom says whether a copy takes from a table, else why not.
func TakesFrom(table string) (in bool, why string) {
	return slices.ContainsFunc(sources, func(s source) bool { return s.Table == table }), aside[table]
}

// Accounted lists every table of both lists.
func Accounted() []string {
	out := slices.Collect(maps.Keys(aside))
	for _, s := range sources {
		out = append(out, s.Table)
	}
	return out
}
