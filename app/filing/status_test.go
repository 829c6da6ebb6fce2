package filing

import (
	"testing"
)

func TestSteps(t *testing.T) {
	cases := []struct {
		from Status
		act  Action
		to   Status
		ok   bool
	}{
		{Draft, ActSubmit, Submitted, true},
		{Submitted, ActSubmit, "", false},
		{Submitted, ActAsk, Supplement, true},
		{Supplement, ActAsk, "", false},
		{Supplement, ActAnswer, Submitted, true},
		{Supplement, ActLapse, Submitted, true},
		{Submitted, ActAccept, Reviewing, true},
		{Submitted, ActRefuse, Decided, true},
		{Submitted, ActDecide, "", false},
		{Reviewing, ActDecide, Decided, true},
		{Reviewing, ActServe, "", false},
		{Decided, ActServe, Closed, true},
		{Decided, ActWithdraw, "", false},
		{Submitted, ActOffer, Submitted, true},
		{Reviewing, ActTakeOver, Reviewing, true},
		{Supplement, ActOffer, "", false},
		{Decided, ActOffer, "", false},
		{Decided, ActSucceed, Decided, true},
		{Closed, ActSucceed, "", false},
		{Closed, ActServe, "", false},
		{Closed, ActWithdraw, "", false},
	}
	for _, c := range cases {
		step, ok := Next(c.from, c.act)
		if ok != c.ok || step.To != c.to {
			t.Errorf("%s + %s = %q %v, want %q %v", c.from, c.act, step.To, ok, c.to, c.ok)
		}
	}
}

// Every status that somebody owes a step in can be left again, by the owner or by a clock: nothing is stranded.
func TestNoStatusIsADeadEnd(t *testing.T) {
	for _, s := range []Status{Draft, Submitted, Supplement, Reviewing, Decided} {
		reaches := map[Status]bool{}
		walk(s, reaches)
		if !reaches[Closed] {
			t.Errorf("a filing in %s can never be closed", s)
		}
	}
	if len(Can(Closed, ByBody))+len(Can(Closed, ByDebtor)) > 0 {
		t.Error("a closed filing can be changed")
	}
}

func walk(s Status, seen map[Status]bool) {
	if seen[s] {
		return
	}
	seen[s] = true
	for _, step := range Steps {
		if step.From == s {
			walk(step.To, seen)
		}
	}
}

// A step into an open status either starts a clock or keeps the one that runs; without that the filing would have none.
func TestOpenStepsHaveAClock(t *testing.T) {
	for _, s := range Steps {
		if s.To.Open() && s.Stage == "" && s.To != s.From {
			t.Errorf("%s → %s starts no clock", s.From, s.To)
		}
	}
}

// Handing a filing on never changes its status and never starts a clock: nobody gains time by it.
func TestHandingOnKeepsTheClock(t *testing.T) {
	hops := map[Action]bool{ActOffer: true, ActRecall: true, ActTakeOver: true, ActDecline: true, ActSilence: true, ActAskAbove: true, ActPassUp: true, ActAppoint: true, ActSucceed: true}
	for _, s := range Steps {
		if hops[s.Action] && (s.From != s.To || s.Stage != "" || s.Anew || !s.From.Open()) {
			t.Errorf("%s in %s leads to %s with the clock of %q", s.Action, s.From, s.To, s.Stage)
		}
		if s.Next == NextAppoint || s.Next == NextAnswerOffer {
			if _, ok := Next(s.To, ActRecall); !ok {
				t.Errorf("after %s the owner cannot go on itself", s.Action)
			}
		}
	}
}

func TestParseRef(t *testing.T) {
	cases := []struct {
		typed, want string
		ok          bool
	}{
		{"7K4M-92QF", "7K4M92QF", true},
		{" 7k4m 92qf ", "7K4M92QF", true},
		{"７Ｋ４Ｍ－９２ＱＦ", "7K4M92QF", true},
		{"7K4M—92QF", "7K4M92QF", true},
		{"7K4M-92Q", "", false},
		{"7K4M-92QFA", "", false},
		{"7K4M-92Q0", "", false}, // no 0 in the alphabet
		{"7K4M-92QI", "", false},
		{"", "", false},
	}
	for _, c := range cases {
		if got, ok := ParseRef(c.typed); got != c.want || ok != c.ok {
			t.Errorf("ParseRef(%q) = %q %v, want %q %v", c.typed, got, ok, c.want, c.ok)
		}
	}
}

func TestNewRefUsesTheWholeAlphabet(t *testing.T) {
	seen := map[rune]bool{}
	for range 500 {
		ref := newRef()
		if _, ok := ParseRef(ref); !ok {
			t.Fatalf("newRef gave %q, which cannot be read back", ref)
		}
		for _, r := range ref {
			seen[r] = true
		}
	}
	if len(seen) != 32 {
		t.Errorf("500 codes used %d signs, want all 32", len(seen))
	}
}
