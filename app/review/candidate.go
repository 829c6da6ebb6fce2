package review

import (
	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
)

// barOf says what stands against one person, inside the transaction that would give him the filing.
func (s *Service) barOf(tx *gorm.DB, f filing.Filing, person account.Actor) (Bar, error) {
	found, err := standing(tx, f, []string{person.PersonID})
	if err != nil {
		return "", err
	}
	c := found[person.PersonID]
	c.Person = person
	return MayReview(c, f.Owner(), f.OwnerDivision), nil
}

// barred gives the bars of people known to work for the owning division.
func (s *Service) barred(db *gorm.DB, f filing.Filing, ids []string) (map[string]Bar, error) {
	found, err := standing(db, f, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Bar, len(ids))
	for _, id := range ids {
		c := found[id]
		c.Person = account.Actor{PersonID: id, Kind: account.Staff,
			Grants: []account.Grant{{Role: filing.RoleFor(f.OwnerDivision), BodyID: f.Owner()}}}
		out[id] = MayReview(c, f.Owner(), f.OwnerDivision)
	}
	return out, nil
}

// standing finds what is known of these people in the matter of a filing.
func standing(db *gorm.DB, f filing.Filing, ids []string) (map[string]Candidate, error) {
	out := make(map[string]Candidate, len(ids))
	for _, one := range []struct {
		find func(*gorm.DB, filing.Filing, []string) ([]string, error)
		mark func(*Candidate)
	}{
		{tookPart, func(c *Candidate) { c.Took = true }},
		{sameTeam, func(c *Candidate) { c.Team = true }},
		{decidedBefore, func(c *Candidate) { c.Decided = true }},
		{typedBy, func(c *Candidate) { c.Typed = true }},
		{askedAside, func(c *Candidate) { c.Aside = BarAsked }},
		{asideAs(Recused), func(c *Candidate) { c.Aside = BarRecused }},
		{asideAs(Related), func(c *Candidate) { c.Aside = BarRelation }},
	} {
		found, err := one.find(db, f, ids)
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			c := out[id]
			one.mark(&c)
			out[id] = c
		}
	}
	return out, nil
}

func tookPart(db *gorm.DB, f filing.Filing, ids []string) (out []string, err error) {
	if f.CaseNumber == "" {
		return nil, nil
	}
	err = db.Model(&Participant{}).Where("case_number = ? AND person_id IN ?", f.CaseNumber, ids).Pluck("person_id", &out).Error
	return out, err
}

// sameTeam finds who works, or worked at the same time, in the team of somebody who took part in the measure.
func sameTeam(db *gorm.DB, f filing.Filing, ids []string) (out []string, err error) {
	if f.CaseNumber == "" {
		return nil, nil
	}
	err = db.Raw(`SELECT DISTINCT mine.person_id FROM measure_participant mp
		JOIN team_member his ON his.person_id = mp.person_id
		JOIN team_member mine ON mine.body_id = his.body_id AND mine.team = his.team AND mine.person_id <> his.person_id
			AND (his.to_on IS NULL OR mine.from_on <= his.to_on) AND (mine.to_on IS NULL OR his.from_on <= mine.to_on)
		WHERE mp.case_number = ? AND mine.person_id IN ?`, f.CaseNumber, ids).Scan(&out).Error
	return out, err
}

// earlier are the filings whose reviewers may not judge this one: those it follows on, as far back as they go, and, where the court above sent
// a matter back, the one that was decided then (OR art. 11(2): another panel).
const earlier = `WITH RECURSIVE before(id, parent_id) AS (
		SELECT id, parent_id FROM filing WHERE id = ?
		UNION SELECT old.id, old.parent_id FROM filing old JOIN filing up ON up.parent_id = old.id AND up.outcome = 'remitted'
			WHERE old.person_id = ? AND old.case_number = ? AND old.remedy = ? AND old.id <> ?
		UNION SELECT f.id, f.parent_id FROM filing f JOIN before b ON b.parent_id = f.id)
	SELECT d.decided_by AS person_id FROM decision d JOIN before b ON b.id = d.filing_id
	UNION SELECT f.reviewer_id FROM filing f JOIN before b ON b.id = f.id WHERE f.reviewer_id IS NOT NULL
	UNION SELECT m.person_id FROM panel_member m JOIN panel p ON p.id = m.panel_id JOIN before b ON b.id = p.filing_id`

func decidedBefore(db *gorm.DB, f filing.Filing, ids []string) (out []string, err error) {
	parent := ""
	if f.ParentID != nil {
		parent = *f.ParentID
	}
	err = db.Raw("SELECT person_id FROM ("+earlier+") judged WHERE person_id IN ?", parent, f.PersonID, f.CaseNumber, f.Remedy, f.ID, ids).Scan(&out).Error
	return out, err
}

// typedBy finds who of these people had the draft of a filing open to type in it for the person.
func typedBy(db *gorm.DB, f filing.Filing, ids []string) (out []string, err error) {
	err = db.Table("assist_session").Where("filing_id = ? AND staff_id IN ?", f.ID, ids).Distinct().Pluck("staff_id", &out).Error
	return out, err
}

func asideAs(kind string) func(*gorm.DB, filing.Filing, []string) ([]string, error) {
	return func(db *gorm.DB, f filing.Filing, ids []string) (out []string, err error) {
		err = db.Model(&Exclusion{}).Where("filing_id = ? AND person_id IN ? AND kind = ?", f.ID, ids, kind).Pluck("person_id", &out).Error
		return out, err
	}
}

// away finds who of these people is away on a day.
func away(db *gorm.DB, ids []string, on calendar.Date) (map[string]bool, error) {
	var found []string
	err := db.Model(&Absence{}).Where("person_id IN ? AND from_on <= ? AND to_on >= ?", ids, on, on).Distinct().Pluck("person_id", &found).Error
	out := make(map[string]bool, len(found))
	for _, id := range found {
		out[id] = true
	}
	return out, err
}
