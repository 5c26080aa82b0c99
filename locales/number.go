package locales

import "strconv"

// MaxChoice is the highest number that [Number] takes for a choice.
const MaxChoice = 12

// maxChoiceWords is how many words may tell a choice: "नंबर 1 वाला जी".
const maxChoiceWords = 7

var (
	// ordinals name a choice as "the first".
	ordinals = soundTable(map[int]string{
		1: "पहला पहली पहले पहिला first pehla pahla pehli pahli pehle pahle 1st pahilka pahilki pahila पहिलका पहिली फर्स्ट वन pahelaa prothom",
		2: "दूसरे dusre doosre दूसरा दूसरी दुसर second dusra doosra dusri doosri dusarka dusrka dusar doosara dusra दुसरका दूसर सेकंड ditiyo second 2nd",
		3: "तीसरे teesre tisre तीसरा तीसरी third teesra tisra teesri tisri tisarka tisrka teesara tisara तिसरका तीसर थर्ड 3rd",
		4: "चौथे chauthe chothe चौथा चौथी fourth chautha chotha chauthi chauthka chautka choutha chowtha चौथी चउथा चौथका 4th",
		5: "पांचवे panchve paanchve पांचवां पांचवीं पांचवा fifth panchva paanchva panchwa panchvi panchwan paanchwa panchva panchwaa pachwa पंचवा पाँचवाँ पांचवी 5th",
		6: "छठा छठवां छठी sixth chhatha chhata chatha 6th",
	})
	// askedFor are verbs of asking: the "do" behind one is no two.
	askedFor = soundSet("kar kara karo kr dekha dikha daba bata likh de कर करा दिखा दबा बता")
	// choiceFiller is what people write around a choice.
	choiceFiller = soundSet(`no number num nambar nmbr option opt press choice select button ji sir plz please ok answer wala vala vali wali par pe
		नंबर नम्बर नं विकल्प बटन जी सर वाला वाली पर दबाया ऑप्शन उत्तर जवाब dabaya dabana dabata daba dabao dabaye dabai dabaiye dabaunga the main mai main hum hai है tha h he hi i am me my its it is selecting
		selected pressing pressed chun chunna chunta chose choose choosing choice want wants need for go with one number's beta bete bhai bhaiya bhaiyya babu sahab saab saheb sahib
		saheb madam mam didi kripya kar karo kro kijiye kariye karna krna kara karein dijiye dijie deejiye chahiye chahie chaiye mujhe muje hamko humko
		ye yeh yahi wahi vikalp rha raha rahi hun hoon hu ta to ko ka ke ki wale chuna chunta chunte sar ok okay ji haan na no. pls
		kardo kardijiye lagao laga lelo le lo set this that
		दबाना दबा दबाओ दबाइए दबाता रहा रही हूं हूँ बेटा भैया भइया भाई साहब सर बाबू मैडम कर करो कीजिए करना दीजिए दे चाहिए मुझे मोला हमको ये यह यही वही
		चुना चुनता को का की के वाले हां हा ना तो ही लगा लगाओ ठीक करदो करव देव हे वाला
		dikhao dikha dikhaye dikhaiye dikhado dikhaiyega kholo khol kholiye batao bataiye chahi chahin chaahi chahat lena lunga lungi diya dia kiya karta karti karat mola hmko
		दिखाओ दिखा दिखाइए दिखाव खोलो खोल खोलिए बताओ बताइए चाही चाहीं लेना लूंगा दिया दीया किया करता करती करत चुन चुनत हौं हंव हव`)
)

// Number returns the choice that the whole text is: "1", "१", "1️⃣", "*1*",
// "नंबर 1", "एक", "ek", "पहला". It is from 0 to [MaxChoice]; a longer text is none.
func Number(text string) (int, bool) {
	if len(text) > 100 {
		return 0, false
	}
	w := words(text)
	if len(w) == 0 || len(w) > maxChoiceWords {
		return 0, false
	}
	choice, found := 0, false
	for i, word := range w {
		n, ok := choiceOf(word)
		switch {
		case ok && (word == "do" || word == "दो") && i > 0 && askedFor[w[i-1]]:
		case ok && found && word == "one": // "the second one"
		case ok && found:
			return 0, false
		case ok:
			choice, found = n, true
		case !choiceFiller[word] && (i == 0 || !ordinalEnd[word]):
			return 0, false
		}
	}
	return choice, found
}

// ordinalEnd are the ends of "1st" and "2nd".
var ordinalEnd = soundSet("st nd rd th ला ली")

func choiceOf(word string) (int, bool) {
	if isDigits(word) {
		n, err := strconv.Atoi(word)
		return n, err == nil && len(word) <= 2 && n <= MaxChoice
	}
	if n, ok := ordinals[word]; ok {
		return n, true
	}
	n, ok := numberWords[word]
	return n, ok && n <= MaxChoice
}
