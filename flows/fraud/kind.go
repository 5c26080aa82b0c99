// Package fraud holds the kinds of fraud that residents report: how each is
// named in everyday words, how often, and where what we say about it is from.
//
// A kind is one data file, kinds/<key>.toml. Its texts are in package locales
// under the same key: kind.<key> is its label in a menu, advice.<key> is what
// to do after an attempt, and advice_loss.<key> is what to do at once after a
// loss, beside calling 1930 and the bank.
package fraud

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed kinds/*.toml words.toml signs.toml
var files embed.FS

// The kinds are part of the program, so a bad data file stops it at its start,
// and the package's tests before that.
var (
	kinds = must(load(files))
	lore  = must(newBook(files, kinds))
)

// A Kind is one kind of fraud.
type Kind struct {
	Key    string   // such as "electricity"; stays the same for ever, cases keep it
	Rank   int      // 1 for the kind that residents name most often; no two are equal
	Gentle bool     // the resident is ashamed or in danger: a person handles it, gently
	Source string   // where the facts of its advice are from
	Region string   // where they are known to hold, "" if all over India
	Words  []string // what residents and the frauds' messages call it; see [Match]

	// What thieves write, as rules (see rule.go for how one is written): sure
	// where no honest message has it, strong, or weak.
	Sure, Strong, Weak []string
	Told               []string // what residents say of it; counts as strong

	// Rules that tell of another kind's trap: where one holds, this kind is only
	// the pretext, and another that has anything for it goes first.
	Yields []string
}

// Kinds returns all kinds, the most often named one first. The caller must not
// change their words.
func Kinds() []Kind { return slices.Clone(kinds) }

// Find returns the kind of that key.
func Find(key string) (Kind, bool) {
	for _, k := range kinds {
		if k.Key == key {
			return k, true
		}
	}
	return Kind{}, false
}

// file is what a kind's data file says.
type file struct {
	Rank    int      `toml:"rank"`
	Gentle  bool     `toml:"gentle"`
	Source  string   `toml:"source"`
	Region  string   `toml:"region"`
	WordsHi []string `toml:"words_hi"` // in Devanagari and in Roman letters
	WordsEn []string `toml:"words_en"`
	Sure    []string `toml:"sure"`
	Strong  []string `toml:"strong"`
	Weak    []string `toml:"weak"`
	Told    []string `toml:"told"`
	Yields  []string `toml:"yields"`
}

// load reads the kinds of kinds/*.toml, by rank, and reports all that is wrong
// with them at once.
func load(fsys fs.FS) ([]Kind, error) {
	names, err := fs.Glob(fsys, "kinds/*.toml")
	if err != nil {
		return nil, fmt.Errorf("list kinds of fraud: %w", err)
	}
	var all []Kind
	var problems []error
	ranked := make(map[int]string)
	for _, name := range names {
		k, err := read(fsys, name)
		if err == nil && ranked[k.Rank] != "" {
			err = fmt.Errorf("rank %d is also the rank of %s", k.Rank, ranked[k.Rank])
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
			continue
		}
		ranked[k.Rank] = name
		all = append(all, k)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("load kinds of fraud: %w", err)
	}
	slices.SortFunc(all, func(a, b Kind) int { return cmp.Compare(a.Rank, b.Rank) })
	return all, nil
}

// read reads one kind; its key is the name of its file.
func read(fsys fs.FS, name string) (Kind, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Kind{}, err
	}
	var f file
	meta, err := toml.Decode(string(data), &f)
	if err != nil {
		return Kind{}, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Kind{}, fmt.Errorf("unknown field %s", unknown[0])
	}
	switch {
	case f.Rank < 1:
		return Kind{}, errors.New("rank must be 1 or more")
	case f.Source == "":
		return Kind{}, errors.New("source is missing")
	case len(f.WordsHi) == 0:
		return Kind{}, errors.New("words_hi is missing")
	case len(f.WordsEn) == 0:
		return Kind{}, errors.New("words_en is missing")
	}
	for _, word := range slices.Concat(f.WordsHi, f.WordsEn) {
		if len(newPhrase(word)) == 0 {
			return Kind{}, fmt.Errorf("%q has no letters to match", word)
		}
	}
	return Kind{
		Key:    strings.TrimSuffix(path.Base(name), ".toml"),
		Rank:   f.Rank,
		Gentle: f.Gentle,
		Source: f.Source,
		Region: f.Region,
		Words:  slices.Concat(f.WordsHi, f.WordsEn),
		Sure:   f.Sure, Strong: f.Strong, Weak: f.Weak, Told: f.Told, Yields: f.Yields,
	}, nil
}

func must[T any](loaded T, err error) T {
	if err != nil {
		panic(err)
	}
	return loaded
}
