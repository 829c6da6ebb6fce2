// Package reckon works the money rules out line by line: the doubled part of late interest and what is left to pay, what must be left to live
// on, and whether more is sealed than the debt needs. Every line says whether it was counted and by which rule. It is pure: no clock, no
// database; the figures a lawyer may change come in with the input.
package reckon

import (
	"reliefportal/app/fail"
	"reliefportal/app/money"
)

// Standing says how firmly a rule has been checked, with the letters of the rule packs.
type Standing string

// The standings used here.
const (
	Checked Standing = "C"       // the article was read in a full text of the instrument
	Memory  Standing = "M"       // to be confirmed by a lawyer
	Project Standing = "PROJECT" // a choice of this portal, not law
)

// Rule is the source of one line: an article of an instrument that every rule pack knows by the same id.
type Rule struct {
	Source   string // id of the instrument in a rule pack, for example "LI"
	Article  string // "3(3)"; empty for a choice of the portal
	Standing Standing
	Phrase   string // words of the article, which a test looks up in the text
}

// The rules behind the lines.
var (
	RuleDuty    = Rule{"CPL", "264", Checked, "应当加倍支付迟延履行期间的债务利息"}
	RuleFormula = Rule{"LI", "1", Checked, "除一般债务利息之外的金钱债务×日万分之一点七五×迟延履行期间"}
	RuleStart   = Rule{"LI", "2", Checked, "自生效法律文书确定的履行期间届满之日起计算"}
	// RuleNextDay is why the day itself is left out: whoever pays on the last day pays in time, and the first day of a period is not counted.
	RuleNextDay = Rule{"CPL", "85", Checked, "期间开始的时和日，不计算在期间内"}
	RuleEnd     = Rule{"LI", "3(1)", Checked, "相应部分的加倍部分债务利息计算至每次履行完毕之日"}
	RuleTaken   = Rule{"LI", "3(2)", Checked, "计算至划拨、提取之日"}
	RuleSold    = Rule{"LI", "3(2)", Checked, "计算至成交裁定或者抵债裁定生效之日"}
	RuleTurned  = Rule{"LI", "3(2)", Checked, "计算至财产变价完成之日"}
	RuleStay    = Rule{"LI", "3(3)", Checked, "非因被执行人的申请，对生效法律文书审查而中止或者暂缓执行的期间及再审中止执行的期间"}
	RuleOrder   = Rule{"LI", "4", Checked, "应当先清偿生效法律文书确定的金钱债务，再清偿加倍部分债务利息"}
	// RuleOld is Memory because the text at hand does not print the day on which it came into force.
	RuleOld = Rule{"LI", "7", Memory, "本解释施行前的迟延履行期间债务利息按照之前的规定计算"}
	// RuleForeign is named beside the table: sums in another currency are not worked out here.
	RuleForeign = Rule{"LI", "5", Checked, "以该种外币按日万分之一点七五计算加倍部分债务利息"}
	// RuleOwn marks what the law leaves open and this portal has chosen.
	RuleOwn = Rule{"PJ", "", Project, ""}

	RuleIncome   = Rule{"CPL", "254", Checked, "应当保留被执行人及其所扶养家属的生活必需费用"}
	RuleStandard = Rule{"SF", "3", Checked, "当地有最低生活保障标准的，必需的生活费用依照该标准确定"}

	RuleLimit = Rule{"SF", "19", Checked, "以其价额足以清偿法律文书确定的债权额及执行费用为限"}
	RuleLift  = Rule{"SF", "19", Checked, "及时解除对超标的额部分财产的查封、扣押、冻结"}
	RuleWhole = Rule{"SF", "19", Checked, "该财产为不可分物且被执行人无其他可供执行的财产或者其他财产不足以清偿债务的除外"}
)

// fields gathers what cannot be taken, so that all of it is said at once.
type fields []fail.Field

func (f *fields) refuse(bad bool, name, key string) {
	if bad {
		*f = append(*f, fail.F(name, key))
	}
}

func (f fields) err() error {
	if len(f) == 0 {
		return nil
	}
	return fail.Invalid(f...)
}

// fits takes a sum off the room that is left for a list and says whether there was enough; no list may hold more than money.Max in all.
func fits(room *money.Fen, sum money.Fen) bool {
	if sum > *room {
		return false
	}
	*room -= max(0, sum)
	return true
}
