package fraud

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// What residents write, and the kind that they mean.
var named = []struct{ text, kind string }{
	{"OTP", "otp"},
	{"मैंने ओटीपी बता दिया", "otp"},
	{"phone pe OTP maang raha tha", "otp"},
	{"I told him the OTP", "otp"},
	{"उसने कोड पूछा और मैंने बता दिया", "otp"},
	{"6 digit code came and he asked it", "otp"},

	{"बिजली", "electricity"},
	{"bijli wala", "electricity"},
	{"मैसेज आया कि आज रात बिजली काट देंगे", "electricity"},
	{"aaj raat light kat jayegi aisa message aaya", "electricity"},
	{"bijli vibhag ke naam par OTP manga", "electricity"},
	{"Dear consumer your electricity power will be disconnected tonight at 9:30 PM from electricity office because previous month bill was not update", "electricity"},
	{"बिजली दफ्तर से बोल रहा हूँ, आपका कनेक्शन कट जाएगा", "electricity"},

	{"KYC", "kyc"},
	{"केवाईसी अपडेट नहीं है, खाता बंद हो जाएगा", "kyc"},
	{"kyc ke naam pe OTP le liya", "kyc"},
	{"Your SBI account will be blocked today, update PAN", "kyc"},
	{"bank se bol raha hu, atm band ho jayega", "kyc"},
	{"योनो बंद हो जाएगा ऐसा मैसेज", "kyc"},

	{"QR code scan karwaya", "upi_qr"},
	{"क्यूआर स्कैन करने को कहा", "upi_qr"},
	{"पैसा लेने के लिए पिन डालो बोला", "upi_qr"},
	{"he told me to scan the QR to receive money", "upi_qr"},
	{"UPI PIN dalwa liya", "upi_qr"},

	{"digital arrest", "digital_arrest"},
	{"डिजिटल अरेस्ट कर लिया", "digital_arrest"},
	{"पुलिस बनकर वीडियो कॉल किया और डराया", "digital_arrest"},
	{"CBI officer ne kaha arrest ho jaoge, kisi ko mat batana", "digital_arrest"},
	{"पार्सल में ड्रग्स बताकर सीबीआई अफ़सर ने वीडियो कॉल पर गिरफ़्तार करने को कहा", "digital_arrest"},
	{"fake police on video call", "digital_arrest"},

	{"नौकरी", "job"},
	{"ghar baithe kamai ka lalach diya", "job"},
	{"telegram pe task diya, like karke paisa milega", "job"},
	{"part time job ke naam par registration fee li", "job"},
	{"घर बैठे काम देने को कहा और टास्क पूरा करने पर पैसे माँगे", "job"},
	{"work from home job fraud", "job"},

	{"paisa double karne ka lalach", "investment"},
	{"शेयर मार्केट के ग्रुप में पैसा लगाया", "investment"},
	{"ट्रेडिंग ऐप में पैसे डाले, अब निकल नहीं रहे", "investment"},
	{"crypto me invest kiya", "investment"},
	{"guaranteed returns in a VIP group", "investment"},

	{"शादी का कार्ड आया था, खोलते ही पैसा कट गया", "apk"},
	{"WhatsApp pe apk file aayi", "apk"},
	{"RTO challan e-Court Notice.apk", "apk"},
	{"गाड़ी का चालान भरने की फ़ाइल भेजी", "apk"},
	{"PM Kisan app download kiya", "apk"},

	{"customer care", "customer_care"},
	{"गूगल से नंबर निकाला था कस्टमर केयर का", "customer_care"},
	{"refund ke liye form bharwaya", "customer_care"},
	{"I searched google for the customer care number", "customer_care"},

	{"lottery", "lottery"},
	{"आपके नंबर पर 25 लाख रुपए की लॉटरी लगी है", "lottery"},
	{"KBC se phone aaya", "lottery"},
	{"inaam nikla hai bol raha tha", "lottery"},
	{"you have won a prize", "lottery"},

	{"रिश्तेदार बनकर पैसा माँगा", "relative"},
	{"naye number se bola accident ho gaya hai", "relative"},
	{"this is my new number mom, need money urgently", "relative"},
	{"दोस्त बनकर अस्पताल में हूँ बोला", "relative"},

	{"anydesk", "remote_access"},
	{"एनीडेस्क डलवाया", "remote_access"},
	{"screen share karwa ke paisa nikal liya", "remote_access"},
	{"he made me install TeamViewer", "remote_access"},

	{"parcel", "parcel"},
	{"पार्सल में ड्रग्स मिला है बोला", "parcel"},
	{"fedex se call aaya custom duty bharo", "parcel"},
	{"your package could not be delivered, incomplete address", "parcel"},

	{"galti se paisa bhej diya wapas karo", "money_deposited"},
	{"फ़ोन आया कि खाते में एक लाख जमा हुआ है", "money_deposited"},
	{"गलती से पैसे भेज दिए, वापस कर दो", "money_deposited"},
	{"amount credited by mistake please return", "money_deposited"},

	{"वीडियो वायरल करने की धमकी दे रहा है", "sextortion"},
	{"ladki ne video call karke record kar liya", "sextortion"},
	{"nude video bana li hai blackmail kar rahe hain", "sextortion"},
	{"he will upload my video", "sextortion"},

	{"OLX pe sofa becha tha", "olx_army"},
	{"फौजी बनकर गाड़ी बेचने का झाँसा दिया", "olx_army"},
	{"army officer bankar advance liya", "olx_army"},

	{"sim band ho jayegi", "sim"},
	{"आपका मोबाइल नंबर 2 घंटे में बंद हो जाएगा, 9 दबाइए", "sim"},
	{"TRAI: your number will be disconnected, press 9", "sim"},

	{"ऑनलाइन सामान मँगाया, नहीं आया", "shopping"},
	{"online order kiya tha saman nahi aaya", "shopping"},
	{"fake website, product not received", "shopping"},

	{"reward point", "reward"},
	{"रिवॉर्ड पॉइंट ख़त्म हो जाएँगे", "reward"},
	{"Your SBI NetBanking Reward Points (Rs 9980.00) will expire today! Now Redeem through REWARD App", "reward"},

	{"लोन ऐप वाले धमकी दे रहे हैं", "loan_app"},
	{"turant loan bina document ke", "loan_app"},
	{"instant loan app people call my contacts", "loan_app"},

	{"बेटे की आवाज़ में फ़ोन आया, रो रहा था", "voice_clone"},
	{"bete ko police ne pakda hai bolke paisa manga", "voice_clone"},
	{"it was an AI voice like my son", "voice_clone"},

	{"shaadi ka vada karke paisa liya", "matrimonial"},
	{"विदेशी दोस्त ने गिफ्ट भेजा, एयरपोर्ट पर पकड़ा गया", "matrimonial"},
	{"dating app friend sent gift from london", "matrimonial"},

	{"income tax refund approved", "tax_refund"},
	{"टैक्स रिफंड का मैसेज आया", "tax_refund"},

	{"अचानक नेटवर्क चला गया, फिर पैसा कटा", "sim_swap"},
	{"sim upgrade 5g ke naam par QR bheja", "sim_swap"},
	{"someone got a duplicate sim, no network", "sim_swap"},

	{"*401* code dial karwaya", "call_forwarding"},
	{"कॉल फॉरवर्ड कर दी मेरी", "call_forwarding"},
	{"he told me to dial this code, now my calls are forwarded", "call_forwarding"},

	{"khata kiraye par manga", "mule"},
	{"खाता किराए पर दो, कमीशन मिलेगा", "mule"},
	{"rent your bank account for commission", "mule"},
}

func TestMatchNamesTheKind(t *testing.T) {
	for _, line := range named {
		got, ok := Match(line.text)
		assert.Equal(t, line.kind, got, "%q", line.text)
		assert.True(t, ok, "%q", line.text)
	}
}

// What says nothing of how the thief went about it.
func TestMatchSaysNothingOfOtherThings(t *testing.T) {
	for _, text := range []string{
		"", " ", "🙏", "1", "नमस्ते", "hello", "मदद चाहिए", "help", "मेरा पैसा कट गया", "paisa chala gaya",
		"25000 kat gaye", "₹401 कट गए", "thana kahan hai", "मेरा फ़ोन चोरी हो गया", "धन्यवाद", "I am Cyber Mitan",
		"मैं हूं साइबर मितान", "पता नहीं", "kal subah 9 baje", "simple sawal hai", "hum log gaon me rehte hain",
	} {
		got, ok := Match(text)
		assert.Equal(t, "", got, "%q", text)
		assert.False(t, ok, "%q", text)
	}
}

// A kind that is only the pretext goes behind the trap that was laid.
func TestAPretextYields(t *testing.T) {
	for _, test := range []struct{ text, kind string }{
		{"courier wala bola parcel ka address nahi mil raha, *401* laga ke ye number dial karo 9000000273", "call_forwarding"},
		{"bijli wale ka phone aaya line kat jayegi, anydesk dalwaya", "electricity"},
		{"bank wale ne anydesk dalwaya aur 20000 gaye", "remote_access"},
		{"google se number nikala tha, usne anydesk dalwaya", "customer_care"},
		{"airtel sim band ho gayi, shaam ko khata khali mila", "sim_swap"},
		{"bank se bol raha hu, OTP puch ke 20000 kat liya", "otp"},
	} {
		got, _ := Match(test.text)
		assert.Equal(t, test.kind, got, test.text)
	}
}

func TestMatchWeighs(t *testing.T) {
	for _, test := range []struct{ why, text, kind string }{
		{"more words of the text", "lottery ke naam par bijli bill update karne ko bola", "electricity"},
		{"with as many words, the longer phrase", "otp OTP khata band", "kyc"},
		{"with as many words in as long phrases, the one named more often", "otp lottery", "otp"},
		{"a phrase's words may have two others between them", "bijli ka connection abhi kat gaya", "electricity"},
		{"case, marks and punctuation do not matter", "«BIJLEE!!!»", "electricity"},
		{"a word with the nukta or without", "फ़ौजी फौजी", "olx_army"},
	} {
		got, _ := Match(test.text)
		assert.Equal(t, test.kind, got, "%s: %q", test.why, test.text)
	}
}

func TestAPhrasesWordsMayNotBeFarApart(t *testing.T) {
	x := newIndex()
	x.slot("green door*")
	for text, want := range map[string]int{
		"green door":           2,
		"green doors":          2,
		"green a b door":       2,
		"green a b c door":     0,
		"door green":           0,
		"greens door":          0,
		"green green door":     2 + 1, // each green begins the phrase
		"a green door a green": 2,
	} {
		seen := x.find(readText(text, x.knows).tokens)
		places := map[int32]bool{}
		for h := range seen.of(0) {
			places[h.places[0]], places[h.places[1]] = true, true
		}
		assert.Len(t, places, want, "%q", text)
	}
}

func TestMatchLooksAtTheFirstWordsOnly(t *testing.T) {
	filler := strings.Repeat("अ ", maxWords-1)
	_, ok := Match(filler + "lottery")
	assert.True(t, ok, "the last word that is looked at")
	_, ok = Match(filler + "अ lottery")
	assert.False(t, ok, "the first word that is not")
}

// Whatever a text is, Match ends, names a kind that exists or none, and
// surrounding a text with words that mean nothing does not change its kind.
func TestMatchHoldsForAnyText(t *testing.T) {
	pieces := []string{"बिजली", "otp", "kyc", " ", "\n", "🙏", "\xff", "न", "्", "ं", "कट", "*", "401", "\u200d", "viral", "क़"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.String(),
			rapid.Map(rapid.SliceOf(rapid.SampledFrom(pieces)), func(s []string) string { return strings.Join(s, "") }),
			rapid.Map(rapid.SliceOf(rapid.SampledFrom(pieces)), func(s []string) string { return strings.Join(s, " ") }),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		).Draw(t, "text")
		key, ok := Match(text)
		assert.Equal(t, key != "", ok)
		if ok {
			_, found := Find(key)
			assert.True(t, found)
		}
		again, _ := Match("xq " + text + " xq")
		assert.Equal(t, key, again)
	})
}
