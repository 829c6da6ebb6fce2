package law

import (
	"strconv"

	"reliefportal/app/insight"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// Quarter names a quarter.
func Quarter(c *kit.Ctx, q insight.Quarter) string {
	return c.T("said.quarter", "Year", strconv.Itoa(q.Year), "N", q.Number)
}

// classes are the final classes of people drawn, in the order I, P, R, NC, O, unknown, not eligible.
var classes = []struct{ key, tone string }{{"figures.i", "pine"}, {"figures.p", "mid"}, {"figures.r", "lamp"}, {"figures.nc", "grey"},
	{"figures.o", "mist"}, {"figures.u", "pale"}, {"figures.ne", "mist"}}

// Fieldwork shows what became of everybody drawn, by class. The bar is drawn only when every count is shown.
func Fieldwork(c *kit.Ctx, counts []insight.Cell) Figure {
	f := Figure{}
	f.Title, f.Head, f.Words = c.T("said.fieldwork"), []string{c.T("said.became"), c.T("said.people")}, 1
	sum, whole := int64(0), true
	for i, n := range counts {
		f.Add(Words(c.T(classes[i].key)), Count(c, n))
		sum, whole = sum+n.N, whole && n.Shown()
	}
	if !whole || sum == 0 {
		return f
	}
	var row tkit.ChartRow
	for i, n := range counts {
		if n.N > 0 {
			row.Parts = append(row.Parts, tkit.ChartPart{Width: int(1000 * n.N / sum), Tone: classes[i].tone})
			f.Chart.Keys = append(f.Chart.Keys, tkit.ChartKey{Tone: classes[i].tone, Text: c.T(classes[i].key), Value: strconv.FormatInt(n.N, 10)})
		}
	}
	f.Chart.Rows, f.Stacked = []tkit.ChartRow{row}, true
	return f
}

// ScaleItems shows the items on the scale: how many agree, drawn, and every answer in the table.
func ScaleItems(c *kit.Ctx, inst *rules.Instrument, items []insight.Item) Figure {
	f := Figure{}
	f.Title, f.Words, f.Notes = c.T("said.items"), 1, []string{c.T("said.items_note"), c.T("said.reverse_note")}
	f.Head = []string{c.T("said.item")}
	for _, o := range inst.Scale {
		f.Head = append(f.Head, o.Label.In(c.Lang))
	}
	f.Head = append(f.Head, c.T("said.top"), c.T("said.base"))
	for _, o := range inst.Apart {
		f.Head = append(f.Head, o.Label.In(c.Lang))
	}
	f.Head = append(f.Head, c.T("said.no_answer"))
	for _, it := range items {
		if it.OnScale() {
			f.Cells = append(f.Cells, scaleRow(c, inst, it))
			f.Chart.Rows = append(f.Chart.Rows, agreeBar(c, it))
		}
	}
	return f
}

// ItemName is an item as tables name it; one whose high answers are unfavourable is marked.
func ItemName(c *kit.Ctx, it *rules.Item) string {
	name := it.ID + " " + it.Text.In(c.Lang)
	if it.Reverse {
		name += " " + c.T("said.reverse")
	}
	return name
}

func scaleRow(c *kit.Ctx, inst *rules.Instrument, it insight.Item) []FigureCell {
	row := []FigureCell{Words(ItemName(c, it.Item))}
	base, known := it.Base()
	for i := range inst.Scale {
		if it.Options == nil || !known {
			row = append(row, NotShown(c, insight.Withheld))
			continue
		}
		row = append(row, Percent(c, it.Options[i].N, base))
	}
	if known {
		row = append(row, Percent(c, it.Agree.N, base), Number(base))
	} else {
		row = append(row, NotShown(c, insight.Withheld), NotShown(c, insight.Withheld))
	}
	for i := range inst.Apart {
		if it.Apart == nil {
			row = append(row, NotShown(c, it.Rest.Hidden))
			continue
		}
		row = append(row, Count(c, it.Apart[i].Cell))
	}
	return append(row, Count(c, it.None))
}

func agreeBar(c *kit.Ctx, it insight.Item) tkit.ChartRow {
	base, known := it.Base()
	if !known {
		hidden := it.Agree.Hidden
		if hidden == insight.NotHidden {
			hidden = it.Other.Hidden
		}
		return tkit.ChartRow{Label: ItemName(c, it.Item), Hidden: Hidden(c, hidden)}
	}
	return ShareRow(ItemName(c, it.Item), it.Agree.N, base, false)
}

// FactItems shows the items that are not on the scale, answer by answer.
func FactItems(c *kit.Ctx, items []insight.Item) Figure {
	f := Figure{}
	f.Title, f.Words = c.T("said.facts"), 2
	f.Head = []string{c.T("said.item"), c.T("said.answer"), c.T("said.people"), c.T("said.share")}
	for _, it := range items {
		if it.OnScale() {
			continue
		}
		base, known := it.Base()
		for _, o := range it.Options {
			share := NotShown(c, insight.Withheld)
			if known {
				share = Percent(c, o.N, base)
			}
			f.Add(Words(ItemName(c, it.Item)), Words(o.Option.Label.In(c.Lang)), Count(c, o.Cell), share)
		}
	}
	return f
}

// ElementName names a scale; "" is all of them together.
func ElementName(c *kit.Ctx, element string) string {
	switch element {
	case "voice":
		return c.T("said.voice")
	case "neutrality":
		return c.T("said.neutrality")
	case "explanation":
		return c.T("said.explanation")
	case "respect":
		return c.T("said.respect")
	case "trust":
		return c.T("said.trust")
	case "effort":
		return c.T("said.effort")
	case "":
		return c.T("said.overall")
	}
	return element
}
