package inbox

import (
	"fmt"

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

// name is the word for a key that comes from the data, such as a kind of
// message. One that has no word yet is shown as it is: better than no page.
func (w words) name(group string, key any) string {
	if found, ok := w[fmt.Sprintf("%s.%v", group, key)]; ok {
		return found
	}
	return fmt.Sprint(key)
}
