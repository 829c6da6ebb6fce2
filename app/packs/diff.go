package packs

import (
	"fmt"
	"reflect"
	"slices"

	"reliefportal/app/rules"
)

// Diff says in words what changed from one pack to another; nothing means they say the same.
func Diff(old, now *rules.Pack) []string {
	var out []string
	out = append(out, changed("remedy", remedies(old), remedies(now))...)
	out = append(out, changed("clock", clocks(old), clocks(now))...)
	out = append(out, changed("route", rows(old), rows(now))...)
	out = append(out, changed("question", questions(old), questions(now))...)
	out = append(out, changed("fact", facts(old), facts(now))...)
	out = append(out, changed("source", sources(old), sources(now))...)
	out = append(out, changed("survey", surveys(old), surveys(now))...)
	out = append(out, changed("care", map[string]any{"words": old.Care}, map[string]any{"words": now.Care})...)
	if !reflect.DeepEqual(old.Calls, now.Calls) {
		out = append(out, "the limits of calling changed")
	}
	if !reflect.DeepEqual(old.Application, now.Application) {
		out = append(out, "the written applications changed")
	}
	if !reflect.DeepEqual(old.Sums, now.Sums) {
		out = append(out, "the figures of the money rules changed")
	}
	if !reflect.DeepEqual(old.Means, now.Means) {
		out = append(out, "the means statement changed")
	}
	if !reflect.DeepEqual(old.Calendar, now.Calendar) {
		out = append(out, "the holidays changed")
	}
	return out
}

func changed(kind string, old, now map[string]any) []string {
	var ids []string
	for id := range old {
		ids = append(ids, id)
	}
	for id := range now {
		if _, ok := old[id]; !ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	var out []string
	for _, id := range ids {
		a, had := old[id]
		b, has := now[id]
		switch {
		case !had:
			out = append(out, fmt.Sprintf("%s %s is new", kind, id))
		case !has:
			out = append(out, fmt.Sprintf("%s %s is gone", kind, id))
		default:
			for _, field := range fields(a, b) {
				out = append(out, fmt.Sprintf("%s %s: %s changed", kind, id, field))
			}
		}
	}
	return out
}

// fields names the parts in which two values of one type differ.
func fields(a, b any) []string {
	x, y := reflect.Indirect(reflect.ValueOf(a)), reflect.Indirect(reflect.ValueOf(b))
	var out []string
	for i := range x.NumField() {
		f := x.Type().Field(i)
		if f.IsExported() && !reflect.DeepEqual(x.Field(i).Interface(), y.Field(i).Interface()) {
			out = append(out, f.Name)
		}
	}
	return out
}

func remedies(p *rules.Pack) map[string]any {
	out := map[string]any{}
	for _, r := range p.Remedies {
		out[r.ID] = r
	}
	return out
}

func clocks(p *rules.Pack) map[string]any {
	out := map[string]any{}
	for _, c := range p.Clocks {
		out[c.ID] = c
	}
	return out
}

func rows(p *rules.Pack) map[string]any {
	out := map[string]any{}
	for _, r := range p.Rows {
		out[r.ID] = r
	}
	return out
}

func questions(p *rules.Pack) map[string]any {
	out := map[string]any{}
	for _, q := range p.Questions {
		out[q.ID] = q
	}
	return out
}

func facts(p *rules.Pack) map[string]any {
	out := map[string]any{}
	for _, f := range p.Facts {
		out[string(f.ID)] = f
	}
	return out
}

func sources(p *rules.Pack) map[string]any {
	out := map[string]any{}
	for _, s := range p.Sources {
		out[s.ID] = s
	}
	return out
}

func surveys(p *rules.Pack) map[string]any {
	out := map[string]any{}
	for _, s := range p.Surveys {
		out[s.ID] = s
	}
	return out
}
