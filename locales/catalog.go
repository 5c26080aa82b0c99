package locales

import (
	"embed"
	"io/fs"
	"maps"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed hi/*.toml en/*.toml
var builtin embed.FS

// MaxText is how many characters a text may have: what a phone shows without
// much scrolling.
const MaxText = 1000

// NoValue is what stands in a text for a variable that the caller left out. No
// text that a resident gets may contain it; tests look for it.
const NoValue = "<no value>"

// Catalog has the texts and keywords of all languages. It does not change once
// loaded and may be used from many goroutines.
type Catalog struct {
	keys  []string
	vars  map[string][]string
	texts map[Lang]speech
	lex   *lexicon
}

// speech is the texts of one language: those without variables as they are, and
// the localizer for the others.
type speech struct {
	fixed     map[string]string
	localizer *i18n.Localizer
}

// Load reads the built-in texts and keywords and lays those of override over
// them: its hi/*.toml and en/*.toml, nil meaning none. Texts replace the
// built-in ones of the same key; keywords are added to the built-in ones.
//
// Everything that is wrong is reported together (see [errors.Join]), each
// problem saying its file, its key and what to change.
func Load(override fs.FS) (*Catalog, error) {
	return load(builtin, override)
}

func load(base, override fs.FS) (*Catalog, error) {
	r := &reader{}
	r.read(base, "")
	r.checkPairs()
	if override != nil {
		r.readOverride(override)
	}
	lex := r.lexicon()
	if err := r.err(); err != nil {
		return nil, err
	}
	return newCatalog(r.texts, r.vars, lex)
}

func newCatalog(texts map[Lang]map[string]entry, vars map[string][]string, lex *lexicon) (*Catalog, error) {
	c := &Catalog{vars: vars, texts: map[Lang]speech{}, lex: lex}
	c.keys = slices.Sorted(maps.Keys(texts[Hindi]))
	bundle := i18n.NewBundle(language.Hindi)
	for _, lang := range Langs() {
		s := speech{fixed: map[string]string{}}
		var messages []*i18n.Message
		for key, e := range texts[lang] {
			if !e.template() {
				s.fixed[key] = e.text
			}
			messages = append(messages, &i18n.Message{ID: key, Other: e.text})
		}
		if err := bundle.AddMessages(language.Make(string(lang)), messages...); err != nil {
			return nil, err
		}
		s.localizer = i18n.NewLocalizer(bundle, string(lang))
		c.texts[lang] = s
	}
	return c, nil
}

// Text returns the text of key in lang with vars filled in, or "" if there is
// no such key. A variable missing from vars shows as [NoValue]. An unknown
// language is Hindi.
func (c *Catalog) Text(lang Lang, key string, vars map[string]any) string {
	s, ok := c.texts[lang]
	if !ok {
		s = c.texts[Hindi]
	}
	if text, ok := s.fixed[key]; ok {
		return text
	}
	if vars == nil {
		vars = map[string]any{}
	}
	text, err := s.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: vars})
	if err != nil {
		return ""
	}
	return text
}

// Has reports whether there is a text for key.
func (c *Catalog) Has(key string) bool {
	_, ok := slices.BinarySearch(c.keys, key)
	return ok
}

// Keys returns the keys of all texts, sorted.
func (c *Catalog) Keys() []string { return slices.Clone(c.keys) }

// Vars returns the variables that the texts of key may use, sorted.
func (c *Catalog) Vars(key string) []string { return slices.Clone(c.vars[key]) }
