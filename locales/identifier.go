package locales

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The types of an [Identifier].
const (
	TypePhone   = "phone"
	TypeUPI     = "upi"
	TypeAccount = "account"
	TypeIFSC    = "ifsc"
	TypeUTR     = "utr"
	TypeLink    = "link"
	TypeEmail   = "email"
	TypeHandle  = "handle"
	TypeApp     = "app"
)

// MaxIdentifiers is how many identifiers of one text are told apart.
const MaxIdentifiers = 50

// Identifier is something in a text by which a fraudster, or a payment, can be
// found again. Value is in one form: phones as ten digits, UPI ids and e-mail
// addresses in lower case, IFSC and UTR in capitals, a link as it was written.
type Identifier struct{ Type, Value string }

var (
	utrWords     = soundSet("utr rrn ref refno reference txn transaction tran trans utrno यूटीआर रेफरेंस ट्रांजेक्शन ट्रांजैक्शन")
	accountWords = soundSet("account accounts acc acct accts ac khata khate accountno खाता खाते अकाउंट एकाउंट")
	// aNumberWords may stand between such a word and its number.
	aNumberWords = soundSet("sankhya संख्या no nos numbers number num nambar id hai is h ka ki ye tha the नंबर नम्बर नं है का आईडी था")
	railWords    = soundSet("upi imps neft rtgs ref") // before "/632800000012" in a bank's message
	ncrpWords    = soundSet("ncrp acknowledgement acknowledgment complaint shikayat ack शिकायत पावती")
)

// Identifiers returns what of the kind stands in a text, each once, in order.
func Identifiers(text string) []Identifier {
	found, _ := identify(text)
	return found
}

// identify returns the identifiers of a text and where each stands in it first.
func identify(text string) ([]Identifier, []span) {
	f := &finder{}
	rest := []byte(text)
	for _, part := range chunks(text) {
		f.here = part
		if f.chunk(text[part.start:part.end]) {
			for i := part.start; i < part.end; i++ {
				rest[i] = '|' // its digits are no number of their own
			}
		}
	}
	toks := scan(string(rest))
	f.apps(text, toks)
	for i := 0; i < len(toks) && len(f.found) < MaxIdentifiers; {
		i = f.numbers(toks, i)
	}
	return f.found, f.places
}

// Phone returns the first Indian mobile number in a text, as ten digits, also
// where it is spelt out in words or told in parts; see [PhoneNumbers].
func Phone(text string) (string, bool) {
	if phone, ok := first(text, TypePhone); ok {
		return phone, true
	}
	if told := PhoneNumbers(text); len(told) > 0 {
		return told[0].Number, true
	}
	return "", false
}

// UTR returns the first transaction number in a text: 12 digits of UPI or IMPS,
// the 16 characters of NEFT or the 22 of RTGS.
func UTR(text string) (string, bool) { return first(text, TypeUTR) }

func first(text, kind string) (string, bool) {
	all := Identifiers(text)
	i := slices.IndexFunc(all, func(id Identifier) bool { return id.Type == kind })
	if i < 0 {
		return "", false
	}
	return all[i].Value, true
}

// finder collects identifiers.
type finder struct {
	found  []Identifier
	places []span
	here   span // where what is being read stands
}

func (f *finder) add(kind, value string) {
	id := Identifier{kind, value}
	if len(f.found) < MaxIdentifiers && !slices.Contains(f.found, id) {
		f.found = append(f.found, id)
		f.places = append(f.places, f.here)
	}
}

type span struct{ start, end int }

// chunks returns the parts of a text between spaces and brackets, without the
// punctuation around them.
func chunks(text string) []span {
	var all []span
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		s := span{start, end}
		for s.end > s.start && strings.ContainsRune(".,:;!?*_~'/-=।’”", lastRune(text[s.start:s.end])) {
			s.end -= utf8.RuneLen(lastRune(text[s.start:s.end]))
		}
		for s.end > s.start && strings.IndexByte(".,:;*_~'-=", text[s.start]) >= 0 {
			s.start++
		}
		if s.end > s.start {
			all = append(all, s)
		}
		start = -1
	}
	for i, r := range text {
		if r <= ' ' || r == 0xA0 || strings.ContainsRune(`<>()[]{}"“”|,;।`, r) || invisible(r) {
			flush(i)
		} else if start < 0 {
			start = i
		}
	}
	flush(len(text))
	return all
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// chunk takes in a part of the text that is an identifier as a whole.
func (f *finder) chunk(s string) bool {
	if len(s) < 4 || len(s) > 2048 {
		return false
	}
	if isLink(s) {
		f.add(TypeLink, s)
		if phone, ok := waPhone(s); ok {
			f.add(TypePhone, phone)
		}
		return true
	}
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		return f.address(s, at)
	}
	up := strings.ToUpper(s)
	switch {
	case isIFSC(up):
		f.add(TypeIFSC, up)
	case isBankUTR(up):
		f.add(TypeUTR, up)
	default:
		return false
	}
	return true
}

// address takes in what has an @ at position at: an e-mail address has a dot
// behind it, a UPI id none, a handle nothing before it.
func (f *finder) address(s string, at int) bool {
	name, host := s[:at], s[at+1:]
	if i := strings.LastIndexAny(name, ":=/"); i >= 0 { // "UPI:name@bank"
		name = name[i+1:]
	}
	switch {
	case at == 0 && len(host) >= 3 && len(host) <= 64 && isNameOf(host, "_."):
		f.add(TypeHandle, s)
	case len(name) < 2 || len(name) > 256 || !isNameOf(name, "._-+"):
		return false
	case strings.Contains(host, ".") && isHost(host):
		f.add(TypeEmail, strings.ToLower(name+"@"+host))
	case isUPIHandle(host):
		f.add(TypeUPI, strings.ToLower(name+"@"+host))
	default:
		return false
	}
	return true
}

func isUPIHandle(s string) bool {
	return len(s) >= 2 && len(s) <= 64 && isLetter(s[0]) && isNameOf(s, "")
}

// isNameOf reports whether s has only ASCII letters, digits and the given signs.
func isNameOf(s, signs string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) && strings.IndexByte(signs, s[i]) < 0 {
			return false
		}
	}
	return s != ""
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }

// isIFSC is the rule of a bank branch's code: four letters, a zero, six more.
func isIFSC(s string) bool {
	return len(s) == 11 && isNameOf(s, "") && s[4] == '0' && lettersFirst(s, 4) && strings.ContainsAny(s[5:], "0123456789")
}

// isBankUTR is the rule of a transaction number that a bank gives: 16 characters
// in NEFT, 22 in RTGS, the bank's four letters first and digits after.
func isBankUTR(s string) bool {
	if len(s) == neftLength && s[0] == 'N' && strings.Trim(s[1:], "0123456789") == "" {
		return true
	}
	if len(s) != 16 && len(s) != 22 || !isNameOf(s, "") || !lettersFirst(s, 4) {
		return false
	}
	digits := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			digits++
		}
	}
	return digits >= 9
}

// neftLength is that of a number of NEFT, which is an N with digits.
const neftLength = 16

func lettersFirst(s string, n int) bool {
	for i := range n {
		if !isLetter(s[i]) {
			return false
		}
	}
	return true
}

// numbers takes in the number at i, or returns i+1.
func (f *finder) numbers(t tokens, i int) int {
	if t.number(i) == "" {
		return i + 1
	}
	end, digits := t.run(i)
	label := t.numberLabel(i)
	f.here = span{t[i].start, t[end-1].end}
	if ten, ok := t.phoneAt(i, digits, label); ok {
		f.add(TypePhone, ten)
		return end
	}
	if label == TypeUTR && end > i+1 && len(digits) == 12 { // "UTR 6327 4412 0091"
		f.add(TypeUTR, digits)
		return end
	}
	if end > i+1 { // not one number: a phone may begin at any group
		for from := i; from < end; from++ {
			if t.number(from) == "" {
				continue
			}
			joined := ""
			for to := from; to < end; to++ {
				joined += t.number(to)
				if ten, ok := t.phoneAt(from, joined, label); ok {
					f.here = span{t[from].start, t[to].end}
					f.add(TypePhone, ten)
					return to + 1
				}
			}
		}
	}
	f.here = span{t[i].start, t[i].end}
	f.plainNumber(t, i, label)
	return i + 1
}

// phoneAt reports whether the digits from i on are a mobile number. Twelve
// digits from 91 are, unless they are called a UTR or an account.
func (t tokens) phoneAt(i int, digits, label string) (string, bool) {
	if label == TypeUTR || label == TypeAccount || t.at(i).glued && t.at(i-1).kind == wordToken {
		return "", false
	}
	return phoneOf(digits)
}

// phoneOf is the rule of an Indian mobile number, ^(?:\+?91|0)?[6-9]\d{9}$.
func phoneOf(digits string) (string, bool) {
	switch {
	case len(digits) == 12 && digits[:2] == "91":
		digits = digits[2:]
	case len(digits) == 14 && digits[:4] == "0091":
		digits = digits[4:]
	case len(digits) == 11 && digits[0] == '0':
		digits = digits[1:]
	}
	return digits, len(digits) == 10 && digits[0] >= '6'
}

// plainNumber takes in digits that are an account or a transaction.
func (f *finder) plainNumber(t tokens, i int, label string) {
	digits := t.number(i)
	n := len(digits)
	before, after := t.at(i-1), t.at(i+1)
	switch {
	case n < 9 || n > 18:
	case n == 12 && before.is("/") && t.afterRail(i):
		f.add(TypeUTR, digits)
	case t.at(i).glued && (before.kind == wordToken && !utrWords[before.text] && !accountWords[before.text] || before.is("₹") || before.is("/")),
		after.glued && after.kind == wordToken:
	case n == 12 && label != TypeAccount:
		f.add(TypeUTR, digits)
	case label == TypeUTR, label == "ncrp" && n == 14, n == 16 && label == "" && luhn(digits):
	default:
		f.add(TypeAccount, digits)
	}
}

// afterRail reports whether the number at i goes on with "UPI/P2A/".
func (t tokens) afterRail(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 6; j-- {
		if railWords[t.word(j)] {
			return true
		}
		if !t[j].glued {
			return false
		}
	}
	return false
}

// numberLabel returns what the words before the number at i call it.
func (t tokens) numberLabel(i int) string {
	for j := i - 1; j >= 0 && i-j <= 5; j-- {
		w := t.word(j)
		switch {
		case utrWords[w]:
			return TypeUTR
		case accountWords[w]:
			return TypeAccount
		case ncrpWords[w]:
			return "ncrp"
		case w == "" && t[j].kind == signToken, aNumberWords[w], w == "a" || w == "c":
			if w == "c" && t.at(j-1).is("/") {
				return TypeAccount
			}
		default:
			return ""
		}
	}
	return ""
}
