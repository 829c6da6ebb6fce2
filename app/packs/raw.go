package packs

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// The shapes of a pack's files. Words stand beside what they belong to; conditions and values stay as nodes until the
// vocabulary is known, so that a mistake can be named with its line.

type rawPack struct {
	ID    string
	From  calendar.Date
	Title rules.Text
	Desk  struct {
		Clock  string
		Reason rules.Text
		Cites  []rawCite
	}
}

type rawSource struct {
	ID     string
	Name   rules.Text
	Number string
	File   string
	SHA256 string `yaml:"sha256"`
	Note   rules.Text
	From   calendar.Date
}

type rawFact struct {
	ID        rules.FactID
	Kind      rules.FactKind
	Label     rules.Text
	Options   []rules.Option
	Personal  bool
	Max       int
	Volunteer bool
}

type rawQuestion struct {
	ID        string
	Fact      rules.FactID
	Ask       rawNode
	Title     rules.Text
	Hint      rules.Text
	Why       rules.Text
	Unsure    bool
	Required  bool
	Past      bool
	Volunteer bool
}

type rawFinder struct {
	Terms     []rawTerm
	Most      int
	Questions []rawQuestion
}

type rawTerm struct {
	ID   string
	When rawNode
}

type rawRemedy struct {
	ID            string
	Like          string // another remedy whose handling this one shares
	Kind          rules.RemedyKind
	Group         string
	Rank          int
	Name          rules.Text
	Plain         rules.Text
	Purpose       rules.Text
	Paper         rules.Text
	Who           rules.Text
	Against       rules.Text
	Body          rules.Text
	Contact       rules.Text
	OpenWhen      rawNode `yaml:"open_when"`
	Urgent        rawNode
	Shut          []rawShut
	Why           []rawReason
	Window        *rawWindow
	NoWindow      rules.Text `yaml:"no_window"`
	Late          []string
	Stay          *rawStay
	Meanwhile     *rawMeanwhile
	Papers        []rawPaper
	MorePapers    []rawPaper `yaml:"more_papers"`
	Questions     []string
	Stages        rawStages
	Outcomes      rawOutcomes
	RefuseGrounds []rawGround `yaml:"refuse_grounds"`
	MoreRefusals  []rawGround `yaml:"more_refusals"`
	Grounds       []rawGround
	Cites         []rawCite
	Overlaps      []string
}

type rawShut struct {
	ID    string
	When  rawNode
	Why   rules.Text
	Ways  []string
	Cites []rawCite
}

type rawReason struct {
	When rawNode
	Text rules.Text
}

type rawWindow struct {
	Clock   string
	From    rules.FactID
	Earlier []rules.FactID
	Later   []rules.FactID
	Event   rules.Text
}

type rawStay struct {
	Effect rules.StayEffect
	Text   rules.Text
	Cites  []rawCite
}

type rawPaper struct {
	ID       string
	Label    rules.Text
	Why      rules.Text
	Where    rules.Text
	Required bool
	When     rawNode
}

type rawOutcome struct {
	ID     string
	Label  rules.Text
	Effect rules.OutcomeEffect
	Next   []rawNext
	Done   *rawCarryOut
}

type rawNext struct {
	Remedy string
	Why    rules.Text
	Carry  map[rules.FactID]rules.FactID
	Set    map[rules.FactID]rawNode
	Say    map[rules.FactID]rules.Text
}

type rawGround struct {
	Code  string
	Label rules.Text
	Cites []rawCite
	Ways  []string
	For   rules.GroundFor
}

type rawRows struct {
	Rows []rawRow
}

type rawRow struct {
	ID       string
	Remedies []string
	When     rawNode
	Of       rules.FactID
	Step     rules.RouteStep
	Named    string
	Body     rules.Text
	Division string
	Then     string
	Never    []string
	Reason   rules.Text
	Cites    []rawCite
}

type rawClocks struct {
	Clocks     []rawClock
	LateDrafts []rawNext `yaml:"late_drafts"`
}

type rawClock struct {
	ID         string
	Who        string
	Title      rules.Text
	Length     string
	Extra      string
	Start      rules.Text
	OnExpiry   []string   `yaml:"on_expiry"`
	ExpiryText rules.Text `yaml:"expiry_text"`
	Cite       rawCite
}

// rawNode keeps a piece of a file for later.
type rawNode struct{ node ast.Node }

// UnmarshalYAML keeps the node.
func (r *rawNode) UnmarshalYAML(n ast.Node) error { r.node = n; return nil }

func (r rawNode) line() int {
	if r.node == nil {
		return 0
	}
	return r.node.GetToken().Position.Line
}

// rawCite reads "CPL 236 | C | 自裁定送达之日起十日内": source and article, standing, phrase of the article.
type rawCite struct{ cite rules.Cite }

// UnmarshalYAML reads the one-line form; a wrong standing is an error.
func (r *rawCite) UnmarshalYAML(n ast.Node) error {
	var s string
	if err := yaml.NodeToValue(n, &s); err != nil {
		return err
	}
	c, err := parseCite(s)
	if err != nil {
		return fmt.Errorf("line %d: %w", n.GetToken().Position.Line, err)
	}
	r.cite = c
	return nil
}

func parseCite(s string) (rules.Cite, error) {
	parts := strings.Split(s, "|")
	if len(parts) < 2 || len(parts) > 3 {
		return rules.Cite{}, fmt.Errorf("citation %q is not \"source article | standing | phrase\"", s)
	}
	source, article, _ := strings.Cut(strings.TrimSpace(parts[0]), " ")
	c := rules.Cite{Source: source, Article: strings.TrimSpace(article), Standing: rules.Standing(strings.TrimSpace(parts[1]))}
	switch c.Standing {
	case rules.Checked, rules.Digest, rules.Memory, rules.Project:
	default:
		return rules.Cite{}, fmt.Errorf("citation %q: standing %q is unknown", s, c.Standing)
	}
	if len(parts) == 3 {
		c.Phrase = strings.TrimSpace(parts[2])
	}
	return c, nil
}

// rawStages is a mapping from stage to clock, or the name of a shared one.
type rawStages struct {
	name string
	list map[rules.Stage]string
}

// UnmarshalYAML reads either form.
func (r *rawStages) UnmarshalYAML(n ast.Node) error { return refOr(n, &r.name, &r.list) }

// rawOutcomes is a list of outcomes, or the name of a shared one.
type rawOutcomes struct {
	name string
	list []rawOutcome
	said bool
}

// UnmarshalYAML reads either form.
func (r *rawOutcomes) UnmarshalYAML(n ast.Node) error {
	r.said = true
	return refOr(n, &r.name, &r.list)
}

// UnmarshalYAML reads a paper, or the id of a shared one.
func (r *rawPaper) UnmarshalYAML(n ast.Node) error {
	type plain rawPaper
	return refOr(n, &r.ID, (*plain)(r))
}

// UnmarshalYAML reads a ground, or the code of a shared one.
func (r *rawGround) UnmarshalYAML(n ast.Node) error {
	type plain rawGround
	return refOr(n, &r.Code, (*plain)(r))
}

func refOr(n ast.Node, id *string, whole any) error {
	if s, ok := n.(*ast.StringNode); ok {
		*id = s.Value
		return nil
	}
	return yaml.NodeToValue(n, whole, yaml.Strict())
}

func citesOf(in []rawCite) []rules.Cite {
	var out []rules.Cite
	for _, c := range in {
		out = append(out, c.cite)
	}
	return out
}
