package fraud

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// keys are the 26 kinds. Cases keep these names: one may be added, none may go.
var keys = strings.Fields(`
	electricity kyc sim lottery money_deposited digital_arrest parcel upi_qr otp
	remote_access apk reward job investment loan_app sextortion relative
	voice_clone olx_army customer_care matrimonial tax_refund sim_swap
	call_forwarding shopping mule`)

func TestAllKindsAreThere(t *testing.T) {
	require.Len(t, keys, 26)
	for _, key := range keys {
		k, ok := Find(key)
		if assert.True(t, ok, "%s is missing", key) {
			assert.Equal(t, key, k.Key)
		}
	}
	_, ok := Find("no_such_kind")
	assert.False(t, ok)
}

func TestKindsComeByRank(t *testing.T) {
	for i, k := range Kinds() {
		assert.Equal(t, i+1, k.Rank, "%s: ranks are 1, 2, 3 … without a gap", k.Key)
	}
	var first []string
	for _, k := range Kinds()[:5] {
		first = append(first, k.Key)
	}
	assert.Equal(t, []string{"otp", "electricity", "kyc", "upi_qr", "digital_arrest"}, first)
}

func TestCallersCannotReorderTheKinds(t *testing.T) {
	slices.Reverse(Kinds())
	assert.Equal(t, "otp", Kinds()[0].Key)
}

func TestOnlySextortionIsGentle(t *testing.T) {
	for _, k := range Kinds() {
		assert.Equal(t, k.Key == "sextortion", k.Gentle, k.Key)
	}
}

// The same phrase in two kinds would let the menu and Match guess.
func TestNoPhraseNamesTwoKinds(t *testing.T) {
	owner := make(map[string]string)
	for _, k := range Kinds() {
		for _, word := range k.Words {
			var folded []string
			for _, term := range newPhrase(word) {
				folded = append(folded, term.word)
			}
			phrase := strings.Join(folded, " ")
			assert.Contains(t, []string{"", k.Key}, owner[phrase], "%q of %s is there already", word, k.Key)
			owner[phrase] = k.Key
		}
	}
}

func TestEachKindHasWordsInBothScripts(t *testing.T) {
	for _, k := range Kinds() {
		var deva, roman int
		for _, word := range k.Words {
			if strings.ContainsFunc(word, func(r rune) bool { return r >= 0x0900 && r <= 0x097F }) {
				deva++
			} else {
				roman++
			}
		}
		assert.GreaterOrEqual(t, deva, 10, k.Key)
		assert.GreaterOrEqual(t, roman, 10, k.Key)
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	const good = "rank = 1\nsource = \"x\"\nwords_hi = [\"क\"]\nwords_en = [\"k\"]\n"
	for _, test := range []struct{ name, data, want string }{
		{"a field nobody knows", good + "colour = \"red\"\n", "unknown field colour"},
		{"broken TOML", "rank = \n", "line 1"},
		{"no rank", strings.Replace(good, "rank = 1", "rank = 0", 1), "rank must be 1 or more"},
		{"no source", strings.Replace(good, `"x"`, `""`, 1), "source is missing"},
		{"no Hindi words", strings.Replace(good, `["क"]`, `[]`, 1), "words_hi is missing"},
		{"no English words", strings.Replace(good, `["k"]`, `[]`, 1), "words_en is missing"},
		{"only a star", strings.Replace(good, `["k"]`, `["*"]`, 1), "no letters"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := load(fstest.MapFS{"kinds/bad.toml": {Data: []byte(test.data)}})
			require.ErrorContains(t, err, test.want)
			assert.ErrorContains(t, err, "kinds/bad.toml")
		})
	}

	all, err := load(fstest.MapFS{"kinds/good.toml": {Data: []byte(good)}})
	require.NoError(t, err)
	assert.Equal(t, []Kind{{Key: "good", Rank: 1, Source: "x", Words: []string{"क", "k"}}}, all)

	_, err = load(fstest.MapFS{"kinds/a.toml": {Data: []byte(good)}, "kinds/b.toml": {Data: []byte(good)}})
	assert.ErrorContains(t, err, "rank 1 is also the rank of kinds/a.toml")
}
