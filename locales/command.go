package locales

import (
	"slices"
	"strings"
)

// Command is something a resident can ask for at any question.
type Command string

// The commands. Each is the name of a list in keywords.toml.
const (
	CmdMenu      Command = "menu"       // back to the menu
	CmdBack      Command = "back"       // to the question before
	CmdRepeat    Command = "repeat"     // say it again
	CmdYes       Command = "yes"        // yes
	CmdNo        Command = "no"         // no
	CmdOfficer   Command = "officer"    // talk to a police officer
	CmdReport    Command = "report"     // report a fraud
	CmdMoneyGone Command = "money_gone" // money has been lost
	CmdCheck     Command = "check"      // have a message checked
	CmdEnrol     Command = "enrol"      // become a Cyber Mitan
	CmdTips      Command = "tips"       // a safety tip
	CmdStopTips  Command = "stop_tips"  // no more tips
	CmdStartTips Command = "start_tips" // tips every week
	CmdHindi     Command = "hindi"      // speak Hindi
	CmdEnglish   Command = "english"    // speak English
	CmdHelp      Command = "help"       // help
	CmdComplaint Command = "complaint"  // how to lodge a complaint
	CmdDelete    Command = "delete"     // erase my data
	CmdCases     Command = "cases"      // my cases
	CmdDone      Command = "done"       // all is told
	CmdDontKnow  Command = "dont_know"  // the answer is not known
	CmdLeave     Command = "leave"      // leave the Cyber Mitans
	CmdGreeting  Command = "greeting"   // a greeting
	CmdThanks    Command = "thanks"     // thanks
	CmdViolence  Command = "violence"   // a person is in danger: 112, women 181
	CmdChild     Command = "child"      // a child is in danger: 1098
	CmdSuicide   Command = "suicide"    // thoughts of suicide: 14416

	// Of officers, in their WhatsApp group:
	CmdClaim Command = "claim" // I take this conversation
	CmdClose Command = "close" // this conversation is done
)

// Commands lists all commands.
func Commands() []Command {
	return []Command{
		CmdMenu, CmdBack, CmdRepeat, CmdYes, CmdNo, CmdOfficer, CmdReport, CmdMoneyGone, CmdCheck, CmdEnrol,
		CmdTips, CmdStopTips, CmdStartTips, CmdHindi, CmdEnglish, CmdHelp, CmdComplaint, CmdDelete, CmdCases,
		CmdDone, CmdDontKnow, CmdLeave, CmdGreeting, CmdThanks, CmdViolence, CmdChild, CmdSuicide, CmdClaim, CmdClose,
	}
}

const (
	// maxPhrase is how many words a keyword may have.
	maxPhrase = 8
	// maxCommandWords is how many words a message may have, polite words
	// included, to be a command as a whole.
	maxCommandWords = 12
)

// wordTable is the table of a keywords.toml that has the lists of single words.
const wordTable = "words"

// keywordList is one list of a keywords.toml: the phrases of a command, or the
// words of a class.
type keywordList struct {
	file, name string
	class      class // 0 for a command
	phrases    []string
}

// lexicon has the keywords by their sound.
type lexicon struct {
	commands map[string]Command // by phrase, words joined by spaces
	classes  map[string]class   // by word
	urgent   map[string][]urgentPhrase
}

// addKeywords takes in one keywords.toml.
func (r *reader) addKeywords(file string, tree map[string]any) {
	for _, name := range sortedKeys(tree) {
		if table, ok := tree[name].(map[string]any); ok && name == wordTable {
			for _, name := range sortedKeys(table) {
				bits, known := classNames[name]
				r.addList(file, wordTable+"."+name, known, bits, table[name])
			}
			continue
		}
		r.addList(file, name, slices.Contains(Commands(), Command(name)), 0, tree[name])
	}
}

func (r *reader) addList(file, name string, known bool, bits class, value any) {
	if !known {
		r.problem(file, name, "is not a list of keywords that the helpline knows; remove it or mend its name")
		return
	}
	items, ok := value.([]any)
	if !ok {
		r.problem(file, name, `is not a list; write it as ["…", "…"]`)
		return
	}
	list := keywordList{file: file, name: name, class: bits}
	for _, item := range items {
		phrase, ok := item.(string)
		if !ok {
			r.problem(file, name, "has %v, which is not a text; put it in quotes", item)
			continue
		}
		list.phrases = append(list.phrases, phrase)
	}
	r.keywords = append(r.keywords, list)
}

// lexicon makes the look-up tables of the keywords read.
func (r *reader) lexicon() *lexicon {
	lex := &lexicon{commands: map[string]Command{}, classes: map[string]class{}, urgent: map[string][]urgentPhrase{}}
	for _, list := range r.keywords {
		for _, phrase := range list.phrases {
			w := words(phrase)
			switch {
			case len(w) == 0 || len(w) > maxPhrase:
				r.problem(list.file, list.name, "has %q; a keyword has one to %d words", phrase, maxPhrase)
			case list.class != 0 && len(w) > 1:
				r.problem(list.file, list.name, "has %q; this list takes single words", phrase)
			case list.class != 0:
				lex.classes[w[0]] |= list.class
			default:
				r.addPhrase(lex, list, phrase, w)
			}
		}
	}
	return lex
}

func (r *reader) addPhrase(lex *lexicon, list keywordList, phrase string, w []string) {
	cmd := Command(list.name)
	key := strings.Join(w, " ")
	if earlier, ok := lex.commands[key]; ok && earlier != cmd {
		r.problem(list.file, list.name, "has %q, which is also in %s; remove it from one of the two", phrase, earlier)
		return
	} else if ok {
		return
	}
	lex.commands[key] = cmd
	switch cmd {
	case CmdViolence, CmdChild, CmdSuicide:
		lex.urgent[w[0]] = append(lex.urgent[w[0]], urgentPhrase{words: w, cmd: cmd})
	}
}

// Command returns what the whole message asks for, or "" if it is none: it must
// be a keyword, or be one once polite and filling words are taken away. What
// matters inside a longer text is found by [Catalog.MoneyGone],
// [Catalog.EnrolPhrase] and [Catalog.Urgent].
func (c *Catalog) Command(text string) Command {
	if len(text) > maxCommandWords*40 {
		return ""
	}
	w := words(text)
	if len(w) == 0 || len(w) > maxCommandWords {
		return ""
	}
	if cmd, ok := c.lex.commands[strings.Join(w, " ")]; ok {
		return cmd
	}
	for _, unwanted := range []class{soft, filler, filler | soft} {
		core := strings.Join(c.strip(w, unwanted), " ")
		if cmd, ok := c.lex.commands[core]; ok {
			return cmd
		}
	}
	return ""
}

// strip returns the words of w that are in none of the classes.
func (c *Catalog) strip(w []string, unwanted class) []string {
	core := make([]string, 0, len(w))
	for _, word := range w {
		if c.lex.classes[word]&unwanted == 0 {
			core = append(core, word)
		}
	}
	return core
}

// enrolReach is how many words may stand between "cyber" and "mitan".
const enrolReach = 3

// EnrolPhrase reports whether the text names the Cyber Mitan in any spelling,
// in any order ("मैं हूं साइबर मितान"). "मैं साइबर मितान नहीं हूं" does too:
// whoever asks must have it confirmed.
func (c *Catalog) EnrolPhrase(text string) bool {
	w := words(text)
	lastCyber, lastMitan := -1, -1
	for i, word := range w {
		bits := c.lex.classes[word]
		isCyber := bits&cyber != 0 || near(word, cyberForms)
		isMitan := bits&mitan != 0 || near(word, mitanForms)
		switch {
		case isCyber && isMitan: // written together
			return true
		case isCyber:
			lastCyber = i
		case isMitan:
			lastMitan = i
		default:
			continue
		}
		if lastCyber >= 0 && lastMitan >= 0 && max(lastCyber, lastMitan)-min(lastCyber, lastMitan) <= enrolReach+1 {
			return true
		}
	}
	return false
}

// What a word of the enrolment phrase may be one letter away from.
var (
	cyberForms = [][]rune{[]rune("cyber"), []rune("saiber"), []rune("साइबर")}
	mitanForms = [][]rune{[]rune("mitan"), []rune("मितान")}
)

// near reports whether word is at most one letter from one of the forms.
func near(word string, forms [][]rune) bool {
	if len(word) < 4 || len(word) > 24 {
		return false
	}
	var buf [24]rune
	n := 0
	for _, r := range word {
		buf[n] = r
		n++
	}
	for _, form := range forms {
		if oneEdit(buf[:n], form) {
			return true
		}
	}
	return false
}

// oneEdit reports whether a and b differ by at most one letter changed, added
// or dropped.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || slices.Equal(a[i+1:], b[i+1:])
	}
	return slices.Equal(a[i:], b[i+1:])
}
