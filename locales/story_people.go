package locales

import (
	"slices"
	"strings"
	"unicode"
)

var (
	// myWords before a number, an address or an account make it the writer's.
	myWords = soundSet("mera mere meri my mine hamara hamare hamari apna apne apni mor moka मेरा मेरे मेरी हमारा हमारे हमार अपना अपने मोर मोबा")
	// numberNouns may stand between.
	numberNouns = soundSet(`number no num nambar nmbr mobile mobail mob phone fon contact whatsapp watsapp whatsap cell upi id account acc ac a c khata khate hai is h ye yeh the registered wala this
		नंबर नम्बर नं मोबाइल मोबाईल फोन व्हाट्सएप वाट्सएप खाता खाते अकाउंट यूपीआई आईडी है ये यह हे`)
	reachMe = soundSet("contact reach callback sampark संपर्क सम्पर्क")
	// kinWords before it make it neither the writer's nor the thief's.
	kinWords = soundSet("bete beta beti bhai bahu pati patni son daughter husband wife brother nephew bhatije damad padosi neighbour बेटे बेटा बेटी भाई बहू पति पत्नी पड़ोसी दामाद")
	// helpWords mark numbers of the police and the banks.
	helpWords = soundSet("helpline tollfree toll हेल्पलाइन")
)

// findPeople reads who the thief is and who writes.
func (s *storyReader) findPeople(told *Story) {
	for k, id := range s.names {
		at := s.places[k]
		switch id.Type {
		case TypeUTR, TypeIFSC:
			continue
		case TypePhone:
			if s.isOwn(at) || s.signedWith(at, k) {
				if told.OwnPhone == "" {
					told.OwnPhone = id.Value
				}
				continue
			}
		case TypeAccount, TypeUPI, TypeEmail:
			if s.isOwn(at) || id.Type == TypeAccount && s.leftFrom(at) {
				continue
			}
		case TypeLink:
			if isOfficialLink(id.Value) {
				continue
			}
		}
		if !s.isKin(at) {
			told.Suspects = append(told.Suspects, id)
		}
	}
	told.OwnName = s.ownName()
	told.Place = s.ownPlace()
}

// ownReach is how many words may stand between "mera" and its number.
const ownReach = 5

// isOwn reports whether what stands at is called the writer's own.
func (s *storyReader) isOwn(at tokenSpan) bool {
	for j := at.start - 1; j >= 0 && at.start-j <= ownReach; j-- {
		w := s.talk.words[j]
		switch {
		case myWords[w], reachMe[w]:
			return true
		case w != "" && !numberNouns[w]:
			return s.mineBehind(at)
		}
	}
	return s.mineBehind(at)
}

// mineBehind reads "9000000001 mera number hai".
func (s *storyReader) mineBehind(at tokenSpan) bool {
	j := at.end
	for j < len(s.toks) && j-at.end < 2 && (s.talk.words[j] == "hai" || s.talk.words[j] == "ye" || s.talk.words[j] == "is" || s.talk.words[j] == "") {
		j++
	}
	if j+1 >= len(s.toks) || !myWords[s.talk.words[j]] {
		return false
	}
	return numberNouns[s.talk.words[j+1]] && s.clause[j] == s.clause[at.end-1]
}

// signedWith reads a number that ends the message behind a name: "… Ramlal,
// 9000000001".
func (s *storyReader) signedWith(at tokenSpan, k int) bool {
	last := len(s.toks)
	for last > 0 && s.toks[last-1].kind == signToken {
		last--
	}
	if at.end != last || k == 0 {
		return false
	}
	earlier := slices.ContainsFunc(s.names[:k], func(id Identifier) bool { return id.Type == TypePhone })
	first := at.start
	for first > 0 && s.sentence[first-1] == s.sentence[at.start] {
		first--
	}
	return earlier && at.start-first <= 5
}

func (s *storyReader) isKin(at tokenSpan) bool {
	return s.hasBefore(at, kinWords, 4) && s.hasBefore(at, numberNouns, 3) || s.hasBefore(at, helpWords, 2)
}

func (s *storyReader) hasBefore(at tokenSpan, set map[string]bool, reach int) bool {
	for j := max(0, at.start-reach); j < at.start; j++ {
		if set[s.talk.words[j]] && s.clause[j] == s.clause[at.start] {
			return true
		}
	}
	return false
}

// leftFrom reports whether money left the account: "khata 1234… se".
func (s *storyReader) leftFrom(at tokenSpan) bool {
	return at.end < len(s.toks) && fromWords[s.talk.words[at.end]] || s.hasBefore(at, soundSet("from"), 4)
}

// isOfficialLink reports whether a link is of the government or the police.
func isOfficialLink(link string) bool {
	low := strings.ToLower(link)
	if _, rest, ok := strings.Cut(low, "://"); ok {
		low = rest
	}
	host, _, _ := strings.Cut(low, "/")
	return strings.HasSuffix(host, ".gov.in") || strings.HasSuffix(host, ".nic.in")
}

// How a name is said. What follows is the name, until a word that is none.
var (
	nameStarts = [][]string{
		words("mera naam"), words("mera nam"), words("mera name"), words("mera nav"), words("mor naam"), words("mor nav"), words("my name is"), words("my name"), words("myself"),
		words("amar naam"), words("amar nam"), words("hamar naam"), words("hamara naam"), words("naam"), words("nam"), words("name"),
		words("मेरा नाम"), words("मोर नाव"), words("मोर नाम"), words("हमार नाम"), words("हमारा नाम"), words("नाम"), words("नाव"),
	}
	speakerStarts = [][]string{
		words("i am"), words("im"), words("this is"), words("main"), words("mai"), words("mein"), words("hum"), words("ham"), words("मैं"), words("मै"), words("हम"), words("मंय"), words("ami"), words("me"), words("yours"), words("regards"),
	}
	surnames = soundSet(`sahu sahoo verma varma sharma singh sinh kumar kumari devi yadav gupta mishra tiwari tiwary patel das dass ghosh banerjee mukherjee chatterjee bose dutta dey sen roy ray mondal mandal saha paul pal khan ansari
		begum bano bibi khatun bai lal prasad prashad ram rao sinha jha thakur pandey pande dubey dwivedi trivedi chaubey shukla srivastava shrivastava agrawal agarwal jain soni sonkar soni dewangan nishad kashyap kurre markam netam
		dhruv dhruw banjare satnami chandrakar chandra chauhan chouhan rathore rathod rajput rawat negi joshi pathak upadhyay ojha bajpai vajpayee awasthi dixit saxena mathur maurya kushwaha rajak paswan manjhi mahto mahato oraon
		munda tirkey kujur minj lakra xavier thomas joseph iqbal siddiqui siddiqi sheikh shaikh sk ali hussain husain hasan qureshi alam rahman malik chakraborty biswas bhattacharya nag sarkar majumdar
		साहू वर्मा शर्मा सिंह कुमार कुमारी देवी यादव गुप्ता मिश्रा मिश्र तिवारी पटेल दास घोष बनर्जी मुखर्जी खान अंसारी बेगम बानो खातून बाई लाल प्रसाद राम राव सिन्हा झा ठाकुर पांडे पाण्डेय पांडेय दुबे
		द्विवेदी त्रिवेदी चौबे शुक्ला शुक्ल श्रीवास्तव अग्रवाल जैन सोनी सोनकर देवांगन निषाद कश्यप कुर्रे मरकाम नेताम ध्रुव बंजारे चंद्राकर चौहान राठौर राजपूत जोशी पाठक उपाध्याय ओझा दीक्षित सक्सेना मौर्य कुशवाहा
		रजक पासवान मांझी महतो मंडल शेख अली हुसैन`)
	nameEnds = soundSet(`hai he h hain hu hun hoon ho is am and aur se from of at ka ki ke ko me mein ne umar umr age aged years year saal sal gaon village gram rehta rehti rahta rahti retired bol bolat bolti bolta speaking here
		mobile phone number no mo mob my mera meri i kal aaj wala vala he pita father w/o s/o d/o wo so ji house ward sir madam mujhe mere main mai
		है हैं हूं हूँ हु हो और से का की के को में ने उम्र उमर साल गांव गाँव ग्राम रहता रहती बोल बोलत मोबाइल फोन नंबर मेरा मेरी मैं कल आज जी पिता वार्ड घर सर मुझे मेरे हे हंव हवं अउ`)
	notNames = soundSet(`a an the in very not so ek bahut to bhi hi ab abhi aap aapko aapka apne ghar gaon retired senior old widow teacher housewife farmer victim sorry afraid scared worried writing calling facing sick poor ill
		pareshan paresan barbad dar dara dari akela akeli budha budhi bujurg kisan sbi bank officer manager police customer being sending telling asking unable from going doing using sure
		एक बहुत तो भी ही अब अभी आप आपको अपने घर परेशान बर्बाद अकेला अकेली बूढ़ा बूढ़ी किसान पुलिस बैंक रिटायर गरीब सब कुछ क्या`)
)

// maxNameWords is how many words a name may have.
const maxNameWords = 4

// ownName is the writer's name, where it is said or signed.
func (s *storyReader) ownName() string {
	for i := range s.toks {
		for _, start := range nameStarts {
			if end, ok := s.phraseAt(i, start); ok && !(len(start) == 1 && s.otherName(i)) {
				if name := s.nameAt(end, len(start) == 1); name != "" {
					return name
				}
			}
		}
		for _, start := range speakerStarts {
			if end, ok := s.phraseAt(i, start); ok {
				if name := s.nameAt(end, true); name != "" {
					return name
				}
			}
		}
	}
	return ""
}

// otherName reports whether "naam" at i is another's: "uska naam", "ke naam par".
func (s *storyReader) otherName(i int) bool {
	before := ""
	if i > 0 {
		before = s.talk.words[i-1]
	}
	after := ""
	if i+1 < len(s.toks) {
		after = s.talk.words[i+1]
	}
	return before == "" == false && !s.startsSentence(i) || after == "par" || after == "पर" || after == "se" || after == "से"
}

func (s *storyReader) startsSentence(i int) bool {
	return i == 0 || s.clause[i] != s.clause[i-1]
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

// nameAt reads a name from token i on. Where the words before it may mean much
// else it must end in a surname.
func (s *storyReader) nameAt(i int, sure bool) string {
	for i < len(s.toks) && (s.toks[i].is(":") || s.toks[i].is("-") || s.toks[i].is(".") || s.talk.words[i] == "hai" || s.talk.words[i] == "is" || s.talk.words[i] == "mr" || s.talk.words[i] == "shri" || s.talk.words[i] == "smt") {
		i++
	}
	end := i
	surname := 0
	for end < len(s.toks) && end-i < maxNameWords && s.toks[end].kind == wordToken && !nameEnds[s.toks[end].text] && (end == i || s.clause[end] == s.clause[end-1]) {
		if notNames[s.toks[end].text] {
			break
		}
		end++
		if surnames[s.toks[end-1].text] {
			surname = end
		}
	}
	switch {
	case surname > i+1, surname == i+1 && !sure:
		end = surname
	case sure || end == i:
		return ""
	}
	name := s.text[s.toks[i].start:s.toks[end-1].end]
	return strings.TrimFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
}

// How a place is said, before or behind it.
var (
	placeBefore = [][]string{
		words("i live in"), words("living in"), words("live at"), words("resident of"), words("residing at"), words("residing in"), words("i stay in"), words("staying at"), words("staying in"), words("i am from"), words("i m from"), words("from village"), words("village"), words("vill"),
		words("gaon"), words("gaav"), words("gram"), words("mohalla"), words("thana"), words("address"), words("pata"),
		words("गांव"), words("ग्राम"), words("मोहल्ला"), words("थाना"), words("पता"),
	}
	placeBehind = [][]string{
		words("se hu"), words("se hun"), words("se hoon"), words("se bol"), words("se likh"), words("ka rehne wala"), words("ki rehne wali"), words("ke rehne wale"), words("ka rahne wala"), words("ki rahne wali"), words("me rehta"), words("me rehti"), words("me rahta"), words("me rahti"), words("mein rehta"), words("mein rahta"), words("mein rehti"), words("mein rahti"), words("me rehte"), words("me rahte"),
		words("se hai"), words("ka nivasi"), words("ka niwasi"), words("theke bolchi"), words("thaki"), words("se"),
		words("से हूं"), words("से बोल"), words("से लिख"), words("का रहने वाला"), words("की रहने वाली"), words("के रहने वाले"), words("में रहता"), words("में रहती"), words("में रहते"), words("का निवासी"), words("ले बोलत"), words("मा रहिथंव"), words("मा रहिथौं"), words("के रहइया"),
	}
	placeEnds = soundSet(`hu hun hoon hai he h main mai i am my mera meri mere naam name and aur se ka ki ke ko me mein ne umar age years old yrs mobile phone number no is the district a an bol raha rahi kal aaj mujhe mere sath par in at to on for with
		हूं है मैं मेरा मेरी मेरे नाम और से का की के को में ने उम्र मोबाइल फोन नंबर कल आज मुझे साथ पर हमर मोर`)
	// townWords are the towns and what places end in.
	townWords = soundSet(`bilaspur raipur durg bhilai korba raigarh jagdalpur ambikapur patna gaya muzaffarpur bhagalpur darbhanga ara arrah kanpur lucknow allahabad prayagraj varanasi banaras gorakhpur kolkata calcutta howrah hooghly behala
		sarsuna siliguri durgapur asansol ranchi dhanbad jamshedpur bokaro delhi gurugram gurgaon noida mumbai pune nagpur bhopal indore jabalpur kota takhatpur bilha mungeli janjgir champa pendra ratanpur masturi sakri tifra
		nagar colony para vihar puri pur bazar bazaar chowk ganj market road gali tola mohalla enclave apartment sector ward
		बिलासपुर रायपुर दुर्ग भिलाई कोरबा रायगढ़ पटना गया मुजफ्फरपुर भागलपुर दरभंगा कानपुर लखनऊ कोलकाता हावड़ा बेहाला रांची दिल्ली मुंबई तखतपुर बिल्हा मुंगेली कोटा रतनपुर मस्तूरी सकरी नगर कॉलोनी पारा विहार चौक गंज`)
)

// maxPlaceWords is how many words a place may have.
const maxPlaceWords = 4

// ownPlace is where the writer lives, where it is said.
func (s *storyReader) ownPlace() string {
	for i := range s.toks {
		for _, start := range placeBefore {
			if end, ok := s.phraseAt(i, start); ok {
				if place := s.placeFrom(end, 1); place != "" {
					return place
				}
			}
		}
		for _, tail := range placeBehind {
			if _, ok := s.phraseAt(i, tail); ok {
				if place := s.placeTo(i, len(tail) == 1); place != "" {
					return place
				}
			}
		}
	}
	return ""
}

// placeFrom reads a place forward from token i.
func (s *storyReader) placeFrom(i, least int) string {
	for i < len(s.toks) && (s.toks[i].is(":") || s.toks[i].is("-")) {
		i++
	}
	end := i
	for end < len(s.toks) && end-i < maxPlaceWords && s.toks[end].kind == wordToken && !placeEnds[s.toks[end].text] && (end == i || s.clause[end] == s.clause[i]) {
		end++
	}
	if end-i < least {
		return ""
	}
	return s.text[s.toks[i].start:s.toks[end-1].end]
}

// placeTo reads a place backward to before token i; where the words behind it
// may mean much else it must be a town that is known.
func (s *storyReader) placeTo(i int, sure bool) string {
	start := i
	for start > 0 && i-start < maxPlaceWords && s.toks[start-1].kind == wordToken && !placeEnds[s.toks[start-1].text] && s.clause[start-1] == s.clause[i] {
		start--
	}
	if start == i || sure && !townWords[s.toks[i-1].text] {
		return ""
	}
	return s.text[s.toks[start].start:s.toks[i-1].end]
}
