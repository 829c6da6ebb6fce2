package kit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	tkit "reliefportal/templates/kit"
)

// Names of the routes the frame itself leads to. A table that lacks one still works; the visitor then sees "not found".
const (
	RouteStart       = "public.start"
	RouteSignIn      = "public.signin"
	RouteStaffSignIn = "reviewer.signin"
	RouteSignOut     = "public.signout"
	RouteDebtorHome  = "debtor.home"
	RouteStaffHome   = "reviewer.queue"
	RouteHelp        = "helper.session"
	RouteHelpEnd     = "helper.end"
)

// requestTime is how long an ordinary request may work before its context ends.
const requestTime = 25 * time.Second

// Options is what the frame needs from outside.
type Options struct {
	// Key is the program's secret; signing keys are derived from it.
	Key []byte
	// BaseURL is the address the portal is reached at. With https, cookies are Secure and bound to the host.
	BaseURL string
	// TrustedProxies are the networks whose X-Forwarded-For is believed; none means that none is.
	TrustedProxies []netip.Prefix
	// Clock tells the time of the portal.
	Clock calendar.Clock
	// Sessions loads and keeps sessions. Its cookie settings are set by the frame.
	Sessions *scs.SessionManager
	// Actor reads who is signed in from a context in which the session is loaded; nobody, or a disabled account, is the anonymous actor.
	Actor func(context.Context) (account.Actor, error)
	// Acting gives the person for whom a member of staff is typing, on rows that are Assisted; ok is false when he types for nobody. saving
	// says that the request is a form. Nil lets no staff type for anybody.
	Acting func(ctx context.Context, staff account.Actor, saving bool) (a account.Actor, ok bool, err error)
	// User names the person signed in for the head of the page.
	User func(context.Context, account.Actor, string) (*tkit.User, error)
	// Log receives the access lines and the internal errors. Nothing personal is ever written to it.
	Log *slog.Logger
	// Metrics receives the counters of the frame; nil counts nowhere.
	Metrics prometheus.Registerer
	// Holder is the person of a session, also of one that has just run out; with Keeper it saves what such a person typed. Both may be nil.
	Holder func(context.Context) string
	Keeper Keeper
	// Kiosk makes every browser that comes here a shared computer.
	Kiosk bool
	// Failed is told of every form that could not be taken for a fault of the portal; nil is told nothing. It must not block.
	Failed func(Failure)
}

// Failure is a form that could not be taken for a fault of the portal.
type Failure struct {
	// Route is the row that failed, Params gives the parameters of its path.
	Route  Route
	Params func(name string) string
	// Actor is who sent it, as far as that was known.
	Actor account.Actor
	// Kind is internal or unavailable.
	Kind fail.Kind
}

// Kit answers requests by the rows of one route table.
type Kit struct {
	Options
	*Paths
	keys    keys
	https   bool
	origin  *http.CrossOriginProtection
	meter   *meter
	echo    *echo.Echo
	cookies cookieNames
}

// New builds the frame over a route table.
func New(o Options, routes []Route) (*Kit, error) {
	paths, err := NewPaths(routes)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("base URL %q is not an address such as https://portal.example: %w", o.BaseURL, errors.Join(err))
	}
	derived, err := deriveKeys(o.Key)
	if err != nil {
		return nil, err
	}
	k := &Kit{Options: o, Paths: paths, keys: derived, https: base.Scheme == "https", origin: http.NewCrossOriginProtection()}
	if err := k.origin.AddTrustedOrigin(base.Scheme + "://" + base.Host); err != nil {
		return nil, err
	}
	k.cookies = namesOfCookies(k.https)
	k.setSessionCookie()
	if k.meter, err = newMeter(o.Metrics); err != nil {
		return nil, err
	}
	k.mount(routes)
	return k, nil
}

// mount builds the router. Everything that concerns all answers, unknown addresses included, is middleware; the rest belongs to a row.
func (k *Kit) mount(routes []Route) {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(discard{})
	e.IPExtractor = clientAddress(k.TrustedProxies)
	e.HTTPErrorHandler = k.unrouted
	e.Use(k.observe, k.secure)
	for _, route := range routes {
		e.Add(route.Method, route.Path, k.serve(route))
		if route.Method == http.MethodGet {
			e.Add(http.MethodHead, route.Path, k.serve(route))
		}
	}
	k.echo = e
}

// ServeHTTP implements http.Handler.
func (k *Kit) ServeHTTP(w http.ResponseWriter, r *http.Request) { k.echo.ServeHTTP(w, r) }

// Registered lists "METHOD path" of everything the router answers, HEAD left out, for the test that the table hides nothing.
func (k *Kit) Registered() []string {
	var all []string
	for _, r := range k.echo.Routes() {
		if r.Method != http.MethodHead {
			all = append(all, r.Method+" "+r.Path)
		}
	}
	return all
}

// serve answers one row.
func (k *Kit) serve(route Route) echo.HandlerFunc {
	limit := requestTime
	if route.Upload || route.Object == DocumentOwn || route.Object == DocumentBody {
		limit += uploadTime // files take as long as the visitor's line makes them
	}
	return func(e echo.Context) error {
		ctx, cancel := context.WithTimeout(e.Request().Context(), limit)
		defer cancel()
		e.SetRequest(e.Request().WithContext(ctx))
		c := k.newCtx(e, &route)
		defer c.close()
		if err := k.run(c); err != nil {
			return k.showError(c, err)
		}
		return nil
	}
}

// run lets the request in and has the row answer it. A panic becomes an internal error here, where the context of the request still lives.
func (k *Kit) run(c *Ctx) (err error) {
	defer func() {
		if caught := recover(); caught != nil {
			err = panicked(caught)
		}
	}()
	if done, err := k.enter(c); done || err != nil {
		return err
	}
	return c.route.Handler(c)
}

// unrouted answers for the router itself: an address or a method that no row has.
func (k *Kit) unrouted(err error, e echo.Context) {
	if e.Response().Committed {
		return
	}
	if err := k.showError(k.ctxOf(e), err); err != nil {
		k.Log.Error("error page failed", "id", requestID(e), "error", err)
	}
}

// discard swallows echo's own log: it would write addresses and errors of its own making.
type discard struct{}

// Write implements io.Writer.
func (discard) Write(p []byte) (int, error) { return len(p), nil }
