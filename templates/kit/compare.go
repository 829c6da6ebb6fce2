package kit

// Compare holds two states against each other, line by line.
type Compare struct {
	Title, What, Before, After string
	Rows                       []CompareRow
}

// CompareRow is one line. Changed marks it; a line that did not change is drawn quietly.
type CompareRow struct {
	Name, Before, After string
	Changed, Total      bool
}
