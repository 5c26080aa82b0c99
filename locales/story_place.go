package locales

import (
	"slices"
	"strings"
)

var (
	// placeBreaks are words that no place has.
	placeBreaks = soundSet(`paas pas nazdik kareeb log ami amar amra hu hun hoon hai he h main mai i am my mera meri mere naam nam name and aur se from ka ki ke ko me mein ne umar age years old yrs sal saal mobile phone number no is the a an bol bola raha rahi kal aaj mujhe bolat bolti bolta hav sath par pe in at to on for ab ar rehte rehta rehti rahte rahta rahti
		cyber thane crime branch office court company group department with please help sir madam alone staying living live lives resident of bank bola police thana wale wala hum ham he ho ji ghar hamar hamara
		हूं है ह हे हवे हवय हव अब मैं मेरा मेरी मेरे नाम और से का की के को में ने उम्र मोबाइल फोन नंबर कल आज मुझे साथ पर हमर मोर हम जी घर हमारा पास नजदीक पुलिस थाना थाने साइबर क्राइम ब्रांच शाखा कार्यालय कोर्ट विभाग ऑफिस कंपनी बैंक वाले मेरी वर्ष साल`)
	// homeBefore say that a home follows; homeBehind, that it came before.
	homeBefore = phrases("i live in", "living in", "live at", "live alone in", "resident of", "residing at", "residing in", "i stay in", "staying at", "staying in", "staying alone in", "living alone in", "at home in", "i am from", "im from", "from village", "aged of",
		"gaon", "gaav", "gram", "mohalla", "ghar hamara", "mera ghar", "hamara ghar", "ghar mera", "hamar ghar", "mera gaon", "jila", "गांव", "ग्राम", "मोहल्ला", "घर हमारा", "हमारा घर", "मेरा घर", "घर मेरा", "मोबाइल घर", "जिला", "है घर", "house at", "house in", "home in", "my house at", "address at", "address in", "shop at", "shop in", "living at", "living near", "residing", "i belong to")
	homeBehind = phrases("se hu", "se hun", "se hoon", "se bol", "se likh", "se baat kar rah", "ka nivasi", "ka niwasi", "theke bolchi", "theke likhchi", "theke likchi", "er theke", "theke", "thaki", "te thaki", "jila ke bani", "ke bani", "ghar ba", "me ghar hai", "me dukan", "me dukaan", "me dokan", "ke hain", "ke hai hum", "se bani", "se",
		"से हूं", "से बोल", "से लिख", "का निवासी", "ले बोलत", "में दुकान", "में दोकान", "से बानी", "के हईं", "के बानी")
	// liveBehind say that so surely that the place need be no known town.
	liveBehind = phrases("ka rehne wala", "ki rehne wali", "ke rehne wale", "ka rahne wala", "ki rahne wali", "ke rahne wale", "ke rahe wala", "ke rahe wali", "ke rahaiya", "ke rahiya", "ke rahvaiya", "ke rahne waiya", "me raho", "ma rahithav", "ma rahthav", "ma rahat", "me rehta", "me rehti", "me rahta", "me rahti", "mein rehta", "mein rahta", "mein rehti", "mein rahti", "me rehte", "me rahte", "mein rehte", "mein rahte", "me rahila", "me rahat",
		"का रहने वाला", "की रहने वाली", "के रहने वाले", "के रहे वाला", "के रहे वाली", "के रहइया", "के रहैया", "के रहवइया", "में रहता", "में रहती", "में रहते", "में रहत", "मा रहिथंव", "मा रहिथौं", "मा रहत", "में रहिला")
)

func phrases(list ...string) [][]string {
	all := make([][]string, len(list))
	for i, phrase := range list {
		all[i] = words(phrase)
	}
	return all
}

// fromPlace stands between a place and a name: "Korba le Santram Patel".
var fromPlace = soundSet("se le से ले")

var districtOf = soundSet("jile jila zile zila जिले जिला")

var districtWords = soundSet("jila zila district dist जिला")

var honorific = soundSet("ji e te जी")

// maxPlaceWords is how many words a place may have.
const maxPlaceWords = 4

// ofReach is how many words may stand between a name and its "of": "B. N. Roy
// aged 81 of …".
const ofReach = 5

// ownPlace is where it stands where the writer lives: as it is said, behind the
// writer's name, or by itself at the end. Nothing where none is told.
func (s *storyReader) ownPlace(name tokenSpan) tokenSpan {
	for i := range s.toks {
		if at := s.placeOfMe(i); at.end > 0 {
			return at
		}
		if at := s.placeOfI(i); at.end > 0 {
			return at
		}
		if w := s.talk.words[i]; (w == "ghar" || w == "घर") && townWords[s.toks.word(i+1)] && s.inPlace(i+1) {
			return tokenSpan{i + 1, i + 2}
		}
		if s.talk.words[i] == "from" && (i == 0 || s.beginsSentence(i)) {
			if at := s.placeFrom(i + 1); at.end > 0 && s.isTown(at) && (at.end == len(s.toks) || s.endsSentence(at.end) || s.toks[at.end].is(",")) {
				return at
			}
		}
		if at := s.livesAt(i); at.end > 0 {
			return at
		}
		if at := s.livesBehind(i); at.end > 0 {
			return at
		}
		for _, start := range homeBefore {
			if end, ok := s.phraseAt(i, start); ok && !s.isWeight(i) {
				if at := s.placeFrom(end); at.end > 0 {
					return at
				}
			}
		}
		if at := s.placeInAddress(i); at.end > 0 {
			return at
		}
		for _, tail := range liveBehind {
			if _, ok := s.phraseAt(i, tail); ok && !s.hasBefore(tokenSpan{i, i + 1}, theyLive, maxPlaceWords) {
				if at := s.placeTo(i); at.end > 0 && (s.isTown(at) || s.isNamed(at)) {
					return at
				}
			}
		}
		if districtOf[s.talk.words[i]] && ofWords[s.toks.word(i+1)] && s.hasBefore(tokenSpan{i, i + 1}, iWords, meReach) {
			if at := s.placeTo(i); at.end > 0 && s.isTown(at) {
				return at
			}
		}
		for _, tail := range homeBehind {
			if _, ok := s.phraseAt(i, tail); ok && (len(tail) > 1 || tail[0] != "se" || s.introducesPlace(i)) {
				if at := s.placeTo(i); at.end > 0 && s.isTown(at) {
					return at
				}
			}
		}
	}
	if name.end > 0 {
		for i := name.end; i < min(len(s.toks), name.end+ofReach); i++ {
			if s.talk.words[i] == "of" || s.talk.words[i] == "from" {
				return s.placeFrom(i + 1)
			}
		}
		if at := s.behindName(name); at.end > 0 {
			return at
		}
		if at := s.lastAlone(name.end); at.end > 0 {
			return at
		}
		if at := s.placeFrom(name.end); at.end > 0 && (s.isTown(at) || s.atEnd(at) || s.closesName(name, at)) {
			return at
		}
		before := name.start
		if before > 0 && fromPlace[s.talk.words[before-1]] {
			before--
		}
		if at := s.placeTo(before); at.end > 0 && s.isTown(at) {
			return at
		}
	}
	last := len(s.toks)
	for last > 0 && s.toks[last-1].kind == signToken {
		last--
	}
	if at := s.placeTo(last); at.end > 0 && s.isTown(at) && s.standsAlone(at) {
		return at
	}
	return s.ofBranch()
}

// closesName reports whether a place with capitals stands behind the comma that
// follows the name, and ends the sentence: "Rukhsana Bano, Metiabruz. Meri …".
func (s *storyReader) closesName(name, at tokenSpan) bool {
	return s.toks[name.end].is(",") && s.isNamed(at) && at.end-at.start <= 3 && at.end < len(s.toks) && s.endsSentence(at.end) && isASCII(s.toks[at.start].text)
}

var (
	gramWord = soundSet("gram ग्राम")
	// villageWords and addressWords are the labels of an address.
	villageWords = soundSet("vill village distt dist po ps")
	addressWords = soundSet("pata address addr add पता")
)

// isWeight tells the gram of "140 gram" from a village.
func (s *storyReader) isWeight(i int) bool {
	return i > 0 && gramWord[s.talk.words[i]] && s.toks[i-1].kind == numberToken
}

// placeInAddress reads a place behind the label at i: "Vill Bilhaur", "पता:
// सिवान". By its sound alone, "vill" would be "will".
func (s *storyReader) placeInAddress(i int) tokenSpan {
	w := s.talk.words[i]
	switch {
	case villageWords[w] && s.text[s.toks[i].start] != 'w' && s.text[s.toks[i].start] != 'W':
		next := i + 1
		for next < len(s.toks) && (s.toks[next].is(".") || s.toks[next].is(":") || s.toks[next].is("-")) {
			next++
		}
		if at := s.placeFrom(next); at.end > 0 && (s.isTown(at) || s.isNamed(at)) {
			return at
		}
	case addressWords[w] && (s.toks.at(i+1).is(":") || s.toks.at(i+1).is("-")):
		end := i + 2
		for end < len(s.toks) && end-i <= maxAddress && !s.endsSentence(end) && s.sentence[end] == s.sentence[i] {
			end++
		}
		if at := (tokenSpan{i + 2, end}); end > i+2 && s.isTown(at) && end-i <= maxAddress {
			return at
		}
		return s.placeFrom(i + 1)
	}
	return tokenSpan{}
}

// maxAddress is how many words and signs a labelled address may have.
const maxAddress = 12

// isNamed reports whether all words of a place have capitals, or it is one word
// of a script without them that begins its clause.
func (s *storyReader) isNamed(at tokenSpan) bool {
	if !isASCII(s.toks[at.start].text) {
		return at.end == at.start+1 && (at.start == 0 || s.clause[at.start-1] != s.clause[at.start] || iWords[s.talk.words[at.start-1]])
	}
	for i := at.start; i < at.end; i++ {
		if !s.isCapital(i) {
			return false
		}
	}
	return !s.shouts
}

// atWords stand before a place in English.
var (
	atWords   = soundSet("in at from of near")
	mineHome  = soundSet("mera meri mere hamar hamara hamare hamari hamni my our मेरा मेरी मेरे हमार हमारा हमारी हमरा हमनी मोर")
	homeWords = soundSet("kamra room flat plot khet property bakery business कमरा फ्लैट प्लॉट खेत ghar dukan dukaan dokan makan house home shop village gaon घर दुकान दोकान मकान गांव")
)

// meReach is how many words "I am a poor washerman at …" may have before it.
const meReach = 8

// placeOfMe reads a place in a sentence about the writer that begins at i: "I am
// a tailor in Howrah", "हमनी के दोकान बा छपरा में".
func (s *storyReader) placeOfMe(i int) tokenSpan {
	english := s.talk.words[i] == "i" && s.toks.word(i+1) == "am" || s.talk.words[i] == "am" && (i == 0 || s.sentence[i-1] != s.sentence[i])
	home := mineHome[s.talk.words[i]] && s.homeBehind(i)
	for j := i + 1; (english || home) && j < len(s.toks) && j-i <= meReach && (s.clause[j] == s.clause[i] || english && s.sentence[j] == s.sentence[i] && s.clause[j] == s.clause[i]+1); j++ {
		if english && atWords[s.talk.words[j]] && j+1 < len(s.toks) && s.isCapital(j+1) {
			at := s.placeFrom(j + 1)
			if name, _ := s.bankAt(j + 1); at.end > 0 && name == "" && (s.isTown(at) || s.isNamed(at) && s.endsName(at.end)) {
				return at
			}
		}
		if home && townWords[s.talk.words[j]] && s.inPlace(j) && inWords[s.toks.word(j+1)] {
			return tokenSpan{j, j + 1}
		}
		if home && (s.talk.words[j] == "at" || s.talk.words[j] == "in") && j+1 < len(s.toks) && s.isCapital(j+1) {
			if at := s.placeFrom(j + 1); at.end > 0 && s.isTown(at) {
				for end := at.start; end < at.end; end++ { // "Lake Town through …"
					if !s.isCapital(end) {
						at.end = end
					}
				}
				return at
			}
		}
	}
	return tokenSpan{}
}

// homeBehind reports whether a home of the "mera" at i follows: "hamara upar ka
// kamra".
func (s *storyReader) homeBehind(i int) bool {
	for j := i + 1; j < len(s.toks) && j-i <= nounReach && s.clause[j] == s.clause[i]; j++ {
		if homeWords[s.talk.words[j]] {
			return true
		}
	}
	return false
}

var (
	liveWords = soundSet("live lives living stay stays staying reside resides residing resident settled hail belong")
	hereWords = soundSet("in at near of from to")
	// otherSubjects before "lives" make it another's home.
	otherSubjects = soundSet("he she they his her their who son daughter grandson granddaughter brother sister nephew niece friend neighbour beta beti")
)

// livesAt reads a place behind the "living" at i: "living alone at Salt Lake",
// "staying with my wife near Barasat".
func (s *storyReader) livesAt(i int) tokenSpan {
	if !liveWords[s.talk.words[i]] || s.hasBefore(tokenSpan{i, i + 1}, otherSubjects, nearVerb) {
		return tokenSpan{}
	}
	for j := i + 1; j < len(s.toks) && j-i <= nounReach+1 && s.sentence[j] == s.sentence[i]; j++ {
		if hereWords[s.talk.words[j]] {
			if at := s.placeFrom(j + 1); at.end > 0 && (s.isTown(at) || s.isNamed(at)) {
				return at
			}
		}
	}
	return tokenSpan{}
}

var (
	rahWords      = soundSet("rehta rehti rahta rahti rehte rahte rahila rahat rahthe रहता रहती रहते रहिला रहत रहथन")
	speakWords    = soundSet("bol likh baat bolat बोल लिख बात")
	speakingWords = soundSet("raha rahi rahe रहा रही रहे")
	huWords       = soundSet("hu hun hoon hain hai ham hum हूं हैं है हम हन हंव")
)

// livesBehind reads the place behind the Hindi verb at i: "मैं रहती हूं आजमगढ़
// में".
func (s *storyReader) livesBehind(i int) tokenSpan {
	speaks := speakWords[s.toks.word(i-1)] && speakingWords[s.talk.words[i]]
	if !rahWords[s.talk.words[i]] && !speaks || !huWords[s.toks.word(i+1)] {
		return tokenSpan{}
	}
	if at := s.placeFrom(i + 2); at.end > 0 && s.isTown(at) && s.sentence[at.start] == s.sentence[i] {
		return at
	}
	return tokenSpan{}
}

// theyLive are subjects of another's home.
var theyLive = soundSet("wo vo woh beta beti bahan behen bhai ladka uska unka वो वह बेटा बेटी बहन भाई लड़का उनका उसका")

var workWords = soundSet("naukri kaam kam job padhta padhti majduri mazduri gaya gayi नौकरी काम मजदूरी गया")

// placeOfI reads "mai Bilaspur me": a town right behind "I".
func (s *storyReader) placeOfI(i int) tokenSpan {
	if !iWords[s.talk.words[i]] || s.talk.words[i] == "me" {
		return tokenSpan{}
	}
	for j := i + 1; j < len(s.toks) && j-i <= 2 && s.inPlace(j); j++ {
		if townWords[s.talk.words[j]] && (inWords[s.toks.word(j+1)] || fromPlace[s.toks.word(j+1)]) && !workWords[s.toks.word(j+2)] {
			return tokenSpan{i + 1, j + 1}
		}
	}
	return tokenSpan{}
}

// ofBranch reads the town that ends the clause behind the name of the writer's
// bank: "Bihar Gramin Bank, Samastipur".
func (s *storyReader) ofBranch() tokenSpan {
	for _, b := range s.banks {
		start := b.end
		if wallets[b.name] || s.claimed(b) || start >= len(s.toks) || !s.toks[start].is(",") {
			continue
		}
		end := start + 1
		for end < len(s.toks) && s.inPlace(end) && s.clause[end] == s.clause[start+1] {
			end++
		}
		if at := (tokenSpan{start + 1, end}); end > start+1 && end-start <= 3 && s.isTown(at) && (end == len(s.toks) || s.endsSentence(end)) {
			return at
		}
	}
	return tokenSpan{}
}

// lastAlone reads one or two words with capitals that are the last sentence,
// right behind the name that ends at i: "Name Budhu Oraon. Kalchini".
func (s *storyReader) lastAlone(i int) tokenSpan {
	if i >= len(s.toks) || !s.endsSentence(i) {
		return tokenSpan{}
	}
	end := i + 1
	for end < len(s.toks) && s.inPlace(end) && s.isCapital(end) {
		end++
	}
	if at := (tokenSpan{i + 1, end}); end > i+1 && end-i <= 3 && s.atEnd(at) {
		return at
	}
	return tokenSpan{}
}

// behindName reads the town that ends the sentence of the writer's name, behind
// what he is: "Ram Lakhan Shukla ex teacher Ghatampur".
func (s *storyReader) behindName(name tokenSpan) tokenSpan {
	last := name.end
	for last < len(s.toks) && s.sentence[last] == s.sentence[name.start] && last-name.end <= meReach+maxPlaceWords {
		if s.taken[last] {
			return tokenSpan{}
		}
		last++
	}
	for last > name.end && s.toks[last-1].kind == signToken {
		last--
	}
	start := last
	for start > name.end && last-start < maxPlaceWords && s.inPlace(start-1) && s.isCapital(start-1) {
		start--
	}
	if at := (tokenSpan{start, last}); start < last && s.isTown(at) {
		return at
	}
	return tokenSpan{}
}

func (s *storyReader) phraseAt(i int, phrase []string) (int, bool) {
	if i+len(phrase) > len(s.toks) {
		return i, false
	}
	for n, w := range phrase {
		if s.talk.words[i+n] != w {
			return i, false
		}
	}
	return i + len(phrase), true
}

// introducesPlace reports whether the bare "se" at i ends "main Bilaspur se".
func (s *storyReader) introducesPlace(i int) bool {
	for j := i - 1; j >= 0 && i-j <= maxPlaceWords && s.clause[j] == s.clause[i]; j-- {
		if iWords[s.talk.words[j]] {
			return true
		}
	}
	return false
}

// atEnd reports whether the message ends behind at.
func (s *storyReader) atEnd(at tokenSpan) bool {
	return !slices.ContainsFunc(s.toks[at.end:], func(t token) bool { return t.kind != signToken })
}

// aloneBehind are words behind which a place may stand by itself.
var aloneBehind = soundSet("hai he h hu hun hoon hain है हूं हैं हे हव")

// standsAlone reports whether a place at the end has nothing to do with the words
// before it.
func (s *storyReader) standsAlone(at tokenSpan) bool {
	if at.start == 0 || s.clause[at.start-1] != s.clause[at.start] || s.toks[at.start-1].kind != wordToken {
		return true
	}
	return aloneBehind[s.talk.words[at.start-1]]
}

// isTown reports whether a place has the name of a town in it, or one that ends
// as towns do.
func (s *storyReader) isTown(at tokenSpan) bool {
	for i := at.start; i < at.end; i++ {
		w := s.talk.words[i]
		if goneWords[w] && (s.shouts || !s.isCapital(i)) { // "se gaya" is no Gaya
			continue
		}
		if townWords[w] || slices.ContainsFunc(townEndings, func(end string) bool { return len(w) > len(end)+3 && strings.HasSuffix(w, end) }) {
			return true
		}
	}
	return false
}

func (s *storyReader) inPlace(i int) bool {
	return s.toks[i].kind == wordToken && !placeBreaks[s.toks[i].text] && !s.taken[i]
}

// placeFrom reads a place forward from token i, over one comma.
func (s *storyReader) placeFrom(i int) tokenSpan {
	for i < len(s.toks) && (s.toks[i].is(":") || s.toks[i].is("-") || s.toks[i].is(",")) {
		i++
	}
	end := i
	for end < len(s.toks) && end-i < maxPlaceWords && s.inPlace(end) && s.clause[end] == s.clause[i] {
		end++
	}
	if end == i || s.isOffice(tokenSpan{i, end}) {
		return tokenSpan{}
	}
	if end+1 < len(s.toks) && s.toks[end].is(",") && s.inPlace(end+1) && townWords[s.talk.words[end+1]] {
		switch district := districtWords[s.talk.words[end+1]]; {
		case district && end+2 < len(s.toks) && s.inPlace(end+2): // "Semariya, jila Bemetara"
			end += 3
		case !district:
			end += 2
		}
	}
	return tokenSpan{i, end}
}

// isOffice reports whether a bank, or an office of police, stands at or behind
// what would be a place: "Jila sahakari bank", "Delhi crime branch".
func (s *storyReader) isOffice(at tokenSpan) bool {
	for i := at.start; i <= at.end && i < len(s.toks); i++ {
		w := s.talk.words[i]
		if s.clause[i] == s.clause[at.start] && (officeWords[w] && !(i == at.end && thanaWords[w]) || i < at.end && s.inBank(i)) {
			return true
		}
	}
	return false
}

// thanaWords behind a village tell whose it is: "gaon Kharora thana Tilda".
var thanaWords = soundSet("thana thane थाना थाने")

var officeWords = soundSet("bank branch thana thane police cyber crime court office customs airport headquarter बैंक शाखा थाना थाने पुलिस साइबर क्राइम कोर्ट ऑफिस कस्टम एयरपोर्ट")

// placeTo reads a place backward to before token i.
func (s *storyReader) placeTo(i int) tokenSpan {
	if i > 1 && honorific[s.talk.words[i-1]] { // "Gaya ji ke baani", "Krishnanagar e thaki"
		i--
	}
	for i > 0 && (s.toks[i-1].is(",") || s.toks[i-1].is("-")) {
		i--
	}
	if i == 0 {
		return tokenSpan{}
	}
	start := i
	for start > 0 && i-start < maxPlaceWords && s.inPlace(start-1) && s.clause[start-1] == s.clause[i-1] && (!surnames[s.talk.words[start-1]] || start < i && quarterWords[s.talk.words[start]]) {
		start--
	}
	if start == i {
		return tokenSpan{}
	}
	return tokenSpan{start, i}
}
