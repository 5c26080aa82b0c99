package inbox

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"mitan/locales"
)

const (
	// snippetRunes is how much of a message a result shows.
	snippetRunes = 160
	// snippetBefore is how much of it stands before the first word found.
	snippetBefore = 50
)

// A piece is a part of a text, marked if it is what was looked for.
type piece struct {
	Text   string
	Marked bool
}

// snippet is the part of a text around the first word that was looked for, the
// words marked. Words are compared as the search does: whole, in any case, with
// the dot below in either way of writing; one that ends in * by its beginning.
func snippet(text, query string) []piece {
	text = strings.Join(strings.Fields(plain(norm.NFC.String(text))), " ")
	wanted := wantedWords(query)
	runes := []rune(text)
	marks := markWords(runes, wanted)
	from := 0
	if len(marks) > 0 {
		from = max(0, marks[0].start-snippetBefore)
		for from > 0 && !unicode.IsSpace(runes[from-1]) {
			from--
		}
	}
	until := min(len(runes), from+snippetRunes)
	for until < len(runes) && (unicode.IsMark(runes[until]) || runes[until-1] == '\u200d' || isVirama(runes[until-1])) {
		until++ // a letter stays whole
	}
	var pieces []piece
	add := func(start, end int, marked bool) {
		if start < end {
			pieces = append(pieces, piece{string(runes[start:end]), marked})
		}
	}
	at := from
	for _, m := range marks {
		if m.start >= until {
			break
		}
		add(at, m.start, false)
		add(m.start, min(m.end, until), true)
		at = min(m.end, until)
	}
	add(at, until, false)
	if from > 0 {
		pieces = append([]piece{{Text: "… "}}, pieces...)
	}
	if until < len(runes) {
		pieces = append(pieces, piece{Text: " …"})
	}
	return pieces
}

// isVirama tells whether a sign joins the next letter to the one before.
func isVirama(r rune) bool { return r == '\u094d' }

type wordMark struct{ start, end int }

// markWords finds the wanted words in a text.
func markWords(runes []rune, wanted []wantedWord) []wordMark {
	var marks []wordMark
	for i := 0; i < len(runes); {
		if !isWordRune(runes[i]) {
			i++
			continue
		}
		end := i
		for end < len(runes) && isWordRune(runes[end]) {
			end++
		}
		word := foldWord(string(runes[i:end]))
		for _, w := range wanted {
			if word == w.word || w.beginning && strings.HasPrefix(word, w.word) {
				marks = append(marks, wordMark{i, end})
				break
			}
		}
		i = end
	}
	return marks
}

type wantedWord struct {
	word      string
	beginning bool
}

// wantedWords are the words of a search.
func wantedWords(query string) []wantedWord {
	var found []wantedWord
	for _, field := range strings.FieldsFunc(norm.NFC.String(query), func(r rune) bool { return r != '*' && !isWordRune(r) }) {
		word := strings.Trim(field, "*")
		if word != "" {
			found = append(found, wantedWord{foldWord(word), strings.HasSuffix(field, "*")})
		}
	}
	return found
}

func isWordRune(r rune) bool {
	return unicode.In(r, unicode.Letter, unicode.Mark, unicode.Number)
}

func foldWord(word string) string { return strings.ToLower(norm.NFC.String(word)) }

// markPart marks a part of a number or identifier, wherever its signs stand:
// 90000 00774 holds 9000000774, and so does +91-90000-00774.
func markPart(text, part string) []piece {
	runes := []rune(text)
	digits, places := "", []int{}
	for i, r := range runes {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			digits += strings.ToLower(string(r))
			places = append(places, i)
		}
	}
	want := partDigits(part)
	if want == "" {
		return []piece{{Text: text}}
	}
	at := strings.Index(digits, want)
	if at < 0 || len(digits) != len(places) { // or letters of more than one byte
		return []piece{{Text: text}}
	}
	start, end := places[at], places[at+len(want)-1]+1
	var pieces []piece
	for _, p := range []piece{{string(runes[:start]), false}, {string(runes[start:end]), true}, {string(runes[end:]), false}} {
		if p.Text != "" {
			pieces = append(pieces, p)
		}
	}
	return pieces
}

// partDigits is a part as markPart looks for it: an Indian phone without 91.
func partDigits(part string) string {
	if phone, ok := locales.Phone(part); ok {
		return phone
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '०' && r <= '९':
			return r - '०' + '0'
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, part)
}
