package kit

import (
	"strconv"

	"reliefportal/app/i18n"
)

const (
	railFrom = 5
	railTo   = 395
)

func (c Clock) name(p Page) string {
	switch {
	case c.Name != "":
		return c.Name
	case c.Mine:
		return p.T("clock.mine")
	}
	return p.T("clock.theirs")
}

// total is the length of the clock in days, passed how many of them are over.
func (c Clock) total() int { return max(c.Start.DaysUntil(c.Due), 1) }

func (c Clock) passed() int { return min(max(c.total()-c.Left, 0), c.total()) }

// railed says that the rail has something to show.
func (c Clock) railed() bool {
	return !c.Start.IsZero() && !c.Due.IsZero() && (c.State == "running" || c.State == "soon" || c.State == "missed" || c.State == "paused")
}

func (c Clock) x() int { return railFrom + (railTo-railFrom)*c.passed()/c.total() }

func (c Clock) path() string {
	return "M" + strconv.Itoa(railFrom) + " 12H" + strconv.Itoa(c.x())
}

func (c Clock) colour() string {
	if c.Mine {
		return "#165b4c"
	}
	return "#43514b"
}

// big is the large line of the clock.
func (c Clock) big(p Page) string {
	switch c.State {
	case "paused":
		return p.T("clock.paused")
	case "done":
		return p.T("clock.done")
	case "none":
		if c.Mine {
			return p.T("clock.nothing")
		}
		return p.T("clock.over")
	}
	return i18n.Left(p.Lang, c.Left)
}

func (c Clock) tone() string {
	switch {
	case c.State == "missed" && !c.Mine:
		return "big over"
	case c.State == "soon" || c.State == "missed":
		return "big soon"
	case c.State == "none" || c.State == "paused" || c.State == "done":
		return "big calm"
	}
	return "big"
}
