package locales

import "strings"

// class is a set of the kinds of word that a word can be.
type class uint64

const (
	filler    class = 1 << iota // polite words, that never change a meaning
	soft                        // words that fill a request: "मुझे … करनी है"
	cyber                       // cyber
	mitan                       // mitan
	money                       // पैसा, rupaye
	account                     // खाता: counts as money with a strong verb
	cut                         // stem of a loss: कट, निकल; wants a past ending
	left                        // a weaker stem of a loss: चला
	lost                        // a loss in one word: कटा, debited
	past                        // गया, लिया, दिस
	bare                        // गया alone, right after the money
	emptied                     // खाली, साफ़: of an account
	fraudish                    // ठगी, fraud
	happened                    // हुआ, हो गया in one word
	cheated                     // ठगा, scammed: a loss without the word money
	robbed                      // stem: ठग, लूट
	negation                    // नहीं, not
	unknowing                   // पता, मालूम: "पता नहीं" denies nothing
	supposing                   // अगर, will
	particle                    // तो, भी, हो: may stand inside the phrase
	blocker                     // फ़ोन, बिजली: what else is cut or gone
	returned                    // वापस, refund
	spared                      // बच, bacha
	mine                        // मैंने, हमने
	sent                        // भेज, transfer
	handed                      // sent, paid: of oneself in English
	scale                       // हज़ार, लाख
	ending                      // है, था: what may follow a closing "नहीं"
	quoting                     // बोला, धमकी: somebody else's words
	attempt                     // कोशिश, almost
	others                      // लोगों, neighbours: it happened to them
	own                         // मेरे, my
	thief                       // उसको, them
	kin                         // बेटे, दुकानदार: money is sent to them without any fraud
)

// classNames are the lists of the table "words" in keywords.toml.
var classNames = map[string]class{
	"filler": filler, "soft": soft, "cyber": cyber, "mitan": mitan, "cyber_mitan": cyber | mitan,
	"money": money, "account": account, "cut": cut, "left": left, "lost": lost, "past": past,
	"bare": bare | past, "emptied": emptied, "fraud": fraudish, "happened": happened,
	"cheated": cheated, "robbed": robbed, "negation": negation, "unknowing": unknowing,
	"supposing": supposing, "particle": particle, "blocker": blocker, "returned": returned,
	"spared": spared, "mine": mine, "sent": sent, "handed": handed, "scale": scale,
	"ending": ending, "quoting": quoting, "attempt": attempt, "others": others, "own": own, "kin": kin, "thief": thief,
}

// Distances, in words, of the money-gone patterns.
const (
	moneyReach    = 6 // from the money to its verb
	pastReach     = 3 // from a stem to its past ending, particles between
	negationReach = 3 // from a negation to its verb, particles between
	mineReach     = 8 // from "मैंने" to "भेज दिया"
	returnReach   = 4 // from the loss to "वापस आ गए"
)

// MoneyGone reports whether the text says that money has been lost: a money
// word beside a verb of loss in the past, or a fraud that has happened. Denials
// ("पैसा नहीं कटा"), fears ("कट तो नहीं जाएगा") and what is supposed ("अगर कट
// गया तो") are not.
func (c *Catalog) MoneyGone(text string) bool { return c.Hear(text).MoneyGone() }

func (t talk) moneyGone() bool {
	spare := false
	for i, b := range t.bits {
		spare = spare || b&spared != 0 && !t.denied(i, i)
	}
	for i := range t.words {
		if t.moneyLost(i) {
			return true
		}
		if !spare && t.cheatedAt(i) {
			return true
		}
	}
	return false
}

// moneyLost reports whether a verb of loss starts at i and is about money.
func (t talk) moneyLost(i int) bool {
	end, strong, ok := t.lossVerb(i)
	if !ok || t.denied(i, end) || t.supposed(i, end) || t.cameBack(end) {
		return false
	}
	if !strong {
		return true
	}
	if t.blocked(i) || t.promised(i) {
		return false
	}
	want := money | scale
	if t.bits[i]&left == 0 {
		want |= account
	}
	reach := end + 4
	if t.bits[i]&sent != 0 && t.bits[i]&cut == 0 {
		reach = i // "मैंने OTP दे दिया, पैसा …" is no payment
	}
	for j := max(0, i-moneyReach); j < min(len(t.bits), reach); j++ {
		if (j < i || j > end) && t.bits[j]&want != 0 && !t.moneyDenied(j, i) {
			return t.near(j, i)
		}
	}
	return false
}

// near keeps the weak verb "चला गया" from picking up a number far away.
func (t talk) near(money, verb int) bool {
	return t.bits[verb]&left == 0 || !isDigits(t.words[money]) || verb-money <= 2
}

// lossVerb returns where a verb of loss that starts at i ends. When strong, it
// still needs money nearby; otherwise the money has been seen.
func (t talk) lossVerb(i int) (end int, strong, ok bool) {
	b := t.bits[i]
	switch {
	case b&lost != 0:
		return i, true, true
	case b&(cut|left) != 0:
		end, ok := t.pastAfter(i)
		return end, true, ok
	case b&emptied != 0 && t.before(i, account, 4):
		end, ok := t.pastAfter(i)
		return end, false, ok
	case b&sent != 0 && (t.before(i, mine, mineReach) || t.before(i+6, thief, 8)) && !t.toKin(i):
		end, ok := t.pastAfter(i)
		return end, true, ok
	case b&handed != 0 && t.before(i, mine, 3) && !t.before(i+4, kin, 4):
		return i, true, true
	case b&bare != 0 && t.bareLoss(i):
		return i, false, true
	}
	return 0, false, false
}

// toKin reports whether what is sent at i goes to somebody of the family: "मैंने
// बेटे को 5000 भेज दिए".
func (t talk) toKin(i int) bool {
	for j := i - 2; j >= max(0, i-mineReach); j-- {
		if t.bits[j]&kin != 0 && t.words[j+1] == "ko" {
			return true
		}
	}
	return false
}

// bareLoss reports whether the "गया" at i comes right after money: "पैसा गया",
// "25 हज़ार भी गए".
func (t talk) bareLoss(i int) bool {
	if i == 0 { // "gaya mera sara paisa"
		return t.before(3, own, 3) && t.before(pastReach+2, money, pastReach+2) && len(t.bits) <= maxCommandWords
	}
	for j := i - 1; j >= 0 && i-j <= 2; j-- {
		if t.bits[j]&(money|scale) != 0 {
			return true
		}
		if t.bits[j]&particle == 0 {
			return false
		}
	}
	return false
}

// pastAfter finds the past ending of the stem at i, with only particles between.
func (t talk) pastAfter(i int) (int, bool) {
	for j := i + 1; j < len(t.bits) && j-i <= pastReach; j++ {
		if t.bits[j]&(past|happened) != 0 {
			return j, true
		}
		if t.bits[j]&particle == 0 {
			break
		}
	}
	return 0, false
}

// cheatedAt reports whether a fraud that happened is told at i, in words that
// need no money beside them.
func (t talk) cheatedAt(i int) bool {
	b := t.bits[i]
	end, ok := i, b&cheated != 0
	if !ok && b&(fraudish|robbed) != 0 {
		end, ok = t.pastAfter(i)
	}
	return ok && !t.denied(i, end) && !t.supposed(i, end) && !t.before(i, attempt, 4) && !t.before(end+othersReach, attempt, othersReach) && !t.ofOthers(i)
}

// othersReach is how many words around a fraud are searched for whose it is and
// whether it was more than an attempt.
const othersReach = 6

// ofOthers reports whether the fraud told at i happened to other people: "दो लोगों
// के साथ ठगी हुई".
func (t talk) ofOthers(i int) bool {
	for j := i - 1; j >= max(0, i-othersReach); j-- {
		switch {
		case t.bits[j]&(mine|own) != 0:
			return false
		case t.bits[j]&others != 0:
			return true
		}
	}
	return false
}

// before reports whether a word of the class stands in the n words before i.
func (t talk) before(i int, want class, n int) bool {
	for j := max(0, i-n); j < min(i, len(t.bits)); j++ {
		if t.bits[j]&want != 0 {
			return true
		}
	}
	return false
}

// denied reports whether a negation belongs to the verb from start to end.
func (t talk) denied(start, end int) bool {
	for j := start - 1; j >= 0 && start-j <= negationReach; j-- {
		if t.bits[j]&negation != 0 && !t.unknown(j) {
			return true
		}
		if t.bits[j]&particle == 0 {
			break
		}
	}
	j := end + 1
	for j < len(t.bits) && t.bits[j]&(particle|ending) != 0 && t.bits[j]&negation == 0 {
		j++
	}
	if j >= len(t.bits) || t.bits[j]&negation == 0 || j-end > negationReach {
		return false
	}
	return j+1 == len(t.bits) || t.bits[j+1]&(ending|filler) != 0
}

// moneyDenied reports whether the money at j is denied: "no money", with the
// verb behind it.
func (t talk) moneyDenied(j, verb int) bool {
	if isDigits(t.words[j]) {
		return false // "अरे नहीं, 5000 कट गए" takes back what was said before
	}
	return j > 0 && j < verb && t.bits[j-1]&negation != 0 && !t.unknown(j-1)
}

// unknown reports whether the negation at j is the "नहीं" of "पता नहीं".
func (t talk) unknown(j int) bool {
	return j > 0 && t.bits[j-1]&unknowing != 0 || j+1 < len(t.bits) && t.bits[j+1]&unknowing != 0
}

func (t talk) supposed(start, _ int) bool { return t.before(start, supposing, moneyReach) }

// cameBack reports whether the money is told to have come back.
func (t talk) cameBack(end int) bool {
	for j := end + 1; j < len(t.bits) && j-end <= returnReach; j++ {
		if t.bits[j]&returned != 0 {
			return j+2 < len(t.bits) && t.bits[j+2]&past != 0
		}
	}
	return false
}

// promised reports whether what "came out" at i is a prize, or is said to be the
// reader's: "तोर लॉटरी निकले हे पच्चीस लाख के".
func (t talk) promised(i int) bool {
	if !strings.HasPrefix(t.words[i], "nikl") {
		return false
	}
	return t.stands(t.lex.marks.prize, i-moneyReach, i+pastReach) ||
		t.before(i, quoting, moneyReach+2) && t.stands(t.lex.marks.you, i-moneyReach, i)
}

// blocked reports whether what was cut or left, right before i, is not money.
func (t talk) blocked(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if t.bits[j]&particle == 0 {
			return t.bits[j]&blocker != 0
		}
	}
	return false
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
