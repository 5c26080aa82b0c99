package locales

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMoneyGone(t *testing.T) {
	c := keywordCatalog(t)
	for _, text := range []string{
		"मेरे खाते से पैसा कट गया", "पैसे कट गये", "25000 कट गए", "मेरा सारा पैसा चला गया साहब", "खाते से 50 हज़ार निकल गए",
		"mere account se 25000 kat gaye", "paisa kat gaya", "paise kat gye hai", "pura paisa nikal liya", "mera paisa gaya",
		"50 hazar chale gaye", "paise ud gaye", "khata khali ho gaya", "account saaf kar diya", "मेरा खाता खाली कर दिया",
		"मेरे साथ ठगी हो गई है", "mere sath fraud hua hai", "fraud ho gaya", "ऑनलाइन धोखा हो गया", "thag liya usne", "मैं लुट गया",
		"maine 5000 bhej diye", "मैंने उसको पैसे भेज दिए", "humne paise transfer kar diye", "kat gaye 25000", "चला गया मेरा पैसा",
		"OTP nahi bataya phir bhi paisa kat gaya", "pata nahi paise kaise kat gaye", "पता नहीं कैसे पैसा कट गया",
		"पइसा कट गे", "मोर पइसा चल दिस", "हमार पईसा कट गइल", "mar gaya paisa", "मारा गया पैसा", "maar diya 50000 ka chuna, paise le liye",
		"money gone", "my money is gone", "I have lost money", "Rs 5000 was debited from my account", "I was cheated",
		"someone stole my money", "I have been scammed", "they took 20000 from my account", "amount deducted without my knowledge",
		"paise katgaye", "5000 gaya", "पैसा भी गया", "बैंक से पैसे गायब हो गए", "paisa doob gaya", "mera 1 lakh rupaye le gaya",
		"i paid 5000 to him", "arre nahi 5000 kat gaye", "नहीं नहीं, 25000 कट गए", "ठगी हो गई, पैसा नहीं बचा",
	} {
		assert.True(t, c.MoneyGone(text), text)
	}
	for _, text := range []string{
		"", "पैसा नहीं कटा", "paisa nahi gaya", "paisa bach gaya", "पैसा कट तो नहीं जाएगा", "paisa kat jayega kya",
		"पैसे नहीं कटे हैं", "paisa kata nahi hai", "पैसा कटा तो नहीं", "अभी पैसा नहीं गया", "koi paisa nahi gaya", "5000 nahi kate", "koi fraud nahi hua",
		"कोई ठगी नहीं हुई", "agar paisa kat gaya to kya karu", "अगर पैसा कट गया तो", "bijli kat gayi", "phone kat gaya",
		"paisa maanga phir phone kat gaya", "call kat gaya", "light chali gayi", "वो चला गया", "paise maang raha hai", "पैसे माँग रहा है",
		"OTP maanga", "otp nahi bataya", "thagi ki koshish hui", "fraud call aaya", "fraud hone se bach gaya", "ठगी होते होते बच गया",
		"paisa aa gaya", "paise mil gaye", "paise kat gaye the wapas aa gaye", "mar gaye papa", "बेटा चला गया", "2019 me wo chala gaya",
		"no money gone", "money not lost", "I did not lose any money", "my money will be deducted", "I have not lost money",
		"no money lost", "will money be debited", "phone maar gaya", "namaste", "report karna hai", "पैसा सुरक्षित है",
		"bola ki bijli kat jayegi", "जान से मार देंगे बोल रहा है", "usne paise bheje", "thagi se kaise bache", "paisa kab kat jayega",
	} {
		assert.False(t, c.MoneyGone(text), text)
	}
}

func TestUrgent(t *testing.T) {
	c := keywordCatalog(t)
	for text, want := range map[string]Command{
		"मैं मरना चाहता हूं":                      CmdSuicide,
		"sab paisa gaya ab jaan de dunga":         CmdSuicide,
		"मैं जान दे दूंगी":                        CmdSuicide,
		"khudkushi kar lunga":                     CmdSuicide,
		"i want to die":                           CmdSuicide,
		"I don't want to live anymore":            CmdSuicide,
		"अब जीना नहीं चाहता":                      CmdSuicide,
		"ghar me bola ki main marna chahta hu":    CmdSuicide,
		"फांसी लगा लूंगा":                         CmdSuicide,
		"mar jaunga sahab paisa nahi mila to":     CmdSuicide,
		"बच्चे को उठा ले गए":                      CmdChild,
		"bachche ko utha le gaye":                 CmdChild,
		"बच्ची के साथ गलत काम हुआ":                CmdChild,
		"meri beti gayab hai subah se":            CmdChild,
		"my child is missing":                     CmdChild,
		"mujhe maar raha hai":                     CmdViolence,
		"mujhe bahut maar raha hai bachao":        CmdViolence,
		"पति मारता है":                            CmdViolence,
		"mera pati marta hai roz":                 CmdViolence,
		"ghar me chaku lekar ghusa":               CmdViolence,
		"घर में घुस गए चोर":                       CmdViolence,
		"my husband is beating me":                CmdViolence,
		"मोला मारत हे":                            CmdViolence,
		"मारपीट कर रहे हैं":                       CmdViolence,
		"pati maar raha hai main marna chahti hu": CmdSuicide,

		"":                   "",
		"mar gaya paisa":     "",
		"maar diya 50000 ka": "",
		"phone maar gaya":    "",
		"मारा गया पैसा":      "",
		"bol raha hai jaan se maar denge video viral": "",
		"धमकी देता है कि मुझे मार रहे हैं बोल के डराता है":    "",
		"kehta hai ladki suicide kar legi case me fasa dunga": "",
		"marna nahi chahta":                                   "",
		"बोला बेटी गायब है":                                   "",
		"बेटा बाहर गया है":                                    "",
		"paisa bacha nahi":                                    "",
		"mera paisa kat gaya":                                 "",
		"बच्चे का स्कूल":                                      "",
		"paise lekar bhag gaya, maar li meri mehnat ki kamai": "",
	} {
		assert.Equal(t, want, c.Urgent(text), "%q", text)
	}
}
