package e2e

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"reliefportal/app/i18n"
	"reliefportal/app/store/storetest"
)

// The slow line of the test: what a telephone has at the edge of a village.
const (
	slowDelay = 400.0       // milliseconds to the first byte of every answer
	slowBytes = 400_000 / 8 // bytes a second, both ways
	// slowMost is how long a page may take there to its end (PROJECT). It leaves room for a machine that is busy with other tests.
	slowMost = 5 * time.Second
)

// timing is asked of a page after it has come to rest: what moved while it was drawn, when something could first be read, when all was there, in
// milliseconds.
const timing = `new Promise(done => {
  let moved = 0;
  new PerformanceObserver(l => { for (const e of l.getEntries()) moved += e.value; }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => {
    const n = performance.getEntriesByType('navigation')[0], p = performance.getEntriesByName('first-contentful-paint')[0];
    done({moved: moved, paint: p ? p.startTime : 0, load: n.loadEventEnd});
  }, 300);
})`

type measured struct{ Moved, Paint, Load float64 }

// measure opens a page and asks it how that went.
func (w *window) measure(path string) (m measured) {
	w.t.Helper()
	w.do("open "+path, chromedp.Navigate(w.j.base+path), chromedp.WaitReady("main", chromedp.ByQuery), chromedp.Evaluate(timing, &m, chromedp.EvalAsValue, awaited))
	w.path = w.eval("location.pathname")
	w.at(path)
	return m
}

// TestPagesHoldStillOnASlowLine opens the main pages at the width of a telephone over 400 kbit/s with 400 ms: nothing moves while they are drawn,
// and each is there in the time stated above. It prints what it measured.
func TestPagesHoldStillOnASlowLine(t *testing.T) {
	j := begin(t, storetest.SQLite(t), i18n.Chinese, true)
	d := &debtor{j.enter("debtor", phone), "13812340099"}
	draft := j.answered(d)
	d.do("slow the line down", network.Enable(), network.ClearBrowserCache(), chromedp.ActionFunc(func(ctx context.Context) error {
		line := &network.Conditions{Latency: slowDelay, DownloadThroughput: slowBytes, UploadThroughput: slowBytes}
		_, err := network.EmulateNetworkConditionsByRule([]*network.Conditions{line}).Do(ctx)
		return err
	}))
	for _, path := range []string{"/", "/find/q/topic", "/doors/R01", "/reckon", "/my", draft + "/case", draft + "/q/what_happened", draft + "/papers", draft + "/check"} {
		m := d.measure(path)
		t.Logf("%-60s first paint %5.0f ms, all there %5.0f ms, moved %s", path, m.Paint, m.Load, strconv.FormatFloat(m.Moved, 'f', 4, 64))
		if m.Moved != 0 {
			t.Errorf("%s moves by %f while it is drawn", path, m.Moved)
		}
		if took := time.Duration(m.Load * float64(time.Millisecond)); m.Load <= 0 || took > slowMost {
			t.Errorf("%s took %v of %v", path, took, slowMost)
		}
	}
}

// awaited waits for the promise an expression gives.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
