package handset

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
	"mitan/locales"
)

func TestOfferedNumbersCanBeTapped(t *testing.T) {
	for text, want := range map[string][]Choice{
		"no numbers": nil,
		"बताइए:\n*1* ठगी हुई\n*2* यह *असली* है?\n*0* मेनू": {{"1", "ठगी हुई"}, {"2", "यह असली है?"}, {"0", "मेनू"}},
		"*1* हाँ  *2* नहीं, फिर":                           {{"1", "हाँ"}, {"2", "नहीं, फिर"}},
		"हिंदी के लिए *1* लिखिए।\nFor English, type *2*.":  {{"1", ""}, {"2", ""}},
		"*1.* *1930* पर फ़ोन कीजिए।\n*2.* बैंक को":         nil,
		"*१* हाँ":                   {{"१", "हाँ"}},
		"*1* yes\nso write *1*":     {{"1", "yes"}},
		"*BSP-26-000001* and *123*": nil,
	} {
		assert.Equal(t, want, choices(text), text)
	}
}

func TestNumbersAreOfferedUntilTheResidentAnswers(t *testing.T) {
	menu := bot.Message{By: bot.ByBot, Text: "*1* yes *2* no"}
	talk := bot.Message{By: bot.ByBot, Text: "still there?"}
	answer := bot.Message{By: bot.ByResident, Text: "1"}
	assert.Len(t, offered([]bot.Message{answer, menu, talk}), 2)
	assert.Empty(t, offered([]bot.Message{menu, answer}))
	assert.Empty(t, offered([]bot.Message{menu, answer, talk}))
	assert.Empty(t, offered(nil))
}

func TestEachWordOfThePageIsInBothLanguages(t *testing.T) {
	for _, lang := range locales.Langs() {
		for _, other := range locales.Langs() {
			for key := range words[other] {
				assert.NotEmpty(t, words[lang][key], "%s: %s", lang, key)
			}
		}
		assert.NotEmpty(t, tries[lang])
		for _, s := range samples(lang) {
			assert.NotEmpty(t, s.Label)
		}
	}
}

func TestDaysAreCountedInIndia(t *testing.T) {
	lateEvening := noon.AddDate(0, 0, -1).Add(10 * time.Hour) // 00:30 of the 23rd in India
	assert.Equal(t, "Today", dayName(lateEvening, noon, locales.English))
	assert.Equal(t, "कल", dayName(noon.AddDate(0, 0, -1), noon, locales.Hindi))
	assert.Equal(t, "4 जनवरी 2026", dayName(noon.AddDate(0, -10, -19), noon, locales.Hindi))
	assert.Equal(t, "2:30 pm", clockTime(noon))
}

func TestAnInitialIsAWholeLetter(t *testing.T) {
	for name, want := range map[string]string{"सावित्री बाई": "सा", "ravi": "R", "": ""} {
		assert.Equal(t, want, Persona{Name: name}.Initial())
	}
}
