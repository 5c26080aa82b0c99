package locales

import "strings"

// Whose a number is, by the words around it.
type Whose string

// Whose numbers are told apart.
const (
	WhoseUnknown Whose = ""
	WhoseOwn     Whose = "own"     // "mera number …"
	WhoseSuspect Whose = "suspect" // "… se call aaya"
)

// NumberTold is a mobile number in a text: ten digits, and whose it is.
type NumberTold struct {
	Number string
	Whose  Whose
}

// maxNumbersTold is how many numbers of one text are told apart.
const maxNumbersTold = 20

var (
	// digitWords are digits when a number is spelt out; "o" and "oh" are zeros only there.
	digitWords = soundTable(map[int]string{
		0: "oh जिरो ज़ीरो jeero zeero zeroo sifar", 7: "sath saath साथ sevan", 6: "छः chay", 8: "at eit ait", 9: "no",
	})
	timesWords = soundTable(map[int]string{2: "double dabal dubble डबल", 3: "triple tripal tripple ट्रिपल", 4: "चौगुना chauguna"})
	// betweenDigits may stand between parts of a number that is told aloud.
	betweenDigits = soundSet("aur and or phir fir then uske baad aage और फिर उसके बाद आगे ke के")

	ownWords     = soundSet("mera mere meri mora mor hamar hamara my mine own apna apni amar amr खुद मेरा मेरे मेरी मोर हमार हमारा अपना अपनी khud")
	suspectWords = soundSet(`uska uski uske unka us usne unhone isse usse thag chor fraud caller his her him their they from
		aaya aaye aayi aya aail aais ayi call called phone kiya karta ashche esechilo theke
		उसका उसकी उसके उनका उस उससे उसने उन्होंने इससे ठग चोर ओकर ओखर आया आए आयी आइस आइल किया किस`)
)

// PhoneNumbers returns the Indian mobile numbers of a text in their order, in
// digits or spelt out in words ("nine double zero …"), each once.
func PhoneNumbers(text string) []NumberTold {
	t := scan(text)
	var found []NumberTold
	for i := 0; i < len(t) && len(found) < maxNumbersTold; {
		number, end, ok := t.spelt(i)
		if !ok {
			i++
			continue
		}
		known := false
		for _, f := range found {
			known = known || f.Number == number
		}
		if !known {
			found = append(found, NumberTold{number, t.whose(i, end)})
		}
		i = end
	}
	return found
}

// spelt reads a mobile number that starts at i, whatever stands between its
// parts: spaces, commas, hyphens, "और".
func (t tokens) spelt(i int) (number string, end int, ok bool) {
	if first, _ := t.digitsAt(i); first == "" || t.at(i).glued && t.at(i-1).kind == wordToken {
		return "", i, false
	}
	var buf [maxRun]byte
	digits := buf[:0]
	for j := i; j < len(t); {
		part, next := t.digitsAt(j)
		if part == "" {
			if t.parts(j) {
				j++
				continue
			}
			break
		}
		if len(digits)+len(part) > maxRun {
			break
		}
		digits = append(digits, part...)
		j = next
		if ten, isPhone := phoneOf(string(digits)); isPhone && !t.goesOn(j) {
			number, end, ok = ten, j, true
		}
	}
	return number, end, ok
}

// goesOn reports whether digits are glued to what ends at i.
func (t tokens) goesOn(i int) bool {
	return t.at(i).glued && (t.at(i).kind != signToken || t.at(i).is("@"))
}

// digitsAt returns the digits that the token at i is, with "double" and the like
// taken in, and where they end.
func (t tokens) digitsAt(i int) (string, int) {
	if n := t.number(i); n != "" {
		return n, i + 1
	}
	w := t.word(i)
	if w == "" {
		return "", i
	}
	if times, ok := timesWords[w]; ok && timesWords[t.word(i+1)] == 0 {
		if d, next := t.digitsAt(i + 1); len(d) == 1 {
			return strings.Repeat(d, times), next
		}
		return "", i
	}
	if timesWords[w] > 0 {
		return "", i
	}
	n, ok := digitWords[w]
	if !ok {
		n, ok = numberWords[w]
	}
	switch {
	case !ok || n > 99:
		return "", i
	case n >= 10:
		return string([]byte{byte('0' + n/10), byte('0' + n%10)}), i + 1
	}
	return string([]byte{byte('0' + n)}), i + 1
}

// parts reports whether the token at i may stand between parts of a number.
func (t tokens) parts(i int) bool {
	if w := t.word(i); w != "" {
		next, _ := t.digitsAt(i + 1)
		return betweenDigits[w] && next != ""
	}
	return t[i].kind == signToken && strings.Contains("-,.()+/ ", t[i].text)
}

// whoseReach is how many words around a number tell whose it is.
const whoseReach = 5

// whose tells whose the number from start to end is by the nearest word that
// says so; what stands before it counts first.
func (t tokens) whose(start, end int) Whose {
	for d := 1; d <= whoseReach; d++ {
		for _, w := range [2]string{t.word(start - d), t.word(end + d - 1)} {
			switch {
			case w == "":
			case ownWords[w]:
				return WhoseOwn
			case suspectWords[w]:
				return WhoseSuspect
			}
		}
	}
	return WhoseUnknown
}
