package kit

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"reliefportal/app/i18n"
)

// The marks of lists are written by hand: a queue draws dozens of them, and they are most of its work.

// TagMark is a word in a pill; nothing when there is no word.
func TagMark(t Tag) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		if t.Text == "" {
			return nil
		}
		class := "govuk-tag"
		if t.Tone != "" {
			class += " t-" + t.Tone
		}
		return mark(w, "strong", class, t.Text)
	})
}

// LeftMark is the days left in a list, with the word that says when it is past.
func LeftMark(p Page, days int) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		class := "left"
		switch {
		case days < 0:
			class = "left left--over"
		case days <= 3:
			class = "left left--soon"
		}
		if _, err := io.WriteString(w, " "); err != nil { // apart from the words around it
			return err
		}
		if err := mark(w, "span", class, i18n.Left(p.Lang, days)); err != nil {
			return err
		}
		_, err := io.WriteString(w, " ")
		return err
	})
}

func mark(w io.Writer, tag, class, text string) error {
	_, err := io.WriteString(w, "<"+tag+` class="`+templ.EscapeString(class)+`">`+templ.EscapeString(text)+"</"+tag+">")
	return err
}
