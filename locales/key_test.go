package locales

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestKey: spellings in a row meet, in both scripts.
func TestKey(t *testing.T) {
	for _, row := range []string{
		"पैसा paisa pesa पइसा", "शिकायत shikayat sikayat sikayt", "नहीं nahi nhi नही", "गए gaye gye गये", "चाहिए chahiye chahie चाहिये",
		"मैंने maine mene", "बंद band bnd बन्द", "अधिकारी adhikari adhikaari", "नंबर नम्बर nambar", "करो karo kro", "हिंदी hindi hindee हिन्दी",
		"ठगी thagi thagee", "बताइए bataiye btaiye", "साइबर saibr", "मदद madad मद्द maddad", "पीछे पीछेे pichhe peechhe", "बनना banna",
	} {
		words := strings.Fields(row)
		for _, w := range words {
			assert.Equal(t, key(Fold(words[0])), key(Fold(w)), "%s and %s", words[0], w)
		}
	}
}

// TestKeyTellsApart: words that mean different things do not meet.
func TestKeyTellsApart(t *testing.T) {
	for _, pair := range []string{
		"बात बता", "कट खाता", "मत माता", "bata batata", "my may", "कल call", "ने nai", "jo jao", "kam kaho", "report repeat", "हो हव",
	} {
		a, b, _ := strings.Cut(pair, " ")
		assert.NotEqual(t, key(Fold(a)), key(Fold(b)), pair)
	}
}
