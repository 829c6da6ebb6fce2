//go:build !nodynamic

package document

import "errors"

// selfConvert tells that this build leaves converting to heif-convert. Built with the tag nodynamic, as the image is, the program can do it
// itself; without the tag the decoder would load whatever library it finds on the machine into this process.
const selfConvert = false

func convertSelf(_, _ string) error { return errors.New("this build has no converter") }
