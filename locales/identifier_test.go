package locales

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestIdentifiers(t *testing.T) {
	for text, want := range map[string][]Identifier{
		"9000000001":                   {{TypePhone, "9000000001"}},
		"+91 90000 00001":              {{TypePhone, "9000000001"}},
		"+91-90000-00001 se call aaya": {{TypePhone, "9000000001"}},
		"09000000001":                  {{TypePhone, "9000000001"}},
		"919000000001":                 {{TypePhone, "9000000001"}},
		"९०००० ०००१२":                  {{TypePhone, "9000000012"}},
		"900-000-0001":                 {{TypePhone, "9000000001"}},
		"नंबर 9000000001 और 90000 00002": {{TypePhone, "9000000001"}, {TypePhone, "9000000002"}},
		"9000000001 9000000002":          {{TypePhone, "9000000001"}, {TypePhone, "9000000002"}},
		"mobile: 9000000001.":            {{TypePhone, "9000000001"}},
		"raj.kumar@okaxis":               {{TypeUPI, "raj.kumar@okaxis"}},
		"UPI:Raj@YBL":                    {{TypeUPI, "raj@ybl"}},
		"9000000001@ybl":                 {{TypeUPI, "9000000001@ybl"}},
		"paise thug@paytm. par bheje":    {{TypeUPI, "thug@paytm"}},
		"help@bank.example":              {{TypeEmail, "help@bank.example"}},
		"@fraud_boy telegram par":        {{TypeHandle, "@fraud_boy"}},
		"UTR 612345678901":               {{TypeUTR, "612345678901"}},
		"612345678901":                   {{TypeUTR, "612345678901"}},
		"यूटीआर नंबर ६१२३४५६७८९०१": {{TypeUTR, "612345678901"}},
		"UTR no 919000000001":                         {{TypeUTR, "919000000001"}},
		"sbin326123456789":                            {{TypeUTR, "SBIN326123456789"}},
		"SBINR52026112312345678":                      {{TypeUTR, "SBINR52026112312345678"}},
		"ifsc SBIN0001234":                            {{TypeIFSC, "SBIN0001234"}},
		"account no 123456789012":                     {{TypeAccount, "123456789012"}},
		"a/c 00112233445":                             {{TypeAccount, "00112233445"}},
		"खाता 9000000001":                             {{TypeAccount, "9000000001"}},
		"https://kyc.example/a?b=1234567890 kholo":    {{TypeLink, "https://kyc.example/a?b=1234567890"}},
		"(www.bijli.example),":                        {{TypeLink, "www.bijli.example"}},
		"bijli-bill.example/pay par jao":              {{TypeLink, "bijli-bill.example/pay"}},
		"t.me/vip_group":                              {{TypeLink, "t.me/vip_group"}},
		"https://wa.me/919000000001":                  {{TypeLink, "https://wa.me/919000000001"}, {TypePhone, "9000000001"}},
		"bit.ly/3abc":                                 {{TypeLink, "bit.ly/3abc"}},
		"usne anydesk dalwaya":                        {{TypeApp, "anydesk"}},
		"Any Desk और क्विक सपोर्ट":                    {{TypeApp, "anydesk"}, {TypeApp, "quicksupport"}},
		"RTO challan e-Court Notice.apk":              {{TypeApp, "RTO challan e-Court Notice.apk"}},
		"उसने PMKisan.apk, भेजा":                      {{TypeApp, "PMKisan.apk"}},
		"call 9000000001 upi x1@ybl ifsc hdfc0000001": {{TypeUPI, "x1@ybl"}, {TypeIFSC, "HDFC0000001"}, {TypePhone, "9000000001"}},
	} {
		assert.Equal(t, want, Identifiers(text), "%q", text)
	}
	for _, text := range []string{
		"", "25000", "₹1,00,000", "1930", "495001", "kat gaya.mera paisa", "phone.me aaya", "21/11/2026", "1234567", "@", "a@", "@a",
		"namaste", "4111 1111 1111 1111", "p.m. 5", "and/or", "e.g", "NCRP 31211120012345", "5000000000000000000000",
	} {
		assert.Empty(t, Identifiers(text), "%q", text)
	}
}

func TestPhoneAndUTR(t *testing.T) {
	phone, ok := Phone("mera number 90000-00001 hai, doosra 9000000002")
	assert.True(t, ok)
	assert.Equal(t, "9000000001", phone)
	_, ok = Phone("5000000001")
	assert.False(t, ok)

	utr, ok := UTR("ref no. 612345678901 hai, phone 9000000001")
	assert.True(t, ok)
	assert.Equal(t, "612345678901", utr)
	_, ok = UTR("pata nahi")
	assert.False(t, ok)
	_, ok = UTR("12345")
	assert.False(t, ok)
}

func TestIdentifierProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"9000000001", "+91", "a@ybl", "x.example/1", "@h_1", " ", "-", "utr", "123456789", ".apk", "क", "०१२", "\u200d", "\xff", "www.", "@", ".", "/"})
		text := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
		seen := map[Identifier]bool{}
		for _, id := range Identifiers(text) {
			if seen[id] {
				t.Fatalf("twice: %v", id)
			}
			seen[id] = true
			if id.Type == TypePhone && (len(id.Value) != 10 || id.Value[0] < '6') {
				t.Fatalf("phone %q", id.Value)
			}
			if id.Value == "" {
				t.Fatalf("empty %s in %q", id.Type, text)
			}
		}
	})
	assert.Len(t, Identifiers(strings.Repeat("a1@ybl b2@ybl ", 3)), 2)
}

func TestIdentifiersAreLimited(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		b.WriteString("u" + strings.Repeat("a", i%200) + "@ybl ")
	}
	assert.Len(t, Identifiers(b.String()), MaxIdentifiers)
}

func TestBank(t *testing.T) {
	for text, want := range map[string]string{
		"sbi":                 "State Bank of India",
		"SBI ka khata hai":    "State Bank of India",
		"स्टेट बैंक":          "State Bank of India",
		"state bank of india": "State Bank of India",
		"S.B.I.":              "State Bank of India",
		"pnb":                 "Punjab National Bank",
		"पंजाब नेशनल बैंक": "Punjab National Bank",
		"hdfc bank":   "HDFC Bank",
		"icici":       "ICICI Bank",
		"axis bank":   "Axis Bank",
		"bob":         "Bank of Baroda",
		"baroda":      "Bank of Baroda",
		"gramin bank": "Gramin Bank",
		"छत्तीसगढ़ ग्रामीण बैंक": "Chhattisgarh Gramin Bank",
		"phonepe":                     "PhonePe",
		"phone pe se gaya":            "PhonePe",
		"फोन पे":                      "PhonePe",
		"gpay":                        "Google Pay",
		"google pay":                  "Google Pay",
		"paytm":                       "Paytm",
		"पेटीएम":                      "Paytm",
		"bank of india":               "Bank of India",
		"central bank of india":       "Central Bank of India",
		"  Nagarik Sahakari Mandal  ": "Nagarik Sahakari Mandal",
		"dak ghar":                    "India Post Payments Bank",
	} {
		got, ok := Bank(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "   ", "123", "🙏", strings.Repeat("लंबी बात ", 20)} {
		_, ok := Bank(text)
		assert.False(t, ok, text)
	}
}
