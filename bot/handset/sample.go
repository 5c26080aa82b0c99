package handset

import (
	"mitan/bot"
	"mitan/locales"
)

// sample is an invented message of a fraudster, to be forwarded. Its signs are
// those of the reports that the helpline knows; its numbers and domains belong
// to nobody.
type sample struct {
	Key    string
	Kind   bot.MessageKind
	Text   string // the words; of a document, its name
	LabelH string
	LabelE string
	Label  string // in the language of the page
}

var sampleList = []sample{
	{
		Key: "electricity", Kind: bot.Text, LabelH: "बिजली कटने का डर", LabelE: "Power cut threat",
		Text: "Dear Consumer, your electricity power will be disconnected tonight at 9:30 pm because your previous month bill was not updated. Please immediately contact our electricity officer 90000 00411. Thank you.",
	},
	{
		Key: "kyc", Kind: bot.Text, LabelH: "KYC, खाता बंद", LabelE: "KYC, account blocked",
		Text: "प्रिय ग्राहक, आपका बैंक खाता आज बंद हो जाएगा। KYC अपडेट करने के लिए तुरंत यहाँ क्लिक करें: http://kyc-update.example/yono",
	},
	{
		Key: "lottery", Kind: bot.Text, LabelH: "25 लाख की लॉटरी", LabelE: "25 lakh lottery",
		Text: "बधाई हो! KBC लकी ड्रॉ में आपके नंबर की 25,00,000 रुपये की लॉटरी लगी है। इनाम पाने के लिए मैनेजर को सिर्फ़ WhatsApp कीजिए: 90000 00412। किसी को मत बताइए।",
	},
	{
		Key: "arrest", Kind: bot.Text, LabelH: "डिजिटल अरेस्ट", LabelE: "Digital arrest",
		Text: "CBI NOTICE: A parcel in your name has been caught with drugs. You are under digital arrest. Do not cut the video call and do not tell anyone. For RBI verification transfer your money to the safe account today. Officer: 90000 00413",
	},
	{
		Key: "job", Kind: bot.Text, LabelH: "घर बैठे कमाई", LabelE: "Earn from home",
		Text: "घर बैठे रोज़ ₹3,000 कमाइए! सिर्फ़ वीडियो लाइक कीजिए। Telegram पर जुड़िए: http://task-vip.example/join रजिस्ट्रेशन फ़ीस ₹500 बाद में वापस।",
	},
	{
		Key: "challan", Kind: bot.Document, LabelH: "चालान की APK फ़ाइल", LabelE: "Challan APK file",
		Text: "RTO challan e-Court Notice.apk",
	},
	{
		Key: "picture", Kind: bot.Image, LabelH: "मैसेज की फ़ोटो", LabelE: "Photo of a message",
		Text: "Dear user your reward points Rs 9980 will expire today. Install the REWARD app now: http://points.example/app",
	},
}

// samples are all samples, labelled in a language.
func samples(lang locales.Lang) []sample {
	out := make([]sample, len(sampleList))
	for i, s := range sampleList {
		s.Label = s.LabelE
		if lang == locales.Hindi {
			s.Label = s.LabelH
		}
		out[i] = s
	}
	return out
}

// tries are words to begin with, for who does not know what to write.
var tries = map[locales.Lang][]string{
	locales.Hindi: {
		"नमस्ते",
		"पैसा कट गया",
		"मैं हूं साइबर मितान",
		"मेरे खाते से 25,000 रुपये चले गए",
		"अधिकारी से बात करनी है",
		"बंद",
	},
	locales.English: {
		"Hello",
		"My money is gone",
		"I am Cyber Mitan",
		"Somebody took 25,000 rupees from my account",
		"I want to talk to an officer",
		"stop",
	},
}
