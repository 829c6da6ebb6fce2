package law

import (
	"bytes"
	"io"
	"strconv"

	"reliefportal/app/insight"
	"reliefportal/app/web/kit"
)

// Hidden says in words why a count is not shown; empty when it is.
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

// Count writes a count, or why it is not shown.
func Count(c *kit.Ctx, n insight.Cell) string {
	if n.Shown() {
		return strconv.FormatInt(n.N, 10)
	}
	return Hidden(c, n.Hidden)
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
