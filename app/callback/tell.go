package callback

import (
	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/notice"
)

// tell puts a message into the transaction; without a teller nobody is told.
func (s *Service) tell(tx *gorm.DB, m notice.Message) error {
	if s.Teller == nil {
		return nil
	}
	return s.Teller.Send(tx, m)
}

// tellNew tells the supervisors of the owner about an urgent finding at once. The others are on their list.
func (s *Service) tellNew(h *desk, f Finding) error {
	if !f.Urgent {
		return nil
	}
	return s.tellSupervisors(h.tx, f, "finding_urgent")
}

// tellSupervisors tells everybody who supervises the owner of a finding, once per kind of message and owner.
func (s *Service) tellSupervisors(tx *gorm.DB, f Finding, kind string) error {
	people, err := account.PeopleWith(tx, account.RoleSupervisor, f.OwnerBodyID, calendar.DateOf(s.clock.Now()))
	if err != nil {
		return err
	}
	for _, id := range people {
		m := notice.Message{
			PersonID: id, Kind: kind, Lang: "zh-Hans", SendKey: "finding/" + f.ID + "/" + kind + "/" + f.OwnerBodyID + "/" + id,
			Args: map[string]any{"number": Short(f.ID), "due": calendar.DateOf(f.AnswerBy.Add(-1))},
		}
		if err := s.tell(tx, m); err != nil {
			return err
		}
	}
	return nil
}

// tellAbove tells the supervisors of the body above the owner that a clock has run out below them.
func (s *Service) tellAbove(tx *gorm.DB, f Finding) error {
	above, err := bodyAbove(tx, f.OwnerBodyID)
	if err != nil || above == "" {
		return err
	}
	f.OwnerBodyID = above
	return s.tellSupervisors(tx, f, "finding_late")
}

// tellAnswer tells a person that there is an answer for him, in words that do not say what about. Whoever chose a call is
// rung by the callback centre instead.
func (s *Service) tellAnswer(tx *gorm.DB, f Finding) error {
	if f.ReplyBy != ReplyPortal {
		return nil
	}
	var c Case
	if err := tx.Where("id = ?", f.CaseID).Take(&c).Error; err != nil {
		return err
	}
	return s.tell(tx, notice.Message{PersonID: c.PersonID, Kind: "told_answered", Lang: c.Lang, SendKey: "finding/" + f.ID + "/answered"})
}
