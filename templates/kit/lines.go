package kit

// The telephone lines and the address to leave to, in one place for whoever deploys the portal. They are shown, never called by the program.
const (
	CourtLine   = "12368" // service line of the people's courts
	LegalLine   = "12348" // legal aid
	SupportLine = "12356" // psychological support
	Police      = "110"
	ExitURL     = "https://weather.cma.cn/"
)
