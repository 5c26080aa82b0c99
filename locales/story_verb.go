package locales

import (
	"slices"
	"strings"
)

// verbAt tells what the word at j says of an amount beside it.
func (s *storyReader) verbAt(j int) verdict {
	w := s.talk.words[j]
	if w == "" {
		return untold
	}
	paid, end := s.paidAt(j)
	switch {
	case s.isTwo(j), forWords[w] && ofWords[s.toks.word(j-1)]:
		return untold
	case prizeVerbs[w] && s.hasBefore(tokenSpan{j, j + 1}, prizeWords, youReach):
		return otherMoney
	case paid && s.deniedAt(j, end):
		return otherMoney
	case paid && s.stoppedBehind(end):
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
	case promisedWords[w], triedWords[w]:
		return otherMoney
	case askedWords[w] && s.isPurpose(j):
		return untold
	case madeToPay[w] && s.hadTo(j):
		return lostMoney
	case askedWords[w] && s.inBank(j): // "Google Pay"
		return untold
	case askedWords[w]:
		return askedMoney
	case (w == "got" || w == "get") && (paidWords[s.toks.word(j+1)] || gotWords[s.toks.word(j+1)]):
		return lostMoney
	case tookWords[w] && !paid && s.goneBehind(j):
		return otherMoney
	case cameWords[w], inWay[w] && goneWords[s.toks.word(j+1)]:
		return otherMoney
	}
	return untold
}

// isTwo tells the "दो" of "दो बार", "दो बजे" from "give".
func (s *storyReader) isTwo(j int) bool {
	if s.talk.words[j] != "do" && s.talk.words[j] != "दो" {
		return false
	}
	next := s.toks.word(j + 1)
	return countWords[next] || units[next] > 0 || scales[next] > 0 || oclock[next] || currency[next]
}

// paidAt reports whether the word at j, with what follows, tells a payment that
// has happened.
func (s *storyReader) paidAt(j int) (bool, int) {
	w := s.talk.words[j]
	if (gaveWords[w] || filledWords[w]) && s.aboutSecret(j) {
		return false, j
	}
	if doWords[w] && s.paidWith(j) {
		end := j
		for end+1 < len(s.toks) && end-j < 2 && paidEndings[s.talk.words[end+1]] && s.clause[end+1] == s.clause[j] {
			end++
		}
		return end > j || pastDo[w], end
	}
	if w == "jama" || w == "जमा" || loanTaken[w] && s.hasNear(tokenSpan{j, j + 1}, loanWords, 2) {
		if next := s.toks.word(j + 1); w != "jama" && w != "जमा" || arrived[next] {
			return false, j // it came in
		}
	}
	if cutStems[w] && callThings[s.toks.word(j-1)] { // "phone kaat diya"
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
	if next := s.toks.word(j + 1); beganWords[next] && leaveVerbs[w] || (w == "ja" || w == "जा") && chukaWords[next] { // "katne lage", "जा चुके"
		return true, j + 1
	}
	if next := s.toks.word(j + 1); lossNouns[w] && (next == "of" || next == "is" || next == "was" || next == "for") { // "a loss of Rs", "txn of Rs"
		return true, j
	}
	if w == "dr" { // a bank's "Rs.500.00 Dr. from"
		return slices.ContainsFunc(s.amounts, func(a storyAmount) bool { return a.end == j }), j
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
	if keepsGoing[w] && j+1 < len(s.toks) && keepsWords[s.talk.words[j+1]] {
		return true, j + 1
	}
	return paidWords[w], j
}

var (
	cutStems   = soundSet("kat kaat kata kaata काट कट काटा")
	callThings = soundSet("phone fon call line lain फोन फ़ोन कॉल लाइन")
)

// goneBehind reports whether the "गया" at j stands right behind an amount.
func (s *storyReader) goneBehind(j int) bool {
	purpose := forWords[s.toks.word(j-1)] && ofWords[s.toks.word(j-2)] // "21000 ka gold coin ke liye diya"
	for i, passed := j-1, 0; i >= 0 && passed < goneReach; i-- {
		w := s.talk.words[i]
		if s.inMoment(i) { // "35000 … 16 नवंबर दोपहर 12:40 को गया"
			continue
		}
		passed++
		if s.toks[i].is(".") && s.clause[i] == s.clause[j] { // "22,222 रु. गया"
			continue
		}
		if s.toks[i].kind == numberToken && !s.taken[i] || scales[w] > 0 || currency[w] || numberWords[w] > 0 {
			return true
		}
		if theyThings[w] || moneyWords[w] && s.hasBefore(tokenSpan{j, j + 1}, fromWords, 1) { // "wo diya", "paisa phonepe se diya"
			return true
		}
		if ofWords[w] && i == j-1 && s.clause[i] == s.clause[j] { // "3100 कूरियर का लिया"
			i--
			continue
		}
		if !purpose && !beforeGone[w] && !countWords[w] && !accountNear[w] && !fromWords[w] && !s.inBank(i) {
			return false
		}
	}
	return false
}

// inBank reports whether token i is part of a bank's name.
func (s *storyReader) inBank(i int) bool {
	return slices.ContainsFunc(s.banks, func(b storyBank) bool { return i >= b.start && i < b.end })
}

// inWallet reports whether token i is part of a wallet's name.
func (s *storyReader) inWallet(i int) bool {
	return slices.ContainsFunc(s.banks, func(b storyBank) bool { return i >= b.start && i < b.end && wallets[b.name] })
}

// theyThings stand for an amount: "wo bhi de diye".
var theyThings = soundSet("vo wo woh वो वह")

// aboutSecret reports whether what was given at j is right before it and no
// money: "OTP de diya".
func (s *storyReader) aboutSecret(j int) bool {
	for i := j + 1; sentEnglish[s.talk.words[j]] && i < len(s.toks) && i-j <= nearVerb && s.clause[i] == s.clause[j] && !currency[s.talk.words[i]] && s.toks[i].kind == wordToken; i++ {
		if secretThings[s.talk.words[i]] { // "sent me a link"
			return true
		}
	}
	for i := j - 1; i >= 0 && j-i <= 8 && s.clause[i] == s.clause[j]; i-- {
		if secretThings[s.talk.words[i]] || s.inIdentifier(i, TypeApp) || j-i == 2 && wasEnglish[s.toks.word(j-1)] && s.taken[i] {
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
	next := end + 1
	for next < len(s.toks) && evenWords[s.talk.words[next]] {
		next++
	}
	return next < len(s.toks) && notPaid[s.talk.words[next]] && s.clause[next] == s.clause[end]
}

var (
	// stopWords behind a payment say that it was held up in time.
	stopWords  = soundSet("rok ruk roka rokva stopped blocked cancelled canceled रोक रुक रोका रुकवा")
	stopEnding = soundSet("liya liye diya di dia lia gaya gayi gaye gya li लिया लिए दिया दी गया गयी गई ली")
)

// stopReach is how many words behind a payment may tell that it was stopped.
const stopReach = 10

// stoppedBehind reads "3 lakh RTGS form bhar chuka tha bank manager ne rok liya".
func (s *storyReader) stoppedBehind(end int) bool {
	for j := end + 1; j < min(len(s.toks), end+stopReach) && s.sentence[j] == s.sentence[end]; j++ {
		w := s.talk.words[j]
		if stopWords[w] && (stopEnding[s.toks.word(j+1)] || isASCII(w) && strings.HasSuffix(w, "ed")) && !s.hasBefore(tokenSpan{j, j + 1}, accountStops, 3) && (w != "blocked" || s.hasNear(tokenSpan{j, j + 1}, bankStops, nearVerb)) {
			return true
		}
	}
	return false
}

// bankStops beside "blocked" say that it was the payment, and not the writer.
var bankStops = soundSet("payment transaction transfer bank")

// accountStops are what else is stopped, behind a payment that went.
var accountStops = soundSet("account khata card sim number phone me him खाता कार्ड सिम नंबर फोन")

// evenWords may stand between a verb and its "nahi": "kate hi nahi".
var evenWords = soundSet("hi bhi to ही भी तो")

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

// comesBack reports whether what was paid at j came back to the writer; what he
// sent back himself is gone: "maine 18,500 axis se wapas kiya".
func (s *storyReader) comesBack(j int) bool {
	if s.hasBefore(tokenSpan{j, j + 1}, iGave, demandReach) {
		return false
	}
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
	if s.toYou(j) || s.gaveMe(j) {
		return true
	}
	if !gaveWords[s.talk.words[j]] {
		return false
	}
	before := j - 1
	for before > 0 && evenWords[s.talk.words[before]] {
		before--
	}
	if before >= 0 && theyThings[s.talk.words[before]] {
		return false
	}
	if j > 0 && englishGave[s.talk.words[j]] && englishHe[s.talk.words[j-1]] {
		return true
	}
	they := false
	for i := j - 1; i >= 0 && s.clause[i] == s.clause[j]; i-- {
		if mineSubjects[s.talk.words[i]] && !s.isInto(i) {
			return false
		}
		they = they || theySubjects[s.talk.words[i]]
	}
	return they || j+1 < len(s.toks) && theySubjects[s.talk.words[j+1]]
}

var (
	youWords     = soundSet("you u aapko apko aapke apke aapki apki tumko tumhe tumhare आपको आपके आपकी तुमको तुम्हें तुम्हारे")
	mistakeWords = soundSet("galti galati galtee galtise mistake mistakenly wrongly गलती ग़लती गल्ती गलतीसे")
)

// youReach is how many words before a "sent" its receiver may stand.
const youReach = 8

// toYou reports whether the payment at j is the thief's word, of what he says he
// sent: "I sent you Rs 11,000 by mistake", "गलती से 10000 डाल दिए वापस करो".
func (s *storyReader) toYou(j int) bool {
	if !gaveWords[s.talk.words[j]] {
		return false
	}
	if youWords[s.toks.word(j+1)] {
		return true
	}
	mistake := false
	for i := j - 1; i >= 0 && j-i <= youReach && s.clause[i] == s.clause[j]; i-- {
		if iGave[s.talk.words[i]] && s.talk.words[i] != "i" {
			return false
		}
		if youWords[s.talk.words[i]] && s.talk.words[i] != "you" && s.talk.words[i] != "u" || mistakeWords[s.talk.words[i]] {
			mistake = true
		}
	}
	for i := j + 1; i < len(s.toks) && i-j <= nounReach && s.clause[i] == s.clause[j]; i++ {
		mistake = mistake || mistakeWords[s.talk.words[i]] && !s.hasBefore(tokenSpan{j, j + 1}, iGave, nearVerb)
	}
	return mistake
}

// isInto reports whether the "mere" at i is where money came: "मेरे फोनपे पर किसी
// ने 100 डाले".
func (s *storyReader) isInto(i int) bool {
	w := s.talk.words[i]
	if w != "mere" && w != "मेरे" && w != "hamare" && w != "हमारे" {
		return false
	}
	for j := i + 1; j < len(s.toks) && j-i <= nearVerb; j++ {
		if inWords[s.talk.words[j]] || onWords[s.talk.words[j]] {
			return true
		}
	}
	return false
}

var onWords = soundSet("par pe pr पर पे")

// gaveMe reads "उसने मुझे 2000 दिए".
func (s *storyReader) gaveMe(j int) bool {
	if !passOn[s.talk.words[j]] {
		return false
	}
	they, me := false, false
	for i := j - 1; i >= 0 && j-i <= youReach && s.clause[i] == s.clause[j]; i-- {
		they, me = they || theySubjects[s.talk.words[i]], me || meWords[s.talk.words[i]]
	}
	return they && me
}

var gaveWords = soundSet("bhej bheja bheje bheji de dal dala dale sent paid transferred gave given deposited transfer भेज भेजा भेजे भेजी दे डाल डाला डाले")

var (
	tookWords = soundSet("liya liye lia lie li लिया लिए लिये ली")
	wasWords  = soundSet("tha the thi था थे थी")
)

// goneReach is how many words may stand between an amount and its "gaya".
const goneReach = 6

var (
	beganWords = soundSet("lage laga lagi lge lgaa लगे लगा लगी")
	leaveVerbs = soundSet("katne kattne nikalne jane jaane udne कटने निकलने जाने उड़ने")
	chukaWords = soundSet("chuka chuke chuki chuke चुका चुके चुकी")
	// lossNouns with "of" behind them tell a loss; madeToPay do where the writer was
	// made to.
	lossNouns = soundSet("loss fraud txn transaction purchase withdrawal debit theft")
	madeToPay = soundSet("pay transfer send deposit give withdraw")
	// prizeWords before a prizeVerb tell what was won.
	prizeWords  = soundSet("lottery lotri inam inaam prize jackpot draw लॉटरी लाटरी इनाम ईनाम जैकपॉट")
	prizeVerbs  = soundSet("nikla nikli nikle laga lagi lage mila mili निकला निकली निकले लगा लगी लगे")
	inWay       = soundSet("aa आ")
	gotWords    = soundSet("over finished cut deduct transfer minus less")
	englishThey = soundSet("they")
	englishHe   = soundSet("they he she")
	englishGave = soundSet("sent paid transferred gave given deposited transfer send")
	wasEnglish  = soundSet("was were")
	sentEnglish = soundSet("sent gave given shared forwarded")
	forcedWords = soundSet("had made forced compelled")
	// keepsWords behind "katta" make it a loss that has happened.
	keepsWords = soundSet("raha rahe rahi gaya gaye gya gye रहा रहे रही गया गए")
	keepsGoing = soundSet("katta kate katte katata katate nikalta nikalte nikalta udte udta कटता कटते कटती निकलता निकलते उड़ते उड़ता")
	// promisedWords tell of money that is to come in, or comes.
	promisedWords = soundSet(`rakh rakho रख रखो milega milenge milegi milne milna jeeta jeete jita jite jeetne won win winner jeet offer offered offering promise promised promising deta dete deti dega degi dunga doonga dilayenge dilaenge badhkar banega banenge profit
		मिलेगा मिलेंगे मिलेगी मिलने मिलना मिलही दूंगा दिलाएंगे जीता जीते जीतने जीत देता देते देती बनेगा`)
	// triedWords tell that it did not succeed.
	triedWords = soundSet("koshish kosis koshis attempt attempted tried fail failed declined rejected कोशिश फेल असफल प्रयास")
	// doWords and pastDo are a "did" that is a payment where it has an amount, a
	// bank or an account right before it: "PhonePe se 20000 kar diya".
	doWords = soundSet("kar kr kari kara kiya kiye kia कर करी किया किए किये")
	pastDo  = soundSet("kiya kiye kia kari kara किया किए किये करी")
	// beforeDo may stand between.
	beforeDo = soundSet("wapas vapas wapis vapis वापस वापिस se pe par me mein ko bhi hi ke ka turant sab pura poora dono online rs rupaye rupay rupee number no wale wali unke uske usko unko से पे पर में को भी ही तुरंत सब पूरा दोनों ऑनलाइन रुपये रुपए")
	// iGave are subjects of what the writer did himself.
	iGave     = soundSet("maine mene meine mainne humne hamne i we मैंने मैने मेने हमने")
	loanTaken = soundSet("took taken liya lia liye लिया लिए")
	loanWords = soundSet("loan udhar karz karj लोन कर्ज उधार")
	arrived   = soundSet("hua hue hui ho huye hogaya hogya tha the thi hoga हुआ हुए हुई हुये हो था थे होगा")
)

// paidWith reports whether an amount, or a bank or account from which, stands
// right before the "did" at j.
func (s *storyReader) paidWith(j int) bool {
	from := false
	for i := j - 1; i >= 0 && j-i <= 5 && s.clause[i] == s.clause[j]; i-- {
		w := s.talk.words[i]
		amount := slices.ContainsFunc(s.amounts, func(a storyAmount) bool { return i >= a.start && i < a.end })
		bank := s.inBank(i)
		switch {
		case amount:
			return true
		case bank && i == j-1 && s.inWallet(i): // "गूगल पे कर दिया"
			return true
		case bank, accountNear[w]:
			return from
		case s.taken[i]: // the address it went to
			continue
		case fromWords[w]:
			from = true
		case !beforeDo[w]:
			return false
		}
	}
	return false
}

// isPurpose reports whether the infinitive at j only says what an amount was
// for: "photo bhejne ka 1100".
func (s *storyReader) isPurpose(j int) bool {
	w := s.toks.word(j + 1)
	return (w == "ka" || w == "का") && (s.toks.number(j+2) != "" || currency[s.toks.word(j+2)])
}

// hadTo reports whether the "pay" at j was done: "I had to pay", "made me pay".
func (s *storyReader) hadTo(j int) bool {
	for i := max(0, j-3); i < j; i++ {
		if forcedWords[s.talk.words[i]] {
			return true
		}
	}
	return false
}

// inIdentifier reports whether token i is part of an identifier of the kind.
func (s *storyReader) inIdentifier(i int, kind string) bool {
	for k, id := range s.names {
		if id.Type == kind && i >= s.places[k].start && i < s.places[k].end {
			return true
		}
	}
	return false
}
