package kit

import "reliefportal/app/i18n"

// field makes the input of a question. Its name and id are always "value".
func (q Question) field(p Page) Field {
	f := Field{
		Name: "value", Label: q.Title, Hint: q.Hint, Value: q.Value, Values: q.Values, Heading: true, Max: q.Max,
		Year: q.Year, Month: q.Month, Day: q.Day, Options: q.options(p), Suffix: q.Suffix,
	}
	if q.Optional {
		f.Label += p.T("field.optional")
	}
	switch q.Kind {
	case "money":
		f.InputMode, f.Prefix, f.Short = "decimal", "¥", true
	case "number":
		f.InputMode, f.Short = "numeric", true
	}
	return f
}

// options are the answers of a choice with "I do not know" apart at the end.
func (q Question) options(p Page) []Option {
	all := q.Options
	if q.Kind == "yesno" {
		all = []Option{{Value: "yes", Label: p.T("answer.yes")}, {Value: "no", Label: p.T("answer.no")}}
	}
	if !q.Unsure || q.Kind == "choices" {
		return all
	}
	help := q.UnsureHelp
	if help == "" {
		help = p.T("answer.unsure_help")
	}
	return append(all[:len(all):len(all)], Option{Value: "unsure", Label: p.T("answer.unsure"), Hint: help, Apart: true, Checked: q.IsUnsure})
}

// choice says that "I do not know" is one of the options and needs no box of its own.
func (q Question) choice() bool { return q.Kind == "choice" || q.Kind == "yesno" }

// doorTag words the state of a door.
func doorTag(p Page, d Door) Tag {
	switch d.State {
	case "until":
		return Tag{p.T("door.until", "Date", i18n.DayMonth(p.Lang, d.Until)), "until"}
	case "open":
		return Tag{p.T("door.open"), "open"}
	case "maybe":
		return Tag{p.T("door.maybe"), "maybe"}
	case "late":
		return Tag{p.T("door.late"), "late"}
	}
	return Tag{p.T("door.shut"), "shut"}
}

// doorAct words what the button of a door does.
func doorAct(p Page, state string) string {
	switch state {
	case "maybe":
		return p.T("door.act_maybe")
	case "late":
		return p.T("door.act_late")
	}
	return p.T("door.act")
}
