package inbox

import (
	"html/template"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"mitan/bot"
	"mitan/bot/markup"
	"mitan/locales"
)

// Texts are what the talk says, by key. [*locales.Catalog] is one.
type Texts interface {
	Keys() []string
	Vars(key string) []string
	Text(lang locales.Lang, key string, vars map[string]any) string
}

// menuOrder are the parts of the talk in the order in which residents meet
// them: what stands before the dot of a key. Parts that are not here come last.
var menuOrder = []string{
	"welcome", "language", "menu", "urgent", "report", "resume", "kind", "advice_loss", "advice", "check", "officer",
	"talk", "cases", "complaint", "tips", "tip", "enrol", "delete", "group",
}

// everyPart shows all parts of the talk at once.
const everyPart = "all"

type menusPage struct {
	framed
	Parts   []menuPart
	Part    string
	Query   string
	Only    bool // the missing ones only
	Texts   []menuText
	Missing int // in the whole talk
	Known   bool
}

// A menuPart is one part of the talk, to choose it.
type menuPart struct {
	Key     string
	Count   int
	Missing int
}

// A menuText is one message of the talk in each language.
type menuText struct {
	Key     string
	Vars    []string
	Sides   []menuSide
	Missing bool
}

// A menuSide is a message in one language, as a phone shows it.
type menuSide struct {
	Lang    locales.Lang
	HTML    template.HTML // with sample values; "" if there is no such text
	Length  int           // characters
	Long    bool          // longer than a text may be
	Missing bool
}

// menusPage shows each message of the talk, both languages side by side.
func (in *Inbox) menusPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.framed(r, v, "menus.title")
	if err != nil {
		return err
	}
	query := r.URL.Query()
	data := menusPage{
		framed: around, Part: query.Get("part"), Query: strings.TrimSpace(query.Get("q")),
		Only: query.Get("only") == "missing", Known: in.texts != nil,
	}
	if data.Known {
		data.fill(in.menuTexts())
	}
	return in.views.render(w, http.StatusOK, v.lang, "menus", data)
}

// fill counts the parts and picks what is asked for: of all parts where words
// are looked for, else of one.
func (p *menusPage) fill(all []menuText) {
	for _, text := range all {
		key := partOf(text.Key)
		if len(p.Parts) == 0 || p.Parts[len(p.Parts)-1].Key != key {
			p.Parts = append(p.Parts, menuPart{Key: key})
		}
		part := &p.Parts[len(p.Parts)-1]
		part.Count++
		if text.Missing {
			part.Missing++
			p.Missing++
		}
	}
	if !slices.ContainsFunc(p.Parts, func(part menuPart) bool { return part.Key == p.Part }) && p.Part != everyPart {
		p.Part = everyPart
		if p.Query == "" && !p.Only && len(p.Parts) > 0 {
			p.Part = p.Parts[0].Key
		}
	}
	for _, text := range all {
		if (p.Part == everyPart || p.Part == partOf(text.Key)) && (!p.Only || text.Missing) && text.has(p.Query) {
			p.Texts = append(p.Texts, text)
		}
	}
}

func partOf(key string) string {
	part, _, _ := strings.Cut(key, ".")
	return part
}

// has tells whether the text has the words in its key or in a language.
func (t menuText) has(words string) bool {
	words = strings.ToLower(words)
	if strings.Contains(t.Key, words) {
		return true
	}
	return slices.ContainsFunc(t.Sides, func(s menuSide) bool {
		return strings.Contains(strings.ToLower(bare(s.HTML)), words)
	})
}

// bare is a text without its formatting.
func bare(text template.HTML) string {
	return strings.NewReplacer("<strong>", "", "</strong>", "", "<em>", "", "</em>", "", "<s>", "", "</s>", "",
		"&#34;", `"`, "&#39;", "'", "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(string(text))
}

// menuTexts are all messages, part by part, with sample values in them.
func (in *Inbox) menuTexts() []menuText {
	var all []menuText
	for _, key := range in.texts.Keys() {
		t := menuText{Key: key, Vars: in.texts.Vars(key)}
		for _, lang := range locales.Langs() {
			text := in.texts.Text(lang, key, in.samples(lang, t.Vars))
			side := menuSide{Lang: lang, HTML: markup.HTML(text), Length: utf8.RuneCountInString(text), Missing: text == ""}
			side.Long = side.Length > locales.MaxText
			t.Missing = t.Missing || side.Missing
			t.Sides = append(t.Sides, side)
		}
		all = append(all, t)
	}
	place := func(t menuText) int {
		if i := slices.Index(menuOrder, partOf(t.Key)); i >= 0 {
			return i
		}
		return len(menuOrder)
	}
	slices.SortStableFunc(all, func(a, b menuText) int { return place(a) - place(b) })
	return all
}

// samples fills the variables of a text: with the unit's own numbers, and with
// an invented resident's case. One that has no sample shows its name.
func (in *Inbox) samples(lang locales.Lang, vars []string) map[string]any {
	values := map[string]any{}
	for _, name := range vars {
		values[name] = "‹" + name + "›"
		if sample, ok := in.views.words[lang]["sample."+name]; ok {
			values[name] = sample
		}
	}
	for name, value := range unitValues(in.unit, lang) {
		if _, used := values[name]; used {
			values[name] = value
		}
	}
	return values
}

// unitValues are what the talk fills in from the unit's settings.
func unitValues(u *bot.Unit, lang locales.Lang) map[string]any {
	return map[string]any{
		"unit": u.Name(lang), "unit_hi": u.Name(locales.Hindi), "unit_en": u.Name(locales.English), "proof": u.Proof(lang),
		"cyber": u.Numbers.Cyber, "emergency": u.Numbers.Emergency, "women": u.Numbers.Women, "child": u.Numbers.Child,
		"mind": u.Numbers.Mind, "portal": u.Numbers.Portal, "chakshu": u.Numbers.Chakshu, "efir": u.Unit.EFIR,
	}
}
