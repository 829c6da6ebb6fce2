// Package admin answers the pages of those who keep the program running.
package admin

import (
	"context"
	"net/http"
	"strconv"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/jobs"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/admin"
)

// Deps are the services behind the pages.
type Deps struct {
	Jobs Jobs
}

// Jobs is the queue as an administrator sees it.
type Jobs interface {
	// Failed lists the jobs that were given up, the newest first.
	Failed(ctx context.Context) ([]jobs.Failure, error)
	// Retry puts one of them back to work.
	Retry(ctx context.Context, id int64) error
}

// Routes are the rows of the route table.
func Routes(d Deps) []kit.Route {
	p := pages{d}
	who := kit.Roles(account.RoleAdmin)
	return []kit.Route{
		{Method: http.MethodGet, Path: "/staff/jobs", Name: "admin.jobs", Who: who, Handler: p.failed},
		{Method: http.MethodPost, Path: "/staff/jobs", Name: "admin.jobs", Who: who, Handler: p.retry},
	}
}

// pages are the handlers.
type pages struct{ Deps }

// failed lists the work that was given up after its last try.
func (p pages) failed(c *kit.Ctx) error {
	all, err := p.Jobs.Failed(c.Context())
	if err != nil {
		return err
	}
	view := views.FailedJobsView{RetryAction: c.Path("admin.jobs")}
	for _, f := range all {
		view.Rows = append(view.Rows, views.FailedJob{ID: strconv.FormatInt(f.ID, 10), Kind: f.Kind, Error: f.Problem, Attempts: f.Tries, At: f.At})
	}
	return c.OK(views.FailedJobs(c.Page(), view))
}

func (p pages) retry(c *kit.Ctx) error {
	id, ok := c.Form().Int("id")
	if !ok {
		return fail.NotFound()
	}
	if err := p.Jobs.Retry(c.Context(), id); err != nil {
		return err
	}
	c.Flash("jobs.again")
	return c.To("admin.jobs")
}
