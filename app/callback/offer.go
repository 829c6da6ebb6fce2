package callback

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// Offer is a finding about which the person is asked what he wishes to be done.
type Offer struct {
	FindingID string
	Label     rules.Text // what he said, in general words
	Urgent    bool       // goes to its owner whatever he wishes, without his name
	Remedy    string     // what would be prepared for him to file; "" when there is nothing
	Choice    Choice     // "" until he has chosen
	ReplyBy   ReplyBy
}

// Wish is what the person wishes.
type Wish struct {
	Choice  Choice
	ReplyBy ReplyBy
}

// check refuses a wish that is none, or a request where none can be prepared. Whoever leaves it hears nothing more.
func (w *Wish) check(remedy string) error {
	var wrong []fail.Field
	if !slices.Contains([]Choice{ChoiceFile, ChoiceCall, ChoiceLeave}, w.Choice) || w.Choice == ChoiceFile && remedy == "" {
		wrong = append(wrong, fail.F("choice", "offer.choice_missing"))
	}
	if w.Choice == ChoiceLeave {
		w.ReplyBy = ReplyNone
	}
	if !slices.Contains([]ReplyBy{ReplyPortal, ReplyCall, ReplyNone}, w.ReplyBy) {
		wrong = append(wrong, fail.F("reply", "offer.reply_missing"))
	}
	if len(wrong) > 0 {
		return fail.Invalid(wrong...)
	}
	return nil
}

// flagFor is the red flag behind a finding.
func (e edition) flagFor(kind string) rules.RedFlag {
	if kind == e.pack.Care.Finding.Finding {
		return e.pack.Care.Finding
	}
	f, _ := e.inst.Flag(kind)
	return f
}

// offers lists the findings of a case with what the person wished, in the order they came up.
func (s *Service) offers(tx *gorm.DB, e edition, caseID string) ([]Offer, error) {
	var rows []Finding
	if err := tx.Where("case_id = ?", caseID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Offer, len(rows))
	for i, f := range rows {
		flag := e.flagFor(f.Kind)
		out[i] = Offer{FindingID: f.ID, Label: flag.Label, Urgent: f.Urgent, Remedy: flag.Remedy, Choice: f.Choice, ReplyBy: f.ReplyBy}
	}
	return out, nil
}

// Choose writes down what the person on the telephone wishes to be done about something he said, after the words of the offer
// were read as they stand. He may change his mind while the finding is open. Invalid names the fields "choice" and "reply".
func (s *Service) Choose(ctx context.Context, a account.Actor, caseID, findingID string, w Wish) error {
	_, err := s.act(ctx, a, caseID, ActAnswer, func(h *desk) error {
		if err := h.mayGoOn(); err != nil {
			return err
		}
		h.claim()
		if err := s.save(h, "callback.offered", nil); err != nil {
			return err
		}
		return s.choose(h, findingID, w, ToldCaller)
	})
	return err
}

func (s *Service) choose(h *desk, findingID string, w Wish, by Means) error {
	var f Finding
	err := h.tx.Where("id = ? AND case_id = ?", findingID, h.old.ID).Take(&f).Error
	if f, err = found(f, err); err != nil {
		return err
	}
	flag := h.flagFor(f.Kind)
	if err := w.check(flag.Remedy); err != nil {
		return err
	}
	if f.Status != FindingOpen {
		return fail.Conflict("finding.closed")
	}
	next := f
	next.Choice, next.ReplyBy, next.ChosenBy, next.ChosenAt = w.Choice, w.ReplyBy, by, &h.now
	if step, ok := NextFinding(f.Status, ActLeave); ok && w.Choice == ChoiceLeave && !f.Urgent {
		next.Status = step.To
	}
	if err := saveFinding(h.tx, f, &next); err != nil {
		return err
	}
	if w.Choice == ChoiceFile {
		if err := s.prepareFor(h, f.Kind, flag); err != nil {
			return err
		}
	}
	data := map[string]any{"choice": w.Choice, "reply": w.ReplyBy, "by": by, "pack": h.old.PackHash, "lang": h.old.Lang}
	return s.record(h.tx, h.actor(), SubjectFinding, f.ID, "finding.chosen", data)
}

// factWhat is the fact of the pack that tells what happened in the person's own words.
const factWhat = rules.FactID("what_happened")

// prepareFor writes the request that fits a finding, with what the person said in it.
func (s *Service) prepareFor(h *desk, kind string, flag rules.RedFlag) error {
	all, _, err := s.vault.answersOf(h.tx, h.old.ID, "")
	if err != nil {
		return err
	}
	facts := rules.Facts{}
	add(facts, flag.Facts)
	_, said := raised(h.edition, kind, all)
	text := flag.Label.In(h.old.Lang)
	for _, s := range said {
		if s.Words != "" {
			text += "\n" + s.Words
		}
	}
	facts[factWhat] = rules.Said(text)
	return s.putPrepared(h, flag.Remedy, facts)
}
