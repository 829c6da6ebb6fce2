package callback

import (
	"os"
	"testing"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// testCalendar is the official calendar of 2026 and the empty one of 2027.
func testCalendar(t testing.TB) *calendar.Calendar {
	t.Helper()
	var files [][]byte
	for _, year := range []string{"2025", "2026", "2027"} {
		raw, err := os.ReadFile("../calendar/testdata/holiday-" + year + ".json")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, raw)
	}
	cal, err := calendar.New(files...)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// testCalls are the calling rules of callback.md sections 3 and 4, with the outcome codes of the caller's page.
func testCalls() rules.CallRules {
	other := rules.Retry{OtherSlot: true}
	return rules.CallRules{
		Slots: []rules.Slot{
			{ID: "evening", From: 18 * 60, To: 20 * 60, Workdays: true},
			{ID: "morning", From: 9 * 60, To: 12 * 60, Workdays: true},
			{ID: "afternoon", From: 14 * 60, To: 18 * 60, Workdays: true},
			{ID: "dayoff", From: 10 * 60, To: 18 * 60, OnWish: true},
		},
		MaxAttempts: 6, OverDays: 15, MaxPerDay: 2, MaxConnected: 1,
		RepeatAfter:    calendar.Period{N: 6, Unit: calendar.Month},
		FindingOwnerIn: calendar.Period{N: 1, Unit: calendar.WorkDay},
		FindingReplyIn: calendar.Period{N: 5, Unit: calendar.WorkDay},
		Outcomes: []rules.OutcomeCode{
			{Code: "10", CountsAs: "I", Final: true, Connected: true},
			{Code: "11", CountsAs: "P", Connected: true, DateNeeded: true},
			{Code: "20", CountsAs: "NC", Connected: true, DateNeeded: true, Retry: other}, // the appointment overrides it
			{Code: "30", CountsAs: "NC", Retry: other},
			{Code: "32", CountsAs: "NC", Retry: other},
			{Code: "40", CountsAs: "NC", Connected: true, NoteNeeded: true, Retry: rules.Retry{AfterDays: 2, OtherSlot: true}},
			{Code: "41", CountsAs: "NC", Connected: true, Retry: other},
			{Code: "50", CountsAs: "R", Final: true, Connected: true},
			{Code: "51", CountsAs: "R", Final: true, Connected: true, NeverAgain: true},
			{Code: "60", CountsAs: "O", Final: true, NeverAgain: true},
			{Code: "70", CountsAs: "UO", Final: true, Number: "not_his"},
			{Code: "71", CountsAs: "UO", Final: true, Number: "wrong"},
			{Code: "72", CountsAs: "UO", Final: true, System: true},
			{Code: "80", CountsAs: "NE", Final: true},
			{Code: "90", CountsAs: "NC", Connected: true, Refer: true},
		},
		RedialPercent: 10,
		Programmes: []rules.Programme{{ID: "standing", Title: rules.Text{Zh: "常设", En: "Standing"}, Instrument: "treatment", Strata: []rules.Stratum{
			{ID: "served-respondent", Event: rules.EventServed, Party: rules.Respondent, PerMille: 1000},
			{ID: "served-creditor", Event: rules.EventServed, Party: rules.Creditor, PerMille: 1000},
		}}},
	}
}

// testSurvey is a short questionnaire with a scale, a routed item and two red flags.
func testSurvey() *rules.Instrument {
	options := func(ids ...string) []rules.Option {
		var out []rules.Option
		for _, id := range ids {
			out = append(out, rules.Option{ID: id, Label: rules.Text{Zh: "选" + id, En: "Answer " + id}})
		}
		return out
	}
	is := func(item string, answers ...string) rules.Cond {
		return rules.Cond{Op: rules.OpIs, Fact: rules.FactID(item), Options: answers}
	}
	return &rules.Instrument{
		ID: "treatment", Version: "1", Purpose: rules.Treatment, PartialFrom: 50, Short: "short",
		Scale: options("1", "2", "3", "4", "5"), Apart: options("8", "9"),
		Items: []rules.Item{
			{ID: "P1", Kind: rules.ItemLikert, Required: true},
			{ID: "P5", Kind: rules.ItemLikert, Required: true},
			{ID: "P7", Kind: rules.ItemLikert, Required: true, RedFlags: []rules.RedFlag{{
				Answers: []string{"1"}, Finding: "disrespect", Label: rules.Text{Zh: "说话不礼貌", En: "Spoken to rudely"}}}},
			{ID: "P13", Kind: rules.ItemYesNo, Required: true, Options: options("yes", "no", "9"), RedFlags: []rules.RedFlag{{
				Answers: []string{"yes"}, Finding: "improper_contact", Label: rules.Text{Zh: "索要财物或夜间联系", En: "Asked for money, or contacted at night"},
				Within: calendar.Period{N: 1, Unit: calendar.Day}, Remedy: "R39", Facts: rules.Facts{"topic": rules.Pick("people")}}}},
			{ID: "P13b", Kind: rules.ItemYesNo, Required: true, Options: options("money", "night", "9"), Ask: is("P13", "yes")},
			{ID: "P14", Kind: rules.ItemOpen},
		},
	}
}

// testShort is what somebody answers who answers alone from the beginning: one sentence, the money question, and words.
func testShort() *rules.Instrument {
	long := testSurvey()
	short := *long
	short.ID, short.Short, short.CompleteFrom, short.Items = "short", "", 80, nil
	for _, it := range long.Items {
		switch it.ID {
		case "P13":
			it.RedFlags = []rules.RedFlag{it.RedFlags[0]}
			it.RedFlags[0].Finding, it.RedFlags[0].Urgent = "money_asked", true
			short.Items = append(short.Items, it)
		case "P1", "P14":
			short.Items = append(short.Items, it)
		}
	}
	return &short
}

func testCare() rules.Care {
	return rules.Care{Words: []string{"不想活"}, Finding: rules.RedFlag{Finding: "urgent_harm", Label: rules.Text{Zh: "说到伤害", En: "Spoke of harm"}, Urgent: true}}
}

// testPack holds both in one pack in force.
func testPack(t testing.TB) *rules.Pack {
	t.Helper()
	p := &rules.Pack{ID: "test", Hash: "hash-1", From: calendar.NewDate(2026, 1, 1), Calendar: testCalendar(t), Surveys: []*rules.Instrument{testSurvey(), testShort()}, Calls: testCalls(), Care: testCare()}
	p.Index()
	return p
}

// shanghai is an instant written as people in China read it: "2026-11-23 09:00".
func shanghai(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

func inShanghai(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(calendar.Zone).Format("2006-01-02 15:04")
}
