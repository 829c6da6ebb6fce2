// Package rates computes the outcome rates of a survey from the dispositions of its cases, by the AAPOR Standard Definitions: response,
// cooperation, refusal and contact. It is exact: every rate is a fraction of whole numbers until it is written.
package rates

import (
	"fmt"
	"math/big"
)

// Counts are the cases of a sample by final disposition. Their sum is the size of the sample.
type Counts struct {
	I  int64 // complete interviews
	P  int64 // partial interviews
	R  int64 // refusals and break-offs
	NC int64 // not reached, though eligible
	O  int64 // eligible, others: died after the draw, too ill, language
	UH int64 // eligibility unknown: household; has no use in a list of named persons and stays 0
	UO int64 // eligibility unknown: other, such as a number that is not in use
	NE int64 // not eligible
}

// Add counts n cases of a class, which is a field name of Counts. Any other class is an error: no case may fall out of the sample.
func (c *Counts) Add(class string, n int64) error {
	field, ok := map[string]*int64{"I": &c.I, "P": &c.P, "R": &c.R, "NC": &c.NC, "O": &c.O, "UH": &c.UH, "UO": &c.UO, "NE": &c.NE}[class]
	if !ok {
		return fmt.Errorf("no class of disposition is called %q", class)
	}
	*field += n
	return nil
}

// Interviews are the complete and the partial ones.
func (c Counts) Interviews() int64 { return c.I + c.P }

// Eligible are the cases known to be eligible.
func (c Counts) Eligible() int64 { return c.Interviews() + c.R + c.NC + c.O }

// Unknown are the cases of which nobody knows whether they are eligible.
func (c Counts) Unknown() int64 { return c.UH + c.UO }

// Sample is the number of all cases.
func (c Counts) Sample() int64 { return c.Eligible() + c.Unknown() + c.NE }

// Share is e, the share of the unknown cases that is taken to be eligible, as a fraction between 0 and 1.
type Share struct{ Num, Den int64 }

// All takes every unknown case to be eligible; it makes RR3 equal to RR1.
var All = Share{1, 1}

// Share estimates e from the sample itself: eligible known to all known. ok is false when nothing is known; All is the careful choice then.
func (c Counts) Share() (e Share, ok bool) {
	known := c.Eligible() + c.NE
	if known == 0 {
		return All, false
	}
	return Share{c.Eligible(), known}, true
}

// Rate is one outcome rate, a fraction.
type Rate struct {
	ID  string // RR1 … RR6, COOP1 … COOP4, REF1 … REF3, CON1 … CON3
	num *big.Int
	den *big.Int
	// Needs says that the rate may be reported only where no case is of unknown eligibility, or all such cases are taken to be ineligible.
	Needs bool
}

// Defined reports whether the denominator is not zero. A rate that is not defined is not zero.
func (r Rate) Defined() bool { return r.den.Sign() != 0 }

// Rat is the exact value of a defined rate.
func (r Rate) Rat() *big.Rat { return new(big.Rat).SetFrac(r.num, r.den) }

// String writes a defined rate to four decimals, rounded half away from zero; "" when it is not defined.
func (r Rate) String() string {
	if !r.Defined() {
		return ""
	}
	return r.Rat().FloatString(4)
}

// Of gives all rates in the order of the Standard Definitions. e weighs the unknown cases in RR3, RR4, REF2 and CON2; a share outside
// 0 to 1 is an error.
func Of(c Counts, e Share) ([]Rate, error) {
	if e.Den <= 0 || e.Num < 0 || e.Num > e.Den {
		return nil, fmt.Errorf("the share of eligible cases among the unknown, %d/%d, is not between 0 and 1", e.Num, e.Den)
	}
	known, reached := c.Eligible(), c.Interviews()+c.R+c.O
	all := whole(known + c.Unknown())
	weighed := weighed(known, c.Unknown(), e)
	only := whole(known)
	cooperate, without := whole(reached), whole(c.Interviews()+c.R)
	return []Rate{
		rate("RR1", c.I, all, false), rate("RR2", c.Interviews(), all, false),
		rate("RR3", c.I, weighed, false), rate("RR4", c.Interviews(), weighed, false),
		rate("RR5", c.I, only, true), rate("RR6", c.Interviews(), only, true),
		rate("COOP1", c.I, cooperate, false), rate("COOP2", c.Interviews(), cooperate, false),
		rate("COOP3", c.I, without, false), rate("COOP4", c.Interviews(), without, false),
		rate("REF1", c.R, all, false), rate("REF2", c.R, weighed, false), rate("REF3", c.R, only, true),
		rate("CON1", reached, all, false), rate("CON2", reached, weighed, false), rate("CON3", reached, only, true),
	}, nil
}

// base is a denominator, n/by.
type base struct{ n, by *big.Int }

func whole(n int64) base { return base{big.NewInt(n), big.NewInt(1)} }

// weighed is known + e·unknown.
func weighed(known, unknown int64, e Share) base {
	n := new(big.Int).Mul(big.NewInt(known), big.NewInt(e.Den))
	return base{n.Add(n, new(big.Int).Mul(big.NewInt(unknown), big.NewInt(e.Num))), big.NewInt(e.Den)}
}

func rate(id string, of int64, b base, needs bool) Rate {
	return Rate{ID: id, num: new(big.Int).Mul(big.NewInt(of), b.by), den: b.n, Needs: needs}
}
