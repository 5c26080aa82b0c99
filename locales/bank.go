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
	"State Bank of India":         "sbi|s b i|state bank|state bank of india|sbi bank|yono|estate bank|स्टेट बैंक|भारतीय स्टेट बैंक|एसबीआई|एस बी आई|स्टेट बैंक ऑफ इंडिया",
	"Punjab National Bank":        "pnb|p n b|punjab national|punjab national bank|panjab national|पीएनबी|पी एन बी|पंजाब नेशनल|पंजाब नेशनल बैंक",
	"HDFC Bank":                   "hdfc|h d f c|एचडीएफसी|एच डी एफ सी",
	"ICICI Bank":                  "icici|i c i c i|aicici|आईसीआईसीआई|आई सी आई सी आई",
	"Axis Bank":                   "axis|aksis|एक्सिस",
	"Bank of Baroda":              "bob|b o b|baroda|bank of baroda|barodara|बैंक ऑफ बड़ौदा|बड़ौदा|बड़ोदा|बरोदा",
	"Bank of India":               "boi|bank of india|बैंक ऑफ इंडिया",
	"Bank of Maharashtra":         "bank of maharashtra|maharashtra bank|बैंक ऑफ महाराष्ट्र",
	"Canara Bank":                 "canara|kenra|canra|केनरा|कैनरा",
	"Union Bank of India":         "union|union bank|union bank of india|ubi|यूनियन बैंक|यूनियन",
	"Central Bank of India":       "central bank|central bank of india|cbi bank|सेंट्रल बैंक",
	"Indian Bank":                 "indian bank|allahabad bank|इंडियन बैंक|इलाहाबाद बैंक",
	"Indian Overseas Bank":        "iob|indian overseas|overseas bank|इंडियन ओवरसीज",
	"UCO Bank":                    "uco|yuco|यूको",
	"Punjab & Sind Bank":          "punjab and sind|punjab and sind bank|punjab & sind bank|punjab sind|punjab sindh|punjab and sindh bank|psb bank|पंजाब एंड सिंध|पंजाब एंड सिंध बैंक|पंजाब सिंध बैंक",
	"IDBI Bank":                   "idbi|idbi bank|आईडीबीआई|आईडीबीआई बैंक|आई डी बी आई",
	"Kotak Mahindra Bank":         "kotak|kotak mahindra|कोटक",
	"Yes Bank":                    "yes bank|यस बैंक|येस बैंक",
	"IndusInd Bank":               "indusind|indus ind|induslnd|इंडसइंड",
	"IDFC First Bank":             "idfc|idfc first|आईडीएफसी",
	"Federal Bank":                "federal|फेडरल",
	"Bandhan Bank":                "bandhan|bandhan bank|bondhon bank|बंधन बैंक|बंधन|बन्धन बैंक",
	"AU Small Finance Bank":       "au bank|au small finance|au small finance bank|a u bank|एयू बैंक|एयू स्मॉल फाइनेंस",
	"Chhattisgarh Gramin Bank":    "chhattisgarh gramin bank|chhattisgarh gramin|chattisgarh gramin bank|chhattisgarh grameen bank|cg rajya gramin bank|crgb|सीजी ग्रामीण बैंक|cg gramin bank|cgrb|छत्तीसगढ़ ग्रामीण बैंक|छत्तीसगढ़ राज्य ग्रामीण बैंक|chhattisgarh rajya gramin bank",
	"Utkarsh Small Finance Bank":  "utkarsh|utkarsh bank|utkarsh small finance|उत्कर्ष बैंक|उत्कर्ष",
	"Ujjivan Small Finance Bank":  "ujjivan|ujjivan bank|ujjivan small finance|उज्जीवन बैंक|उज्जीवन",
	"Equitas Small Finance Bank":  "equitas|equitas bank|equitas small finance|इक्विटास",
	"Jana Small Finance Bank":     "jana bank|jana small finance|जना बैंक|जना स्मॉल फाइनेंस",
	"ESAF Small Finance Bank":     "esaf|esaf bank|esaf small finance|इसाफ",
	"Suryoday Small Finance Bank": "suryoday bank|suryoday small finance|सूर्योदय बैंक",
	"Fino Payments Bank":          "fino|fino bank|fino payment bank|fino payments bank|फिनो|फिनो बैंक|फिनो पेमेंट बैंक|फिनो पेमेंट्स बैंक",
	"NSDL Payments Bank":          "nsdl bank|nsdl payments bank",
	"RBL Bank":                    "rbl|rbl bank|ratnakar bank|आरबीएल|आरबीएल बैंक",
	"DCB Bank":                    "dcb|dcb bank",
	"South Indian Bank":           "south indian bank|south indian|साउथ इंडियन बैंक",
	"Karnataka Bank":              "karnataka bank|कर्नाटक बैंक",
	"Karur Vysya Bank":            "karur vysya|kvb bank|kvb",
	"City Union Bank":             "city union bank|city union",
	"Jammu and Kashmir Bank":      "j and k bank|j k bank|jk bank|jammu kashmir bank",
	"Standard Chartered Bank":     "standard chartered|stanchart|स्टैंडर्ड चार्टर्ड",
	"HSBC":                        "hsbc|hsbc bank|एचएसबीसी",
	"Citibank":                    "citibank|citi bank|सिटीबैंक",
	"DBS Bank":                    "dbs|dbs bank|डीबीएस",
	"Dhanlaxmi Bank":              "dhanlaxmi bank|dhanlakshmi bank",
	"Nainital Bank":               "nainital bank|नैनीताल बैंक",
	"Uttar Pradesh Gramin Bank":   "up gramin bank|u p gramin bank|uttar pradesh gramin bank|baroda up bank|baroda up gramin bank|baroda u p bank|baroda uttar pradesh gramin bank|aryavart bank|aryavart gramin bank|aryavart|purvanchal bank|purvanchal gramin bank|kashi gomti gramin bank|prathama bank|prathama up gramin bank|sarva up gramin bank|आर्यावर्त बैंक|आर्यावर्त ग्रामीण बैंक|आर्यावर्त|बड़ौदा यूपी बैंक|बड़ौदा यूपी ग्रामीण बैंक|यूपी ग्रामीण बैंक|उत्तर प्रदेश ग्रामीण बैंक|पूर्वांचल बैंक|प्रथमा बैंक",
	"Bihar Gramin Bank":           "uttar bihar gramin bank|uttar bihar gramin|uttar bihar grameen bank|dakshin bihar gramin bank|dakshin bihar gramin|dakshin bihar grameen bank|madhya bihar gramin bank|bihar gramin bank|bihar grameen bank|ubgb|dbgb|उत्तर बिहार ग्रामीण बैंक|उत्तर बिहार ग्रामीण|दक्षिण बिहार ग्रामीण बैंक|दक्षिण बिहार ग्रामीण|मध्य बिहार ग्रामीण बैंक|बिहार ग्रामीण बैंक",
	"West Bengal Gramin Bank":     "paschim banga gramin bank|paschim banga gramin|paschimbanga gramin bank|paschim bangal gramin bank|bangiya gramin vikash bank|bangiya gramin bank|bangiya gramin|uttarbanga gramin bank|uttar banga kshetriya gramin bank|west bengal gramin bank|pbgb|पश्चिम बंग ग्रामीण बैंक|बंगीय ग्रामीण विकास बैंक|पश्चिम बंगाल ग्रामीण बैंक",
	"Jharkhand Gramin Bank":       "jharkhand gramin bank|jharkhand rajya gramin bank|vananchal gramin bank|झारखंड ग्रामीण बैंक|झारखंड राज्य ग्रामीण बैंक|वनांचल ग्रामीण बैंक",
	"Madhya Pradesh Gramin Bank":  "madhya pradesh gramin bank|mp gramin bank|madhyanchal gramin bank|narmada jhabua gramin bank|मध्य प्रदेश ग्रामीण बैंक|मध्यांचल ग्रामीण बैंक",
	"Odisha Gramin Bank":          "odisha gramin bank|utkal gramin bank|utkal grameen bank|odisha gramya bank",
	"Maharashtra Gramin Bank":     "maharashtra gramin bank|vidarbha konkan gramin bank",
	"Saraswat Bank":               "saraswat bank|saraswat",
	"Gramin Bank":                 "gramin bank|gramin|grameen bank|grameen|gramina bank|ग्रामीण बैंक|ग्रामीण",
	"Cooperative Bank":            "jila sahakari kendriya bank|jila sahkari kendriya bank|jila kendriya sahakari bank|jila kendriya sahkari bank|jila sahakari bank|zila sahakari bank|zila sahakari kendriya bank|zila sahkari kendriya bank|sahakari kendriya bank|sahkari kendriya bank|kendriya sahakari bank|district central cooperative bank|urban cooperative bank|cooperative urban bank|apex bank|sehkari bank|जिला सहकारी केंद्रीय बैंक|जिला केंद्रीय सहकारी बैंक|सहकारी केंद्रीय बैंक|अपेक्स बैंक|महिला बैंक|cooperative bank|co operative bank|cooperative|co operative|coop bank|nagrik bank|nagrik sahkari bank|nagarik sahakari bank|mahila bank|kendriya sahkari bank|zila sahkari bank|district cooperative bank|district co operative bank|dccb|sahkari samiti|केंद्रीय सहकारी बैंक|नागरिक बैंक|नागरिक सहकारी बैंक|कोऑपरेटिव बैंक|को ऑपरेटिव बैंक|sahkari bank|sahakari bank|सहकारी बैंक|जिला सहकारी बैंक|jila sahkari bank",
	"India Post Payments Bank":    "ippb|i p p b|india post|india post bank|india post payment bank|indian post payment bank|post payment bank|post bank|dak bhugtan bank|bharatiya dak bhugtan bank|postal bank|आईपीपीबी|भारतीय डाक भुगतान बैंक|डाक भुगतान बैंक|इंडिया पोस्ट पेमेंट बैंक|इंडिया पोस्ट पेमेंट्स बैंक|पोस्ट बैंक|डाक बैंक|डाकखाना|डाकखाने|dakkhana|post office|post office bank|dak ghar|dakghar|डाकघर|डाक घर|पोस्ट ऑफिस|इंडिया पोस्ट",
	"PhonePe":                     "phonepe|phone pe|phonpe|fonpe|fone pe|fon pe|phonepay|phone pay|फोनपे|फोन पे|फ़ोनपे",
	"Google Pay":                  "gpay|g pay|google pay|googlepay|gpe|g pe|google pe|tez app|जीपे|जी पे|गूगल पे|गुगल पे",
	"Paytm":                       "paytm|pay tm|petm|patym|peytm|paytm bank|paytm payments bank|पेटीएम|पेटिएम|पेटीएम बैंक|पेटीएम पेमेंट्स बैंक|पेटीएम पेमेंट बैंक|पे टी एम",
	"BHIM":                        "bhim|bhim app|bhim upi|भीम|भीम ऐप",
	"Amazon Pay":                  "amazon pay|amazonpay|अमेजन पे",
	"Airtel Payments Bank":        "airtel|airtel bank|airtel payments bank|airtel payment bank|एयरटेल|एयरटेल बैंक|एयरटेल पेमेंट्स बैंक|एयरटेल पेमेंट बैंक",
	"Jio Payments Bank":           "jio payments bank|jio payment bank|jio bank|जियो बैंक|जियो पेमेंट्स बैंक|जियो पेमेंट बैंक",
	"MobiKwik":                    "mobikwik|mobi kwik|मोबिक्विक",
	"CRED":                        "cred",
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
