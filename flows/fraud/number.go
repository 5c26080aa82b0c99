package fraud

import "strings"

// isHeader reports whether s is a registered sender of messages: two letters, a
// hyphen, a name of three to nine, and -P, -S, -T or -G.
func isHeader(s string) bool {
	if len(s) < 8 || len(s) > 14 || s[2] != '-' {
		return false
	}
	name, kind, ok := strings.Cut(s[3:], "-")
	if !ok || len(kind) != 1 || !strings.Contains("PSTG", kind) || len(name) < 3 || !isLatin(s[:2]) {
		return false
	}
	for i := range len(name) {
		if b := name[i]; !(b >= 'A' && b <= 'Z' || b >= '0' && b <= '9') {
			return false
		}
	}
	return s[0] <= 'Z' && s[1] <= 'Z'
}

// forwards are the codes that send a phone's calls elsewhere; *99# and balance
// codes are not among them.
var forwards = []string{"401", "21", "61", "62", "67", "002", "004", "405", "62"}

func isDialcode(s string) bool {
	s = strings.TrimLeft(s, `.,:;'"(<“‘`)
	s, ok := strings.CutPrefix(s, "*")
	if !ok {
		return false
	}
	s = strings.TrimLeft(s, "*#")
	for _, code := range forwards {
		if rest, ok := strings.CutPrefix(s, code); ok && (strings.HasPrefix(rest, "*") || strings.HasPrefix(rest, "#")) {
			return true
		}
	}
	return false
}

// maxDialcode is how long a code to dial may be before its number.
const maxDialcode = 16

// dialcodes finds the codes of a text whose signs stand apart: "* 2 1 *".
func (m *message) dialcodes() {
	for from := 0; ; {
		i := strings.IndexByte(m.text[from:], '*')
		if i < 0 {
			return
		}
		at := from + i
		from = at + 1
		end := min(at+maxDialcode, len(m.text))
		joined := asciiDigits(strings.ReplaceAll(m.text[at:end], " ", ""))
		if joined != m.text[at:end] && isDialcode(joined) {
			m.tokens = append(m.tokens, token{marks: [2]mark{markDialcode}, start: at, end: from})
			return
		}
	}
}

// asciiDigits writes Devanagari and Bengali digits as ours.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x0966 && r <= 0x096F:
			return r - 0x0966 + '0'
		case r >= bengaliZero && r <= bengaliZero+9:
			return r - bengaliZero + '0'
		}
		return r
	}, s)
}

// mixedMark tells what a word of digits and letters is: the end of an account
// (XX1234), a mobile number whose end is hidden (90000XXXXX) or an amount (Rs500,
// 25k).
func mixedMark(s string) mark {
	low := strings.ToLower(s)
	if amount := strings.TrimRight(low, "0123456789"); moneyBefore[spoken(amount)] && amount != low {
		return markAmount
	}
	if unit := strings.TrimLeft(low, "0123456789"); unit != low && moneyAfter[fold(unit)] {
		return markAmount
	}
	digits := strings.TrimLeft(low, "x")
	if xs := len(low) - len(digits); xs >= 1 && len(digits) >= 2 && len(digits) <= 6 && isDigits(digits) {
		return markMasked
	}
	head := strings.TrimRight(low, "x") // of an account the middle is hidden
	if len(low) >= 10 && len(low) <= 13 && len(head) >= 2 && isDigits(head) && (low[0] >= '6' || strings.HasPrefix(low, "91")) {
		return markMobile
	}
	return noMark
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// officeNumbers are short numbers of offices.
var officeNumbers = wordList("1930 112 100 139 1912 1947 1800 1860 14434 155260 198 199 121 1906 1098 108 102 181 1033 1916 1963")

// maxDigits is how many digits a number of several groups may have.
const maxDigits = 15

// numbers marks the numbers of a message: phones, codes, amounts. The groups of
// a number become one token.
func (m *message) numbers() {
	out := m.tokens[:0]
	for i := 0; i < len(m.tokens); {
		t := m.tokens[i]
		if !numeric(t.word) || t.marks[0] != noMark {
			if manifold[t.word] && len(out) > 0 && out[len(out)-1].marks[0] == noMark && numerals[out[len(out)-1].word] {
				out[len(out)-1].set(markAmount) // "पंद्रह हजार"
			}
			out = append(out, t)
			i++
			continue
		}
		n, digits := m.run(i)
		kind, used := m.numberMark(i, n, digits)
		if kind == markMobile && i > 0 && idWords[m.tokens[i-1].word] {
			kind = noMark
		}
		if kind != noMark {
			t.set(kind)
			if kind == markCode && strings.HasSuffix(digits, "00") { // 1500 is rather money
				t.set(markAmount)
			}
			t.end = m.tokens[i+used-1].end
			if used > 1 {
				t.word = digits
			}
		}
		out = append(out, t)
		i += used
	}
	m.tokens = out
}

// numeric reports whether a word is digits, or digits with a hidden end.
func numeric(word string) bool {
	if word == "" || word[0] < '0' || word[0] > '9' {
		return false
	}
	for i := range len(word) {
		if word[i] != 'x' && (word[i] < '0' || word[i] > '9') {
			return false
		}
	}
	return true
}

// run returns how many tokens from i on are groups of one number, and its digits.
func (m *message) run(i int) (n int, digits string) {
	n, digits = 1, m.tokens[i].word
	for i+n < len(m.tokens) && len(digits) < maxDigits {
		next := m.tokens[i+n]
		between := m.text[m.tokens[i+n-1].end:next.start]
		if next.marks[0] != noMark || !numeric(next.word) || between != " " && between != "-" && between != ") " && between != "," && between != ".." {
			break
		}
		if len(digits)+len(next.word) > maxDigits {
			break
		}
		digits += next.word
		n++
	}
	return n, digits
}

// numberMark tells what a number of n groups is, and how many of them belong to
// it.
func (m *message) numberMark(i, n int, digits string) (mark, int) {
	plus := m.before(i, "+")
	ten := strings.TrimPrefix(digits, "0")
	if len(ten) == 12 && strings.HasPrefix(ten, "91") {
		ten = ten[2:]
	}
	first := m.tokens[i].word
	switch {
	case len(ten) == 10 && ten[0] >= '6' && ten[0] <= '9':
		return markMobile, n
	case plus && !strings.HasPrefix(digits, "91") && len(digits) >= 8, strings.HasPrefix(digits, "00") && len(digits) >= 11,
		strings.HasPrefix(digits, "92") && len(digits) == 12:
		return markAbroad, n
	case first == "1800" || first == "1860" || len(digits) >= 10 && (strings.HasPrefix(digits, "1800") || strings.HasPrefix(digits, "1860")):
		return markTollfree, n
	case n > 1 && m.grouped(i, n): // 2,100
		return markAmount, n
	case m.percent(i):
		return markPercent, 1
	case m.money(i, n):
		return markAmount, n
	case officeNumbers[first]:
		return markTollfree, 1
	case n == 1 && m.beside(i):
		return markAmount, 1
	case n > 1 && len(first) == 10 && first[0] >= '6':
		return markMobile, 1
	case len(first) >= 4 && len(first) <= 8 && isDigits(first) && !m.dateOrTime(i):
		return markCode, 1
	}
	return noMark, 1
}

// grouped reports whether commas part the n groups of a number at i.
func (m *message) grouped(i, n int) bool {
	for j := i + 1; j < i+n; j++ {
		if m.text[m.tokens[j-1].end:m.tokens[j].start] != "," || len(m.tokens[j].word) > 3 || len(m.tokens[j].word) < 2 {
			return false
		}
	}
	return true
}

// before reports whether a sign stands right before token i.
func (m *message) before(i int, sign string) bool {
	return strings.HasSuffix(strings.TrimRight(m.text[:m.tokens[i].start], "( "), sign)
}

// dateOrTime reports whether the number at i is part of a date or a time.
func (m *message) dateOrTime(i int) bool {
	t := m.tokens[i]
	if len(t.word) == 4 && (strings.HasPrefix(t.word, "20") || strings.HasPrefix(t.word, "19")) {
		return true
	}
	return false
}

// idWords stand before numbers that are not phones.
var idWords = wordSet("khata khate खाता खाते अकाउंट pnr order ref reference txn id transaction utr ac account booking policy consumer invoice receipt ticket awb tracking application registration")

var (
	moneyBefore = wordSet("rs inr rupees rupee rupaye rupay rupaiye usd रु रुपये रुपए रूपये ₹ amount rashi टाका টাকা রুপি")
	moneyAfter  = wordSet(`rs inr rupees rupee rupaye rupay rupya rupaya rupaiye rupe lakh lac lakhs lacs crore cr hazar hajar hazaar thousand k
		लाख करोड़ हजार हज़ार रुपये रुपए रूपये रुपया रु টাকা লাখ হাজার কোটি taka ka/-`)
)

// Numbers in words are amounts before these.
var (
	manifold = wordSet("hundred thousand lakh lakhs lac lacs crore crores hazar hajar hajaar lakho sau हजार हज़ार लाख करोड़ सौ হাজার লাখ")
	numerals = wordSet(`one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety
		ek do teen tin char chaar paanch panch chhah chhe saat sat aath ath nau das dus gyarah barah terah chaudah pandrah solah satrah atharah bees bis pachis pachees tees tis chalis pachas saath sattar assi nabbe dhai dedh sadhe
		एक दो तीन चार पांच पाँच छह छः सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह पन्द्रह सोलह सत्रह अठारह बीस पच्चीस तीस पैंतीस चालीस पैंतालीस पचास साठ सत्तर पचहत्तर अस्सी नब्बे ढाई डेढ़ दू तिन पाच
		এক দুই তিন চার পাঁচ দশ বিশ পঞ্চাশ`)
)

// moneyVerbs make a plain number beside them an amount: "999 bhejo", "paid 1299".
var moneyVerbs = wordSet(`send sent sends pay paid paying deposit deposited transfer transferred wants demands demanding asking asked invest invested lost took
	bhejo bheje bheja bhej bhejiye bhejna dalo dale daala dala daal jama mange manga maange maanga mang maang mangta mangti mangte liye liya lagao lagaye bharo bhare bhara chahiye
	भेजो भेजे भेजा भेज भेजें भेजिए डालो डाले डाला डाल जमा मांगे मांगा मांग मांगते मांगती लिए लगाओ भरो भरे भरा चाहिए दिए`)

// An amount that nothing but a verb tells has so many digits.
const minPlain, maxPlain = 3, 5

// beside reports whether a verb of moneyVerbs stands beside the number at i.
func (m *message) beside(i int) bool {
	word := m.tokens[i].word
	if len(word) < minPlain || len(word) > maxPlain || !isDigits(word) || word[0] == '0' {
		return false
	}
	return i > 0 && moneyVerbs[m.tokens[i-1].word] || i+1 < len(m.tokens) && moneyVerbs[m.tokens[i+1].word]
}

// wordSet makes a look-up set of words by their sound.
func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[fold(w)] = true
	}
	delete(set, "")
	return set
}

var percentWords = wordSet("percent pratishat parsent parcent prcnt प्रतिशत परसेंट फीसदी পারসেন্ট শতাংশ")

// percent reports whether the number at i is a share of a hundred.
func (m *message) percent(i int) bool {
	return strings.HasPrefix(strings.TrimLeft(m.text[m.tokens[i].end:], " "), "%") || i+1 < len(m.tokens) && percentWords[m.tokens[i+1].word]
}

// money reports whether the number at i is an amount.
func (m *message) money(i, n int) bool {
	if m.before(i, "₹") || m.before(i, "$") {
		return true
	}
	if i > 0 && moneyBefore[m.tokens[i-1].word] {
		return true
	}
	if j := i + n; j < len(m.tokens) && moneyAfter[m.tokens[j].word] {
		return true
	}
	rest := m.text[m.tokens[i+n-1].end:]
	return strings.HasPrefix(rest, "/-") || strings.HasPrefix(rest, "/=")
}
