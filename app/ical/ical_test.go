package ical_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/ical"
)

func TestWrite(t *testing.T) {
	got := string(ical.Write("门径", time.Date(2026, 11, 9, 1, 2, 3, 0, time.UTC), []ical.Event{{UID: "c1@menjing", Sequence: 4, On: calendar.NewDate(2026, 12, 31),
		Title: "复议，最后一天; 看", Text: "一\n二\\三", Alarms: []int{0, 1, 3}}}))
	want := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Menjing//Dates//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:门径", "BEGIN:VEVENT",
		"UID:c1@menjing", "DTSTAMP:20261109T010203Z", "SEQUENCE:4", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", `SUMMARY:复议，最后一天\; 看`,
		`DESCRIPTION:一\n二\\三`, "TRANSP:TRANSPARENT", "CLASS:PRIVATE",
		"BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:复议，最后一天\; 看`, "TRIGGER:PT9H", "END:VALARM",
		"BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:复议，最后一天\; 看`, "TRIGGER:-PT15H", "END:VALARM",
		"BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:复议，最后一天\; 看`, "TRIGGER:-P2DT15H", "END:VALARM", "END:VEVENT", "END:VCALENDAR", ""}
	if got != strings.Join(want, "\r\n") {
		t.Errorf("%q", got)
	}
}

// TestFolding: whatever the words, no line is longer than 75 octets, no character is cut in two, and unfolding gives the words back.
func TestFolding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.StringOf(rapid.SampledFrom([]rune("aé限制消费𬭎 ,;\\"))).Draw(t, "title")
		out := string(ical.Write("x", time.Unix(0, 0), []ical.Event{{UID: "u", On: calendar.NewDate(2026, 1, 1), Title: title}}))
		for line := range strings.SplitSeq(out, "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("%d octets: %q", len(line), line)
			}
		}
		flat := strings.ReplaceAll(out, "\r\n ", "")
		back := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",")
		_, rest, _ := strings.Cut(flat, "SUMMARY:")
		got, _, _ := strings.Cut(rest, "\r\n")
		if back.Replace(got) != title {
			t.Fatalf("%q, want %q", got, title)
		}
	})
}
