package app

import (
	"context"

	"reliefportal/app/account"
	"reliefportal/app/assist"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
	views "reliefportal/templates/dev"
	tkit "reliefportal/templates/kit"
)

// outboxShown is how many messages the outbox of development lists.
const outboxShown = 100

// notices builds the service that writes to people. In development, a channel that is not configured stays in the outbox.
func (a *App) notices(queue jobs.Inserter) (*notice.Service, error) {
	cfg := a.Config
	mail, sms, err := notice.Carriers(cfg.SMTPURL.Reveal(), cfg.MailFrom, cfg.SMSURL.Reveal(), !cfg.IsProduction())
	if err != nil {
		return nil, err
	}
	return notice.New(notice.Deps{DB: a.DB, Box: a.box, Jobs: queue, Safe: a.Contacts, Clock: a.Clock, Log: a.Log, Mail: mail, SMS: sms}), nil
}

// Outbox lists the newest messages with their words, for development.
func (a *App) Outbox(ctx context.Context) ([]views.Message, error) {
	notices, err := a.Notices.Outbox(ctx, outboxShown)
	if err != nil {
		return nil, err
	}
	messages := make([]views.Message, len(notices))
	for i, n := range notices {
		channel := "sms"
		if n.Channel == account.Email {
			channel = "email"
		}
		messages[i] = views.Message{At: n.At, Channel: channel, To: n.To, Subject: n.Subject, Body: n.Text}
	}
	return messages, nil
}

// user names the person signed in for the head of the page, and for staff the body they work at.
func (a *App) user(ctx context.Context, actor account.Actor, lang string) (*tkit.User, error) {
	name, err := a.Accounts.NameIn(actor)
	if err != nil {
		return nil, err
	}
	u := &tkit.User{Name: name, Staff: actor.IsStaff()}
	if _, _, ok := assist.MayHelp(actor); ok {
		u.Help = a.Web.Path("helper.start")
	}
	for _, g := range actor.Grants {
		if body, err := a.Directory.Body(ctx, g.BodyID); err == nil {
			u.Place = body.Named(lang)
			break
		}
	}
	return u, nil
}

// moot says that what a message tells of is over; each noun answers for its own kinds.
func (s *Services) moot(ctx context.Context, o notice.Occasion) (bool, error) {
	over, err := s.Filings.Moot(ctx, o)
	if err != nil || over {
		return over, err
	}
	return s.Limits.Moot(ctx, o)
}
