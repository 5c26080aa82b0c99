package talk

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// MaxShortText is how many characters an answer in words may have: a name, a
// place, a bank.
const MaxShortText = 80

// A question is what a flow asks at one place.
type question struct {
	key     string // with its count in a loop
	base    string // without: the key of its text
	kind    questionKind
	vars    []any
	options []Option
	// parse reads the message; the value goes into the journal.
	parse func() (value string, ok bool)
	// unknown is the value of "I don't know"; nil where an answer is needed.
	unknown *string
	// valid tells whether a value from the journal still counts. Nil: always.
	valid func(value string) bool
}

type questionKind string

const (
	askChoice  questionKind = "choice"
	askYesNo   questionKind = "yesno"
	askAmount  questionKind = "amount"
	askWhen    questionKind = "when"
	askText    questionKind = "text"
	askPhone   questionKind = "phone"
	askUTR     questionKind = "utr"
	askSuspect questionKind = "suspect"
	askStory   questionKind = "story"
	askShow    questionKind = "message"
	askWords   questionKind = "words"
	askListen  questionKind = "listen"
)

// What the journal keeps for "I don't know".
var (
	nothing    = ""
	noAmount   = "0"
	noSuspects = "[]"
	noOther    = no
)

// takesNumbers tells whether a bare number may be an answer, so that it is not
// taken for a secret code.
func (k questionKind) takesNumbers() bool {
	switch k {
	case askAmount, askWhen, askUTR, askPhone, askSuspect:
		return true
	}
	return false
}

// freeText tells whether almost any words may be an answer, so that only the
// few global words count as commands.
func (k questionKind) freeText() bool {
	switch k {
	case askText, askStory, askShow, askWords, askListen, askSuspect:
		return true
	}
	return false
}

// ask returns the question's answer from the journal; or takes the message as
// the answer; or asks, and the run ends here.
func (t *Talk) ask(q question) string {
	t.counts[q.base]++
	q.key = q.base
	if n := t.counts[q.base]; n > 1 {
		q.key = fmt.Sprintf("%s#%d", q.base, n)
	}
	if e := t.s.find(q.key); e != nil && !e.Open {
		if q.valid == nil || q.valid(e.Value) {
			return e.Value
		}
		t.s.drop(q.key)
	}
	if value, ok := t.s.Told[q.key]; ok && (q.valid == nil || q.valid(value)) {
		t.answered(q, value)
		return value
	}
	if t.input && (t.s.Asked == q.key || t.s.Asked == "") {
		t.input = false
		return t.take(q)
	}
	t.input = false
	t.live = true
	if t.s.Asked != q.key {
		t.s.Page, t.s.Misses, t.s.Offered = 0, 0, false
	}
	t.s.Asked, t.s.Kind = q.key, q.kind
	t.prompt(q)
	panic(suspended{})
}

// take reads the message as the answer to q.
func (t *Talk) take(q question) string {
	t.live = true
	value, ok := q.parse()
	if !ok {
		t.anyLine(func() bool { value, ok = q.parse(); return ok })
	}
	if !ok && t.s.Misses+1 >= MaxMisses && q.unknown != nil {
		return t.moveOn(q)
	}
	if !ok {
		t.s.Asked, t.s.Kind = q.key, q.kind
		t.missed(q)
		panic(suspended{})
	}
	t.keepBeside(q)
	t.answered(q, value)
	return value
}

// tellsMore is from how many words on an answer tells more than was asked.
const tellsMore = 6

// keepBeside keeps the message as evidence where it tells more than the answer
// to a short question.
func (t *Talk) keepBeside(q question) {
	switch q.kind {
	case askSuspect, askStory, askShow, askWords, askListen: // these keep it themselves
		return
	}
	if t.s.Case != nil && !t.s.Case.Filed && len(strings.Fields(t.text)) >= tellsMore {
		t.Evidence()
	}
}

// moveOn goes on without an answer that was not understood twice, where not
// knowing is an answer too: the words are kept, and an officer asks.
func (t *Talk) moveOn(q question) string {
	t.Evidence()
	t.Do(bot.Escalate{Reason: bot.ReasonMisses})
	t.reply("talk.moving_on", t.render("talk.moving_on"))
	t.answered(q, *q.unknown)
	return *q.unknown
}

func (t *Talk) answered(q question, value string) {
	t.s.drop(q.key)
	t.s.Journal = append(t.s.Journal, entry{Key: q.key, Value: value})
	t.s.Asked, t.s.Kind, t.s.Page, t.s.Misses, t.s.Offered = "", "", 0, 0, false
	t.trace.answered(q, value)
}

// Choose asks for one of the options and returns its ID. More than five are
// shown in pages. "I don't know" chooses the option Unknown, if there is one.
func (t *Talk) Choose(key string, options ...Option) string {
	return t.ChooseBy(key, nil, options...)
}

// ChooseBy is Choose for options that residents name in words of their own:
// read finds the option's ID in a message that is no number. What is not
// understood twice is Unknown, if there is that option.
func (t *Talk) ChooseBy(key string, read func(text string) (id string, ok bool), options ...Option) string {
	var unknown *string
	if o := optionByID(options, Unknown); o != nil && read != nil {
		unknown = &o.ID
	}
	return t.ask(question{
		base: key, kind: askChoice, options: options, unknown: unknown,
		parse: func() (string, bool) { return t.parseChoice(key, options, read) },
		valid: func(value string) bool { return optionByID(options, value) != nil },
	})
}

// YesNo asks for yes or no.
func (t *Talk) YesNo(key string, vars ...any) bool {
	return t.ask(question{
		base: key, kind: askYesNo, vars: vars, options: yesNoOptions,
		parse: func() (string, bool) { return t.parseYesNo() },
		valid: func(value string) bool { return value == yes || value == no },
	}) == yes
}

// Another asks whether there is one more. What is not understood twice is no.
func (t *Talk) Another(key string) bool {
	return t.ask(question{
		base: key, kind: askYesNo, options: yesNoOptions, unknown: &noOther,
		parse: func() (string, bool) { return t.parseYesNo() },
		valid: func(value string) bool { return value == yes || value == no },
	}) == yes
}

// Amount asks for an amount of money; 0 if the resident does not know.
func (t *Talk) Amount(key string, vars ...any) bot.Paise {
	value := t.ask(question{
		base: key, kind: askAmount, vars: vars, unknown: &noAmount,
		parse: func() (string, bool) {
			if paise, ok := locales.Amount(t.text); ok {
				return strconv.FormatInt(paise, 10), true
			}
			return noAmount, t.cannotTell()
		},
		valid: func(value string) bool { _, err := strconv.ParseInt(value, 10, 64); return err == nil },
	})
	paise, _ := strconv.ParseInt(value, 10, 64)
	return bot.Paise(paise)
}

// When asks for a time that is past; the zero time if the resident does not know.
func (t *Talk) When(key string, vars ...any) time.Time {
	value := t.ask(question{
		base: key, kind: askWhen, vars: vars, unknown: &nothing,
		parse: func() (string, bool) {
			if when, ok := locales.When(t.text, t.now); ok {
				return when.UTC().Format(time.RFC3339), true
			}
			return nothing, t.cannotTell()
		},
		valid: func(value string) bool { _, err := time.Parse(time.RFC3339, value); return value == "" || err == nil },
	})
	when, _ := time.Parse(time.RFC3339, value)
	return when
}

// Text asks for a few words, such as a name or a place, and returns them on
// one line, at most MaxShortText characters.
func (t *Talk) Text(key string) string {
	return t.ask(question{base: key, kind: askText, parse: func() (string, bool) {
		words := strings.Join(strings.Fields(t.text), " ")
		if !hasLetter(words) || len([]rune(words)) > MaxShortText {
			return "", false
		}
		return words, true
	}})
}

// PersonName asks for a person's name: "मेरा नाम रामलाल है" is Ramlal.
func (t *Talk) PersonName(key string) string {
	return t.ask(question{base: key, kind: askText, parse: func() (string, bool) {
		name := locales.PersonName(t.text)
		return name, hasLetter(name) && len([]rune(name)) <= MaxShortText
	}})
}

// Bank asks for a bank or wallet; "" if the resident does not know.
func (t *Talk) Bank(key string, vars ...any) string {
	return t.ask(question{base: key, kind: askText, vars: vars, parse: func() (string, bool) {
		if t.command() == locales.CmdYes {
			return "", false
		}
		if t.cannotTell() {
			return nothing, true
		}
		words := strings.Join(strings.Fields(t.text), " ")
		if !hasLetter(words) || len([]rune(words)) > MaxShortText {
			return "", false
		}
		name, _ := locales.Bank(words)
		return name, true
	}})
}

// Phone asks for a ten-digit number; "" if the resident does not know.
func (t *Talk) Phone(key string) string {
	return t.ask(question{base: key, kind: askPhone, unknown: &nothing, parse: func() (string, bool) {
		if phone, ok := locales.Phone(t.text); ok {
			return phone, true
		}
		return nothing, t.cannotTell()
	}})
}

// UTR asks for a transaction's number; "" if the resident does not know. A
// picture of the bank's message is an answer too: it is kept as evidence.
func (t *Talk) UTR(key string, vars ...any) string {
	return t.ask(question{base: key, kind: askUTR, vars: vars, unknown: &nothing, parse: func() (string, bool) {
		if t.hasMedia() {
			t.Evidence()
			return "", true
		}
		if utr, ok := locales.UTR(t.text); ok {
			return utr, true
		}
		return nothing, t.cannotTell()
	}})
}

// Suspects asks for numbers, UPI ids, links or accounts of the fraudster; none
// if the resident does not know. What is sent is kept as evidence too.
func (t *Talk) Suspects(key string) []bot.Suspect {
	value := t.ask(question{
		base: key, kind: askSuspect, unknown: &noSuspects,
		parse: func() (string, bool) { return t.parseSuspects() },
		valid: func(value string) bool { return json.Unmarshal([]byte(value), &[]bot.Suspect{}) == nil },
	})
	var suspects []bot.Suspect
	_ = json.Unmarshal([]byte(value), &suspects)
	return suspects
}

func (t *Talk) parseSuspects() (string, bool) {
	found := []bot.Suspect{}
	for _, id := range locales.Identifiers(t.text) {
		if id.Type != "utr" && t.in.Kind != bot.Location {
			found = append(found, bot.Suspect{Type: id.Type, Value: id.Value})
		}
	}
	known := len(found) > 0 || t.hasMedia() || len(strings.Fields(t.text)) > 3
	if known {
		t.Evidence()
	} else if !t.cannotTell() {
		return "", false
	}
	value, err := json.Marshal(found)
	return string(value), err == nil
}

// Message asks for a message to look at: typed, forwarded, or a picture. It is
// kept as evidence, and its words are returned ("" for a picture without any).
func (t *Talk) Message(key string) string {
	return t.ask(question{base: key, kind: askShow, parse: func() (string, bool) {
		nothing := !t.hasMedia() && !hasLetter(t.text) && len(locales.Identifiers(t.text)) == 0
		if nothing || t.in.Kind == bot.Sticker {
			return "", false
		}
		t.Evidence()
		return remembered(t.text), true
	}})
}

// MaxRemembered is how many characters of a message the journal keeps. The
// whole of it is in the message log.
const MaxRemembered = 300

// hasMedia tells whether the message has something beside words, for a person
// to look at.
func (t *Talk) hasMedia() bool {
	if t.in == nil {
		return false
	}
	switch t.in.Kind {
	case bot.Image, bot.Voice, bot.Video, bot.Document, bot.Sticker, bot.Location, bot.Contact:
		return true
	}
	return false
}

// cannotTell tells whether the resident has no answer: "I don't know", or "no",
// "nahi mila".
func (t *Talk) cannotTell() bool {
	answer, ok := t.inWords()
	return t.dontKnow() || (ok && answer == no)
}

// leadingWords is how many words at the start of an answer say that it is none.
const leadingWords = 3

// dontKnow tells whether the message says, at its start, that the resident
// does not know: "पता नहीं कैसे किया".
func (t *Talk) dontKnow() bool {
	if t.command() == locales.CmdDontKnow {
		return true
	}
	words := strings.Fields(t.text)
	for n := min(leadingWords, len(words)); n > 1; n-- {
		if t.d.catalog.Command(strings.Join(words[:n], " ")) == locales.CmdDontKnow {
			return true
		}
	}
	return false
}
