package locales

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var storyNow = time.Date(2026, 11, 24, 10, 30, 0, 0, IST)

// say writes a story in a line, to be compared.
func (s Story) say() string {
	var parts []string
	if s.MoneyGone {
		parts = append(parts, "gone")
	}
	for _, leg := range s.Legs {
		line := fmt.Sprint("leg ", leg.Paise/100)
		if leg.Bank != "" {
			line += " " + leg.Bank
		}
		if leg.UTR != "" {
			line += " " + leg.UTR
		}
		if leg.HasClock {
			line += leg.When.Format(" 02-01T15:04")
		} else if !leg.When.IsZero() {
			line += leg.When.Format(" 02-01")
		}
		parts = append(parts, line)
	}
	for _, id := range s.Suspects {
		parts = append(parts, id.Type+" "+id.Value)
	}
	for _, own := range []string{s.OwnName, s.OwnPhone, s.Place} {
		if own != "" {
			parts = append(parts, "own "+own)
		}
	}
	return strings.Join(parts, "; ")
}

func TestStory(t *testing.T) {
	c := keywordCatalog(t)
	for _, test := range []struct{ text, want string }{
		{
			"मेरे पास 9000000096 से फ़ोन आया, बोले बिजली का बिल अपडेट नहीं है, मैंने 15000 रुपये भेज दिए",
			"gone; leg 15000; phone 9000000096",
		},
		{
			"kal shaam 7 baje mere SBI khate se 25000 kat gaye aur fir 10 minute baad 5000 aur kat gaye. phone 90000 00011 se aaya tha. mera number 9000000012 hai, mera naam Ramlal Sahu hai, Bilaspur se hu",
			"gone; leg 25000 State Bank of India 23-11T19:00; leg 5000 State Bank of India 23-11T19:00; phone 9000000011; own Ramlal Sahu; own 9000000012; own Bilaspur",
		},
		{
			"usne 5000 mange lekin maine nahi diye",
			"",
		},
		{
			"He asked me for 20000 as processing fee and I paid through PhonePe to rakesh123@okaxis yesterday",
			"gone; leg 20000 PhonePe 23-11; upi rakesh123@okaxis",
		},
		{
			"Rs 25000 debited from A/c XX1234 on 23-11-26. UPI Ref 632800000012. I did not do this",
			"gone; leg 25000 632800000012 23-11",
		},
	} {
		require.Equal(t, test.want, c.Story(test.text, storyNow).say(), test.text)
	}
}
