package locales

import (
	"slices"
	"strings"
)

// Secret is a kind of thing that nobody may be told, the police included.
type Secret string

// The secrets.
const (
	OTP      Secret = "otp"
	PIN      Secret = "pin"
	CVV      Secret = "cvv"
	Password Secret = "password"
	Aadhaar  Secret = "aadhaar"
	Card     Secret = "card"
)

// bullet replaces each digit of a secret.
const bullet = '•'

// Distances, in tokens.
const (
	secretReach  = 16 // from "OTP" to its number, and back
	pinReach     = 5  // the same for PIN, CVV and Aadhaar
	maxMaskPass  = 8  // passes of Mask; each takes digits away, so it ends
	passwordSize = 4  // the shortest password worth masking
	cardDigits   = 16 // of the common cards

	passwordSigns = "@#$!%&*_" // what passwords have and words have not
)

var (
	otpWords     = soundSet("otp opt otpi otps ओटीपी ओटिपी ओपीटी verification")
	codeWords    = soundSet("code kod koad कोड")
	otherCodes   = soundSet("pin ifsc qr area std branch bar micr swift postal zip referral refer dial country coupon promo sort पिन आईएफएससी क्यूआर ब्रांच एरिया")
	pinWords     = soundSet("pin mpin upipin tpin पिन एमपिन")
	postalWords  = soundSet("pincode पिनकोड zipcode")
	cvvWords     = soundSet("cvv cvc cw cvv2 सीवीवी सीवीसी")
	passWords    = soundSet("password passwd pasword paswrd pwd passcode पासवर्ड पासवड")
	aadhaarWords = soundSet("aadhaar adhaar aadhar adhar aadhr adhr uid uidai आधार अधार")
	cardWords    = soundSet("card debit credit atm rupay visa mastercard कार्ड एटीएम")
	// bridges may stand between the name of a secret and the secret itself.
	bridges = soundSet(`is hai h tha the no number num nambar code ka ki ye yeh yah aaya aya mera meri your my kya likha
		है था नंबर का की ये यह मेरा मेरी आया कोड`)
	// lossWords after a number make it an amount.
	lossWords = soundSet(`kat kata kate katgaye katgaya gaya gaye gye gya chala chale nikal nikle nikaal kaat ud lut le liye debited deducted debit gone lost
		maang mange manga maange cut stolen withdrawn
		कट कटा कटे गया गए गये चला चले निकल निकले उड़ लुट मांगे मांगा मांग ले लिए लिये निकाल काट`)
	// accountBridges may stand between an amount and the word of its loss.
	accountBridges = soundSet("mere mera meri my the se from was were has have been rupaye rupees मेरे मेरा से रुपये रुपए")
	// amountWords before a number make it an amount.
	amountWords = soundSet("lost amount rakam rashi रकम राशि")
	yearWords   = soundSet("me mein se ke में से के")
)

// Mask replaces the secrets in a text: each digit of an OTP, a PIN, a CVV, a
// password or an Aadhaar number by "•", and a card number by "•••• " and its
// last four digits. It returns what kinds it found. It goes by the words around
// a number, since an Aadhaar number and a UTR look alike; phones, amounts,
// UTRs, accounts and postal codes stay. Masking a masked text changes nothing.
func Mask(text string) (masked string, found []Secret) {
	if !strings.ContainsFunc(text, mayBeSecret) {
		return text, nil
	}
	for range maxMaskPass {
		next, kinds := maskOnce(text)
		for _, k := range kinds {
			if !slices.Contains(found, k) {
				found = append(found, k)
			}
		}
		if next == text {
			break
		}
		text = next
	}
	return text, found
}

// mayBeSecret reports whether r is a digit, or a sign that marks a password.
func mayBeSecret(r rune) bool {
	return digitValue(r) >= 0 || strings.ContainsRune(passwordSigns+":=", r)
}

// BareCode reports whether the whole text is one number of four to eight
// digits, as an OTP is; only the question asked tells whether it is one.
func BareCode(text string) bool {
	if len(text) > 100 {
		return false
	}
	w := strings.Fields(Fold(text))
	digits := strings.Join(w, "")
	if !isDigits(digits) || len(digits) < 4 || len(digits) > 8 {
		return false
	}
	return !strings.ContainsAny(text, ",₹/:")
}

// secretSpan is a part of the text to mask.
type secretSpan struct {
	span
	kind Secret
}

func maskOnce(text string) (string, []Secret) {
	toks := scan(text)
	toks.spelled()
	hasPassword := slices.ContainsFunc(toks, func(t token) bool { return t.kind == wordToken && passWords[t.text] })
	var spans []secretSpan
	for i := 0; i < len(toks); {
		end, kind := toks.secret(text, i, hasPassword)
		if kind != "" {
			spans = append(spans, secretSpan{span{toks[i].start, toks[end-1].end}, kind})
		}
		i = max(end, i+1)
	}
	if len(spans) == 0 {
		return text, nil
	}
	spans = append(spans, toks.sameAgain(text, spans)...)
	slices.SortStableFunc(spans, func(a, b secretSpan) int { return a.start - b.start })
	return cover(text, spans)
}

// spelt are names of secrets that are told letter by letter.
var spelt = func() map[string]string {
	names := map[string]string{}
	for letters, name := range map[string]string{
		"o t p": "otp", "ओ टी पी": "otp", "ओ टि पि": "otp", "c v v": "cvv", "सी वी वी": "cvv", "सी वि वि": "cvv", "p i n": "pin",
	} {
		var sounds []string
		for _, letter := range strings.Fields(letters) {
			sounds = append(sounds, sound(Fold(letter)))
		}
		names[strings.Join(sounds, " ")] = sound(Fold(name))
	}
	return names
}()

// spelled gives the last letter of "O T P", "o.t.p" or "ओ टी पी" the whole
// name, so that it counts as the word.
func (t tokens) spelled() {
	var letters []int
	for i := range t {
		switch {
		case t[i].kind == wordToken:
			letters = append(letters, i)
		case t[i].is(".") || t[i].is("-"):
			continue
		default:
			letters = nil
		}
		if n := len(letters); n >= 3 {
			a, b, c := letters[n-3], letters[n-2], letters[n-1]
			if name, ok := spelt[t[a].text+" "+t[b].text+" "+t[c].text]; ok && c == i {
				t[c].text = name
			}
		}
	}
}

// sameAgain finds the numbers that equal a secret found elsewhere in the text.
func (t tokens) sameAgain(text string, spans []secretSpan) []secretSpan {
	secrets := map[string]Secret{}
	taken := map[int]bool{}
	for _, s := range spans {
		if digits := asciiDigits(text[s.start:s.end]); len(digits) >= 3 {
			secrets[digits] = s.kind
		}
		taken[s.start] = true
	}
	var more []secretSpan
	for _, tok := range t {
		if kind, ok := secrets[tok.text]; ok && tok.kind == numberToken && !taken[tok.start] {
			more = append(more, secretSpan{span{tok.start, tok.end}, kind})
		}
	}
	return more
}

// cover writes bullets over the spans, which are in order.
func cover(text string, spans []secretSpan) (string, []Secret) {
	var b strings.Builder
	var kinds []Secret
	at := 0
	for _, s := range spans {
		if s.start < at {
			continue
		}
		b.WriteString(text[at:s.start])
		b.WriteString(covered(text[s.start:s.end], s.kind))
		kinds = append(kinds, s.kind)
		at = s.end
	}
	b.WriteString(text[at:])
	return b.String(), kinds
}

func covered(secret string, kind Secret) string {
	if kind == Card {
		digits := asciiDigits(secret)
		return strings.Repeat(string(bullet), 4) + " " + digits[len(digits)-4:]
	}
	var b strings.Builder
	for _, r := range secret {
		if digitValue(r) >= 0 || kind == Password {
			r = bullet
		}
		b.WriteRune(r)
	}
	return b.String()
}
