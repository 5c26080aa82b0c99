package fraud_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/flows/fraud"
	"mitan/locales"
)

// Limits that an old person's phone and patience set.
const (
	maxLabel  = 40
	maxAdvice = 300
	maxLines  = 3
)

// texts are those of one language's fraud.toml.
type texts struct {
	Kind       map[string]string `toml:"kind"`
	Advice     map[string]string `toml:"advice"`
	AdviceLoss map[string]string `toml:"advice_loss"`
}

func readTexts(t *testing.T, lang locales.Lang) texts {
	t.Helper()
	var got texts
	meta, err := toml.DecodeFile(filepath.Join("..", "..", "locales", string(lang), "fraud.toml"), &got)
	require.NoError(t, err)
	require.Empty(t, meta.Undecoded(), "texts that no kind of fraud uses")
	return got
}

func TestEveryKindHasItsTexts(t *testing.T) {
	for _, lang := range locales.Langs() {
		t.Run(string(lang), func(t *testing.T) {
			got := readTexts(t, lang)
			for _, k := range fraud.Kinds() {
				assertFits(t, "kind."+k.Key, got.Kind[k.Key], maxLabel, 1)
				assertFits(t, "advice."+k.Key, got.Advice[k.Key], maxAdvice, maxLines)
				assertFits(t, "advice_loss."+k.Key, got.AdviceLoss[k.Key], maxAdvice, maxLines)
			}
		})
	}
}

func TestEveryTextHasItsKind(t *testing.T) {
	for _, lang := range locales.Langs() {
		got := readTexts(t, lang)
		for _, group := range []map[string]string{got.Kind, got.Advice, got.AdviceLoss} {
			for key := range group {
				_, ok := fraud.Find(key)
				assert.True(t, ok, "%s: there is no kind %s", lang, key)
			}
		}
	}
}

// Two labels that read alike would leave a resident guessing.
func TestLabelsDiffer(t *testing.T) {
	for _, lang := range locales.Langs() {
		seen := make(map[string]string)
		for key, label := range readTexts(t, lang).Kind {
			folded := locales.Fold(label)
			assert.Empty(t, seen[folded], "%s: %s and this kind have one label", lang, key)
			seen[folded] = key
		}
	}
}

// What is said of a kind must stay true in every language: a number to call,
// or a "9" to write, is in both or in none.
func TestLanguagesNameTheSameNumbers(t *testing.T) {
	hi, en := readTexts(t, locales.Hindi), readTexts(t, locales.English)
	for _, k := range fraud.Kinds() {
		assert.Equal(t, numbers(hi.Advice[k.Key]), numbers(en.Advice[k.Key]), "advice.%s", k.Key)
		assert.Equal(t, numbers(hi.AdviceLoss[k.Key]), numbers(en.AdviceLoss[k.Key]), "advice_loss.%s", k.Key)
	}
}

func TestTextsKeepTheVoice(t *testing.T) {
	forbidden := []string{
		"कृपया", "वित्तीय", "धनराशि", "प्रेषित", "संलग्न", "उपर्युक्त", "अमान्य", "सुरक्षित है",
		"please find", "kindly", "invalid", "error", "you are safe", "is safe", "guarantee your",
	}
	for _, lang := range locales.Langs() {
		got := readTexts(t, lang)
		for _, group := range []map[string]string{got.Kind, got.Advice, got.AdviceLoss} {
			for key, text := range group {
				for _, word := range forbidden {
					assert.NotContains(t, strings.ToLower(text), word, "%s %s", lang, key)
				}
			}
		}
	}
}

func assertFits(t *testing.T, key, text string, runes, lines int) {
	t.Helper()
	if !assert.NotEmpty(t, strings.TrimSpace(text), "%s has no text", key) {
		return
	}
	assert.Equal(t, strings.TrimSpace(text), text, "%s has spaces around it", key)
	assert.LessOrEqual(t, utf8.RuneCountInString(text), runes, "%s is too long", key)
	assert.LessOrEqual(t, strings.Count(text, "\n")+1, lines, "%s has too many lines", key)
}

// numbers returns the numbers in a text, sorted.
func numbers(text string) []string {
	found := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	slices.Sort(found)
	return slices.Compact(found)
}
