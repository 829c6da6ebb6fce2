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

// Audience is the pages of one kind of people; each package below this one has one.
type Audience interface {
	// Routes are the rows of the audience.
	Routes() []kit.Route
}

// Table is THE route table: every address the portal answers, who may use it and what it points at. Rows are ordered by path and method.
func Table(audiences ...Audience) []kit.Route {
	var all []kit.Route
	for _, a := range audiences {
		all = append(all, a.Routes()...)
	}
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
		if _, err := fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.Method, r.Path, r.Name, r.Who, object); err != nil {
			return err
		}
	}
	return t.Flush()
}
