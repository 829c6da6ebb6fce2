package callback

import (
	"strings"
	"testing"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

func TestFollow(t *testing.T) {
	p := testPack(t)
	inst := p.Surveys[0]
	today := calendar.NewDate(2026, 11, 23)
	pick := rules.Pick
	for _, c := range []struct {
		name     string
		answers  rules.Facts
		next     string
		number   int
		share    int
		missing  int
		complete bool
	}{
		{"at the start", rules.Facts{}, "P1", 1, 0, 4, false},
		{"one answered", rules.Facts{"P1": pick("3")}, "P5", 2, 25, 3, false},
		{"does not apply is in no base", rules.Facts{"P1": pick("8"), "P5": pick("2")}, "P7", 3, 33, 2, false},
		{"rather not say is an answer", rules.Facts{"P1": pick("9"), "P5": pick("9")}, "P7", 3, 50, 2, false},
		{"left out in the middle", rules.Facts{"P1": pick("3"), "P7": pick("3")}, "P5", 2, 50, 2, false},
		{"no opens no further item", rules.Facts{"P1": pick("3"), "P5": pick("3"), "P7": pick("3"), "P13": pick("no")}, "P14", 5, 100, 0, true},
		{"yes opens one", rules.Facts{"P1": pick("3"), "P5": pick("3"), "P7": pick("3"), "P13": pick("yes")}, "P13b", 5, 80, 1, false},
		{"over", rules.Facts{"P1": pick("3"), "P5": pick("3"), "P7": pick("3"), "P13": pick("no"), "P14": rules.Said("")}, "", 0, 100, 0, true},
		{"nothing applies", rules.Facts{"P1": pick("8"), "P5": pick("8"), "P7": pick("8"), "P13": pick("no")}, "P14", 5, 100, 0, true},
	} {
		got := Follow(p, inst, c.answers, today)
		next := ""
		if got.Item != nil {
			next = got.Item.ID
		}
		if next != c.next || got.Number != c.number || got.Share() != c.share || got.Missing != c.missing || got.Complete() != c.complete {
			t.Errorf("%s: next %s (%d of %d), share %d, missing %d, complete %t", c.name, next, got.Number, got.Of, got.Share(), got.Missing, got.Complete())
		}
	}
}

func TestReadReply(t *testing.T) {
	inst := testSurvey()
	long := strings.Repeat("话", MaxWords)
	for _, c := range []struct {
		name  string
		reply Reply
		want  rules.Value
		field string
	}{
		{"on the scale", Reply{Item: "P1", Value: "5"}, rules.Pick("5"), ""},
		{"apart", Reply{Item: "P1", Value: "8"}, rules.Pick("8"), ""},
		{"off the scale", Reply{Item: "P1", Value: "6"}, rules.Value{}, "value=callback.answer_unknown"},
		{"nothing chosen", Reply{Item: "P1", Words: "那天没人解释"}, rules.Value{}, "value=callback.answer_missing"},
		{"with the exact words", Reply{Item: "P1", Value: "2", Words: " 那天没人解释 "}, rules.Value{Choice: "2", Text: "那天没人解释"}, ""},
		{"an option of another item", Reply{Item: "P13", Value: "5"}, rules.Value{}, "value=callback.answer_unknown"},
		{"free words", Reply{Item: "P14", Words: "少跑几趟"}, rules.Said("少跑几趟"), ""},
		{"free words in the other field", Reply{Item: "P14", Value: "少跑几趟"}, rules.Said("少跑几趟"), ""},
		{"no free words", Reply{Item: "P14"}, rules.Said(""), ""},
		{"the most words", Reply{Item: "P14", Words: long}, rules.Said(long), ""},
		{"one too many", Reply{Item: "P14", Words: long + "话"}, rules.Value{}, "text=callback.words_too_long"},
	} {
		it, ok := inst.Item(c.reply.Item)
		if !ok {
			t.Fatal(c.reply.Item)
		}
		got, err := ReadReply(inst, it, c.reply)
		field := ""
		if e, ok := fail.As(err); ok {
			field = e.Fields[0].Name + "=" + e.Fields[0].Key
		}
		if field != c.field || got.Choice != c.want.Choice || got.Text != c.want.Text {
			t.Errorf("%s: %+v, %q", c.name, got, field)
		}
	}
}

func TestFlagsOf(t *testing.T) {
	inst := testSurvey()
	for _, c := range []struct{ item, answer, finding string }{
		{"P13", "yes", "improper_contact"},
		{"P13", "no", ""},
		{"P13", "9", ""},
		{"P7", "1", "disrespect"},
		{"P7", "2", ""},
		{"P1", "1", ""},
	} {
		it, _ := inst.Item(c.item)
		got := ""
		for _, f := range FlagsOf(it, rules.Pick(c.answer)) {
			got = f.Finding
		}
		if got != c.finding {
			t.Errorf("%s=%s: %q, want %q", c.item, c.answer, got, c.finding)
		}
	}
}
