package oversight

import "reliefportal/app/fail"

// checkText refuses words that are too few or too many. The error is Invalid, at the field "text".
func checkText(text string) error { return fail.Text("text", text, TextMin, TextMax) }
