package callback

import "log/slog"

// What people say, their numbers and their names stay out of logs, whoever logs these values.

// LogValue shows a list row by its case.
func (r Row) LogValue() slog.Value { return slog.StringValue("callback case " + r.ID) }

// LogValue shows a case by its id.
func (v View) LogValue() slog.Value { return slog.StringValue("callback case " + v.ID) }

// LogValue shows a reply by its item.
func (r Reply) LogValue() slog.Value { return slog.StringValue("callback item " + r.Item) }

// LogValue shows a report by its outcome code.
func (r Report) LogValue() slog.Value { return slog.StringValue("callback outcome " + r.Code) }

// LogValue shows an attempt by its outcome code.
func (p Past) LogValue() slog.Value { return slog.StringValue("callback outcome " + p.Outcome.Code) }

// LogValue shows a finding by its id.
func (v FindingView) LogValue() slog.Value { return slog.StringValue("finding " + v.ID) }

// LogValue shows a person's finding by the filing.
func (p PersonalFinding) LogValue() slog.Value {
	return slog.StringValue("finding about filing " + p.FilingID)
}

// LogValue shows a number by its id.
func (n Number) LogValue() slog.Value { return slog.StringValue("callback number " + n.ID) }

// LogValue shows a referred case by its id.
func (r Referral) LogValue() slog.Value { return slog.StringValue("callback case " + r.ID) }

// LogValue shows a check by its case.
func (c Check) LogValue() slog.Value { return slog.StringValue("callback case " + c.CaseID) }

// LogValue shows a verdict by its result.
func (v Verdict) LogValue() slog.Value { return slog.StringValue("finding result " + string(v.Result)) }

// LogValue shows a prepared request by its remedy.
func (p Prepared) LogValue() slog.Value { return slog.StringValue("prepared " + p.Remedy) }

// LogValue shows a sitting by nothing at all.
func (s Sitting) LogValue() slog.Value { return slog.StringValue("sitting") }
