// Package packs loads rule packs: checks them, picks them by date, explains them and says what differs between two.
//
// A pack is a folder. Everything a lawyer may want to change is in it and nothing else is: sources, facts, questions,
// remedies, routing rows, clocks, surveys, holidays, every word shown from them, and worked cases.
package packs

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"reliefportal/app/rules"
)

// Load reads and compiles the pack whose folder is the root of fsys. The error joins every mistake found, each with its
// file and line; a pack with a mistake is never returned.
func Load(fsys fs.FS) (*rules.Pack, error) {
	l := &loader{fsys: fsys, pack: &rules.Pack{}}
	for _, step := range []func() error{
		l.head, l.holidays, l.sources, l.facts, l.words, l.finder, l.clocks, l.remedies, l.papersCannot, l.rows, l.surveys, l.sums, l.application, l.letters, l.restrictions, l.work, l.means, l.handover, l.hash,
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("pack %s: %w", l.pack.ID, err)
		}
	}
	l.pack.Index()
	if err := links(l.pack); err != nil {
		return nil, fmt.Errorf("pack %s: %w", l.pack.ID, err)
	}
	return l.pack, nil
}

type loader struct {
	fsys   fs.FS
	pack   *rules.Pack
	comp   compiler
	papers map[string]rules.Paper
	refuse map[string]rules.Ground
	ground map[string]rules.Ground

	outcomes  map[string][]rawOutcome
	stageSets map[string]map[rules.Stage]string
}

// in is the compiler speaking of one file.
func (l *loader) in(file string) *compiler {
	c := l.comp
	c.file = file
	return &c
}

// read decodes one file strictly: a misspelt or doubled key is an error.
func (l *loader) read(name string, into any) error {
	b, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		return err
	}
	return decode(name, b, into)
}

func decode(name string, b []byte, into any) error {
	if err := yaml.UnmarshalWithOptions(b, into, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// files lists a folder's files with an extension, sorted; a missing folder is empty.
func (l *loader) files(dir, ext string) []string {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() && path.Ext(e.Name()) == ext {
			out = append(out, path.Join(dir, e.Name()))
		}
	}
	slices.Sort(out)
	return out
}

// hash fingerprints every file of the pack by path and content, in path order.
func (l *loader) hash() error {
	h := sha256.New()
	err := fs.WalkDir(l.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		b, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			return err
		}
		// Lengths keep a byte moved from one file to the next from giving the same hash.
		var size [16]byte
		binary.BigEndian.PutUint64(size[:8], uint64(len(name)))
		binary.BigEndian.PutUint64(size[8:], uint64(len(b)))
		h.Write(size[:])
		h.Write([]byte(name))
		h.Write(b)
		return nil
	})
	l.pack.Hash = hex.EncodeToString(h.Sum(nil))
	return err
}
