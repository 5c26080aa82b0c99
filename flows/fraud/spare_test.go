package fraud

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Sorts of honest messages that have the words of thieves, and are no danger:
// they bring the reader to no stranger and ask for no secret. The same words
// with a stranger's link are no longer spared.
func TestSortsThatAreNoDanger(t *testing.T) {
	for _, test := range []struct{ sort, text string }{
		{"a registered sender", "AX-PNBSMS-S KYC pending, your account will be blocked in 3 days. Pay attention, do it today in the branch"},
		{"official links alone", "Your electricity supply will be disconnected today for unpaid bill of Rs 2,140. Pay at cspdcl.co.in"},
		{"a call to a counter", "खाता बंद होने से बचाने के लिए आज ही आधार और पैन लेकर शाखा में आएं"},
		{"the firm's own app", "Aapka SIM aaj band ho jayega, turant MyJio app se 239 ka recharge karein"},
		{"a bill with its date", "बिजली बिल रु 1870 बकाया है, अंतिम तिथि 28 नवंबर। विच्छेदन से बचने हेतु भुगतान करें"},
		{"a premium", "Your policy premium of Rs 5,210 is due on 2 Dec. Pay to avoid lapse of the policy"},
		{"an instalment", "EMI Rs 2,310 ki due date 5 Dec hai, bounce hone par 500 ka charge lagega"},
		{"a real job", "You are selected for the post of clerk, salary Rs 14,000. Bring originals and photo on the joining date"},
		{"what the bank booked", "Rs 30,000 credited to a/c XX4410 by NEFT. Avl bal Rs 31,112"},
		{"a code not asked for", "आपका कोड 55120 है। अगर आपने नहीं मांगा तो बैंक को तुरंत बताएं"},
		{"a code at the door", "Aapka saman aaj aayega. Khol kar dekhne ke baad hi code 4410 batayein"},
		{"a witness called to court", "Summons: appear as witness before JMFC on 9 Dec at 11 AM, Police Station Kotwali"},
		{"a closed bank", "Kal hadtal ke karan bank band rahega, ATM chalu rahega"},
		{"a grandson from his own number", "दादू मेस के 3000 आज भरने हैं, नहीं तो खाना बंद, जल्दी भेज दीजिए"},
		{"money sent already", "Beta I have sent 4000 to your account for the books, check and tell me"},
		{"what happened to a neighbour", "My neighbour told the OTP to a man who said he is from the bank and 40,000 is gone"},
		{"what the paper says", "दैनिक भास्कर: सीबीआई अफसर बनकर डिजिटल अरेस्ट किया, रिटायर्ड शिक्षक से 12 लाख ऐंठे"},
		{"a word to friends", "Dosto savdhan, mere mama ko call aaya ki SIM band ho jayega, 9 dabaiye, phir account khali"},
		{"what to do if", "KBC ka phone aaye to kya kare"},
		{"a job without a fee", "HR bol rahe hai, interview parso 11 baje dukan par hai, resume lekar aaiye, koi fees nahi lagti"},
		{"who called", "Airtel: you had 2 missed calls from 9000000271, last at 9:14"},
		{"a number half hidden", "Bijli bill for A/c 7XXXXX3310 is due today, pay at the counter"},
		{"a bank's own way to block", "Rs 450 debited from A/c XX2210. If not done by you, SMS BLOCK 2210 to 9000000272"},
		{"a question", "Is it compulsory to link Aadhaar with the bank or will my account be blocked?"},
	} {
		t.Run(test.sort, func(t *testing.T) {
			j := Check(test.text, nil)
			assert.NotEqual(t, Danger, j.Verdict, "%v", j.Reasons)
			baited := Check(test.text+" http://sbi-kyc-verify.example/pay", nil)
			assert.NotEqual(t, CannotTell, baited.Verdict, "with a stranger's link")
		})
	}
}

// A lesson may name the code that it warns of.
func TestALessonNamesTheCode(t *testing.T) {
	assert.NotEqual(t, Danger, Check("किसी के कहने पर *401# डायल न करें। दूरसंचार विभाग", nil).Verdict)
	assert.Equal(t, Danger, Check("कूरियर के लिए *401*9000000274# डायल करें", nil).Verdict)
}

// Two sorts may have a stranger's number: blood that is needed, a thing found.
func TestStrangersAskInGoodFaith(t *testing.T) {
	for _, text := range []string{
		"Blood urgently needed, O negative, at the district hospital for tomorrow's surgery. Call her son 9000000231",
		"Lost near the bus stand: purse with Aadhaar and ATM card. Finder please call 9000000318",
	} {
		assert.NotEqual(t, Danger, Check(text, nil).Verdict, text)
	}
}

// What spares a message is only its sort: who asks a secret, an app or money for
// a stranger is not spared by it.
func TestThievesAreNotSpared(t *testing.T) {
	for _, test := range []struct{ why, text string }{
		{"a registered sender with a mobile number", "VM-HDFCBK-S your account will be blocked today, call 9000000633 to update PAN"},
		{"a registered sender with an app's file", "VM-SBIINB-S KYC update ke liye SBI.apk download kare"},
		{"a registered sender with a strange link", "AX-SBICRD-S Your points Rs 7,250 expire today, redeem now sbicrd-point.example"},
		{"no branch, but the secret", "KYC is done on the phone only. Send your card number and PIN now to keep the account running"},
		{"a matured policy, for a code", "LIC: your policy has matured. Tell me the code sent on your phone at once"},
		{"an instalment, with pictures", "EMI overdue. Pay Rs 4,200 now or your edited photo goes to all your contacts"},
		{"a firm's app, to pay for getting", "PhonePe app me request aayi hogi, PIN daliye, paisa aapke khate me aa jayega"},
		{"a grandson with a new number", "Papa phone toot gaya, ye naya number hai, hostel fees 20000 abhi bhej do"},
		{"money back from a mistake", "uncle galti se aapke number pe 5000 chale gaye, papa ki dawai ke the, wapas phonepe kar do"},
	} {
		assert.Equal(t, Danger, Check(test.text, nil).Verdict, "%s: %s", test.why, test.text)
	}
}

// What is needed for a danger rises from a link to a number to nothing at all.
func TestWhatLeadsNowhereMustBeClearer(t *testing.T) {
	const text = "aapka bijli bill update nahi hai, jama kijiye"
	rank := map[Verdict]int{CannotTell: 0, BeCareful: 1, Danger: 2}
	quiet, number, link := Check(text, nil), Check(text+" 9000000041", nil), Check(text+" bijli-bill.example", nil)
	assert.NotEqual(t, Danger, quiet.Verdict)
	assert.LessOrEqual(t, rank[quiet.Verdict], rank[number.Verdict])
	assert.LessOrEqual(t, rank[number.Verdict], rank[link.Verdict])
	assert.Equal(t, Danger, link.Verdict)
	assert.Less(t, dangerFrom, plainFrom)
	assert.Less(t, plainFrom, surelyFrom)
}
