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
		{
			"khate me 5000 the, 4900 nikal liye kisi ne. Bandhan bank, 20 nov raat 9 baje",
			"gone; leg 4900 Bandhan Bank 20-11T21:00",
		},
		{
			"file charge 2500 bharo, phir GST 4800 bharo bola. dono bhar diye paytm se 19 nov ko",
			"gone; leg 2500 Paytm 19-11; leg 4800 Paytm 19-11",
		},
		{
			"Rs 9,999 debited twice from my Bandhan Bank account on 21 Nov at 5 pm. I am Joseph Minz from Raigarh.",
			"gone; leg 9999 Bandhan Bank 21-11T17:00; leg 9999 Bandhan Bank 21-11T17:00; own Joseph Minz; own Raigarh",
		},
		{
			"I invested 50,000 on 10th November through IMPS from Axis and again 70,000 next day. they show balance 4 lakh",
			"gone; leg 50000 Axis Bank 10-11; leg 70000 Axis Bank 11-11",
		},
		{
			"raat 9 baje line kaat denge bola. fir 10 rs gaye aur 38,400 gaye. kal dopahar ki baat h",
			"gone; leg 10 23-11; leg 38400 23-11",
		},
		{
			"इस खाते में 1,20,000 डाल दो, मैसेज आया। मैंने दुकान के आईसीआईसीआई खाते से कर दिया। 23 नवंबर 3:15 pm",
			"gone; leg 120000 ICICI Bank 23-11T15:15",
		},
		{
			"8.50 pm on 22nd Rs 15,000 was taken from my Paytm wallet. Then 2,000 more at 8.55pm.",
			"gone; leg 15000 Paytm 22-11T20:50; leg 2000 Paytm 22-11T20:55",
		},
		{
			"3 lakh RTGS form bhar chuka tha bank manager ne rok liya. number 9000000067",
			"phone 9000000067",
		},
		{
			"22,000 courier fee maang rahe, abhi diya nahi kyunki khate me 900 rupay hi the",
			"",
		},
		{
			"70 hazar aaya tha humne nikal ke de diya. ab account hold hai",
			"",
		},
		{
			"PAISA NAHI GAYA. MERA DAMAD OFFICE ME HI HAI",
			"",
		},
	} {
		require.Equal(t, test.want, c.Story(test.text, storyNow).say(), test.text)
	}
}
