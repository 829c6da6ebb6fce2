package restriction

// State is how far a restriction has come.
type State string

// The states. Only the person's own word makes one gone.
const (
	Waiting State = "waiting" // the time still runs
	Due     State = "due"     // the day has passed and nobody has said that it is gone
	Gone    State = "gone"    // the person has looked: it is not there any more
	Dropped State = "dropped" // the person does not want to follow it any more
)

// Open says that it is still followed.
func (s State) Open() bool { return s == Waiting || s == Due }
