// Package reviewer answers the pages of the bodies that decide: staff sign-in, the queue, one filing on the desk, and every step a body
// takes with it.
package reviewer

import (
	"context"
	"net/http"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/assist"
	"reliefportal/app/directory"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/means"
	"reliefportal/app/oversight"
	"reliefportal/app/review"
	"reliefportal/app/seal"
	"reliefportal/app/transfer"
	"reliefportal/app/web/kit"
)

// Deps are the services behind the pages.
type Deps struct {
	Filings   *filing.Service
	Reviews   *review.Service
	Transfers *transfer.Service
	Files     *document.Service
	Means     *means.Service
	Bodies    *directory.Service
	Accounts  *account.Service
	Sessions  *account.Sessions
	Assist    *assist.Service
	// Box opens the names that the queue has read along with its rows.
	Box *seal.Box
	// Oversight is what a procuratorate and a supervisor look at filings for.
	Oversight *oversight.Service
	// Reads records who opened which paper.
	Reads Reads
}

// Reads appends to a filing's record that somebody opened one of its papers. Nothing is shown to the debtor.
type Reads interface {
	NoteRead(ctx context.Context, a account.Actor, f filing.Filing, documentID string) error
}

// desks are the roles that work on filings.
var desks = []account.Role{account.RoleDocketing, account.RoleReviewer, account.RoleImplementer, account.RoleArbiter}

// lookers are the roles that may read a filing and its papers: the desks, and whoever looks at them for a procuratorate.
var lookers = append(slices.Clone(desks), account.RoleProcurator)

func row(method, path, name string, who kit.Who, object kit.Object, h kit.Handler) kit.Route {
	return kit.Route{Method: method, Path: path, Name: name, Who: who, Object: object, Handler: h}
}

func get(path, name string, h kit.Handler) kit.Route {
	return row(http.MethodGet, path, name, kit.Roles(desks...), kit.FilingBody, h)
}

func post(path, name string, h kit.Handler) kit.Route {
	return row(http.MethodPost, path, name, kit.Roles(desks...), kit.FilingBody, h)
}

// Routes are the rows of the route table. The queue is the first page of all staff: it leads those who have no desk to their own list.
func Routes(d Deps) []kit.Route {
	p := pages{d}
	return append([]kit.Route{
		row(http.MethodGet, "/staff", kit.RouteStaffSignIn, kit.Anyone, kit.None, p.signIn),
		row(http.MethodPost, "/staff", kit.RouteStaffSignIn, kit.Anyone, kit.None, p.enter),
		row(http.MethodGet, "/staff/queue", kit.RouteStaffHome, kit.AnyStaff, kit.None, p.queue),
		row(http.MethodPost, "/staff/queue/next", "reviewer.take", kit.Roles(account.RoleReviewer, account.RoleImplementer), kit.None, p.take),
		row(http.MethodGet, "/staff/queue/give", "reviewer.give", kit.Roles(desks...), kit.None, p.give),
		row(http.MethodPost, "/staff/queue/give", "reviewer.give", kit.Roles(desks...), kit.None, p.doGive),
		row(http.MethodPost, "/staff/queue/views", "reviewer.saveview", kit.Roles(desks...), kit.None, p.saveView),
		row(http.MethodPost, "/staff/queue/views/:id/drop", "reviewer.dropview", kit.Roles(desks...), kit.StaffView, p.dropView),
		row(http.MethodGet, "/staff/signing", "reviewer.signing", kit.Roles(desks...), kit.None, p.signing),
		row(http.MethodGet, "/staff/admin/courts/:id/practice", "reviewer.practice", kit.Roles(account.RoleAdmin), kit.Court, p.practice),
		row(http.MethodPost, "/staff/admin/courts/:id/practice", "reviewer.practice", kit.Roles(account.RoleAdmin), kit.Court, p.doPractice),
		get("/staff/f/:id", "reviewer.filing", p.workspace),
		row(http.MethodGet, "/staff/f/:id/means", "reviewer.means", kit.Roles(lookers...), kit.FilingBody, p.meansPage),
		row(http.MethodGet, "/staff/f/:id/files/:doc", "reviewer.file", kit.Roles(lookers...), kit.DocumentBody, p.file),
		post("/staff/f/:id/seen", "reviewer.seen", p.seen),
	}, slices.Concat(p.steps(), p.handovers(), p.looks())...)
}

// handovers are the pages on which a filing is handed on, or another body's question is answered.
func (p pages) handovers() []kit.Route {
	who := kit.Roles(asked...)
	return []kit.Route{
		get("/staff/f/:id/offer", "reviewer.offer", p.open(filing.ActOffer, p.offer)),
		post("/staff/f/:id/offer", "reviewer.offer", p.doOffer),
		post("/staff/f/:id/recall", "reviewer.recall", p.recall),
		row(http.MethodGet, "/staff/offers", "reviewer.handed", who, kit.None, p.handed),
		row(http.MethodGet, "/staff/offers/:offer", "reviewer.offered", who, kit.Offered, p.offered),
		row(http.MethodPost, "/staff/offers/:offer/take", "reviewer.takeover", who, kit.Offered, p.takeOver),
		row(http.MethodPost, "/staff/offers/:offer/decline", "reviewer.decline", who, kit.Offered, p.decline),
		row(http.MethodGet, "/staff/questions/:question", "reviewer.question", kit.Roles(account.RoleSupervisor, account.RoleArbiter), kit.Asked, p.question),
		row(http.MethodPost, "/staff/questions/:question", "reviewer.question", kit.Roles(account.RoleSupervisor, account.RoleArbiter), kit.Asked, p.appoint),
	}
}

// steps are the pages on which a body does something with a filing.
func (p pages) steps() []kit.Route {
	return []kit.Route{
		get("/staff/f/:id/accept", "reviewer.accept", p.open(filing.ActAccept, p.accept)),
		post("/staff/f/:id/accept", "reviewer.accept", p.doAccept),
		get("/staff/f/:id/ask", "reviewer.ask", p.open(filing.ActAsk, p.ask)),
		post("/staff/f/:id/ask", "reviewer.ask", p.doAsk),
		get("/staff/f/:id/refuse", "reviewer.refuse", p.open(filing.ActRefuse, p.refuse)),
		post("/staff/f/:id/refuse", "reviewer.refuse", p.doRefuse),
		get("/staff/f/:id/assign", "reviewer.assign", p.open(filing.ActAssign, p.assign)),
		post("/staff/f/:id/assign", "reviewer.assign", p.doAssign),
		get("/staff/f/:id/release", "reviewer.release", p.open(filing.ActRelease, p.release)),
		post("/staff/f/:id/release", "reviewer.release", p.doRelease),
		get("/staff/f/:id/aside", "reviewer.aside", p.aside),
		post("/staff/f/:id/aside", "reviewer.aside", p.doAside),
		get("/staff/f/:id/panel", "reviewer.panel", p.panel),
		post("/staff/f/:id/panel", "reviewer.panel", p.doPanel),
		get("/staff/f/:id/parties", "reviewer.parties", p.parties),
		post("/staff/f/:id/parties", "reviewer.parties", p.doParties),
		post("/staff/f/:id/parties/told", "reviewer.told", p.doTold),
		get("/staff/f/:id/parties/letter", "reviewer.letter", p.letter),
		post("/staff/f/:id/claim", "reviewer.claim", p.claim),
		get("/staff/f/:id/decide", "reviewer.decide", p.open(filing.ActDecide, p.decide)),
		post("/staff/f/:id/decide", "reviewer.decide", p.doDecide),
		get("/staff/f/:id/serve", "reviewer.serve", p.open(filing.ActServe, p.serve)),
		post("/staff/f/:id/serve", "reviewer.serve", p.doServe),
		get("/staff/f/:id/service", "reviewer.correct", p.correct),
		post("/staff/f/:id/service", "reviewer.correct", p.doCorrect),
		get("/staff/f/:id/sign", "reviewer.sign", p.sign),
		post("/staff/f/:id/sign", "reviewer.sign", p.doSign),
		post("/staff/f/:id/sign/back", "reviewer.unsign", p.unsign),
		get("/staff/f/:id/decision/:number/paper.pdf", "reviewer.letterpdf", p.letterPDF),
		get("/staff/f/:id/correction", "reviewer.correction", p.correction),
		post("/staff/f/:id/correction", "reviewer.correction", p.doCorrection),
		get("/staff/f/:id/correction/serve", "reviewer.servecorrection", p.serveCorrection),
		post("/staff/f/:id/correction/serve", "reviewer.servecorrection", p.doServeCorrection),
		get("/staff/f/:id/designate", "reviewer.designate", p.open(filing.ActDesignate, p.designate)),
		post("/staff/f/:id/designate", "reviewer.designate", p.doDesignate),
	}
}

// pages are the handlers.
type pages struct{ Deps }
