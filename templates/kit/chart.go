package kit

// Chart draws shares as horizontal bars, each divided into parts or with the interval of its value. It never stands alone: the table with
// the same numbers follows it on the page.
type Chart struct {
	// Say is the sentence that says what the chart shows.
	Say string
	// Keys name the parts in their order; none for a chart of one part.
	Keys []ChartKey
	Rows []ChartRow
}

// ChartKey names a part. Value may be empty.
type ChartKey struct{ Tone, Text, Value string }

// ChartRow is one bar. Widths lie on a scale of 0 to 1000.
type ChartRow struct {
	Label, Value string
	Parts        []ChartPart
	// From and To are the ends of the interval of the value; both 0 for none.
	From, To int
	// Hidden says in words why there is no bar; empty when there is one.
	Hidden string
}

// ChartPart is one part of a bar: pine, mid, pale, lamp, grey or mist.
type ChartPart struct {
	Width int
	Tone  string
}

// tones are the colours of the parts; neighbours in this order differ enough to be told apart without colour.
var tones = map[string]string{
	"pine": "#165b4c", "mid": "#76a995", "pale": "#b5d3c5", "lamp": "#e0b95a", "grey": "#9aa8a1", "mist": "#d7dfda",
}

// gap parts neighbours, in thousandths of the bar.
const gap = 3

// drawn is a part with its place: each begins where the one before ended.
type drawn struct {
	x, width int
	fill     string
}

func (r ChartRow) drawn() (out []drawn) {
	x := 0
	for i, p := range r.Parts {
		width := p.Width
		if i < len(r.Parts)-1 {
			width -= gap
		}
		if width > 0 {
			out = append(out, drawn{x, width, tones[p.Tone]})
		}
		x += p.Width
	}
	return out
}
