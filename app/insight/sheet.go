package insight

import (
	"encoding/csv"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Sheet is a table for a spreadsheet. A cell is a string, an int64, a *big.Rat (written with four decimals), or nil for an empty one.
type Sheet struct {
	Name string // at most 31 characters are kept
	Head []string
	Rows [][]any
}

// CSVType and XLSXType are the media types of the two files.
const (
	CSVType  = "text/csv; charset=utf-8"
	XLSXType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// mark tells spreadsheets that a file is UTF-8.
const mark = "\ufeff"

// WriteCSV writes sheets below each other, an empty line between two and the name of a sheet above it when there are several. It begins
// with the mark of UTF-8, and no text cell begins like a formula.
func WriteCSV(out io.Writer, sheets ...Sheet) error {
	if _, err := io.WriteString(out, mark); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	for i, s := range sheets {
		var lines [][]string
		if i > 0 {
			lines = append(lines, []string{""})
		}
		if len(sheets) > 1 {
			lines = append(lines, []string{harmless(s.Name)})
		}
		lines = append(lines, texts(s.Head))
		for _, row := range s.Rows {
			line := make([]string, len(row))
			for j, cell := range row {
				line[j] = text(cell)
			}
			lines = append(lines, line)
		}
		if err := w.WriteAll(lines); err != nil {
			return err
		}
	}
	return w.Error()
}

func texts(head []string) []string {
	out := make([]string, len(head))
	for i, h := range head {
		out[i] = harmless(h)
	}
	return out
}

func text(cell any) string {
	switch v := cell.(type) {
	case string:
		return harmless(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case *big.Rat:
		return v.FloatString(4)
	}
	return ""
}

// harmless keeps a spreadsheet from taking a cell for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// WriteXLSX writes a workbook with one page a sheet. Numbers are numbers; text is text, whatever it begins with.
func WriteXLSX(out io.Writer, sheets ...Sheet) (err error) {
	f := excelize.NewFile()
	defer func() {
		if shut := f.Close(); err == nil {
			err = shut
		}
	}()
	for i, s := range sheets {
		name := pageName(s.Name, i)
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
		if err := fill(f, name, s); err != nil {
			return err
		}
	}
	if len(sheets) > 0 {
		if err := f.DeleteSheet("Sheet1"); err != nil {
			return err
		}
	}
	_, err = f.WriteTo(out)
	return err
}

// pageName is the name of a page as workbooks allow it: short, without some signs, and no two alike.
func pageName(name string, i int) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, name)
	number := strconv.Itoa(i+1) + " "
	return string(first([]rune(number+name), excelize.MaxSheetNameLength))
}

func first(r []rune, n int) []rune { return r[:min(n, len(r))] }

func fill(f *excelize.File, page string, s Sheet) error {
	w, err := f.NewStreamWriter(page)
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	head := make([]any, len(s.Head))
	for j, h := range s.Head {
		head[j] = excelize.Cell{StyleID: bold, Value: h}
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range s.Rows {
		cells := make([]any, len(row))
		for j, cell := range row {
			if cells[j] = cell; cell != nil {
				if r, ok := cell.(*big.Rat); ok {
					cells[j], _ = r.Float64()
				}
			}
		}
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := w.SetRow(at, cells); err != nil {
			return err
		}
	}
	return w.Flush()
}
