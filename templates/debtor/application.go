package debtor

import "reliefportal/templates/kit"

// ApplicationView shows the written application as the body will read it.
type ApplicationView struct {
	Remedy string
	Paper  Paper
	// Missing are the characters the PDF cannot print, with spaces between; empty when there are none.
	Missing string
	// Official leads to the paper for the court in its forms, Copy to a copy in the language of the page.
	Official, Copy []kit.Link
	// BookletHref leads to the paper booklet of a draft; empty shows no link.
	BookletHref string
	Filed       bool
	// Hash is the fingerprint of the paper kept; empty while it is being made.
	Hash string
}

// Paper is a paper as a list of blocks. Kinds are those of package paper.
type Paper struct {
	Title, Lang string
	Blocks      []PaperBlock
}

// PaperBlock is one part of a paper.
type PaperBlock struct {
	Kind, Text string
	Head       []string
	Rows       [][]string
	Lines      int
}

// BookletView offers the paper booklet. A POST to Action issues its code and gives the PDF; copy=1 asks for the English words.
type BookletView struct {
	Remedy, Body, Action string
	// English offers the reading copy beside the official paper.
	English bool
	Expires string
}
