package oversight

// RemarkStatus is where a remark stands.
type RemarkStatus string

// The statuses of a remark.
const (
	RemarkOpen     RemarkStatus = "open"
	RemarkAnswered RemarkStatus = "answered" // final
)

// RecusalStatus is where a request that somebody steps aside stands.
type RecusalStatus string

// The statuses of such a request. While it is Open or Again, the person it is about does not go on (CPL 48).
const (
	RecusalOpen    RecusalStatus = "open"
	RecusalGranted RecusalStatus = "granted" // final
	RecusalRefused RecusalStatus = "refused" // may be asked once more (CPL 50)
	RecusalAgain   RecusalStatus = "again"
	RecusalFinal   RecusalStatus = "final" // refused a second time
)

// Pending says that somebody owes a decision.
func (s RecusalStatus) Pending() bool { return s == RecusalOpen || s == RecusalAgain }

// decided is the status a decision leads to; "" when there is nothing to decide.
func (s RecusalStatus) decided(grant bool) RecusalStatus {
	switch {
	case !s.Pending():
		return ""
	case grant:
		return RecusalGranted
	case s == RecusalAgain:
		return RecusalFinal
	}
	return RecusalRefused
}
