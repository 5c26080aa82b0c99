package locales

import "strings"

var (
	appWords    = soundSet("app application ऐप एप एप्प ऐप्प")
	calledWords = soundSet("ka ke naam name nam tha hai called named is का के नाम था है")
	namingWords = soundSet("naam name nam called named नाम")
)

const (
	calledReach = 4 // words between "app" and its name: "app ka naam hai …"
	maxAppWords = 3
)

// namedApps are the apps that are told by a name in Latin capitals: "app ka naam
// QuickRupee Loan", "an app called BullTrade Elite", "ऐप RupeeGhar".
func (s *storyReader) namedApps() []string {
	var names []string
	for i := range s.toks {
		if !appWords[s.talk.words[i]] {
			continue
		}
		if at := s.appBefore(i); at.end > 0 {
			names = append(names, s.textOf(at))
			continue
		}
		j, named := i+1, false
		for j < len(s.toks) && j-i <= calledReach && calledWords[s.talk.words[j]] {
			named = named || namingWords[s.talk.words[j]]
			j++
		}
		if at := s.inQuotes(j); at.end > 0 {
			names = append(names, s.textOf(at))
			continue
		}
		end := j
		for end < len(s.toks) && end-j < maxAppWords && s.toks[end].kind == wordToken && s.isCapital(end) && !s.taken[end] && s.clause[end] == s.clause[i] {
			end++
		}
		for end > j && end+1 < len(s.toks) && s.toks[end].isGlued("-") && s.toks[end+1].glued && s.isCapital(end+1) { // ALPHA-TRD
			end, named = end+2, true
		}
		if end == j && named && j < len(s.toks) && s.toks[j].kind == wordToken && !isASCII(s.toks[j].text) && !placeBreaks[s.toks[j].text] && s.endsName(j+1) {
			end = j + 1 // "ऐप का नाम गोल्डमैक्स"
		}
		if end > j && (named || s.hasInnerCapital(j)) {
			if name, at := s.bankAt(j); name == "" || at > end {
				names = append(names, s.textOf(tokenSpan{j, end}))
			}
		}
	}
	return names
}

// appBefore reads the name before the app at i: "रूपी फास्ट नाम का ऐप", "QuickCash
// naam ki app".
func (s *storyReader) appBefore(i int) tokenSpan {
	if !ofWords[s.toks.word(i-1)] || !namingWords[s.toks.word(i-2)] {
		return tokenSpan{}
	}
	end := i - 2
	start := end
	for start > 0 && end-start < maxAppWords && s.inName(start-1) && s.clause[start-1] == s.clause[end] && !iGave[s.talk.words[start-1]] && (!isASCII(s.toks[start-1].text) && end-start < 2 || s.isCapital(start-1)) {
		start--
	}
	if start == end || s.inIdentifier(end-1, TypeApp) || start > 0 && notMyName[s.talk.words[start-1]] {
		return tokenSpan{}
	}
	return tokenSpan{start, end}
}

// inQuotes reads a name of up to four words that a quotation mark at i opens.
func (s *storyReader) inQuotes(i int) tokenSpan {
	if i >= len(s.toks) || !isQuote(s.toks[i].text) {
		return tokenSpan{}
	}
	for end := i + 1; end < len(s.toks) && end-i <= maxAppWords+1; end++ {
		if isQuote(s.toks[end].text) && end > i+1 {
			return tokenSpan{i + 1, end}
		}
		if s.toks[end].kind != wordToken || s.taken[end] {
			break
		}
	}
	return tokenSpan{}
}

// endsName reports whether a name ends before token i.
func (s *storyReader) endsName(i int) bool {
	return i >= len(s.toks) || s.toks[i].kind == signToken || aloneBehind[s.talk.words[i]]
}

// hasInnerCapital reports whether a word is written as only names of apps are:
// RupeeGhar.
func (s *storyReader) hasInnerCapital(i int) bool {
	word := s.textOf(tokenSpan{i, i + 1})
	return len(word) > 1 && word != strings.ToUpper(word) && word[1:] != strings.ToLower(word[1:])
}
