// Package supervisor answers the pages on findings: what people said in calls that must be looked into, who has it, and the answer.
package supervisor

import (
	"net/http"

	"reliefportal/app/account"
	"reliefportal/app/appraisal"
	"reliefportal/app/callback"
	"reliefportal/app/directory"
	"reliefportal/app/escalation"
	"reliefportal/app/filing"
	"reliefportal/app/insight"
	"reliefportal/app/oversight"
	"reliefportal/app/packs"
	"reliefportal/app/web/kit"
)

// Deps are the services behind the pages.
type Deps struct {
	Appraisals  *appraisal.Service
	Escalations *escalation.Service
	Oversight   *oversight.Service
	Filings     *filing.Service
	Callbacks   *callback.Service
	Calls       *insight.Calls
	Accounts    *account.Service
	Bodies      *directory.Service
	// Packs gives the questionnaires and the words of outcomes.
	Packs *packs.Set
}

func row(method, path, name string, object kit.Object, h kit.Handler) kit.Route {
	return kit.Route{Method: method, Path: path, Name: name, Who: kit.Roles(account.RoleSupervisor), Object: object, Handler: h}
}

// reading is a row for auditors too.
func reading(method, path, name string, object kit.Object, h kit.Handler) kit.Route {
	return kit.Route{Method: method, Path: path, Name: name, Who: kit.Roles(account.RoleSupervisor, account.RoleAuditor), Object: object, Handler: h}
}

// Routes are the rows of the route table.
func Routes(d Deps) []kit.Route {
	p := pages{d}
	return append(p.oversight(), []kit.Route{
		row(http.MethodGet, "/staff/findings", "supervisor.findings", kit.None, p.findings),
		row(http.MethodGet, "/staff/findings/:id", "supervisor.finding", kit.Finding, p.finding),
		row(http.MethodPost, "/staff/findings/:id", "supervisor.finding", kit.Finding, p.act),
		row(http.MethodPost, "/staff/findings/:id/words", "supervisor.words", kit.Finding, p.words),
		row(http.MethodGet, "/staff/programmes", "supervisor.programmes", kit.None, p.programmes),
		row(http.MethodGet, "/staff/programmes/new", "supervisor.plan", kit.None, p.planNew),
		row(http.MethodPost, "/staff/programmes/new", "supervisor.plan", kit.None, p.plan),
		row(http.MethodGet, "/staff/programmes/:id", "supervisor.programme", kit.Programme, p.programme),
		row(http.MethodGet, "/staff/programmes/:id/figures", "supervisor.figures", kit.Programme, p.figuresPage),
		row(http.MethodGet, "/staff/programmes/:id/figures.csv", "supervisor.figurescsv", kit.Programme, p.figuresCSV),
		row(http.MethodGet, "/staff/programmes/:id/figures.xlsx", "supervisor.figuresxlsx", kit.Programme, p.figuresXLSX),
		row(http.MethodGet, "/staff/programmes/:id/edit", "supervisor.replan", kit.Programme, p.replanForm),
		row(http.MethodPost, "/staff/programmes/:id/edit", "supervisor.replan", kit.Programme, p.replan),
		row(http.MethodPost, "/staff/programmes/:id/start", "supervisor.start", kit.Programme, p.startProgramme),
		row(http.MethodPost, "/staff/programmes/:id/stop", "supervisor.stop", kit.Programme, p.stopProgramme),
		reading(http.MethodGet, "/staff/figures/calls", "supervisor.said", kit.None, p.said),
		reading(http.MethodGet, "/staff/figures/calls.csv", "supervisor.saidcsv", kit.None, p.saidCSV),
		reading(http.MethodGet, "/staff/figures/calls.xlsx", "supervisor.saidxlsx", kit.None, p.saidXLSX),
		reading(http.MethodGet, "/staff/figures/codebook.xlsx", "supervisor.codebook", kit.None, p.codebook),
		reading(http.MethodPost, "/staff/figures/exports", "supervisor.exports", kit.None, p.order),
		reading(http.MethodGet, "/staff/figures/exports/:id", "supervisor.export", kit.FigureExport, p.export),
		reading(http.MethodGet, "/staff/figures/exports/:id/file", "supervisor.exportfile", kit.FigureExport, p.exportFile),
		row(http.MethodGet, "/staff/late", "supervisor.late", kit.None, p.late),
		row(http.MethodGet, "/staff/appraisals", "supervisor.appraisals", kit.None, p.appraisals),
		row(http.MethodGet, "/staff/referrals", "supervisor.referrals", kit.None, p.referrals),
		row(http.MethodGet, "/staff/referrals/:id", "supervisor.referral", kit.Referral, p.referral),
		row(http.MethodPost, "/staff/referrals/:id", "supervisor.referral", kit.Referral, p.resolve),
	}...)
}

// pages are the handlers.
type pages struct{ Deps }

// formVersion is the version that the form was made from.
func formVersion(c *kit.Ctx) int64 {
	n, _ := c.Form().Int("_version")
	return n
}
