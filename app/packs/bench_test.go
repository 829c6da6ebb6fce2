package packs

import (
	"testing"

	"reliefportal/app/rules"
)

func benchFacts(b *testing.B, p *rules.Pack) rules.Facts {
	f, err := ParseFacts(p, "bench", []byte(`{topic: account, role: self, prior: rejected, before_judgment: "no", money_kind: wages,
		living_left: "no", over_debt: "yes", ruling_served_on: 2026-11-16, case_state: running,
		exec_court: 深圳市南山区人民法院, ruling_court: 深圳市南山区人民法院}`))
	if err != nil {
		b.Fatal(err)
	}
	return f
}

func BenchmarkDoors(b *testing.B) {
	_, p := pack(b)
	f, where, on := benchFacts(b, p), courts(b), day(b, "2026-11-22")
	b.ReportAllocs()
	for b.Loop() {
		p.Doors(f, on, where)
	}
}

func BenchmarkNextQuestion(b *testing.B) {
	_, p := pack(b)
	on := day(b, "2026-11-22")
	f := rules.Facts{"topic": rules.Pick("asset"), "role": rules.Pick("self")}
	b.ReportAllocs()
	for b.Loop() {
		p.NextQuestion(f, on)
	}
}

func BenchmarkRoute(b *testing.B) {
	_, p := pack(b)
	f, where := benchFacts(b, p), courts(b)
	b.ReportAllocs()
	for b.Loop() {
		p.Route("R15", f, where)
	}
}

func BenchmarkClock(b *testing.B) {
	_, p := pack(b)
	rule, ok := p.Clock("K05")
	if !ok {
		b.Fatal("no clock")
	}
	start := day(b, "2026-09-23")
	b.ReportAllocs()
	for b.Loop() {
		p.Calendar.End(start, rule.Length)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open(""); err != nil {
			b.Fatal(err)
		}
	}
}
