package debtor

import "reliefportal/templates/kit"

// AddressView is the page of the address for service and the consent to electronic service.
// Form: name, address, phone, email, consent (yes, no or nothing), _version; later=1 (button, drafts only) saves and leaves.
type AddressView struct {
	Remedy, Name, Address, Phone, Email, Consent string
	// Why says why the court needs it, with its sources.
	Why   string
	Cites []kit.Cite
	// Agree is what is agreed to; Follows what follows from it, with its sources Rests.
	Agree   string
	Follows []string
	Rests   []kit.Cite
	Version int64
	// Filed says that the filing was handed over: the page changes the address or takes the consent back.
	Filed bool
	// ToCheck says that it is being changed from the check page.
	ToCheck bool
}
