package reviewer

import (
	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// OfferView asks another court to take a filing. Form: court, pick, reason, text.
type OfferView struct {
	Head Head
	// Why is why the rules brought it here; Due the last day of the clock that runs on.
	Why    string
	Due    calendar.Date
	Second bool // it was offered before: the court above will name who has it
	Court  string
	Courts []kit.Option // courts that the typed name may mean
	Reason []kit.Option
	Text   string
}

// OfferCheckView shows an offer before it is sent.
type OfferCheckView struct {
	Head               Head
	To, Reason, Cite   string
	Text               string
	Second             bool
	Due                calendar.Date
	Hidden             []kit.Hidden
	RecallHint, Answer string
}

// HandedView lists what other bodies ask of this one. Offers are filings to take, Questions those for which it names who has them.
type HandedView struct {
	QueueHref         string
	Offers, Questions []HandedRow
	MayOffers         bool // this person works where filings are taken
	MayQuestions      bool // this person names who has a filing
}

// HandedRow is one line. Left is the number of days to Until; negative when past. Person is masked already.
type HandedRow struct {
	Href, Number, Subject, Person, From, To, Reason string
	Until                                           calendar.Date
	Left                                            int
}

// HandedCaseView is one filing as the body that is asked about it sees it.
type HandedCaseView struct {
	Head  Head
	Owner string
	Until calendar.Date
	Due   calendar.Date // of the filing's own clock
	Hops  []kit.Event
	Facts []Fact
	Trace []kit.TraceRow
	// TakeAction and DeclineAction are POSTs for an offer; both are empty when the question is who has it, and AppointAction is set.
	TakeAction, DeclineAction string
	Declines                  []kit.Option
	AppointAction             string
	Bodies                    []kit.Option // to name; the last is another court, typed below
	Court                     string
	Courts                    []kit.Option
	Text                      string
}
