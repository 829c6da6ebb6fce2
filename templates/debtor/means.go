package debtor

import "reliefportal/templates/kit"

// MeansHomeView is the list of the parts of the means statement.
type MeansHomeView struct {
	Parts []MeansPart
	// VersionText says which version it is and when it was saved; empty while nothing was stated.
	VersionText string
	// ResultHref is empty while the statement is not ready.
	ResultHref, ExamplesHref, AssetsHref, ChangedHref string
	// ChangeLead is set while a change of circumstances is being reported: Compare leads on.
	CompareHref string
}

// MeansPart is one part with what was stated about it.
type MeansPart struct {
	Title, Text, Href string
	State             kit.Tag
}

// FormField is one field of a form page. Kind is radios, checks, check, text, money, number, area, select or open (Inner behind a summary).
type FormField struct {
	Kind  string
	Field kit.Field
	Inner []FormField
}

// FormView is a page with one question and its fields.
type FormView struct {
	Caption, Title, Hint, Why string
	Fields                    []FormField
	Version                   int64
	Button                    string
	// Cites are the sources of what the page says.
	Cites []kit.Cite
	// Second is another button of the form, drawn as a link.
	Second kit.ButtonOpts
}

// MeansGroupView lists the lines of one part and offers more. Form: done=1 (button), _version.
type MeansGroupView struct {
	Title, Hint string
	Lines       []MeansRow
	Kinds       []kit.Link
	Version     int64
	Button      string
}

// MeansRow is one line as it was stated.
type MeansRow struct{ Name, Text, ChangeHref, RemoveHref string }

// MeansDropView asks before a line goes. Form: _version.
type MeansDropView struct {
	Name, Text, CancelHref string
	Version                int64
}

// MeansResultView is the worked statement. Nothing is set when nothing, or less than nothing, is left: the page then asks for no date to pay by.
type MeansResultView struct {
	Title, Lead  string
	Sum          kit.Sum
	Nothing      bool
	Doors        []kit.Link
	UseHref      string
	Drafts       []kit.Link
	ChangeHref   string
	ExamplesHref string
	VersionText  string
}

// MeansExamplesView shows worked examples.
type MeansExamplesView struct{ Examples []MeansExample }

// MeansExample is one of them.
type MeansExample struct {
	Title string
	Sum   kit.Sum
}

// MeansAttachView adds the statement to a draft. Form: attach=1 or detach=1 (buttons), _version.
type MeansAttachView struct {
	Remedy               string
	Ready, Have, Newer   bool
	Say                  string
	FillHref, SkipHref   string
	VersionText, HaveSay string
	Version              int64
}

// ChangedView asks what changed. Form: kinds (several).
type ChangedView struct {
	Kinds kit.Field
	// Told is what he told the callback centre; empty when he told nothing.
	Told       string
	Honest     string
	Cites      []kit.Cite
	Doors      []kit.Link
	RemindHref string
}

// ChangedLinesView shows the parts that change.
type ChangedLinesView struct {
	Groups      []MeansGroupView
	GroupHrefs  []string
	MeansHref   string
	CompareHref string
	Empty       bool
}

// ChangedCompareView holds before and now against each other. Form: case (radio), _start (token), file=1 or drop=1 (buttons).
type ChangedCompareView struct {
	Compare    kit.Compare
	Say        string
	CanFile    bool
	FileText   string
	Cases      kit.Field
	Token      string
	MeansHref  string
	DoorsTitle string
	Doors      []kit.Link
}

// AssetsView compares assets with the debt. Form: claim, costs, _version; the second form first_<id> is among them.
type AssetsView struct {
	Claim, Costs string
	First        []kit.Option
	HasAssets    bool
	AddHref      string
	Over         *kit.Sum
	OverNote     string
	Proposal     *kit.Sum
	ProposalHow  string
	ProposalNote string
	OverDraft    *AssetsDraft
	SwapDraft    *AssetsDraft
	Version      int64
}

// AssetsDraft is a request that is already written. Form: text, ask, _start (token), kind (hidden: over or swap).
type AssetsDraft struct {
	Kind, Title, Button, Action, Text, Ask, Token string
}
