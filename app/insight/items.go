package insight

import (
	"slices"
	"strconv"

	"reliefportal/app/rates"
	"reliefportal/app/rules"
)

// agrees is the lowest answer that agrees; with it the upper two of the scale are the "top two".
const agrees = rates.Top - 1

// Counted is how many people chose one answer.
type Counted struct {
	Option rules.Option
	Cell
}

// Item is what people answered to one item. For items on the scale the base of shares are those who answered on it; "does not apply" and
// its like are counted apart.
type Item struct {
	*rules.Item
	// Agree are the upper two answers, Other the lower three, Rest everybody else: all apart answers and none at all. Items not on the
	// scale have only Options and None.
	Agree, Other, Rest Cell
	// Options are the answers one by one; nil where the numbers are too small for that.
	Options []Counted
	// Apart are the apart answers of the scale one by one; nil where they are too small.
	Apart []Counted
	None  Cell // no answer, as in a partial interview, or not asked
}

// OnScale says that the item is answered on the scale.
func (i Item) OnScale() bool { return i.Kind == rules.ItemLikert }

// Base is how many answered on the scale, and, for other items, how many answered; ok is false where that is not shown.
func (i Item) Base() (n int64, ok bool) {
	cells := []Cell{i.Agree, i.Other}
	if !i.OnScale() {
		cells = nil
		for _, o := range i.Options {
			cells = append(cells, o.Cell)
		}
	}
	for _, c := range cells {
		if !c.Shown() {
			return 0, false
		}
		n += c.N
	}
	return n, true
}

// onScale is an answer on the scale, from 1; 0 for every other.
func onScale(answer string) int {
	n, err := strconv.Atoi(answer)
	if err != nil || n < 1 || n > rates.Top {
		return 0
	}
	return n
}

// three counts an item on the scale: agree, other, rest. Every table about it is made of these, so that all have the same totals.
func three(it *rules.Item, people []Person) []int64 {
	out := make([]int64, 3)
	for _, p := range people {
		switch v := onScale(p.Answers[it.ID]); {
		case v >= agrees:
			out[0]++
		case v > 0:
			out[1]++
		default:
			out[2]++
		}
	}
	return out
}

// chosen counts who chose each option, and who chose none of them.
func chosen(it *rules.Item, options []rules.Option, people []Person) []int64 {
	out := make([]int64, len(options)+1)
	for _, p := range people {
		at := slices.IndexFunc(options, func(o rules.Option) bool { return o.ID == p.Answers[it.ID] })
		if at < 0 {
			at = len(options)
		}
		out[at]++
	}
	return out
}

// Items counts all items of a questionnaire but the open ones, in their order. People who were asked a short form are counted for the
// items it has.
func Items(inst *rules.Instrument, people []Person) []Item {
	var out []Item
	for i := range inst.Items {
		switch it := &inst.Items[i]; it.Kind {
		case rules.ItemOpen:
		case rules.ItemLikert:
			out = append(out, scaleItem(inst, it, people))
		default:
			out = append(out, factItem(inst, it, people))
		}
	}
	return out
}

func factItem(inst *rules.Instrument, it *rules.Item, people []Person) Item {
	options := inst.Answers(it)
	cells, _ := Line(chosen(it, options, people))
	return Item{Item: it, Options: counted(options, cells), None: cells[len(options)]}
}

// scaleItem shows an item on the scale answer by answer when every answer was given by nobody or by enough people; else only how many
// agree. The answers are never shown in part: together with the tables by group that could give one away.
func scaleItem(inst *rules.Instrument, it *rules.Item, people []Person) Item {
	cells, _ := Line(three(it, people))
	out := Item{Item: it, Agree: cells[0], Other: cells[1], Rest: cells[2], None: Cell{Hidden: Withheld}}
	if out.Rest.Shown() {
		var rest []Person
		for _, p := range people {
			if onScale(p.Answers[it.ID]) == 0 {
				rest = append(rest, p)
			}
		}
		apart, _ := Line(chosen(it, inst.Apart, rest))
		out.Apart, out.None = counted(inst.Apart, apart), apart[len(inst.Apart)]
	}
	options := chosen(it, inst.Scale, people)[:len(inst.Scale)]
	small := slices.ContainsFunc(options, func(n int64) bool { return n > 0 && n < Least })
	if small || slices.ContainsFunc(cells, func(c Cell) bool { return !c.Shown() }) {
		return out
	}
	for i, n := range options {
		out.Options = append(out.Options, Counted{inst.Scale[i], Cell{N: n}})
	}
	return out
}

func counted(options []rules.Option, cells []Cell) []Counted {
	var out []Counted
	for i, o := range options {
		out = append(out, Counted{o, cells[i]})
	}
	return out
}

// Agreement is how many of a group agree with an item, of those who answered on the scale.
type Agreement struct {
	Agree, Base int64
	People      Cell   // in the group, with those who did not answer on the scale
	Hidden      Hidden // why Agree and Base are not shown
}

// Agreements splits an item on the scale by a key of people. Counts that are hidden in one group are made good in others, and the totals
// are those of Items.
func Agreements[K ~string](it *rules.Item, people []Person, keys []K, key func(Person) K) []Agreement {
	counts := make([][]int64, len(keys))
	for i, k := range keys {
		var group []Person
		for _, p := range people {
			if key(p) == k {
				group = append(group, p)
			}
		}
		counts[i] = three(it, group)
	}
	table := Cross(counts)
	out := make([]Agreement, len(keys))
	for i, row := range table.Cells {
		out[i].People = table.Rows[i]
		switch {
		case !row[0].Shown():
			out[i].Hidden = row[0].Hidden
		case !row[1].Shown():
			out[i].Hidden = row[1].Hidden
		default:
			out[i].Agree, out[i].Base = row[0].N, row[0].N+row[1].N
		}
	}
	return out
}
