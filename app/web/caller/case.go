package caller

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/caller"
	tkit "reliefportal/templates/kit"
)

// call shows one case: to whoever holds it the script and the outcomes, to others the button that takes it.
func (p pages) call(c *kit.Ctx) error {
	v, err := p.Callbacks.Case(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	if !v.Mine || v.Status != callback.Open {
		return p.offer(c, http.StatusOK, v)
	}
	view, err := p.view(c, v)
	if err != nil {
		return err
	}
	return c.OK(views.Case(c.Page(), view))
}

// view is the call as its caller sees it. It holds no debt, no fact of the filing and no outcome of it.
func (p pages) view(c *kit.Ctx, v callback.View) (views.CaseView, error) {
	view := views.CaseView{Number: callback.Short(v.ID), Person: v.Person, Try: len(v.Attempts) + 1, Last: last(c, v), Now: v.Now, Within: v.Open,
		Hours: hours(c, v.Today), Safe: safe(c, v), Phone: i18n.Phone(v.Phone), Tel: v.Phone, Rang: i18n.Time(v.Rang), RangBefore: i18n.Time(v.Rang), Sections: sections(c, v),
		Outcomes: outcomes(c, v.Outcomes), Slots: p.slots(c), AnswerAction: c.Path("caller.answer", v.ID), OutcomeAction: c.Path("caller.attempt", v.ID), ReleaseAction: c.Path("caller.release", v.ID),
		InviteAction: c.Path("caller.invite", v.ID), SheetAction: c.Path("caller.sheet", v.ID),
		Version: v.Version, ListHref: c.Path("caller.list"), Duty: c.T("ring.duty") + "\n" + v.Instrument.Care.In(v.Lang)}
	var err error
	view.Item, view.PrevHref, err = p.item(c, v)
	p.addNumbers(c, v, &view)
	p.addOffer(c, v, &view)
	addCare(c, v, &view)
	return view, err
}

// last says when somebody tried before, and what came of it.
func last(c *kit.Ctx, v callback.View) string {
	if len(v.Attempts) == 0 {
		return ""
	}
	past := v.Attempts[len(v.Attempts)-1]
	return i18n.DateTimeDay(c.Lang, past.At) + " · " + past.Outcome.Label.In(c.Lang)
}

// safe are the rules of safe contact, with what the person wishes.
func safe(c *kit.Ctx, v callback.View) []views.SafeLine {
	who := views.SafeLine{Bold: c.T("ring.safe_person"), Text: c.T("ring.safe_person_text", "Person", v.Person)}
	if helpers := v.Contact.MayAnswer(); len(helpers) > 0 {
		who = views.SafeLine{Bold: c.T("ring.safe_helpers", "Who", strings.Join(helpers, c.T("ring.and"))), Text: c.T("ring.safe_helpers_text")}
	}
	machine := views.SafeLine{Bold: c.T("ring.safe_message"), Text: c.T("ring.safe_message_text")}
	if v.Contact.LeaveMessage() {
		machine = views.SafeLine{Bold: c.T("ring.safe_machine"), Text: c.T("ring.safe_message_text")}
	}
	work := views.SafeLine{Bold: c.T("ring.safe_work"), Text: c.T("ring.safe_work_text")}
	if v.Contact.AtWork() {
		work = views.SafeLine{Bold: c.T("ring.safe_at_work"), Text: c.T("ring.safe_work_text")}
	}
	lines := []views.SafeLine{who, machine, work}
	if word := v.Contact.CodeWord(); word != "" {
		lines = append(lines, views.SafeLine{Bold: c.T("ring.safe_word"), Text: c.T("ring.safe_word_text", "Word", word)})
	}
	return lines
}

// sections are the parts of the call and the one it has come to: consent, those of the questionnaire, and the end.
func sections(c *kit.Ctx, v callback.View) []views.Section {
	asking := v.Consent != nil && v.Progress.Item != nil
	out := []views.Section{{Text: c.T("ring.part_consent"), Now: v.Consent == nil}}
	for _, part := range v.Instrument.Parts {
		out = append(out, views.Section{Text: part.Title.In(c.Lang), Now: asking && v.Progress.Item.Part == part.ID})
	}
	return append(out, views.Section{Text: c.T("ring.part_end"), Now: v.Consent != nil && v.Progress.Item == nil})
}

func outcomes(c *kit.Ctx, codes []rules.OutcomeCode) []views.Outcome {
	out := make([]views.Outcome, 0, len(codes))
	for _, o := range codes {
		if o.System {
			continue // written by the program; no caller chooses it
		}
		out = append(out, views.Outcome{Code: o.Code, Label: o.Label.In(c.Lang), NoteNeeded: o.NoteNeeded, Appointment: o.DateNeeded, Refer: o.Refer})
	}
	return out
}

// slots are the parts of a day an appointment can be made for, in the order of the day.
func (p pages) slots(c *kit.Ctx) []tkit.Option {
	var out []tkit.Option
	for _, s := range p.slotsOf(c) {
		out = append(out, tkit.Option{Value: s.ID, Label: s.Label.In(c.Lang) + " " + clock(s.From) + "–" + clock(s.To)})
	}
	return out
}

func (p pages) slotsOf(c *kit.Ctx) []rules.Slot {
	return slices.SortedStableFunc(slices.Values(p.Packs.On(c.Today()).Calls.Slots), func(a, b rules.Slot) int { return cmp.Compare(a.From, b.From) })
}

// clock writes minutes after midnight as a time of day.
func clock(minutes int) string {
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return two(minutes/60) + ":" + two(minutes%60)
}

// item is what is read out now: the words of consent first, then the item the answers have led to, or one that is to be corrected.
func (p pages) item(c *kit.Ctx, v callback.View) (item *views.Item, prev string, err error) {
	if v.Consent == nil {
		item, err = p.consentItem(c, v)
		return item, "", err
	}
	now := v.Progress.Item
	if asked, ok := v.Instrument.Item(c.Query("item")); ok && v.Answers.Asked(rules.FactID(asked.ID)) {
		now = asked
	}
	if id := before(v, now); id != "" {
		prev = kit.WithQuery(c.Path("caller.case", v.ID), "item", id)
	}
	if now == nil {
		return nil, prev, nil
	}
	return question(v, now), prev, nil
}

// before is the item answered before the one on the page.
func before(v callback.View, now *rules.Item) string {
	id := ""
	for _, it := range v.Instrument.Items {
		if now != nil && it.ID == now.ID {
			break
		}
		if v.Answers.Asked(rules.FactID(it.ID)) {
			id = it.ID
		}
	}
	return id
}

// question shows one item exactly as the pack words it.
func question(v callback.View, it *rules.Item) *views.Item {
	answer := v.Answers[rules.FactID(it.ID)]
	out := &views.Item{ID: it.ID, Kind: string(it.Kind), Lead: it.Intro.In(v.Lang), Say: it.Text.In(v.Lang), Value: answer.Choice, Text: answer.Text,
		Number: place(v, it), Of: max(v.Progress.Of, place(v, it)), Probe: probes(v)}
	for _, o := range v.Instrument.Answers(it) {
		option := tkit.Option{Value: o.ID, Label: o.Label.In(v.Lang)}
		if slices.ContainsFunc(v.Instrument.Apart, func(a rules.Option) bool { return a.ID == o.ID }) {
			out.Apart = append(out.Apart, option)
		} else {
			out.Options = append(out.Options, option)
		}
	}
	return out
}

// place is the number of an item among those the answers have led to.
func place(v callback.View, it *rules.Item) int {
	if v.Progress.Item != nil && v.Progress.Item.ID == it.ID {
		return v.Progress.Number
	}
	n := 1
	for _, other := range v.Instrument.Items {
		if other.ID == it.ID {
			break
		}
		if v.Answers.Asked(rules.FactID(other.ID)) {
			n++
		}
	}
	return n
}

// probes are the only words that may be added.
func probes(v callback.View) string {
	said := make([]string, len(v.Instrument.Probes))
	for i, p := range v.Instrument.Probes {
		said[i] = p.In(v.Lang)
	}
	return strings.Join(said, "\n")
}

// The answers to the words of consent.
const (
	consentItemID = "consent"
	consentYes    = "yes"
	consentNo     = "no"
)

// consentItem is the words that come first, with the caller's name, number and the length of the call filled in.
func (p pages) consentItem(c *kit.Ctx, v callback.View) (*views.Item, error) {
	name, err := p.Accounts.NameOf(c.Context(), c.Actor.PersonID)
	if err != nil {
		return nil, err
	}
	return &views.Item{ID: consentItemID, Kind: consentItemID,
		Say: fillIn(v.Instrument.Consent.In(v.Lang), name, staffNumber(c.Actor), strconv.Itoa(v.Progress.Minutes())),
		Options: []tkit.Option{
			{Value: consentYes, Label: i18n.T(v.Lang, "ring.consent_yes")},
			{Value: consentNo, Label: i18n.T(v.Lang, "ring.consent_no")},
		}}, nil
}

// staffNumber is the number a caller gives to the person, who can ask for it later.
func staffNumber(a account.Actor) string { return callback.Short(a.PersonID) }
