package casenumber

import "strings"

// supreme is the sign of the Supreme People's Court; supremeIP that of its intellectual property court.
const (
	supreme   = "最高法"
	supremeIP = "最高法知"
)

// provinceSigns are the first characters of court signs: provinces, the military courts (军), the Xinjiang corps (兵).
// 贵 and 黔 both stand for Guizhou: lists derived from the rule have 贵, papers carry 黔.
const provinceSigns = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云藏陕甘青宁新兵军"

// Stage says what kind of case a type sign stands for, in the words of rule packs.
type Stage string

// The stages. The zero Stage means that the number does not tell.
const (
	StageEnforcement            Stage = "enforcement"              // 执: first enforcement
	StageResumed                Stage = "resumed"                  // 执恢: enforcement taken up again
	StagePreservationAct        Stage = "preservation_act"         // 执保: carrying out a preservation ruling
	StageObjection              Stage = "objection"                // 执异
	StageReconsideration        Stage = "reconsideration"          // 执复
	StageSupervision            Stage = "supervision"              // 执监
	StageCoordination           Stage = "coordination"             // 执协: disputes between courts
	StageEnforcementOther       Stage = "enforcement_other"        // 执他
	StagePenalty                Stage = "penalty"                  // 司惩: fine, detention
	StagePenaltyReview          Stage = "penalty_review"           // 司惩复
	StagePreservation           Stage = "preservation"             // 财保, 行保: the preservation ruling itself
	StageCompensation           Stage = "compensation"             // 法赔: state compensation by the court
	StageCompensationCommittee  Stage = "compensation_committee"   // 委赔
	StageCompensationSupervised Stage = "compensation_supervision" // 委赔监
	StageAid                    Stage = "aid"                      // 司救执 and its kin: judicial aid
	StageTrial                  Stage = "trial"                    // 民初, 民终 …: the case that made the title
	StageRetrial                Stage = "retrial"                  // 民申, 民再, 民监 …
	StageSpecial                Stage = "special"                  // 民特, 民督 …: special procedures
	StageBankruptcy             Stage = "bankruptcy"               // 破申, 破 …
	StageCriminal               Stage = "criminal"                 // 刑初, 刑终 …
	StageAdministrative         Stage = "administrative"           // 行初, 行审 …
	StageMediation              Stage = "mediation"                // 诉前调 …
)

// stageSigns are the type signs of each stage: the code table of 法〔2015〕137号 as far as read, and the signs of the cases titles come from.
var stageSigns = map[Stage]string{
	StageEnforcement:            "执",
	StageResumed:                "执恢",
	StagePreservationAct:        "执保",
	StageObjection:              "执异",
	StageReconsideration:        "执复",
	StageSupervision:            "执监",
	StageCoordination:           "执协",
	StageEnforcementOther:       "执他",
	StagePenalty:                "司惩",
	StagePenaltyReview:          "司惩复",
	StagePreservation:           "财保 行保",
	StageCompensation:           "法赔",
	StageCompensationCommittee:  "委赔",
	StageCompensationSupervised: "委赔监 委赔提 委赔再",
	StageAid:                    "司救执 司救民 司救刑 司救行 司救赔 司救访 司救他",
	StageTrial:                  "民初 民终 民辖 民辖终 民辖监 民撤 民他",
	StageRetrial:                "民申 民监 民抗 民再 民提",
	StageSpecial:                "民特 民特监 民催 民督 民督监",
	StageBankruptcy:             "破申 破 破终 破监 破他 强清 强清申 清申",
	StageCriminal:               "刑初 刑终 刑申 刑监 刑抗 刑再 刑更 刑没 刑医 刑他",
	StageAdministrative:         "行初 行终 行申 行监 行抗 行再 行审 行赔初 行赔终 行他",
	StageMediation:              "诉前调 民诉前调 引调 民调",
}

// stages finds the stage of a type sign.
var stages = func() map[string]Stage {
	m := map[string]Stage{}
	for stage, signs := range stageSigns {
		for sign := range strings.FieldsSeq(signs) {
			m[sign] = stage
		}
	}
	return m
}()

// Stages returns the stage of every type sign that Parse knows, as a new map.
func Stages() map[string]Stage {
	m := make(map[string]Stage, len(stages))
	for sign, stage := range stages {
		m[sign] = stage
	}
	return m
}
