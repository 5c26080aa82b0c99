package locales

var (
	// surnames end a name, or stand for it.
	surnames = soundSet(`sahu sahoo verma varma sharma singh sinh kumar kumari devi yadav gupta mishra misra tiwari tiwary patel das dass ghosh banerjee mukherjee chatterjee bose dutta dey sen roy ray rai mondal mandal saha paul pal khan ansari
		begum bano bibi khatun bai lal prasad prashad ram rao sinha jha thakur pandey pande dubey dwivedi trivedi chaubey shukla srivastava shrivastava agrawal agarwal jain soni sonkar dewangan nishad kashyap kurre markam netam
		dhruv dhruw banjare satnami chandrakar chandra chauhan chouhan rathore rathod rajput rawat negi joshi pathak upadhyay ojha bajpai vajpayee awasthi dixit saxena mathur maurya kushwaha rajak paswan manjhi mahto mahato oraon
		munda tirkey kujur minj lakra xavier thomas joseph iqbal siddiqui siddiqi sheikh shaikh ali hussain husain hasan qureshi alam rahman malik chakraborty biswas bhattacharya bhattacharjee nag sarkar majumdar kewat nath mehta shah
		kaur gill arora kapoor khanna malhotra bhatia reddy nair iyer pillai naidu kulkarni deshmukh patil pawar jadhav shinde chowdhury choudhary chaudhary tripathi pandit vishwakarma prajapati kori pasi ravidas manikpuri tandon tondon
		baghel kaushik sah shah saha shaw shau maity maiti mahata hembram murmu soren hansda tudu kisku marandi besra baskey topno dungdung kerketta ekka xess xaxa toppo khalkho kindo kullu barla horo purty hansdah birua gagrai bodra
		korram kunjam mandavi poyam usendi potai sori nureti uikey maravi porte sidar paikra painkra kanwar rathia bhagat yadu nirmalkar dhiwar dhimar sarthi mahant vaishnav goswami tamrakar kesharwani kesarwani kesari gond khunte khute bharadwaj bhardwaj
		jangde lahre lahare ratre kosle koshle ajgalle dahariya miri gendle gilhare banjara barle chaturvedi markande tandan bandhe jogi patle jaiswal jayaswal sahni sahani rajbhar nonia chaurasia chourasia bharti bharati mallah rajvanshi lohar
		choudhury dusadh barnwal burnwal keshri poddar podder modak ranjan katiyar sachan niranjan gangwar lodhi bhadauria bhadoria sengar chandel tomar parihar gautam valmiki kanaujia kannaujia khatik nigam kulshreshtha bhatnagar asthana
		ahmad ahmed mohammad mohammed mohd khatoon parveen parvin fatima hashmi rizvi zaidi naqvi abbasi idrisi salmani mansuri qadri qazi mirza baig sayyid syed sayed anwar akhtar akhter javed jamal idris yusuf farooqui faruqi warsi usmani kidwai mollah molla laskar gazi sardar haque hoque haq
		banerji bandyopadhyay chattopadhyay mukhopadhyay gangopadhyay ganguly ganguli bhowmick bhowmik bhattacharyya adhikari bera samanta pramanik pramanick halder haldar naskar baidya hazra mahapatra santra kundu nandi nandy guha mitra basu chanda barua baruah dutt datta dasgupta sengupta sadhukhan karmakar sutradhar debnath majhi ghoshal sanyal bagchi lahiri maitra talukdar
		lobo rana tigga minz bhengra guria nagesia bhuiya bhuiyan oram kispotta massey masih david john james peter francis dsouza fernandes pereira rozario gomes samuel george philip daniel ekka soy tigga bilung
		thakre wadhwa raut behera mohanty nayak swain pradhan panda rout barik
		साहू वर्मा शर्मा सिंह कुमार कुमारी देवी यादव गुप्ता मिश्रा मिश्र तिवारी पटेल दास घोष बनर्जी मुखर्जी चटर्जी खान अंसारी बेगम बानो खातून बाई लाल प्रसाद राम राव राय रॉय सिन्हा झा ठाकुर पांडे पाण्डेय पांडेय दुबे
		द्विवेदी त्रिवेदी चौबे शुक्ला शुक्ल श्रीवास्तव अग्रवाल जैन सोनी सोनकर देवांगन निषाद कश्यप कुर्रे मरकाम नेताम ध्रुव बंजारे चंद्राकर चौहान राठौर राजपूत जोशी पाठक उपाध्याय ओझा दीक्षित सक्सेना मौर्य कुशवाहा
		रजक पासवान मांझी महतो मंडल शेख अली हुसैन केवट नाथ शाह कौर अरोड़ा चौधरी त्रिपाठी पंडित विश्वकर्मा प्रजापति कोरी पासी मानिकपुरी टंडन बघेल सेन मेहता आलम रहमान मलिक
		कौशिक साह साहा मुर्मू सोरेन हेम्ब्रम टुडू किस्कू मरांडी हांसदा टोप्पो एक्का मिंज तिर्की लकड़ा केरकेट्टा खलखो मंडावी पोया उसेंडी पैकरा कंवर राठिया भगत यदु निर्मलकर धीवर सारथी महंत वैष्णव गोस्वामी ताम्रकार केशरवानी केसरवानी गोंड खूंटे भारद्वाज
		लहरे रात्रे कोसले डहरिया मिरी जोगी पटले जायसवाल सहनी साहनी राजभर चौरसिया भारती मल्लाह लोहार बरनवाल केशरी पोद्दार कटियार सचान गंगवार लोधी भदौरिया सेंगर चंदेल तोमर परिहार गौतम वाल्मीकि कनौजिया निगम भटनागर
		अहमद मोहम्मद परवीन फातिमा हाशमी रिजवी अब्बासी इदरीसी मंसूरी मिर्जा बेग सैयद अनवर अख्तर जमाल हक खातुन बीबी मुंडा उरांव नाग सरकार बिस्वास हालदार कुंडू मित्रा बसु दत्ता सेनगुप्ता अधिकारी मैती माझी तिग्गा तिर्की मिंज राणा लोबो मसीह`)
	// nameWords say that a name follows.
	nameWords = soundSet("naam nam name nav naav नाम नाव myself signed from regards yours self")
	// notMyName before "naam" make it another's, or no name: "app ka naam".
	notMyName = soundSet("ka ke ki uska unka tera app company group site bank apna apne का के की उसका उनका ऐप एप कंपनी ग्रुप इनका iska dusre kisi")
	// afterNaam behind it do so too: "naam par", "naam se".
	afterNaam = soundSet("par pe se le lekar bata batao पर पे से ले लेकर बता")
	// iWords begin what the writer says of himself.
	iWords = soundSet("i im main mai mein hum ham ami me मैं मै हम मंय मय")
	// nameBreaks are words that no name has.
	nameBreaks = soundSet(`spelling wrong spelt correct linked written galat misuse hai he h hain hu hun hoon ho is am and aur se from of at ka ki ke ko me mein ne par pe umar umr age aged years year saal sal gaon village gram rehta rehti rahta rahti retired bol bolat bolti bolta speaking here this
		mobile phone number no mo mob my mera meri mere i kal aaj wala vala he pita father house ward sir madam mujhe main mai a an the in very not so ek bahut to bhi hi ab abhi aap aapko aapka apne ghar senior old widow teacher sorry afraid writing
		calling pareshan budha budhi sbi bank officer manager police customer being sending telling asking col retd dr likha tha thi le hav only seller father sister mother mr mrs smt shri shrimati ba bani hamar hum ham ami main mai
		है हैं हूं हूँ हु हो और से का की के को में ने पर उम्र उमर साल गांव ग्राम रहता रहती बोल बोलत मोबाइल फोन नंबर मेरा मेरी मेरे मैं कल आज पिता वार्ड घर सर मुझे हे हंव एक बहुत तो भी ही अब अभी आप आपको अपने परेशान बूढ़ा बूढ़ी किसान पुलिस बैंक सब कुछ क्या थ हम हमार मंय ह हवे हवय श्री श्रीमती साहब मैडम`)
)

const (
	maxNameWords = 4 // of a name
	maxIntro     = 6 // words between "main" and the name: "Mai Bilaspur tifra se …"
	maxTail      = 9 // words of a last sentence that is a signature
)

// ownName is where the writer's name stands: behind "mera naam", behind "main"
// or as the signature. Nothing where none is told.
func (s *storyReader) ownName() tokenSpan {
	for i := range s.toks {
		if nameWords[s.talk.words[i]] && s.isMyName(i) {
			if at := s.nameFrom(i + 1); at.end > 0 {
				return at
			}
		}
	}
	for i := range s.toks {
		if at := s.nameAfterI(i); at.end > 0 {
			return at
		}
	}
	for i := range s.toks {
		if surnames[s.talk.words[i]] && (s.introduces(i) || s.isSignature(i)) {
			if at := s.nameTo(i); at.end > 0 && !s.isTitled(at) {
				return at
			}
		}
	}
	return s.signature()
}

// signature reads a name with no known surname that ends the message with a town
// behind it: "सुशीला तिग्गा, उस्लापुर".
func (s *storyReader) signature() tokenSpan {
	last := len(s.toks)
	for last > 0 && (s.toks[last-1].kind != wordToken || s.taken[last-1]) {
		last--
	}
	first := last
	for first > 0 && s.sentence[first-1] == s.sentence[last-1] {
		first--
	}
	comma := first
	for comma < last && !s.toks[comma].is(",") {
		comma++
	}
	if n := comma - first; s.shouts || first == 0 || comma == last || n < 1 || n > maxNameWords || n == 1 && polite[s.talk.words[first]] || last-comma > maxPlaceWords || s.isTown(tokenSpan{first, comma}) || !s.isTown(tokenSpan{comma + 1, last}) && !s.allCapitals(tokenSpan{first, comma}, tokenSpan{comma + 1, last}) {
		return tokenSpan{}
	}
	for i := first; i < comma; i++ {
		if paid, _ := s.paidAt(i); paid || !s.inName(i) || isASCII(s.toks[i].text) && !s.isCapital(i) {
			return tokenSpan{}
		}
	}
	return tokenSpan{first, comma}
}

// polite words before a town are no name: "Thanks, Bilaspur".
var polite = soundSet("please plz thanks thank thankyou help regards urgent dhanyavad dhanyawad shukriya sir madam beta namaste pranam bye ok haan nahi धन्यवाद शुक्रिया मदद नमस्ते प्रणाम साहब सर")

// allCapitals reports whether all words have capitals, and none names a bank:
// "Victor D'Cruz, Bow Barracks".
func (s *storyReader) allCapitals(all ...tokenSpan) bool {
	for _, at := range all {
		for i := at.start; i < at.end; i++ {
			if s.inBank(i) || !s.inName(i) || !s.isCapital(i) {
				return false
			}
		}
	}
	return true
}

// nameAfterI reads a name with no known surname right behind the "main" at i that
// begins its sentence, by its capitals: "Main Suman Lata teacher retired".
func (s *storyReader) nameAfterI(i int) tokenSpan {
	thisIs := s.talk.words[i] == "this" && s.toks.word(i+1) == "is"
	if s.shouts || !iWords[s.talk.words[i]] && !thisIs || i > 0 && s.sentence[i-1] == s.sentence[i] {
		return tokenSpan{}
	}
	if s.toks.word(i+1) == "am" || thisIs {
		i++
	}
	if ranks[s.toks.word(i+1)] {
		return tokenSpan{}
	}
	titled := false
	for titles[s.toks.word(i+1)] || titled && s.toks.at(i+1).is(".") {
		i, titled = i+1, true
	}
	end := i + 1
	for end < len(s.toks) && s.inName(end) && s.isCapital(end) && !townWords[s.talk.words[end]] && s.clause[end] == s.clause[i] {
		if name, _ := s.bankAt(end); name != "" {
			return tokenSpan{}
		}
		end++
	}
	at := tokenSpan{i + 1, end}
	if n := s.countWords(at); n < 2 && !(n == 1 && titled) || n > maxNameWords || end < len(s.toks) && fromPlace[s.talk.words[end]] || s.isTown(at) {
		return tokenSpan{}
	}
	return at
}

// countWords is how many words some tokens have.
func (s *storyReader) countWords(at tokenSpan) int {
	n := 0
	for i := at.start; i < at.end; i++ {
		if s.toks[i].kind == wordToken {
			n++
		}
	}
	return n
}

var titles = soundSet("mr mrs ms miss dr smt shri sri prof col capt maj")

// isMyName reports whether the "naam" at i is about the writer.
func (s *storyReader) isMyName(i int) bool {
	if i+1 < len(s.toks) && afterNaam[s.talk.words[i+1]] {
		return false
	}
	before := ""
	if i > 0 {
		before = s.talk.words[i-1]
	}
	if s.talk.words[i] == "self" {
		return before == "my"
	}
	if s.talk.words[i] == "from" {
		return i+1 < len(s.toks) && s.toks[i+1].is(":")
	}
	return !notMyName[before]
}

// nameFrom reads the name that begins at i: up to its surname, or one or two
// words before "hai" or the end of the sentence.
func (s *storyReader) nameFrom(i int) tokenSpan {
	for i < len(s.toks) && (s.toks[i].kind == signToken && !s.endsSentence(i) || s.talk.words[i] == "hai" || s.talk.words[i] == "is" || s.talk.words[i] == "है" || s.talk.words[i] == "mr" || s.talk.words[i] == "father" || s.talk.words[i] == "mrs" || s.talk.words[i] == "smt" || s.talk.words[i] == "shri") {
		i++
	}
	if ranks[s.toks.word(i)] && !s.retired(i) { // whom a thief plays
		return tokenSpan{}
	}
	end, surname := i, 0
	for end < len(s.toks) && end-i < 2*maxNameWords && s.inName(end) && (end == i || s.sentence[end] == s.sentence[end-1]) {
		if surnames[s.talk.words[end]] {
			surname = end + 1
		}
		end++
	}
	whole := end == len(s.toks) || aloneBehind[s.talk.words[end]] || s.endsSentence(end) || s.toks[end].is(",")
	ends := end > i && (end == len(s.toks) || s.talk.words[end] == "hai" || s.talk.words[end] == "है" || s.talk.words[end] == "h" || aloneBehind[s.talk.words[end]] || s.endsSentence(end) || s.toks[end].is(",")) && !townWords[s.talk.words[end-1]]
	switch {
	case tellsName[s.toks.word(max(end, surname))] || surname > i && tellsName[s.toks.word(surname)]:
		return tokenSpan{}
	case surname > i && !(ends && end == surname+1 && (s.isCapital(surname) || whole && !isASCII(s.toks[surname].text))):
		return tokenSpan{i, surname}
	case ends && end-i <= 3:
		return tokenSpan{i, end}
	}
	return tokenSpan{}
}

// tellsName behind a name is what a thief calls himself: "naam Ajay Rawat bata
// raha tha".
var tellsName = soundSet("bata bataya batata batate batati batae bataye बता बताया बताता बताते बताए batais बताइस")

// ranks are those that a thief gives himself.
var ranks = soundSet("havildar inspector subinspector si asi major captain colonel subedar jawan officer constable dsp acp dcp sp ips commissioner fauji soldier cbi crpf bsf cisf advocate हवलदार इंस्पेक्टर मेजर कैप्टन कर्नल सूबेदार जवान अफसर कमिश्नर फौजी दरोगा")

func (s *storyReader) retired(i int) bool {
	return s.hasNear(tokenSpan{i, i + 1}, retiredWords, 2)
}

var retiredWords = soundSet("retd retired ex rtd sevanivrit सेवानिवृत्त रिटायर्ड पूर्व")

// inName reports whether a token may be part of a name: a word, or the full
// stop of an initial.
func (s *storyReader) inName(i int) bool {
	if s.toks[i].is(".") || isQuote(s.toks[i].text) && s.toks[i].glued && s.toks.at(i+1).glued { // "B. N.", "D'Cruz"
		return i > 0 && len(s.talk.words[i-1]) == 1
	}
	initial := len(s.toks[i].text) == 1 && s.isCapital(i) && !s.shouts // "A K Mukherjee"
	return s.toks[i].kind == wordToken && (initial || !nameBreaks[s.toks[i].text]) && !s.taken[i]
}

// nameTo reads the name that ends with the surname at i.
func (s *storyReader) nameTo(i int) tokenSpan {
	start := i
	for start > 0 && i-start < 2*maxNameWords && s.inName(start-1) && s.clause[start-1] == s.clause[i] && !townWords[s.talk.words[start-1]] && (s.isCapital(start-1) || !s.isCapital(i)) && (start == i || s.isCapital(start-1) == s.isCapital(start)) {
		start--
	}
	end := i + 1
	for end < len(s.toks) && end-i < maxNameWords && surnames[s.talk.words[end]] && s.clause[end] == s.clause[i] && !quarterWords[s.toks.word(end+1)] {
		end++
	}
	if end-start < 2 {
		return tokenSpan{}
	}
	return tokenSpan{start, end}
}

// quarterWords behind a surname make it part of a town: "Kidwai Nagar".
var quarterWords = soundSet("nagar colony vihar ganj chowk chauk road marg puram pura para tola enclave नगर कॉलोनी विहार गंज चौक रोड मार्ग पुरम पुरा पारा टोला")

// isCapital reports whether a word begins with a capital, or is the stop of an
// initial; words of a script without capitals do not.
func (s *storyReader) isCapital(i int) bool {
	if i >= len(s.toks) {
		return false
	}
	if i > 0 && (s.toks[i].is(".") || isQuote(s.toks[i].text)) {
		return s.isCapital(i - 1)
	}
	c := s.text[s.toks[i].start]
	return c >= 'A' && c <= 'Z'
}

// introduces reports whether "main", "I am" stands shortly before the surname at
// i, at the beginning of its sentence.
func (s *storyReader) introduces(i int) bool {
	first := i
	for first > 0 && s.sentence[first-1] == s.sentence[i] && i-first <= 4*maxIntro {
		first--
	}
	words := 0
	for j := i - 1; j >= first; j-- {
		if s.toks[j].kind == wordToken {
			words++
		}
		if iWords[s.talk.words[j]] && j-first <= 3 {
			return words <= maxIntro
		}
	}
	return false
}

// isSignature reports whether the surname at i is in a short last sentence or a
// short last clause.
func (s *storyReader) isSignature(i int) bool {
	last := len(s.toks) - 1
	if s.sentence[i] != s.sentence[last] && !(s.sentence[i] == s.sentence[last]-1 && s.toks[last].kind != signToken && s.sentence[max(0, last-4)] == s.sentence[i]) {
		return false
	}
	words := 0
	first := i
	for first > 0 && s.sentence[first-1] == s.sentence[i] && i-first <= 2*maxTail {
		first--
	}
	for j := first; j < len(s.toks) && s.sentence[j] == s.sentence[i] && words <= maxTail; j++ {
		if s.toks[j].kind == wordToken {
			words++
			if paid, _ := s.paidAt(j); paid || askedWords[s.talk.words[j]] && s.talk.words[j] != "do" {
				return false
			}
		}
	}
	return words <= maxTail
}

// isTitled reports whether others speak of the one with this name: "Verma ji
// ka", "Mr. Joshi".
func (s *storyReader) isTitled(at tokenSpan) bool {
	after := ""
	if at.end < len(s.toks) {
		after = s.talk.words[at.end]
	}
	if s.accountAt(at.end) || s.hasBefore(at, accountNear, 4) {
		return true
	}
	before := ""
	for j := at.start - 1; j >= 0 && at.start-j <= 2 && before == ""; j-- {
		before = s.talk.words[j]
	}
	return titledAfter[after] || before == "mr" || before == "sri" || before == "mister"
}

// accountAt reports whether an account number stands at i: the name is its
// holder's.
func (s *storyReader) accountAt(i int) bool {
	for k, id := range s.names {
		if id.Type == TypeAccount && s.places[k].start == i {
			return true
		}
	}
	return false
}

var titledAfter = soundSet("ji ne ka ki ke ko naam नाम ने का की के को जी said called told")
