// Package web puts the pages of all audiences into one route table.
package web

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"reliefportal/app/web/kit"
)

// Table is THE route table: every address the portal answers, who may use it and what it points at. Each audience brings its rows; they
// are put in the order of path and method.
func Table(audiences ...[]kit.Route) []kit.Route {
	all := slices.Concat(audiences...)
	slices.SortStableFunc(all, func(a, b kit.Route) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Method, b.Method))
	})
	return all
}

// Print writes the table for people: method, path, name, who, object.
func Print(w io.Writer, routes []kit.Route) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range routes {
		object := string(r.Object)
		if object == "" {
			object = "-"
		}
		if r.Upload {
			object += " upload"
		}
		if r.Assisted {
			object += " assisted"
		}
		if _, err := fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.Method, r.Path, r.Name, r.Who, object); err != nil {
			return err
		}
	}
	return t.Flush()
}
