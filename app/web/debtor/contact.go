package debtor

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"reliefportal/app/contact"
	"reliefportal/app/fail"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// contactPart is one page of the contact profile: how its answer reads, what its form offers, and how the form is taken.
type contactPart struct {
	id     string
	answer func(c *kit.Ctx, p contact.Profile) string
	fields func(c *kit.Ctx, p contact.Profile) []views.ContactField
	take   func(f *kit.Form, p *contact.Profile) error
}

// contactParts are the pages in their order.
var contactParts = []contactPart{
	{"who", whoAnswer, whoFields, takeWho},
	{"hours", hoursAnswer, hoursFields, takeHours},
	yesNoPart("machine", func(p *contact.Profile) *bool { return &p.MachineOK }),
	yesNoPart("work", func(p *contact.Profile) *bool { return &p.WorkOK }),
	yesNoPart("neutral", func(p *contact.Profile) *bool { return &p.Plain }),
	{"word", wordAnswer, wordFields, func(f *kit.Form, p *contact.Profile) error { p.Word = f.Value("word"); return nil }},
	{"lang", langAnswer, langFields, func(f *kit.Form, p *contact.Profile) error { p.Lang = f.Value("lang"); return nil }},
	{"channels", channelsAnswer, channelsFields, takeChannels},
	{"remind", remindAnswer, remindFields, takeRemind},
}

func contactPartOf(id string) (contactPart, bool) {
	i := slices.IndexFunc(contactParts, func(part contactPart) bool { return part.id == id })
	if i < 0 {
		return contactPart{}, false
	}
	return contactParts[i], true
}

// contact shows how the person may be reached, one line for each page.
func (p pages) contact(c *kit.Ctx) error {
	profile, err := p.Contacts.Of(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	view := views.ContactView{Given: profile.Given(), Silent: profile.NoEmail && profile.NoSMS}
	for _, part := range contactParts {
		view.Rows = append(view.Rows, tkit.SummaryRow{Key: c.T(contactKeys[part.id].short), Value: part.answer(c, profile),
			ChangeHref: c.Path("debtor.contactpart", part.id)})
	}
	page := c.Page()
	page.Back = c.Path("debtor.account")
	return c.OK(views.SafeContact(page, view))
}

// contactPart asks one thing.
func (p pages) contactPart(c *kit.Ctx) error {
	profile, err := p.Contacts.Of(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	part, ok := contactPartOf(c.Param("part"))
	if !ok {
		return fail.NotFound()
	}
	return p.showContactPart(c, http.StatusOK, part, profile, nil)
}

func (p pages) showContactPart(c *kit.Ctx, status int, part contactPart, profile contact.Profile, errs []tkit.FieldError) error {
	view := views.ContactPartView{Title: c.T(contactKeys[part.id].title), Fields: part.fields(c, profile), Version: profile.Version,
		CancelHref: c.Path("debtor.contact")}
	page := c.Page()
	page.Back, page.Errors = view.CancelHref, errs
	return c.Show(status, views.SafeContactPart(page, view))
}

// keepContact takes one page of the profile. What was typed stays on the page when it cannot be kept.
func (p pages) keepContact(c *kit.Ctx) error {
	part, ok := contactPartOf(c.Param("part"))
	if !ok {
		return fail.NotFound()
	}
	profile, err := p.Contacts.Of(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	stored := profile.Version
	if err = part.take(c.Form(), &profile); err == nil {
		profile.Version = formVersion(c) // 0, of a profile nobody has written, is not sent along
		err = p.Contacts.Save(c.Context(), c.Actor, profile)
	}
	profile.Version = stored
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showContactPart(c, http.StatusUnprocessableEntity, part, profile, errs)
	}
	if fail.KindOf(err) == fail.KindConflict {
		fields := part.fields(c, profile)
		return p.showContactPart(c, http.StatusConflict, part, profile, []tkit.FieldError{{ID: fields[len(fields)-1].Field.Name, Text: c.T("contact.stale")}})
	}
	if err != nil {
		return err
	}
	c.Flash("contact.saved")
	return c.To("debtor.contact")
}

// contactWords are the keys of one page: its line in the list, its heading, and what stands below it.
type contactWords struct{ short, title, lead, yes, no string }

var contactKeys = map[string]contactWords{
	"who":      {"contact.who.short", "contact.who.title", "contact.who.lead", "", ""},
	"hours":    {"contact.hours.short", "contact.hours.title", "contact.hours.lead", "", ""},
	"machine":  {"contact.machine.short", "contact.machine.title", "contact.machine.lead", "contact.machine.yes", "contact.machine.no"},
	"work":     {"contact.work.short", "contact.work.title", "contact.work.lead", "contact.work.yes", "contact.work.no"},
	"neutral":  {"contact.neutral.short", "contact.neutral.title", "contact.neutral.lead", "contact.neutral.yes", "contact.neutral.no"},
	"word":     {"contact.word.short", "contact.word.title", "contact.word.lead", "", ""},
	"lang":     {"contact.lang.short", "contact.lang.title", "contact.lang.lead", "", ""},
	"remind":   {"contact.remind.short", "contact.remind.title", "contact.remind.lead", "", ""},
	"channels": {"contact.channels.short", "contact.channels.title", "contact.channels.lead", "", ""},
}

// yesNoPart is a page with one yes or no. Nothing chosen is no, which is the careful answer.
func yesNoPart(id string, of func(*contact.Profile) *bool) contactPart {
	return contactPart{id: id,
		answer: func(c *kit.Ctx, p contact.Profile) string {
			if *of(&p) {
				return c.T(contactKeys[id].yes)
			}
			return c.T(contactKeys[id].no)
		},
		fields: func(c *kit.Ctx, p contact.Profile) []views.ContactField {
			value := "no"
			if *of(&p) {
				value = "yes"
			}
			return []views.ContactField{{Kind: views.ContactRadios, Field: tkit.Field{Name: "value", Label: c.T(contactKeys[id].title), Heading: true, Value: value,
				Hint: c.T(contactKeys[id].lead), Options: []tkit.Option{{Value: "yes", Label: c.T(contactKeys[id].yes)}, {Value: "no", Label: c.T(contactKeys[id].no)}}}}}
		},
		take: func(f *kit.Form, p *contact.Profile) error { *of(p) = f.Value("value") == "yes"; return nil },
	}
}

func whoAnswer(c *kit.Ctx, p contact.Profile) string {
	if len(p.Helpers) == 0 {
		return c.T("contact.who.only_me")
	}
	return strings.Join(p.Helpers, c.T("punct.list"))
}

func whoFields(c *kit.Ctx, p contact.Profile) []views.ContactField {
	return []views.ContactField{{Kind: views.ContactArea, Field: tkit.Field{Name: "helpers", Label: c.T("contact.who.title"), Heading: true, Rows: contact.MaxHelpers,
		Hint: c.T("contact.who.lead", "N", contact.MaxHelpers), Value: strings.Join(p.Helpers, "\n")}}}
}

// takeWho reads one name a line.
func takeWho(f *kit.Form, p *contact.Profile) error {
	p.Helpers = nil
	for line := range strings.Lines(f.Value("helpers")) {
		if line = strings.TrimSpace(line); line != "" {
			p.Helpers = append(p.Helpers, line)
		}
	}
	return nil
}

// week is the week as people here count it.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func dayName(c *kit.Ctx, d time.Weekday) string {
	return c.T([]string{"contact.day.sun", "contact.day.mon", "contact.day.tue", "contact.day.wed", "contact.day.thu", "contact.day.fri", "contact.day.sat"}[d])
}

func hoursAnswer(c *kit.Ctx, p contact.Profile) string {
	days := c.T("contact.hours.any_day")
	var named []string
	for _, d := range week {
		if slices.Contains(p.Days, d) {
			named = append(named, dayName(c, d))
		}
	}
	if len(named) > 0 {
		days = strings.Join(named, c.T("punct.list"))
	}
	if p.To == 0 {
		return days + "\n" + c.T("contact.hours.any_hour")
	}
	return days + "\n" + c.T("contact.hours.between", "From", clock(p.From), "To", clock(p.To))
}

func clock(hour int) string { return strconv.Itoa(hour) + ":00" }

func hoursFields(c *kit.Ctx, p contact.Profile) []views.ContactField {
	days := tkit.Field{Name: "days", Label: c.T("contact.hours.days"), Hint: c.T("contact.hours.days_hint")}
	for _, d := range week {
		days.Options = append(days.Options, tkit.Option{Value: strconv.Itoa(int(d)), Label: dayName(c, d), Checked: slices.Contains(p.Days, d)})
	}
	from, to := hourField(c.T("contact.hours.from"), "from", p.From), hourField(c.T("contact.hours.to"), "to", p.To)
	from.Hint = c.T("contact.hours.from_hint")
	return []views.ContactField{{Kind: views.ContactHead, Field: tkit.Field{Label: c.T("contact.hours.title"), Hint: c.T("contact.hours.lead")}}, {Kind: views.ContactBoxes, Field: days},
		{Kind: views.ContactSelect, Field: from}, {Kind: views.ContactSelect, Field: to}}
}

func hourField(label, name string, value int) tkit.Field {
	f := tkit.Field{Name: name, Label: label}
	for h := contact.Earliest; h <= contact.Latest; h++ {
		f.Options = append(f.Options, tkit.Option{Value: strconv.Itoa(h), Label: clock(h), Checked: h == value})
	}
	return f
}

func takeHours(f *kit.Form, p *contact.Profile) error {
	p.Days = nil
	for _, v := range f.All("days") {
		d, err := strconv.Atoi(v)
		if err != nil {
			return fail.Invalid(fail.F("days", "contact.day_unknown"))
		}
		p.Days = append(p.Days, time.Weekday(d))
	}
	from, _ := f.Int("from")
	to, _ := f.Int("to")
	p.From, p.To = int(from), int(to)
	return nil
}

func wordAnswer(c *kit.Ctx, p contact.Profile) string {
	if p.Word == "" {
		return c.T("contact.word.none")
	}
	return p.Word
}

func wordFields(c *kit.Ctx, p contact.Profile) []views.ContactField {
	return []views.ContactField{{Kind: views.ContactLine, Field: tkit.Field{Name: "word", Label: c.T("contact.word.title"), Heading: true, Short: true, Value: p.Word,
		Hint: c.T("contact.word.lead", "N", contact.MaxCodeWord)}}}
}

func langAnswer(c *kit.Ctx, p contact.Profile) string {
	switch p.Lang {
	case "en":
		return "English"
	case "":
		return c.T("contact.lang.same")
	}
	return "中文"
}

func langFields(c *kit.Ctx, p contact.Profile) []views.ContactField {
	return []views.ContactField{{Kind: views.ContactRadios, Field: tkit.Field{Name: "lang", Label: c.T("contact.lang.title"), Heading: true, Hint: c.T("contact.lang.lead"), Options: []tkit.Option{
		{Value: "zh-Hans", Label: "中文", Checked: p.Lang == "zh-Hans"}, {Value: "en", Label: "English", Checked: p.Lang == "en"},
		{Value: "", Label: c.T("contact.lang.same"), Checked: p.Lang == "", Apart: true}}}}}
}

func channelsAnswer(c *kit.Ctx, p contact.Profile) string {
	var open []string
	for _, ch := range []struct {
		closed bool
		label  string
	}{{p.NoSMS, c.T("contact.channels.sms")}, {p.NoEmail, c.T("contact.channels.email")}, {p.NoCalls, c.T("contact.channels.call")}} {
		if !ch.closed {
			open = append(open, ch.label)
		}
	}
	if len(open) == 0 {
		return c.T("contact.channels.none")
	}
	return strings.Join(open, c.T("punct.list"))
}

func channelsFields(c *kit.Ctx, p contact.Profile) []views.ContactField {
	return []views.ContactField{{Kind: views.ContactBoxes, Field: tkit.Field{Name: "channels", Label: c.T("contact.channels.title"), Heading: true, Hint: c.T("contact.channels.lead"), Options: []tkit.Option{
		{Value: "sms", Label: c.T("contact.channels.sms"), Checked: !p.NoSMS}, {Value: "email", Label: c.T("contact.channels.email"), Checked: !p.NoEmail},
		{Value: "call", Label: c.T("contact.channels.call"), Checked: !p.NoCalls}}}}}
}

// takeChannels reads which channels stay open; a box that is not ticked closes its channel.
func takeChannels(f *kit.Form, p *contact.Profile) error {
	open := f.All("channels")
	p.NoSMS, p.NoEmail, p.NoCalls = !slices.Contains(open, "sms"), !slices.Contains(open, "email"), !slices.Contains(open, "call")
	return nil
}

// reminders are the choices, in working days before the last day.
var reminders = []int{7, 5, 3, 1, 0}

func remindLabel(c *kit.Ctx, n int) string {
	if n == 0 {
		return c.T("contact.remind.same_day")
	}
	return c.T("contact.remind.ahead", "N", n)
}

func remindAnswer(c *kit.Ctx, p contact.Profile) string {
	var out []string
	for _, n := range reminders {
		if slices.Contains(p.RemindDays(), n) {
			out = append(out, remindLabel(c, n))
		}
	}
	if len(out) == 0 {
		return c.T("contact.remind.none")
	}
	return strings.Join(out, c.T("punct.list"))
}

func remindFields(c *kit.Ctx, p contact.Profile) []views.ContactField {
	f := tkit.Field{Name: "remind", Label: c.T("contact.remind.title"), Heading: true, Hint: c.T("contact.remind.lead")}
	for _, n := range reminders {
		f.Options = append(f.Options, tkit.Option{Value: strconv.Itoa(n), Label: remindLabel(c, n), Checked: slices.Contains(p.RemindDays(), n)})
	}
	return []views.ContactField{{Kind: views.ContactBoxes, Field: f}}
}

func takeRemind(f *kit.Form, p *contact.Profile) error {
	p.Remind = nil
	for _, v := range f.All("remind") {
		n, err := strconv.Atoi(v)
		if err != nil {
			return fail.Invalid(fail.F("remind", "contact.remind_wrong"))
		}
		p.Remind = append(p.Remind, n)
	}
	p.NoRemind = len(p.Remind) == 0
	return nil
}
