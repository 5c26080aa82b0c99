package locales

import (
	"strconv"
	"strings"
)

// MaxAmount is the largest amount understood, in paise: ₹100 crore.
const MaxAmount int64 = 100 * 10_000_000 * 100

// Limits of what a bare number, with no word of money beside it, may be.
const (
	maxBareDigits  = 8   // longer ones are accounts, phones, UTRs
	minBareRupees  = 100 // smaller ones count things, unless they are the whole text
	firstYear      = 2010
	lastYear       = 2035
	maxScaleDigits = 10
)

var (
	currency = soundSet(`rs rupee rupees inr rupaye rupye rupay rupaya rupya rupiya rupiye rupey rupe rupai paise paisa pesa
		taka takar tk rupiah rupeya rupayya ruppees टका रुपैया रुपयवा रुपइया रुपियां रुपीस रुपयो
		रुपये रुपए रुपया रुपयों रूपये रूपए रूपया रुपिया रु रू पैसे पैसा पइसा`)
	// notMoney are what numbers count other than money.
	notMoney = soundSet(`baje bje am pm oclock minute minutes minat min mins ghanta ghante ghanton hour hours hr hrs din day days
		hafte hafta week weeks mahine mahina month months saal sal year years baar bar times log logo logon aadmi tarikh
		second seconds sec km meter percent ank ankon digit digits number no nambar phone message messages msg call calls
		bache bachche bachcha bete beti foto photo link th st nd rd g gb mb umar varsh
		बजे बजकर मिनट मिनिट घंटा घंटे घण्टे दिन हफ्ते हफ्ता महीने महीना साल वर्ष बार लोग लोगों आदमी तारीख सेकंड अंक अंकों नंबर
		फोन मैसेज कॉल बच्चे बच्चा फोटो लिंक प्रतिशत`)
	// notMoneyBefore name the number that follows them as something else.
	notMoneyBefore = soundSet(`pin pincode otp code utr rrn ref reference txn transaction id account acount khata card ending no number
		nambar num ward room section dhara sector plot flat house makan helpline age umar press dial sim aadhaar aadhar adhar cvv
		पिन पिनकोड ओटीपी कोड यूटीआर खाता कार्ड नंबर नम्बर वार्ड धारा सेक्टर मकान हेल्पलाइन उम्र आधार`)
	// amountFiller may stand around a number that is the whole answer.
	amountFiller = soundSet(`ji hai h sirf bas keval kewal only total about around approx lagbhag karib kareeb kul sab milakar andaz andaj
		gaya gaye gya kat sir the tha mera mere se account khate lost maine i rs
		जी है सिर्फ बस केवल कुल लगभग करीब अंदाज गया गए कट था थे मेरा मेरे`)
	// coins are the hundredths of a rupee, though the word is also for money.
	coins      = soundSet(`paise paisa pesa पैसे पैसा`)
	totalWords = soundSet(`total kul mila milake milakar milaakar jama sab altogether कुल टोटल मिला मिलाकर सब mot`)
	takesBack  = soundSet(`nahi nahin nhi not no sorry galat नहीं नही गलत`)
	// helplines are numbers that people name without meaning money.
	helplines = map[string]bool{"1930": true, "112": true, "100": false, "181": true, "1098": true, "14416": true, "155260": true}
)

// Amounts returns the amounts of money in a text in paise, in their order:
// "25,000", "₹500.50", "२५०००", "25 hazar", "डेढ़ लाख", "do lakh bees hazar".
// Phones, UTRs, times, dates and years are none, nor is zero or what is above
// [MaxAmount]. A small bare number is an amount only when it is all there is.
func Amounts(text string) []int64 {
	var found []int64
	scan(text).eachAmount(func(q quantity, paise int64) { found = append(found, paise) })
	return found
}

// eachAmount calls f for each amount of money, in order.
func (t tokens) eachAmount(f func(q quantity, paise int64)) {
	for i := 0; i < len(t); {
		if next := t.skipOther(i); next > i {
			i = next
			continue
		}
		q, ok := t.quantity(i)
		if !ok {
			i++
			continue
		}
		if paise, ok := t.amount(q); ok {
			paise, q.end = t.withPaise(q.end, paise)
			f(q, paise)
		}
		i = q.end
	}
}

// withPaise adds the "60 पैसे" that may follow rupees at i.
func (t tokens) withPaise(i int, paise int64) (int64, int) {
	if !currency[t.word(i)] || coins[t.word(i)] {
		return paise, i
	}
	v, ok := t.value(i + 1)
	if !ok || v.milli >= 100*whole || v.end == i+1 || !coins[t.word(v.end)] {
		return paise, i
	}
	return paise + v.milli/whole, v.end + 1
}

// Amount returns the amount that an answer tells: the first of [Amounts], unless
// a later one is called the total or takes the first one back: "5000 नहीं, 50000".
func Amount(text string) (int64, bool) {
	t := scan(text)
	answer, last, end := int64(0), false, 0
	t.eachAmount(func(q quantity, paise int64) {
		switch {
		case answer == 0:
			answer = paise
		case last:
		case t.anyWord(totalWords, max(end, q.start-totalReach), q.start):
			answer, last = paise, true
		case t.anyWord(takesBack, end, min(end+2, q.start)):
			answer = paise
		}
		end = q.end
	})
	return answer, answer > 0
}

// totalReach is how many words may stand between "total" and its amount.
const totalReach = 5

func (t tokens) anyWord(set map[string]bool, from, to int) bool {
	for i := from; i < to; i++ {
		if set[t.word(i)] {
			return true
		}
	}
	return false
}

// quantity is a number phrase in a text.
type quantity struct {
	start, end int
	milli      int64 // thousandths of a rupee
	scaled     bool  // a scale stood in it: हज़ार
	plain      bool  // digits with no comma
	digits     int   // of the whole part
	decimals   int
	tooLarge   bool
}

// amount decides whether a number phrase is an amount, and of how many paise.
func (t tokens) amount(q quantity) (int64, bool) {
	paise := q.milli / 10
	if q.tooLarge || paise <= 0 || paise > MaxAmount || t.inName(q) {
		return 0, false
	}
	end, money := t.currencyAfter(q.end)
	money = money || t.currencyBefore(q.start)
	if !money && (notMoney[t.word(q.end)] || t.at(q.end).is("%")) {
		return 0, false
	}
	if money {
		return paise, q.decimals <= 2 || q.scaled
	}
	if q.scaled {
		return paise, true
	}
	if q.digits == 0 || q.decimals > 2 {
		return paise, q.digits == 0 && t.alone(q.start, end)
	}
	return paise, t.bareAmount(q, end)
}

// bareAmount decides on digits with neither scale nor currency.
func (t tokens) bareAmount(q quantity, end int) bool {
	digits := t[q.start].text
	if q.plain && (digits[0] == '0' || q.digits > maxBareDigits) {
		return false
	}
	if notMoneyBefore[t.labelBefore(q.start)] {
		return false
	}
	if t.alone(q.start, end) {
		return true
	}
	rupees := q.milli / whole
	year := q.plain && q.decimals == 0 && rupees >= firstYear && rupees <= lastYear
	return rupees >= minBareRupees && !year && !(q.plain && helplines[digits])
}

// labelBefore returns the word before i, over "hai", "is" and signs.
func (t tokens) labelBefore(i int) string {
	for j := i - 1; j >= 0 && i-j <= 3; j-- {
		if w := t.word(j); w != "" && w != "hai" && w != "is" && w != "है" {
			return w
		} else if w == "" && t[j].kind == numberToken {
			return ""
		}
	}
	return ""
}

// inName reports whether a number is glued into something else: a link, an
// address, a name such as "4g" or "BSP26", a code such as "*401*".
func (t tokens) inName(q quantity) bool {
	before, after := t.at(q.start-1), t.at(q.end)
	if t.at(q.start).glued {
		switch {
		case before.kind == wordToken:
			return !currency[before.text]
		case before.is("*"): // "*25000*" is bold, "*401*" and "*99#" are dialled
			return after.isGlued("#") || after.isGlued("*") && t.at(q.end+1).glued
		case strings.Contains("/@=_#&?+", before.text):
			return true
		}
	}
	if !after.glued {
		return false
	}
	switch after.kind {
	case wordToken:
		return !currency[after.text] && !q.scaled
	case signToken:
		return after.is("@") || after.is("_") || after.is("#") || after.is("=")
	}
	return false
}

func (t tokens) currencyBefore(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 2; j-- {
		if t[j].is("₹") || currency[t.word(j)] {
			return true
		}
		if !t[j].is(".") && !t[j].is(":") && !t[j].is("-") {
			return false
		}
	}
	return false
}

// currencyAfter reports whether "/-", ₹ or a word of money follows, and where it
// ends.
func (t tokens) currencyAfter(i int) (int, bool) {
	switch {
	case t.at(i).isGlued("/") && (t.at(i+1).isGlued("-") || t.at(i+1).isGlued("=")):
		return i + 2, true
	case t.at(i).is("₹"), currency[t.word(i)]:
		return i + 1, true
	case t.at(i).is("-") && currency[t.word(i+1)]:
		return i + 2, true
	}
	return i, false
}

// alone reports whether nothing else is told than what stands from start to end.
func (t tokens) alone(start, end int) bool {
	for i, tok := range t {
		if i >= start && i < end || tok.kind == signToken && !tok.is("%") {
			continue
		}
		if tok.kind == numberToken || !amountFiller[tok.text] && !currency[tok.text] {
			return false
		}
	}
	return true
}

// quantity reads a number phrase at i.
func (t tokens) quantity(i int) (quantity, bool) {
	q := quantity{start: i, end: i}
	last := int64(0)
	for {
		at := q.end
		if last > 0 && andWords[t.word(at)] {
			at++ // "eighty thousand and five hundred"
		}
		v, ok := t.value(at)
		if !ok || at > q.end && v.digits > 0 && t.word(v.end) == "" {
			break
		}
		scale, next := t.scale(v)
		if last > 0 && (scale >= last || scale == 1 && !t.joins(v, last)) {
			break
		}
		if v.tooLarge || v.milli > MaxAmount*10/scale {
			q.tooLarge = true
		} else {
			q.milli += v.milli * scale
		}
		if scale == 1 {
			if low, end, ok := t.lowOf(v); ok && last == 0 {
				q.milli, q.end, q.scaled = low, end, true
				break
			}
			q.end = v.end
			if last == 0 {
				q.plain, q.digits, q.decimals = v.plain, v.digits, v.decimals
			}
			break
		}
		q.end, q.scaled, last = next, true, scale
	}
	return q, q.end > i
}

// lowOf reads the lower end of "20-25 हज़ार" or "दो तीन लाख", v being the first
// number. What was lost is at least that.
func (t tokens) lowOf(v quantity) (milli int64, end int, ok bool) {
	next := v.end
	if t.at(next).is("-") || rangeWords[t.word(next)] {
		next++
	}
	if high, ok := t.value(next); ok && high.end > next && high.milli > v.milli && high.milli <= 10*v.milli && (next > v.end || v.digits == 0) {
		if scale, end := t.scale(high); scale > 1 {
			return v.milli * scale, end, true
		}
	}
	return 0, v.end, false
}

var rangeWords = soundSet("se to ya or से या")

// joins reports whether a bare value goes on with a number phrase: the 500 of
// "25 hazar 500".
func (t tokens) joins(v quantity, last int64) bool {
	if v.milli >= last*whole || notMoney[t.word(v.end)] || t.at(v.end).is(":") {
		return false
	}
	_, money := t.currencyAfter(v.end)
	return money || v.digits == 0 || v.milli >= minBareRupees*whole || last == 100 && v.milli >= 10*whole
}

// andWords may join the parts of one amount.
var andWords = soundSet("and aur ar और अउ आ")

// scale returns the scale behind a value, and where it ends.
func (t tokens) scale(v quantity) (int64, int) {
	w := t.word(v.end)
	if n, ok := scaleWord(w); ok {
		return int64(n), v.end + 1
	}
	glued := t.at(v.end).glued
	switch {
	case v.digits > 0 && (glued || t.alone(v.start, v.end+1)) && (w == "k" || w == "h"):
		return 1000, v.end + 1
	case v.digits > 0 && glued && w == "l":
		return 100_000, v.end + 1
	case v.milli < 10*whole && w == "so" && v.digits <= 1, v.milli < 100*whole && w == "sou":
		return 100, v.end + 1
	}
	return 1, v.end
}

// value reads one number at i, in digits or words, without its scale. A scale
// that has no number before it counts as one of it when money follows: "हज़ार रुपये".
func (t tokens) value(i int) (quantity, bool) {
	w := t.word(i)
	if w == "" {
		return t.digitValue(i)
	}
	if n, ok := fractions[w]; ok {
		return quantity{start: i, end: i + 1, milli: int64(n)}, scales[t.word(i+1)] > 0
	}
	if shift, ok := shifts[w]; ok {
		if v, ok := t.value(i + 1); ok && v.end > i+1 {
			v.start, v.milli = i, v.milli+int64(shift)
			return v, scales[t.word(v.end)] > 0
		}
		return quantity{start: i, end: i + 1, milli: whole + int64(shift)}, scales[t.word(i+1)] > 0
	}
	if n, ok := t.numberWord(i); ok {
		v := quantity{start: i, end: i + 1, milli: int64(n) * whole}
		ones := v.end
		if t.at(ones).is("-") {
			ones++
		}
		if englishTens[w] && englishOnes[t.word(ones)] {
			v.milli += int64(numberWords[t.word(ones)]) * whole
			v.end = ones + 1
		}
		return t.andHalf(v), true
	}
	if _, ok := scales[w]; ok {
		_, money := t.currencyAfter(i + 1)
		return quantity{start: i, end: i, milli: whole}, money
	}
	return quantity{}, false
}

// andHalf adds the half of "two and a half".
func (t tokens) andHalf(v quantity) quantity {
	if t.word(v.end) == "and" && t.word(v.end+1) == "a" && t.word(v.end+2) == "half" && scales[t.word(v.end+3)] > 0 {
		v.milli += whole / 2
		v.end += 3
	}
	return v
}

// digitValue reads "25,000.50" at i.
func (t tokens) digitValue(i int) (quantity, bool) {
	digits := t.number(i)
	if digits == "" {
		return quantity{}, false
	}
	v := quantity{start: i, end: i + 1, plain: true}
	if end := t.spaced(i); end > i+1 {
		digits, v.end = "", end
		for j := i; j < end; j++ {
			digits += t[j].text
		}
	} else if len(digits) <= 3 {
		groups, end := digits, i+1
		for len(groups) <= maxScaleDigits && t.at(end).isGlued(",") && t.at(end+1).glued && isGroup(t.number(end+1)) {
			groups += t.number(end + 1)
			end += 2
		}
		if end > i+1 && len(t.number(end-1)) == 3 {
			digits, v.end, v.plain = groups, end, false
		}
	}
	v.digits = len(digits)
	if v.digits > maxScaleDigits {
		v.tooLarge = true
		return v, true
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return quantity{}, false
	}
	v.milli = n * whole
	if dec := t.number(v.end + 1); t.at(v.end).isGlued(".") && t.at(v.end+1).glued && dec != "" && len(dec) <= 3 {
		d, _ := strconv.ParseInt((dec + "00")[:3], 10, 64)
		v.milli += d
		v.decimals = len(dec)
		v.end += 2
	}
	return v, true
}

// spaced returns the end of one number that is written in parts: "1 25 000", or
// a digit at a time, "9 9 9 9". It must be all the digits that there are.
func (t tokens) spaced(i int) int {
	end := i + 1
	single, groups := len(t[i].text) == 1, len(t[i].text) <= 3
	for t.number(end) != "" && !t[end].glued {
		n := len(t[end].text)
		single = single && n == 1
		groups = groups && (n == 3 || n == 2 && t.number(end+1) != "")
		end++
	}
	switch last := t[end-1].text; {
	case t.at(i).glued && t.at(i-1).kind != wordToken, t.at(end).glued && t.at(end).kind == numberToken:
		return i + 1
	case single && end >= i+minSpaced, groups && end > i+1 && len(last) == 3 && last[1:] == "00":
		return end
	}
	return i + 1
}

// minSpaced is how many digits, a space between each two, are one number.
const minSpaced = 3

func isGroup(digits string) bool { return len(digits) == 2 || len(digits) == 3 }

// skipOther returns the end of a phone, date or time at i, or i if there is none.
func (t tokens) skipOther(i int) int {
	if t.number(i) == "" {
		return i
	}
	if end, digits := t.run(i); end > i+1 {
		if _, ok := phoneOf(digits); ok {
			return end
		}
		if t.fours(i, end) {
			return end
		}
	}
	if _, end, ok := t.date(i); ok && t.at(end).kind != wordToken {
		return end
	} else if ok {
		if _, scaled := scales[t.word(end)]; !scaled && !currency[t.word(end)] {
			return end
		}
	}
	if _, end, ok := t.clock(i); ok {
		return end
	}
	return i
}

// fours reports whether the run from i to end is three or more groups of four
// digits, as on cards.
func (t tokens) fours(i, end int) bool {
	groups := 0
	for j := i; j < end; j++ {
		if t[j].kind != numberToken {
			continue
		}
		if len(t[j].text) != 4 {
			return false
		}
		groups++
	}
	return groups >= 3
}
