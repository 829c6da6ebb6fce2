package rules

import (
	"regexp"
	"slices"
)

// Application says how the written applications of the remedies read, and what is said about the address for service.
type Application struct {
	Forms   []ApplicationForm
	Service ServiceWords
}

// ApplicationForm is the build of one kind of written application. The first form that names a remedy is used; "*" names all.
type ApplicationForm struct {
	ID       string
	Remedies []string
	Person   Text // what the person is called in it, for example 异议人
	Parts    []ApplicationPart
}

// ApplicationPart is one section: set sentences, then the person's own words.
type ApplicationPart struct {
	Title Text
	// Lines are sentences with answers in braces; a sentence is left out while one of its answers is not known.
	Lines []Text
	// Words are facts whose text stands there whole, as the person wrote it.
	Words []FactID
}

// ServiceWords is what is said about the address for service and the consent to electronic service.
type ServiceWords struct {
	Why     Text // why the court needs an address
	Cites   []Cite
	Version string // of the words of consent; kept with every consent
	Consent Text   // what the person agrees to
	Follows []Text // what follows from it, a sentence each
	Rests   []Cite // what the consent rests on
}

// The facts of the address for service. The portal asks for them on a page of their own; the pack declares them.
const (
	FactServiceName    FactID = "service_name"    // who takes the letters
	FactServiceAddress FactID = "service_address" // postal address
	FactServicePhone   FactID = "service_phone"
	FactServiceEmail   FactID = "service_email"
	FactServiceConsent FactID = "service_consent" // yes: agrees to electronic service
)

// ServiceFacts are the facts of the address for service, in the order of the page.
var ServiceFacts = []FactID{FactServiceName, FactServiceAddress, FactServicePhone, FactServiceEmail, FactServiceConsent}

const anyRemedy = "*"

// FormFor is the form of a remedy's written application; ok is false when the pack has none.
func (p *Pack) FormFor(remedy string) (ApplicationForm, bool) {
	for _, f := range p.Application.Forms {
		if slices.Contains(f.Remedies, remedy) || slices.Contains(f.Remedies, anyRemedy) {
			return f, true
		}
	}
	return ApplicationForm{}, false
}

var slot = regexp.MustCompile(`\{([a-z_]+)\}`)

// Slots are the facts that a sentence of a form names in braces.
func Slots(sentence string) []FactID {
	var out []FactID
	for _, m := range slot.FindAllStringSubmatch(sentence, -1) {
		out = append(out, FactID(m[1]))
	}
	return out
}

// FillSlots puts answers into a sentence. ok is false when say does not know one of them.
func FillSlots(sentence string, say func(FactID) (string, bool)) (text string, ok bool) {
	ok = true
	text = slot.ReplaceAllStringFunc(sentence, func(s string) string {
		said, known := say(FactID(s[1 : len(s)-1]))
		ok = ok && known
		return said
	})
	return text, ok
}
