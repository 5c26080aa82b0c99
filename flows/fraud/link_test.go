package fraud

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPlaces(t *testing.T) {
	for link, want := range map[string]place{
		"https://onlinesbi.bank.in/login": official,
		"pmkisan.gov.in":                  official,
		"echallan.parivahan.gov.in/pay":   official,
		"www.amazon.in/track":             official,
		"sbi.co.in":                       official,
		"sbi-kyc.example":                 lookalike,
		"http://sb1-kyc.example/x":        lookalike,
		"flipk4rt-offer.example":          lookalike,
		"sbikyc.xyz":                      lookalike,
		"onlinesbi.bank.in.verify.xyz":    lookalike,
		"amazon.prize.top":                lookalike,
		"incometax-refund.example":        lookalike,
		"reward-claim.example":            bait,
		"my-page.blogspot.com":            bait,
		"bit.ly/3kyc":                     shortener,
		"tinyurl.com/x":                   shortener,
		"wa.me/919000000011":              chat,
		"t.me/easyjob":                    chat,
		"city-clinic.example":             foreign,
		"picnic-spot.example":             foreign,
		"sharma-sweets.example/menu":      foreign,
		"hxxp://x[.]example/a":            foreign,
		"today.Click":                     noPlace,
		"hai.aur":                         noPlace,
		"Notice.apk":                      noPlace,
		"Rs.500":                          noPlace,
		"name@bank":                       noPlace,
	} {
		got := noPlace
		if host, ok := hostOf(link); ok {
			got = placeOf(host)
		}
		assert.Equal(t, want, got, link)
	}
}

func TestLinksAreBroken(t *testing.T) {
	assert.Equal(t, "sbi-kyc[.]example/a[.]html", breakLink("https://sbi-kyc.example/a.html"))
	assert.Equal(t, "www[.]x[.]example", breakLink("HTTP://www.x.example"))
}

// What a piece of a message is.
func TestMarks(t *testing.T) {
	for text, want := range map[string]mark{
		"9000000011": markMobile, "+91 90000 00011": markMobile, "090000-00011": markMobile, "90000XXXXX": markMobile, "९०००००००११": markMobile,
		"+92 300 1234567": markAbroad, "+1 202 555 0101": markAbroad, "1800 11 2211": markTollfree, "1930": markTollfree,
		"7XXXXX3310": noMark, "1250 bhejo": markAmount, "paid 1299": markAmount, "otp 4821": markCode,
		"पंद्रह हजार": markAmount, "twenty thousand": markAmount, "हजार": noMark,
		"482913": markCode, "2026": noMark, "Rs 500": markAmount, "₹25,000": markAmount, "5 lakh": markAmount, "25k": markAmount, "Rs.2000/-": markAmount,
		"XX1234": markMasked, "x98": markMasked, "*401*9000000011#": markDialcode, "**21*90": markDialcode, "*99#": noMark, "* 2 1 * 90": markDialcode,
		"name@okbank": markUPI, "a.b@gmail.com": markEmail, "VM-SBIINB-S": markHeader, "AD-AIRTEL-P:": markHeader, "VM-SBIINB": noMark, "e-mail-S": noMark,
		"Notice.apk": markApk, "http://x.example/a.apk": markApk, "sbi-kyc.example": markLookalike, "bit.ly/abc": markShort, "link:https://x.example": markLink,
		"PNR 6610000021": noMark, "W0N": markDisguise, "5g": noMark,
	} {
		m := readText(text, func(w string) bool { return w == "von" })
		got := noMark
		for _, tok := range m.tokens {
			if got == noMark {
				got = tok.marks[0]
			}
		}
		assert.Equal(t, want, got, text)
	}
}

// Spellings that sound alike are one word.
func TestSounds(t *testing.T) {
	for _, same := range [][]string{
		{"jaayega", "jayega", "jaega"},
		{"phone", "fone"},
		{"vyavastha", "wyawastha"},
		{"दीजिये", "दीजिए"},
		{"पैसे", "पेसे"},
		{"ব্লক", "ব্লক"},
		{"nhi", "nahi"},
		{"qr", "QR"},
	} {
		for _, word := range same[1:] {
			assert.Equal(t, fold(same[0]), fold(word), word)
		}
	}
	assert.NotEqual(t, fold("qr"), fold("kar"))
}

// A word that is not known as written is known by its consonants.
func TestBones(t *testing.T) {
	for _, pair := range [][2]string{{"verification", "verifcation"}, {"immediately", "immediatly"}, {"update", "pudate"}, {"verification", "वेरिफिकेशन"}} {
		want, _ := bones(fold(pair[0]))
		got, _ := bones(fold(pair[1]))
		assert.Equal(t, want, got, pair)
	}
	_, ok := bones("kat")
	assert.False(t, ok, "too few")
}
