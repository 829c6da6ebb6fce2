package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"reliefportal/app/config"
	"reliefportal/app/outage"
)

// Limits of a connection. Uploads stretch the reading and writing time of their own request (package kit).
const (
	headerTime  = 5 * time.Second
	readTime    = 30 * time.Second
	writeTime   = 60 * time.Second
	idleTime    = 60 * time.Second
	headerBytes = 16 << 10
	// directoryAge is how old this instance's picture of the directory may be.
	directoryAge = time.Minute
	// drainTime is how long requests may still take after the signal to stop, jobsTime how long jobs may after them.
	drainTime = 10 * time.Second
	jobsTime  = 10 * time.Second
)

// Serve answers requests and works jobs until ctx ends. Then it stops in order: it reports not ready, lets requests come to their end, lets
// jobs come to theirs. started is called once with the address when the portal listens.
func (a *App) Serve(ctx context.Context, started func(net.Addr)) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.Config.Addr)
	if err != nil {
		return err
	}
	if err := a.Queue.Start(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := a.server(a.Handler())
	failed := make(chan error, 2)
	go func() { failed <- server.Serve(listener) }()
	go a.Directory.Keep(ctx, directoryAge) // another instance may have changed it
	go a.Outages.Keep(ctx, outage.BeatEvery)
	stopMetrics, err := a.serveMetrics(ctx, failed)
	if err == nil {
		started(listener.Addr())
		err = waitFor(ctx, failed)
	}
	return errors.Join(err, a.stop(ctx, server), stopMetrics())
}

// waitFor returns when the portal is told to stop, or when a listener fails.
func waitFor(ctx context.Context, failed <-chan error) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}

// server is an http.Server that no slow or greedy client can hold.
func (a *App) server(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(a.Log.Handler(), slog.LevelDebug),
	}
}

// stop lets requests and then jobs come to their end.
func (a *App) stop(ctx context.Context, server *http.Server) error {
	a.draining.Store(true)
	unstopped := context.WithoutCancel(ctx)
	drain, cancel := context.WithTimeout(unstopped, drainTime)
	defer cancel()
	err := server.Shutdown(drain)
	work, cancelWork := context.WithTimeout(unstopped, jobsTime)
	defer cancelWork()
	return errors.Join(err, a.Queue.Stop(work))
}

// serveMetrics answers /metrics on a listener of its own, which the public never reaches. The address "off" means none.
func (a *App) serveMetrics(ctx context.Context, failed chan<- error) (stop func() error, err error) {
	if a.Config.MetricsAddr == config.Off {
		return func() error { return nil }, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.Config.MetricsAddr)
	if err != nil {
		return func() error { return nil }, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.Metrics, promhttp.HandlerOpts{}))
	server := a.server(mux)
	go func() { failed <- server.Serve(listener) }()
	return server.Close, nil
}

// errDraining keeps the balancer from sending more while the portal stops.
var errDraining = errors.New("the portal is stopping")

// Ready says whether the portal can do its work: it is not stopping, the schema is current and a write commits.
func (a *App) Ready(ctx context.Context) error {
	if a.draining.Load() {
		return errDraining
	}
	if err := a.DB.Gate(ctx); err != nil {
		return err
	}
	return a.DB.Ping(ctx)
}
