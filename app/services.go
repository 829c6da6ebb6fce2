package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/application"
	"reliefportal/app/appraisal"
	"reliefportal/app/assist"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/contact"
	"reliefportal/app/directory"
	"reliefportal/app/document"
	"reliefportal/app/enforcement"
	"reliefportal/app/escalation"
	"reliefportal/app/filing"
	"reliefportal/app/finder"
	"reliefportal/app/insight"
	"reliefportal/app/integrity"
	"reliefportal/app/jobs"
	"reliefportal/app/means"
	"reliefportal/app/notice"
	"reliefportal/app/outage"
	"reliefportal/app/oversight"
	"reliefportal/app/packs"
	"reliefportal/app/privacy"
	"reliefportal/app/restriction"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/transfer"
)

// Services are the nouns, joined.
type Services struct {
	Packs       *packs.Set
	Audit       *audit.Keeper
	Directory   *directory.Service
	Accounts    *account.Service
	Sessions    *account.Sessions
	Contacts    *contact.Service
	Notices     *notice.Service
	Finder      *finder.Service
	Documents   *document.Service
	Outages     *outage.Service
	Filings     *filing.Service
	Assist      *assist.Service
	Means       *means.Service
	Appraisals  *appraisal.Service
	Reviews     *review.Service
	Transfers   *transfer.Service
	Integrity   *integrity.Service
	Callbacks   *callback.Service
	Calls       *insight.Calls
	Papers      *application.Service
	Limits      *restriction.Service
	Oversight   *oversight.Service
	Privacy     *privacy.Service
	Imports     *enforcement.Service
	Escalations *escalation.Service
}

// inserter is the queue as services get it: they are built before it, since the queue must know what they do with its jobs.
type inserter struct{ queue *jobs.Queue }

var errTooEarly = errors.New("a job was inserted before the queue was built")

// Insert implements jobs.Inserter.
func (i *inserter) Insert(tx *gorm.DB, args jobs.Args) error {
	if i.queue == nil {
		return errTooEarly
	}
	return i.queue.Insert(tx, args)
}

// join builds the services from the lowest up, then the queue that works their jobs.
func (a *App) join(ctx context.Context) (err error) {
	s, later := &a.Services, &inserter{}
	if s.Packs, err = packs.Open(a.Config.PacksDir); err != nil {
		return fmt.Errorf("rule packs: %w", err)
	}
	s.Audit = &audit.Keeper{DB: a.DB, File: filepath.Join(a.Config.DataDir, "audit.checkpoints"), Clock: a.Clock, Log: a.Log}
	if s.Directory, err = directory.New(ctx, a.DB, a.Clock); err != nil {
		return fmt.Errorf("directory: %w", err)
	}
	s.Contacts = contact.New(a.DB, a.box, a.Clock)
	if s.Notices, err = a.notices(later); err != nil {
		return err
	}
	if s.Accounts, err = account.New(a.DB, a.Clock, a.box, s.Notices, a.accounts); err != nil {
		return err
	}
	if err = s.Accounts.TakePasskeys(a.Config.BaseURL); err != nil {
		return err
	}
	s.Notices.People = s.Accounts // codes go out before an account exists, all else needs its contacts
	s.Sessions = account.NewSessions(a.DB, s.Accounts)
	s.Finder = finder.New(finder.Deps{DB: a.DB, Box: a.box, Clock: a.Clock})
	if err = a.joinFilings(later); err != nil {
		return err
	}
	a.Jobs = a.registry()
	if a.Queue, err = jobs.New(a.DB, a.Jobs, a.Log); err != nil {
		return err
	}
	later.queue = a.Queue
	return nil
}

// joinFilings builds what has to do with one request: its files, itself, its review, and the call afterwards.
func (a *App) joinFilings(queue jobs.Inserter) error {
	s := &a.Services
	blobs, err := document.OpenLocal(filepath.Join(a.Config.DataDir, "files"), a.box)
	if err != nil {
		return err
	}
	s.Documents = document.New(document.Deps{DB: a.DB, Blobs: blobs, Box: a.box, Jobs: queue, Clock: a.Clock, Log: a.Log})
	s.Outages = outage.New(outage.Deps{DB: a.DB, Clock: a.Clock, Machine: calendar.SystemClock{}, Log: a.Log})
	if a.Config.Scans() {
		if s.Documents.Scanner, err = document.NewClamd(a.Config.ClamAVAddr); err != nil {
			return fmt.Errorf("PORTAL_CLAMAV_ADDR: %w", err)
		}
	}
	s.Notices.Troubled = a.undelivered
	s.Filings = filing.New(filing.Deps{DB: a.DB, Packs: s.Packs, Bodies: s.Directory, Box: a.box, Jobs: queue, Teller: assist.Forwarder{To: s.Notices}, Files: s.Documents, LateFiles: s.Documents, Safe: s.Contacts, Clock: a.Clock, Outages: s.Outages})
	s.Limits = restriction.NewService(restriction.Deps{DB: a.DB, Filings: s.Filings, Packs: s.Packs, Box: a.box, Teller: s.Notices, Jobs: queue, Clock: a.Clock})
	s.Filings.Followed = s.Limits.FromDecision
	s.Notices.Moot = s.moot
	s.Assist = assist.New(assist.Deps{DB: a.DB, Accounts: s.Accounts, Filings: s.Filings, Box: a.box, Jobs: queue, Clock: a.Clock})
	s.Filings.Scribe = s.Assist
	s.Filings.Attached = means.Marks
	s.Appraisals = appraisal.New(appraisal.Deps{DB: a.DB, Box: a.box, Clock: a.Clock})
	s.Means = means.New(means.Deps{DB: a.DB, Filings: s.Filings, Packs: s.Packs, Box: a.box, Teller: s.Notices, Clock: a.Clock})
	s.Documents.Owner = s.Filings // each asks the other: what was checked, and who may still change it
	s.Papers = application.New(application.Deps{DB: a.DB, Filings: s.Filings, Files: s.Documents, Bodies: s.Directory, Clock: a.Clock, Log: a.Log, Annexers: a.annexes()})
	s.Reviews = review.New(review.Deps{DB: a.DB, Filings: s.Filings, Bodies: s.Directory, Box: a.box, Jobs: queue, Teller: assist.Forwarder{To: s.Notices}, Clock: a.Clock})
	s.Integrity = integrity.New(integrity.Deps{DB: a.DB, Packs: s.Packs, Files: s.Documents, Notices: s.Notices, Record: s.Audit, Clock: a.Clock,
		Jobs: func() integrity.Jobs { return a.Queue }, Closed: s.Directory.ClosedOn})
	s.Escalations = escalation.New(escalation.Deps{DB: a.DB, Filings: s.Filings, Bodies: s.Directory, Teller: s.Notices, Clock: a.Clock})
	s.Transfers = transfer.New(transfer.Deps{DB: a.DB, Filings: s.Filings, Bodies: s.Directory, Box: a.box, Teller: assist.Forwarder{To: s.Notices}, Clock: a.Clock})
	s.Filings.Renamed = s.Reviews.Renamed
	s.Imports = enforcement.New(enforcement.Deps{DB: a.DB, Bodies: s.Directory, Accounts: s.Accounts, Reviews: s.Reviews, Box: a.box, Jobs: queue, Clock: a.Clock})
	s.Oversight = oversight.New(oversight.Deps{DB: a.DB, Filings: s.Filings, Reviews: s.Reviews, Bodies: s.Directory, Box: a.box, Teller: assist.Forwarder{To: s.Notices}, Clock: a.Clock})
	s.Callbacks = callback.New(a.DB, a.Clock, s.Packs, called{s.Filings}, people{s.Accounts, a.DB, a.box}, a.box)
	s.Calls = insight.NewCalls(insight.CallsDeps{DB: a.DB, Callbacks: s.Callbacks, Packs: s.Packs, Jobs: queue, Box: a.box, Clock: a.Clock})
	if err := a.joinCallbacks(); err != nil {
		return err
	}
	return a.joinPrivacy(queue)
}

// joinPrivacy builds what gives people a copy of what there is about them, and erases it. Copies lie apart from evidence.
func (a *App) joinPrivacy(queue jobs.Inserter) error {
	blobs, err := document.OpenLocal(filepath.Join(a.Config.DataDir, "exports"), a.box)
	if err != nil {
		return err
	}
	s := &a.Services
	s.Privacy = privacy.New(privacy.Deps{DB: a.DB, Box: a.box, Clock: a.Clock, Jobs: queue, Packs: s.Packs, Accounts: s.Accounts, Contacts: s.Contacts,
		Filings: s.Filings, Files: s.Documents, Papers: s.Papers, Reviews: s.Reviews, Means: s.Means, Limits: s.Limits, Appraisals: s.Appraisals,
		Callbacks: s.Callbacks, Assist: s.Assist, Notices: s.Notices, Outages: s.Outages, Blobs: blobs})
	return nil
}

// joinCallbacks gives callbacks what they can do without: a key of their own, and a telephone system.
func (a *App) joinCallbacks() error {
	own, err := a.Config.CallbackSealKey()
	if err != nil {
		return err
	}
	if own != nil {
		box, err := seal.New(own)
		if err != nil {
			return err
		}
		a.Callbacks.SealWith(box)
	}
	a.Callbacks.Drafts, a.Callbacks.Base = drafter{a.Filings}, a.Config.BaseURL
	n := callback.Neighbours{Teller: a.Notices, Profiles: a.Contacts}
	if a.Config.DialURL.Set() {
		if n.Dialer, err = callback.NewDialer(a.Config.DialURL.Reveal(), a.box); err != nil {
			return err
		}
	}
	a.Callbacks.Connect(n)
	return nil
}

// registry names every kind of job and all periodic work: one line a noun.
func (a *App) registry() *jobs.Registry {
	r := jobs.NewRegistry()
	a.Accounts.Register(r)
	a.Notices.Register(r)
	a.Documents.Register(r)
	a.Filings.Register(r)
	a.Limits.Register(r)
	a.Assist.Register(r)
	a.Papers.Register(r)
	a.Transfers.Register(r)
	a.Integrity.Register(r)
	a.Escalations.Register(r)
	a.Means.Register(r)
	a.Reviews.Register(r)
	a.Oversight.Register(r)
	a.Privacy.Register(r)
	finder.Register(r, a.Finder)
	callback.Register(r, a.Callbacks)
	jobs.Register(r, func(ctx context.Context, e enforcement.Happened) error {
		_, err := a.Callbacks.HappenedInCase(ctx, callback.CaseEvent{Kind: e.Event, BodyID: e.BodyID, CaseNumber: e.CaseNumber, Again: e.Again})
		return err
	})
	callback.OpenOn(r, a.Callbacks, rules.EventServed, func(j review.Served) string { return j.FilingID })
	callback.OpenOn(r, a.Callbacks, rules.EventClosed, func(j filing.TakenBack) string { return j.FilingID })
	callback.OpenOn(r, a.Callbacks, rules.EventLifted, func(j filing.CarriedOut) string { return j.FilingID })
	callback.OpenOn(r, a.Callbacks, rules.EventLifted, func(j restriction.WentAway) string { return j.FilingID })
	insight.Register(r, a.Calls)
	r.Every("audit.checkpoint", time.Minute, a.Audit.Checkpoint)
	return r
}
