package debtor

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// DataView is the page on which a person asks for a copy of everything about him.
type DataView struct {
	Exports   []ExportRow
	Days      int  // a copy is kept
	Shared    bool // a shared computer: no copy is fetched there
	Making    bool
	AgainHref string
	EraseHref string
}

// ExportRow is one copy.
type ExportRow struct {
	Asked       time.Time
	Tag         kit.Tag
	Done, Total int
	Making      bool
	Ready       bool
	Until       calendar.Date
	Size, Hash  string
	FetchAction string
}

// DataCodeView asks for the code that went to the person.
type DataCodeView struct {
	Contact, Code string
	Minutes       int
	AgainAction   string
}

// EraseView is the page on which a person asks for things to be erased.
type EraseView struct {
	Parts    []ErasePart
	Asked    []ErasureRow
	Days     int // working days for an answer
	DataHref string
}

// ErasePart is one thing that can be erased. Blocked says why not now; Note what erasing means.
type ErasePart struct {
	ID, Label, Note, Blocked string
	Checked                  bool
	Later                    bool // somebody answers first
}

// ErasureRow is one request.
type ErasureRow struct {
	What, Text string
	Tag        kit.Tag
	On         calendar.Date
}

// EraseCheckView shows once more what is about to be erased.
type EraseCheckView struct {
	Now, Later []string
	Account    bool
	Parts      string // for the form
	Days       int
	BackHref   string
}

// PasskeysView lists a person's passkeys and adds one.
type PasskeysView struct {
	Keys        []PasskeyRow
	Name        string
	BeginAction string
	Shared      bool // a shared computer
	Possible    bool // the portal has an address a passkey can be bound to
}

// PasskeyRow is one passkey; Used is zero until it was used.
type PasskeyRow struct {
	Name         string
	Added, Used  time.Time
	RemoveAction string
}

func (v EraseView) options(later bool) []kit.Option {
	var out []kit.Option
	for _, part := range v.Parts {
		if part.Later == later && part.Blocked == "" {
			out = append(out, kit.Option{Value: part.ID, Label: part.Label, Hint: part.Note, Checked: part.Checked})
		}
	}
	return out
}

func (v EraseView) blocked() []ErasePart {
	var out []ErasePart
	for _, part := range v.Parts {
		if part.Blocked != "" {
			out = append(out, part)
		}
	}
	return out
}
