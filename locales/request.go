package locales

import (
	"strconv"
	"strings"
)

// concepts is a set of the concepts of requests.toml that a word belongs to.
type concepts [4]uint64

// maxConcepts is how many concepts there may be.
const maxConcepts = 64 * len(concepts{})

// concept is the n-th concept.
func concept(n int) (c concepts) {
	c[n/64] = 1 << (n % 64)
	return c
}

func (c concepts) or(other concepts) concepts {
	return concepts{c[0] | other[0], c[1] | other[1], c[2] | other[2], c[3] | other[3]}
}

func (c concepts) meets(other concepts) bool {
	return c[0]&other[0] != 0 || c[1]&other[1] != 0 || c[2]&other[2] != 0 || c[3]&other[3] != 0
}

// requestOrder is the order in which patterns are tried: where a sentence has
// words of two requests, the more special one is meant.
var requestOrder = []Command{
	CmdStopTips, CmdStartTips, CmdDelete, CmdCheck, CmdLeave, CmdOfficer, CmdComplaint, cmdLanguage,
	CmdEnrol, CmdTips, CmdReport, CmdBack, CmdMenu, CmdHelp, CmdRepeat,
}

// cmdLanguage stands in this order for both languages, which are told apart by
// what is said of each.
const cmdLanguage Command = "language"

// Patterns of no command. Of what is no answer where yes or no is asked:
// cmdNoAnswer of any text, cmdAside of one that does not begin with a plain yes or
// no. And cmdLost of one who does not know what to do.
const (
	cmdLost     Command = "lost"
	cmdNoAnswer Command = "no_answer"
	cmdAside    Command = "aside"
)

const (
	// maxRequestWords is how many words a request may have; longer is a story.
	maxRequestWords = 90
	// maxTurnWords is how many words a text may have that asks for something of
	// the talk itself, such as the menu; longer tells of something else.
	maxTurnWords = 25
	// shortRequest is how many words a text may have in which the patterns of the
	// table [short] do.
	shortRequest = 9
	// requestReach is within how many words all of a pattern must stand.
	requestReach = 8
	// besideReach is how many words around a match are searched for what must
	// not be there.
	besideReach = 2
)

// pattern is what a request is told by: words of certain concepts near each
// other.
type pattern struct {
	text     string // as requests.toml has it
	slots    []slot
	any      meaning // of the slots
	beside   meaning // must not stand among or right beside them
	anywhere meaning // must not stand in the text
	most     int     // words of the text; 0 for any
	reach    int     // words within which it stands
	denial   bool    // a negation belongs to it, or does not matter
}

type slot struct {
	meaning
	after  bool // it comes after the slot before
	denial bool // it is a word that says no to another
}

// Request returns what a sentence asks for, with whatever words around it:
// "मुझे पुलिस अधिकारी से बात करनी है". It is a [Catalog.Command] as a whole, or
// matches one of the patterns of requests.toml; what is denied or only told
// about is none.
func (c *Catalog) Request(text string) Command {
	if len(text) > maxRequestWords*maxWordBytes {
		return ""
	}
	return c.Hear(text).Request()
}

func (t talk) request() Command {
	if cmd := t.command(); cmd != "" {
		return cmd
	}
	if len(t.words) > maxRequestWords {
		return ""
	}
	all := t.all()
	notice := t.isNotice(all)
	for _, cmd := range requestOrder {
		if notice && cmd != CmdCheck || len(t.words) > maxTurnWords && ofTheTalk(cmd) {
			continue
		}
		switch cmd {
		case cmdLanguage:
			if lang := t.language(all); lang != "" {
				return lang
			}
		case CmdEnrol:
			if t.namesMitan() && !t.lex.marks.notMitan.meets(all) && (len(t.words) <= enrolAlone || t.lex.marks.self.meets(all)) {
				return CmdEnrol
			}
		}
		if t.asksOne(t.lex.patterns[cmd], all) {
			return cmd
		}
	}
	if len(t.words) > shortRequest || t.lex.marks.idle.meets(all) {
		return ""
	}
	for _, cmd := range requestOrder {
		if t.asksOne(t.lex.short[cmd], all) {
			return cmd
		}
	}
	return ""
}

// ofTheTalk tells the commands that nobody wraps into a story.
func ofTheTalk(cmd Command) bool {
	switch cmd {
	case CmdMenu, CmdBack, CmdRepeat, CmdHelp, CmdTips, CmdStartTips, CmdStopTips:
		return true
	}
	return false
}

// isNotice reports whether the text is a message of a company, or one that looks
// like it, rather than the writer's own words.
func (t talk) isNotice(all meaning) bool {
	return len(t.words) > shortRequest && t.lex.marks.notice.meets(all) && !t.lex.marks.firstPerson.meets(all)
}

func (t talk) asksOne(patterns []pattern, all meaning) bool {
	for i := range patterns {
		if t.asks(&patterns[i], all) {
			return true
		}
	}
	return false
}

// all is everything that any of the words can be.
func (t talk) all() meaning {
	var all meaning
	for i := range t.words {
		all.class |= t.bits[i]
		all.concepts = all.concepts.or(t.concepts[i])
	}
	return all
}

func (m meaning) meets(other meaning) bool {
	return m.class&other.class != 0 || m.concepts.meets(other.concepts)
}

func (t talk) asks(p *pattern, all meaning) bool {
	if p.anywhere.meets(all) || p.most > 0 && len(t.words) > p.most {
		return false
	}
	for _, s := range p.slots {
		if !s.meets(all) {
			return false
		}
	}
	var at match
	for i := range t.words {
		if t.is(i, p.any) && t.fits(p, i, 0, &at) {
			return true
		}
	}
	return false
}

// match is where the slots of a pattern stand.
type match struct {
	at [maxSlots]int
}

// maxSlots is how many words a pattern may be made of.
const maxSlots = 5

// fits reports whether the pattern's slots from k on stand within reach of the
// word at first.
func (t talk) fits(p *pattern, first, k int, m *match) bool {
	if k == len(p.slots) {
		lo, hi := m.ends(k)
		return lo == first && !t.stands(p.beside, lo-besideReach, hi+besideReach) && (p.denial || !t.refuses(lo, hi))
	}
	for i := first; i < min(first+p.reach, len(t.words)); i++ {
		if !t.is(i, p.slots[k].meaning) || p.slots[k].denial && !t.negates(i) || m.has(k, i) || p.slots[k].after && i < m.at[k-1] {
			continue
		}
		m.at[k] = i
		if t.fits(p, first, k+1, m) {
			return true
		}
	}
	return false
}

func (m *match) has(k, i int) bool {
	for _, at := range m.at[:k] {
		if at == i {
			return true
		}
	}
	return false
}

func (m *match) ends(k int) (lo, hi int) {
	lo, hi = m.at[0], m.at[0]
	for _, at := range m.at[1:k] {
		lo, hi = min(lo, at), max(hi, at)
	}
	return lo, hi
}

func (t talk) stands(what meaning, lo, hi int) bool {
	if what == (meaning{}) {
		return false
	}
	for i := max(0, lo); i <= min(hi, len(t.words)-1); i++ {
		if t.is(i, what) {
			return true
		}
	}
	return false
}

// Distances, in words, from a request to what denies it.
const (
	denialAfter  = 2 // "बात नहीं करनी"
	denialBefore = 4 // "I do not want to talk"
)

// refuses reports whether the words from lo to hi are denied: by a "नहीं" among
// or right behind them, or by a "don't" before them.
func (t talk) refuses(lo, hi int) bool {
	for i := lo; i <= min(hi+denialAfter, len(t.words)-1); i++ {
		if t.negates(i) && !t.is(i+1, t.lex.marks.machine) && !t.is(i-1, t.lex.marks.machine) {
			return true
		}
	}
	return t.stands(t.lex.marks.dont, lo-denialBefore, lo-1)
}

// negates reports whether the word at i says no to the verb beside it. A "ना"
// behind a verb only asks nicely: "भेजो ना".
func (t talk) negates(i int) bool {
	if i >= len(t.words) {
		return false
	}
	marks := &t.lex.marks
	if t.is(i, marks.na) {
		return t.is(i-1, marks.naBefore) || t.is(i+1, marks.naAfter)
	}
	return t.is(i, marks.not) && !t.is(i-1, marks.or) // "… है कि नहीं" asks
}

// addPattern reads a pattern: names of concepts, which may also be classes of
// keywords.toml. "a|b" is either, ">a" stands after the one before, "-a" must not
// stand beside, "--a" nowhere; "<6" is fewer than six words in all, and with "*" a
// denial does not matter.
func (r *reader) addPattern(lex *lexicon, into map[Command][]pattern, list keywordList, text string) {
	p := pattern{text: text, reach: requestReach}
	for _, item := range strings.Fields(text) {
		if n, err := strconv.Atoi(item[1:]); err == nil && n > 1 && item[0] == '<' {
			p.most = n - 1
			continue
		} else if err == nil && n > 1 && item[0] == '~' {
			p.reach = n
			continue
		}
		if item == "*" {
			p.denial = true
			continue
		}
		names := strings.TrimLeft(item, "->")
		if names == "no" {
			p.slots = append(p.slots, slot{lex.marks.denial, item[0] == '>', true})
			p.denial = true
			continue
		}
		m, ok := lex.named(names)
		if !ok {
			r.problem(list.file, list.name, "has %q, where %q names no list of words", text, names)
			return
		}
		switch {
		case strings.HasPrefix(item, "--"):
			p.anywhere = p.anywhere.or(m)
		case item[0] == '-':
			p.beside = p.beside.or(m)
		default:
			p.slots = append(p.slots, slot{meaning: m, after: item[0] == '>' && len(p.slots) > 0})
		}
	}
	if len(p.slots) == 0 || len(p.slots) > maxSlots {
		r.problem(list.file, list.name, "has %q; a pattern has one to %d lists of words", text, maxSlots)
		return
	}
	for _, s := range p.slots {
		p.any = p.any.or(s.meaning)
	}
	into[Command(list.name)] = append(into[Command(list.name)], p)
}

// named returns what the names, parted by |, stand for.
func (lex *lexicon) named(names string) (meaning, bool) {
	var m meaning
	for _, name := range strings.Split(names, "|") {
		bit, isConcept := lex.concepts[name]
		class, isClass := classNames[name]
		if !isConcept && !isClass {
			return m, false
		}
		m = m.or(meaning{class, bit})
	}
	return m, true
}

func (m meaning) or(other meaning) meaning {
	return meaning{m.class | other.class, m.concepts.or(other.concepts)}
}
