package insight_test

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/xuri/excelize/v2"

	"reliefportal/app/insight"
)

var sheets = []insight.Sheet{
	{Name: "多少人答了", Head: []string{"组", "n"}, Rows: [][]any{{"南山", int64(12)}, {"=1+1", big.NewRat(1, 3)}, {"", nil}}},
	{Name: "a/b*c: a name that is far too long for the page of a workbook", Head: []string{"-x"}, Rows: [][]any{{"@SUM(A1)"}}},
}

func TestWriteCSV(t *testing.T) {
	var out bytes.Buffer
	if err := insight.WriteCSV(&out, sheets[0]); err != nil {
		t.Fatal(err)
	}
	if want := "\ufeff组,n\n南山,12\n'=1+1,0.3333\n,\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	out.Reset()
	if err := insight.WriteCSV(&out, sheets...); err != nil {
		t.Fatal(err)
	}
	if want := "\ufeff多少人答了\n组,n\n南山,12\n'=1+1,0.3333\n,\n\na/b*c: a name that is far too long for the page of a workbook\n'-x\n'@SUM(A1)\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

// TestWriteXLSX reads the workbook back: numbers are numbers, and text that looks like a formula is text.
func TestWriteXLSX(t *testing.T) {
	var out bytes.Buffer
	if err := insight.WriteXLSX(&out, sheets...); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	pages := f.GetSheetList()
	if len(pages) != 2 || pages[0] != "1 多少人答了" || len([]rune(pages[1])) > excelize.MaxSheetNameLength {
		t.Fatalf("pages %q", pages)
	}
	for cell, want := range map[string]string{"A1": "组", "B2": "12", "A3": "=1+1", "B3": "0.333333333333333"} {
		if got, err := f.GetCellValue(pages[0], cell, excelize.Options{RawCellValue: true}); err != nil || got != want && got != "0.3333333333333333" {
			t.Errorf("%s holds %q, want %q (%v)", cell, got, want, err)
		}
	}
	if formula, err := f.GetCellFormula(pages[1], "A2"); err != nil || formula != "" {
		t.Errorf("text became the formula %q (%v)", formula, err)
	}
}
