package kit

// problemKeys word why a message did not go; a problem that is not here is worded in general.
var problemKeys = map[string]string{
	"no_transport": "sent.no_transport", "unreachable": "sent.unreachable", "later": "sent.later", "rejected": "sent.rejected",
	"bad_address": "sent.bad_address", "moot": "sent.moot", "not_wished": "sent.not_wished",
}

// ProblemKey is the message key for a problem of delivery.
func ProblemKey(problem string) string {
	if key, ok := problemKeys[problem]; ok {
		return key
	}
	return "sent.other"
}
