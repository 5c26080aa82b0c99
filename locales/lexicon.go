package locales

import (
	"slices"
	"strings"
)

const (
	// maxPhrase is how many words a keyword may have.
	maxPhrase = 8
	// wordTable is the table of a keywords.toml that has the lists of single words.
	wordTable = "words"
	// The tables of a requests.toml: the words that are alike in a request, the
	// patterns that are made of them, and those that do in a short text.
	conceptTable, patternTable, shortTable = "words", "ask", "short"
)

// keywordList is one list of a keywords.toml or requests.toml: the phrases of a
// command, the words of a class or concept, or the patterns of a request.
type keywordList struct {
	file, name string
	kind       listKind
	class      class
	phrases    []string
}

type listKind byte

const (
	phraseList listKind = iota
	classList
	conceptList
	patternList
	shortList
)

// lexicon has the keywords by their key.
type lexicon struct {
	commands map[string]Command // by phrase, words joined by spaces
	vocab    *vocabulary
	concepts map[string]concepts // by name
	patterns map[Command][]pattern
	short    map[Command][]pattern
	urgent   map[string][]urgentPhrase
	marks    marks
}

// addKeywords takes in one keywords.toml.
func (r *reader) addKeywords(file string, tree map[string]any) {
	for _, name := range sortedKeys(tree) {
		if table, ok := tree[name].(map[string]any); ok && name == wordTable {
			for _, name := range sortedKeys(table) {
				bits, known := classNames[name]
				r.addList(keywordList{file: file, name: wordTable + "." + name, kind: classList, class: bits}, known, table[name])
			}
			continue
		}
		r.addList(keywordList{file: file, name: name}, slices.Contains(Commands(), Command(name)), tree[name])
	}
}

var requestTables = map[string]listKind{conceptTable: conceptList, patternTable: patternList, shortTable: shortList}

// addRequests takes in one requests.toml.
func (r *reader) addRequests(file string, tree map[string]any) {
	for _, name := range sortedKeys(tree) {
		table, ok := tree[name].(map[string]any)
		kind, known := requestTables[name]
		if !ok || !known {
			r.problem(file, name, "is none of the tables [%s], [%s] and [%s]", conceptTable, patternTable, shortTable)
			continue
		}
		for _, item := range sortedKeys(table) {
			r.addList(keywordList{file: file, name: item, kind: kind}, kind == conceptList || isPatternName(Command(item)), table[item])
		}
	}
}

// isPatternName tells what patterns may be of.
func isPatternName(cmd Command) bool {
	return cmd == cmdNoAnswer || cmd == cmdAside || cmd == cmdLost || slices.Contains(requestOrder, cmd)
}

func (r *reader) addList(list keywordList, known bool, value any) {
	if !known {
		r.problem(list.file, list.name, "is not a list of keywords that the helpline knows; remove it or mend its name")
		return
	}
	items, ok := value.([]any)
	if !ok {
		r.problem(list.file, list.name, `is not a list; write it as ["…", "…"]`)
		return
	}
	for _, item := range items {
		phrase, ok := item.(string)
		if !ok {
			r.problem(list.file, list.name, "has %v, which is not a text; put it in quotes", item)
			continue
		}
		if list.kind == conceptList { // many short words: several may stand in one text
			list.phrases = append(list.phrases, strings.Fields(phrase)...)
		} else {
			list.phrases = append(list.phrases, phrase)
		}
	}
	r.keywords = append(r.keywords, list)
}

// lexicon makes the look-up tables of the keywords read.
func (r *reader) lexicon() *lexicon {
	lex := &lexicon{
		commands: map[string]Command{}, vocab: newVocabulary(), concepts: map[string]concepts{},
		patterns: map[Command][]pattern{}, short: map[Command][]pattern{}, urgent: map[string][]urgentPhrase{},
	}
	for _, kind := range []listKind{conceptList, classList, phraseList, patternList, shortList} {
		for _, list := range r.keywords {
			if list.kind != kind {
				continue
			}
			for _, phrase := range list.phrases {
				r.addKeyword(lex, list, phrase)
			}
		}
		if kind == conceptList {
			r.joinConcepts(lex)
			lex.marks = lex.newMarks()
		}
	}
	lex.vocab.index()
	return lex
}

func (r *reader) addKeyword(lex *lexicon, list keywordList, phrase string) {
	switch {
	case list.kind == patternList:
		r.addPattern(lex, lex.patterns, list, phrase)
		return
	case list.kind == shortList:
		r.addPattern(lex, lex.short, list, phrase)
		return
	case list.kind == conceptList:
		if phrase[0] != '@' {
			r.addConcept(lex, list, phrase)
		}
		return
	}
	w := foldedWords(phrase)
	switch {
	case len(w) == 0 || len(w) > maxPhrase:
		r.problem(list.file, list.name, "has %q; a keyword has one to %d words", phrase, maxPhrase)
	case list.kind == phraseList:
		r.addPhrase(lex, list, phrase, w)
	case len(w) > 1:
		r.problem(list.file, list.name, "has %q; this list takes single words", phrase)
	default:
		lex.vocab.add(w[0], meaning{class: list.class})
	}
}

// endings are what a verb's stem may end in when it is asked for; "bhej~" in a
// list stands for bhejo, bhejiye, bhejna and so on.
var endings = strings.Fields("o u un in iha ave ab be bo hu hun iye iyega na ni ne en e i v iyo do de di dijiye dena dijie deve dev dedo dein dijiyega")

// addConcept takes in a word of a concept: with "~" behind it all forms of a
// verb, with "@" before it all words of another concept.
func (r *reader) addConcept(lex *lexicon, list keywordList, word string) {
	bit, ok := lex.concepts[list.name]
	if !ok {
		if len(lex.concepts) >= maxConcepts {
			r.problem(list.file, list.name, "is one list of words too many; there may be %d", maxConcepts)
			return
		}
		bit = concept(len(lex.concepts))
		lex.concepts[list.name] = bit
	}
	stem, isVerb := strings.CutSuffix(word, "~")
	for _, w := range foldedWords(stem) {
		lex.vocab.add(w, meaning{concepts: bit})
		if !isVerb {
			continue
		}
		for _, ending := range endings {
			lex.vocab.add(w+ending, meaning{concepts: bit})
		}
	}
}

// joinConcepts gives a concept the words of those that it names by "@".
func (r *reader) joinConcepts(lex *lexicon) {
	for _, list := range r.keywords {
		for _, item := range list.phrases {
			name, joined := strings.CutPrefix(item, "@")
			if !joined || list.kind != conceptList {
				continue
			}
			other, ok := lex.concepts[name]
			if !ok {
				r.problem(list.file, list.name, "has %q, where %q names no list of words", item, name)
			}
			lex.concepts[list.name] = lex.concepts[list.name].or(other)
		}
	}
}

func (r *reader) addPhrase(lex *lexicon, list keywordList, phrase string, folded []string) {
	cmd := Command(list.name)
	w := make([]string, len(folded))
	for i, word := range folded {
		w[i] = key(word)
		if len(folded) > 1 || len(word) > 3 {
			lex.vocab.add(word, meaning{})
		}
	}
	joined := strings.Join(w, " ")
	if earlier, ok := lex.commands[joined]; ok && earlier != cmd {
		r.problem(list.file, list.name, "has %q, which is also in %s; remove it from one of the two", phrase, earlier)
		return
	} else if ok {
		return
	}
	lex.commands[joined] = cmd
	switch cmd {
	case CmdViolence, CmdChild, CmdSuicide:
		lex.urgent[w[0]] = append(lex.urgent[w[0]], urgentPhrase{words: w, cmd: cmd})
	}
}
