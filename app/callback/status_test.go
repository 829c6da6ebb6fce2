package callback

import (
	"slices"
	"testing"
)

func TestStepsOfACase(t *testing.T) {
	all := []Action{ActClaim, ActRelease, ActConsent, ActAnswer, ActRetry, ActFinish, ActExpire}
	for _, action := range all {
		if _, ok := Next(Open, action); !ok {
			t.Errorf("an open case must allow %s", action)
		}
		if step, ok := Next(Closed, action); ok {
			t.Errorf("a closed case leads on to %s by %s", step.To, action)
		}
	}
	free := []Action{ActClaim, ActExpire}
	for _, step := range Steps {
		if step.Leased == slices.Contains(free, step.Action) {
			t.Errorf("%s: only taking a case and its end by time need no claim", step.Action)
		}
	}
}

func TestStepsOfAFinding(t *testing.T) {
	for _, action := range []FindingAction{ActTake, ActAnswerPerson, ActEscalate} {
		if _, ok := NextFinding(FindingOpen, action); !ok {
			t.Errorf("an open finding must allow %s", action)
		}
		if _, ok := NextFinding(FindingAnswered, action); ok {
			t.Errorf("an answered finding allows %s", action)
		}
	}
}
