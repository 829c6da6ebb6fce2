package review

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/rules"
)

// Preview is the letter of a ruling as it would be signed by the actor today; ok is false when the pack has none for it.
func (s *Service) Preview(ctx context.Context, a account.Actor, f filing.Filing, r Ruling) (doc paper.Doc, ok bool, err error) {
	r, err = s.ready(f, filing.ActDecide, r)
	if err != nil {
		return doc, false, err
	}
	db := s.DB.Read(ctx)
	seats, err := s.seats(db, f)
	if err != nil {
		return doc, false, err
	}
	signers := []string{a.PersonID}
	if seats.mode == ModePanel {
		signers = seats.people()
	}
	names, err := s.signersOf(db, f, signers)
	if err != nil {
		return doc, false, err
	}
	doc, _, ok, err = s.letter(ctx, f, r, names)
	return doc, ok, err
}

// letter fills the letter of a ruling in. signers is the line of those who sign.
func (s *Service) letter(ctx context.Context, f filing.Filing, r Ruling, signers string) (paper.Doc, rules.Letter, bool, error) {
	p, remedy, err := s.law(f)
	if err != nil {
		return paper.Doc{}, rules.Letter{}, false, err
	}
	for _, l := range p.LettersFor(f.Remedy, r.Disposition) {
		if l.ID != r.Letter {
			continue
		}
		values, err := s.fields(ctx, f, remedy, r, signers)
		if err != nil {
			return paper.Doc{}, l, false, err
		}
		return s.fill(l, values), l, true, nil
	}
	return paper.Doc{}, rules.Letter{}, false, nil
}

// fill writes a letter. A line whose field says nothing is left out, and a heading with nothing under it too.
func (s *Service) fill(l rules.Letter, values map[rules.FactID]string) paper.Doc {
	doc := paper.Doc{Lang: i18n.Chinese, Title: l.Title, Head: values["body"], At: s.Clock.Now()}
	doc.Add(paper.Title, l.Title)
	heading := ""
	for _, line := range l.Lines {
		text, ok := rules.FillSlots(line.Text, func(id rules.FactID) (string, bool) { return values[id], values[id] != "" })
		switch {
		case line.Kind == rules.LineHeading:
			heading = text
		case ok:
			doc.Add(paper.Heading, heading)
			doc.Add(blockOf(line.Kind), text)
			heading = ""
		}
	}
	return doc
}

func blockOf(k rules.LineKind) paper.BlockKind {
	switch k {
	case rules.LineRight:
		return paper.Right
	case rules.LineSmall:
		return paper.Small
	case rules.LinePara, rules.LineHeading:
	}
	return paper.Para
}

// fields are what a letter may say.
func (s *Service) fields(ctx context.Context, f filing.Filing, remedy *rules.Remedy, r Ruling, signers string) (map[rules.FactID]string, error) {
	facts, err := s.Filings.Facts(f)
	if err != nil {
		return nil, err
	}
	outcome, _ := remedy.Outcome(r.Disposition)
	number := r.Number
	if number == "" {
		number = f.DocketNumber
	}
	var next []string
	for _, n := range outcome.Next {
		next = append(next, n.Why.Zh)
	}
	return map[rules.FactID]string{
		"body": s.Bodies.BodyName(ctx, f.Owner()), "number": number, "case_number": f.CaseNumber, "applicant": s.Filings.Applicant(f),
		"remedy": remedy.Name.Zh, "received_on": i18n.Date(i18n.Chinese, f.ReceivedOn()), "request": facts["request"].Text, "outcome": outcome.Label.Zh,
		"findings": findingsText(remedy, r), "reasons": r.Text, "numbers": NumbersText(i18n.Chinese, r.Numbers), "next": strings.Join(next, "\n"),
		"signers": signers, "decided_on": i18n.Date(i18n.Chinese, calendar.DateOf(s.Clock.Now())),
	}, nil
}

// findingsText says what was found on each ground, a line each, in the order of the pack.
func findingsText(remedy *rules.Remedy, r Ruling) string {
	var out []string
	for _, g := range append(append([]rules.Ground{}, remedy.Grounds...), remedy.RefuseGrounds...) {
		if found, ok := r.Findings[g.Code]; ok {
			out = append(out, g.Label.Zh+"："+FindingText(i18n.Chinese, g, found))
		}
	}
	return strings.Join(out, "\n")
}

// FindingText words what was found on a ground.
func FindingText(lang string, g rules.Ground, f Finding) string {
	switch {
	case g.For != rules.ForRequest:
		return i18n.T(lang, "decide.found_so")
	case f == FoundMade:
		return i18n.T(lang, "decide.found_made")
	case f == FoundPartly:
		return i18n.T(lang, "decide.found_partly")
	}
	return i18n.T(lang, "decide.found_not_made")
}

// NumbersText words the numbers of a decision, a line each.
func NumbersText(lang string, all []filing.Number) string {
	var out []string
	for _, n := range all {
		out = append(out, NumberText(lang, n))
	}
	return strings.Join(out, "\n")
}

// NumberText words one number of a decision.
func NumberText(lang string, n filing.Number) string {
	switch n.Kind {
	case filing.NumberReserve:
		return i18n.T(lang, "decide.says_reserve", "Sum", i18n.Money(int64(n.Fen)))
	case filing.NumberInstalment:
		return i18n.T(lang, "decide.says_instalment", "Sum", i18n.Money(int64(n.Fen)), "N", n.Times, "Date", n.On)
	case filing.NumberLifted:
		return i18n.T(lang, "decide.says_lifted", "Date", n.On)
	}
	return ""
}

// signersOf is the line of those who sign: of a panel the presiding member first.
func (s *Service) signersOf(db *gorm.DB, f filing.Filing, ids []string) (string, error) {
	seats, err := s.seats(db, f)
	if err != nil {
		return "", err
	}
	names, err := s.namesOf(db, ids)
	if err != nil {
		return "", err
	}
	var out []string
	for _, id := range ids {
		key := "decide.signs"
		if seats.mode == ModePanel {
			key = "decide.signs_member"
			if id == seats.presiding {
				key = "decide.signs_presiding"
			}
		}
		out = append(out, i18n.T(i18n.Chinese, key, "Name", names[id]))
	}
	return strings.Join(out, "\n"), nil
}
