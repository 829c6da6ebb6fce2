package privacy

// ExportState is how far a copy is.
type ExportState string

// The states of a copy: it waits or is being made, it can be fetched, it could not be made, or its file is gone.
const (
	Waiting ExportState = "waiting"
	Ready   ExportState = "ready"
	Failed  ExportState = "failed"
	Gone    ExportState = "gone"
)

// ErasureState is how far a request to erase one part is.
type ErasureState string

// The states: the job will erase it, an administrator has to answer, it was erased, or it was refused.
const (
	Queued    ErasureState = "queued"
	Asked     ErasureState = "waiting"
	Erased    ErasureState = "erased"
	NotErased ErasureState = "refused"
)

// Open says that the request is not answered yet.
func (s ErasureState) Open() bool { return s == Queued || s == Asked }
