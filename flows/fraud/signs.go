package fraud

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// How much what is seen counts.
const (
	weightSure   = 9 // says a kind by itself: no honest message has it
	weightStrong = 5 // has to be looked at by itself; with any red flag it is a danger
	weightMore   = 2 // each further rule of the kind, and a weak one
	maxKind      = 11
	maxWeak      = 4
)

// A sign is a red flag that counts whatever the kind, or a cue of an honest
// message.
type sign struct {
	Key    string   `toml:"key"`    // of a flag: the reason that it gives
	Weight int      `toml:"weight"` // how much it raises, or lowers
	Route  bool     `toml:"route"`  // of a flag: the message leads somewhere by it, or asks for something
	Harm   bool     `toml:"harm"`   // of a flag: no honest message asks for this, or leads there
	Warns  bool     `toml:"warns"`  // of a cue: it is how warnings and news are written
	Quiet  bool     `toml:"quiet"`  // of a cue: only in a message that brings the reader to no stranger and to no harm
	Spares bool     `toml:"spares"` // of a cue: a message that has it is no danger, whatever adds up
	Rules  []string `toml:"rules"`  // it holds if one of them does

	rules []rule
}

// signals are the rules of one kind.
type signals struct {
	sure, strong, weak []rule
	yields             []rule // of another's trap, see [Kind.Yields]
}

// A book is all that the checker knows.
type book struct {
	*lexicon
	names   []slot // by kind: the words that residents name it with
	signals []signals
	flags   []sign
	cues    []sign
	asks    func(word string) bool // whether a word is a verb of class @ask
	traps   func(word string) bool // whether one is of class @trap
}

// askClass is the class of verbs that a message can also forbid.
const askClass = "ask"

// trapClass are those of them that warnings forbid, and thieves hardly ever.
const trapClass = "trap"

// minNumber is how many digits a number must have to be a word of a class.
const minNumber = 3

// newBook compiles the words, the red flags and cues and the kinds' signals,
// and reports all that is wrong with them at once.
func newBook(fsys fs.FS, kinds []Kind) (*book, error) {
	b := &book{lexicon: newLexicon()}
	var classes map[string]string
	if err := decode(fsys, "words.toml", &classes); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(classes)) {
		b.classes[name] = b.slot()
		for _, words := range splitWords(classes[name]) {
			p := newPhrase(words)
			if len(p) == 0 || len(p) == 1 && isDigits(p[0].word) && len(p[0].word) < minNumber {
				return nil, fmt.Errorf("load the checker's words: class %s: %q says nothing", name, words)
			}
			b.add(b.classes[name], p)
		}
	}
	var listed struct {
		Flag []sign `toml:"flag"`
		Cue  []sign `toml:"cue"`
	}
	if err := decode(fsys, "signs.toml", &listed); err != nil {
		return nil, err
	}
	b.flags, b.cues = listed.Flag, listed.Cue
	var problems []error
	compile := func(sources []string) []rule {
		rules := make([]rule, 0, len(sources))
		for _, source := range sources {
			r, err := b.rule(source)
			if err == nil && len(r.parts) > maxParts {
				err = fmt.Errorf("%q has more than %d parts", source, maxParts)
			}
			if err != nil {
				problems = append(problems, err)
				continue
			}
			rules = append(rules, r)
		}
		return rules
	}
	for _, k := range kinds {
		b.names = append(b.names, b.slot(k.Words...))
		b.signals = append(b.signals, signals{compile(k.Sure), compile(slices.Concat(k.Strong, k.Told)), compile(k.Weak), compile(k.Yields)})
	}
	for _, list := range [][]sign{b.flags, b.cues} {
		for i := range list {
			list[i].rules = compile(list[i].Rules)
		}
	}
	b.asks = askWords(splitWords(classes[askClass]))
	b.traps = askWords(splitWords(classes[trapClass]))
	b.used[askClass], b.used[trapClass] = true, true
	for name := range b.classes {
		if !b.used[name] {
			problems = append(problems, fmt.Errorf("no rule uses the class %s", name))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("load the checker's words: %w", err)
	}
	return b, nil
}

// read reads a text: its tokens, what they are, and what they forbid.
func (b *book) read(text string) message {
	m := readText(text, b.knows)
	b.readings(m.tokens)
	forbid(m.tokens, b.asks)
	return m
}

// look finds all that the book knows in a message.
func (b *book) look(m message) sight {
	s := b.find(m.tokens)
	for i := range m.tokens {
		t := &m.tokens[i]
		for _, k := range t.marks {
			if k != noMark {
				s.mark(b.marks[k], i)
			}
		}
		if t.forbidden && b.traps(t.word) {
			s.mark(b.marks[markForbidden], i)
		}
	}
	return s
}

func decode(fsys fs.FS, name string, into any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("load the checker's words: %w", err)
	}
	meta, err := toml.Decode(string(data), into)
	if err != nil {
		return fmt.Errorf("load the checker's words: %s: %w", name, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("load the checker's words: %s: unknown field %s", name, unknown[0])
	}
	return nil
}

// splitWords splits a class into its phrases, at commas and line ends.
func splitWords(list string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '\n' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// askWords tells verbs by their words, which may have stars.
func askWords(list []string) func(string) bool {
	whole, stems := make(map[string]bool), make(map[string]bool)
	for _, w := range list {
		for _, t := range newPhrase(w) {
			if t.prefix {
				stems[t.word] = true
			}
			whole[t.word] = true
		}
	}
	return func(word string) bool {
		if whole[word] {
			return true
		}
		for end := 2; end < len(word); end++ {
			if stems[word[:end]] {
				return true
			}
		}
		return false
	}
}
