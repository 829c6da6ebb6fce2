// Package app puts the portal together: this is the only place where parts are joined.
package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/config"
	"reliefportal/app/jobs"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/web"
	"reliefportal/app/web/kit"
)

// App is the whole portal, ready to serve or to be used by a command.
type App struct {
	// Config is what it was built from.
	Config config.Config
	// Log receives everything the portal says about itself; nothing personal.
	Log *slog.Logger
	// Clock tells the portal's time.
	Clock calendar.Clock
	// DB is the database.
	DB *store.DB
	// Queue works the jobs once it is started.
	Queue *jobs.Queue
	// Jobs holds every kind of job and the periodic work.
	Jobs *jobs.Registry
	// Services are the nouns.
	Services
	// Routes is the route table.
	Routes []kit.Route
	// Web answers requests.
	Web *kit.Kit
	// Metrics are the counters shown on the metrics listener.
	Metrics *prometheus.Registry

	accounts account.Options
	migrate  bool
	key      []byte
	box      *seal.Box
	owned    bool // whether Close closes the database
	draining atomic.Bool
}

// Option changes how the portal is built; tests use them.
type Option func(*App)

// WithClock sets the clock.
func WithClock(c calendar.Clock) Option { return func(a *App) { a.Clock = c } }

// WithLog sends the log somewhere else.
func WithLog(l *slog.Logger) Option { return func(a *App) { a.Log = l } }

// WithAccounts changes how passwords are hashed; tests take less time over it.
func WithAccounts(o account.Options) Option { return func(a *App) { a.accounts = o } }

// WithDB uses a database that is open already. Close leaves it open.
func WithDB(db *store.DB) Option { return func(a *App) { a.DB = db } }

// Migrating brings the schema up to date before the parts are joined.
func Migrating() Option { return func(a *App) { a.migrate = true } }

// Build joins all parts and starts nothing. A database whose schema is behind is refused unless Migrating is among the options.
func Build(ctx context.Context, cfg config.Config, options ...Option) (*App, error) {
	a := &App{Config: cfg, Log: newLog(cfg, os.Stderr), Clock: calendar.SystemClock{Offset: cfg.ClockOffset}, Metrics: prometheus.NewRegistry()}
	for _, option := range options {
		option(a)
	}
	if err := a.build(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) build(ctx context.Context) error {
	keys, err := a.Config.SealKeys()
	if err != nil {
		return err
	}
	a.key = keys[0]
	if a.box, err = seal.New(keys...); err != nil {
		return err
	}
	if err := a.open(ctx); err != nil {
		return err
	}
	if err := a.join(ctx); err != nil {
		return err
	}
	a.Metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), foundByCheckers{a.Integrity})
	return a.face()
}

// open opens the database unless one was given.
func (a *App) open(ctx context.Context) (err error) {
	if a.DB == nil {
		if a.DB, err = store.Open(ctx, a.Config.DatabaseURL.Reveal(), store.Options{Now: a.Clock.Now, Log: a.Log}); err != nil {
			return err
		}
		a.owned = true
	}
	if a.migrate {
		return a.DB.Migrate(ctx)
	}
	return a.DB.Gate(ctx)
}

// face builds the route table and the frame over it.
func (a *App) face() (err error) {
	a.Routes = web.Table(a.audiences()...)
	a.Web, err = kit.New(kit.Options{
		Key: a.key, BaseURL: a.Config.BaseURL, TrustedProxies: a.Config.TrustedProxies, Clock: a.Clock, Log: a.Log, Metrics: a.Metrics,
		Sessions: a.Sessions.Manager, Actor: a.Sessions.Actor, Acting: a.Assist.Acting, User: a.user,
		Keeper: a.Accounts, Holder: a.Sessions.Holder, Failed: a.failed, Kiosk: a.Config.Kiosk,
	}, a.Routes)
	return err
}

// Handler answers every request.
func (a *App) Handler() http.Handler { return a.Web }

// Close lets go of the database. Serve has stopped everything else by then.
func (a *App) Close() error {
	if a.DB == nil || !a.owned {
		return nil
	}
	return a.DB.Close()
}

// newLog writes lines for machines in production and for people in development.
func newLog(cfg config.Config, w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.IsProduction() {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
