package locales

import (
	"slices"
	"strings"
)

// How far, in words, an amount looks for its verb: Hindi has it behind, English
// before.
const (
	verbAfter  = 14
	verbBefore = 8
	nounReach  = 4
)

var (
	// paidWords say by themselves that money was given or went.
	paidWords = soundSet(`bheja bheje bheji bhejwaya bhejwaye bhijva nikalwaye nikalwaya dube doobe bhejdiya bhejdiye bhejvaya bhijvaya bhijwaye bhejis bhejen bhejenv bhejeo dala dale dali dalvaya dalwaye dalwa bhara bhare bhari bharvaya bharwaya
		kata kate kati katgaya katgye katgaye nikala nikale nikle nikalgaye nikalgaya gawaye gawaya ganvaye ganwaye lagaya lagaye lagwaye lagvaye lagwaya
		thagaya thaga thage uda udaye udgaye udaliye lutgaya looted sent paid transferred transfered lost debited deducted withdrawn withdrew gone stolen vanished debits transactions swipes swipe debit niyeche niye nilo niyechhe katlo chole saf gayab gul lootliya
		deposited invested spent swiped siphoned duped cheated scammed given gave went robbed taken took emptied cleared looted pathalam pathiyechi diyechi dilam geche gelo gache geyeche keteche katlo
		भेजा भेजे भेजी भेजदिया भेजवाया भेजवाए भिजवाया भिजवाए भिजवाये भिजवा निकलवाए निकलवाया निकलवा लुटाए डुबाए डूबे डूब डाला डाले डाली डलवाया डलवाए भरा भरे भरी भरवाया भरवाए कटा कटे कटी निकला निकले निकाले निकाला निकली गवाए गंवाए गंवाये गवां लगाए लगाया लगवाए लगवाया
		उड़ाए उड़े ठगे ठगा लूटे कटगे कटिस निकलगे पठाए पठाएंव देहेंव देंव डारेंव भेजेंव भेजनी कटल गइल भेजनि डेबिट साफ गायब गुल`)
	// stems say it with a past ending behind them: "bhej diye", "kat gaye".
	paidStems = soundSet(`bhej bhaj dal daal de jama transfer trasfer transfar transfr pay kat kaat nikal nikaal ud uda chal chala chale chali le ganva gawa lut loot debit deduct gpay phonepe paytm neft imps rtgs
		withdraw invest deposit laga bhar karva karwa thag hadap khinch khich saaf saf paar gayab scan send spend kharch recharge
		भेज डाल दे जमा ट्रांसफर ट्रान्सफर पे कट काट निकल निकाल उड़ उड़ा चला चले चली ले गंवा गवां लुट लूट डेबिट निवेश लगा भर ठग हड़प खींच साफ पार गायब करवा स्कैन गूगलपे फोनपे पेटीएम खर्च पठा डार`)
	// endings of the past.
	paidEndings = soundSet(`diya diye di dia die diye dein dihe dihis dihin dehe dis dena liya liye li lia lis lihis gaya gaye gayi gya gye gyi gae gai ge gis gaise gail kiya kiye ki kia kari kara karaya karaye karvaya karwaya karvaye karwaye karwayi
		hua hue hui hogaya hogaye hogya hogye hogayi chuka chuke chuki dala dale dali ho done made
		दिया दिये दिए दी दिहिन दिस देहे लिया लिये लिए ली लिस लिहिस गया गये गए गई गयी गे गिस गइस गेहे गइल किया किये किए की कर करी कराया कराए करवाया करवाए करवाई हुआ हुए हुई होगया चुका चुके चुकी डाला डाले डाली हो देनी दिहनी लेहलस लिहलस`)
	// betweenVerb may stand between a stem and its ending.
	betweenVerb = soundSet("kar kr ke karke ho bhi hi to ho he hai de dia diya कर करके के हो भी ही दे")
	// askedWords say that an amount was only asked for, promised or feared.
	askedWords = soundSet(`mang maang manga maanga mange maange mangi mangte mangta maangte mangne maangne mangat mangis mangin mangraha demand demanded demanding demands ask asked asking asks wants wanted want need needs
		chahiye chahie chaiye chahi chahte bhejo bhejiye bhejdo bhejne bhejna bhejni dalo daliye dalne dalna bharo bhariye bharne bharna jamakaro dijiye dijie dedo dena dene denge dega degi deni lagega lagenge lagegi lagta karna karne karo kariye kijiye
		milega milenge milegi milne milna dunga denge doonga dilayenge dilaenge jeeta jeete jita jite jeetne won win winner jeet kahe kehte kahte offer offered offering promise promised promising
		will would should must could can going katega katenge katega kategi katne badhkar banega banenge jayega jayenge jayegi threatened threatening warna
		मांग मांगा मांगे मांगी मांगते मांगता मांगने मांगत मांगिस मांगिन मांगथे चाहिए चाही भेजो भेजिए भेजदो भेजने भेजना भेजनी डालो डालिए डालने डालना भरो भरिए भरने भरना दीजिए दो देना देने देंगे देगा देगी लगेगा लगेंगे लगेगी करना करने करो करिए कीजिए
		मिलेगा मिलेंगे मिलेगी मिलने मिलना मिलही देबो दूंगा दिलाएंगे जीता जीते जीतने जीत कटेगा कटेंगे कटेगी कटने बनेगा जाएगा जाएंगे जाएगी डिमांड ऑफर`)
	// otherNouns say what else an amount may be.
	otherNouns = soundSet(`balance bal bacha bache pension pensan salary tankha tankhwah vetan limit loan lone karj karz bill bakaya due dues rent kiraya prize inam inaam lottery lotri cashback offer profit munafa
		fayda discount price kimat keemat worth value fine penalty jurmana income kamai return returns commission fees emi premium point points profit salary baki remaining
		बैलेंस बचा बचे पेंशन पेन्शन तनख्वाह सैलरी वेतन लिमिट लोन कर्ज बिल बकाया किराया इनाम ईनाम लॉटरी लाटरी कैशबैक मुनाफा फायदा छूट कीमत दाम जुर्माना कमाई कमीशन ईएमआई`)
	// notPaidWords deny: nothing went.
	notPaid = soundSet("nahi nahin nhi nai na mat not no never didnt without bina bach नहीं नही नइ ना न मत बिना बच")
	// thiefWords stand for who gave, where it was not the writer.
	theySubjects = soundSet("usne unhone unhonne uska unka they someone उसने उन्होंने उन्होने वो ओ")
	mineSubjects = soundSet("maine mene meine mainne humne hamne ham i we mere mera meri my me mai main hamare hamara papa mummy pitaji beta bete patni pati मैंने मैने मेने हमने मेरे मेरा मेरी हमारे हमार मोर मंय में मैं हम पापा पिताजी")
	sumWords     = soundSet("total kul kool sab milakar milake altogether टोटल कुल मिलाकर मिलाके जोड़कर")
	againWords   = soundSet("again dobara dubara doosri dusri second twice phir fir baar bar each next another दोबारा दुबारा फिर बार दूसरी")
	// cameWords say that an amount came in.
	cameWords = soundSet("came come aane aana ane aega आने आना aya aaya aaye aye aayi ayi aayenge milta mila mile credited received got earned dikha dikhta dikh shows showing आया आए आये आई आयी आएगा मिला मिले दिखा दिखता क्रेडिट")
	// goneWords are endings that say by themselves, right behind an amount, that
	// it is gone: "10000 गया".
	goneWords = soundSet("liya liye lia lie li lelia lihis lihin लिया लिए लिये ली लिहिस diya diye di dia die dihe dihen दिया दिये दिए दी दिहिन देहे gaya gaye gayi gya gye gyi gae gai gail ge gis गया गये गए गई गयी गे गिस गइल")
	// beforeGone may stand between.
	beforeGone  = soundSet("vo wo woh wahi वो वह उ se bhi sab pura poora dono rs rupaye rupay total hi से भी सब पूरा दोनों ही टोटल")
	englishPaid = soundSet("sent paid transferred transfered lost debited deducted withdrawn withdrew deposited invested spent gave given took stolen duped cheated looted debits transactions pay returned of")
	returnWords = soundSet("returned refunded lautaya lautaye lautaaye लौटाया लौटाए")
	// haveWords before an amount say that it is still there, or what for.
	// goodsWords behind "50 लाख का" make the amount a worth.
	goodsWords   = soundSet("saman samaan parcel gift maal phone mobile sofa furniture chashma gadi gaadi bike scooty ticket inam lottery loan draft सामान पार्सल गिफ्ट माल फोन मोबाइल सोफा फर्नीचर चश्मा गाड़ी बाइक टिकट इनाम लॉटरी लोन")
	ofWords      = soundSet("ka ki ke का की के")
	billWords    = soundSet("bill बिल")
	haveWords    = soundSet("have has for")
	englishAsked = soundSet("demand demanded demanding ask asked asking wants wanted want need offered promised promising promise won win will would should must can going threatened")
	// secretThings are what else is given, sent or filled in.
	secretThings = soundSet("otp cvv pin number card aadhar aadhaar adhar details detail form link app code password passbook atm file photo screenshot ओटीपी सीवीवी पिन नंबर कार्ड आधार फॉर्म लिंक ऐप एप कोड पासबुक एटीएम फाइल फोटो")
	meWords      = soundSet("mujhe mujhko muje hame hamko मुझे मुझको हमें हमको मोला")
	moreWords    = soundSet("aur or more another और अउ")
	countWords   = soundSet("transaction transactions baar bar times time dafa kisht installment debits payment payments ट्रांजेक्शन ट्रांजैक्शन बार दफा किश्त किस्त")
	backWords    = soundSet("wapas vapas wapis vapis return returned refund refunded वापस वापिस लौट रिफंड reversed")
)

// In Hindi a verb of payment has many forms: भेजा, भेजे, भेजी, भिजवाया, bheja,
// bhejwaye. They are stems with the endings of the past.
var (
	payStems = "bhej bhijva bhejva dal dalva kat katva nikal nikalva bhar bharva lagva uda thag lut ganva gava karva khinch chadha भेज भिजवा भेजवा डाल डलवा कट कटवा निकाल निकल निकलवा भर भरवा लगवा उड़ा ठग लुटा गंवा गवां करवा खींच चढ़ा पठा डार"
	pastEnds = "a e i ya ye yi ai ा े ी या ए ये ई यी"
)

func init() {
	for stem := range strings.FieldsSeq(payStems) {
		for end := range strings.FieldsSeq(pastEnds) {
			if isASCII(stem) == isASCII(end) {
				for form := range soundSet(stem + end) {
					paidWords[form] = true
				}
			}
		}
	}
}

// verdict says what is told of an amount.
type verdict int

const (
	untold verdict = iota
	lostMoney
	askedMoney
	otherMoney
)

// lostAmounts are the amounts that are told as lost. Where money is gone and
// none is, those that are told as nothing else are.
func (s *storyReader) lostAmounts(gone bool) []storyAmount {
	verdicts := make([]verdict, len(s.amounts))
	for k := range s.amounts {
		verdicts[k] = s.verdictOn(k)
	}
	s.payAsked(verdicts)
	listed := s.goThroughLists(verdicts)
	var found, open []storyAmount
	for k, a := range s.amounts {
		switch verdicts[k] {
		case lostMoney:
			if n := s.repeats(found, a); listed[k] || n < 0 {
				found = append(found, a)
			} else {
				found[n].again = a.tokenSpan
			}
		case untold:
			if n := s.repeats(found, a); n >= 0 {
				found[n].again = a.tokenSpan
			} else if n := s.repeats(open, a); n >= 0 {
				open[n].again = a.tokenSpan
			} else {
				open = append(open, a)
			}
		}
	}
	if len(found) == 0 && (gone || s.tellsPayment()) {
		found = open
	}
	return s.withoutTotals(partsOf(s.severalTimes(found, open), open))
}

// tellsPayment reports whether a payment is told anywhere, with no amount at it.
func (s *storyReader) tellsPayment() bool {
	for j := range s.toks {
		if paid, _ := s.paidAt(j); paid && s.verbAt(j) == lostMoney && !goneWords[s.talk.words[j]] && s.talk.bits[j]&(cut|sent|lost|handed) != 0 {
			return true
		}
	}
	return false
}

// verdictOn reads the words around an amount: the nearest verb behind it, then
// the nearest before it, then what noun it goes with.
func (s *storyReader) verdictOn(k int) verdict {
	a := s.amounts[k]
	first, stop := 0, len(s.toks)
	if k > 0 {
		first = s.amounts[k-1].end
	}
	if k+1 < len(s.amounts) {
		stop = s.amounts[k+1].start
	}
	if a.end+1 < stop && ofWords[s.talk.words[a.end]] && goodsWords[s.talk.words[a.end+1]] {
		return otherMoney
	}
	noun := s.nounBeside(a, first, stop, 1)
	if v := s.rightBefore(a, first); v != untold && !s.verbWithin(a.end, min(stop, a.end+nearVerb)) {
		return v
	}
	for j := a.end; j < min(stop, a.end+verbAfter) && s.clause[j] == s.clause[a.end-1]; j++ {
		if v := s.verbAt(j); v != untold && !(noun && j-a.end >= nearVerb) {
			return v
		}
	}
	for j := a.start - 1; j >= max(first, a.start-verbBefore) && s.clause[j] == s.clause[a.start]; j-- {
		if a.start-j > nearVerb && !englishPaid[s.talk.words[j]] && !englishAsked[s.talk.words[j]] {
			continue
		}
		if v := s.verbAt(j); v != untold {
			return v
		}
	}
	if s.nounBeside(a, first, stop, nounReach) {
		return otherMoney
	}
	return untold
}

// rightBefore is what a verb right before an amount says: "paisa gaya 15000".
func (s *storyReader) rightBefore(a storyAmount, first int) verdict {
	for j := a.start - 1; j >= max(first, a.start-2); j-- {
		if v := s.verbAt(j); v == lostMoney && s.clause[j] == s.clause[a.start] {
			return v
		}
	}
	return untold
}

func (s *storyReader) verbWithin(from, to int) bool {
	for j := from; j < to; j++ {
		if s.clause[j] == s.clause[from] && s.verbAt(j) != untold {
			return true
		}
	}
	return false
}

// nearVerb is within how many words a verb counts more than a noun, and a Hindi
// verb counts that stands before its amount.
const nearVerb = 3

// nounBeside reports whether a word within reach says that the amount is a
// bill, a balance, a prize.
func (s *storyReader) nounBeside(a storyAmount, first, stop, reach int) bool {
	if a.start > first && haveWords[s.talk.words[a.start-1]] {
		return true
	}
	for d := 1; d <= reach; d++ {
		for _, j := range []int{a.start - d, a.end - 1 + d} {
			if j >= first && j < stop && otherNouns[s.talk.words[j]] && s.clause[j] == s.clause[a.start] {
				return true
			}
		}
	}
	return false
}

// listReach is how far apart, in words, amounts of one list are: "21,000 on 5
// November, then 1,00,000 on 11 November".
const listReach = 10

// goThroughLists makes the amounts lost that are told in one row with one that
// is: "पहले 22 हजार फिर 31 हजार जमा कराए". It returns which were in such a row.
func (s *storyReader) goThroughLists(verdicts []verdict) []bool {
	listed := make([]bool, len(verdicts))
	join := func(k, to int) {
		if verdicts[k] == untold && verdicts[to] == lostMoney && s.inRow(min(k, to)) {
			verdicts[k] = lostMoney
			listed[max(k, to)] = true
		}
	}
	for k := len(verdicts) - 2; k >= 0; k-- {
		join(k, k+1)
	}
	for k := 1; k < len(verdicts); k++ {
		join(k, k-1)
	}
	return listed
}

// inRow reports whether amount k and the next stand in one row.
func (s *storyReader) inRow(k int) bool {
	a, b := s.amounts[k], s.amounts[k+1]
	if b.start-a.end > listReach || s.sentence[a.start] != s.sentence[b.start] {
		return false
	}
	for j := a.end; j < b.start; j++ {
		if v := s.verbAt(j); v == askedMoney || v == otherMoney {
			return false
		}
	}
	return true
}

// verbAt tells what the word at j says of an amount beside it.
func (s *storyReader) verbAt(j int) verdict {
	w := s.talk.words[j]
	if w == "" {
		return untold
	}
	paid, end := s.paidAt(j)
	switch {
	case paid && s.deniedAt(j, end):
		return otherMoney
	case paid && s.futureAt(j, end):
		return askedMoney
	case paid && s.comesBack(j):
		return otherMoney
	case paid && s.ownBill(j):
		return otherMoney
	case paid && (s.theyGave(j) || end+1 < len(s.toks) && meWords[s.talk.words[end+1]]):
		return otherMoney
	case paid:
		return lostMoney
	case askedWords[w]:
		return askedMoney
	case tookWords[w] && !paid && s.goneBehind(j):
		return otherMoney
	case cameWords[w]:
		return otherMoney
	}
	return untold
}

// paidAt reports whether the word at j, with what follows, tells a payment that
// has happened.
func (s *storyReader) paidAt(j int) (bool, int) {
	w := s.talk.words[j]
	if gaveWords[w] && s.aboutSecret(j) {
		return false, j
	}
	if paidStems[w] {
		for end := j + 1; end < len(s.toks) && end-j <= 3 && s.clause[end] == s.clause[j]; end++ {
			if paidEndings[s.talk.words[end]] && !(betweenVerb[s.talk.words[end]] && s.endingFollows(end)) {
				return !askedWords[s.talk.words[end]], end
			}
			if !betweenVerb[s.talk.words[end]] {
				break
			}
		}
	}
	if returnWords[w] {
		return s.talk.before(j, mine, 4), j
	}
	if tookWords[w] && (s.talk.before(j, mine, 4) || j+1 < len(s.toks) && wasWords[s.talk.words[j+1]]) {
		return false, j // what the writer took, once
	}
	if goneWords[w] {
		return s.goneBehind(j), j
	}
	return paidWords[w], j
}

// goneBehind reports whether the "गया" at j stands right behind an amount.
func (s *storyReader) goneBehind(j int) bool {
	for i := j - 1; i >= 0 && j-i <= 2; i-- {
		w := s.talk.words[i]
		if s.toks[i].kind == numberToken && !s.taken[i] || scales[w] > 0 || currency[w] || numberWords[w] > 0 {
			return true
		}
		if theyThings[w] {
			return true
		}
		if !beforeGone[w] {
			return false
		}
	}
	return false
}

var (
	tookWords = soundSet("liya liye lia lie li लिया लिए लिये ली")
	wasWords  = soundSet("tha the thi था थे थी")
)

// theyThings stand for an amount: "wo bhi de diye".
var theyThings = soundSet("vo wo woh वो वह")

// aboutSecret reports whether what was given at j is right before it and no
// money: "OTP de diya".
func (s *storyReader) aboutSecret(j int) bool {
	for i := j - 1; i >= 0 && j-i <= 8 && s.clause[i] == s.clause[j]; i-- {
		if secretThings[s.talk.words[i]] {
			return true
		}
		if slices.ContainsFunc(s.amounts, func(a storyAmount) bool { return i >= a.start && i < a.end }) || currency[s.talk.words[i]] || theyThings[s.talk.words[i]] {
			return false
		}
	}
	return false
}

// endingFollows reports whether a better ending stands right behind: "kar diya".
func (s *storyReader) endingFollows(i int) bool {
	return i+1 < len(s.toks) && paidEndings[s.talk.words[i+1]]
}

func (s *storyReader) deniedAt(j, end int) bool {
	for i := j - 1; i >= 0 && j-i <= 2 && s.clause[i] == s.clause[j]; i-- {
		if notPaid[s.talk.words[i]] && !s.talk.unknown(i) {
			return true
		}
	}
	return end+1 < len(s.toks) && notPaid[s.talk.words[end+1]] && s.clause[end+1] == s.clause[end]
}

// futureAt reports whether the payment is only to come: "jayega", "will be
// debited", "to pay".
func (s *storyReader) futureAt(j, end int) bool {
	for i := max(0, j-3); i < j; i++ {
		if s.clause[i] == s.clause[j] && s.talk.bits[i]&supposing != 0 {
			return true
		}
	}
	return end+1 < len(s.toks) && soundFuture[s.talk.words[end+1]]
}

var soundFuture = soundSet("jayega jayenge jayegi jaega jaenge jaegi jaye jaaye honge hoga hogi जाएगा जाएंगे जाएगी जायेगा जाए होगा होगी जाही")

func (s *storyReader) comesBack(j int) bool {
	for i := max(0, j-2); i < j; i++ {
		if backWords[s.talk.words[i]] && s.clause[i] == s.clause[j] {
			return true
		}
	}
	return false
}

// ownBill reports whether what was paid at j is the writer's bill: "बिल 1840 भर
// दिया".
func (s *storyReader) ownBill(j int) bool {
	if !strings.HasPrefix(s.talk.words[j], "bhar") && !strings.HasPrefix(s.talk.words[j], "भर") {
		return false
	}
	return s.hasBefore(tokenSpan{j, j + 1}, billWords, 8)
}

// theyGave reports whether the one who sent money was the thief: "usne 5000
// bheje". What was taken or cut is lost whoever is told beside it.
func (s *storyReader) theyGave(j int) bool {
	if !gaveWords[s.talk.words[j]] {
		return false
	}
	if j > 0 && theyThings[s.talk.words[j-1]] {
		return false
	}
	they := false
	for i := j - 1; i >= 0 && s.clause[i] == s.clause[j]; i-- {
		if mineSubjects[s.talk.words[i]] {
			return false
		}
		they = they || theySubjects[s.talk.words[i]]
	}
	return they || j+1 < len(s.toks) && theySubjects[s.talk.words[j+1]]
}

var gaveWords = soundSet("bhej bheja bheje bheji de dal dala dale sent paid transferred gave given deposited transfer भेज भेजा भेजे दे डाल डाले")

// payAsked makes what was asked for lost where a payment is told behind it
// without an amount of its own: "usne 5000 mange, maine bhej diye".
func (s *storyReader) payAsked(verdicts []verdict) {
	for k, v := range verdicts {
		if v != askedMoney {
			continue
		}
		from, stop := s.amounts[k].end, len(s.toks)
		if k+1 < len(s.amounts) {
			stop = s.amounts[k+1].start
		}
		asked := false
		for j := from; j < stop && s.clause[j] <= s.clause[from-1]+3; j++ {
			if asked = asked || askedWords[s.talk.words[j]] || s.clause[j] != s.clause[from-1]; !asked {
				continue
			}
			if paid, end := s.paidAt(j); paid && gaveWords[s.talk.words[j]] && s.verbAt(j) == lostMoney && !s.hasAmountBehind(end, k) {
				verdicts[k] = lostMoney
				break
			}
		}
	}
}

// hasAmountBehind reports whether the next amount is in the clause of the verb
// that ends at end: "I paid 2000".
func (s *storyReader) hasAmountBehind(end, k int) bool {
	return k+1 < len(s.amounts) && s.clause[s.amounts[k+1].start] == s.clause[end]
}

// repeats returns which of the amounts is told again by a: in the words and once
// more in the bank's message; -1 if none.
func (s *storyReader) repeats(found []storyAmount, a storyAmount) int {
	more := a.start > 0 && moreWords[s.talk.words[a.start-1]]
	if more || s.hasNear(a.tokenSpan, againWords, 4) || a.end < len(s.toks) && s.goesOn(a.end) {
		return -1
	}
	return slices.IndexFunc(found, func(b storyAmount) bool { return b.paise == a.paise && a.start-b.end > nearVerb })
}

// severalTimes makes n of what was paid n times: "1,99,998 nikala, do
// transaction 99,999 ke".
func (s *storyReader) severalTimes(found, open []storyAmount) []storyAmount {
	for _, a := range slices.Concat(found, open) {
		for j := max(0, a.start-6); j < min(len(s.toks), a.end+4); j++ {
			n, ok := s.toks.countAt(j)
			if j >= a.start && j < a.end || !ok || n < 2 || n > MaxStoryLegs || !countWords[s.talk.words[min(j+1, len(s.toks)-1)]] {
				continue
			}
			total := slices.IndexFunc(found, func(b storyAmount) bool { return b.paise == a.paise*int64(n) })
			if total < 0 && len(found) == 1 && found[0] == a && j < a.start { // "chaar baar 10000"
				total = 0
			}
			if total < 0 {
				continue
			}
			rest := slices.DeleteFunc(slices.Clone(found), func(b storyAmount) bool { return b == found[total] || b == a })
			for range n {
				rest = append(rest, a)
			}
			return rest
		}
	}
	return found
}

// partsOf puts the parts in place of a sum where they are told behind it by
// themselves: "kul 1.5 lakh dale. pehle 50000, fir 1 lakh".
func partsOf(found, open []storyAmount) []storyAmount {
	for k, total := range found {
		for from := range open {
			var sum int64
			for to := from; to < len(open); to++ {
				if sum += open[to].paise; to > from && sum == total.paise {
					rest := slices.Delete(slices.Clone(found), k, k+1)
					return append(rest, open[from:to+1]...)
				}
			}
		}
	}
	return found
}

// withoutTotals drops the sum of the others.
func (s *storyReader) withoutTotals(found []storyAmount) []storyAmount {
	if len(found) < 2 {
		return found
	}
	var sum int64
	for _, a := range found {
		sum += a.paise
	}
	for k, a := range found {
		total := s.hasNear(a.tokenSpan, sumWords, 3)
		if total && len(found) > 2 || 2*a.paise == sum && (total || len(found) > 2) {
			return slices.Delete(found, k, k+1)
		}
	}
	return found
}

// hasNear reports whether one of the words stands near, in the same sentence.
func (s *storyReader) hasNear(at tokenSpan, set map[string]bool, reach int) bool {
	for i := max(0, at.start-reach); i < min(len(s.toks), at.end+reach); i++ {
		if set[s.talk.words[i]] && s.sentence[i] == s.sentence[at.start] {
			return true
		}
	}
	return false
}
