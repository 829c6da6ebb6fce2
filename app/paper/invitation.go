package paper

import (
	"io"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
)

// InvitationData is a sheet by which somebody answers alone. It names nobody and no case: whoever finds it learns nothing.
type InvitationData struct {
	Address string // the link, drawn as a square code and written out
	At      time.Time
	Until   calendar.Date
}

// squareSide is how wide the code is drawn: 50 mm, which a telephone reads from an arm's length.
const squareSide = 141.7

// Invitation writes the sheet in both languages, the Chinese first.
func Invitation(w io.Writer, d InvitationData) error {
	s, err := newSheet(i18n.T(i18n.Chinese, "paper.invite.title"), d.At)
	if err != nil {
		return err
	}
	s.invited(i18n.Chinese, d)
	s.room(squareSide + 20)
	s.keep(s.square(d.Address, left, s.y, squareSide))
	s.y += squareSide + 6
	s.use(sizeSmall)
	s.text(left, textW, d.Address)
	s.gap(14)
	s.invited(i18n.English, d)
	s.edges(i18n.Chinese, i18n.T(i18n.Chinese, "paper.invite.title"), i18n.T(i18n.Chinese, "paper.invite.foot"))
	return s.write(w)
}

func (s *sheet) invited(lang string, d InvitationData) {
	s.use(sizeTitle)
	s.text(left, textW, i18n.T(lang, "paper.invite.title"))
	s.use(sizeText)
	s.text(left, textW, i18n.T(lang, "paper.invite.text", "Date", i18n.Date(lang, d.Until)))
	s.gap(8)
}
