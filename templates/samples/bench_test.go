package samples

import (
	"io"
	"testing"

	"reliefportal/app/i18n"
	"reliefportal/templates/debtor"
	"reliefportal/templates/reviewer"
)

// BenchmarkQueue draws the staff queue with its 25 rows, the page that is opened most.
func BenchmarkQueue(b *testing.B) {
	p := staffPage(Page(i18n.Chinese))
	v := queueView(p)
	for len(v.Rows) < 25 {
		v.Rows = append(v.Rows, v.Rows[len(v.Rows)%4])
	}
	page := reviewer.Queue(p, v)
	b.ReportAllocs()
	for b.Loop() {
		if err := page.Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkProgress draws the progress page of a filing.
func BenchmarkProgress(b *testing.B) {
	p := debtorPage(Page(i18n.Chinese))
	page := debtor.Progress(p, progress(p))
	b.ReportAllocs()
	for b.Loop() {
		if err := page.Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
