package flows

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/flows/fraud"
	"mitan/locales"
)

// mostReason is how many characters a reason may have, so that it stays one line.
const mostReason = 60

// Whatever the checker sees, and whatever it would ask, has its words.
func TestCheckerHasItsWords(t *testing.T) {
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	for _, lang := range locales.Langs() {
		text := func(key string) string { return catalog.Text(lang, key, map[string]any{"reports": 3}) }
		for _, key := range fraud.ReasonKeys() {
			reason := text("check.reason_" + key)
			assert.NotEmpty(t, reason, "%s check.reason_%s", lang, key)
			assert.LessOrEqual(t, utf8.RuneCountInString(reason), mostReason, "%s check.reason_%s", lang, key)
			assert.NotContains(t, reason, "\n", "%s check.reason_%s", lang, key)
		}
		for _, key := range fraud.QuestionKeys() {
			assert.NotEmpty(t, text("check.question_"+key), "%s check.question_%s", lang, key)
		}
		for _, v := range []fraud.Verdict{fraud.Danger, fraud.BeCareful, fraud.CannotTell} {
			assert.NotEmpty(t, text("check."+string(v)), "%s check.%s", lang, v)
		}
	}
	for _, key := range catalog.Keys() {
		if reason, ok := strings.CutPrefix(key, "check.reason_"); ok {
			assert.Contains(t, fraud.ReasonKeys(), reason, "no reason of the checker has this text")
		}
		if question, ok := strings.CutPrefix(key, "check.question_"); ok {
			assert.Contains(t, fraud.QuestionKeys(), question, "no question of the checker has this text")
		}
	}
}

// A fact that holds in one region only is told there, and each region that a
// kind names has its fact.
func TestRegionalFacts(t *testing.T) {
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	for kind, facts := range regionalFacts {
		for region, key := range facts {
			assert.Contains(t, bot.Regions(), region)
			assert.True(t, catalog.Has(key), key)
			_, ok := fraud.Find(kind)
			assert.True(t, ok, kind)
		}
	}
	for _, k := range fraud.Kinds() {
		if k.Region == "" {
			continue
		}
		for _, region := range strings.Split(strings.ToLower(k.Region), ", ") {
			assert.Contains(t, regionalFacts[k.Key], region, "kinds/%s.toml", k.Key)
		}
	}
}

// What is shown of a message offers nothing to tap.
func TestUntappable(t *testing.T) {
	t.Parallel()
	for seen, shown := range map[string]string{
		"":                               "",
		"आज रात 9:30 बजे":                "आज रात 9:30 बजे",
		"9000000097":                     "90••••••97",
		"+91 90000 00097":                "91••••••••97",
		"call 90000-00097 now":           "call 90••••••97 now",
		"http://kyc-update.example/yono": "http[:]//kyc-update[.]example/yono",
		"a.b.c.example":                  "a[.]b[.]c[.]example",
		"sbi-kyc[.]example":              "sbi-kyc[.]example",
		"*जल्दी*  कीजिए":                 "जल्दी कीजिए",
		"Rs 9980":                        "Rs 9980",
		strings.Repeat("क", 100):         strings.Repeat("क", maxSeen-1) + "…",
	} {
		assert.Equal(t, shown, untappable(seen), seen)
		assert.Equal(t, untappable(seen), untappable(untappable(seen)), "once more changes nothing")
	}
}

// checkerKeys are the keys of texts that depend on what the checker finds.
func checkerKeys() []string {
	keys := []string{"check.keep_off", "check.file"}
	for _, v := range []fraud.Verdict{fraud.Danger, fraud.BeCareful, fraud.CannotTell} {
		keys = append(keys, "check."+string(v))
	}
	for _, key := range fraud.ReasonKeys() {
		keys = append(keys, "check.reason_"+key)
	}
	for _, key := range fraud.QuestionKeys() {
		keys = append(keys, "check.question_"+key)
	}
	for _, facts := range regionalFacts {
		for _, key := range facts {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
