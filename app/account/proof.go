package account

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/fail"
)

// Purpose is what a person who is signed in confirms once more by a code: something that somebody who only found his browser open must not
// be able to do. It is the kind of the message with the code.
type Purpose string

// ToExport is to have a copy made of everything about him.
const ToExport Purpose = "export_code"

func proofToken(p Purpose, browser string) string { return "proof " + string(p) + " " + browser }

// AskProof sends the person himself a code to the contact he has had longest, and gives that contact. Errors: NotFound for anybody else, also
// while staff type for him; Conflict "proof.no_contact" when he has none; TooMany.
func (s *Service) AskProof(ctx context.Context, a Actor, p Purpose, browser, lang string) (Contact, error) {
	to, err := s.proofContact(ctx, a)
	if err != nil {
		return Contact{}, err
	}
	return to, s.sendCode(ctx, to, proofToken(p, browser), "proof ", func(tx *gorm.DB, code string) error {
		return s.messenger.SendCodeFor(tx, to, string(p), code, lang, nil)
	})
}

// Prove takes the code that AskProof sent, and runs then in the transaction in which it is used up. Errors: those of AskProof and VerifyCode.
func (s *Service) Prove(ctx context.Context, a Actor, p Purpose, code, browser string, then func(tx *gorm.DB) error) error {
	to, err := s.proofContact(ctx, a)
	if err != nil {
		return err
	}
	return s.withCode(ctx, to, digits(code), proofToken(p, browser), then)
}

func (s *Service) proofContact(ctx context.Context, a Actor) (Contact, error) {
	if !a.IsDebtor() || a.By != nil {
		return Contact{}, fail.NotFound()
	}
	all, err := s.ContactsOf(ctx, a.PersonID)
	if err != nil {
		return Contact{}, err
	}
	if len(all) == 0 {
		return Contact{}, fail.Conflict("proof.no_contact")
	}
	return all[0], nil
}
