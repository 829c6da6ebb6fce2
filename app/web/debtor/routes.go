// Package debtor answers the pages of a person a court is enforcing against, after signing in: drafts, filing, receipt, progress.
package debtor

import (
	"context"
	"net/http"
	"slices"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/application"
	"reliefportal/app/appraisal"
	"reliefportal/app/assist"
	"reliefportal/app/callback"
	"reliefportal/app/contact"
	"reliefportal/app/directory"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/means"
	"reliefportal/app/notice"
	"reliefportal/app/oversight"
	"reliefportal/app/privacy"
	"reliefportal/app/restriction"
	"reliefportal/app/review"
	"reliefportal/app/web/kit"
)

// Deps are the services behind the pages.
type Deps struct {
	Filings    *filing.Service
	Reviews    *review.Service
	Files      *document.Service
	Bodies     *directory.Service
	Accounts   *account.Service
	Contacts   *contact.Service
	Notices    *notice.Service
	Sessions   *account.Sessions
	Assist     *assist.Service
	Means      *means.Service
	Appraisals *appraisal.Service
	Findings   Findings
	Papers     *application.Service
	Booklets   Booklets
	Packs      filing.Packs
	Limits     *restriction.Service
	Oversight  *oversight.Service
	Privacy    *privacy.Service
}

// Findings tells a person what came of what he said, prepares requests from it, and knows whether a questionnaire waits for him.
type Findings interface {
	FindingsFor(ctx context.Context, personID string) ([]callback.PersonalFinding, error)
	PreparedFor(ctx context.Context, personID string) ([]callback.Prepared, error)
	TakeUp(ctx context.Context, a account.Actor, id, lang string) (filingID string, err error)
	Waiting(ctx context.Context, personID string) (until time.Time, waiting bool, err error)
	CircumstancesOf(ctx context.Context, a account.Actor) (c callback.Circumstances, ok bool, err error)
}

// Routes are the rows of the route table.
func Routes(d Deps) []kit.Route {
	p := pages{d}
	return assisted(slices.Concat(p.drafts(), p.filed(), p.helping(), p.meansRoutes(), p.appraisalRoutes(), p.privacyRoutes()))
}

func get(path, name string, object kit.Object, h kit.Handler) kit.Route {
	return kit.Route{Method: http.MethodGet, Path: path, Name: name, Who: kit.DebtorOnly, Object: object, Handler: h}
}

func post(path, name string, object kit.Object, h kit.Handler) kit.Route {
	return kit.Route{Method: http.MethodPost, Path: path, Name: name, Who: kit.DebtorOnly, Object: object, Handler: h}
}

func upload(path, name string, h kit.Handler) kit.Route {
	r := post(path, name, kit.FilingOwn, h)
	r.Upload = true
	return r
}

// drafts are the pages of the person and of a filing that is being written.
func (p pages) drafts() []kit.Route {
	return []kit.Route{
		get("/my", kit.RouteDebtorHome, kit.None, p.home),
		get("/my/account", "debtor.account", kit.None, p.account),
		post("/my/account", "debtor.account", kit.None, p.rename),
		post("/my/account/everywhere", "debtor.everywhere", kit.None, p.everywhere),
		get("/my/told", "debtor.told", kit.None, p.toldPage),
		post("/my/told/:id", "debtor.takeup", kit.PreparedOwn, p.takeUp),
		get("/my/contact", "debtor.contact", kit.None, p.contact),
		get("/my/contact/:part", "debtor.contactpart", kit.None, p.contactPart),
		post("/my/contact/:part", "debtor.contactpart", kit.None, p.keepContact),
		get("/my/restrictions", "debtor.restrictions", kit.None, p.restrictions),
		get("/my/restrictions/add", "debtor.restrictionadd", kit.None, p.addRestriction),
		post("/my/restrictions/add", "debtor.restrictionadd", kit.None, p.takeAdd),
		get("/my/restrictions/:id", "debtor.restriction", kit.Restricted, p.restriction),
		post("/my/restrictions/:id", "debtor.restriction", kit.Restricted, p.saw),
		get("/my/f/:id", "debtor.filing", kit.FilingOwn, p.resume),
		get("/my/f/:id/case", "debtor.case", kit.FilingOwn, p.drafting(p.caseNumber)),
		post("/my/f/:id/case", "debtor.case", kit.FilingOwn, p.drafting(p.readNumber)),
		get("/my/f/:id/court", "debtor.court", kit.FilingOwn, p.drafting(p.court)),
		post("/my/f/:id/court", "debtor.court", kit.FilingOwn, p.drafting(p.pickCourt)),
		get("/my/f/:id/q/:question", "debtor.question", kit.FilingOwn, p.drafting(p.question)),
		post("/my/f/:id/q/:question", "debtor.question", kit.FilingOwn, p.drafting(p.answer)),
		get("/my/f/:id/papers", "debtor.papers", kit.FilingOwn, p.drafting(p.papers)),
		upload("/my/f/:id/papers/upload", "debtor.upload", p.drafting(p.upload)),
		post("/my/f/:id/papers/cannot", "debtor.cannot", kit.FilingOwn, p.drafting(p.cannot)),
		get("/my/f/:id/address", "debtor.address", kit.FilingOwn, p.address),
		post("/my/f/:id/address", "debtor.address", kit.FilingOwn, p.keepAddress),
		get("/my/f/:id/booklet", "debtor.booklet", kit.FilingOwn, p.drafting(p.booklet)),
		post("/my/f/:id/booklet.pdf", "debtor.bookletpdf", kit.FilingOwn, p.drafting(p.bookletPDF)),
		get("/my/f/:id/check", "debtor.check", kit.FilingOwn, p.drafting(p.check)),
		post("/my/f/:id/check", "debtor.check", kit.FilingOwn, p.submit),
		get("/my/f/:id/remove", "debtor.remove", kit.FilingOwn, p.drafting(p.removeDraft)),
		post("/my/f/:id/remove", "debtor.remove", kit.FilingOwn, p.drafting(p.dropDraft)),
	}
}

// filed are the pages of a filing that has been handed over, and of its files at any time.
func (p pages) filed() []kit.Route {
	return []kit.Route{
		get("/my/f/:id/files/:doc", "debtor.file", kit.DocumentOwn, p.file),
		get("/my/f/:id/files/:doc/about", "debtor.describe", kit.DocumentOwn, p.describe),
		post("/my/f/:id/files/:doc/about", "debtor.describe", kit.DocumentOwn, p.doDescribe),
		get("/my/f/:id/files/:doc/remove", "debtor.removefile", kit.DocumentOwn, p.removeFile),
		post("/my/f/:id/files/:doc/remove", "debtor.removefile", kit.DocumentOwn, p.dropFile),
		get("/my/f/:id/receipt", "debtor.receipt", kit.FilingOwn, p.receipt),
		get("/my/f/:id/receipt.pdf", "debtor.receiptpdf", kit.FilingOwn, p.receiptPDF),
		get("/my/f/:id/application", "debtor.application", kit.FilingOwn, p.application),
		get("/my/f/:id/application.pdf", "debtor.applicationpdf", kit.FilingOwn, p.applicationPDF),
		get("/my/f/:id/application.docx", "debtor.applicationdocx", kit.FilingOwn, p.applicationDOCX),
		get("/my/f/:id/application/print", "debtor.applicationprint", kit.FilingOwn, p.applicationPrint),
		get("/my/f/:id/progress", "debtor.progress", kit.FilingOwn, p.progress),
		get("/my/f/:id/supplement", "debtor.supplement", kit.FilingOwn, p.supplement),
		upload("/my/f/:id/supplement", "debtor.supplement", p.answerSupplement),
		get("/my/f/:id/add", "debtor.add", kit.FilingOwn, p.add),
		upload("/my/f/:id/add", "debtor.add", p.doAdd),
		get("/my/f/:id/added/:number", "debtor.added", kit.FilingOwn, p.added),
		get("/my/f/:id/added/:number/receipt.pdf", "debtor.addedpdf", kit.FilingOwn, p.addedPDF),
		get("/my/f/:id/compare", "debtor.compare", kit.FilingOwn, p.compare),
		get("/my/f/:id/dates.ics", "debtor.dates", kit.FilingOwn, p.dates),
		get("/my/f/:id/carried", "debtor.carried", kit.FilingOwn, p.carriedOut),
		post("/my/f/:id/carried", "debtor.carried", kit.FilingOwn, p.sayCarried),
		get("/my/f/:id/decision", "debtor.decision", kit.FilingOwn, p.decision),
		get("/my/f/:id/decision/:number/paper.pdf", "debtor.decisionpdf", kit.FilingOwn, p.decisionPDF),
		post("/my/f/:id/next/:remedy", "debtor.next", kit.FilingOwn, p.startNext),
		get("/my/f/:id/recusal", "debtor.recusal", kit.FilingOwn, p.recusal),
		post("/my/f/:id/recusal", "debtor.recusal", kit.FilingOwn, p.askRecusal),
		post("/my/f/:id/recusal/again", "debtor.recusalagain", kit.FilingOwn, p.askRecusalAgain),
		get("/my/f/:id/withdraw", "debtor.withdraw", kit.FilingOwn, p.withdraw),
		post("/my/f/:id/withdraw", "debtor.withdraw", kit.FilingOwn, p.takeBack),
	}
}

// pages are the handlers.
type pages struct{ Deps }
