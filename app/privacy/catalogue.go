package privacy

// source is a table of which a copy takes the rows that concern a person. The names of columns and of what they were sealed for are those of
// the noun that owns the table.
type source struct {
	Table string
	Of    string // which rows, with the person's id for each ?
	Order string
	// Sealed are the sealed columns; each is opened as text, or as JSON where it is JSON.
	Sealed []sealed
	// Without are columns that open something, name staff, or are of use to the machine only.
	Without []string
}

// sealed is a sealed column: the place it was sealed for is Table of the source, Column, and the row's value in Row.
type sealed struct{ Name, Column, Row string }

// The rows of filings of a person, and of what belongs to them.
const (
	ofPerson = "person_id = ?"
	ofFiling = "filing_id IN (SELECT id FROM filing WHERE person_id = ?)"
	ofServed = "decision_id IN (SELECT d.id FROM decision d JOIN filing f ON f.id = d.filing_id WHERE f.person_id = ? AND d.served_on IS NOT NULL)"
	ofSelf   = "id = ?"
)

func plain(name string) sealed { return sealed{name, name, "id"} }

// sources are the tables a copy is made from, in the order of the file. What is kept about calls is not here but in package callback, which
// alone can open it; and it does not tell which answers were the person's, since that was promised to him.
var sources = []source{
	{Table: "person", Of: ofSelf, Order: "id", Sealed: []sealed{plain("name_sealed")}, Without: []string{"epoch"}},
	{Table: "contact", Of: ofPerson, Order: "created_at, id", Sealed: []sealed{plain("value_sealed")}, Without: []string{"value_index"}},
	{Table: "contact_change", Of: ofPerson, Order: "created_at, id", Sealed: []sealed{plain("value_sealed")}, Without: []string{"value_index"}},
	{Table: "safe_contact", Of: ofPerson, Order: "person_id", Sealed: []sealed{{"profile_sealed", "profile_sealed", "person_id"}}},
	{Table: "passkey", Of: ofPerson, Order: "created_at, id", Sealed: []sealed{plain("name_sealed")}, Without: []string{"handle", "credential"}},
	{Table: "filing", Of: ofPerson, Order: "created_at, id", Sealed: []sealed{{"facts_sealed", "facts", "id"}, {"applicant_sealed", "applicant", "id"}},
		Without: []string{"submit_key", "reviewer_id"}},
	{Table: "clock", Of: ofFiling, Order: "created_at, id"},
	{Table: "submission", Of: ofFiling, Order: "submitted_at, filing_id", Without: []string{"submit_key", "made_to"}},
	{Table: "service_address", Of: ofFiling, Order: "created_at, id", Sealed: []sealed{{"sealed", "sealed", "id"}}},
	{Table: "document", Of: ofFiling, Order: "created_at, id", Sealed: []sealed{plain("name_sealed"), plain("note_sealed")}, Without: []string{"blob_key", "copy_key"}},
	{Table: "addition", Of: ofFiling, Order: "created_at, id", Sealed: []sealed{plain("said_sealed")}, Without: []string{"submit_key"}},
	{Table: "supplement_request", Of: ofFiling, Order: "asked_at, id", Sealed: []sealed{{"text_sealed", "text", "id"}, {"answer_sealed", "answer", "id"}}, Without: []string{"asked_by"}},
	{Table: "decision", Of: ofFiling + " AND served_on IS NOT NULL", Order: "decided_at, id", Sealed: []sealed{{"text_sealed", "text", "id"}, {"why_sealed", "why", "id"}, {"letter_sealed", "letter", "id"}},
		Without: []string{"decided_by"}},
	{Table: "decision_ground", Of: ofServed, Order: "decision_id, code"},
	{Table: "decision_number", Of: ofServed, Order: "decision_id, kind"},
	{Table: "recusal", Of: "asked_by = ?", Order: "created_at, id", Sealed: []sealed{{"text_sealed", "text", "id"}, {"again_sealed", "again", "id"}, {"answer_sealed", "answer", "id"}},
		Without: []string{"about_id", "decided_by"}},
	{Table: "carried_out", Of: ofFiling, Order: "created_at, filing_id", Sealed: []sealed{{"note_sealed", "note", "filing_id"}}},
	{Table: "outage_hit", Of: ofFiling, Order: "outage_id, filing_id"},
	{Table: "filing_reading", Of: ofFiling, Order: "at, filing_id", Without: []string{"person_id"}},
	{Table: "booklet_code", Of: ofFiling, Order: "issued_at, id", Without: []string{"code_index"}},
	{Table: "representative", Of: ofFiling, Order: "invited_at, id", Sealed: []sealed{plain("label_sealed")}, Without: []string{"code_index", "code_sealed", "person_id", "ended_by"}},
	{Table: "assist_entry", Of: ofFiling, Order: "at, id", Without: []string{"by_id"}},
	{Table: "assist_session", Of: ofPerson, Order: "started_at, id", Without: []string{"staff_id", "login"}},
	{Table: "means_statement", Of: ofPerson, Order: "version", Sealed: []sealed{{"data_sealed", "data", "id"}}},
	{Table: "means_attachment", Of: ofFiling, Order: "created_at, filing_id"},
	{Table: "means_change", Of: ofPerson, Order: "created_at, id", Sealed: []sealed{{"kinds_sealed", "kinds", "id"}}},
	{Table: "means_reminder", Of: ofPerson, Order: "person_id"},
	{Table: "restriction", Of: ofPerson, Order: "created_at, id", Sealed: []sealed{{"facts_sealed", "facts", "id"}}, Without: []string{"token"}},
	{Table: "appraisal_check", Of: ofPerson, Order: "version", Sealed: []sealed{{"data_sealed", "data", "id"}}, Without: []string{"institution_index"}},
	{Table: "notice", Of: ofPerson, Order: "created_at, id", Sealed: []sealed{plain("to_sealed"), plain("subject_sealed"), plain("body_sealed")}, Without: []string{"send_key", "args_sealed", "event", "subject"}},
	{Table: "data_export", Of: ofPerson, Order: "created_at, id", Without: []string{"blob_key"}},
	{Table: "erasure", Of: ofPerson, Order: "created_at, id", Without: []string{"decided_by"}},
	{Table: "audit_event", Of: "(subject_type = 'person' AND subject_id = ?) OR (subject_type = 'filing' AND visible AND subject_id IN (SELECT id FROM filing WHERE person_id = ?))",
		Order: "id", Without: []string{"actor_id", "prev_hash", "hash"}},
}

// aside are tables a copy takes nothing from, each with why. A new table stands in one list or the other: a test compares them with the database.
var aside = map[string]string{
	"body": "no person", "division": "no person", "outage": "no person", "outage_beat": "no person", "document_check": "no person", "audit_checkpoint": "no person",
	"appraisal_price": "no person", "callback_programme": "no person",
	"proposal": "within the body; what came of it is the decision", "signature": "within the body; what came of it is the decision", "body_practice": "no person",
	"role_grant": "staff", "staff_login": "staff", "measure_participant": "staff", "callback_caller": "staff", "callback_redial": "staff",
	"session": "ends by itself within hours", "login_code": "a hash, gone after a day", "rate_window": "counts under a keyed hash", "kept_form": "gone within the hour",
	"passkey_challenge": "gone within minutes", "finder_visit": "names nobody",
	"callback_case": "told by package callback", "callback_attempt": "told by package callback", "callback_number": "told by package callback",
	"callback_prepared": "told by package callback", "callback_stop": "told by package callback", "finding": "told by package callback",
	"callback_invite": "holds what opens a questionnaire", "callback_frame": "a draw of lots; who was drawn has a case",
	"callback_link": "answers are kept apart from people, as promised", "callback_respondent": "answers are kept apart from people, as promised",
	"transfer_offer": "between bodies; what came of it is on the timeline", "transfer_appointment": "between bodies; what came of it is on the timeline",
	"escalation": "between bodies; what came of it is on the timeline", "integrity_finding": "checks of the program on itself", "integrity_run": "checks of the program on itself",
	"review_exclusion": "staff", "team_member": "staff", "absence": "staff", "work_weights": "staff", "workload": "staff", "panel": "staff", "panel_member": "staff",
	"saved_view": "staff", "filing_party": "the other side, whose names stand in his answers", "filing_search": "keyed marks to search by", "filing_fts": "keyed marks to search by",
	"figure_release": "no person", "figure_export": "staff", "import": "staff", "quality_draw": "staff", "quality_item": "staff",
	"remark": "between a procuratorate and a court", "enforcement_case": "a court's own file, taken over from it", "enforcement_party": "a court's own file, taken over from it",
	"enforcement_measure": "a court's own file, taken over from it",
	"callback_round":      "the work of the callers",
	"callback_answer":     "answers are kept apart from people, as promised", "callback_refusal": "what opens a refusal",
}
