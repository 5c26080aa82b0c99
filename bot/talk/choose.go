package talk

import (
	"strings"
	"unicode"

	"mitan/locales"
)

// PageSize is how many choices a message shows at most; of a longer menu one
// of them is "more".
const PageSize = 5

// leastLabel is how many letters of a label choose it.
const leastLabel = 3

// The values of a yes-or-no question.
const (
	yes = "yes"
	no  = "no"
)

var yesNoOptions = []Option{{ID: yes, Label: "talk.yes"}, {ID: no, Label: "talk.no"}}

func optionByID(options []Option, id string) *Option {
	for i := range options {
		if options[i].ID == id {
			return &options[i]
		}
	}
	return nil
}

// page is the part of the options that a page shows, and whether there is
// another page after it.
func page(options []Option, n int) (shown []Option, more bool) {
	if len(options) <= PageSize {
		return options, false
	}
	start := n * (PageSize - 1)
	if start >= len(options) {
		start = 0
	}
	rest := options[start:]
	if len(rest) <= PageSize {
		return rest, false
	}
	return rest[:PageSize-1], true
}

// parseChoice reads the message as a choice: by the number that is shown, or
// by the words that read knows, or by words of a label.
func (t *Talk) parseChoice(key string, options []Option, read func(string) (string, bool)) (string, bool) {
	shown, more := page(options, t.s.Page)
	if n, ok := locales.Number(t.text); ok {
		if n >= 1 && n <= len(shown) {
			return shown[n-1].ID, true
		}
		if more && n == len(shown)+1 {
			t.turnPage()
		}
		return "", false
	}
	if more && t.namesMore(key) {
		t.turnPage()
	}
	if t.dontKnow() && optionByID(options, Unknown) != nil {
		return Unknown, true
	}
	if answer, ok := t.inWords(); ok && optionByID(options, answer) != nil {
		return answer, true
	}
	if read != nil {
		if id, ok := read(t.text); ok && optionByID(options, id) != nil {
			return id, true
		}
	}
	return t.byLabel(options)
}

// turnPage shows the next page of the menu that stands; the run ends there.
func (t *Talk) turnPage() { panic(nextPage{}) }

type nextPage struct{}

// namesMore tells whether the message asks for the next page in words.
func (t *Talk) namesMore(key string) bool {
	typed := locales.Fold(t.text)
	word := locales.Fold(t.render("talk.more_word"))
	return typed == word || strings.HasPrefix(typed, word+" ") || typed == locales.Fold(t.render(t.moreKey(key)))
}

// byLabel finds the one option whose label the message names by a word or two,
// in the label's order: "lottery", "bank call". None if two labels fit equally.
func (t *Talk) byLabel(options []Option) (string, bool) {
	typed := locales.Fold(t.text)
	if len([]rune(typed)) < leastLabel {
		return "", false
	}
	found := ""
	for _, o := range options {
		switch label := locales.Fold(t.label(o)); {
		case label == typed:
			return o.ID, true
		case strings.Contains(" "+label+" ", " "+typed+" "):
			if found != "" {
				return "", false
			}
			found = o.ID
		}
	}
	return found, found != ""
}

// parseYesNo reads the message as yes or no.
func (t *Talk) parseYesNo() (string, bool) {
	return yesNo(t.d.catalog.Hear(t.text), t.text, t.command())
}

// inWords reads yes or no from the words of the message: "हां बनना है", "nahi gaya".
func (t *Talk) inWords() (answer string, ok bool) {
	answer = string(t.d.catalog.YesNo(t.text))
	return answer, answer != ""
}

func hasLetter(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }
