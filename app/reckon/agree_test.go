package reckon

import (
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/money"
	"reliefportal/app/rules"
)

// TestAgreesWithThePack: the short sum of the rule packs and the line by line one never differ by more than the rounding of the lines.
func TestAgreesWithThePack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		in.Debts, in.Order = in.Debts[:1], PrincipalFirst
		if in.Debts[0].Due.Before(OldRuleEnds) {
			in.Debts[0].Due = OldRuleEnds
		}
		claim := rules.LateClaim{Principal: in.Debts[0].Sum, Interest: in.Interest, Due: in.Debts[0].Due, Until: in.Until}
		for _, p := range in.Payments {
			claim.Payments = append(claim.Payments, rules.Payment{On: p.On, Sum: p.Sum})
		}
		for _, s := range in.Stays {
			if s.Kind.LeftOut() {
				claim.Stays = append(claim.Stays, rules.Span{From: s.From, To: s.To})
			}
		}
		long, short := worked(t, in), rules.Sums{LatePerMillion: in.PerMillion}.LateInterest(claim)
		rounding := money.Fen(len(long.Segments) + 1)
		if d := long.Doubled - short.Doubled; d < -rounding || d > rounding {
			t.Fatalf("doubled part %d and %d", long.Doubled, short.Doubled)
		}
		if d := long.Balance - short.Owed; d < -rounding || d > rounding {
			t.Fatalf("left %d and %d", long.Balance, short.Owed)
		}
	})
}
