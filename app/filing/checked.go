package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/rules"
)

// Look is what a check page showed: Hash over everything, and Parts, a short mark of each thing, by which a later look can say what changed.
// Both travel through the form; neither can be turned back into an answer.
type Look struct{ Hash, Parts string }

// Changes are the differences between two looks at a draft.
type Changes struct {
	// Facts were answered, changed or taken away.
	Facts []rules.FactID
	// Files are the fingerprints (SHA-256, hex) of files that were added; Gone is how many were taken out.
	Files []string
	Gone  int
	// Attached names what is attached in another form than answers and files, such as "means".
	Attached []string
	// Law says that another rule pack applies, Words that the statement of truth reads differently.
	Law, Words bool
}

// None reports whether nothing differs.
func (c Changes) None() bool {
	return len(c.Facts)+len(c.Files)+len(c.Attached)+c.Gone == 0 && !c.Law && !c.Words
}

// The marks that are neither a fact nor a file.
const (
	markLaw   = "law"
	markWords = "words"
	markFile  = "file:"
	markMore  = "attached:"
)

// Look gives what the check page of a draft shows now. words is the statement of truth as it stands on the page. db may be a transaction.
func (s *Service) Look(db *gorm.DB, f Filing, facts rules.Facts, words string) (Look, error) {
	files, err := s.Files.Hashes(db, f.ID)
	if err != nil {
		return Look{}, err
	}
	return s.lookAt(db, f, facts, files, words)
}

// LookOf is Look for a page.
func (s *Service) LookOf(ctx context.Context, f Filing, facts rules.Facts, words string) (Look, error) {
	return s.Look(s.db.Read(ctx), f, facts, words)
}

func (s *Service) lookAt(db *gorm.DB, f Filing, facts rules.Facts, files []string, words string) (Look, error) {
	p, err := s.Pack(f)
	if err != nil {
		return Look{}, err
	}
	f.PackHash = p.Hash
	if r, ok := p.Remedy(f.Remedy); ok {
		facts, _ = Counted(p, r, facts)
	}
	more, err := s.attached(db, f.ID)
	if err != nil {
		return Look{}, err
	}
	return Look{Hash: checkedHash(f, facts, slices.Concat(files, more), words), Parts: parts(f, facts, files, more, words)}, nil
}

// attached lists what belongs to a filing beside its answers and files, each as "name=mark" in order of name.
func (s *Service) attached(db *gorm.DB, filingID string) ([]string, error) {
	if s.Attached == nil {
		return nil, nil
	}
	more, err := s.Attached(db, filingID)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(more)) {
		out = append(out, name+"="+more[name])
	}
	return out, nil
}

// checkedHash is the fingerprint of what the person has checked: rule pack, remedy, statement of truth, answers, files.
func checkedHash(f Filing, facts rules.Facts, files []string, words string) string {
	h := sha256.New()
	h.Write([]byte(f.PackHash + "\n" + f.Remedy + "\n" + DeclarationVersion + "\n" + words + "\n"))
	h.Write(facts.Canonical())
	for _, sha := range files {
		h.Write([]byte("\n" + sha))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// parts marks each thing by eight signs, salted by the draft's own token.
func parts(f Filing, facts rules.Facts, files, more []string, words string) string {
	mark := func(text string) string {
		sum := sha256.Sum256([]byte(f.SubmitKey + "\n" + text))
		return hex.EncodeToString(sum[:4])
	}
	out := []string{markLaw + "=" + mark(f.PackHash), markWords + "=" + mark(DeclarationVersion+words)}
	for _, id := range slices.Sorted(maps.Keys(facts)) {
		plain, _ := json.Marshal(facts[id]) // plain data: encoding it cannot fail
		out = append(out, string(id)+"="+mark(string(plain)))
	}
	for _, sha := range files {
		out = append(out, markFile+sha+"=1")
	}
	for _, m := range more {
		name, id, _ := strings.Cut(m, "=")
		out = append(out, markMore+name+"="+mark(id))
	}
	return strings.Join(out, " ")
}

// Since says what changed from an earlier look, whose parts came back through the form, to now. Parts that cannot be read count as changed.
func (l Look) Since(earlier string) Changes {
	was, is := marks(earlier), marks(l.Parts)
	var c Changes
	names := slices.Collect(maps.Keys(is))
	for name := range was {
		if _, still := is[name]; !still {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if was[name] == is[name] {
			continue
		}
		sha, file := strings.CutPrefix(name, markFile)
		attached, more := strings.CutPrefix(name, markMore)
		switch {
		case more:
			c.Attached = append(c.Attached, attached)
		case name == markLaw:
			c.Law = true
		case name == markWords:
			c.Words = true
		case file && is[name] == "":
			c.Gone++
		case file:
			c.Files = append(c.Files, sha)
		default:
			c.Facts = append(c.Facts, rules.FactID(name))
		}
	}
	return c
}

func marks(parts string) map[string]string {
	out := map[string]string{}
	for _, part := range strings.Fields(parts) {
		if name, mark, ok := strings.Cut(part, "="); ok {
			out[name] = mark
		}
	}
	return out
}
