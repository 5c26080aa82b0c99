package locales

import (
	"strings"
	"time"
)

// Limits of reading a story.
const (
	// MaxStory is how many bytes of a message are read as a story; what is
	// beyond stays in the log, and an officer reads it.
	MaxStory = 6000
	// MaxStoryLegs is how many payments of one message are told apart.
	MaxStoryLegs = 10
)

// A Story is what one message tells of a fraud. What it does not tell is zero.
type Story struct {
	MoneyGone bool
	Legs      []StoryLeg   // in the order told
	Suspects  []Identifier // the fraudster's, never the writer's own
	OwnName   string
	OwnPhone  string // ten digits
	Place     string // where the writer lives, as written
}

// A StoryLeg is one payment that the writer has lost.
type StoryLeg struct {
	Paise    int64 // 0 if not told
	UTR      string
	Bank     string    // as [Bank] names it
	When     time.Time // in IST; zero if not told
	HasClock bool      // an hour was told; else When is that day's noon
}

// Day writes the time of a leg: "2026-11-23", or "2026-11-23T19:00" where an
// hour was told; "" where nothing was.
func (l StoryLeg) Day() string {
	switch {
	case l.When.IsZero():
		return ""
	case l.HasClock:
		return l.When.In(IST).Format("2006-01-02T15:04")
	}
	return l.When.In(IST).Format(time.DateOnly)
}

// Story reads a message that tells a whole story: which money is gone, from
// which bank, when and by which number; who the thief is; who writes. An amount
// that was asked for, promised, owed or left over is no leg. It would rather
// leave out than guess: what is missing is asked for.
func (c *Catalog) Story(text string, now time.Time) Story {
	if len(text) > MaxStory {
		text = text[:MaxStory]
	}
	s := c.newStory(text, now.In(IST))
	told := Story{MoneyGone: c.MoneyGone(text)}
	s.findPeople(&told)
	legs := s.lostAmounts(told.MoneyGone)
	told.MoneyGone = len(legs) > 0 || told.MoneyGone && !s.nothingGone() && !s.handedOn()
	if told.MoneyGone {
		told.Legs = s.legs(legs)
	}
	return told
}

// storyReader is a text on its way to being a [Story].
type storyReader struct {
	text     string
	now      time.Time
	toks     tokens
	talk     talk  // a word a token, "" for a sign
	clause   []int // of each token: counts up at each comma, "and", full stop
	sentence []int // of each token: counts up at each full stop, "then"
	names    []Identifier
	places   []tokenSpan // of names, in tokens
	amounts  []storyAmount
	moments  []storyMoment
	banks    []storyBank
	shouts   bool   // all its letters are capitals: they tell nothing
	taken    []bool // the token is part of an identifier, an amount or a time
}

// tokenSpan is from the first to behind the last token.
type tokenSpan struct{ start, end int }

func (c *Catalog) newStory(text string, now time.Time) *storyReader {
	s := &storyReader{text: text, now: now, toks: scan(text)}
	s.taken = make([]bool, len(s.toks))
	s.shouts = strings.ToUpper(text) == text
	s.readWords(c)
	s.readClauses()
	s.readNames()
	s.readMoments()
	s.readAmounts()
	s.readBanks()
	return s
}

// readWords lays the classes of words over the tokens.
func (s *storyReader) readWords(c *Catalog) {
	s.talk = talk{
		lex: c.lex, words: make([]string, len(s.toks)), bits: make([]class, len(s.toks)), concepts: make([]concepts, len(s.toks)),
	}
	for i, tok := range s.toks {
		if tok.kind == signToken {
			continue
		}
		s.talk.words[i] = tok.text
		_, m := c.lex.vocab.meaning(Fold(s.text[tok.start:tok.end]))
		s.talk.bits[i], s.talk.concepts[i] = m.class, m.concepts
		if n := len(tok.text); tok.kind == numberToken && n >= 3 && n <= 8 {
			s.talk.bits[i] |= money
		}
	}
}

// readNames finds the identifiers, and takes their tokens away from the rest.
func (s *storyReader) readNames() {
	found, places := identify(s.text)
	for k, id := range found {
		if within := s.text[places[k].start:places[k].end]; id.Type == TypeApp && len(within) > len(id.Value) { // a file's place is its line
			if n := strings.Index(within, id.Value); n >= 0 {
				places[k] = span{places[k].start + n, places[k].start + n + len(id.Value)}
			}
		}
		at := s.tokensOf(places[k])
		s.names = append(s.names, id)
		s.places = append(s.places, at)
		if id.Type == TypeApp {
			continue
		}
		for i := at.start; i < at.end; i++ {
			s.taken[i] = true
		}
	}
}

// tokensOf are the tokens that begin within a part of the text.
func (s *storyReader) tokensOf(part span) tokenSpan {
	at := tokenSpan{start: len(s.toks), end: len(s.toks)}
	for i, tok := range s.toks {
		if tok.start >= part.start && i < at.start {
			at.start = i
		}
		if tok.start >= part.end {
			at.end = i
			break
		}
	}
	return at
}
