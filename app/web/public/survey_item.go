package public

import (
	"strconv"
	"strings"

	"reliefportal/app/callback"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

// minutes fills in how long the questionnaire takes.
func minutes(words string, at callback.Progress) string {
	return strings.ReplaceAll(words, "{minutes}", strconv.Itoa(at.Minutes()))
}

// surveyItem shows the question that comes next, or one answered before; at the end it leads on to the offers and the last page.
func (p pages) surveyItem(c *kit.Ctx) error {
	sit, ok, err := p.sitting(c)
	if !ok {
		return err
	}
	it := sit.Progress.Item
	if asked, known := sit.Instrument.Item(c.Query("item")); known && sit.Answers.Asked(rules.FactID(asked.ID)) {
		it = asked
	}
	if it == nil {
		return p.afterItems(c, sit)
	}
	return c.OK(views.SurveyItem(private(c), itemView(c, sit, it)))
}

// afterItems asks first what is to be done about what was said.
func (p pages) afterItems(c *kit.Ctx, sit callback.Sitting) error {
	if _, pending := sit.Pending(); pending {
		return c.To("survey.offer")
	}
	return c.To("survey.end")
}

func itemView(c *kit.Ctx, sit callback.Sitting, it *rules.Item) views.SurveyItemView {
	inst, answer := sit.Instrument, sit.Answers[rules.FactID(it.ID)]
	view := views.SurveyItemView{ID: it.ID, Lead: it.Intro.In(c.Lang), Say: it.Text.In(c.Lang), Open: it.Kind == rules.ItemOpen, Value: answer.Choice,
		Text: answer.Text, Max: callback.MaxWords, Code: sit.Code, EndHref: c.Path("survey.end"), NeverAction: c.Path("survey.never")}
	view.Number, view.Of = place(sit, it)
	for _, part := range inst.Parts {
		if part.ID == it.Part {
			view.Part = part.Title.In(c.Lang)
		}
	}
	apart := false
	for _, o := range inst.Answers(it) {
		option := tkit.Option{Value: o.ID, Label: o.Label.In(c.Lang), Apart: inst.IsApart(o.ID) && !apart}
		apart = apart || option.Apart
		view.Options = append(view.Options, option)
	}
	if id := before(sit, it); id != "" {
		view.PrevHref = kit.WithQuery(c.Path("survey.item"), "item", id)
	}
	return view
}

// place counts an item among those that apply so far.
func place(sit callback.Sitting, it *rules.Item) (number, of int) {
	if sit.Progress.Item != nil && sit.Progress.Item.ID == it.ID {
		return sit.Progress.Number, sit.Progress.Of
	}
	number = 1
	for _, other := range sit.Instrument.Items {
		if other.ID == it.ID {
			break
		}
		if sit.Answers.Asked(rules.FactID(other.ID)) {
			number++
		}
	}
	return number, max(number, sit.Progress.Of)
}

// before is the item answered before this one; empty when there is none.
func before(sit callback.Sitting, it *rules.Item) string {
	id := ""
	for _, other := range sit.Instrument.Items {
		if other.ID == it.ID {
			break
		}
		if sit.Answers.Asked(rules.FactID(other.ID)) {
			id = other.ID
		}
	}
	return id
}

// surveyAnswer writes one answer down. Words of harm stop the questions at once.
func (p pages) surveyAnswer(c *kit.Ctx) error {
	form := c.Form()
	done, err := p.Callbacks.Write(c.Context(), readCookie(c, surveyCookie), callback.Reply{Item: form.Value("item"), Value: form.Value("value"), Words: form.Value("text")})
	if err != nil {
		return p.itemAgain(c, err)
	}
	if done.Care {
		return c.To("survey.care")
	}
	return c.To("survey.item")
}

// itemAgain shows the question once more with what was typed, unless the questionnaire is not open any more.
func (p pages) itemAgain(c *kit.Ctx, err error) error {
	sit, ok, loading := p.sitting(c)
	if !ok {
		return loading
	}
	page, invalid := worded(c, err)
	it, known := sit.Instrument.Item(c.Form().Value("item"))
	if !known {
		return c.To("survey.item")
	}
	if !invalid {
		return err
	}
	view := itemView(c, sit, it)
	view.Value, view.Text = c.Form().Value("value"), c.Form().Raw("text")
	return c.Again(views.SurveyItem(page, view))
}
