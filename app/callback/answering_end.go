package callback

import (
	"reliefportal/app/fail"
)

// endAlone closes a case that its own person ended.
func (s *Service) endAlone(h *desk, code string) error {
	if err := s.vault.putAttempt(h.tx, h.old.ID, h.who.PersonID, Report{Code: code, mode: ByWeb}, h.now); err != nil {
		return err
	}
	step, ok := Next(h.old.Status, ActFinish)
	if !ok {
		return fail.Conflict("callback.closed")
	}
	h.new.Status, h.new.FinalCode = step.To, &code
	h.new.AppointmentAt, h.new.AppointmentWith = nil, nil
	h.new.Attempts++
	h.new.free()
	if err := s.save(h, "callback.finished_alone", map[string]any{"code": code}); err != nil {
		return err
	}
	return s.settle(h.tx, h.new, ByWeb)
}
