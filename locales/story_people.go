package locales

import (
	"slices"
	"strings"
)

var (
	// myWords before a number, an address or an account make it the writer's.
	myWords = soundSet("mera mere meri my mine hamara hamare hamari apna apne apni mor moka मेरा मेरे मेरी हमारा हमारे हमार अपना अपने मोर मोबा")
	// numberNouns may stand between.
	numberNouns = soundSet(`number no num nambar nmbr mobile mobail mob mo ph yahi yehi me at on phone fon contact whatsapp watsapp whatsap cell upi id account acc ac a c khata khate hai is h ye yeh the registered wala this
		नंबर नम्बर नं मोबाइल मोबाईल फोन व्हाट्सएप वाट्सएप खाता खाते अकाउंट यूपीआई आईडी है ये यह हे`)
	reachMe = soundSet("contact reach callback sampark संपर्क सम्पर्क")
	// kinWords before it make it neither the writer's nor the thief's.
	kinWords = soundSet("bete beta beti bhai bahu pati patni son daughter husband wife brother nephew bhatije damad padosi neighbour बेटे बेटा बेटी भाई बहू पति पत्नी पड़ोसी दामाद")
)

// findPeople reads who the thief is and who writes.
func (s *storyReader) findPeople(told *Story) {
	name := s.ownName()
	told.OwnName = s.textOf(name)
	told.Place = s.textOf(s.ownPlace(name))
	for k, id := range s.names {
		at := s.places[k]
		switch id.Type {
		case TypeUTR, TypeIFSC:
			continue
		case TypePhone:
			gap := at.start - name.end
			behindName := name.end > 0 && gap >= 0 && (gap <= 1 || gap <= ownNumberReach && s.hasBefore(at, numberNouns, 2))
			if s.isOwn(at) || s.signedWith(at, k) || behindName || name.end > 0 && s.isLabelled(at) {
				if told.OwnPhone == "" {
					told.OwnPhone = id.Value
				}
				continue
			}
		case TypeAccount, TypeUPI, TypeEmail:
			if s.isOwn(at) || id.Type == TypeAccount && (s.leftFrom(at) || tollFree(id.Value)) {
				continue
			}
		case TypeApp:
			if s.notInstalled(at) || s.isCorrected(at.end) {
				continue
			}
		case TypeLink:
			if isOfficialLink(id.Value) || isKnownSite(id.Value) {
				continue
			}
		}
		if !s.isKin(at) {
			told.Suspects = append(told.Suspects, id)
		}
	}
	for _, name := range s.namedApps() {
		app := Identifier{TypeApp, name}
		known := slices.ContainsFunc(told.Suspects, func(id Identifier) bool { return id.Type == TypeApp && strings.EqualFold(id.Value, name) })
		if !known && len(told.Suspects) < MaxIdentifiers {
			told.Suspects = append(told.Suspects, app)
		}
	}
}

// textOf is the text of some tokens, as written.
func (s *storyReader) textOf(at tokenSpan) string {
	if at.end <= at.start {
		return ""
	}
	return s.text[s.toks[at.start].start:s.toks[at.end-1].end]
}

// isLabelled reads "मोबाइल: 90000…" in a story that is told as a form.
func (s *storyReader) isLabelled(at tokenSpan) bool {
	i := at.start - 1
	if i < 1 || !s.toks[i].is(":") && !s.toks[i].is("-") {
		return false
	}
	first := i - 1
	for first > 0 && numberNouns[s.talk.words[first-1]] && s.clause[first-1] == s.clause[first] {
		first--
	}
	return numberNouns[s.talk.words[first]] && (first == 0 || s.clause[first-1] != s.clause[first])
}

// ownReach is how many words may stand between "mera" and its number.
const ownReach = 5

var thiefWords = soundSet("fraud fraudster thag thug thief chor scammer cheater uska unka iska inka his her their suspect caller accused ठग चोर फ्रॉड उसका उनका इसका")

// callWords with "me" before a number: "call me on 90000…".
var callWords = soundSet("call ring dial phone reach whatsapp")

// hasPhone reports whether a phone is told in the sentence.
func (s *storyReader) hasPhone(sentence int) bool {
	for k, id := range s.names {
		if id.Type == TypePhone && s.sentence[s.places[k].start] == sentence {
			return true
		}
	}
	return false
}

// newWords before "number" are the writer's where he speaks for himself; a thief
// who plays the grandson says so too: "hi grandpa, this is my new number".
var newWords = soundSet("naya nayaa naye nayi new dusra doosra dusara doosri dusri other second another alternate नया नये नए नई दूसरा दुसरा दूसरी")

// isOwn reports whether what stands at is called the writer's own.
func (s *storyReader) isOwn(at tokenSpan) bool {
	newOne, me := false, false
	for j := at.start - 1; j >= 0 && at.start-j <= ownReach; j-- {
		w := s.talk.words[j]
		if s.sentence[j] != s.sentence[at.start] && s.hasPhone(s.sentence[j]) {
			break // "90000… mera number hai. 90000…": told of the one before
		}
		me = me || w == "me" || w == "mujhe" || w == "मुझे"
		if me && callWords[w] {
			return true
		}
		newOne = newOne || newWords[w]
		switch {
		case (myWords[w] || reachMe[w]) && newOne:
			return s.speaksForHimself(j)
		case myWords[w], reachMe[w]:
			return true
		case newOne && s.beginsSentence(j) && s.atEnd(at):
			return true // "naya no: 90000…" at the end
		case newWords[w]:
		case w != "" && !numberNouns[w]:
			return s.mineBehind(at)
		}
	}
	return s.mineBehind(at)
}

// speaksForHimself reports whether the "mera" at j begins what the writer says,
// and not what he was told.
func (s *storyReader) speaksForHimself(j int) bool {
	if j == 0 || s.beginsSentence(j) {
		return true
	}
	for i := max(0, j-nearVerb); i < j; i++ {
		if s.sentence[i] == s.sentence[j] && (callerWords[s.talk.words[i]] || saidThat[s.talk.words[i]]) {
			return false
		}
	}
	return s.clause[j-1] != s.clause[j]
}

var saidThat = soundSet("ki that कि hi hello papa mummy dadi dada nana nani grandpa grandma uncle")

// mineBehind reads "9000000001 mera number hai".
func (s *storyReader) mineBehind(at tokenSpan) bool {
	j := at.end
	for j < len(s.toks) && j-at.end < 2 && (s.talk.words[j] == "hai" || s.talk.words[j] == "ye" || s.talk.words[j] == "is" || s.talk.words[j] == "") {
		j++
	}
	if j+1 >= len(s.toks) || !myWords[s.talk.words[j]] {
		return false
	}
	if !numberNouns[s.talk.words[j+1]] || s.clause[j] != s.clause[at.end-1] {
		return false
	}
	for j++; j < len(s.toks) && numberNouns[s.talk.words[j]]; j++ {
	}
	return j == len(s.toks) || !s.taken[j] // "mera number hai 90000…" is about the next
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
	if s.places[k-1].end == at.start || s.places[k-1].end == at.start-1 { // "… & 90000…": one more of his
		return false
	}
	if s.hasBefore(at, thiefWords, ownReach) {
		return false
	}
	earlier := slices.ContainsFunc(s.names[:k], func(id Identifier) bool { return id.Type == TypePhone })
	first := at.start
	for first > 0 && s.sentence[first-1] == s.sentence[at.start] {
		first--
	}
	return earlier && at.start-first <= 5
}

// installWords are what is done with an app.
var installWords = soundSet("dala dale dali install installed download downloaded kiya ki khola kholi dabaya डाला डाले डाली किया की खोला खोली दबाया इंस्टॉल")

// installReach is how many words behind an app's name deny it.
const installReach = 20

// notInstalled reads "quicksupport app dalo, hum nahi dale", "abhi dabaya nahi".
func (s *storyReader) notInstalled(at tokenSpan) bool {
	for j := at.end; j < min(len(s.toks)-1, at.end+installReach); j++ {
		a, b := s.talk.words[j], s.talk.words[j+1]
		if notPaid[a] && installWords[b] || installOnly[a] && notPaid[b] {
			return true
		}
	}
	return false
}

// installOnly among them are denied by a "nahi" behind them too.
var installOnly = soundSet("install installed dabaya dabayi दबाया इंस्टॉल")

func (s *storyReader) isKin(at tokenSpan) bool {
	return s.hasBefore(at, kinWords, 3)
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

// tollFree reports whether digits are a free number of a bank, not an account.
func tollFree(digits string) bool {
	return len(digits) <= 11 && (strings.HasPrefix(digits, "1800") || strings.HasPrefix(digits, "1860"))
}

// knownSites are named where a story happened, not as the thief's.
var knownSites = wordsOf("shaadi.com jeevansathi.com bharatmatrimony.com olx.in facebook.com instagram.com google.com amazon.in amazon.com flipkart.com irctc.co.in onlinesbi.sbi naukri.com youtube.com gmail.com quikr.com indiamart.com meesho.com myntra.com zomato.com swiggy.com linkedin.com booking.com makemytrip.com")

// isKnownSite reports whether a link is no more than the name of such a site.
func isKnownSite(link string) bool {
	low := strings.TrimPrefix(strings.TrimSuffix(strings.ToLower(link), "/"), "https://")
	return knownSites[strings.TrimPrefix(strings.TrimPrefix(low, "http://"), "www.")]
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

// ownNumberReach is how many words may stand between the writer's name and the
// number behind it.
const ownNumberReach = 6
