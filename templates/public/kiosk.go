package public

// KioskView is the page that makes a browser a shared computer.
type KioskView struct {
	On          bool
	Minutes     int
	StartAction string
	StopAction  string // empty for those who may not make it an ordinary browser again
}

// ForgottenView is the page after everything was forgotten.
type ForgottenView struct{ StartHref string }
