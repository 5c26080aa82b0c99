package locales

import (
	"slices"
	"strings"
)

var (
	// townWords are towns of the region, and the words that places end in.
	townWords = soundSet(`bilaspur raipur durg bhilai korba raigarh jagdalpur ambikapur rajnandgaon dhamtari mahasamund kanker kawardha mungeli janjgir champa sakti takhatpur bilha kota pendra ratanpur masturi sakri tifra sipat lormi
		patna gaya muzaffarpur bhagalpur darbhanga ara arrah chapra chhapra siwan sasaram hajipur begusarai purnia katihar motihari bettiah nalanda nawada buxar mokama danapur samastipur madhubani
		kanpur lucknow allahabad prayagraj varanasi banaras gorakhpur agra meerut bareilly aligarh jhansi unnao fatehpur etawah
		kolkata calcutta howrah hooghly behala sarsuna siliguri durgapur asansol dumdum barasat barrackpore kharagpur burdwan
		ghatampur bilhaur akbarpur pukhrayan kannauj farrukhabad auraiya orai hamirpur banda mahoba chitrakoot lalitpur rae bareli raebareli hardoi sitapur lakhimpur kheri bahraich gonda basti faizabad ayodhya sultanpur pratapgarh jaunpur ghazipur azamgarh mau ballia deoria kushinagar maharajganj mirzapur sonbhadra chandauli bhadohi kaushambi barabanki amethi mainpuri firozabad mathura hathras etah kasganj moradabad rampur saharanpur muzaffarnagar ghaziabad bulandshahr barra govindnagar kalyanpur kidwai rawatpur kakadeo shastri naubasta jajmau panki
		araria kishanganj madhepura saharsa supaul khagaria munger lakhisarai sheikhpura jamui banka bhojpur kaimur bhabua rohtas dehri aurangabad arwal jehanabad gopalganj sitamarhi sheohar vaishali champaran raxaul bagaha sonpur mirzapur kankarbagh danapur phulwari barh bakhtiyarpur biharsharif rajgir forbesganj dumraon jhanjharpur benipatti
		uttarpara serampore srirampur chandannagar chinsurah bandel rishra konnagar bally belur liluah shibpur salkia santragachi bagnan uluberia tarakeswar arambagh barabazar burrabazar shyambazar bagbazar garia jadavpur tollygunge ballygunge kasba dunlop baranagar belgharia sodepur khardah titagarh barrackpur barrackpore naihati kalyani krishnanagar nabadwip ranaghat bongaon habra basirhat diamond canning baruipur sonarpur budge maheshtala midnapore medinipur tamluk haldia contai kanthi bankura purulia bardhaman katwa kalna suri bolpur rampurhat malda berhampore murshidabad raiganj balurghat jalpaiguri cooch darjeeling saltlake rajarhat newtown lake
		katghora pali chhuri dipka gevra korba kusmunda balco baloda bazar bhatapara tilda arang abhanpur rajim gariaband mahasamund saraipali basna pithora dongargarh khairagarh kawardha pandariya bemetara saja balod dallirajhara bhanupratappur narayanpur kondagaon dantewada bijapur sukma surajpur balrampur baikunthpur manendragarh chirmiri koriya jashpur pathalgaon kunkuri sarangarh kharsia gharghoda dharamjaigarh akaltara naila jaijaipur dabhra malkharoda pamgarh shivrinarayan seepat sipat koni sarkanda tarbahar torwa mangla sirgitti gaurela marwahi belgahna
		deoghar giridih hazaribagh ramgarh chaibasa gumla simdega lohardaga dumka godda sahibganj koderma palamu daltonganj garhwa chatra latehar
		ranchi dhanbad jamshedpur bokaro delhi dilli gurugram gurgaon noida faridabad mumbai pune nagpur bhopal indore jabalpur jaipur hyderabad
		nagar colony para vihar bazar bazaar chowk ganj gali tola mohalla enclave apartment sector maidan lake road place jila district city
		बिलासपुर रायपुर दुर्ग भिलाई कोरबा रायगढ़ जगदलपुर अंबिकापुर धमतरी महासमुंद पटना गया मुजफ्फरपुर भागलपुर दरभंगा आरा छपरा सीवान सासाराम हाजीपुर दानापुर कानपुर लखनऊ वाराणसी बनारस गोरखपुर
		आरा छपरा मोतिहारी बेतिया सीतामढ़ी मधुबनी समस्तीपुर बेगूसराय खगड़िया सहरसा सुपौल मधेपुरा पूर्णिया कटिहार अररिया किशनगंज मुंगेर लखीसराय जमुई बांका नवादा नालंदा बिहारशरीफ राजगीर जहानाबाद औरंगाबाद रोहतास डेहरी बक्सर भोजपुर कैमूर भभुआ गोपालगंज वैशाली सोनपुर रक्सौल बगहा शिवहर शेखपुरा अरवल मोकामा बाढ़ फुलवारी कंकड़बाग
		बर्रा उन्नाव कन्नौज घाटमपुर बिल्हौर हरदोई सीतापुर रायबरेली प्रयागराज इलाहाबाद झांसी आगरा मथुरा मेरठ बरेली अलीगढ़ इटावा औरैया उरई बांदा महोबा गोंडा बस्ती अयोध्या जौनपुर बलिया मऊ देवरिया मिर्जापुर नोएडा गाजियाबाद
		चांपा जांजगीर सक्ती सीपत कोनी सरकंडा पेंड्रा मरवाही लोरमी पथरिया कवर्धा बेमेतरा बालोद कांकेर कोंडागांव जगदलपुर दंतेवाड़ा सुकमा जशपुर सूरजपुर बलरामपुर बैकुंठपुर मनेंद्रगढ़ चिरमिरी कटघोरा भाटापारा तिल्दा राजिम गरियाबंद खरसिया सारंगढ़ अकलतरा राजनांदगांव डोंगरगढ़ मंगला तोरवा
		बैरकपुर बर्धमान आसनसोल दुर्गापुर मालदा मुर्शिदाबाद मेदिनीपुर खड़गपुर बांकुड़ा पुरुलिया देवघर गिरिडीह हजारीबाग जमशेदपुर बोकारो दुमका गुमला पलामू
		कोलकाता हावड़ा बेहाला सिलीगुड़ी रांची धनबाद दिल्ली मुंबई तखतपुर बिल्हा मुंगेली कोटा रतनपुर मस्तूरी सकरी नगर कॉलोनी पारा विहार चौक गंज मोहल्ला टोला जिला सिटी बाजार`)
	// townEndings are how the names of many more end.
	townEndings = []string{"pur", "pura", "nagar", "ganj", "garh", "gaon", "abad", "gunge", "gunj", "pore", "para", "bazar", "bagh", "bagan", "haur", "gachi", "danga", "tala", "patti", "khurd", "dih", "पुर", "नगर", "गंज", "गढ", "गांव", "बाद"}
	// placeBreaks are words that no place has.
	placeBreaks = soundSet(`hu hun hoon hai he h main mai i am my mera meri mere naam nam name and aur se from ka ki ke ko me mein ne umar age years old yrs sal saal mobile phone number no is the a an bol bola raha rahi kal aaj mujhe bolat bolti bolta hav sath par pe in at to on for
		with please help sir madam alone staying living live lives resident of bank bola police thana wale wala hum ham he ho ji ghar hamar hamara
		हूं है मैं मेरा मेरी मेरे नाम और से का की के को में ने उम्र मोबाइल फोन नंबर कल आज मुझे साथ पर हमर मोर हम जी घर हमारा पुलिस थाना बैंक वाले मेरी वर्ष साल`)
	// homeBefore say that a home follows; homeBehind, that it came before.
	homeBefore = phrases("i live in", "living in", "live at", "live alone in", "resident of", "residing at", "residing in", "i stay in", "staying at", "staying in", "staying alone in", "living alone in", "at home in", "i am from", "im from", "from village", "aged of",
		"gaon", "gaav", "gram", "mohalla", "ghar hamara", "mera ghar", "hamara ghar", "ghar mera", "hamar ghar", "mera gaon", "jila", "गांव", "ग्राम", "मोहल्ला", "घर हमारा", "हमारा घर", "मेरा घर", "घर मेरा", "मोबाइल घर", "जिला", "है घर", "house at", "house in", "home in", "my house at", "address at", "address in", "shop at", "shop in", "living at", "living near", "residing", "i belong to")
	homeBehind = phrases("se hu", "se hun", "se hoon", "se bol", "se likh", "se baat kar rah", "ka nivasi", "ka niwasi", "theke bolchi", "theke likhchi", "theke likchi", "er theke", "theke", "thaki", "te thaki", "jila ke bani", "ke bani", "ghar ba", "me ghar hai", "me dukan", "me dukaan", "me dokan", "ke hain", "ke hai hum", "se bani", "se",
		"से हूं", "से बोल", "से लिख", "का निवासी", "ले बोलत", "में दुकान", "में दोकान", "से बानी", "के हईं", "के बानी")
	// liveBehind say that so surely that the place need be no known town.
	liveBehind = phrases("ka rehne wala", "ki rehne wali", "ke rehne wale", "ka rahne wala", "ki rahne wali", "ke rahne wale", "ke rahe wala", "ke rahe wali", "me rehta", "me rehti", "me rahta", "me rahti", "mein rehta", "mein rahta", "mein rehti", "mein rahti", "me rehte", "me rahte", "mein rehte", "mein rahte", "me rahila", "me rahat",
		"का रहने वाला", "की रहने वाली", "के रहने वाले", "के रहे वाला", "के रहे वाली", "में रहता", "में रहती", "में रहते", "में रहत", "मा रहिथंव", "मा रहिथौं", "मा रहत", "में रहिला")
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
			if _, ok := s.phraseAt(i, tail); ok {
				if at := s.placeTo(i); at.end > 0 && (s.isTown(at) || s.isNamed(at)) {
					return at
				}
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
		if at := s.placeFrom(name.end); at.end > 0 && (s.isTown(at) || s.atEnd(at)) {
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
	return tokenSpan{}
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
		return s.placeFrom(i + 1)
	}
	return tokenSpan{}
}

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
	homeWords = soundSet("ghar dukan dukaan dokan makan house home shop village gaon घर दुकान दोकान मकान गांव")
)

// meReach is how many words "I am a poor washerman at …" may have before it.
const meReach = 8

// placeOfMe reads a place in a sentence about the writer that begins at i: "I am
// a tailor in Howrah", "हमनी के दोकान बा छपरा में".
func (s *storyReader) placeOfMe(i int) tokenSpan {
	english := s.talk.words[i] == "i" && s.toks.word(i+1) == "am" || s.talk.words[i] == "am" && (i == 0 || s.sentence[i-1] != s.sentence[i])
	home := mineHome[s.talk.words[i]] && (homeWords[s.toks.word(i+1)] || homeWords[s.toks.word(i+2)])
	for j := i + 1; (english || home) && j < len(s.toks) && j-i <= meReach && s.clause[j] == s.clause[i]; j++ {
		if english && atWords[s.talk.words[j]] && j+1 < len(s.toks) && s.isCapital(j+1) {
			at := s.placeFrom(j + 1)
			if name, _ := s.bankAt(j + 1); at.end > 0 && name == "" && (s.isTown(at) || s.isNamed(at) && s.endsName(at.end)) {
				return at
			}
		}
		if home && townWords[s.talk.words[j]] && s.inPlace(j) && inWords[s.toks.word(j+1)] {
			return tokenSpan{j, j + 1}
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
	if end == i {
		return tokenSpan{}
	}
	if end+1 < len(s.toks) && s.toks[end].is(",") && s.inPlace(end+1) && townWords[s.talk.words[end+1]] {
		end += 2
	}
	return tokenSpan{i, end}
}

// placeTo reads a place backward to before token i.
func (s *storyReader) placeTo(i int) tokenSpan {
	for i > 0 && (s.toks[i-1].is(",") || s.toks[i-1].is("-")) {
		i--
	}
	if i == 0 {
		return tokenSpan{}
	}
	start := i
	for start > 0 && i-start < maxPlaceWords && s.inPlace(start-1) && s.clause[start-1] == s.clause[i-1] && !surnames[s.talk.words[start-1]] {
		start--
	}
	if start == i {
		return tokenSpan{}
	}
	return tokenSpan{start, i}
}
