package e2e

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"reliefportal/templates/dev"
)

// staff is a member of staff at a desk.
type staff struct {
	*window
	login string
}

// totpStep is longer than a TOTP code lives; no code is taken twice.
const totpStep = 31 * time.Second

// signedIn opens a window and signs a demo member of staff in by the password and code of the demo.
func (j *journey) signedIn(login string) *staff {
	j.t.Helper()
	s := &staff{j.enter(login, desktop), login}
	s.signIn()
	return s
}

func (s *staff) signIn() {
	s.t.Helper()
	s.j.world.Time.Add(totpStep)
	person := s.j.person(s.login)
	s.open("/staff")
	s.fill("login", s.login)
	s.fill("password", person.Password)
	s.fill("totp", person.Code)
	s.press(mainForm + button)
	s.is(http.StatusOK)
	if s.path == "/staff" {
		s.fail("not let in")
	}
}

// person finds a demo member of staff, with the code of this half minute.
func (j *journey) person(login string) dev.Person {
	j.t.Helper()
	people, err := j.world.People(j.t.Context())
	if err != nil {
		j.t.Fatal(err)
	}
	i := slices.IndexFunc(people, func(p dev.Person) bool { return p.Login == login })
	if i < 0 {
		j.t.Fatalf("nobody signs in as %s", login)
	}
	return people[i]
}

// take opens a filing from the queue and gives its address on the desk.
func (s *staff) take(code string) (desk string) {
	s.t.Helper()
	s.open("/staff/queue")
	s.follow(code)
	if !strings.HasPrefix(s.path, "/staff/f/") {
		s.fail("the queue does not lead to the filing %s", code)
	}
	s.is(http.StatusOK)
	return s.path
}

// step opens the page of an action from the desk.
func (s *staff) step(key string) {
	s.t.Helper()
	s.follow(s.j.word(key))
	s.is(http.StatusOK)
}

// done sends the form of an action, which leads back to the desk.
func (s *staff) done(desk string) {
	s.t.Helper()
	s.press(mainForm + button)
	s.at(desk)
	s.is(http.StatusOK)
}

// hidden wants an address not to be found.
func (s *staff) hidden(path string) {
	s.t.Helper()
	s.visit(path)
	s.is(http.StatusNotFound)
}

// answerCall answers every item of the call. Sentences are scored 2; facts get the answer in facts. With keys it is done without a mouse.
func (s *staff) answerCall(facts map[string]string, words string) {
	s.t.Helper()
	for range mostQuestions {
		if !s.has("input[name=item]") {
			return
		}
		id := s.eval("document.querySelector('input[name=item]').value")
		switch value, known := facts[id]; {
		case known:
			s.pick("value", value)
		case s.has("main form:has(input[name=item]) input[type=radio]"):
			s.score("2")
			if s.j.scripts {
				s.leads("press Enter", chromedp.KeyEvent(kb.Enter))
				continue
			}
		default:
			s.fill("text", words)
		}
		s.press("main form:has(input[name=item])" + button)
	}
	s.fail("the call has more than %d items", mostQuestions)
}

// score answers a sentence by its key, or by its label where no script runs.
func (s *staff) score(key string) {
	s.t.Helper()
	if !s.j.scripts {
		value := "input[name=value][data-key=" + quoted(key) + "]"
		s.pick("value", s.eval("document.querySelector("+quoted(value)+").value"))
		return
	}
	s.do("press "+key, chromedp.KeyEvent(key))
	if s.eval("document.querySelector('input[name=value][data-key="+quoted(key)+"]').checked") != "true" {
		s.fail("the key %s chooses nothing", key)
	}
}
