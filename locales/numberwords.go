package locales

// numberWords are the numbers up to 99 in Hindi, in both scripts with their
// usual spellings, and in English as far as one word says them.
var numberWords = soundTable(map[int]string{
	0: "शून्य जीरो सिफर zero shunya shoonya jiro शुन्य सुन्य सून्य सुन्ना ज़ीरो shunya sunya shuny sunna shunno shunnyo",
	1: "एक येक ek one ekk वन एके ego एगो ekta ekti akta wan", 2: "दो दुई do two dui दू टू दुइ दुई du dui दुगो duita duto", 3: "तीन teen tin three थ्री तिन तीनों thri tinta tinte", 4: "चार char chaar four फोर चारि cari charte",
	5: "पांच पाँच panch paanch panj five फाइव पांचे faiv pach panchta", 6: "छह छः छ छै छे chhah chhe chah che chai six सिक्स छ: छव chhay chhoy choy chhah six chhau", 7: "सात saat sat seven सेवन",
	8: "आठ aath aat ath eight एट आठे aath et", 9: "नौ नव nau nao nine नाइन नौं noy nain nau", 10: "दस das dus ten टेन दश ten dosh",
	11: "ग्यारह gyarah gyara eleven इग्यारह ग्यारा इगारह egaro gyarah igyarah", 12: "बारह barah bara twelve बारा बारे baaraha barah baro", 13: "तेरह terah tera thirteen तेरा",
	14: "चौदह चउदा चउदह chaudah choudah fourteen चउदह chaudha choddo", 15: "पंद्रह पन्द्रह pandrah pandra fifteen पंदरह पन्दरह pandrah pandarah ponero panrah pundrah", 16: "सोलह solah sola sixteen सोला solaha sholo",
	17: "सत्रह satrah satra seventeen सतरह satarah sotero", 18: "अठारह अट्ठारह atharah athara eighteen अठारा atharah aathra", 19: "उन्नीस उन्नइस unnis unnees nineteen उनीस unees unnish",
	20: "बीस bees bis twenty बिस kuri kudi कुड़ी beesh", 21: "इक्कीस ekush ekus ikkis ikkees", 22: "बाईस बाइस bais baees", 23: "तेईस तेइस teis teyis",
	24: "चौबीस chaubis chaubees choubis", 25: "पच्चीस पचीस pachis pacchis pachchis pachees pachchees पच्चिस pachhis pachees pochish pachchees panchis",
	26: "छब्बीस chhabbis chabbis", 27: "सत्ताईस सत्ताइस sattais satais", 28: "अट्ठाईस अठाईस अट्ठाइस atthais athais",
	29: "उनतीस उन्तीस untis unatis", 30: "तीस tees tis thirty तिस tirish trish tish", 31: "इकतीस इकत्तीस एकतीस iktis ikattis ekattis ektis", 32: "बत्तीस battis batees",
	33: "तैंतीस तेंतीस taintis tentis", 34: "चौंतीस चौतीस chauntis chautis", 35: "पैंतीस पैतिस paintis pentis paitis painteess",
	36: "छत्तीस chhattis chattis", 37: "सैंतीस saintis sentis", 38: "अड़तीस adtis artis", 39: "उनतालीस उनचालीस untalis unchalis",
	40: "चालीस chalis chaalis chalees forty चालिस chaalees chollish challis", 41: "इकतालीस iktalis", 42: "बयालीस बियालीस bayalis biyalis", 43: "तैंतालीस taintalis tentalis",
	44: "चौवालीस चवालीस chauvalis chavalis", 45: "पैंतालीस paintalis pentalis", 46: "छियालीस chhiyalis chiyalis",
	47: "सैंतालीस saintalis sentalis", 48: "अड़तालीस adtalis artalis", 49: "उनचास unchas unanchas",
	50: "पचास pachas pachaas fifty पचासा ponchash pachash pachass", 51: "इक्यावन ikyavan ikyawan", 52: "बावन bavan bawan", 53: "तिरपन तिरेपन tirpan tirepan",
	54: "चौवन चउवन chauvan chauwan", 55: "पचपन pachpan", 56: "छप्पन chhappan chappan", 57: "सत्तावन sattavan sattawan",
	58: "अट्ठावन अठावन atthavan athavan athawan", 59: "उनसठ unsath unsat", 60: "साठ saath sath sixty sathh शाठ साट", 61: "इकसठ iksath",
	62: "बासठ basath", 63: "तिरसठ तिरेसठ tirsath tiresath", 64: "चौंसठ चौसठ chausath chaunsath", 65: "पैंसठ painsath pensath",
	66: "छियासठ chhiyasath chiyasath", 67: "सड़सठ sadsath sarsath", 68: "अड़सठ adsath arsath", 69: "उनहत्तर उनहतर unhattar unhatar",
	70: "सत्तर सतर sattar seventy sattar sottor", 71: "इकहत्तर ikhattar", 72: "बहत्तर bahattar bahatar", 73: "तिहत्तर tihattar",
	74: "चौहत्तर chauhattar", 75: "पचहत्तर पिचहत्तर pachhattar pachattar pichhattar", 76: "छिहत्तर chhihattar chihattar",
	77: "सतहत्तर satahattar sathattar", 78: "अठहत्तर athhattar athahattar", 79: "उन्यासी उनासी unyasi unasi",
	80: "अस्सी assi eighty असी assee ashi", 81: "इक्यासी ikyasi", 82: "बयासी bayasi", 83: "तिरासी tirasi", 84: "चौरासी chaurasi",
	85: "पचासी पिचासी pachasi pichasi", 86: "छियासी chhiyasi chiyasi", 87: "सत्तासी satasi sattasi", 88: "अट्ठासी अठासी atthasi athasi",
	89: "नवासी navasi nawasi", 90: "नब्बे navve nabbe नव्वे nabbe nabe ninety नब्बै nabbey nobboi nabbay", 91: "इक्यानवे इक्यानबे ikyanve ikyanbe", 92: "बानवे बानबे banve banbe",
	93: "तिरानवे तिरानबे tiranve tiranbe", 94: "चौरानवे चौरानबे chauranve chauranbe", 95: "पचानवे पंचानवे पंचानबे pachanve panchanve panchanbe",
	96: "छियानवे छियानबे chhiyanve chiyanve", 97: "सत्तानवे सत्तानबे sattanve satanve", 98: "अट्ठानवे अठानवे अट्ठानबे atthanve athanve",
	99: "निन्यानवे निन्यानबे ninyanve ninyanbe ninanve",
})

// englishTens may be followed by a number of one to nine: "twenty five".
var englishTens = soundSet("twenty thirty forty fifty sixty seventy eighty ninety")

// englishOnes may follow them.
var englishOnes = soundSet("one two three four five six seven eight nine")

// Parts of numbers, in thousandths of one.
const whole = 1000

// fractions stand by themselves before a scale (डेढ़ लाख) or an hour.
var fractions = soundTable(map[int]string{
	1500: "डेढ़ डेढ डेड़ डेड ड्योढ़ा dedh ded derh deadh dedha dhed daidh", 2500: "ढाई अढ़ाई ढाइ अढाई dhai dhaee arai adai dhhai dhaai adhai dhayi",
	500: "आधा आधे आधी हाफ adhaa aadhi aadha adha aadhe adhe half",
})

// shifts stand before a number and change it: साढ़े तीन is 3.5.
var shifts = soundTable(map[int]string{
	500: "साढ़े साड़े साढे साढ़ saadhe sadhey sadey share sadhe saadhe sade saade sarhe", 250: "सवा sava sawa savaa", -250: "पौने पौन paune pone pauna paun",
})

// scales multiply what stands before them.
var scales = soundTable(map[int]string{
	100:        "सौ सो sau sow sho saw hundred hundreds",
	1000:       "हजार हज़ार हज़ारों hjr hjaar hzr हजर हजारो थाउजेंड hajr hazr hazaar haajar hjar hzar hajor hajaro hajari tousand thousend हाजार hazar hajar hajer hajir हजार हज़ार hazaar hajaar hajjar thousand thousands thousnd",
	100_000:    "लाख लाखों लाखो लाक लख lakhh lakha lokh laakhs lakh lac lacs lakhs laakh lack",
	10_000_000: "करोड़ crore crores karod karor cr",
})

// soundTable turns a table of spellings around: from sound to value.
func soundTable(spellings map[int]string) map[string]int {
	table := map[string]int{}
	for value, list := range spellings {
		for _, w := range words(list) {
			table[w] = value
		}
	}
	return table
}

// numbersByKey are the longer words for numbers by their key, and by their key
// with one letter left out, 0 where that is of several: so a misspelt one is found.
var numbersByKey, numbersNear = func() (exact, near map[string]int) {
	exact, near = map[string]int{}, map[string]int{}
	for w, n := range numberWords {
		if k := key(w); len(k) >= leastNumberKey {
			exact[k] = n
		}
	}
	for k, n := range exact {
		if len(k) <= leastNumberKey {
			continue
		}
		for i := range len(k) {
			short := k[:i] + k[i+1:]
			if other, ok := near[short]; ok && other != n {
				near[short] = 0
				continue
			}
			near[short] = n
		}
	}
	return exact, near
}()

// leastNumberKey is the shortest key, in letters, by which a misspelt number is
// known; that of a scale may be one shorter.
const leastNumberKey = 4

// scalesByKey are the scales by their key.
var scalesByKey = func() map[string]int {
	table := map[string]int{}
	for w, n := range scales {
		if k := key(w); len(k) >= leastNumberKey-1 {
			table[k] = n
		}
	}
	return table
}()

// scaleWord returns the scale that a word behind a number is: "हज्जार".
func scaleWord(w string) (int, bool) {
	if n, ok := scales[w]; ok || len(w) < leastNumberKey {
		return n, ok
	}
	n, ok := scalesByKey[key(w)]
	return n, ok
}

// numberWord returns the number that the word at i is. A misspelt one is one only
// where a scale follows: "पैतिश हज़ार". "at" is eight only before a scale or money:
// "2 lakhs at 5 pm".
func (t tokens) numberWord(i int) (int, bool) {
	w := t.word(i)
	if w == "at" && scales[t.word(i+1)] == 0 && !currency[t.word(i+1)] {
		return 0, false
	}
	if n, ok := numberWords[w]; ok {
		return n, true
	}
	if _, scaled := scaleWord(t.word(i + 1)); !scaled || len(w) < leastNumberKey {
		return 0, false
	}
	k := key(w)
	if n, ok := numbersByKey[k]; ok {
		return n, true
	}
	if len(k) <= leastNumberKey {
		return 0, false
	}
	if n := numbersNear[k]; n > 0 { // a letter is missing
		return n, true
	}
	found := 0
	for i := 1; i < len(k); i++ {
		short := k[:i] + k[i+1:]
		n, ok := numbersByKey[short]
		if !ok {
			n = numbersNear[short]
		}
		if n > 0 && found > 0 && n != found {
			return 0, false
		}
		found = max(found, n)
	}
	return found, found > 0
}
