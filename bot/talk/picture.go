package talk

import (
	"strings"

	"mitan/bot"
)

// The questions of the check that the runtime itself answers: what is to be
// looked at, and, where that is a picture, the words in it.
const (
	ShownKey = "check.show"
	WordsKey = "check.picture"
)

// Shown is what a message to be looked at is made of.
type Shown string

// What may be shown.
const (
	ShownWords   Shown = "words"
	ShownPicture Shown = "picture" // whose words will be read, see [Talk.Words]
	ShownFile    Shown = "file"    // with a name; only a person opens it
	ShownOther   Shown = "other"   // a voice, a film, a picture that is not read: for a person
)

// Shown tells what the message of this turn is made of.
func (t *Talk) Shown() Shown {
	return Shown(t.Once("shown", func() string { return string(t.shown()) }))
}

func (t *Talk) shown() Shown {
	switch {
	case t.in == nil:
		return ShownWords
	case t.isPicture() && t.reads:
		return ShownPicture
	case t.isPicture(), t.in.Kind == bot.Voice, t.in.Kind == bot.Video:
		return ShownOther
	case t.in.Kind == bot.Document:
		return ShownFile
	}
	return ShownWords
}

// isPicture tells a picture, also one that was sent as a file.
func (t *Talk) isPicture() bool {
	if t.in == nil {
		return false
	}
	return t.in.Kind == bot.Image || (t.in.Kind == bot.Document && t.in.Media != nil && bot.Readable(t.in.Media.Claimed))
}

// Seen are the words of this turn's message with the name of its file, or those
// that were read in pictures, secrets masked. A flow reads them within Once.
func (t *Talk) Seen() string {
	if t.in != nil && t.in.Media != nil && t.in.Media.Name != "" {
		return strings.TrimSpace(t.in.Media.Name + "\n" + t.text)
	}
	return t.text
}

// Words waits for the words in a picture that the answer before it has brought,
// and for those in others that come meanwhile. Words that the resident writes
// instead are taken as they are, if they can be a message to be looked at.
func (t *Talk) Words(key string) string {
	t.Do(bot.AwaitWords{})
	words := t.ask(question{base: key, kind: askWords, parse: func() (string, bool) {
		if t.seen {
			return remembered(t.text), true
		}
		t.Evidence()
		switch {
		case t.isPicture():
			t.Do(bot.AwaitWords{})
		case t.hasMedia(), t.in.Forwarded, len([]rune(t.text)) >= wholeStory:
			return remembered(t.text), true
		}
		t.reply(key+"_more", t.render(key+"_more"))
		t.s.Asked, t.s.Kind = key, askWords
		panic(suspended{})
	}})
	t.s.find(key).Result = true // going back leads to the picture, not to the waiting
	return words
}

// pictures tells what was read in the pictures that the talk waits for. Who has
// gone on with something else hears it beside that.
func (t *Talk) pictures(pictures []bot.Media) {
	var words []string
	for _, p := range pictures {
		if p.Words != "" {
			words = append(words, p.Words)
		}
	}
	t.text, t.seen, t.read = firstRunes(strings.Join(words, "\n"), MaxRead), true, nil
	switch t.s.Flow {
	case CheckFlow, MenuFlow, "":
		if t.s.Kind != askWords {
			t.beginWords()
		}
		t.run(true)
	default:
		t.wordsBeside()
	}
}

// beginWords starts the check at the place where it waits for the words.
func (t *Talk) beginWords() {
	t.begin(CheckFlow,
		entry{Key: ShownKey},
		entry{Key: "=shown", Value: string(ShownPicture), Result: true})
	t.s.Asked, t.s.Kind = WordsKey, askWords
}

// wordsBeside says what the check makes of the words, and asks the question that
// stands again.
func (t *Talk) wordsBeside() {
	stands, page := t.s.matter, t.s.Page
	t.beginWords()
	t.run(true)
	if t.s.Asked != "" {
		t.out.Replies = t.out.Replies[:len(t.out.Replies)-1] // the check's own question
	}
	t.s.matter, t.s.Page = stands, page
	t.run(false)
}

// remembered is as much of a message as the journal keeps.
func remembered(text string) string { return firstRunes(text, MaxRemembered) }

func firstRunes(text string, n int) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), n)])
}

// Reported is how many other residents have filed a case with an identifier of
// the fraudster. A flow reads it within Once.
func (t *Talk) Reported(s bot.Suspect) int {
	n, err := t.rec.Reported(s)
	t.check(err)
	return n
}
