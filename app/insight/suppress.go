package insight

import "slices"

// Least is the smallest number of people a figure may stand for (PROJECT: no law sets it). Nobody at all is shown as nobody.
const Least = 5

// Hidden says why a count is not shown.
type Hidden string

// The reasons. A reader is told which, so what it tells him is reckoned with.
const (
	NotHidden Hidden = ""
	Few       Hidden = "few"      // from one to four people
	Derived   Hidden = "derived"  // enough people, but with it another count could be worked out
	Withheld  Hidden = "withheld" // the whole list or table is hidden, since nothing less would do
)

// Cell is a count as it may be shown. N is 0 where it is hidden, so that a hidden count cannot slip out.
type Cell struct {
	N      int64
	Hidden Hidden
}

// Shown says that the count may be shown.
func (c Cell) Shown() bool { return c.Hidden == NotHidden }

// Open are counts that need no hiding: of work, not of what people are or said.
func Open(counts []int64) []Cell {
	out := make([]Cell, len(counts))
	for i, n := range counts {
		out[i].N = n
	}
	return out
}

// Table is a table of counts with its totals as it may be shown. A reader who knows everything shown, and why the rest is hidden, cannot
// work out any hidden count: for each of them two numbers at least fit.
type Table struct {
	Cells   [][]Cell
	Rows    []Cell // totals of the rows
	Columns []Cell // totals of the columns
	Total   Cell
}

// Line says which counts of a list may be shown along with their total.
func Line(counts []int64) (cells []Cell, total Cell) {
	g := newGrid([][]int64{counts})
	for j := range len(counts) + 1 {
		g.at(1, j).unpublished = true // there is one row only: its totals by column are the counts themselves
	}
	g.settle()
	for j := range counts {
		cells = append(cells, g.at(0, j).shown())
	}
	return cells, g.at(0, len(counts)).shown()
}

// Cross says which counts of a table may be shown along with all totals. Totals of rows, and of columns, are shown or hidden as Line
// does, whatever stands inside, so that tables with the same totals never give each other away. Every row must be of the same length.
func Cross(counts [][]int64) Table {
	g := newGrid(counts)
	g.hideTotals(counts)
	g.settle()
	t := Table{Total: g.at(g.rows, g.columns).shown()}
	for i := range g.rows {
		var row []Cell
		for j := range g.columns {
			row = append(row, g.at(i, j).shown())
		}
		t.Cells, t.Rows = append(t.Cells, row), append(t.Rows, g.at(i, g.columns).shown())
	}
	for j := range g.columns {
		t.Columns = append(t.Columns, g.at(g.rows, j).shown())
	}
	return t
}

// grid is a table with its totals as one more row and column. With the sign of the totals of rows and columns turned, every row and
// every column adds up to nothing: what one cell gains, others in its row and column must lose.
type grid struct {
	rows, columns int // without the totals
	cells         []count
}

type count struct {
	n           int64
	hidden      Hidden
	unpublished bool // stands in no table at all
	turned      bool // its sign is turned
}

func (c *count) shown() Cell {
	if c.hidden != NotHidden {
		return Cell{Hidden: c.hidden}
	}
	return Cell{N: c.n}
}

// may says whether a reader holds it possible that the count, with its sign, is one more (or, when less, one less) than it is.
func (c *count) may(more bool) bool {
	if c.unpublished {
		return more != c.turned || c.n > 0
	}
	return c.hidden.leaves(c.n, more != c.turned)
}

// leaves says whether, told why a count of n is hidden, a reader holds one more, or one less, possible.
func (h Hidden) leaves(n int64, more bool) bool {
	switch h {
	case Few:
		return more && n < Least-1 || !more && n > 1
	case Derived:
		return more || n > Least
	case Withheld:
		return more || n > 0
	}
	return false
}

func newGrid(counts [][]int64) *grid {
	g := &grid{rows: len(counts)}
	if g.rows > 0 {
		g.columns = len(counts[0])
	}
	g.cells = make([]count, (g.rows+1)*(g.columns+1))
	for i, row := range counts {
		for j, n := range row {
			g.at(i, j).n = n
			g.at(i, g.columns).n += n
			g.at(g.rows, j).n += n
			g.at(g.rows, g.columns).n += n
		}
	}
	for i := range g.rows {
		g.at(i, g.columns).turned = true
	}
	for j := range g.columns {
		g.at(g.rows, j).turned = true
	}
	for k := range g.cells {
		if c := &g.cells[k]; c.n > 0 && c.n < Least {
			c.hidden = Few
		}
	}
	return g
}

func (g *grid) at(i, j int) *count { return &g.cells[i*(g.columns+1)+j] }

// hideTotals hides totals as they are hidden when they stand alone.
func (g *grid) hideTotals(counts [][]int64) {
	rows, columns := make([]int64, g.rows), make([]int64, g.columns)
	for i, row := range counts {
		for j, n := range row {
			rows[i] += n
			columns[j] += n
		}
	}
	byRow, _ := Line(rows)
	for i, c := range byRow {
		g.at(i, g.columns).hidden = c.Hidden
	}
	byColumn, _ := Line(columns)
	for j, c := range byColumn {
		g.at(g.rows, j).hidden = c.Hidden
	}
}

// settle hides more counts until none that is hidden can be worked out. Totals stay as they are. When that is not enough the whole inside
// is hidden. One pass does: hiding more never tells more, and what is hidden for the sake of another lies on its way.
func (g *grid) settle() {
	for i := range g.rows + 1 {
		for j := range g.columns + 1 {
			if c := g.at(i, j); c.hidden == NotHidden || c.unpublished {
				continue
			}
			if !g.guard(i, j) {
				g.withhold()
				return
			}
		}
	}
}

// guard sees to it that a reader holds another number possible for a hidden count. It is false when nothing can be hidden for that.
func (g *grid) guard(i, j int) bool {
	best := g.cheapest(i, j, true)
	if down := g.cheapest(i, j, false); best.cells == nil || down.cells != nil && down.cost < best.cost {
		best = down
	}
	for _, c := range best.cells {
		if c.hidden == NotHidden {
			c.hidden = Derived
		}
	}
	return best.cells != nil
}

// way is how a table can differ from another that shows the same: one count goes up, another in its column down, another in the row of
// that one up, and so on, back to the row of the first. Its cost is the number of people in counts that are not hidden yet.
type way struct {
	cells []*count
	cost  int64
}

// cheapest finds the cheapest way on which the count at row, column goes up (or down). Its cells are nil when there is none. That is a
// shortest path from its column to its row (Bellman and Ford), over rows and columns as places and counts as the roads between them.
func (g *grid) cheapest(row, column int, up bool) way {
	if !g.at(row, column).may(up) {
		return way{}
	}
	rows, columns := make([]*way, g.rows+1), make([]*way, g.columns+1)
	columns[column] = &way{cells: []*count{g.at(row, column)}}
	for shorter := true; shorter; {
		shorter = false
		for i := range rows {
			for j := range columns {
				if i != row || j != column {
					shorter = g.walk(&rows[i], columns[j], i, j, !up) || shorter
				}
				if i != row {
					shorter = g.walk(&columns[j], rows[i], i, j, up) || shorter
				}
			}
		}
	}
	if rows[row] == nil {
		return way{}
	}
	return *rows[row]
}

// walk goes on from one place to another over the count at i, j, if that is cheaper than the way known so far; it says whether it was.
func (g *grid) walk(to **way, from *way, i, j int, up bool) bool {
	c := g.at(i, j)
	cost, ok := g.toll(c, i, j, up)
	if from == nil || !ok || *to != nil && (*to).cost <= from.cost+cost {
		return false
	}
	*to = &way{cells: append(slices.Clone(from.cells), c), cost: from.cost + cost}
	return true
}

// toll is what it costs to let a count go up or down: nothing when it is hidden, the people in it when it would have to be. Nobody at
// all, and totals, are not hidden for the sake of another.
func (g *grid) toll(c *count, i, j int, up bool) (cost int64, ok bool) {
	if c.unpublished || c.hidden != NotHidden {
		return 0, c.may(up)
	}
	inside := i < g.rows && j < g.columns
	return c.n, inside && c.n > 0 && Derived.leaves(c.n, up)
}

func (g *grid) withhold() {
	for i := range g.rows {
		for j := range g.columns {
			g.at(i, j).hidden = Withheld
		}
	}
}
