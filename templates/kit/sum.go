package kit

// Sum is a worked sum: one sentence first, then the bars, then every line with what was counted and why.
type Sum struct {
	Say string
	// Notes stand apart: what is missing from the sum, and what to ask.
	Notes  []string
	Bars   []SumBar
	Tables []SumTable
	// Rules are the general rules of the sum.
	Rules []SumLine
	// Next leads to the way this belongs to; an empty Href shows none.
	Next Link
}

// SumBar is one bar. From and Width are on a scale of 0 to 1000.
type SumBar struct {
	Label, Value string
	From, Width  int
	// Tone is pale, dark, pine or lamp.
	Tone string
}

// SumTable is a table of lines. What and Sum head its columns.
type SumTable struct {
	Title, What, Sum string
	Lines            []SumLine
}

// SumLine is one line: what it is, why it was counted or not, and its sum.
type SumLine struct {
	Name, Why, Sum string
	Cites          []Cite
	// Mark is one word: counted, not counted. Stated is the sum as it was given. Both may be empty.
	Mark, Stated string
	// Total makes it bold.
	Total bool
}

// fill is the colour of a bar: dark changed something, pale did not.
func (b SumBar) fill() string {
	switch b.Tone {
	case "dark":
		return "#43514b"
	case "pine":
		return "#165b4c"
	}
	return "#8fbfab"
}
