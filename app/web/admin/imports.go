package admin

import (
	"io"
	"net/http"
	"strings"

	"reliefportal/app/enforcement"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// imports lists the tables handed in, and takes a new one.
func (p pages) imports(c *kit.Ctx) error { return p.showImports(c, nil) }

func (p pages) showImports(c *kit.Ctx, errs []tkit.FieldError) error {
	all, err := p.Imports.Imports(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.ImportsView{Tabs: tabs(c, "admin.imports")}
	for _, k := range []enforcement.Kind{enforcement.Cases, enforcement.Bodies} {
		view.Kinds = append(view.Kinds, tkit.Option{Value: string(k), Label: importKind(c, k), Checked: c.Form().Value("kind") == string(k),
			Hint: c.T("import.columns", "Columns", strings.Join(enforcement.Columns(k, c.Lang == i18n.Chinese), ", "))})
	}
	for _, in := range all {
		view.Rows = append(view.Rows, importRow(c, in))
	}
	page := c.Page()
	if page.Errors = errs; len(errs) > 0 {
		return c.Again(views.Imports(page, view))
	}
	return c.OK(views.Imports(page, view))
}

func importKind(c *kit.Ctx, k enforcement.Kind) string {
	if k == enforcement.Bodies {
		return c.T("import.bodies")
	}
	return c.T("import.cases")
}

func importRow(c *kit.Ctx, in enforcement.Import) views.ImportRow {
	row := views.ImportRow{Href: c.Path("admin.import", in.ID), Kind: importKind(c, in.Kind), Rows: in.RowsTotal, Bad: in.RowsBad, At: in.CreatedAt, SHA256: in.SHA256}
	switch in.Status {
	case enforcement.Applied:
		row.Status = tkit.Tag{Text: c.T("import.applied"), Tone: "open"}
	case enforcement.Dropped:
		row.Status = tkit.Tag{Text: c.T("import.dropped"), Tone: "shut"}
	case enforcement.Checked:
		row.Status = tkit.Tag{Text: c.T("import.checked"), Tone: "maybe"}
	}
	return row
}

// checkImport reads a table and shows what would become of each row. Nothing is written but the table itself.
func (p pages) checkImport(c *kit.Ctx) error {
	raw, err := uploaded(c)
	var in enforcement.Import
	if err == nil {
		in, _, err = p.Imports.Check(c.Context(), c.Actor, enforcement.Kind(c.Form().Value("kind")), raw)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showImports(c, errs)
	}
	if err != nil {
		return err
	}
	return c.To("admin.import", in.ID)
}

// uploaded reads the table that came with the form. Error: Invalid "file".
func uploaded(c *kit.Ctx) ([]byte, error) {
	file, ok := c.Form().File("file")
	switch {
	case !ok:
		return nil, fail.Invalid(fail.F("file", "import.choose"))
	case file.TooLarge || file.Size > enforcement.MostBytes:
		return nil, fail.Invalid(fail.F("file", "import.too_large", "MB", enforcement.MostBytes>>20))
	case file.Problem != nil:
		return nil, file.Problem
	}
	return io.ReadAll(file.Open())
}

// importPage shows the fate of every row.
func (p pages) importPage(c *kit.Ctx) error { return p.showImport(c, http.StatusOK, nil) }

func (p pages) showImport(c *kit.Ctx, code int, errs []tkit.FieldError) error {
	in, rows, err := p.Imports.ImportOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	view := views.ImportView{Tabs: tabs(c, "admin.imports"), ListHref: c.Path("admin.imports"), Import: importRow(c, in), Version: in.Version}
	counts := map[enforcement.Fate]int{}
	for _, r := range rows {
		counts[r.Fate]++
		view.Rows = append(view.Rows, fateRow(c, r))
	}
	view.Sum = c.T("import.sum", "N", len(rows), "New", counts[enforcement.FateNew], "Changed", counts[enforcement.FateChanged],
		"Same", counts[enforcement.FateSame], "Bad", counts[enforcement.FateBad])
	if in.Status == enforcement.Checked {
		view.DropAction = c.Path("admin.importdrop", in.ID)
		view.MayApply = counts[enforcement.FateBad] == 0 && counts[enforcement.FateNew]+counts[enforcement.FateChanged] > 0
		view.Blocked = counts[enforcement.FateBad] > 0
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(code, views.Import(page, view))
}

func fateRow(c *kit.Ctx, r enforcement.Row) views.FateRow {
	row := views.FateRow{Number: r.Number, Subject: r.Subject, What: recordName(c, r.What), Detail: r.Detail}
	switch r.Fate {
	case enforcement.FateNew:
		row.Fate = tkit.Tag{Text: c.T("import.fate_new"), Tone: "open"}
	case enforcement.FateChanged:
		row.Fate = tkit.Tag{Text: c.T("import.fate_changed"), Tone: "until"}
	case enforcement.FateSame:
		row.Fate = tkit.Tag{Text: c.T("import.fate_same"), Tone: "shut"}
	case enforcement.FateBad:
		row.Fate, row.Why = tkit.Tag{Text: c.T("import.fate_bad"), Tone: "due"}, i18n.With(c.Lang, r.Key, r.Args)
	}
	if r.Warn != "" {
		row.Why = c.T("import.other_court")
	}
	return row
}

func recordName(c *kit.Ctx, what string) string {
	switch what {
	case "case":
		return c.T("import.record_case")
	case "party":
		return c.T("import.record_party")
	case "officer":
		return c.T("import.record_officer")
	case "measure":
		return c.T("import.record_measure")
	}
	return what
}

// applyImport writes the whole table, or nothing.
func (p pages) applyImport(c *kit.Ctx) error {
	version, _ := c.Form().Int("_version")
	return p.endImport(c, p.Imports.Apply(c.Context(), c.Actor, c.Param("id"), version), "import.applied_now")
}

func (p pages) dropImport(c *kit.Ctx) error {
	version, _ := c.Form().Int("_version")
	return p.endImport(c, p.Imports.Drop(c.Context(), c.Actor, c.Param("id"), version), "import.dropped_now")
}

func (p pages) endImport(c *kit.Ctx, err error, done string) error {
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict {
		return p.showImport(c, http.StatusConflict, []tkit.FieldError{{ID: "rows", Text: i18n.With(c.Lang, e.Key, e.Args)}})
	}
	if err != nil {
		return err
	}
	c.Flash(done)
	return c.To("admin.import", c.Param("id"))
}
