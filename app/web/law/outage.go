package law

import (
	"reliefportal/app/i18n"
	"reliefportal/app/outage"
)

// Outages puts entries of the ledger into sentences: from when to when, what did not work, and how it is known.
func Outages(lang string, all []outage.Entry) []string {
	var out []string
	for _, e := range all {
		out = append(out, Outage(lang, e))
	}
	return out
}

// Outage puts one entry of the ledger into a sentence.
func Outage(lang string, e outage.Entry) string {
	from, to, what := i18n.DateTime(lang, e.StartedAt), i18n.DateTime(lang, e.EndedAt), OutageKind(lang, e.Kind)
	switch e.Basis {
	case outage.Silence:
		return i18n.T(lang, "outage.silence", "From", from, "To", to, "What", what)
	case outage.Failures:
		return i18n.T(lang, "outage.failures", "From", from, "To", to, "What", what, "N", int(e.Failures))
	}
	return i18n.T(lang, "outage.entered", "From", from, "To", to, "What", what)
}

// OutageKind says what did not work.
func OutageKind(lang string, k outage.Kind) string {
	switch k {
	case outage.Down:
		return i18n.T(lang, "outage.down")
	case outage.Save:
		return i18n.T(lang, "outage.save")
	case outage.Upload:
		return i18n.T(lang, "outage.upload")
	case outage.Scan:
		return i18n.T(lang, "outage.scan")
	case outage.Mail:
		return i18n.T(lang, "outage.mail")
	}
	return i18n.T(lang, "outage.sms")
}
