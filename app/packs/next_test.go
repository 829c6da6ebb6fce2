package packs

import (
	"testing"

	"reliefportal/app/rules"
)

// What an outcome says comes next is really open, with nothing but what was carried over and what the decision tells.
func TestNextRemediesAreOpen(t *testing.T) {
	_, p := pack(t)
	where := courts(t)
	on := day(t, "2026-11-18")
	court := rules.Said("深圳市南山区人民法院")
	decided := rules.Facts{
		rules.DecisionServedOn: rules.On(on), rules.DecisionMadeOn: rules.On(on.AddDays(-1)), rules.DecisionNumber: rules.Said("（2026）粤0305执异1号"),
		rules.DecisionCourt: court, rules.FilingReceivedOn: rules.On(on.AddDays(-20)),
	}
	old := rules.Facts{"exec_court": court, "ruling_court": court, "name": rules.Said("林"), "cleared_on": rules.On(on.AddDays(-30)), "living_left": rules.Pick("no"),
		"sanction_served_on": rules.On(on.AddDays(-1)), "ruling_served_on": rules.On(on.AddDays(-40))}
	for _, r := range p.Remedies {
		for _, o := range r.Outcomes {
			for _, n := range o.Next {
				t.Run(r.ID+"/"+o.ID+"/"+n.Remedy, func(t *testing.T) {
					if n.Why.Zh == "" || n.Why.En == "" {
						t.Error("does not say why")
					}
					facts := n.CarryOver(old, decided)
					d, ok := find(p.Doors(facts, on, where), n.Remedy)
					if !ok || d.State == rules.DoorShut { // it opens when the body has let its time pass
						if d, ok = find(p.Doors(facts, on.AddDays(16), where), n.Remedy); !ok {
							t.Fatal("no such door")
						}
					}
					if d.State != rules.DoorUntil && d.State != rules.DoorOpen {
						t.Errorf("the door is %s, missing %v", d.State, d.Missing)
					}
					if next, _ := p.Remedy(n.Remedy); next.Kind == rules.KindFiling && d.Routing.Court == "" && !d.Routing.Arbiter {
						t.Errorf("no body: %+v", d.Routing)
					}
				})
			}
		}
	}
}
