package rules

// Court is what the rules need to know of a court.
type Court struct {
	ID        string
	Name      string
	Level     int // 1 supreme, 2 high, 3 intermediate, 4 basic
	Province  string
	Uncertain bool // the directory is not sure of level or parent
}

// Courts is the court directory as the rules see it.
type Courts interface {
	// Court finds a court by its full Chinese name.
	Court(name string) (Court, bool)
	// Above finds the court one level up; false for the supreme court and unknown names.
	Above(name string) (Court, bool)
}

// Procuratorates is what a directory of courts may know besides: the procuratorate that a person has confirmed for a court. Where it knows
// none the name is derived.
type Procuratorates interface {
	// Procuratorate gives the full Chinese name of the procuratorate that supervises the court of this name.
	Procuratorate(court string) (name string, ok bool)
}

// Division kinds a routing row may name.
const (
	DivDocketing    = "docketing"
	DivReview       = "review"
	DivImplementing = "implementing"
	DivCivil        = "civil"
	DivSupervision  = "supervision"
	DivCriminal     = "criminal"
	DivBankruptcy   = "bankruptcy"
	DivCompensation = "compensation"
)

// Routing is the answer to "who must deal with this".
type Routing struct {
	Row      string // id of the row that decided
	Court    string // name of the body; "" while the court it depends on is not known, or when an arbiter decides
	Body     Text   // the body in general words, always given
	Division string // division that receives it (a Div constant)
	Then     string // division after docketing
	Never    []string
	Reason   Text
	Cites    []Cite
	Arbiter  bool     // a person of the portal names the body; never sent back to the applicant
	Missing  []FactID // facts that would name the body
	Trace    []TraceLine
}

// TraceLine is one step of an evaluation, kept with the filing.
type TraceLine struct {
	Rule   string   `json:"rule"` // "R15 open", "B08", "K05"
	Result Truth    `json:"result"`
	Facts  []FactID `json:"facts,omitempty"` // facts read, or, when unknown, facts missing
	Note   string   `json:"note,omitempty"`
}
