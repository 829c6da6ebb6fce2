package kit

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
)

const requestIDKey = "kit.request"

// observe numbers the request, counts it and writes one line about it: the pattern of the row, never the address, for addresses hold ids;
// no query, no body, nobody's name. A number sent by the visitor is ignored.
func (k *Kit) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(e echo.Context) error {
		id := newRequestID()
		e.Set(requestIDKey, id)
		e.Response().Header().Set("X-Request-Id", id)
		begun := socketNow()
		k.meter.open.Inc()
		err := next(e)
		k.meter.open.Dec()
		if err != nil {
			k.unrouted(err, e)
		}
		k.record(e, socketNow().Sub(begun))
		return nil
	}
}

func (k *Kit) record(e echo.Context, took time.Duration) {
	pattern, status := e.Path(), e.Response().Status
	if pattern == "" {
		pattern = "unknown"
	}
	method := e.Request().Method
	if !knownMethod(method) {
		method = "OTHER"
	}
	k.meter.requests.WithLabelValues(method, pattern, strconv.Itoa(status)).Inc()
	k.meter.seconds.WithLabelValues(method, pattern).Observe(took.Seconds())
	k.Log.LogAttrs(e.Request().Context(), slog.LevelInfo, "request",
		slog.String("id", requestID(e)), slog.String("method", method), slog.String("route", pattern),
		slog.Int("status", status), slog.Float64("ms", float64(took.Microseconds())/1000), slog.Int64("bytes", e.Response().Size))
}

// knownMethod keeps invented methods out of the labels of the metrics.
func knownMethod(m string) bool {
	switch m {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return true
	}
	return false
}

// secure puts the security headers on every answer.
func (k *Kit) secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(e echo.Context) error {
		setSecurityHeaders(e.Response().Header(), k.https)
		return next(e)
	}
}

// panicked makes an error of what was caught. Value and stack go to the log; of a value that is neither error nor text only the type,
// since it could be anything somebody typed.
func panicked(caught any) error {
	stack := debug.Stack()
	if err, ok := caught.(error); ok {
		return fmt.Errorf("panic: %w\n%s", err, stack)
	}
	if text, ok := caught.(string); ok {
		return fmt.Errorf("panic: %s\n%s", text, stack)
	}
	return fmt.Errorf("panic: a %T\n%s", caught, stack)
}

func newRequestID() string {
	var b [10]byte
	rand.Read(b[:])
	return base32.StdEncoding.EncodeToString(b[:])
}

func requestID(e echo.Context) string {
	id, _ := e.Get(requestIDKey).(string)
	return id
}

// meter counts requests by route pattern.
type meter struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	open     prometheus.Gauge
}

func newMeter(into prometheus.Registerer) (*meter, error) {
	m := &meter{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "portal_http_requests_total", Help: "Requests answered."},
			[]string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "portal_http_request_seconds", Help: "Time to answer, in seconds.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"method", "route"}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{Name: "portal_http_open_requests", Help: "Requests being answered."}),
	}
	if into == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.requests, m.seconds, m.open} {
		if err := into.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}
