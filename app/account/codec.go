package account

import (
	"encoding/json"
	"fmt"
	"time"
)

// plainCodec writes the values of a session as JSON. The gob codec scs brings sends the description of its types with every session and
// takes four times as long to read, which every page of somebody signed in would pay.
type plainCodec struct{}

// plainSession is a session as it is stored: texts and whole numbers only.
type plainSession struct {
	Deadline time.Time         `json:"d"`
	Texts    map[string]string `json:"t,omitempty"`
	Numbers  map[string]int64  `json:"n,omitempty"`
}

// Encode implements scs.Codec. A value that is neither text nor int64 is a mistake of the program.
func (plainCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	s := plainSession{Deadline: deadline.UTC(), Texts: map[string]string{}, Numbers: map[string]int64{}}
	for name, value := range values {
		switch v := value.(type) {
		case string:
			s.Texts[name] = v
		case int64:
			s.Numbers[name] = v
		default:
			return nil, fmt.Errorf("session value %s is a %T", name, value)
		}
	}
	return json.Marshal(s)
}

// Decode implements scs.Codec.
func (plainCodec) Decode(data []byte) (time.Time, map[string]any, error) {
	var s plainSession
	if err := json.Unmarshal(data, &s); err != nil {
		return time.Time{}, nil, fmt.Errorf("read a session: %w", err)
	}
	values := make(map[string]any, len(s.Texts)+len(s.Numbers))
	for name, v := range s.Texts {
		values[name] = v
	}
	for name, v := range s.Numbers {
		values[name] = v
	}
	return s.Deadline, values, nil
}
