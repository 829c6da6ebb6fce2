// Package bench measures the portal beside floors: the least that any program on the same database and the same web server would cost. Floors
// and product are measured in turn within one run, so that ratios hold where absolute figures depend on the machine and its neighbours.
package bench

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"
)

const (
	rounds    = 7                      // of each measurement; medians are reported
	perRound  = 600 * time.Millisecond // of each thing measured by time
	discarded = 2                      // a round whose floor is so many times slower than the best floor is left out
)

// probe is one thing to measure: run does it once for the i-th time. With parallel more than 1, so many do it at once.
type probe struct {
	name     string
	parallel int
	run      func(i int) error
	// count is how often it is done in a round; 0 means as often as the time of a round allows.
	count int
}

// figure is what one round gave: per run.
type figure struct{ wall, cpu time.Duration }

// line is one row of the table: a product beside its floor.
type line struct {
	id, what, goal string
	floor, product figure
	ratio          float64
	low, high      float64
	by             string
}

// compare measures floor and product in turn and takes the median of the ratios of the rounds. by says which figure counts.
func compare(b *testing.B, l line, floor, product probe) line {
	b.Helper()
	var floors, products []figure
	for r := range rounds + 1 {
		pair := []probe{floor, product}
		if r%2 == 1 {
			slices.Reverse(pair)
		}
		for _, p := range pair {
			f := measure(b, p)
			switch {
			case r == 0: // warm-up
			case p.name == floor.name:
				floors = append(floors, f)
			default:
				products = append(products, f)
			}
		}
	}
	l.fill(floors, products)
	b.ReportMetric(l.ratio, l.id+"-ratio")
	return l
}

// fill takes the medians, without the rounds in which even the floor was slow.
func (l *line) fill(floors, products []figure) {
	counts := func(f figure) float64 {
		if l.by == "CPU" {
			return float64(f.cpu)
		}
		return float64(f.wall)
	}
	best := counts(slices.MinFunc(floors, func(a, b figure) int { return int(counts(a) - counts(b)) }))
	var ratios []float64
	var keptFloors, keptProducts []figure
	for i := range floors {
		if counts(floors[i]) > discarded*best {
			continue
		}
		ratios = append(ratios, counts(products[i])/counts(floors[i]))
		keptFloors, keptProducts = append(keptFloors, floors[i]), append(keptProducts, products[i])
	}
	slices.Sort(ratios)
	l.ratio, l.low, l.high = ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1]
	l.floor, l.product = median(keptFloors), median(keptProducts)
}

func median(all []figure) figure {
	walls, cpus := make([]time.Duration, len(all)), make([]time.Duration, len(all))
	for i, f := range all {
		walls[i], cpus[i] = f.wall, f.cpu
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	return figure{walls[len(walls)/2], cpus[len(cpus)/2]}
}

// measure runs a probe for one round.
func measure(b *testing.B, p probe) figure {
	b.Helper()
	runtime.GC() // what another probe left behind is not this one's cost
	failed := make(chan error, max(1, p.parallel))
	next, done := make(chan int), 0
	cpu, start := cpuTime(b), time.Now()
	for range max(1, p.parallel) {
		go func() {
			for i := range next {
				if err := p.run(i); err != nil {
					failed <- err
					for range next { //nolint:revive // drained, so that the others come to their end
					}
					return
				}
			}
			failed <- nil
		}()
	}
	for p.count == 0 && time.Since(start) < perRound || done < p.count {
		next <- done
		done++
	}
	close(next)
	for range max(1, p.parallel) {
		if err := <-failed; err != nil {
			b.Fatalf("%s: %v", p.name, err)
		}
	}
	return figure{time.Since(start) / time.Duration(done), (cpuTime(b) - cpu) / time.Duration(done)}
}

// cpuTime is what this process has used of the processor.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// report writes the table, which the README keeps.
func report(lines []line) {
	var text strings.Builder
	t := tabwriter.NewWriter(&text, 0, 0, 1, ' ', 0)
	_, _ = fmt.Fprintf(t, "\n| Id\t| What\t| Counted\t| Floor\t| Portal\t| Ratio (rounds)\t| Goal\t|\n|--\t|--\t|--\t|--\t|--\t|--\t|--\t|\n")
	for _, l := range lines {
		floor, product := l.floor.wall, l.product.wall
		if l.by == "CPU" {
			floor, product = l.floor.cpu, l.product.cpu
		}
		_, _ = fmt.Fprintf(t, "| %s\t| %s\t| %s\t| %s\t| %s\t| %.2f (%.2f-%.2f)\t| %s\t|\n", l.id, l.what, l.by,
			floor.Round(time.Microsecond), product.Round(time.Microsecond), l.ratio, l.low, l.high, l.goal)
	}
	_ = t.Flush()
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s\n%s, %s/%s, %d processors, load %s", text.String(), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), load)
}
