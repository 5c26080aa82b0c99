package fraud

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// window is within how many words the parts of a rule must stand, unless it
// says so itself.
const window = 40

// A rule is what must stand together in a text, near each other and in any
// order, to count: parts joined by " + ". A part is one or more alternatives
// joined by " | ": a class of words.toml ("@cut"), a mark ("#mobile") or a
// phrase ("previous month bill"). A part with "!" before it must not stand in
// the text. "/8" at the end of a rule asks for its parts within eight words.
type rule struct {
	parts  [][]slot
	absent []slot
	within int
	source string
}

// A lexicon compiles rules to slots.
type lexicon struct {
	*index
	classes map[string]slot
	marks   [markCount]slot
	phrases map[string]slot // those that stand in rules themselves
	used    map[string]bool // classes that some rule uses
}

func newLexicon() *lexicon {
	l := &lexicon{index: newIndex(), classes: make(map[string]slot), phrases: make(map[string]slot), used: make(map[string]bool)}
	for m := range l.marks {
		l.marks[m] = l.slot()
	}
	return l
}

func (l *lexicon) rule(source string) (rule, error) {
	r := rule{source: source, within: window}
	text := source
	if i := strings.LastIndex(text, " /"); i >= 0 {
		n, err := strconv.Atoi(text[i+2:])
		if err != nil || n < 1 || n > window {
			return rule{}, fmt.Errorf("%q: write a number of words from 1 to %d after the stroke", source, window)
		}
		text, r.within = text[:i], n
	}
	for part := range strings.SplitSeq(text, " + ") {
		part, not := strings.CutPrefix(strings.TrimSpace(part), "!")
		var slots []slot
		for alternative := range strings.SplitSeq(part, "|") {
			s, err := l.part(strings.TrimSpace(alternative))
			if err != nil {
				return rule{}, fmt.Errorf("%q: %w", source, err)
			}
			slots = append(slots, s)
		}
		if not {
			r.absent = append(r.absent, slots...)
		} else {
			r.parts = append(r.parts, slots)
		}
	}
	if len(r.parts) == 0 {
		return rule{}, fmt.Errorf("%q has nothing to look for", source)
	}
	return r, nil
}

func (l *lexicon) part(s string) (slot, error) {
	if name, ok := strings.CutPrefix(s, "@"); ok {
		l.used[name] = true
		if found, ok := l.classes[name]; ok {
			return found, nil
		}
		return 0, fmt.Errorf("there is no class %s in words.toml", name)
	}
	if name, ok := strings.CutPrefix(s, "#"); ok {
		if m, ok := markNames[name]; ok {
			return l.marks[m], nil
		}
		return 0, fmt.Errorf("there is no mark %s", name)
	}
	p := newPhrase(s)
	if len(p) == 0 {
		return 0, errors.New("has no letters to match")
	}
	key := fmt.Sprint(p)
	found, ok := l.phrases[key]
	if !ok {
		found = l.slot()
		l.add(found, p)
		l.phrases[key] = found
	}
	return found, nil
}

// A stretch is the tokens in which a rule was seen.
type stretch struct{ start, end int }

// holds reports whether a rule holds for what was seen, and where.
func (r rule) holds(s *sight) (stretch, bool) {
	for _, part := range r.parts {
		if !s.hasAny(part) {
			return stretch{}, false
		}
	}
	for _, a := range r.absent {
		if s.has(a) {
			return stretch{}, false
		}
	}
	return s.narrowest(r.parts, r.within)
}

func (s *sight) hasAny(part []slot) bool {
	for _, alternative := range part {
		if s.has(alternative) {
			return true
		}
	}
	return false
}

// maxParts is how many parts a rule may have.
const maxParts = 6

// narrowest returns the shortest stretch that has a hit of each part, if it is
// within the window. It goes through the hits of all parts at once, from the
// last to the first.
func (s *sight) narrowest(parts [][]slot, within int) (stretch, bool) {
	if len(parts) == 1 {
		for _, which := range parts[0] {
			for i := s.heads[which]; i >= 0; i = s.hits[i].next {
				if h := s.hits[i]; !h.negated {
					return stretch{int(h.start), int(h.end)}, true
				}
			}
		}
	}
	var heads [maxParts][]int32
	var last [maxParts]hit
	seen := 0
	for p, part := range parts {
		heads[p] = make([]int32, 0, 4)
		for _, which := range part {
			if s.heads[which] >= 0 {
				heads[p] = append(heads[p], s.heads[which])
			}
		}
	}
	best, found := stretch{0, math.MaxInt32}, false
	for {
		at, which, alternative := int32(-1), -1, -1
		for p := range parts {
			for a, head := range heads[p] {
				if head >= 0 && s.hits[head].start > at {
					at, which, alternative = s.hits[head].start, p, a
				}
			}
		}
		if which < 0 {
			break
		}
		h := s.hits[heads[which][alternative]]
		heads[which][alternative] = h.next
		if h.negated {
			continue
		}
		if last[which].words == 0 {
			seen++
		}
		last[which] = h
		if seen < len(parts) {
			continue
		}
		now := stretch{int(last[0].start), int(last[0].end)}
		for p := range parts {
			now.start, now.end = min(now.start, int(last[p].start)), max(now.end, int(last[p].end))
		}
		if now.end-now.start < within && now.end-now.start < best.end-best.start {
			best, found = now, true
		}
	}
	return best, found
}
