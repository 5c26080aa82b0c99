package locales

import "strings"

// Words that are common in one language and are no words of the other, as
// typed in Latin letters.
var (
	romanHindi = wordSet(`hai he hain h hoon hu hun ho gaya gaye gayi gya gye gyi kat liya liye diya diye nahi nahin nhi
		mera mere meri mujhe muje mujhko mai main mein maine ne ko ka ki ke se aur kya kaise kyu kyon kab kaha kahan
		paisa paise pesa pese rupaye rupye rupya khata bijli thagi thag dhokha kal aaj parso abhi subah shaam raat
		aaya aayi raha rahi rahe tha thi the karo karna karu kijiye bataiye batao bhai bhaiya sahab saab ji haan
		madad shikayat sandesh nakli asli banna chahta chahti hoga hua hui kisi koi yeh ye wo woh unka uska apna
		mor mola moka tor kahis bhejis aais lis dis jahi hawe karu ab`)
	plainEnglish = wordSet(`the is are was were am i my me we our you your he she they it this that have has had got get
		and or but of from to for with on in at a an not no yes please help money lost been cheated call called
		caller bank account message received sent someone somebody want need report how what when where who i'm
		fraud scam debited transferred link clicked told said asking asked today yesterday`)
	firstPerson = wordSet(Fold(`मैं मैने मैंने मेरा मेरे मेरी मुझे मुझको मुझसे हम हमने हमारा हमारे हमारी हमें हमको
		main mai maine meine mera mere meri mujhe muje mujhko mujhse hum hamne humne hamara hamare hamari hame
		i me my we our us`))
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// Guess is the language that a text in Latin letters is written in, by its
// common words; "" if it shows none, as a bare greeting does.
func Guess(text string) Lang {
	hindi, english := 0, 0
	for _, w := range strings.Fields(Fold(text)) {
		if romanHindi[w] {
			hindi++
		}
		if plainEnglish[w] {
			english++
		}
	}
	switch {
	case hindi > english:
		return Hindi
	case english >= 2:
		return English
	}
	return ""
}

// FirstPerson tells whether a text speaks of the writer: "my account", "मुझे".
// Such a text is the writer's own story rather than a message passed on.
func FirstPerson(text string) bool {
	for _, w := range strings.Fields(Fold(text)) {
		if firstPerson[w] {
			return true
		}
	}
	return false
}

// HasEnglish tells whether a text has a word of plain English.
func HasEnglish(text string) bool {
	for _, w := range strings.Fields(Fold(text)) {
		if plainEnglish[w] {
			return true
		}
	}
	return false
}
