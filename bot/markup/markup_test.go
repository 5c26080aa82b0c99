package markup

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWordsAreFormattedAsWhatsAppDoes(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                           "plain",
		"*1* हाँ  *2* नहीं":               "<strong>1</strong> हाँ  <strong>2</strong> नहीं",
		"*1930* पर":                       "<strong>1930</strong> पर",
		"_so_ and ~not so~":               "<em>so</em> and <s>not so</s>",
		"*_both_*":                        "<strong><em>both</em></strong>",
		"2*3*4 and a_b_c":                 "2*3*4 and a_b_c",
		"* not * bold":                    "* not * bold",
		"*open":                           "*open",
		"**":                              "**",
		"*over\nlines*":                   "*over\nlines*",
		"(*in brackets*)":                 "(<strong>in brackets</strong>)",
		"<script>alert(1)</script>":       "&lt;script&gt;alert(1)&lt;/script&gt;",
		"*<img src=x onerror=x>*":         "<strong>&lt;img src=x onerror=x&gt;</strong>",
		"http://kyc-update.example/a_b_c": "http://kyc-update.example/a_b_c",
		"bad \xff byte":                   "bad \xff byte",
	} {
		assert.Equal(t, want, string(HTML(in)), in)
	}
}

// tags finds what a browser would take for a tag.
var tags = regexp.MustCompile(`<[^>]*>?`)

func FuzzFormattedWordsOpenNoTag(f *testing.F) {
	for _, seed := range []string{"*a* _b_", "<b>", "*_<~>_*", "\xff*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		open := 0
		for _, r := range tags.FindAllString(string(HTML(s)), -1) {
			assert.Regexp(t, `^</?(strong|em|s)>$`, r)
			if r[1] == '/' {
				open--
			} else {
				open++
			}
		}
		assert.Zero(t, open)
	})
}
