// Package notice writes to people: it words a message in the person's language, keeps it sealed with its job in the
// transaction of the fact it tells, and records whether it arrived.
package notice

// Message is one thing to tell one person.
type Message struct {
	PersonID string
	FilingID string         // "" when it is not about a filing
	Kind     string         // what it tells; the words stand under notice.<kind> in the messages
	Lang     string         // zh-Hans or en
	Args     map[string]any // values for the words: code, body, due (a civil date), until …
	SendKey  string         // telling the same thing twice sends it once
}
