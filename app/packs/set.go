package packs

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"sync"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

//go:embed all:data
var embedded embed.FS

// Set is every pack the program knows, oldest first. It never changes once opened and is safe for several goroutines.
type Set struct {
	packs []*rules.Pack
	roots map[string]fs.FS // by pack hash, for worked cases
	told  sync.Map         // pack hash -> map of remedy id to the cases shown beside it, read once
}

// Default gives the packs built into the program. They are opened once: nothing in them ever changes.
func Default() (*Set, error) { return builtIn() }

var builtIn = sync.OnceValues(func() (*Set, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	s := &Set{roots: map[string]fs.FS{}}
	return s, s.load(data)
})

// Open opens the built-in packs and those of a folder (one pack a subfolder); a pack there replaces the built-in one of
// the same id. An empty dir means none. Every pack is checked the same way; one bad pack is an error.
func Open(dir string) (*Set, error) {
	base, err := builtIn()
	if err != nil || dir == "" {
		return base, err
	}
	s := &Set{packs: slices.Clone(base.packs), roots: maps.Clone(base.roots)}
	return s, s.load(os.DirFS(dir))
}

func (s *Set) load(fsys fs.FS) error {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return fmt.Errorf("packs: %w", err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		root, err := fs.Sub(fsys, path.Clean(e.Name()))
		if err != nil {
			return err
		}
		p, err := Load(root)
		if err != nil {
			return fmt.Errorf("packs: folder %s: %w", e.Name(), err)
		}
		s.packs = slices.DeleteFunc(s.packs, func(old *rules.Pack) bool { return old.ID == p.ID })
		s.packs = append(s.packs, p)
		s.roots[p.Hash] = root
	}
	slices.SortFunc(s.packs, func(a, b *rules.Pack) int { return a.From.Compare(b.From) })
	return nil
}

// All lists the packs, oldest first.
func (s *Set) All() []*rules.Pack { return slices.Clone(s.packs) }

// On gives the pack in force on a day; before the first pack it is the first.
func (s *Set) On(d calendar.Date) *rules.Pack {
	best := s.packs[0]
	for _, p := range s.packs {
		if !p.From.After(d) {
			best = p
		}
	}
	return best
}

// ByHash finds the pack a filing was decided by.
func (s *Set) ByHash(hash string) (*rules.Pack, bool) {
	i := slices.IndexFunc(s.packs, func(p *rules.Pack) bool { return p.Hash == hash })
	if i < 0 {
		return nil, false
	}
	return s.packs[i], true
}

// Cases reads the worked cases of a pack.
func (s *Set) Cases(p *rules.Pack) ([]Case, error) {
	root, ok := s.roots[p.Hash]
	if !ok {
		return nil, fmt.Errorf("packs: pack %s is not of this set", p.ID)
	}
	return Cases(p, root)
}

// Told gives the worked cases of a pack that may be shown to people beside a remedy, because its door is open in them.
func (s *Set) Told(p *rules.Pack, remedyID string) ([]Case, error) {
	if known, ok := s.told.Load(p.Hash); ok {
		return known.(map[string][]Case)[remedyID], nil
	}
	all, err := s.Cases(p)
	if err != nil {
		return nil, err
	}
	told := map[string][]Case{}
	for _, w := range all {
		for _, d := range w.Doors {
			if w.Tell && (d.State == rules.DoorOpen || d.State == rules.DoorUntil) {
				told[d.Remedy] = append(told[d.Remedy], w)
			}
		}
	}
	s.told.Store(p.Hash, told)
	return told[remedyID], nil
}
