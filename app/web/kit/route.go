package kit

// Handler answers one request. It returns an error instead of writing one: the frame turns it into the right page.
type Handler func(*Ctx) error

// Route is one row of the route table. Rows with the same name share one path and differ in method.
type Route struct {
	// Method is GET or POST. HEAD is served wherever GET is.
	Method string
	// Path is the echo pattern, such as /filings/:id.
	Path string
	// Name is how code speaks of the page, such as "debtor.progress".
	Name string
	// Who may enter; everyone else is sent to sign in or told that there is nothing here.
	Who Who
	// Object is what the parameters of the path point at. The right to it is enforced by the noun's own query; the row declares it, and the
	// access test is generated from it.
	Object Object
	// Upload raises the limits of size and time for rows that take files.
	Upload bool
	// Assisted rows of debtors also admit staff while they type for a person; the row then sees that person, and one filing of his.
	Assisted bool
	// Bare rows load no session and show nobody: health checks and static files.
	Bare bool
	// Handler answers.
	Handler Handler
}

// Object says what the parameters in a path point at, and how the person must be related to it.
type Object string

// The objects of the route table.
const (
	None         Object = ""
	FilingOwn    Object = "filing.own"
	FilingBody   Object = "filing.body"
	DocumentOwn  Object = "document.own"
	DocumentBody Object = "document.body"
	CallbackCase Object = "callback.case"
	Finding      Object = "finding"
	Promise      Object = "finding.promised"
	PreparedOwn  Object = "prepared.own"
	Programme    Object = "callback.programme"
	Referral     Object = "callback.referral"
	Redial       Object = "callback.redial"
	FigureExport Object = "figure.export"
	Court        Object = "court"
	Import       Object = "import"
	Remark       Object = "oversight.remark"
	Recusal      Object = "oversight.recusal"
	Draw         Object = "oversight.draw"
	DrawItem     Object = "oversight.item"
	MeansLine    Object = "means.line"
	Restricted   Object = "restriction.own"
	StaffView    Object = "staff.view"
	Offered      Object = "transfer.offer"
	Asked        Object = "transfer.question"
	ExportOwn    Object = "export.own"
	PasskeyOwn   Object = "passkey.own"
	Erasure      Object = "erasure"
)
