package locales

import (
	"slices"
	"strings"
)

var (
	// callerWords beside a bank's name say that the thief only claimed it.
	callerWords = soundSet(`bol bola bole boli bolkar bolke bata batakar bataya calling caller call called phone fon manager officer adhikari karmchari karmachari staff employee helpline care customer head office taraf unka uska
		kyc apk link fake nakli farji message msg sms says said told saying claimed claiming pretending representative executive
		बोल बोला बोले बोली बोलकर बता बताकर बताया कॉल फोन मैनेजर अधिकारी अफसर कर्मचारी कस्टमर केयर हेल्पलाइन तरफ उनका उसका केवाईसी लिंक फर्जी नकली मैसेज हेड ऑफिस`)
	// walletCaller is what it takes for a wallet, which few claim to be.
	walletCaller = soundSet("care customer helpline officer manager calling representative executive केयर कस्टमर हेल्पलाइन मैनेजर अधिकारी")
	// accountNear beside it say that it is where the money lay.
	accountNear = soundSet("khata khate khatey account acc ac acct a c card saving savings passbook wallet खाता खाते अकाउंट एकाउंट एसी कार्ड पासबुक वॉलेट")
	fromWords   = soundSet("se from via by through using te theke le से ले")
)

type storyBank struct {
	tokenSpan
	name string
}

// readBanks finds the banks and wallets that are named.
func (s *storyReader) readBanks() {
	defer s.keepNarrowBanks()
	for i := 0; i < len(s.toks); {
		name, end := s.bankAt(i)
		if name == "" {
			i++
			continue
		}
		s.banks = append(s.banks, storyBank{tokenSpan{i, end}, name})
		i = end
	}
}

// wideNames name a kind of bank; beside one of the kind they are the same.
var wideNames = []string{"Gramin Bank", "Cooperative Bank"}

// keepNarrowBanks drops "Gramin Bank" where the story tells which one.
func (s *storyReader) keepNarrowBanks() {
	for k, b := range s.banks {
		if b.name == "Gramin Bank" {
			s.banks[k].name = s.graminOf(b)
		}
	}
	for _, wide := range wideNames {
		if slices.ContainsFunc(s.banks, func(b storyBank) bool { return b.name != wide && strings.HasSuffix(b.name, wide) }) {
			s.banks = slices.DeleteFunc(s.banks, func(b storyBank) bool { return b.name == wide })
		}
	}
}

// states are those whose "Gramin Bank" may be named in two parts.
var states = map[string]map[string]bool{
	"Chhattisgarh":  soundSet("chhattisgarh chattisgarh cg छत्तीसगढ़ छग सीजी"),
	"Bihar":         soundSet("bihar बिहार"),
	"Jharkhand":     soundSet("jharkhand झारखंड"),
	"West Bengal":   soundSet("bengal bangal बंगाल"),
	"Uttar Pradesh": soundSet("uttarpradesh up यूपी"),
}

// graminOf is the name of a "Gramin Bank" with its state beside it: "ग्रामीण बैंक
// छत्तीसगढ़ वाला".
func (s *storyReader) graminOf(b storyBank) string {
	for state, spelt := range states {
		if spelt[s.toks.word(b.end)] || spelt[s.toks.word(b.start-1)] {
			return state + " " + b.name
		}
	}
	return b.name
}

// bankSpelt are other spellings of the words of banks' names.
var bankSpelt = map[string]string{
	"benk": "bank", "baink": "bank", "bnk": "bank", "bamk": "bank", "bankk": "bank", "baank": "bank",
	"बेंक": "बैंक", "बैक": "बैंक", "बैन्क": "बैंक", "बेन्क": "बैंक", "बंक": "बैंक",
	"सेंटरल": "सेंट्रल", "सेन्ट्रल": "सेंट्रल", "सेन्टरल": "सेंट्रल", "sentral": "central", "centeral": "central",
	"यूनीयन": "यूनियन", "इंडीयन": "इंडियन", "इन्डियन": "इंडियन", "grameen": "gramin", "gramina": "gramin", "grameena": "gramin",
	"ग्रामिण": "ग्रामीण", "पंजाव": "पंजाब", "नैशनल": "नेशनल", "panjab": "punjab", "nasional": "national",
}

// bankAt is the longest everyday form of a bank's name at i.
func (s *storyReader) bankAt(i int) (name string, end int) {
	if s.toks[i].kind != wordToken || s.taken[i] || i > 0 && s.talk.words[i-1] == "vestern" { // Western Union is none
		return "", i
	}
	form := ""
	for n := 0; n < maxBankWords && i+n < len(s.toks) && s.toks[i+n].kind == wordToken; n++ {
		if n > 0 {
			form += " "
		}
		word := s.toks[i+n].text
		if as := bankSpelt[word]; as != "" {
			word = as
		}
		form += word
		if known, ok := bankForms[form]; ok {
			name, end = known, i+n+1
		}
	}
	return name, end
}

// wallets hold no money of their own mostly: where a bank is told too, the bank
// is where it left.
var wallets = map[string]bool{"PhonePe": true, "Google Pay": true, "Paytm": true, "BHIM": true, "Amazon Pay": true, "MobiKwik": true, "CRED": true}

// putBanks gives each leg the bank that is told nearest: in its clause, in its
// sentence, before it, behind it. The writer's own comes before others.
func (s *storyReader) putBanks(legs []StoryLeg, amounts []storyAmount) {
	banks := slices.DeleteFunc(slices.Clone(s.banks), func(b storyBank) bool { return s.claimed(b) })
	if len(banks) == 0 { // whom the thief played: he knew where the money lay
		banks = slices.DeleteFunc(slices.Clone(s.banks), s.isTelecom)
	}
	if slices.ContainsFunc(banks, func(b storyBank) bool { return !wallets[b.name] }) {
		banks = slices.DeleteFunc(banks, func(b storyBank) bool { return wallets[b.name] && !s.paidApart(b, banks, amounts) })
	}
	for n := range legs {
		best, least := -1, 0
		for k, b := range banks {
			d := s.distance(b.tokenSpan, amounts[n])
			if d >= sameSentence && s.hasBefore(b.tokenSpan, myWords, 2) {
				d = sameSentence
			}
			if best < 0 || d < least {
				best, least = k, d
			}
		}
		if best >= 0 {
			legs[n].Bank = banks[best].name
		}
	}
}

// paidApart reports whether one amount of several left a wallet, and another a
// bank: "50,000 bank of baroda se aur 20,000 phonepe se alag".
func (s *storyReader) paidApart(wallet storyBank, banks []storyBank, amounts []storyAmount) bool {
	beside := func(b storyBank) int {
		return slices.IndexFunc(amounts, func(a storyAmount) bool { return s.distance(b.tokenSpan, a) < besideBank })
	}
	own := beside(wallet)
	return own >= 0 && s.movedFrom(wallet) && slices.ContainsFunc(banks, func(b storyBank) bool {
		n := beside(b)
		return !wallets[b.name] && n >= 0 && n != own && s.movedFrom(b)
	})
}

// besideBank is within how many words of its amount a bank is told right at it.
const besideBank = 6

// movedFrom reports whether "se" stands behind a bank, or "from" before it.
func (s *storyReader) movedFrom(b storyBank) bool {
	return b.end < len(s.toks) && fromWords[s.talk.words[b.end]] || s.hasBefore(b.tokenSpan, fromWords, 2) || s.hasBefore(b.tokenSpan, fromEnglish, 2)
}

var fromEnglish = soundSet("from via by through")

// claimed reports whether a bank is named only as whom the thief says he is, or
// where the money went.
func (s *storyReader) claimed(b storyBank) bool {
	near := func(set map[string]bool, before, after int) bool {
		for i := max(0, b.start-before); i < min(len(s.toks), b.end+after); i++ {
			if (i < b.start || i >= b.end) && set[s.talk.words[i]] && s.clause[i] == s.clause[b.start] {
				return true
			}
		}
		return false
	}
	switch {
	case wallets[b.name]:
		return near(walletCaller, 1, 3)
	case s.isTelecom(b):
		return true
	case s.leftBank(b), near(accountNear, 2, 2) && !near(callerWords, 1, 2), s.hasBefore(b.tokenSpan, myWords, 2):
		return false
	}
	return near(callerWords, 2, 4) && !(s.hasBefore(b.tokenSpan, bankWord, 2) && !near(callerWords, 0, 4))
}

var (
	// bankWord before a name says that it answers "which bank".
	bankWord = soundSet("bank बैंक")
	telecoms = map[string]bool{"Airtel Payments Bank": true, "Jio Payments Bank": true}
)

// isTelecom reports whether "Airtel" is the telephone company, and no bank.
func (s *storyReader) isTelecom(b storyBank) bool {
	return telecoms[b.name] && b.end == b.start+1 && !s.hasNear(b.tokenSpan, accountNear, 2) && !s.leftBank(b)
}

// leftBank reads "SBI se 25000 kat gaye": money left it.
func (s *storyReader) leftBank(b storyBank) bool {
	if b.end >= len(s.toks) || !fromWords[s.talk.words[b.end]] {
		return false
	}
	for j := b.end + 1; j < min(len(s.toks), b.end+4); j++ {
		if s.verbAt(j) == lostMoney || scales[s.talk.words[j]] > 0 || slices.ContainsFunc(s.amounts, func(a storyAmount) bool { return a.start == j }) {
			return true
		}
		if callerWords[s.talk.words[j]] {
			return false
		}
	}
	return false
}
