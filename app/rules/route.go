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
			for _, id := range missing {
				if !slices.Contains(out.Missing, id) {
					out.Missing = append(out.Missing, id)
				}
			}
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

// body follows the step from a court's name. A body the directory cannot vouch for is only proposed: a person decides.
func (s RouteStep) body(env *Env, name string) (body string, arbiter bool) {
	switch s {
	case StepSame:
		_, known := env.court(name)
		return name, !known && env.Courts != nil
	case StepProcuratorate:
		if known, ok := env.Courts.(Procuratorates); ok {
			if organ, ok := known.Procuratorate(name); ok {
				return organ, false
			}
		}
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

// procuratorate derives the name by the rule that both organs of one seat share it: 广东省深圳市中级人民法院 and
// 广东省深圳市人民检察院, 北京市第三中级人民法院 and 北京市人民检察院第三分院. Railway and other special courts follow no
// such rule; a person names theirs.
func procuratorate(name string) (body string, arbiter bool) {
	const organ = "人民检察院"
	seat, ok := strings.CutSuffix(name, "人民法院")
	if !ok {
		return "", true
	}
	if i := strings.Index(seat, "第"); i > 0 && strings.HasSuffix(seat, "中级") {
		return seat[:i] + organ + strings.TrimSuffix(seat[i:], "中级") + "分院", false
	}
	seat = strings.TrimSuffix(strings.TrimSuffix(seat, "中级"), "高级")
	return seat + organ, false
}
