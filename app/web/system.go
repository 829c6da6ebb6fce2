package web

import (
	"context"
	"net/http"

	"reliefportal/app/web/kit"
	"reliefportal/static"
)

// System is what every installation answers beside its pages: health and assets.
type System struct {
	// Ready says whether the portal can do its work: the schema is current and a write commits.
	Ready func(context.Context) error
}

// Routes are the rows of the system.
func (s System) Routes() []kit.Route {
	return []kit.Route{
		{Method: http.MethodGet, Path: "/healthz", Name: "system.health", Who: kit.Anyone, Bare: true, Handler: s.health},
		{Method: http.MethodGet, Path: "/readyz", Name: "system.ready", Who: kit.Anyone, Bare: true, Handler: s.ready},
		{Method: http.MethodGet, Path: static.Prefix + "*", Name: "system.static", Who: kit.Anyone, Bare: true, Handler: kit.Static(static.FS)},
	}
}

// health says that the program runs and its loop turns.
func (s System) health(c *kit.Ctx) error { return c.Text(http.StatusOK, "alive\n") }

// ready answers 503 without a reason when the portal cannot work; the reason is in the log.
func (s System) ready(c *kit.Ctx) error {
	if err := s.Ready(c.Context()); err != nil {
		c.Warn("not ready", err)
		return c.Text(http.StatusServiceUnavailable, "not ready\n")
	}
	return c.Text(http.StatusOK, "ready\n")
}
