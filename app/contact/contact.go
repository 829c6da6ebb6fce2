// Package contact knows how a person may be reached without harm: by which channels, when, who may answer, and how little a message
// may give away. Whoever writes to a person or calls one asks here first; a profile is sealed as a whole and never logged.
//
// Somebody who has said nothing gets the careful profile: only the person may be spoken to, nothing is left on a machine, nobody calls
// at work. A third person is told nothing, whatever the profile says; that is not a choice.
package contact

import (
	"log/slog"
	"slices"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/i18n"
)

// Limits of a profile (PROJECT): enough for a household, short enough to be read aloud.
const (
	MaxHelpers  = 5
	MaxHelper   = 30 // characters of one name with how they are related
	MaxCodeWord = 10 // characters; it is added to text messages, which are short
	MostAhead   = 9  // working days before a last day
)

// Profile is how a person wishes to be reached. The zero value is the careful one of somebody who has said nothing.
type Profile struct {
	// Helpers may answer the telephone and fetch the person; empty: only the person. They too are told nothing of the matter.
	Helpers []string `json:"helpers,omitempty"`
	// Days are the days of the week on which to call; empty: every working day. Saturday and Sunday only when they are named.
	Days []time.Weekday `json:"days,omitempty"`
	// From and To are the hours of the day in China between which to call, To not included; both zero: all calling hours.
	From int `json:"from,omitempty"`
	To   int `json:"to,omitempty"`
	// MachineOK lets a caller leave the words "please call back" on a machine; nothing else is ever left there.
	MachineOK bool `json:"machine_ok,omitempty"`
	// WorkOK lets a caller go on when the person is at work.
	WorkOK bool `json:"work_ok,omitempty"`
	// Plain makes every message neutral: a sender name, a subject and words that do not say what it is about.
	Plain bool `json:"plain,omitempty"`
	// Word is the code word that shows the person that it is us, in messages and on the telephone.
	Word string `json:"word,omitempty"`
	// Lang is the language to write and speak in, zh-Hans or en; empty takes the language of the filing.
	Lang string `json:"lang,omitempty"`
	// Remind are the working days before a last day on which to be reminded; empty takes the usual ones. NoRemind wants none.
	Remind   []int `json:"remind,omitempty"`
	NoRemind bool  `json:"no_remind,omitempty"`
	// NoEmail, NoSMS and NoCalls close a channel.
	NoEmail bool `json:"no_email,omitempty"`
	NoSMS   bool `json:"no_sms,omitempty"`
	NoCalls bool `json:"no_calls,omitempty"`
	// Version grows with every change; 0 is a profile nobody has written. It is not sealed with the rest.
	Version int64 `json:"-"`
}

// LogValue keeps a profile out of logs.
func (p Profile) LogValue() slog.Value { return slog.StringValue("contact profile") }

// Given says that the person has written a profile.
func (p Profile) Given() bool { return p.Version > 0 }

// MaySend says whether a message may go by the channel. Sign-in codes are no messages in this sense: the person asks for each.
func (p Profile) MaySend(channel account.ContactKind) bool {
	switch channel {
	case account.Email:
		return !p.NoEmail
	case account.Mobile:
		return !p.NoSMS
	}
	return false
}

// Neutral says that a message must not show what it is about, nor from whom it is beyond the neutral name.
func (p Profile) Neutral() bool { return p.Plain }

// CodeWord is what a message or a caller says to be recognised; empty when the person has set none.
func (p Profile) CodeWord() string { return p.Word }

// LeaveMessage says whether "please call back" may be left on a machine.
func (p Profile) LeaveMessage() bool { return p.MachineOK }

// AtWork says whether the person may be spoken to at work.
func (p Profile) AtWork() bool { return p.WorkOK }

// MayAnswer lists who besides the person may answer and fetch the person; empty: nobody.
func (p Profile) MayAnswer() []string { return slices.Clone(p.Helpers) }

// LanguageOr is the language to use, where fallback is that of the filing.
func (p Profile) LanguageOr(fallback string) string {
	if p.Lang != "" {
		return i18n.Pick(p.Lang)
	}
	return fallback
}

// UsualReminders are the working days before a last day on which somebody is reminded who has not chosen (PROJECT).
var UsualReminders = []int{3, 1}

// RemindDays are the working days before a last day of the person's own on which to send a reminder; none when the person wants none.
func (p Profile) RemindDays() []int {
	switch {
	case p.NoRemind:
		return nil
	case len(p.Remind) == 0:
		return slices.Clone(UsualReminders)
	}
	return slices.Clone(p.Remind)
}
