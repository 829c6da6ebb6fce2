package calendar

// Deadline is how one period ends, with its working. All dates are civil dates in Zone; a period runs until 24:00 of its last day.
type Deadline struct {
	Start       Date   // the day of the event (service, receipt); it is not counted (CPL 85(2))
	RawEnd      Date   // the last day before any extension
	LegalEnd    Date   // the last day by CPL 85(3): a last day that is a day off moves to the first day after that is not
	FileBy      Date   // the day to advise; never after LegalEnd (own rule, see End)
	Period      Period // the length
	Provisional bool   // LegalEnd rests on a day whose year is not announced; it may still move
	Steps       []Step // the working, in order, for words
}

// StepKind says which sentence a Step is.
type StepKind string

// The steps of a working. Each says which fields of Step it fills.
const (
	StepServed        StepKind = "served"         // Date: the starting day, not counted
	StepCounted       StepKind = "counted"        // Date..To: N calendar days counted, days off in between included
	StepMonths        StepKind = "months"         // Date: the same-numbered day N months (or years, see Period) on
	StepMonthEnd      StepKind = "month_end"      // Date: the month has no such day, so its last day N months (or years) on
	StepWorkdays      StepKind = "workdays"       // Date..To: N working days counted by the official calendar
	StepSkipped       StepKind = "skipped"        // Date..To: holiday Name, N days not counted among the working days
	StepWeekendCounts StepKind = "weekend_counts" // Date: a weekend day that is worked and so counts as a working day
	StepHoliday       StepKind = "holiday"        // Date: the last day falls in holiday Name, which lasts until To
	StepWeekend       StepKind = "weekend"        // Date: the last day is a Saturday or Sunday
	StepWorkedWeekend StepKind = "worked_weekend" // Date: the last day is a weekend day that is worked; no extension
	StepMoved         StepKind = "moved"          // Date moved to To, the first working day
	StepAdjusted      StepKind = "adjusted"       // the extension leans on an adjusted day off: Date is the safe day, To the extended one
	StepProvisional   StepKind = "provisional"    // the notice of year N is not out: Date is the safe day, To the provisional one
)

// Step is one sentence of a working; the words stand in package i18n.
type Step struct {
	Kind     StepKind
	Date, To Date
	N        int
	Name     string // the holiday's name in Chinese, as in the notice
}

// End computes how period p ends when it starts by an event on start. A zero start or an invalid period gives the zero Deadline.
//
// Law: the starting day is not counted and days off in between are (CPL 85(2), SPC reply of 2014-12-12); a last day that is a day off moves to
// the first day after (CPL 85(3), Civil Code 203(1)); months end on the same-numbered day or the month's end (Civil Code 202).
//
// Own rule, safer for the person: there is no extension over a weekend day that is worked, and when the extension leans on a day off that is
// only adjusted FileBy is RawEnd. When the year is not announced FileBy is the last working day, as far as known, up to RawEnd.
func (c *Calendar) End(start Date, p Period) Deadline {
	if start.IsZero() || !p.Valid() {
		return Deadline{}
	}
	dl := Deadline{Start: start, Period: p, Steps: make([]Step, 0, 6)}
	dl.step(Step{Kind: StepServed, Date: start})
	if p.Unit == WorkDay {
		c.endOfWorkdays(&dl)
	} else {
		dl.countCalendar()
		c.extend(&dl)
	}
	return dl
}

func (dl *Deadline) step(s Step) { dl.Steps = append(dl.Steps, s) }

// countCalendar finds RawEnd for days, months and years.
func (dl *Deadline) countCalendar() {
	n := dl.Period.N
	if dl.Period.Unit == Day {
		dl.RawEnd = dl.Start.AddDays(n)
		dl.step(Step{Kind: StepCounted, Date: dl.Start.AddDays(1), To: dl.RawEnd, N: n})
		return
	}
	months := n
	if dl.Period.Unit == Year {
		months *= 12
	}
	dl.RawEnd = dl.Start.AddMonths(months)
	kind := StepMonths
	if _, _, end := dl.RawEnd.Parts(); end != dayOf(dl.Start) {
		kind = StepMonthEnd
	}
	dl.step(Step{Kind: kind, Date: dl.RawEnd, N: n})
}

func dayOf(d Date) int { _, _, day := d.Parts(); return day }

// extend applies the last-day rule to RawEnd.
func (c *Calendar) extend(dl *Deadline) {
	kind, name, _ := c.Kind(dl.RawEnd)
	end, adjusted, unknown := c.walk(dl.RawEnd)
	dl.LegalEnd, dl.FileBy = end, end
	switch kind {
	case Workday:
	case WorkedWeekend:
		dl.step(Step{Kind: StepWorkedWeekend, Date: dl.RawEnd, Name: name})
	case Weekend:
		dl.step(Step{Kind: StepWeekend, Date: dl.RawEnd})
	case Holiday, AdjustedDayOff:
		dl.step(Step{Kind: StepHoliday, Date: dl.RawEnd, To: c.holidayEnd(dl.RawEnd), Name: name})
	}
	if end != dl.RawEnd {
		dl.step(Step{Kind: StepMoved, Date: dl.RawEnd, To: end})
	}
	switch {
	case unknown > 0:
		dl.Provisional = true
		dl.FileBy = c.lastWorkday(dl.RawEnd, dl.Start)
		dl.step(Step{Kind: StepProvisional, Date: dl.FileBy, To: end, N: unknown})
	case adjusted:
		dl.FileBy = dl.RawEnd
		dl.step(Step{Kind: StepAdjusted, Date: dl.FileBy, To: end})
	}
}

// walk goes from raw to the first working day. It says whether it passed an adjusted day off, and which year, if any, it could not be sure of.
func (c *Calendar) walk(raw Date) (end Date, adjusted bool, unknownYear int) {
	for d := raw; ; d = d.AddDays(1) {
		kind, _, known := c.Kind(d)
		if !known {
			unknownYear = d.Year()
		}
		if !kind.Off() {
			return d, adjusted, unknownYear
		}
		adjusted = adjusted || kind == AdjustedDayOff
	}
}

// holidayEnd returns the last day of the holiday that d falls in.
func (c *Calendar) holidayEnd(d Date) Date {
	for {
		next := d.AddDays(1)
		if kind, _, _ := c.Kind(next); kind != Holiday && kind != AdjustedDayOff {
			return d
		}
		d = next
	}
}

// lastWorkday returns the last working day up to raw, as far as known; raw itself when only the uncounted starting day is left.
func (c *Calendar) lastWorkday(raw, start Date) Date {
	for d := raw; d.After(start); d = d.AddDays(-1) {
		if c.IsWorkday(d) {
			return d
		}
	}
	return raw
}

// endOfWorkdays counts working days by the official calendar. FileBy is the earliest day on which the period can end: where the year is not
// announced, every day that is not a certain day off may turn out to be worked.
func (c *Calendar) endOfWorkdays(dl *Deadline) {
	d, worked, maybeWorked, unknownYear := dl.Start, 0, 0, 0
	var skips []Step
	for worked < dl.Period.N {
		d = d.AddDays(1)
		kind, name, known := c.Kind(d)
		if !known {
			unknownYear = d.Year()
		}
		if !kind.Off() {
			worked++
		}
		if !kind.Off() || !known {
			if maybeWorked++; maybeWorked == dl.Period.N {
				dl.FileBy = d
			}
		}
		skips = noteSkip(skips, kind, d, name)
	}
	dl.RawEnd, dl.LegalEnd = d, d
	dl.step(Step{Kind: StepWorkdays, Date: c.nextWorkday(dl.Start.AddDays(1)), To: d, N: dl.Period.N})
	dl.Steps = append(dl.Steps, skips...)
	if unknownYear > 0 {
		dl.Provisional = true
		dl.step(Step{Kind: StepProvisional, Date: dl.FileBy, To: d, N: unknownYear})
	}
}

// noteSkip joins the days of one holiday into one step. Ordinary weekends need no sentence.
func noteSkip(skips []Step, kind DayKind, d Date, name string) []Step {
	switch kind {
	case WorkedWeekend:
		return append(skips, Step{Kind: StepWeekendCounts, Date: d, Name: name})
	case Holiday, AdjustedDayOff:
		if i := len(skips) - 1; i >= 0 && skips[i].Kind == StepSkipped && skips[i].To.AddDays(1) == d && skips[i].Name == name {
			skips[i].To = d
			skips[i].N++
			return skips
		}
		return append(skips, Step{Kind: StepSkipped, Date: d, To: d, N: 1, Name: name})
	case Workday, Weekend:
	}
	return skips
}
