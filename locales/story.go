package locales

import (
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
	if len(legs) > 0 {
		told.MoneyGone = true
	}
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
	taken    []bool // the token is part of an identifier, an amount or a time
}

// tokenSpan is from the first to behind the last token.
type tokenSpan struct{ start, end int }

type storyAmount struct {
	tokenSpan
	paise int64
	again tokenSpan // where it is told once more
}

type storyMoment struct {
	tokenSpan
	at       time.Time
	hasClock bool
}

type storyBank struct {
	tokenSpan
	name string
}

func (c *Catalog) newStory(text string, now time.Time) *storyReader {
	s := &storyReader{text: text, now: now, toks: scan(text)}
	s.taken = make([]bool, len(s.toks))
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

var (
	// clauseWords begin a new clause.
	clauseWords = soundSet(`aur or phir fir and then so but lekin magar par jab tab jisme jisse jiske uske iske toh warna varna nahito otherwise
		because kyunki kyonki ki after before when while which who
		और फिर फेर लेकिन मगर जब तब जिससे जिसमें जिसके उसके इसके तो वरना क्योंकि कि अउर आउर`)
	// abbreviations have a full stop behind them that ends nothing.
	abbreviations = soundSet("rs no a ac c mr mrs ms dr sh smt st rd nd th dt ref mob mo ph col capt maj lt prof retd er adv approx amt txn upi id sr jr रु नं डॉ")
)

// readClauses counts the clauses and sentences.
func (s *storyReader) readClauses() {
	s.clause, s.sentence = make([]int, len(s.toks)), make([]int, len(s.toks))
	clause, sentence := 0, 0
	for i, tok := range s.toks {
		switch {
		case i > 0 && containsNewline(s.text[s.toks[i-1].end:tok.start]):
			clause++
			sentence++
		case tok.kind == wordToken && clauseWords[tok.text] && !s.goesOn(i):
			clause++
		}
		s.clause[i], s.sentence[i] = clause, sentence
		switch {
		case s.endsSentence(i):
			clause++
			sentence++
		case tok.is(",") && !(tok.glued && s.toks.at(i+1).glued && s.toks.number(i+1) != ""), tok.is(";"), tok.is(":") && !s.toks.at(i+1).glued, tok.is("-") && !tok.glued:
			clause++
		}
	}
}

// goesOn reports whether the "और" at i is the "more" of "5000 और कट गए".
func (s *storyReader) goesOn(i int) bool {
	before, after := s.toks.at(i-1), s.toks.at(i+1)
	number := before.kind == numberToken || scales[before.text] > 0 || currency[before.text]
	return number && (paidStems[after.text] || paidWords[after.text] || askedWords[after.text])
}

func containsNewline(between string) bool {
	for i := range len(between) {
		if between[i] == '\n' {
			return true
		}
	}
	return false
}

func (s *storyReader) endsSentence(i int) bool {
	tok := s.toks[i]
	switch {
	case tok.is("!"), tok.is("?"), tok.is("।"), tok.is("॥"):
		return true
	case !tok.is("."):
		return false
	}
	before, after := s.toks.at(i-1), s.toks.at(i+1)
	if before.kind == wordToken && (abbreviations[before.text] || len(before.text) == 1) || before.is(".") {
		return false
	}
	if !after.glued {
		return true
	}
	return before.kind == wordToken && after.kind == wordToken && len(before.text) > 2 && len(after.text) > 2
}

// readNames finds the identifiers, and takes their tokens away from the rest.
func (s *storyReader) readNames() {
	found, places := identify(s.text)
	for k, id := range found {
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

// momentGap is how many words may stand inside one time: "kal … shaam ko 7 baje".
const momentGap = 2

// readMoments finds the times, each as long as its words go together.
func (s *storyReader) readMoments() {
	for i := 0; i < len(s.toks); {
		var m moment
		end := s.tellAt(i, &m)
		if end == i {
			i++
			continue
		}
		start := i
		for next := end; next < len(s.toks) && next-end <= momentGap && s.sentence[next] == s.sentence[start]; next++ {
			before := m
			if to := s.tellAt(next, &m); to > next {
				if m == before { // the same kind of telling once more: another time
					break
				}
				end, next = to, to-1
			}
		}
		if at, ok := m.resolve(s.now); ok && !at.After(s.now) && !at.Before(s.now.AddDate(-MaxYearsBack, 0, 0)) {
			s.moments = append(s.moments, storyMoment{tokenSpan{start, end}, at, m.exact()})
			for j := start; j < end; j++ {
				s.taken[j] = s.taken[j] || s.toks[j].kind == numberToken
			}
		}
		i = end
	}
}

// tellAt is tokens.tell for a place that is nothing else.
func (s *storyReader) tellAt(i int, m *moment) int {
	if s.taken[i] || s.isCall(i) || s.isSince(i) || nowWords[s.talk.words[i]] && !s.isJustNow(i) {
		return i
	}
	if end := s.toks.tell(i, m); end > i {
		return end
	}
	return s.tellDay(i, m)
}

// tellDay reads a day of the month that has no month beside it: "20 ko", "on
// 18th".
func (s *storyReader) tellDay(i int, m *moment) int {
	day, ok := smallNumber(s.toks.number(i))
	if !ok || day < 1 || day > 31 || m.date != nil || s.toks.at(i).glued {
		return i
	}
	next := s.toks.at(i + 1)
	ordinal := next.glued && (next.text == "th" || next.text == "st" || next.text == "nd" || next.text == "rd")
	if !ordinal && (next.glued || next.text != "ko" && next.text != "को") {
		return i
	}
	m.date = &calendarDay{day: day}
	return i + 2
}

// isSince reports whether "आज" at i is the "today" of "to this day".
func (s *storyReader) isSince(i int) bool {
	next := s.toks.word(i + 1)
	return dayWords[s.talk.words[i]] == 1 && (next == "tak" || next == "bhi" || next == "तक" || next == "भी")
}

// isJustNow reports whether the "now" at i is when money went, and not how soon
// the thief wants it.
func (s *storyReader) isJustNow(i int) bool {
	w := s.talk.words[i]
	if s.toks.word(i-1) == "just" || s.toks.word(i+1) == w {
		return true
	}
	if w == "turant" || w == "तुरंत" || w == "now" {
		return false
	}
	for j := i; j < min(len(s.toks), i+momentReach) && s.clause[j] == s.clause[i]; j++ {
		if s.verbAt(j) == lostMoney {
			return true
		}
	}
	return false
}

// isCall tells कॉल, a call, from काल, yesterday: folded they are one.
func (s *storyReader) isCall(i int) bool {
	for _, r := range s.text[s.toks[i].start:s.toks[i].end] {
		if r == signCanO {
			return true
		}
	}
	return false
}

// readAmounts finds the amounts of money, whatever they are about.
func (s *storyReader) readAmounts() {
	for i := 0; i < len(s.toks); {
		if s.taken[i] {
			i++
			continue
		}
		if next := s.toks.skipOther(i); next > i {
			i = next
			continue
		}
		q, ok := s.toks.quantity(i)
		if !ok {
			i++
			continue
		}
		paise, ok := s.toks.amount(q)
		if !ok && !q.plain && !q.tooLarge && q.digits > 3 && q.decimals <= 2 && !s.toks.inName(q) { // "transaction 99,999"
			paise, ok = q.milli/10, true
		}
		if ok {
			s.amounts = append(s.amounts, storyAmount{tokenSpan: tokenSpan{q.start, q.end}, paise: paise})
		}
		i = q.end
	}
}

// readBanks finds the banks and wallets that are named.
func (s *storyReader) readBanks() {
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

// bankAt is the longest everyday form of a bank's name at i.
func (s *storyReader) bankAt(i int) (name string, end int) {
	if s.toks[i].kind != wordToken || s.taken[i] {
		return "", i
	}
	form := ""
	for n := 0; n < maxBankWords && i+n < len(s.toks) && s.toks[i+n].kind == wordToken; n++ {
		if n > 0 {
			form += " "
		}
		form += s.toks[i+n].text
		if known, ok := bankForms[form]; ok {
			name, end = known, i+n+1
		}
	}
	return name, end
}
