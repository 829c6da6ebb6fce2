package law

import (
	"bytes"
	"io"
	"math/big"
	"strconv"

	"reliefportal/app/insight"
	"reliefportal/app/rates"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// FigureCell is a cell of a table: its words on a page, and what stands for it in a spreadsheet (see insight.Sheet).
type FigureCell struct {
	Text  string
	Value any
}

// Figure is one set of numbers, for a page and for a spreadsheet.
type Figure struct {
	tkit.Figure
	Cells [][]FigureCell
}

// Add adds a row.
func (f *Figure) Add(cells ...FigureCell) { f.Cells = append(f.Cells, cells) }

// View is the figure as a page shows it.
func (f Figure) View() tkit.Figure {
	v := f.Figure
	for _, row := range f.Cells {
		words := make([]string, len(row))
		for i, cell := range row {
			words[i] = cell.Text
		}
		v.Rows = append(v.Rows, words)
	}
	return v
}

// Sheet is the figure as a spreadsheet holds it.
func (f Figure) Sheet() insight.Sheet {
	s := insight.Sheet{Name: f.Title, Head: f.Head}
	for _, row := range f.Cells {
		values := make([]any, len(row))
		for i, cell := range row {
			values[i] = cell.Value
		}
		s.Rows = append(s.Rows, values)
	}
	return s
}

// Words is a cell of words.
func Words(text string) FigureCell { return FigureCell{text, text} }

// Number is a cell of a number that may be shown to everybody.
func Number(n int64) FigureCell { return FigureCell{strconv.FormatInt(n, 10), n} }

// Count is a cell of a number of people, or the word for why it is not shown.
func Count(c *kit.Ctx, n insight.Cell) FigureCell {
	if n.Shown() {
		return Number(n.N)
	}
	return NotShown(c, n.Hidden)
}

// NotShown is a cell with the word for why a number is not shown.
func NotShown(c *kit.Ctx, h insight.Hidden) FigureCell {
	if h == insight.Few {
		return Words(c.T("figures.few_short"))
	}
	return Words(c.T("figures.hidden_short"))
}

// Hidden says in a few words why a number is not shown; empty when it is.
func Hidden(c *kit.Ctx, h insight.Hidden) string {
	switch h {
	case insight.Few:
		return c.T("figures.few")
	case insight.Derived:
		return c.T("figures.derived")
	case insight.Withheld:
		return c.T("figures.withheld")
	}
	return ""
}

// Percent is a cell of a share with one decimal; without anybody in the base it is not defined, which is not nothing.
func Percent(c *kit.Ctx, k, n int64) FigureCell {
	if n == 0 {
		return FigureCell{Text: c.T("figures.undefined")}
	}
	share := big.NewRat(k, n)
	return FigureCell{PercentText(share), share}
}

// PercentText writes a share in percent with one decimal.
func PercentText(share *big.Rat) string {
	return new(big.Rat).Mul(share, big.NewRat(100, 1)).FloatString(1) + " %"
}

// Thousandths is the length of a bar for a share.
func Thousandths(share *big.Rat) int {
	n, _ := strconv.Atoi(new(big.Rat).Mul(share, big.NewRat(1000, 1)).FloatString(0))
	return n
}

// Mean is a cell of a mean score with one decimal.
func Mean(c *kit.Ctx, s insight.Scored) FigureCell {
	switch {
	case !s.People.Shown():
		return NotShown(c, s.People.Hidden)
	case s.Mean == nil:
		return FigureCell{Text: c.T("figures.undefined")}
	}
	tenths, _ := new(big.Rat).SetString(s.Mean.FloatString(1))
	return FigureCell{s.Mean.FloatString(1), tenths}
}

// Interval is a cell of a 95 % interval of a share, in whole percent.
func Interval(i rates.Interval) FigureCell {
	return Words(strconv.Itoa(int(100*i.Low)) + "–" + strconv.Itoa(int(100*i.High+0.999)) + " %")
}

// ShareRow is the bar of a share of k out of n, with its 95 % interval when asked for.
func ShareRow(label string, k, n int64, interval bool) tkit.ChartRow {
	row := tkit.ChartRow{Label: label}
	if n == 0 {
		return row
	}
	share := big.NewRat(k, n)
	width := Thousandths(share)
	row.Value, row.Parts = PercentText(share), []tkit.ChartPart{{Width: width, Tone: "pine"}, {Width: 1000 - width, Tone: "pale"}}
	if i, ok := rates.Wilson(k, n); ok && interval {
		row.Parts[0].Tone, row.Parts[1].Tone = "mid", "mist"
		row.From, row.To = int(1000*i.Low), int(1000*i.High)
	}
	return row
}

// SendCSV sends sheets as one file of comma-separated values. name is without its ending.
func SendCSV(c *kit.Ctx, name string, sheets ...insight.Sheet) error {
	return send(c, name+".csv", insight.CSVType, insight.WriteCSV, sheets)
}

// SendXLSX sends sheets as a workbook. name is without its ending.
func SendXLSX(c *kit.Ctx, name string, sheets ...insight.Sheet) error {
	return send(c, name+".xlsx", insight.XLSXType, insight.WriteXLSX, sheets)
}

func send(c *kit.Ctx, name, kind string, write func(io.Writer, ...insight.Sheet) error, sheets []insight.Sheet) error {
	var out bytes.Buffer
	if err := write(&out, sheets...); err != nil {
		return err
	}
	return c.Send(kit.Download{Name: name, Type: kind, Size: int64(out.Len()), Body: &out})
}
