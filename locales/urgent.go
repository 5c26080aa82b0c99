package locales

// urgentPhrase is words that tell of a danger to a person.
type urgentPhrase struct {
	words []string
	cmd   Command
}

const (
	// urgentGap is how many other words may stand between two of a phrase.
	urgentGap = 1
	// quoteReach is how many words around a phrase are searched for signs that
	// it is somebody else's threat: "बोल रहा है मार देंगे".
	quoteReach = 6
)

// Urgent finds a danger to a person inside a text: [CmdSuicide], [CmdChild] or
// [CmdViolence], in this order, or "". A threat that is only quoted, as thieves
// make them, is none.
func (c *Catalog) Urgent(text string) Command {
	t := c.talk(text)
	var found Command
	for i, word := range t.words {
		for _, p := range c.lex.urgent[word] {
			if end, ok := t.matches(i, p.words); !ok || p.mayBeQuoted() && t.quoted(i, end) {
				continue
			}
			if found == "" || urgency(p.cmd) > urgency(found) {
				found = p.cmd
			}
		}
	}
	return found
}

// mayBeQuoted is false for "मरना चाहता हूं" and the like: thoughts of suicide that
// somebody tells are taken seriously, whoever's they are. A bare "suicide" is a
// word of thieves too.
func (p urgentPhrase) mayBeQuoted() bool { return p.cmd != CmdSuicide || len(p.words) == 1 }

func urgency(cmd Command) int {
	switch cmd {
	case CmdSuicide:
		return 3
	case CmdChild:
		return 2
	}
	return 1
}

// matches reports whether the phrase starts at i, and where it ends. A denial
// between its words breaks it.
func (t talk) matches(i int, phrase []string) (int, bool) {
	pos := i
	for _, want := range phrase[1:] {
		next := -1
		for j := pos + 1; j < len(t.words) && j-pos <= urgentGap+1; j++ {
			if t.words[j] == want {
				next = j
				break
			}
			if t.bits[j]&negation != 0 {
				break
			}
		}
		if next < 0 {
			return 0, false
		}
		pos = next
	}
	return pos, true
}

func (t talk) quoted(start, end int) bool {
	for j := max(0, start-quoteReach); j < min(len(t.bits), end+quoteReach); j++ {
		if (j < start || j > end) && t.bits[j]&quoting != 0 {
			return true
		}
	}
	return false
}
