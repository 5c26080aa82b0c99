package fraud

import (
	"fmt"
	"strings"
	"testing"

	"mitan/locales"
)

// ordinary is a message of about 300 characters.
const ordinary = "Dear customer, your SBI YONO account will be blocked today because your PAN card is not updated in our records. " +
	"Kindly click the link below and complete your KYC immediately to avoid suspension sbi-kyc.example/pan " +
	"or call our officer Rakesh Sharma at 90000 00011 before 6 pm. Do not visit the branch. Thank you, Team SBI."

const ordinaryHindi = "प्रिय ग्राहक, पिछले महीने का बिल जमा न होने के कारण आज रात साढ़े नौ बजे आपकी बिजली काट दी जाएगी। तुरंत हमारे अधिकारी से " +
	"इस नंबर पर बात करें 90000 00012 और यह ऐप डाउनलोड कर के दस रुपये का भुगतान करें, नहीं तो मीटर उखाड़ लिया जाएगा। धन्यवाद, बिजली विभाग, बिलासपुर।"

func BenchmarkCheck(b *testing.B) {
	for name, text := range map[string]string{"latn": ordinary, "deva": ordinaryHindi} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Check(text, nil)
			}
		})
	}
}

// BenchmarkCheckGrows: what a check costs grows as the text does.
func BenchmarkCheckGrows(b *testing.B) {
	for _, times := range []int{1, 2, 4, 8, 16, 32} {
		text := strings.Repeat(ordinary+"\n", times)
		b.Run(fmt.Sprintf("%05d", len(text)), func(b *testing.B) {
			b.SetBytes(int64(min(len(text), maxText)))
			for b.Loop() {
				Check(text, nil)
			}
		})
	}
}

// BenchmarkContains is what to compare with: strings.Contains over all phrases
// that the checker knows, with no folding, order, gaps or rules.
func BenchmarkContains(b *testing.B) {
	var list []string
	for _, table := range []map[string][]entry{lore.first, lore.prefix} {
		for _, entries := range table {
			for _, e := range entries {
				var words []string
				for _, t := range e.phrase {
					words = append(words, t.word)
				}
				list = append(list, strings.Join(words, " "))
			}
		}
	}
	text := strings.ToLower(ordinary)
	b.Run(fmt.Sprintf("%d phrases", len(list)), func(b *testing.B) {
		for b.Loop() {
			for _, phrase := range list {
				_ = strings.Contains(text, phrase)
			}
		}
	})
}

func BenchmarkFoldAlone(b *testing.B) {
	for b.Loop() {
		locales.Fold(ordinary)
	}
}

func BenchmarkMatch(b *testing.B) {
	text := "आज सुबह फ़ोन आया कि बिजली का बिल जमा नहीं है, रात को लाइन काट देंगे। उसने एक ऐप डलवाया और OTP पूछा, फिर खाते से पच्चीस हज़ार कट गए"
	for b.Loop() {
		Match(text)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := newBook(files, kinds); err != nil {
			b.Fatal(err)
		}
	}
}
