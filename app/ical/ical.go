// Package ical writes calendars that telephones and mail programs read (RFC 5545): days that last all day, with a reminder.
package ical

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"reliefportal/app/calendar"
)

// Type is the media type of a calendar.
const Type = "text/calendar; charset=utf-8"

// Event is one day to be entered. Whoever opens a newer file of the same UID gets the day moved, not doubled.
type Event struct {
	UID      string // stable, and the same for ever for the same thing
	Sequence int64  // grows whenever the event changes
	On       calendar.Date
	Title    string
	Text     string
	Alarms   []int // days before, each at nine in the morning; 0 is the day itself
}

// morning is when a reminder rings, in hours after midnight.
const morning = 9

// Write writes a calendar called name. stamp is the instant it was made.
func Write(name string, stamp time.Time, events []Event) []byte {
	var w writer
	w.line("BEGIN:VCALENDAR")
	w.line("VERSION:2.0")
	w.line("PRODID:-//Menjing//Dates//EN")
	w.line("CALSCALE:GREGORIAN")
	w.line("METHOD:PUBLISH")
	w.line("X-WR-CALNAME:" + escape(name))
	for _, e := range events {
		w.event(e, stamp)
	}
	w.line("END:VCALENDAR")
	return []byte(w.b.String())
}

type writer struct{ b strings.Builder }

func (w *writer) event(e Event, stamp time.Time) {
	w.line("BEGIN:VEVENT")
	w.line("UID:" + escape(e.UID))
	w.line("DTSTAMP:" + stamp.UTC().Format("20060102T150405Z"))
	w.line(fmt.Sprintf("SEQUENCE:%d", e.Sequence))
	w.line("DTSTART;VALUE=DATE:" + compact(e.On))
	w.line("DTEND;VALUE=DATE:" + compact(e.On.AddDays(1)))
	w.line("SUMMARY:" + escape(e.Title))
	if e.Text != "" {
		w.line("DESCRIPTION:" + escape(e.Text))
	}
	w.line("TRANSP:TRANSPARENT")
	w.line("CLASS:PRIVATE")
	for _, days := range e.Alarms {
		w.line("BEGIN:VALARM")
		w.line("ACTION:DISPLAY")
		w.line("DESCRIPTION:" + escape(e.Title))
		w.line("TRIGGER:" + trigger(days))
		w.line("END:VALARM")
	}
	w.line("END:VEVENT")
}

// trigger is the time before midnight of the day at which it rings: nine in the morning, days before.
func trigger(days int) string {
	switch {
	case days <= 0:
		return fmt.Sprintf("PT%dH", morning)
	case days == 1:
		return fmt.Sprintf("-PT%dH", 24-morning)
	}
	return fmt.Sprintf("-P%dDT%dH", days-1, 24-morning)
}

func compact(d calendar.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// escape writes a text as RFC 5545, 3.3.11 asks.
func escape(s string) string {
	return strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\r\n", "\\n", "\n", "\\n", "\r", "\\n").Replace(s)
}

// longest is the most octets of a line, its end not counted (RFC 5545, 3.1).
const longest = 75

// line writes one line and folds it, never inside a character.
func (w *writer) line(s string) {
	room := longest
	for len(s) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		w.b.WriteString(s[:cut])
		w.b.WriteString("\r\n ")
		s, room = s[cut:], longest-1
	}
	w.b.WriteString(s)
	w.b.WriteString("\r\n")
}
