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
		ranchi dhanbad jamshedpur bokaro delhi dilli gurugram gurgaon noida faridabad mumbai pune nagpur bhopal indore jabalpur jaipur hyderabad
		nagar colony para vihar bazar bazaar chowk ganj gali tola mohalla enclave apartment sector maidan lake road place jila district city
		बिलासपुर रायपुर दुर्ग भिलाई कोरबा रायगढ़ जगदलपुर अंबिकापुर धमतरी महासमुंद पटना गया मुजफ्फरपुर भागलपुर दरभंगा आरा छपरा सीवान सासाराम हाजीपुर दानापुर कानपुर लखनऊ वाराणसी बनारस गोरखपुर
		कोलकाता हावड़ा बेहाला सिलीगुड़ी रांची धनबाद दिल्ली मुंबई तखतपुर बिल्हा मुंगेली कोटा रतनपुर मस्तूरी सकरी नगर कॉलोनी पारा विहार चौक गंज मोहल्ला टोला जिला सिटी बाजार`)
	// townEndings are how the names of many more end.
	townEndings = []string{"pur", "pura", "nagar", "ganj", "garh", "gaon", "abad", "gunge", "gunj", "पुर", "नगर", "गंज", "गढ", "गांव", "बाद"}
	// placeBreaks are words that no place has.
	placeBreaks = soundSet(`hu hun hoon hai he h main mai i am my mera meri mere naam nam name and aur se from ka ki ke ko me mein ne umar age years old yrs sal saal mobile phone number no is the a an bol bola raha rahi kal aaj mujhe bolat bolti bolta hav sath par pe in at to on for
		with please help sir madam alone staying living live lives resident of bank bola police thana wale wala hum ham he ho ji ghar hamar hamara
		हूं है मैं मेरा मेरी मेरे नाम और से का की के को में ने उम्र मोबाइल फोन नंबर कल आज मुझे साथ पर हमर मोर हम जी घर हमारा पुलिस थाना बैंक वाले मेरी वर्ष साल`)
	// homeBefore say that a home follows; homeBehind, that it came before.
	homeBefore = phrases("i live in", "living in", "live at", "live alone in", "resident of", "residing at", "residing in", "i stay in", "staying at", "staying in", "staying alone in", "living alone in", "at home in", "i am from", "im from", "from village", "aged of",
		"gaon", "gaav", "gram", "mohalla", "ghar hamara", "mera ghar", "hamara ghar", "ghar mera", "hamar ghar", "mera gaon", "jila", "गांव", "ग्राम", "मोहल्ला", "घर हमारा", "हमारा घर", "मेरा घर", "घर मेरा", "मोबाइल घर", "जिला", "है घर")
	homeBehind = phrases("se hu", "se hun", "se hoon", "se bol", "se likh", "se baat", "ka rehne wala", "ki rehne wali", "ke rehne wale", "ka rahne wala", "ki rahne wali", "me rehta", "me rehti", "me rahta", "me rahti", "mein rehta", "mein rahta", "mein rehti", "mein rahti", "me rehte", "me rahte", "mein rehte",
		"ka nivasi", "ka niwasi", "theke bolchi", "thaki", "jila ke bani", "ke bani", "ghar ba", "me ghar hai", "se",
		"से हूं", "से बोल", "से लिख", "का रहने वाला", "की रहने वाली", "के रहने वाले", "में रहता", "में रहती", "में रहते", "का निवासी", "ले बोलत", "मा रहिथंव", "मा रहिथौं")
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
		for _, start := range homeBefore {
			if end, ok := s.phraseAt(i, start); ok {
				if at := s.placeFrom(end); at.end > 0 {
					return at
				}
			}
		}
		for _, tail := range homeBehind {
			if _, ok := s.phraseAt(i, tail); ok && (len(tail) > 1 || s.introducesPlace(i)) {
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
// before it; "se gaya" is no Gaya.
func (s *storyReader) standsAlone(at tokenSpan) bool {
	if goneWords[s.talk.words[at.end-1]] {
		return false
	}
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
