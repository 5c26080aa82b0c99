package locales

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// secret returns what secret starts at i and where it ends, or "" and i.
func (t tokens) secret(text string, i int, hasPassword bool) (int, Secret) {
	if hasPassword && t.direct(i, passWords) {
		if end, ok := t.password(text, i); ok {
			return end, Password
		}
	}
	if t.number(i) == "" || t.maskedBefore(i) {
		return i, ""
	}
	end, digits := t.run(i)
	if cardEnd, ok := t.cardAhead(i, end); ok {
		return cardEnd, Card
	}
	if kind := t.longSecret(i, end, digits); kind != "" {
		return end, kind
	}
	if end > i+1 && len(digits) >= 4 && len(digits) <= 8 && t.shortGroups(i, end) {
		switch {
		case t.direct(i, otpWords):
			return end, OTP
		case len(digits) <= 6 && t.direct(i, pinWords) && !t.postal(i):
			return end, PIN
		}
	}
	if end > i+1 {
		if _, ok := phoneOf(digits); ok {
			return end, ""
		}
		if _, end, ok := t.date(i); ok {
			return end, ""
		}
	}
	return i + 1, t.shortSecret(i)
}

// maskedBefore reports whether the number at i is what a masked card shows.
func (t tokens) maskedBefore(i int) bool { return t.at(i - 1).is(string(bullet)) }

// cardAhead finds a card number at the start of a run that goes on with what
// is printed beside it: "4111 1111 1111 1111 08/29 123".
func (t tokens) cardAhead(i, end int) (int, bool) {
	digits := ""
	for j := i; j < end; j++ {
		if digits += t.number(j); len(digits) < cardDigits {
			continue
		}
		fits := len(digits) == cardDigits && j-i >= 3 && luhn(digits) && !t.glued(i, j+1) && t.numberLabel(i) != TypeAccount &&
			!t.around(i, j+1, utrWords, pinReach)
		return j + 1, fits
	}
	return i, false
}

// shortGroups reports whether a code is told in pieces: "123 456".
func (t tokens) shortGroups(i, end int) bool {
	for j := i; j < end; j++ {
		if t[j].kind == numberToken && len(t[j].text) > 3 {
			return false
		}
	}
	return true
}

// longSecret tells an Aadhaar or card number that the run from i to end is.
func (t tokens) longSecret(i, end int, digits string) Secret {
	if t.glued(i, end) || t.around(i, end, utrWords, pinReach) && !t.around(i, end, aadhaarWords, pinReach) {
		return ""
	}
	switch n := len(digits); {
	case n == 12 && (t.around(i, end, aadhaarWords, pinReach) && t.nearer(i, end, aadhaarWords, utrWords) || end > i+1 && t.fours(i, end)):
		return Aadhaar
	case n < 13 || n > 19 || t.numberLabel(i) == "ncrp" || t.numberLabel(i) == TypeAccount:
		return ""
	case luhn(digits), t.around(i, end, cardWords, pinReach):
		return Card
	}
	return ""
}

// shortSecret tells what secret of three to eight digits stands at i.
func (t tokens) shortSecret(i int) Secret {
	n := len(t[i].text)
	if n < 3 || n > 8 || t.glued(i, i+1) || t.counted(i) {
		return ""
	}
	switch {
	case (n == 3 || n == 4) && t.around(i, i+1, cvvWords, pinReach):
		return CVV
	case (n == 4 || n == 6) && t.pinAt(i):
		return PIN
	case n >= 4 && t.otpAt(i):
		return OTP
	}
	return ""
}

// counted reports whether the number at i is an amount, a time or a date.
func (t tokens) counted(i int) bool {
	if _, ok := t.currencyAfter(i + 1); ok || t.currencyBefore(i) || t.partOfNumber(i) {
		return true
	}
	_, _, isDate := t.date(i)
	_, _, isTime := t.clock(i)
	if scales[t.word(i+1)] > 0 || isDate || isTime || t.datePart(i) {
		return true
	}
	round := strings.HasSuffix(t[i].text, "00")
	if t.named(i) {
		return round && lossWords[t.word(i+1)]
	}
	next := t.word(i + 1)
	if amountWords[t.word(i-1)] || t.leftAccount(i) {
		return true
	}
	small := len(t[i].text) <= 4
	return helplines[t[i].text] || lossWords[next] || lossWords[t.word(i+2)] && next != "" && !bridges[next] || small && notMoney[next]
}

// leftAccount reports whether the number at i is told to have gone out of an
// account: "48750 mere khate se gaye".
func (t tokens) leftAccount(i int) bool {
	account := false
	for j := i + 1; j <= i+pinReach; j++ {
		w := t.word(j)
		switch {
		case account && lossWords[w]:
			return true
		case accountWords[w]:
			account = true
		case !accountBridges[w]:
			return false
		}
	}
	return false
}

// named reports whether the number at i is called a secret outright.
func (t tokens) named(i int) bool {
	for _, set := range []map[string]bool{otpWords, pinWords, cvvWords, codeWords} {
		if t.direct(i, set) {
			return true
		}
	}
	return false
}

// partOfNumber reports whether a comma or point joins the number at i with
// another: 25,000 or 500.50.
func (t tokens) partOfNumber(i int) bool {
	for _, sign := range []string{",", "."} {
		if t.at(i+1).isGlued(sign) && t.at(i+2).glued && t.number(i+2) != "" {
			return true
		}
		if t.at(i).glued && t.at(i-1).isGlued(sign) && t.number(i-2) != "" {
			return true
		}
	}
	return false
}

// datePart reports whether the number at i is the year of a date.
func (t tokens) datePart(i int) bool {
	n := t[i].text
	if len(n) != 4 || n < "1990" || n > "2035" {
		return false
	}
	_, afterMonth := monthSay[t.word(i-1)]
	return afterMonth || yearWords[t.word(i+1)] || t.at(i).glued && (t.at(i-1).is("/") || t.at(i-1).is("-")) && t.number(i-2) != ""
}

// otpAt reports whether the number at i is an OTP: right beside the word, or in
// its reach and not round, as amounts are.
func (t tokens) otpAt(i int) bool {
	if postalWords[t.labelBefore(i)] || t.postal(i) {
		return false
	}
	if t.direct(i, otpWords) || t.direct(i, codeWords) && !t.otherCode(i) {
		return true
	}
	if strings.HasSuffix(t[i].text, "00") || t.labelled(i) {
		return false
	}
	return t.around(i, i+1, otpWords, secretReach) || t.codeAround(i)
}

// labelled reports whether the number at i is called something else.
func (t tokens) labelled(i int) bool {
	w := t.labelBefore(i)
	return utrWords[w] || accountWords[w] || w == "ward" || w == "ending" || w == "helpline" || w == "card" || cardWords[w]
}

// codeAround is around for the word "code", when it is not another kind of code.
func (t tokens) codeAround(i int) bool {
	for j := max(0, i-secretReach); j < min(len(t), i+secretReach); j++ {
		if codeWords[t.word(j)] && !otherCodes[t.word(j-1)] {
			return true
		}
	}
	return false
}

// otherCode reports whether the "code" before i is an IFSC, QR or postal one.
func (t tokens) otherCode(i int) bool {
	for j := i - 1; j >= max(0, i-4); j-- {
		if codeWords[t.word(j)] {
			return otherCodes[t.word(j-1)]
		}
	}
	return false
}

// postal reports whether "pin code" stands before i.
func (t tokens) postal(i int) bool {
	for j := i - 1; j >= max(0, i-5); j-- {
		if postalWords[t.word(j)] || codeWords[t.word(j)] && pinWords[t.word(j-1)] {
			return true
		}
	}
	return false
}

// pinAt reports whether the number at i is a PIN and not a postal code.
func (t tokens) pinAt(i int) bool {
	if t.postal(i) {
		return false
	}
	if t.direct(i, pinWords) {
		return true
	}
	for j := max(0, i-pinReach); j < min(len(t), i+pinReach+1); j++ {
		if pinWords[t.word(j)] && !codeWords[t.word(j+1)] {
			return !strings.HasSuffix(t[i].text, "00") && !t.labelled(i)
		}
	}
	return false
}

// direct reports whether a word of the set names the number at i, with only
// bridging words and signs between.
func (t tokens) direct(i int, set map[string]bool) bool {
	for j := i - 1; j >= 0 && i-j <= 5; j-- {
		w := t.word(j)
		if set[w] {
			return true
		}
		if t[j].kind == numberToken || w != "" && !bridges[w] {
			break
		}
	}
	return false
}

// around reports whether a word of the set stands within reach of the tokens
// from i to end.
func (t tokens) around(i, end int, set map[string]bool, reach int) bool {
	return t.distance(i, end, set) <= reach
}

// nearer reports whether a word of set a is nearer than one of b.
func (t tokens) nearer(i, end int, a, b map[string]bool) bool {
	return t.distance(i, end, a) <= t.distance(i, end, b)
}

func (t tokens) distance(i, end int, set map[string]bool) int {
	for d := 1; d <= secretReach; d++ {
		if set[t.word(i-d)] || set[t.word(end-1+d)] {
			return d
		}
	}
	return secretReach + 1
}

// glued reports whether the tokens from i to end are part of a longer thing: a
// reference with letters, a link, an address.
func (t tokens) glued(i, end int) bool {
	before, after := t.at(i-1), t.at(end)
	if t.at(i).glued && (before.kind == wordToken && !otpWords[before.text] && !pinWords[before.text] && !cvvWords[before.text] && !aadhaarWords[before.text] ||
		before.kind == signToken && strings.Contains("/@_&?#+", before.text)) {
		return true
	}
	return after.glued && (after.kind == wordToken && isASCII(after.text) || after.is("@") || after.is("_") || after.is("/") && t.at(end+1).glued && !t.at(end+1).is("-"))
}

// password reads the piece of text at i, up to a space, if it looks like a
// password: letters and digits or signs mixed, or anything right behind a colon.
func (t tokens) password(text string, i int) (int, bool) {
	if t.at(i).kind == signToken && strings.Contains(":=-•", t.at(i).text) || bridges[t.word(i)] {
		return i, false
	}
	end := i + 1
	for end < len(t) && t[end].glued {
		end++
	}
	for end > i+1 && (t[end-1].is(".") || t[end-1].is(",") || t[end-1].is("।")) {
		end--
	}
	piece := text[t.at(i).start:t[end-1].end]
	if utf8.RuneCountInString(piece) < passwordSize || strings.ContainsRune(piece, bullet) {
		return i, false
	}
	hasDigit := strings.ContainsFunc(piece, unicode.IsDigit)
	hasSign := strings.ContainsAny(piece, passwordSigns)
	if hasDigit && i+1 == end && t.counted(i) {
		return i, false
	}
	return end, hasDigit || hasSign || t.at(i-1).is(":") || t.at(i-1).is("=")
}

// luhn is the check of card numbers (ISO/IEC 7812-1).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
			if d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && strings.Trim(digits, "0") != ""
}
