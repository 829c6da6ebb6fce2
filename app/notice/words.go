package notice

import (
	"maps"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
)

// words are the message keys of one kind of message.
type words struct {
	subject, body string // of the e-mail
	text          string // of the text message
	needs         string // the argument without which otherwise is used; empty when there is no other wording
	otherwise     *words
	opens         bool   // the argument code is a secret that opens something, and all that a neutral message tells
	refuses       bool   // by the argument code the person says no to something; a neutral message tells it, and not what it is about
	link          bool   // the e-mail holds a link: it opens nothing of the person's, shows no name and asks for no secret
	mine          string // the argument that is the person's own last day, the one thing a neutral message tells; empty for most
}

// kinds are all kinds of messages with their words. A kind is a fact about a filing, told once to its debtor (to staff where it
// says so).
var kinds = map[string]words{
	"code":       {subject: "notice.code.subject", body: "notice.code.body", text: "notice.code.sms", opens: true},
	"submitted":  {subject: "notice.submitted.subject", body: "notice.submitted.body", text: "notice.submitted.sms"},
	"accepted":   {subject: "notice.accepted.subject", body: "notice.accepted.body", text: "notice.accepted.sms"},
	"supplement": {subject: "notice.supplement.subject", body: "notice.supplement.body", text: "notice.supplement.sms", mine: "due"},
	"supplement_answered": {subject: "notice.supplement_answered.subject", body: "notice.supplement_answered.body",
		text: "notice.supplement_answered.sms"},
	"supplement_lapsed": {subject: "notice.supplement_lapsed.subject", body: "notice.supplement_lapsed.body",
		text: "notice.supplement_lapsed.sms"},
	"designated": {subject: "notice.designated.subject", body: "notice.designated.body", text: "notice.designated.sms"},
	"refused":    {subject: "notice.refused.subject", body: "notice.refused.body", text: "notice.refused.sms"},
	"decided":    {subject: "notice.decided.subject", body: "notice.decided.body", text: "notice.decided.sms"},
	"served": {subject: "notice.served.subject", body: "notice.served.body", text: "notice.served.sms", needs: "until", mine: "until",
		otherwise: &words{subject: "notice.served.subject", body: "notice.served_open.body", text: "notice.served_open.sms"}},
	"overdue":        {subject: "notice.overdue.subject", body: "notice.overdue.body", text: "notice.overdue.sms"},
	"overdue_staff":  {subject: "notice.overdue_staff.subject", body: "notice.overdue_staff.body", text: "notice.overdue_staff.sms"},
	"draft_expiring": {subject: "notice.draft_expiring.subject", body: "notice.draft_expiring.body", text: "notice.draft_expiring.sms", mine: "due"},
	"clock_moved":    {subject: "notice.clock_moved.subject", body: "notice.clock_moved.body", text: "notice.clock_moved.sms"},
	"window_moved":   {subject: "notice.window_moved.subject", body: "notice.window_moved.body", text: "notice.window_moved.sms", mine: "due"},
	"service_corrected": {subject: "notice.service_corrected.subject", body: "notice.service_corrected.body", text: "notice.service_corrected.sms", needs: "until", mine: "until",
		otherwise: &words{subject: "notice.service_corrected.subject", body: "notice.service_corrected_open.body", text: "notice.service_corrected_open.sms"}},
	"help_code":    {subject: "notice.help_code.subject", body: "notice.help_code.body", text: "notice.help_code.sms", opens: true},
	"contact_new":  {subject: "notice.contact_new.subject", body: "notice.contact_new.body", text: "notice.contact_new.sms", opens: true},
	"contact_old":  {subject: "notice.contact_old.subject", body: "notice.contact_old.body", text: "notice.contact_old.sms", opens: true},
	"contact_wait": {subject: "notice.contact_wait.subject", body: "notice.contact_wait.body", text: "notice.contact_wait.sms"},
	"contact_done": {subject: "notice.contact_done.subject", body: "notice.contact_done.body", text: "notice.contact_done.sms"},
	"export_code":  {subject: "notice.export_code.subject", body: "notice.export_code.body", text: "notice.export_code.sms", opens: true},
	"export_ready": {subject: "notice.export_ready.subject", body: "notice.export_ready.body", text: "notice.export_ready.sms", mine: "due"},
	// What a person asked to have erased.
	"erased":         {subject: "notice.erased.subject", body: "notice.erased.body", text: "notice.erased.sms"},
	"erase_refused":  {subject: "notice.erase_refused.subject", body: "notice.erase_refused.body", text: "notice.erase_refused.sms"},
	"account_erased": {subject: "notice.account_erased.subject", body: "notice.account_erased.body", text: "notice.account_erased.sms"},
	"passkey_added":  {subject: "notice.passkey_added.subject", body: "notice.passkey_added.body", text: "notice.passkey_added.sms"},
	// Before the first call of a survey: who calls, why, that it is voluntary, and by which code to refuse for good.
	"means_reminder":  {subject: "notice.means_reminder.subject", body: "notice.means_reminder.body", text: "notice.means_reminder.sms"},
	"callback_soon":   {subject: "notice.callback_soon.subject", body: "notice.callback_soon.body", text: "notice.callback_soon.sms", refuses: true},
	"file_refused":    {subject: "notice.file_refused.subject", body: "notice.file_refused.body", text: "notice.file_refused.sms"},
	"files_late":      {subject: "notice.files_late.subject", body: "notice.files_late.body", text: "notice.files_late.sms"},
	"reminder":        {subject: "notice.reminder.subject", body: "notice.reminder.body", text: "notice.reminder.sms", mine: "due"},
	"carried_ask":     {subject: "notice.carried_ask.subject", body: "notice.carried_ask.body", text: "notice.carried_ask.sms"},
	"restriction_due": {subject: "notice.restriction_due.subject", body: "notice.restriction_due.body", text: "notice.restriction_due.sms"},
	"withdrawn":       {subject: "notice.withdrawn.subject", body: "notice.withdrawn.body", text: "notice.withdrawn.sms"},
	"survey_invite":   {subject: "notice.survey_invite.subject", body: "notice.survey_invite.body", text: "notice.survey_invite.sms", link: true},
	"told_answered":   {subject: "notice.told_answered.subject", body: "notice.told_answered.body", text: "notice.told_answered.sms"},
	// a filing on its way to another body: the person, then the bodies
	"transfer_offered":     {subject: "notice.transfer_offered.subject", body: "notice.transfer_offered.body", text: "notice.transfer_offered.sms"},
	"transfer_taken":       {subject: "notice.transfer_taken.subject", body: "notice.transfer_taken.body", text: "notice.transfer_taken.sms"},
	"transfer_above":       {subject: "notice.transfer_above.subject", body: "notice.transfer_above.body", text: "notice.transfer_above.sms"},
	"transfer_recalled":    {subject: "notice.transfer_recalled.subject", body: "notice.transfer_recalled.body", text: "notice.transfer_recalled.sms"},
	"transfer_appointed":   {subject: "notice.transfer_appointed.subject", body: "notice.transfer_appointed.body", text: "notice.transfer_appointed.sms"},
	"transfer_succeeded":   {subject: "notice.transfer_succeeded.subject", body: "notice.transfer_succeeded.body", text: "notice.transfer_succeeded.sms"},
	"transfer_asked_staff": {subject: "notice.transfer_asked_staff.subject", body: "notice.transfer_asked_staff.body", text: "notice.transfer_asked_staff.sms"},
	"transfer_above_staff": {subject: "notice.transfer_above_staff.subject", body: "notice.transfer_above_staff.body", text: "notice.transfer_above_staff.sms"},
	"transfer_kept_staff":  {subject: "notice.transfer_kept_staff.subject", body: "notice.transfer_kept_staff.body", text: "notice.transfer_kept_staff.sms"},
	"transfer_now_staff":   {subject: "notice.transfer_now_staff.subject", body: "notice.transfer_now_staff.body", text: "notice.transfer_now_staff.sms"},
	"transfer_ended_staff": {subject: "notice.transfer_ended_staff.subject", body: "notice.transfer_ended_staff.body", text: "notice.transfer_ended_staff.sms"},
	"recusal_decided":      {subject: "notice.recusal_decided.subject", body: "notice.recusal_decided.body", text: "notice.recusal_decided.sms"},
	// to staff: remarks of a procuratorate, requests that somebody steps aside
	"remark":             {subject: "notice.remark.subject", body: "notice.remark.body", text: "notice.remark.sms"},
	"remark_late":        {subject: "notice.remark_late.subject", body: "notice.remark_late.body", text: "notice.remark_late.sms"},
	"remark_answered":    {subject: "notice.remark_answered.subject", body: "notice.remark_answered.body", text: "notice.remark_answered.sms"},
	"recusal":            {subject: "notice.recusal.subject", body: "notice.recusal.body", text: "notice.recusal.sms"},
	"recusal_late":       {subject: "notice.recusal_late.subject", body: "notice.recusal_late.body", text: "notice.recusal_late.sms"},
	"decision_corrected": {subject: "notice.decision_corrected.subject", body: "notice.decision_corrected.body", text: "notice.decision_corrected.sms"},

	// to those who decide
	"sign_staff":     {subject: "notice.sign_staff.subject", body: "notice.sign_staff.body", text: "notice.sign_staff.sms"},
	"returned_staff": {subject: "notice.returned_staff.subject", body: "notice.returned_staff.body", text: "notice.returned_staff.sms"},

	"clock_near_staff":      {subject: "notice.clock_near_staff.subject", body: "notice.clock_near_staff.body", text: "notice.clock_near_staff.sms"},
	"clock_late_supervisor": {subject: "notice.clock_late_supervisor.subject", body: "notice.clock_late_supervisor.body", text: "notice.clock_late_supervisor.sms"},
	"clock_late_above":      {subject: "notice.clock_late_above.subject", body: "notice.clock_late_above.body", text: "notice.clock_late_above.sms"},
	// to supervisors
	"finding_urgent":    {subject: "notice.finding_urgent.subject", body: "notice.finding_urgent.body", text: "notice.finding_urgent.sms"},
	"finding_late":      {subject: "notice.finding_late.subject", body: "notice.finding_late.body", text: "notice.finding_late.sms"},
	"finding_passed_up": {subject: "notice.finding_passed_up.subject", body: "notice.finding_passed_up.body", text: "notice.finding_passed_up.sms"},
}

func (w words) fitting(args map[string]any) words {
	if w.needs == "" || w.otherwise == nil {
		return w
	}
	if d, ok := args[w.needs].(calendar.Date); ok && !d.IsZero() {
		return w
	}
	return w.otherwise.fitting(args)
}

// style is how the person wishes to be written to.
type style struct {
	neutral bool
	word    string // code word, empty for none
}

// email words an e-mail: subject, and a body that ends with where to find a person and the note against fraud. A neutral one says only that
// there is news, with the person's own last day.
func (w words) email(lang string, st style, args map[string]any) (subject, body string) {
	if st.neutral {
		parts := append([]string{w.news(lang, args)}, nonEmpty(st.word)...)
		return i18n.T(lang, "notice.neutral.subject"), strings.Join(parts, "\n\n") + "\n"
	}
	parts := []string{strings.TrimSpace(i18n.With(lang, w.body, args))}
	if st.word != "" {
		parts = append(parts, i18n.T(lang, "notice.word", "Word", st.word))
	}
	parts = append(parts, i18n.T(lang, "notice.help")+"\n"+i18n.T(lang, "notice.scam"))
	return i18n.With(lang, w.subject, args), strings.Join(parts, "\n\n") + "\n"
}

// news is all that a neutral message says.
func (w words) news(lang string, args map[string]any) string {
	if code, ok := args["code"].(string); ok && w.opens {
		return i18n.T(lang, "notice.neutral.code", "Code", code)
	}
	if code, ok := args["code"].(string); ok && w.refuses {
		return i18n.T(lang, "notice.neutral.refuse", "Code", code)
	}
	if d, ok := args[w.mine].(calendar.Date); ok && !d.IsZero() {
		return i18n.T(lang, "notice.neutral.until", "Date", shortDate(lang, d))
	}
	return i18n.T(lang, "notice.neutral.news")
}

// neutralSender is the name that neutral messages come from; it does not name the portal.
func neutralSender(lang string) string { return i18n.T(lang, "notice.neutral.sender") }

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// sms words a text message, with dates short and without the year. A code word comes last.
func (w words) sms(lang string, st style, args map[string]any) string {
	if st.neutral {
		parts := append([]string{i18n.T(lang, "notice.neutral.sms", "Sender", neutralSender(lang), "Text", w.news(lang, args))}, nonEmpty(st.word)...)
		return strings.Join(parts, " ")
	}
	short := maps.Clone(args)
	for name, v := range short {
		if d, ok := v.(calendar.Date); ok {
			short[name] = shortDate(lang, d)
		}
	}
	parts := append([]string{i18n.With(lang, w.text, short)}, nonEmpty(st.word)...)
	return strings.Join(parts, " ")
}

func shortDate(lang string, d calendar.Date) string {
	if lang == i18n.English {
		return i18n.DateShort(lang, d)
	}
	return i18n.DateDay(lang, d)
}
