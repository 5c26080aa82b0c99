package locales

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestMask(t *testing.T) {
	for _, tt := range []struct {
		text, want string
		found      []Secret
	}{
		{"OTP 482913", "OTP ••••••", []Secret{OTP}},
		{"otp: 4829", "otp: ••••", []Secret{OTP}},
		{"ओटीपी ४८२९१३ है", "ओटीपी •••••• है", []Secret{OTP}},
		{"maine otp bata diya 482913", "maine otp bata diya ••••••", []Secret{OTP}},
		{"482913 OTP aaya tha", "•••••• OTP aaya tha", []Secret{OTP}},
		{"OTP=482913", "OTP=••••••", []Secret{OTP}},
		{"OTP482913", "OTP••••••", []Secret{OTP}},
		{"otp 5000 hai", "otp •••• hai", []Secret{OTP}},
		{"otp 123 456", "otp ••• •••", []Secret{OTP}},
		{"123456 is your OTP for txn of Rs 500", "•••••• is your OTP for txn of Rs 500", []Secret{OTP}},
		{"Your OTP for transaction of Rs.25,000.00 at SHOP is 654321. Do not share.", "Your OTP for transaction of Rs.25,000.00 at SHOP is ••••••. Do not share.", []Secret{OTP}},
		{"code 9931 bhejo", "code •••• bhejo", []Secret{OTP}},
		{"कोड 993112 बताया", "कोड •••••• बताया", []Secret{OTP}},
		{"482913 otp, haan 482913", "•••••• otp, haan ••••••", []Secret{OTP}},
		{"O T P 482913", "O T P ••••••", []Secret{OTP}},
		{"o.t.p. 482913", "o.t.p. ••••••", []Secret{OTP}},
		{"ओ टी पी 482913 दे दिया", "ओ टी पी •••••• दे दिया", []Secret{OTP}},
		{"ओ.टी.पी. ४८२९१३", "ओ.टी.पी. ••••••", []Secret{OTP}},
		{"सी वी वी 987", "सी वी वी •••", []Secret{CVV}},
		{"C V V 987", "C V V •••", []Secret{CVV}},
		{"pin 4 8 2 1", "pin • • • •", []Secret{PIN}},
		{"card 4111 1111 1111 1111 08/29 cvv 987", "card •••• 1111 08/29 cvv •••", []Secret{Card, CVV}},
		{"4111-1111-1111-1111 987", "•••• 1111 987", []Secret{Card}},
		{"pin 1234", "pin ••••", []Secret{PIN}},
		{"मेरा पिन १२३४ है", "मेरा पिन •••• है", []Secret{PIN}},
		{"UPI pin bata diya 482913", "UPI pin bata diya ••••••", []Secret{PIN}},
		{"cvv 123", "cvv •••", []Secret{CVV}},
		{"सीवीवी नंबर 987", "सीवीवी नंबर •••", []Secret{CVV}},
		{"password Ram@123 hai", "password •••••••  hai", []Secret{Password}},
		{"पासवर्ड: rahul", "पासवर्ड: •••••", []Secret{Password}},
		{"password is ram1947", "password is •••••••", []Secret{Password}},
		{"aadhaar 234567890123", "aadhaar ••••••••••••", []Secret{Aadhaar}},
		{"मेरा आधार नंबर 2345 6789 0123", "मेरा आधार नंबर •••• •••• ••••", []Secret{Aadhaar}},
		{"2345 6789 0123", "•••• •••• ••••", []Secret{Aadhaar}},
		{"२३४५ ६७८९ ०१२३", "•••• •••• ••••", []Secret{Aadhaar}},
		{"234567890123 mera aadhar hai", "•••••••••••• mera aadhar hai", []Secret{Aadhaar}},
		{"4111111111111111", "•••• 1111", []Secret{Card}},
		{"card 4111 1111 1111 1111 cvv 123 otp 482913", "card •••• 1111 cvv ••• otp ••••••", []Secret{Card, CVV, OTP}},
		{"atm card number 4111-1111-1111-1112", "atm card number •••• 1112", []Secret{Card}},
	} {
		masked, found := Mask(tt.text)
		assert.Equal(t, strings.ReplaceAll(tt.want, "  hai", " hai"), masked, "%q", tt.text)
		assert.Equal(t, tt.found, found, "%q", tt.text)
	}
	for _, text := range []string{
		"", "123456789012", "234567890123", "UTR 123456789012", "UTR no. 612345678901", "mera UTR 234567890123 hai", "9000000001", "+91 90000 00001",
		"OTP bataya to 25000 kat gaye", "OTP bataya to 24999 kat gaye", "OTP maanga phir 1,00,000 chale gaye", "otp nahi bataya", "otp nahi bataya, 9000000001 se call aaya",
		"OTP batate hi 48750 mere khate se gaye", "ओटीपी बताते ही 8750 खाते से निकल गए", "I told the OTP and lost 48750", "I gave the OTP. Amount 48750",
		"O T P nahi bataya, 9000000001 se call aaya", "pin code 49 50 01", "PIN code 495001", "पिनकोड 495001", "पिन कोड 495001", "pincode: 495001", "25000", "Rs 5000 gaye otp se", "₹4999 OTP dene ke baad",
		"OTP diya 21/11/2026 ko", "otp 5:30 par aaya", "1930 par call kiya, otp nahi diya", "IFSC code SBIN0001234", "QR code scan kiya 2499 gaye",
		"password bhool gaya", "password kya hai", "account 12345678901", "raj4829@ybl otp", "https://x.example/482913 otp", "नंबर 9000000001 से OTP माँगा",
		"OTP maanga aur 5000 maange", "aadhaar nahi diya, UTR 612345678901", "SBIN326123456789", "2026 me otp maanga", "NCRP complaint 31211120012345",
		"•••• 1234 card otp", "code nahi bataya 25 hazar gaye", "OTP 2 baar maanga",
	} {
		masked, found := Mask(text)
		assert.Equal(t, text, masked)
		assert.Empty(t, found, "%q", text)
	}
}

func secretText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{
			"otp", "OTP", "ओटीपी", "pin", "पिन", "code", "cvv", "password", "aadhaar", "आधार", "card", "utr", "is", "hai", ":", "=", "-", ".", ",", "kat", "gaye", "rs", "₹", "ki", "\n", "account", "ncrp", "/", "@", "•", "9000000001", "4111111111111111", "Ram@123", "\xff", "\u200d", "हज़ार",
		}),
		rapid.StringMatching(`[0-9०-९]{1,6}`), rapid.StringMatching(`[0-9]{4} [0-9]{4} [0-9]{4}( [0-9]{4})?`), rapid.StringMatching(`[0-9]{10,19}`),
	)
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for _, p := range rapid.SliceOfN(piece, 0, 10).Draw(t, "pieces") {
			b.WriteString(p)
			b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", ""}).Draw(t, "space"))
		}
		return b.String()
	})
}

func TestMaskProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(secretText(), trickyText()).Draw(t, "text")
		masked, found := Mask(text)
		again, more := Mask(masked)
		if again != masked || len(more) > 0 {
			t.Fatalf("%q is masked as %q, then as %q", text, masked, again)
		}
		if (len(found) > 0) != (masked != text) {
			t.Fatalf("%q: %q, found %v", text, masked, found)
		}
	})
}

func TestMaskedTextHasNoSecret(t *testing.T) {
	words := []string{"maine", "usko", "bata", "diya", "phir", "call", "aaya", "sahab", "बैंक", "से", "bole", "ki", "app"}
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[1-9][0-9]{4}[1-9]`).Draw(t, "code")
		name := rapid.SampledFrom([]string{"otp", "OTP", "ओटीपी", "pin", "पिन", "code", "कोड"}).Draw(t, "name")
		between := rapid.SliceOfN(rapid.SampledFrom(words), 0, 3).Draw(t, "between")
		after := rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(t, "after")
		text := fmt.Sprintf("%s %s %s %s", name, strings.Join(between, " "), code, strings.Join(after, " "))
		if masked, _ := Mask(text); strings.Contains(masked, code) {
			t.Fatalf("%q is masked as %q", text, masked)
		}
		aadhaar := rapid.StringMatching(`[2-9][0-9]{3} [0-9]{4} [0-9]{4}`).Draw(t, "aadhaar")
		if masked, _ := Mask("mera " + aadhaar + " hai"); strings.Contains(masked, aadhaar[:4]+" "+aadhaar[5:9]) {
			t.Fatalf("%q", masked)
		}
	})
}

func TestBareCode(t *testing.T) {
	for _, text := range []string{"482913", "४८२९१३", " 4829. ", "482 913", "*4829*", "12345678"} {
		assert.True(t, BareCode(text), text)
	}
	for _, text := range []string{"", "123", "123456789", "25,000", "₹5000", "otp 4829", "abc", "5:30 00", strings.Repeat("1", 500)} {
		assert.False(t, BareCode(text), text)
	}
}
