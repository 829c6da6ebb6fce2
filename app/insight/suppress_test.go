package insight

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func show(cells []Cell) (out []string) {
	for _, c := range cells {
		if c.Shown() {
			out = append(out, fmt.Sprint(c.N))
			continue
		}
		out = append(out, string(c.Hidden))
	}
	return out
}

// TestLine reads like the policy: fewer than five people are not shown, nor is what would give them away.
func TestLine(t *testing.T) {
	for _, c := range []struct {
		why    string
		counts []int64
		want   string
	}{
		{"all large", []int64{12, 7, 5}, "[12 7 5] 24"},
		{"four is few, and the smallest other goes with it", []int64{12, 7, 4}, "[12 derived few] 23"},
		{"nobody is shown as nobody", []int64{12, 0, 5}, "[12 0 5] 17"},
		{"two few hide each other", []int64{12, 3, 4}, "[12 few few] 19"},
		{"two of one person each would be two people: a third goes with them", []int64{12, 1, 1}, "[derived few few] 14"},
		{"with five and one the total would tell: nothing is shown", []int64{5, 1}, "[withheld withheld] 6"},
		{"a total of few", []int64{2, 1, 0}, "[few few 0] few"},
		{"nothing", []int64{0, 0}, "[0 0] 0"},
	} {
		cells, total := Line(c.counts)
		if got := fmt.Sprint(show(cells), " ", show([]Cell{total})[0]); got != c.want {
			t.Errorf("%s: %v are shown as %s, want %s", c.why, c.counts, got, c.want)
		}
	}
}

func TestCross(t *testing.T) {
	got := Cross([][]int64{{20, 3, 30}, {25, 40, 60}})
	if s := fmt.Sprint(show(got.Cells[0]), show(got.Cells[1]), show(got.Columns), show(got.Rows), got.Total.N); s != "[derived few 30] [derived derived 60] [45 43 90] [53 125] 178" {
		t.Errorf("one small count is hidden by three others: %s", s)
	}
	if cells := Cross([][]int64{{20, 3, 30}, {25, 40, 60}}).Cells[0]; cells[1].N != 0 {
		t.Error("a hidden count carries its number")
	}
}

// TestHiddenStaysHidden: whatever the counts, no count of one to four is shown, and for every hidden count there is another table that
// shows the same. That table is looked for by trying, not by the way the counts were hidden.
func TestHiddenStaysHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 3).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "columns")
		counts := make([][]int64, rows)
		for i := range counts {
			counts[i] = rapid.SliceOfN(rapid.Int64Range(0, 12), columns, columns).Draw(t, "row")
		}
		if rows == 1 {
			cells, total := Line(counts[0])
			line := Table{Cells: [][]Cell{cells}, Rows: []Cell{total}, Columns: cells, Total: total}
			holdOut(t, counts, line)
		}
		holdOut(t, counts, Cross(counts))
	})
}

func holdOut(t *rapid.T, counts [][]int64, shown Table) {
	for i, row := range shown.Cells {
		for j, c := range row {
			if c.Shown() && (c.N != counts[i][j] || c.N > 0 && c.N < Least) {
				t.Fatalf("%d is shown as %d", counts[i][j], c.N)
			}
		}
	}
	for i, row := range shown.Cells {
		for j, c := range row {
			if !c.Shown() && c.Hidden != Withheld && !another(counts, shown, i, j) {
				t.Fatalf("%v, shown as %+v, tells that %d stands at %d, %d", counts, shown, counts[i][j], i, j)
			}
		}
	}
}

// another says that some table that differs by one at most in every count shows the same, and differs at row, column.
func another(counts [][]int64, shown Table, row, column int) bool {
	changed := make([][]int64, len(counts))
	for i := range counts {
		changed[i] = append([]int64(nil), counts[i]...)
	}
	var try func(k int) bool
	try = func(k int) bool {
		columns := len(counts[0])
		if k == len(counts)*columns {
			return changed[row][column] != counts[row][column] && fits(changed, shown)
		}
		i, j := k/columns, k%columns
		for _, d := range []int64{0, 1, -1} {
			if d != 0 && shown.Cells[i][j].Shown() {
				break
			}
			changed[i][j] = counts[i][j] + d
			if try(k + 1) {
				return true
			}
		}
		changed[i][j] = counts[i][j]
		return false
	}
	return try(0)
}

// fits says that counts could stand behind what is shown.
func fits(counts [][]int64, shown Table) bool {
	fit := func(n int64, c Cell) bool {
		switch {
		case n < 0:
			return false
		case c.Shown():
			return n == c.N
		case c.Hidden == Withheld:
			return true
		case c.Hidden == Few:
			return n > 0 && n < Least
		}
		return n >= Least
	}
	columns, all := make([]int64, len(counts[0])), int64(0)
	for i, row := range counts {
		sum := int64(0)
		for j, n := range row {
			sum += n
			columns[j] += n
			if !fit(n, shown.Cells[i][j]) {
				return false
			}
		}
		all += sum
		if !fit(sum, shown.Rows[i]) {
			return false
		}
	}
	for j, n := range columns {
		if len(counts) > 1 && !fit(n, shown.Columns[j]) {
			return false
		}
	}
	return fit(all, shown.Total)
}

// BenchmarkCross hides in a table of thirty bodies and four answers.
func BenchmarkCross(b *testing.B) {
	counts := make([][]int64, 30)
	for i := range counts {
		counts[i] = []int64{int64(i % 7), int64(i % 11), int64(3 * i), int64(i % 3)}
	}
	for b.Loop() {
		Cross(counts)
	}
}
