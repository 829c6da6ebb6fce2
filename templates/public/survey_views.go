package public

import (
	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// SurveyLinkView is what lies behind a link to answer alone. It never says who the person is, nor which case it is about.
// Forms: StartAction (nothing typed), CodeAction (code), NeverAction (nothing typed).
type SurveyLinkView struct {
	// State is new, started, busy, done, stopped or gone.
	State string
	// Title and Words are those of the questionnaire.
	Title, Words string
	// Until is the last day it can be answered; zero shows nothing.
	Until                                calendar.Date
	StartAction, CodeAction, NeverAction string
	Code                                 string
}

// SurveyItemView is one item of a questionnaire that is answered alone. Form: value, text, item (hidden).
type SurveyItemView struct {
	ID, Part, Lead, Say string
	Open                bool // free words
	Options             []kit.Option
	Value, Text         string
	Number, Of          int
	Max                 int
	Code                string // with which it goes on in another browser
	// PrevHref is the item before, EndHref the page that ends it early.
	PrevHref, EndHref string
	NeverAction       string
}

// SurveyOfferView asks what is to be done about something that was said. Form: choice, reply, finding (hidden).
type SurveyOfferView struct {
	Finding, Label string
	// Offer and Urgent are the words of the pack; Urgent is empty when nothing goes on by itself.
	Offer, Urgent string
	Choices       []kit.Option
	Replies       []kit.Option
	Choice, Reply string
}

// SurveyCareView is shown at once when somebody speaks of harm.
type SurveyCareView struct {
	Say      string
	Lines    []CareLine
	GoOnHref string
	EndHref  string
}

// CareLine is a number to call.
type CareLine struct{ Number, Name string }

// SurveyEndView ends the questionnaire. Form: nothing typed.
type SurveyEndView struct {
	// Left is how many questions are not answered; 0 at the end.
	Left     int
	Thanks   string
	BackHref string
	Code     string
}

// SurveyThanksView says that it is over. TellHref leads to what was prepared and answered, for those with an account.
type SurveyThanksView struct {
	Refused  bool
	TellHref string
}
