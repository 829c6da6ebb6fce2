// Package dev holds the pages that exist in development only: the messages that would have been sent, how to sign in, and the gallery of
// all pages. In production the rows are not in the table at all.
package dev

import (
	"context"
	"net/http"

	"reliefportal/app/web/kit"
	"reliefportal/templates/dev"
)

// Pages are the pages of development.
type Pages struct {
	// Messages lists the newest messages, whoever they are for.
	Messages func(context.Context) ([]dev.Message, error)
	// People lists the demo people with the TOTP code of this half minute.
	People func(context.Context) ([]dev.Person, error)
}

// Names of the rows that pages outside this package lead to where they exist.
const (
	RouteOutbox = "dev.outbox"
	RoutePeople = "dev.people"
)

// Routes are the rows of development.
func (p Pages) Routes() []kit.Route {
	return []kit.Route{
		{Method: http.MethodGet, Path: "/dev/outbox", Name: RouteOutbox, Who: kit.Anyone, Handler: p.outbox},
		{Method: http.MethodGet, Path: "/dev/people", Name: RoutePeople, Who: kit.Anyone, Handler: p.people},
		{Method: http.MethodGet, Path: "/dev/pages", Name: "dev.pages", Who: kit.Anyone, Handler: gallery},
		{Method: http.MethodGet, Path: "/dev/pages/:number", Name: "dev.sample", Who: kit.Anyone, Handler: sample},
	}
}

func (p Pages) outbox(c *kit.Ctx) error {
	messages, err := p.Messages(c.Context())
	if err != nil {
		return err
	}
	return c.OK(dev.Outbox(c.Page(), dev.OutboxView{Messages: messages}))
}

func (p Pages) people(c *kit.Ctx) error {
	people, err := p.People(c.Context())
	if err != nil {
		return err
	}
	return c.OK(dev.People(c.Page(), dev.PeopleView{People: people}))
}
