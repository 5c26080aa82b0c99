package locales

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxBankName is how many characters the name of a bank may have.
const MaxBankName = 60

// bankNames has the everyday forms of each bank and wallet.
var bankNames = map[string]string{
	"State Bank of India":      "sbi|s b i|state bank|state bank of india|sbi bank|yono|estate bank|स्टेट बैंक|भारतीय स्टेट बैंक|एसबीआई|एस बी आई|स्टेट बैंक ऑफ इंडिया",
	"Punjab National Bank":     "pnb|p n b|punjab national|punjab national bank|panjab national|पीएनबी|पी एन बी|पंजाब नेशनल|पंजाब नेशनल बैंक",
	"HDFC Bank":                "hdfc|h d f c|एचडीएफसी|एच डी एफ सी",
	"ICICI Bank":               "icici|i c i c i|aicici|आईसीआईसीआई|आई सी आई सी आई",
	"Axis Bank":                "axis|aksis|एक्सिस",
	"Bank of Baroda":           "bob|b o b|baroda|bank of baroda|barodara|बैंक ऑफ बड़ौदा|बड़ौदा|बड़ोदा|बरोदा",
	"Bank of India":            "boi|bank of india|बैंक ऑफ इंडिया",
	"Bank of Maharashtra":      "bank of maharashtra|maharashtra bank|बैंक ऑफ महाराष्ट्र",
	"Canara Bank":              "canara|kenra|canra|केनरा|कैनरा",
	"Union Bank of India":      "union|union bank|union bank of india|ubi|यूनियन बैंक|यूनियन",
	"Central Bank of India":    "central bank|central bank of india|cbi bank|सेंट्रल बैंक",
	"Indian Bank":              "indian bank|allahabad bank|इंडियन बैंक|इलाहाबाद बैंक",
	"Indian Overseas Bank":     "iob|indian overseas|overseas bank|इंडियन ओवरसीज",
	"UCO Bank":                 "uco|yuco|यूको",
	"Punjab & Sind Bank":       "punjab and sind|punjab sind|punjab sindh",
	"IDBI Bank":                "idbi|आईडीबीआई",
	"Kotak Mahindra Bank":      "kotak|kotak mahindra|कोटक",
	"Yes Bank":                 "yes bank|यस बैंक|येस बैंक",
	"IndusInd Bank":            "indusind|indus ind|induslnd|इंडसइंड",
	"IDFC First Bank":          "idfc|idfc first|आईडीएफसी",
	"Federal Bank":             "federal|फेडरल",
	"Bandhan Bank":             "bandhan|बंधन बैंक|बंधन",
	"AU Small Finance Bank":    "au bank|au small finance|एयू बैंक",
	"Chhattisgarh Gramin Bank": "chhattisgarh gramin bank|cg gramin bank|cgrb|छत्तीसगढ़ ग्रामीण बैंक|छत्तीसगढ़ राज्य ग्रामीण बैंक|chhattisgarh rajya gramin bank",
	"Gramin Bank":              "gramin bank|gramin|grameen bank|grameen|gramina bank|ग्रामीण बैंक|ग्रामीण",
	"Cooperative Bank":         "cooperative bank|co operative bank|sahkari bank|sahakari bank|सहकारी बैंक|जिला सहकारी बैंक|jila sahkari bank",
	"India Post Payments Bank": "ippb|india post|post office|post office bank|dak ghar|dakghar|डाकघर|डाक घर|पोस्ट ऑफिस|इंडिया पोस्ट",
	"PhonePe":                  "phonepe|phone pe|phonpe|fonpe|fone pe|fon pe|phonepay|phone pay|फोनपे|फोन पे|फ़ोनपे",
	"Google Pay":               "gpay|g pay|google pay|googlepay|gpe|g pe|google pe|tez app|जीपे|जी पे|गूगल पे|गुगल पे",
	"Paytm":                    "paytm|pay tm|petm|patym|peytm|paytm bank|paytm payments bank|पेटीएम|पेटिएम|पे टी एम",
	"BHIM":                     "bhim|bhim app|bhim upi|भीम|भीम ऐप",
	"Amazon Pay":               "amazon pay|amazonpay|अमेजन पे",
	"Airtel Payments Bank":     "airtel|airtel bank|airtel payments bank|airtel payment bank|एयरटेल|एयरटेल बैंक",
	"Jio Payments Bank":        "jio payments bank|jio bank|जियो बैंक",
	"MobiKwik":                 "mobikwik|mobi kwik|मोबिक्विक",
	"CRED":                     "cred",
}

// maxBankWords is how many words the longest everyday form has.
const maxBankWords = 6

var bankForms = func() map[string]string {
	forms := map[string]string{}
	for name, list := range bankNames {
		for form := range strings.SplitSeq(list, "|") {
			forms[strings.Join(words(form), " ")] = name
		}
		forms[strings.Join(words(name), " ")] = name
	}
	return forms
}()

// Bank returns the name, fit for showing, of the bank or wallet that a text
// names in any everyday form; the longest form in the text counts. A name that
// is not known is returned trimmed as it was written. It is false for a text
// without a letter or longer than [MaxBankName].
func Bank(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return "", false
	}
	w := words(text)
	for n := min(maxBankWords, len(w)); n > 0; n-- {
		for i := 0; i+n <= len(w); i++ {
			if name, ok := bankForms[strings.Join(w[i:i+n], " ")]; ok {
				return name, true
			}
		}
	}
	if utf8.RuneCountInString(text) > MaxBankName {
		return "", false
	}
	return strings.ToValidUTF8(text, ""), true
}
