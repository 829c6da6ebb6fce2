package reviewer

import "reliefportal/templates/kit"

// MeansView is a means statement on the desk: what it comes to, what it was before a change, and every line.
type MeansView struct {
	Number, BackHref string
	// Version says which version it is and when it was added; Kinds what the person says has changed; Rules by which rules it was worked out.
	Version, Kinds, Rules string
	Sum                   kit.Sum
	Compare               kit.Compare
}
