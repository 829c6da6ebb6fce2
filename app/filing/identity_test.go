package filing

import "testing"

func TestDoubtfulIdentity(t *testing.T) {
	for number, doubtful := range map[string]bool{
		"11010519491231002X": false, // the example of GB 11643-1999
		"11010519491231002x": false,
		"１１０１０５１９４９１２３１００２Ｘ": false, // typed in full width
		"110105 19491231 002X": false,
		"110105194912310021":   true,  // check character wrong
		"110105194913310028":   true,  // no such month
		"11010519491231002":    true,  // one short
		"1101051949123100200X": true,  // too long
		"110105491231002":      false, // fifteen digits, of before 1999
		"E12345678":            false, // passport
		"H1234567890":          false, // permit of Hong Kong
		"830000199201300022":   false, // residence permit of Taiwan, same check
		"":                     false,
		"1234567":              false,
		"不记得了":                 false,
	} {
		if got := DoubtfulIdentity(number); got != doubtful {
			t.Errorf("%q: doubtful is %v, want %v", number, got, doubtful)
		}
	}
}

// TestOneWrongDigit: the check finds every single wrong digit, which is what it is for.
func TestOneWrongDigit(t *testing.T) {
	const right = "11010519491231002X"
	for i := 14; i < 17; i++ { // the order number; a wrong date may be told by the date
		for d := byte('0'); d <= '9'; d++ {
			wrong := right[:i] + string(d) + right[i+1:]
			if DoubtfulIdentity(wrong) == (wrong == right) {
				t.Errorf("%s: doubtful is %v", wrong, wrong == right)
			}
		}
	}
}
