package debtor

import (
	"slices"

	"reliefportal/app/assist"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// otherPaper is the kind of a file that is none of the papers the pack names.
const otherPaper = "other"

// uploadView is the part of a page that takes files, with what was typed.
func uploadView(c *kit.Ctx, o own, docs []document.Document) views.UploadView {
	files, left := document.MaxFiles, int64(document.MaxFiling)
	for _, d := range docs {
		if d.State != document.Refused {
			files, left = files-1, left-d.Size
		}
	}
	view := views.UploadView{Kinds: kinds(c, o), MaxMB: document.MaxFile >> 20, MaxFiles: document.MaxFiles, AllMB: document.MaxFiling >> 20,
		LeftFiles: files, LeftBytes: max(left, 0), Note: c.Form().Raw("note")}
	keepKind(view.Kinds, c.Form().Value("kind"))
	return view
}

// kinds are the papers a file can be.
func kinds(c *kit.Ctx, o own) []tkit.Option {
	var out []tkit.Option
	for _, paper := range o.law.Pack.KindsFor(o.remedy, o.facts) {
		out = append(out, tkit.Option{Value: paper.ID, Label: o.law.Say(paper.Label)})
	}
	return append(out, tkit.Option{Value: otherPaper, Label: c.T("papers.other")})
}

func keepKind(options []tkit.Option, chosen string) {
	for i := range options {
		options[i].Checked = options[i].Value == chosen
	}
}

// kindName is what paper a file is, in words.
func kindName(c *kit.Ctx, o own, id string) string {
	if id == assist.PaperPower {
		return c.T("rep.paper")
	}
	if paper, ok := o.law.Pack.Paper(o.remedy, id); ok {
		return o.law.Say(paper.Label)
	}
	return c.T("papers.other")
}

// checkKind refuses a kind that is not offered. Error: Invalid "kind".
func checkKind(c *kit.Ctx, o own) error {
	kind := c.Form().Value("kind")
	if !slices.ContainsFunc(kinds(c, o), func(k tkit.Option) bool { return k.Value == kind }) {
		return fail.Invalid(fail.F("kind", "papers.which"))
	}
	return nil
}

// attachment reads the part of a form that takes files. Error: Invalid "kind".
func attachment(c *kit.Ctx, o own) (document.Attachment, error) {
	out := document.Attachment{FilingID: o.ID, Paper: c.Form().Value("kind"), Note: c.Form().Value("note")}
	for _, f := range c.Form().Files("file") {
		in := document.Incoming{Name: f.Name, Size: f.Size, Body: f.Open()}
		if f.Problem != nil {
			c.Warn("an upload could not be kept on its way", f.Problem)
			in.Body = nil
		}
		out.Files = append(out.Files, in)
	}
	return out, checkKind(c, o)
}

// take stores the files of an upload form. Those that were refused are told like errors of the form; the others stay, and
// one that is there already is not stored again.
func (p pages) take(c *kit.Ctx, o own) (got document.Attached, err error) {
	in, err := attachment(c, o)
	if err != nil {
		return got, err
	}
	if in.Once = true; o.SubmittedAt != nil {
		in.Since = *o.SubmittedAt
	}
	got, err = p.Files.Attach(c.Context(), c.Actor, in)
	if err == nil && len(got.Refused) > 0 {
		err = fail.Invalid(got.Refused...)
	}
	return got, err
}

// chosen says that the form brought at least one file.
func chosen(c *kit.Ctx) bool { return len(c.Form().Files("file")) > 0 }
