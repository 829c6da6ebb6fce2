package insight

import (
	"math/big"
	"slices"

	"reliefportal/app/rates"
	"reliefportal/app/rules"
)

// Control is the element of the item by which satisfaction with the result is held apart; it is in no scale.
const Control = "outcome"

// Elements lists the elements that are scales of a questionnaire, in the order of its items.
func Elements(inst *rules.Instrument) []string {
	var out []string
	for _, it := range Likert(inst) {
		if it.Element != Control && !slices.Contains(out, it.Element) {
			out = append(out, it.Element)
		}
	}
	return out
}

// ScoreOf is the score of a person on a scale: one element, or all of them for "". See rates.Score for when there is none.
func ScoreOf(p Person, element string) (*big.Rat, bool) {
	var items []rates.Answer
	for _, it := range Likert(p.Instrument) {
		if it.Element != Control && (element == "" || it.Element == element) {
			items = append(items, rates.Answer{Value: onScale(p.Answers[it.ID]), Reverse: it.Reverse})
		}
	}
	return rates.Score(items)
}

// Scored is the mean score of a group, from 1 to 5, and of how many people. Mean is nil where it is hidden, or nobody has a score.
type Scored struct {
	People Cell
	Mean   *big.Rat
}

// Scores gives the mean score of each group, hidden where a group is, or could be worked out from the others.
func Scores[K ~string](element string, people []Person, keys []K, key func(Person) K) []Scored {
	scores, counts := make([][]*big.Rat, len(keys)), make([]int64, len(keys))
	for _, p := range people {
		i := slices.Index(keys, key(p))
		if score, ok := ScoreOf(p, element); ok && i >= 0 {
			scores[i] = append(scores[i], score)
			counts[i]++
		}
	}
	cells, _ := Line(counts)
	out := make([]Scored, len(keys))
	for i, c := range cells {
		out[i].People = c
		if c.Shown() {
			out[i].Mean, _ = rates.Mean(scores[i])
		}
	}
	return out
}

// ScoreAll is the mean score of all people on a scale.
func ScoreAll(element string, people []Person) Scored {
	return Scores(element, people, []string{""}, func(Person) string { return "" })[0]
}

// Interviewers estimates how much of the variance of the whole score lies between those who asked by telephone.
func Interviewers(people []Person) (rates.Between, bool) {
	byCaller := map[string][]*big.Rat{}
	for _, p := range people {
		if score, ok := ScoreOf(p, ""); ok && p.Caller != "" {
			byCaller[p.Caller] = append(byCaller[p.Caller], score)
		}
	}
	var groups [][]*big.Rat
	for _, caller := range keysOf(people, func(p Person) string { return p.Caller }) {
		groups = append(groups, byCaller[caller])
	}
	return rates.BetweenGroups(groups)
}
