package app

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"reliefportal/app/integrity"
)

// foundByCheckers tells a metrics collector what each checker found when it looked last; -1 is one that could not look.
type foundByCheckers struct{ service *integrity.Service }

var foundDesc = prometheus.NewDesc("portal_integrity_found", "What a checker found when it looked last; -1 when it could not look.", []string{"checker"}, nil)

// Describe implements prometheus.Collector.
func (f foundByCheckers) Describe(ch chan<- *prometheus.Desc) { ch <- foundDesc }

// Collect implements prometheus.Collector.
func (f foundByCheckers) Collect(ch chan<- prometheus.Metric) {
	const patience = 5 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	counts, err := f.service.Counts(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(foundDesc, err)
		return
	}
	for name, n := range counts {
		ch <- prometheus.MustNewConstMetric(foundDesc, prometheus.GaugeValue, float64(n), name)
	}
}
