package inbox

import (
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"

	"mitan/locales"
)

// words are the inbox's own words in one language, by key.
type words map[string]string

// loadWords reads words/hi.toml or words/en.toml: one flat table.
func loadWords(lang locales.Lang) (words, error) {
	file := "words/" + string(lang) + ".toml"
	data, err := assets.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	var found words
	if err := toml.Unmarshal(data, &found); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return found, nil
}

// text is the words of a key, with what it names filled in. A key that is not
// there is an error: the page is not shown with a hole in it.
func (w words) text(key string, args ...any) (string, error) {
	found, ok := w[key]
	if !ok {
		return "", fmt.Errorf("words: there is no key %q", key)
	}
	if len(args) == 0 {
		return found, nil
	}
	return fmt.Sprintf(found, args...), nil
}

// when is a moment in the middle of a sentence.
func (w words) when(m moment) (string, error) {
	if m.Day.Date == 0 { // today or yesterday
		return w.text("when."+strings.TrimPrefix(m.Day.Key, "day."), m.Time)
	}
	month, err := w.text(m.Day.Key)
	if err != nil {
		return "", err
	}
	if m.Day.Year != 0 {
		return w.text("when.year", m.Day.Date, month, m.Day.Year, m.Time)
	}
	return w.text("when.date", m.Day.Date, month, m.Time)
}

// steps are what to do one after the other: the words of group.1, group.2 and
// on, the number to call filled in where one says %s.
func (w words) steps(group string, call string) []string {
	var found []string
	for n := 1; ; n++ {
		step, ok := w[fmt.Sprintf("%s.%d", group, n)]
		if !ok {
			return found
		}
		found = append(found, strings.ReplaceAll(step, "%s", call))
	}
}

// name is the word for a key that comes from the data, such as a kind of
// message. One that has no word yet is shown as it is: better than no page.
func (w words) name(group string, key any) string {
	if found, ok := w[fmt.Sprintf("%s.%v", group, key)]; ok {
		return found
	}
	return fmt.Sprint(key)
}
