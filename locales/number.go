package locales

import "strconv"

// MaxChoice is the highest number that [Number] takes for a choice.
const MaxChoice = 12

// maxChoiceWords is how many words may tell a choice: "नंबर 1 वाला जी".
const maxChoiceWords = 4

var (
	// ordinals name a choice as "the first".
	ordinals = soundTable(map[int]string{
		1: "पहला पहली पहले पहिला first pehla pahla pehli pahli pehle pahle 1st",
		2: "दूसरा दूसरी दुसर second dusra doosra dusri doosri 2nd",
		3: "तीसरा तीसरी third teesra tisra teesri tisri 3rd",
		4: "चौथा चौथी fourth chautha chotha chauthi 4th",
		5: "पांचवां पांचवीं पांचवा fifth panchva paanchva panchwa panchvi 5th",
		6: "छठा छठवां छठी sixth chhatha chhata chatha 6th",
	})
	// choiceFiller is what people write around a choice.
	choiceFiller = soundSet(`no number num nambar nmbr option opt press choice select button ji sir plz please ok answer wala vala vali wali par pe
		नंबर नम्बर नं विकल्प बटन जी सर वाला वाली पर दबाया ऑप्शन उत्तर जवाब dabaya the main hai है tha`)
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
