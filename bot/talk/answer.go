package talk

import (
	"slices"
	"strings"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// whileClaimed keeps a message for the officer who holds the conversation.
func (t *Talk) whileClaimed() {
	if t.in == nil {
		return
	}
	if t.in.Kind != bot.Vote && (t.text != "" || t.hasMedia()) {
		t.keepForOfficer()
	}
	if t.d.catalog.MoneyGone(t.text) {
		t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
	}
}

// message answers a message: what counts everywhere first, then the question
// that stands, then what a message means when nothing is being asked.
func (t *Talk) message() {
	t.s.HeardAt, t.s.Stage = t.now.Unix(), notReminded
	t.readTogether()
	if t.tooMany() {
		return
	}
	if t.out.Masked {
		t.reply("talk.secret", t.inAllLanguages("talk.secret"))
	}
	if t.beside() {
		return
	}
	if t.conv.Resident.Lang == "" && (t.s.Flow == "" || t.s.Flow == WelcomeFlow) && !t.chooseLanguage() {
		return
	}
	before := len(t.out.Replies)
	if t.everywhere() {
		t.helpFirst(before)
		return
	}
	switch {
	case t.s.Flow != "" && t.s.Asked != "":
		t.answer()
	case t.putAside:
		t.menu() // it was most likely said to what is put aside
	default:
		t.unasked()
	}
	if t.helps {
		t.helpFirst(before)
	}
}

// tooMany bounds what one resident is answered: beyond BurstLimit messages in
// BurstWindow all are kept, one notice is sent and an officer is told.
func (t *Talk) tooMany() bool {
	if t.now.Sub(time.Unix(t.s.BurstAt, 0)) >= BurstWindow {
		t.s.BurstAt, t.s.Burst = t.now.Unix(), 0
	}
	t.s.Burst++
	if t.s.Burst <= BurstLimit {
		return false
	}
	t.keepForCase()
	if t.s.Burst == BurstLimit+1 {
		t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonFlood})
		t.reply("talk.too_many", t.render("talk.too_many"))
	}
	return true
}

// answer gives the message to the question that stands.
func (t *Talk) answer() {
	if t.s.Offered && t.answerOffer() {
		return
	}
	if t.aside() {
		return
	}
	if t.hasMedia() && !t.mediaFits() {
		t.mediaUnasked()
		return
	}
	if (t.s.Kind == askText || !t.s.Kind.freeText()) && t.kindWord() {
		return
	}
	t.run(true)
}

// answerOffer reads the answer to "shall an officer talk to you?". False means
// that the message is to be read as an answer to the question itself.
func (t *Talk) answerOffer() bool {
	switch value, ok := t.parseYesNo(); {
	case ok && value == yes:
		t.s.Offered = false
		t.park()
		t.start(OfficerFlow, entry{Key: "=officer.reason", Value: string(bot.ReasonMisses), Result: true})
	case ok:
		t.s.Offered, t.s.Misses = false, 0
		t.run(false)
	default:
		t.s.Offered = false
		return false
	}
	return true
}

// mediaFits tells whether what is no text may answer the question that stands.
// Where a few words are asked for, a contact's or a place's name is read.
func (t *Talk) mediaFits() bool {
	switch card := t.isCard(); {
	case card && t.s.Kind == askText:
		t.text, t.read = withLetters(t.text), nil
		return t.text != ""
	case card && t.s.Kind == askPhone:
		return t.in.Kind == bot.Contact
	case card:
		return t.s.Kind.freeText()
	}
	return t.s.Kind.freeText() || t.s.Kind == askUTR
}

// isCard tells a contact or a location: names and numbers that the resident has
// not typed.
func (t *Talk) isCard() bool { return t.in.Kind == bot.Contact || t.in.Kind == bot.Location }

// withLetters are the words of a text that have letters.
func withLetters(text string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(text), func(word string) bool { return !hasLetter(word) }), " ")
}

// mediaUnasked keeps a picture or voice note that came where words or a number
// were asked for, and asks again. A voice note needs a person to hear it.
func (t *Talk) mediaUnasked() {
	t.keepForCase()
	if t.in.Kind == bot.Sticker {
		t.reply("talk.kind_word", t.render("talk.kind_word"))
	} else if t.in.Kind == bot.Voice || t.in.Kind == bot.Video {
		t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonVoice})
		t.reply("talk.got_voice", t.render("talk.got_voice"))
	} else {
		t.reply("talk.got_file", t.render("talk.got_file"))
	}
	t.run(false)
}

// kindWord answers thanks, a greeting or an emoji with a kind word and the
// question that stands: it is no mistake.
func (t *Talk) kindWord() bool {
	if !t.isKindWord() || (t.s.Kind == askYesNo && t.isYesNo()) {
		return false
	}
	if locales.Fold(t.text) == "" && !t.hasMedia() { // one who only sends emojis may be in need
		if t.s.Misses++; t.s.Misses == MaxMisses {
			t.offerOfficer()
			return true
		}
	}
	t.reply("talk.kind_word", t.render("talk.kind_word"))
	t.run(false)
	return true
}

// aside answers what has nothing to do with a question that keeps nothing, such
// as the menu: a forwarded message, a picture, a whole story.
func (t *Talk) aside() bool {
	if t.d.flows[t.s.Flow].Keeps || (t.s.Kind != askChoice && t.s.Kind != askYesNo) {
		return false
	}
	if t.in.Forwarded || t.tellsStory() || (t.hasMedia() && t.in.Kind != bot.Sticker) {
		t.unasked()
		return true
	}
	if t.s.Flow == CheckFlow && len([]rune(t.text)) >= wholeStory && !locales.FirstPerson(t.text) {
		t.startWith(CheckFlow) // the next message to be looked at
		return true
	}
	return false
}

func (t *Talk) isYesNo() bool {
	_, ok := t.parseYesNo()
	return ok
}

func (t *Talk) isKindWord() bool {
	switch t.command() {
	case locales.CmdGreeting, locales.CmdThanks:
		return true
	}
	if t.out.Masked {
		return false
	}
	return t.in.Kind == bot.Sticker || (!t.hasMedia() && locales.Fold(t.text) == "")
}
