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
			"मेरे साथ ठगी नहीं हुई लेकिन कोशिश हुई। मैंने 1930 का नाम लिया तो काट दिया",
			"",
		},
		{
			"खाता से 22,222 रु. गया, 16 नवंबर दोपहर 12:40 को",
			"gone; leg 22222 16-11T12:40",
		},
		{
			"date 20.11.2026 time 3:20pm 13500 rupay bank Bank of Baroda utr 632455110099",
			"gone; leg 13500 Bank of Baroda 632455110099 20-11T15:20",
		},
		{
			"98,000 maanga. mere paas utna tha nahi to phone kat diya",
			"",
		},
		{
			"27500 bharo bola. humne bhar diya g pay se, phir bola 55 hazar aur, tab samjhe",
			"gone; leg 27500 Google Pay",
		},
		{
			"phone rakh diya. paisa ek bhi nahi gaya",
			"",
		},
		{
			"UTR 6327 4412 0091 amount 7500 kal gaya",
			"gone; leg 7500 632744120091 23-11",
		},
		{
			"kal raat das bajkar bees minute par bank of india se 2 lakh gaya",
			"gone; leg 200000 Bank of India 23-11T22:20",
		},
		{
			"बोला पंद्रह हजार डाल दो कल लौटा दूंगा। मैंने रविवार शाम 5 बजे फोनपे से डाल दिए",
			"gone; leg 15000 PhonePe 22-11T17:00",
		},
		{
			"qr scan kiya to 5000 kata. sunita sharma kidwai nagar kanpur",
			"gone; leg 5000; own sunita sharma; own kidwai nagar kanpur",
		},
		{
			"reward points scam, no money lost. Regards A K Mukherjee, Salt Lake",
			"own A K Mukherjee; own Salt Lake",
		},
		{
			"हमार नाम लालमुनी देवी ह, खाता से 9999 कट गइल",
			"gone; leg 9999; own लालमुनी देवी",
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
		{
			"Total loss is Rs 1,20,000. First 50,000 on 10 November, then 40,000 on 12 November and last 30,000 on 15 November from my Canara Bank account.",
			"gone; leg 50000 Canara Bank 10-11; leg 40000 Canara Bank 12-11; leg 30000 Canara Bank 15-11",
		},
		{
			"I was made to transfer Rs 6,50,000 from my FD in SBI on 14th November by RTGS. Caller 9000000061 said he is CBI. I am Prof. Asit Baran Majumdar, staying at Jadavpur.",
			"gone; leg 650000 State Bank of India 14-11; phone 9000000061; own Asit Baran Majumdar; own Jadavpur",
		},
		{
			"loan app se 4000 liya tha. wapas 7000 maang rahe the, dar ke 7000 bhar diya. ab aur 12000 maang rahe hai. Paytm se bhara 17 nov",
			"gone; leg 7000 Paytm 17-11",
		},
		{
			"लॉटरी में 25 लाख निकला है बोला। टैक्स के 12,500 जमा करवाए, फिर 35,000 जीएसटी के नाम पर। सब सेंट्रल बैंक से। 13 और 14 नवंबर को।",
			"gone; leg 12500 Central Bank of India 13-11; leg 35000 Central Bank of India 14-11",
		},
		{
			"Caller told he sent Rs 15000 wrongly to my account and asked to return 13500. I returned 13,500 by Paytm on 22nd at 6 pm.",
			"gone; leg 13500 Paytm 22-11T18:00",
		},
		{
			"Your a/c no. XXXXXXXX3321 is debited for Rs.7,999.00 on 20-11-2026 02:22:10 (UPI Ref no 632488112233) - Canara Bank",
			"gone; leg 7999 Canara Bank 632488112233 20-11T02:22",
		},
		{
			"Rs.15000.00 Dr. from A/C XX0071. Ref:632801120087. AvlBal:Rs642.15(2026:11:24 09:02:33) -BOB",
			"gone; leg 15000 Bank of Baroda 632801120087 24-11T09:02",
		},
		{
			"kal 2 se 3 baje ke beech 50,000 bank of baroda se aur 20,000 phonepe se bheja",
			"gone; leg 50000 Bank of Baroda 23-11; leg 20000 PhonePe 23-11",
		},
		{
			"पता: वार्ड 12, तखतपुर। नाम: सुरेश कौशिक। मोबाइल: 9000000031। रकम: 18,000। बैंक: पीएनबी। दिनांक: 20/11/2026",
			"gone; leg 18000 Punjab National Bank 20-11; own सुरेश कौशिक; own 9000000031; own वार्ड 12, तखतपुर",
		},
		{
			"I paid 2 lakhs at 5 pm yesterday from SBI. Call me on 9000000020. Thief's number was 9000000021",
			"gone; leg 200000 State Bank of India 23-11T17:00; phone 9000000021; own 9000000020",
		},
		{
			"papa mera naya number save kar lo 9000000030 aisa message aaya. phir 20000 mange. maine bheja nahi",
			"phone 9000000030",
		},
		{
			"मेरी बहन के खाते से 27000 कटे हैं। वो कोरबा में रहती है। मैं रायगढ़ से लिख रहा हूं, नाम महेश पटेल",
			"gone; leg 27000; own महेश पटेल; own रायगढ़",
		},
		{
			"mere account me galti se kisi ka 5000 aa gaya hai kya karu",
			"",
		},
	} {
		require.Equal(t, test.want, c.Story(test.text, storyNow).say(), test.text)
	}
}
