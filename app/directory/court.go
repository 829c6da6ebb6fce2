// Package directory knows the bodies of the portal: courts and who is above whom, their divisions, and the other bodies (callback centre,
// routing desk). The list of courts proposes and explains; it never refuses what a person knows better.
package directory

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/google/uuid"
)

// The levels of courts.
const (
	LevelSupreme      = 1
	LevelHigh         = 2
	LevelIntermediate = 3
	LevelBasic        = 4
)

// Court is one court.
type Court struct {
	ID        string // IDOf the name, unless the database says otherwise
	Name      string // full Chinese name, also shown in English: courts have no official English names
	Level     int    // 1 supreme, 2 high, 3 intermediate, 4 basic
	Parent    string // full name of the court above; empty for the supreme court
	Province  string
	Sign      string // sign in case numbers, for example 粤0305; empty when not known
	SignBasis string // how the sign was found: rule, region, region-direct
	Uncertain bool   // level or parent is not confirmed: a person must look
}

// namespace makes the ids of bodies equal everywhere.
var namespace = uuid.MustParse("5f0b3d4e-6a52-5b0e-9a77-3b1f4f0c2d11")

// IDOf returns the id of the body with this full name: a UUID version 5, equal in every database.
func IDOf(name string) string { return uuid.NewSHA1(namespace, []byte(name)).String() }

//go:embed data/courts.csv
var courtsCSV []byte

//go:embed data/corrections.csv
var correctionsCSV []byte

// Courts returns the embedded list of courts with its corrections, from the supreme court down.
func Courts() ([]Court, error) {
	records, err := readCSV(courtsCSV, "name", "level", "parent", "province", "sign", "sign_basis")
	if err != nil {
		return nil, fmt.Errorf("courts.csv: %w", err)
	}
	levels, err := corrections()
	if err != nil {
		return nil, fmt.Errorf("corrections.csv: %w", err)
	}
	courts := make([]Court, 0, len(records))
	for _, r := range records {
		c := Court{ID: IDOf(r[0]), Name: r[0], Parent: r[2], Province: r[3], Sign: r[4], SignBasis: r[5]}
		if c.Level, err = readLevel(r[1]); err != nil {
			return nil, fmt.Errorf("courts.csv: %s: %w", c.Name, err)
		}
		if level, ok := levels[c.Name]; ok {
			c.Level, c.Uncertain = level, true
			delete(levels, c.Name)
		}
		courts = append(courts, c)
	}
	for name := range levels {
		return nil, fmt.Errorf("corrections.csv: %s is not in courts.csv", name)
	}
	return courts, nil
}

func corrections() (map[string]int, error) {
	records, err := readCSV(correctionsCSV, "name", "level", "why")
	if err != nil {
		return nil, err
	}
	levels := make(map[string]int, len(records))
	for _, r := range records {
		if levels[r[0]], err = readLevel(r[1]); err != nil {
			return nil, fmt.Errorf("%s: %w", r[0], err)
		}
	}
	return levels, nil
}

func readLevel(s string) (int, error) {
	level, err := strconv.Atoi(s)
	if err != nil || level < LevelSupreme || level > LevelBasic {
		return 0, fmt.Errorf("%q is no level of courts", s)
	}
	return level, nil
}

// readCSV returns the records below a header that must be exactly this.
func readCSV(raw []byte, header ...string) ([][]string, error) {
	records, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 || strings.Join(records[0], ",") != strings.Join(header, ",") {
		return nil, errors.New("the header must be " + strings.Join(header, ","))
	}
	return records[1:], nil
}

// Default returns the tree of the embedded list. It panics when the list is broken, which its test rules out.
var Default = sync.OnceValue(func() *Tree {
	courts, err := Courts()
	if err != nil {
		panic(err)
	}
	t, err := NewTree(courts)
	if err != nil {
		panic(err)
	}
	return t
})

// Procuratorate derives the name of the procuratorate at the level and seat of a court; false for courts without one of their own (railway,
// maritime, internet …). No list of procuratorates was at hand: a person confirms the name before it is used.
func Procuratorate(court string) (string, bool) {
	const people, organ = "人民法院", "人民检察院"
	seat, ok := strings.CutSuffix(court, people)
	if !ok {
		return "", false
	}
	if i := strings.Index(seat, "第"); i > 0 && strings.HasSuffix(seat, "中级") {
		// 北京市第一中级人民法院 → 北京市人民检察院第一分院
		return seat[:i] + organ + strings.TrimSuffix(seat[i:], "中级") + "分院", true
	}
	for _, level := range []string{"中级", "高级"} {
		seat = strings.TrimSuffix(seat, level)
	}
	return seat + organ, true
}
