package law

import (
	"reliefportal/app/i18n"
	"reliefportal/app/privacy"
)

// The words of the parts that can be erased: what it is, and what erasing it means.
var partKeys = map[privacy.Part][2]string{
	privacy.PartDrafts:       {"erase.drafts", "erase.drafts_note"},
	privacy.PartMeans:        {"erase.means", "erase.means_note"},
	privacy.PartWishes:       {"erase.wishes", "erase.wishes_note"},
	privacy.PartRestrictions: {"erase.restrictions", "erase.restrictions_note"},
	privacy.PartAppraisals:   {"erase.appraisals", "erase.appraisals_note"},
	privacy.PartExports:      {"erase.exports", "erase.exports_note"},
	privacy.PartCalls:        {"erase.calls", "erase.calls_note"},
	privacy.PartAccount:      {"erase.account", "erase.account_note"},
}

var reasonKeys = map[privacy.Reason]string{
	privacy.DutyToKeep:  "erase.why_duty",
	privacy.OpenMatter:  "erase.why_matter",
	privacy.NotThatOne:  "erase.why_identity",
	privacy.NotPossible: "erase.why_technical",
}

// ErasePart is what a part is, and what erasing it means.
func ErasePart(lang string, p privacy.Part) (label, note string) {
	keys := partKeys[p]
	return i18n.T(lang, keys[0]), i18n.T(lang, keys[1])
}

// EraseReason is why an administrator refused to erase.
func EraseReason(lang string, r privacy.Reason) string { return i18n.T(lang, reasonKeys[r]) }
