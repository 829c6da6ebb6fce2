package packs

import (
	"bytes"
	"slices"
	"testing"
	"testing/fstest"

	"reliefportal/app/rules"
)

func TestRehearse(t *testing.T) {
	old, err := Load(small())
	if err != nil {
		t.Fatal(err)
	}
	files := small()
	files["clocks.yaml"] = &fstest.MapFile{Data: bytes.ReplaceAll(files["clocks.yaml"].Data, []byte("10 day"), []byte("15 day"))}
	now, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	filed := []Filed{
		{Reference: "A", Remedy: "R1", On: day(t, "2026-03-10"), Facts: rules.Facts{"paid": rules.Pick("no"), "served": rules.On(day(t, "2026-03-02"))}},
		{Reference: "B", Remedy: "R1", On: day(t, "2026-03-13"), Facts: rules.Facts{"paid": rules.Pick("no"), "served": rules.On(day(t, "2026-03-02"))}},
		{Reference: "C", Remedy: "R1", On: day(t, "2026-03-10"), Facts: rules.Facts{"paid": rules.Pick("yes")}},
	}
	want := []Move{
		{"A", "R1", "last day: 2026-03-12 becomes 2026-03-17"},
		{"B", "R1", "door: late becomes until"}, {"B", "R1", "last day: 2026-03-12 becomes 2026-03-17"},
	}
	got := Rehearse(old, now, filed, nil)
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if same := Rehearse(old, old, filed, nil); len(same) != 0 {
		t.Errorf("the same pack moves %q", same)
	}
}

func TestToldCasesFitTheRemedy(t *testing.T) {
	s, p := pack(t)
	told, err := s.Told(p, "R11")
	if err != nil || len(told) == 0 {
		t.Fatalf("%d cases, %v", len(told), err)
	}
	for _, w := range told {
		if !w.Tell || w.Title.Zh == "" || w.Title.En == "" {
			t.Errorf("%+v", w)
		}
	}
	if none, err := s.Told(p, "no such remedy"); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}

// An unknown day of service gives a safe last day and the latest arguable one.
func TestUnknownServiceDay(t *testing.T) {
	_, p := pack(t)
	f := rules.Facts{
		"topic": rules.Pick("ruling"), "ruling_kind": rules.Pick("objection"),
		"ruling_served_on": rules.Unsure(), "ruling_made_on": rules.On(day(t, "2026-11-02")),
	}
	at := func(on string) rules.Door {
		for _, d := range p.Doors(f, day(t, on), nil) {
			if d.Remedy.ID == "R15" {
				return d
			}
		}
		t.Fatal("no door")
		return rules.Door{}
	}
	d := at("2026-11-10")
	if d.State != rules.DoorUntil || !d.Window.SafeOnly || d.Window.Deadline.LegalEnd != day(t, "2026-11-12") || d.Window.Latest.LegalEnd != day(t, "2026-11-20") {
		t.Errorf("%s %+v", d.State, d.Window)
	}
	f["ruling_heard_on"] = rules.On(day(t, "2026-11-06"))
	if d := at("2026-11-10"); d.Window.Latest.LegalEnd != day(t, "2026-11-16") {
		t.Errorf("latest %s", d.Window.Latest.LegalEnd)
	}
	if d := at("2026-11-16"); d.State == rules.DoorLate {
		t.Error("late although it may have been served later")
	}
	if d := at("2026-11-17"); d.State != rules.DoorLate || len(d.Ways) == 0 {
		t.Errorf("%s after the latest arguable day", d.State)
	}
}
