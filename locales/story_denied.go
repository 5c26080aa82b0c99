package locales

import "slices"

var (
	// deniableVerbs tell of money that left, or with a "not" beside them that it
	// did not: "paise nahi gaye", "have not paid".
	deniableVerbs = soundSet(`diya diye di dia die dein bheja bheje bheji bhej de daala dala dale dali gaya gaye gayi gya gye gyi gae gai gail kata kate katta kat nikla nikle nikala nikale kiya kiye lagaya lagaye bhara bhare
		took paid pay send sent gone lost lose loss losses give gave given transfer transferred deducted debited went left taken cut
		दिया दिये दिए दी देनी दिहनी देहेंव भेजा भेजे भेज गया गये गए गई गइल कटा कटे कट कटिस निकला निकले निकाला डाला डाले किया किए लगाया भरा भरे`)
	// goneOnly among them also tell of anything else that went: they deny a loss
	// only beside a word of money.
	goneOnly = soundSet("gaya gaye gayi gya gye gyi gae gai gail gone went left lost lose took taken cut kat kata kate nikla nikle kiya kiye गया गये गए गई गइल कट कटा कटे निकला निकले किया किए")
	// deniedThings are what is denied: money, or anything at all.
	deniedThings = soundSet("paisa paise paisey pesa pesha paysa rupay rupaye rupya rupiya rupees rupee rs money amount kuch kuchh kuchu koi eko ekko kaudi dhela loss nothing anything पैसा पैसे पइसा रुपया रुपये रुपए कुछ कोई कछु कछू एको")
	// noneWords deny by themselves: "nothing of mine has gone", "no loss".
	noneWords = soundSet("nobody noone nothing no zero none nil")
	// yetWords tell that a payment has not been made so far.
	yetWords = soundSet("abhi abhee ab yet till अभी अब अबतक")
	// elsewhere in the clause say that something else is denied, or one more
	// payment than those made.
	deniedElse = soundSet(`wapas vapas wapis vapis back return returned refund aur more again phir fir dobara dubara baad further jawab reply answer ticket order saman maal delivery gaadi gadi kaam job naukri service
		otp pin password code link photo block signal network profit salary commission withdraw withdrawal withdrawl loan बापस वापस वापिस और अउ फिर दोबारा बाद जवाब ओटीपी पिन लिंक कोड सामान ऑर्डर रिफंड नौकरी काम लोन`)
	noLossWords = soundSet("loss losses")
	// lossThings that have not happened are no loss: "ठगी नहीं हुई लेकिन कोशिश हुई".
	lossThings = soundSet("fraud thagi thagee nuksan nuksaan nuqsan loss scam ठगी फ्रॉड नुकसान नुक़सान")
	befell     = soundSet("hua huwa hui huyi hue hoyis hoy hoise hoyni happened हुआ हुई हुवा हुए होइस होय")
	negatives  = soundSet("nahi nahin nhi nai ni na not never didnt havent hasnt no nothing without bina नहीं नही नइ ना न मत बिना")
)

// Reaches, in words, of a denied payment.
const (
	denyBefore = 3  // from "not" to its verb
	noneReach  = 6  // from "nothing" to its verb
	denyClause = 30 // of its clause, to each side
)

// nothingGone reports whether the writer says that no money went: "abhi kuch nahi
// diya", "koi paise nahi gaye", "I have not paid". One payment more that was
// refused, and what the thief did not give, is no such thing.
func (s *storyReader) nothingGone() bool {
	return s.refusedAt() >= 0
}

// refusedAt is the token at which that is told, -1 if nowhere.
func (s *storyReader) refusedAt() int {
	for j, w := range s.talk.words {
		if paid, end := s.paidAt(j); paid && s.stoppedBehind(end) {
			return j
		}
		if befell[w] && s.isDenied(j) && s.hasBefore(tokenSpan{j, j + 1}, lossThings, denyBefore) {
			return j
		}
		if deniableVerbs[w] && s.isDenied(j) && !s.tellsWhich(j) && s.deniesMoney(j) {
			return j
		}
	}
	return -1
}

var (
	takeOut = soundSet("nikal nikaal withdrew withdraw निकाल निकालकर nikalkar nikalke nikaalkar")
	passOn  = soundSet("de diya diye di dia gave given handed bhej दे दिया दिए दी भेज")
)

// handedOn reports whether all that went was money that had come in, and was
// taken out for another: "70 hazar aaya tha, nikal ke de diya". It was not the
// writer's.
func (s *storyReader) handedOn() bool {
	came := false
	for k := range s.amounts {
		a := s.amounts[k]
		for j := a.end; j < min(len(s.toks), a.end+nearVerb); j++ {
			came = came || cameWords[s.talk.words[j]] && s.clause[j] == s.clause[a.end-1]
		}
	}
	for j := 0; came && j < len(s.toks); j++ {
		if !takeOut[s.talk.words[j]] {
			continue
		}
		for i := j + 1; i < min(len(s.toks), j+4); i++ {
			if passOn[s.talk.words[i]] {
				return true
			}
		}
	}
	return false
}

// tellsWhich reads "45,500 की निकासी जो मैंने नहीं की", "a debit which I have not
// done": what the writer did not do himself is gone.
func (s *storyReader) tellsWhich(j int) bool {
	for i := j - 1; i >= 0 && j-i <= nounReach; i-- {
		if whichWords[s.talk.words[i]] {
			return true
		}
	}
	return false
}

var whichWords = soundSet("jo which jise jisko जो जिसे जिसको")

// isDenied reports whether a "not" belongs to the verb at j.
func (s *storyReader) isDenied(j int) bool {
	for i := j - 1; i >= 0 && j-i <= noneReach && s.clause[i] == s.clause[j]; i-- {
		w := s.talk.words[i]
		if noneWords[w] || negatives[w] && j-i <= denyBefore || s.toks[i].text == "0" {
			return !s.talk.unknown(i)
		}
	}
	i := j + 1
	if i < len(s.toks) && paidEndings[s.talk.words[i]] {
		i++
	}
	return i < len(s.toks) && negatives[s.talk.words[i]] && s.clause[i] == s.clause[j] && !s.talk.unknown(i)
}

// behindAmount reports whether an amount is told shortly before the "gaya nahi"
// at j, in another clause: "61 hazar fasa hai par gaya nahi".
func (s *storyReader) behindAmount(j int) bool {
	return slices.ContainsFunc(s.amounts, func(a storyAmount) bool {
		return a.end <= j && j-a.end <= noneReach && s.sentence[a.start] == s.sentence[j]
	})
}

// deniesMoney reports whether what is denied at j is that the writer lost money.
func (s *storyReader) deniesMoney(j int) bool {
	things, mine, theirs, yet := false, false, false, false
	first, last := j, j
	for first > 0 && s.clause[first-1] == s.clause[j] && j-first < denyClause {
		first--
	}
	for last+1 < len(s.toks) && s.clause[last+1] == s.clause[j] && last-j < denyClause {
		last++
	}
	for i := first; i <= last; i++ {
		w := s.talk.words[i]
		if deniedElse[w] {
			return false
		}
		things = things || deniedThings[w] || s.talk.bits[i]&money != 0 && s.toks[i].kind == wordToken
		mine = mine || mineSubjects[w]
		theirs = theirs || theySubjects[w] || englishThey[w]
		yet = yet || yetWords[w]
	}
	w := s.talk.words[j]
	switch {
	case theirs && !mine:
		return false
	case goneOnly[w]:
		return things || !doWords[w] && s.behindAmount(j)
	}
	return things || mine || yet || noLossWords[w]
}
