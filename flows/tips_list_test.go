package flows

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/locales"
)

// Limits of a tip: a message that is read at one glance.
const (
	maxTipRunes = 350
	maxTipLines = 5
)

func TestTipsAreManyUniqueAndSourced(t *testing.T) {
	assert.GreaterOrEqual(t, len(TipList), 24)
	seen := make(map[string]bool)
	for _, tip := range TipList {
		assert.False(t, seen[tip.Key], "%s is there twice", tip.Key)
		seen[tip.Key] = true
		assert.NotEmpty(t, tip.Source, "%s has no source", tip.Key)
	}
}

func TestTipsHaveTheirTexts(t *testing.T) {
	for _, lang := range locales.Langs() {
		var file struct {
			Tip map[string]string `toml:"tip"`
		}
		meta, err := toml.DecodeFile(filepath.Join("..", "locales", string(lang), "tips.toml"), &file)
		require.NoError(t, err)
		assert.Empty(t, meta.Undecoded(), "%s: texts that are no tips", lang)
		assert.Len(t, file.Tip, len(TipList), "%s: texts that no tip uses", lang)
		for _, tip := range TipList {
			text := file.Tip[strings.TrimPrefix(tip.Key, "tip.")]
			assert.NotEmpty(t, strings.TrimSpace(text), "%s: %s has no text", lang, tip.Key)
			assert.LessOrEqual(t, utf8.RuneCountInString(text), maxTipRunes, "%s: %s", lang, tip.Key)
			assert.LessOrEqual(t, strings.Count(text, "\n")+1, maxTipLines, "%s: %s", lang, tip.Key)
		}
	}
}
