package callback

import (
	"testing"

	"reliefportal/app/calendar"
	"reliefportal/app/packs"
	"reliefportal/app/rules"
)

// TestPacksCanBeCalledBy: every pack of the program has hours, outcome codes and questionnaires that callbacks can work
// with.
func TestPacksCanBeCalledBy(t *testing.T) {
	set, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	var _ Packs = set
	for _, p := range set.All() {
		h := NewHours(&p.Calls, p.Calendar)
		if due, ok := FirstDue(h, shanghai(t, "2026-11-23 10:00")); !ok || inShanghai(due) != "2026-11-24 10:00" {
			t.Errorf("%s: first call at %s", p.ID, inShanghai(due))
		}
		letters, refusal := map[string]bool{}, false
		for _, o := range p.Calls.Outcomes {
			letters[o.CountsAs] = true
			refusal = refusal || o.NeverAgain
			if rank[o.CountsAs] == 0 || o.NeverAgain && !o.Final || o.Code == Untried {
				t.Errorf("%s: outcome %+v", p.ID, o)
			}
		}
		if !letters["I"] || !letters["P"] || !letters["R"] || !refusal {
			t.Errorf("%s: outcomes lack complete, partial or refusal: %v", p.ID, letters)
		}
		for _, inst := range p.Surveys {
			walk(t, p, inst)
		}
	}
}

// walk answers each item with each of its answers in turn and reaches the end.
func walk(t *testing.T, p *rules.Pack, inst *rules.Instrument) {
	t.Helper()
	apart := ""
	for _, o := range inst.Apart {
		apart += o.ID
	}
	if apart != "897" || inst.PartialFrom != 50 || inst.CompleteFrom != 80 {
		t.Errorf("%s: apart %v, partial from %d", inst.ID, inst.Apart, inst.PartialFrom)
	}
	for n := range 7 {
		answers := rules.Facts{}
		for {
			at := Follow(p, inst, answers, calendar.NewDate(2026, 11, 23))
			if at.Item == nil {
				if !at.Complete() && at.Applicable > 0 {
					t.Errorf("%s: every item answered, and not complete: %+v", inst.ID, at)
				}
				break
			}
			reply := Reply{Item: at.Item.ID}
			if options := inst.Answers(at.Item); len(options) > 0 {
				reply.Value = options[n%len(options)].ID
			}
			v, err := ReadReply(inst, at.Item, reply)
			if err != nil {
				t.Fatalf("%s: %s: %v", inst.ID, at.Item.ID, err)
			}
			answers[rules.FactID(at.Item.ID)] = v
		}
	}
}
