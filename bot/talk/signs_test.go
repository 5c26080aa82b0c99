package talk

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestOnTheLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"अभी फ़ोन पे है":              true,
		"abhi phone pe hai":           true,
		"वो अभी लाइन पर है":           true,
		"wo abhi bhi call pe hai":     true,
		"thag phone par hai kya karu": true,
		"video call chal raha hai":    true,
		"वीडियो कॉल चल रही है, पैसे मांग रहे हैं": true,
		"CBI wale video call pe baithe hai":       true,
		"abhi baat ho rahi hai usse":              true,
		"फोन काटने नहीं दे रहा":                   true,
		"call mat kaatna bol raha hai":            true,
		"call chalu hai":                          true,
		"he is still on the phone":                true,
		"they're on the line now":                 true,
		"the video call is still going on":        true,
		"he is not letting me cut the call":       true,
		"I am talking to him right now":           true,
		"फ़ोन पे से पैसा गया":                     false,
		"phone pe se paisa kata hai":              false,
		"phonepe hai":                             false,
		"kal video call chal raha tha":            false,
		"वो अब फ़ोन पर नहीं है":                   false,
		"abhi call nahi chal raha hai":            false,
		"ek aadmi ka phone aaya tha":              false,
		"mera phone kharab hai":                   false,
		"call me":                                 false,
		"अधिकारी का फ़ोन कब आएगा":                 false,
		"someone called me and asked for the otp": false,
		"how can I call you on phone":             false,
		"बिजली कट जाएगी, इस नंबर पर कॉल करें": false,
		"": false,
	} {
		assert.Equal(t, want, onTheLine(text), text)
	}
}

func TestSwears(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"चूतिया हो क्या":     true,
		"madarchod":          true,
		"you stupid machine": true,
		"हरामी":              true,
		"kutte kamine":       true,
		"वो हरामी मुझे फोन करके OTP पूछ रहा था और मैंने बता दिया": false,
		"mera sala":           false,
		"sale me saaman liya": false,
		"ek saal pehle":       false,
		"कुत्ता काट लिया": false,
		"": false,
	} {
		assert.Equal(t, want, swears(text), text)
	}
}

func TestIsChild(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"मैं 13 साल का हूँ":    true,
		"मैं १४ साल की हूं":    true,
		"main 12 saal ka hu":   true,
		"13 sal ki hun mai":    true,
		"meri umar 15 hai":     true,
		"I am 14 years old":    true,
		"im 16 yrs":            true,
		"my age is 12":         true,
		"class 8 me padhta hu": true,
		"मैं कक्षा 7 में पढ़ती हूं": true,
		"मेरा बेटा 12 साल का है":    false,
		"मैं 70 साल का हूँ":         false,
		"I am 65 years old":  false,
		"main 18 saal ka hu": false,
		"10 साल से खाता है":  false,
		"2 saal pehle":       false,
		"12 hazar gaye":      false,
	} {
		assert.Equal(t, want, isChild(text), text)
	}
}

// Reading a long text for signs ends.
func FuzzSigns(f *testing.F) {
	f.Add("वो अभी फोन पे है")
	f.Fuzz(func(_ *testing.T, text string) {
		onTheLine(text)
		swears(text)
		isChild(text)
	})
}
