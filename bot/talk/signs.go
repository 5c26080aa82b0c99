package talk

import (
	"regexp"
	"strconv"
	"strings"

	"mitan/bot"
	"mitan/locales"
)

// signs answers what is in the resident's own words, whatever is being talked
// about: the thief is still on the phone, a child writes, or the resident
// swears. It tells whether nothing is left to be answered.
func (t *Talk) signs() bool {
	if t.s.Kind == askShow && len(strings.Fields(t.text)) > maxOwnWords {
		return false // somebody else's words
	}
	switch {
	case onTheLine(t.text):
		t.cutTheCall()
		return true
	case t.s.Flow != EnrolFlow && !t.s.Child && isChild(t.text):
		t.s.Child, t.helps = true, true
		t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonDanger})
		t.reply("talk.child", t.render("talk.child"))
	case !t.tellingStory() && swears(t.text):
		t.calm()
		return true
	}
	return false
}

// tellingStory tells whether the resident may be quoting somebody.
func (t *Talk) tellingStory() bool {
	switch t.s.Kind {
	case askStory, askListen, askSuspect, askWords:
		return true
	}
	return t.d.catalog.MoneyGone(t.text) || t.d.catalog.Urgent(t.text) != ""
}

// cutTheCall answers one who has the thief on the phone: first of all that it be
// cut. Then the talk goes on where it stood, or with the report. The words are no
// answer to a short question: an amount in them is what the thief asks for.
func (t *Talk) cutTheCall() {
	t.helps = true
	t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonOnLine, Urgent: true})
	t.reply("talk.cut_call", t.render("talk.cut_call"))
	if t.urgent() || t.moneyGone() {
		return
	}
	switch t.s.Kind {
	case askStory, askListen, askWords:
		t.run(true)
		return
	}
	if t.s.Flow == ReportFlow && t.s.Asked != "" {
		t.keepForCase()
		t.run(false)
		return
	}
	t.park()
	if t.s.Parked != nil && t.s.Parked.Flow == ReportFlow {
		t.keepForCase()
		t.resume(ReportFlow)
		return
	}
	t.beginReport()
}

// calm answers swearing: whoever swears at a helpline is frightened, or was not
// understood. A person is offered.
func (t *Talk) calm() {
	t.reply("talk.calm", t.render("talk.calm"))
	if t.s.Flow == "" || t.s.Asked == "" {
		t.start(MenuFlow)
		t.out.Replies = t.out.Replies[:len(t.out.Replies)-1] // the offer comes first
	}
	t.s.Misses = MaxMisses
	t.offerOfficer()
}

// gap is how many other words may stand between two words of a sign.
const gap = 1

// A sign is words in their order; each is one of several, as people write it.
type sign [][]string

// newSigns reads signs, a line each: words, and "|" between ways to write one.
func newSigns(lines string) (all []sign) {
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		var s sign
		for _, word := range strings.Fields(line) {
			var ways []string
			for _, way := range strings.Split(word, "|") {
				ways = append(ways, locales.Fold(way))
			}
			s = append(s, ways)
		}
		all = append(all, s)
	}
	return all
}

// in tells whether the sign stands in words, and not denied.
func (s sign) in(words []string) bool {
	for start := range words {
		if s.at(words, start) {
			return true
		}
	}
	return false
}

func (s sign) at(words []string, at int) bool {
	for i, ways := range s {
		room := gap
		if i == 0 {
			room = 0
		}
		next := -1
		for j := at; j <= at+room && j < len(words); j++ {
			if isOneOf(words[j], denials) && !isOneOf(words[j], ways) {
				return false
			}
			if isOneOf(words[j], ways) {
				next = j
				break
			}
		}
		if next < 0 {
			return false
		}
		at = next + 1
	}
	return true
}

func isOneOf(word string, list []string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// maxSignWords bounds how far a message is searched.
const maxSignWords = 200

func signWords(text string) []string {
	words := strings.Fields(locales.Fold(text))
	return words[:min(len(words), maxSignWords)]
}

func anyOf(signs []sign, words []string) bool {
	for _, s := range signs {
		if s.in(words) {
			return true
		}
	}
	return false
}

// denials break a sign that they stand in.
var denials = newSigns("नहीं|नही|नइ|मत|nahi|nahin|nhi|nai|mat|not")[0][0]

// lineSigns say that the thief is on the phone now, in the present tense: a
// story tells that he was.
var lineSigns = newSigns(`
अभी|अब|abhi|abi|ab फोन|कॉल|लाइन|phone|fon|foun|call|line|kol पे|पर|में|pe|par|pr|per|me है|हैं|हे|हूं|hai|hain|he|h|hu|hun|hoon
वो|वह|ठग|आदमी|लड़का|पुलिस|वही|wo|vo|woh|voh|thag|aadmi|admi|police|wahi फोन|कॉल|लाइन|phone|fon|call|line पे|पर|pe|par|pr|per है|हैं|हे|hai|hain|he|h
फोन|कॉल|लाइन|phone|fon|call|line पे|पर|में|pe|par|pr|per|me है|हैं|हे|hai|hain|he|h अभी|अब|abhi|abi|ab
फोन|कॉल|लाइन|phone|fon|call|line पे|पर|pe|par|pr|per ही|ही|hi है|हैं|hai|hain|h
कॉल|कॉलिंग|call|calling|kol चल|chal|chl रहा|रही|रहल|raha|rahi|rha|rhi है|हे|बा|hai|he|h|ba
फोन|कॉल|लाइन|phone|fon|call|line चालू|चालु|जारी|chalu|chaloo|jari|on है|हे|hai|he|h
अभी|abhi|abi बात|baat|bat कर|हो|kar|ho रहा|रहे|रही|raha|rahe|rahi|rha|rhe|rhi है|हैं|हे|hai|hain|h
फोन|कॉल|phone|fon|call काटने|रखने|kaatne|katne|rakhne नहीं|nahi|nhi|nahin दे|de
फोन|कॉल|phone|fon|call मत|mat काटना|काटो|काटिए|kaatna|katna|kato|kaato बोल|कह|bol|kah|keh रहा|रहे|raha|rahe|rha|rhe
अभी|abhi|abi वीडियो|विडियो|video|vidio कॉल|call है|में|पे|पर|hai|me|pe|par
वीडियो|विडियो|video|vidio कॉल|call पे|पर|में|pe|par|me है|हैं|हूं|बैठा|बैठी|बैठे|hai|hain|hu|hun|hoon|baitha|baithi|baithe
still on the phone|call|line
still on phone|call|line
is|are|he's|they're|i'm|am on the phone|call|line now
is|are|am on video call
call is|chal still|going on
call is going|still on
not|dont|don't|wont|won't letting|let me cut|hang|disconnect|go
talking to him|them|me right|now
is|are talking to me now
`)

// onTheLine tells whether the thief is on the phone while the resident writes.
func onTheLine(text string) bool { return anyOf(lineSigns, signWords(text)) }

// maxOwnWords is how many words a message has at most to be said to us, rather
// than to be shown to us or to be a story.
const maxOwnWords = 8

// swearWords are said to a person; milder words are left to the talk.
var swearWords = newSigns("मादरचोद|मादरचोत|बहनचोद|भैंचोद|बेंचोद|भोसडीके|भोसड़ी|भोसड़ीवाले|चूतिया|चूतिये|चूतियों|गांडू|गांड|हरामी|हरामखोर|हरामजादे|हरामजादा|कमीने|कमीना|कमीनों|कुत्ते|कुत्तों|सूअर|रंडी|साले|लौड़े|झांट|बेवकूफ|नालायक|निकम्मे|निकम्मों|" +
	"madarchod|madarchodo|maderchod|motherchod|behenchod|bhenchod|bahenchod|bhanchod|benchod|bhosdike|bhosdiwale|bhosadike|bsdk|bhosdi|chutiya|chutiye|chutia|chutiyo|gandu|gaandu|harami|haramkhor|haramjade|haramzade|haramjada|kamine|kaminey|kamina|kutte|kutton|kuttey|suwar|randi|saale|loda|lode|lawde|jhant|bewakoof|bewkuf|bevkuf|nalayak|nikamme|" +
	"fuck|fucking|fuckers|motherfucker|bastard|bastards|asshole|bitch|idiot|idiots|stupid|bloody")[0][0]

// swears tells whether a short message swears.
func swears(text string) bool {
	words := signWords(text)
	if len(words) > maxOwnWords {
		return false
	}
	for _, word := range words {
		if isOneOf(word, swearWords) {
			return true
		}
	}
	return false
}

// The ages at which one who writes is a child.
const (
	youngest = 6
	oldest   = 17
)

// ages find, in folded words, how old the resident says to be, or the class of a
// school that the resident goes to.
var (
	ages = []*regexp.Regexp{
		regexp.MustCompile(`(?:^| )(?:main|mai|me|mein|m|मैं|मै|में|हम|i am|im) (?:abhi |अभि |bas |sirf |only |just )?(\d{1,2}) (?:sal|saal|साल|बरस|वर्स|वर्ष|baras|years?|yrs?)(?: |$)`),
		regexp.MustCompile(`(?:^| )(\d{1,2}) (?:sal|saal|साल|बरस|baras) (?:ka|ki|का|कि|के|ke) (?:hu|hun|hoon|hoo|हुं|हु|हं)(?: |$)`),
		regexp.MustCompile(`(?:^| )(?:meri|mera|मेरि|मेरा|my) (?:umar|umr|age|उमर|उम्र|उमर) (?:is |sirf |bas )?(\d{1,2})(?: |$)`),
	}
	pupil = regexp.MustCompile(`(?:^| )(?:class|klas|kaksha|कक्सा|कक्षा|क्लास) \d{1,2}(?:th|वि|वीं|वीं)? (?:me|mein|में|मे) (?:padhta|padhti|padta|padti|पढता|पढति) (?:hu|hun|hoon|हुं|हु)(?: |$)|(?:^| )i study in class \d{1,2}`)
)

// isChild tells whether a child writes.
func isChild(text string) bool {
	folded := strings.Join(signWords(text), " ")
	for _, age := range ages {
		if found := age.FindStringSubmatch(folded); found != nil {
			n, _ := strconv.Atoi(found[1])
			return n >= youngest && n <= oldest
		}
	}
	return pupil.MatchString(folded)
}
