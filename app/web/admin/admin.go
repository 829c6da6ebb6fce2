// Package admin answers the pages of those who keep the program running and the law up to date. None of them shows a filing.
package admin

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"

	"reliefportal/app/account"
	"reliefportal/app/appraisal"
	"reliefportal/app/directory"
	"reliefportal/app/document"
	"reliefportal/app/enforcement"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
	"reliefportal/app/outage"
	"reliefportal/app/packs"
	"reliefportal/app/privacy"
	"reliefportal/app/rehearse"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// Deps are the services behind the pages.
type Deps struct {
	Appraisals *appraisal.Service
	Jobs       Jobs
	Packs      *packs.Set
	Bodies     *directory.Service
	Filings    rehearse.Filings
	Outages    *outage.Service
	Privacy    *privacy.Service
	Imports    *enforcement.Service
	Files      Files
	Notices    Notices
	Integrity  Integrity
	Log        *slog.Logger
}

// Notices tells which messages did not arrive.
type Notices interface {
	Undelivered(ctx context.Context, limit int) ([]notice.Notice, error)
}

// undeliveredShown is how many messages that did not arrive are listed.
const undeliveredShown = 50

// Files tells when all stored files were last read and compared with their fingerprints.
type Files interface {
	LastCheck(ctx context.Context) (last document.Check, ok bool, err error)
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
	get := func(path, name string, object kit.Object, h kit.Handler) kit.Route {
		return kit.Route{Method: http.MethodGet, Path: path, Name: name, Who: who, Object: object, Handler: h}
	}
	post := func(path, name string, object kit.Object, h kit.Handler) kit.Route {
		return kit.Route{Method: http.MethodPost, Path: path, Name: name, Who: who, Object: object, Handler: h}
	}
	return []kit.Route{
		get("/staff/admin/imports", "admin.imports", kit.None, p.imports),
		{Method: http.MethodPost, Path: "/staff/admin/imports", Name: "admin.imports", Who: who, Upload: true, Handler: p.checkImport},
		get("/staff/admin/imports/:id", "admin.import", kit.Import, p.importPage),
		post("/staff/admin/imports/:id", "admin.import", kit.Import, p.applyImport),
		post("/staff/admin/imports/:id/drop", "admin.importdrop", kit.Import, p.dropImport),
		get("/staff/admin/outages", "admin.outages", kit.None, p.outages),
		post("/staff/admin/outages", "admin.outages", kit.None, p.enterOutage),
		get("/staff/admin/erasures", "admin.erasures", kit.None, p.erasures),
		post("/staff/admin/erasures/:id", "admin.erasure", kit.Erasure, p.answerErasure),
		get("/staff/admin/fees", "admin.fees", kit.None, p.fees),
		post("/staff/admin/fees", "admin.fees", kit.None, p.addFee),
		post("/staff/admin/fees/end", "admin.feeend", kit.None, p.endFee),
		get("/staff/admin/checks", "admin.checks", kit.None, p.checks),
		post("/staff/admin/checks", "admin.checks", kit.None, p.look),
		get("/staff/jobs", "admin.jobs", kit.None, p.failed),
		post("/staff/jobs", "admin.jobs", kit.None, p.retry),
		get("/staff/admin/packs", "admin.packs", kit.None, p.packs),
		get("/staff/admin/packs/:hash", "admin.pack", kit.None, p.pack),
		get("/staff/admin/packs/:hash/r/:remedy", "admin.remedy", kit.None, p.remedy),
		get("/staff/admin/rehearse", "admin.rehearse", kit.None, p.rehearse),
		get("/staff/admin/courts", "admin.courts", kit.None, p.courts),
		get("/staff/admin/courts/:id", "admin.court", kit.Court, p.court),
		post("/staff/admin/courts/:id/division", "admin.division", kit.Court, p.setDivision),
		post("/staff/admin/courts/:id/procuratorate", "admin.procuratorate", kit.Court, p.setProcuratorate),
	}
}

// pages are the handlers.
type pages struct{ Deps }

// tabs lead from each page of an administrator to the others.
func tabs(c *kit.Ctx, now string) []tkit.Tab {
	return []tkit.Tab{
		{Text: c.T("admin.packs"), Href: c.Path("admin.packs"), Count: -1, Selected: now == "admin.packs"},
		{Text: c.T("admin.rehearse"), Href: c.Path("admin.rehearse"), Count: -1, Selected: now == "admin.rehearse"},
		{Text: c.T("admin.courts"), Href: c.Path("admin.courts"), Count: -1, Selected: now == "admin.courts"},
		{Text: c.T("import.title"), Href: c.Path("admin.imports"), Count: -1, Selected: now == "admin.imports"},
		{Text: c.T("fees.title"), Href: c.Path("admin.fees"), Count: -1, Selected: now == "admin.fees"},
		{Text: c.T("outage.title"), Href: c.Path("admin.outages"), Count: -1, Selected: now == "admin.outages"},
		{Text: c.T("erasures.title"), Href: c.Path("admin.erasures"), Count: -1, Selected: now == "admin.erasures"},
		{Text: c.T("checks.title"), Href: c.Path("admin.checks"), Count: -1, Selected: now == "admin.checks"},
		{Text: c.T("jobs.title"), Href: c.Path("admin.jobs"), Count: -1, Selected: now == "admin.jobs"},
	}
}

// failed lists the work that was given up after its last try.
func (p pages) failed(c *kit.Ctx) error {
	all, err := p.Jobs.Failed(c.Context())
	if err != nil {
		return err
	}
	view := views.FailedJobsView{Tabs: tabs(c, "admin.jobs"), RetryAction: c.Path("admin.jobs")}
	if view.Files, view.FilesBad, err = p.filesChecked(c); err != nil {
		return err
	}
	for _, f := range all {
		view.Rows = append(view.Rows, views.FailedJob{ID: strconv.FormatInt(f.ID, 10), Kind: f.Kind, Error: f.Problem, Attempts: f.Tries, At: f.At})
	}
	lost, err := p.Notices.Undelivered(c.Context(), undeliveredShown)
	if err != nil {
		return err
	}
	for _, n := range lost {
		view.Lost = append(view.Lost, views.LostMessage{At: n.At, Kind: n.Kind, Channel: string(n.Channel), Problem: c.T(kit.ProblemKey(string(n.Problem))), Tries: int(n.Tries)})
	}
	return c.OK(views.FailedJobs(c.Page(), view))
}

// filesChecked words the last check of the stored files; bad says that some are not what they were.
func (p pages) filesChecked(c *kit.Ctx) (text string, bad bool, err error) {
	last, ok, err := p.Files.LastCheck(c.Context())
	if err != nil || !ok {
		return c.T("jobs.files_never"), false, err
	}
	at := i18n.DateTime(c.Lang, last.At)
	if last.Missing+last.Damaged > 0 {
		return c.T("jobs.files_wrong", "At", at, "N", int(last.Checked), "Missing", int(last.Missing), "Damaged", int(last.Damaged)), true, nil
	}
	return c.T("jobs.files_checked", "At", at, "N", int(last.Checked)), false, nil
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
