package rules

import (
	"slices"
	"strings"

	"reliefportal/app/calendar"
)

// Route names the body that must deal with a filing of this remedy. The first row that certainly holds decides. Where no
// row does, or the directory does not know the court, an arbiter names the body: the applicant is never asked again.
func (p *Pack) Route(remedyID string, f Facts, courts Courts) Routing {
	return p.route(p.Env(f, calendar.Date{}, courts), remedyID)
}

func (p *Pack) route(env *Env, remedyID string) Routing {
	var trace []TraceLine
	var missing []FactID
	for i := range p.Rows {
		row := &p.Rows[i]
		if !slices.Contains(row.Remedies, remedyID) && !slices.Contains(row.Remedies, "*") {
			continue
		}
		t := env.Eval(&row.When)
		trace = append(trace, TraceLine{Rule: row.ID, Result: t, Facts: row.When.Facts()})
		switch t {
		case Unknown:
			missing = env.Hinges(&row.When, missing)
		case True:
			out := row.apply(env)
			out.Trace = trace
			out.Missing = append(out.Missing, missing...)
			return out
		}
	}
	return Routing{Arbiter: true, Missing: missing, Trace: trace}
}

// apply names the body a row points at.
func (row *RouteRow) apply(env *Env) Routing {
	out := Routing{
		Row: row.ID, Body: row.Body, Division: row.Division, Then: row.Then,
		Never: row.Never, Reason: row.Reason, Cites: row.Cites,
	}
	switch row.Step {
	case StepNamed:
		out.Court = row.Named
		return out
	case StepArbiter:
		out.Arbiter = true
		return out
	case StepOutside:
		return out
	}
	v, ok := env.Facts.Known(row.Of)
	if !ok {
		out.Missing = []FactID{row.Of}
		out.Arbiter = env.Facts.Asked(row.Of)
		return out
	}
	out.Court, out.Arbiter = row.Step.body(env, v.Text)
	return out
}

// body follows the step from a court's name; sure is false when the directory cannot tell.
func (s RouteStep) body(env *Env, name string) (body string, arbiter bool) {
	switch s {
	case StepSame:
		return name, false
	case StepProcuratorate:
		return procuratorate(name)
	case StepIntermediate:
		return intermediate(env, name)
	}
	return above(env, name)
}

func above(env *Env, name string) (string, bool) {
	if env.Courts == nil {
		return "", true
	}
	c, ok := env.Courts.Above(name)
	if !ok {
		return "", true
	}
	return c.Name, c.Uncertain
}

func intermediate(env *Env, name string) (string, bool) {
	const level = 3
	c, ok := env.court(name)
	if ok && c.Level == level {
		return c.Name, c.Uncertain
	}
	if !ok || c.Level < level {
		return "", true
	}
	return above(env, name)
}

// procuratorate derives the name by the rule that both organs of one seat share it.
func procuratorate(name string) (string, bool) {
	const court, organ = "人民法院", "人民检察院"
	if !strings.HasSuffix(name, court) {
		return "", true
	}
	return strings.TrimSuffix(name, court) + organ, false
}
