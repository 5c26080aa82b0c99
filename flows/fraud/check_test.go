package fraud

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"mitan/locales"
)

// readTable reads a table of testdata: a line a message, its kind or sort first.
func readTable(t testing.TB, name string) (rows [][2]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		head, text, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		require.True(t, ok, "%s: %q has no tab", name, line)
		rows = append(rows, [2]string{head, text})
	}
	return rows[1:]
}

// The messages that thieves send, and what residents say of their calls: kind
// by kind in testdata/frauds.tsv.
func TestFraudsAreSeenAndNamed(t *testing.T) {
	rows := readTable(t, "frauds.tsv")
	kindsSeen := make(map[string]bool)
	danger, right := 0, 0
	for _, row := range rows {
		j := Check(row[1], nil)
		kindsSeen[row[0]] = true
		assert.NotEqual(t, CannotTell, j.Verdict, "%s: %s", row[0], row[1])
		assert.NotEmpty(t, j.Reasons, row[1])
		if j.Verdict == Danger {
			danger++
		}
		if j.Kind == row[0] {
			right++
		} else {
			t.Logf("%s was taken for %q: %s", row[0], j.Kind, row[1])
		}
	}
	for _, key := range keys {
		assert.True(t, kindsSeen[key], "no message of kind %s", key)
	}
	assert.GreaterOrEqual(t, float64(danger)/float64(len(rows)), 0.90, "a danger")
	assert.GreaterOrEqual(t, float64(right)/float64(len(rows)), 0.95, "the right kind")
}

// Honest messages of every sort, in testdata/honest.tsv: one-time passwords,
// bills, debits, parcels, warnings, news, family, questions.
func TestHonestMessagesAreLeftAlone(t *testing.T) {
	rows := readTable(t, "honest.tsv")
	danger, careful := 0, 0
	for _, row := range rows {
		j := Check(row[1], nil)
		switch j.Verdict {
		case Danger:
			danger++
		case BeCareful:
			careful++
		default:
			continue
		}
		t.Logf("%s was taken for %s: %s: %v", row[0], j.Verdict, row[1], j.Reasons)
	}
	assert.LessOrEqual(t, float64(danger)/float64(len(rows)), 0.01, "taken for a danger")
	assert.LessOrEqual(t, float64(careful)/float64(len(rows)), 0.07, "taken for doubtful")
}

// Where two kinds have the same words, the trap decides.
func TestNearKindsAreToldApart(t *testing.T) {
	for _, test := range []struct{ why, text, kind string }{
		{"a file that is an app, whatever it shows", "आपका चालान कटा है, रसीद देखें RTO_Challan.apk", "apk"},
		{"an app's file, but the power cut is the threat", "Bijli aaj raat kat jayegi, bill update karne ke liye file kholiye Bijli_Bill.apk", "electricity"},
		{"a new number of one's own people", "दादी मैं गोलू, नया नंबर है, 5000 तुरंत भेज दो", "relative"},
		{"their voice, crying", "bete ki awaz me ro raha tha, police ne pakda bolke paise maange", "voice_clone"},
		{"a parcel with a fee", "Aapka parcel custom me ruka hai, 2500 shulk bharein 9000000051", "parcel"},
		{"a parcel from one who loves you", "my dear, the gift parcel from London is at customs, pay 40000 to release it", "matrimonial"},
		{"a code in the phone's dial pad", "Dial *401*9000000099# to receive your parcel", "call_forwarding"},
		{"a reward that expires", "Your SBI reward points Rs 9980 expire today, redeem at sbi-point.example", "reward"},
		{"a sim that is to be blocked", "TRAI: aapka number 2 ghante me band hoga, 9 dabaye", "sim"},
		{"a sim that is to be changed", "5G ke liye sim upgrade karna hai, sim ke peeche ka 20 ank ka number bhejiye", "sim_swap"},
		{"an app that shows the phone, whoever asks", "refund ke liye AnyDesk daliye aur code bataiye", "remote_access"},
	} {
		j := Check(test.text, nil)
		assert.Equal(t, test.kind, j.Kind, "%s: %q", test.why, test.text)
		assert.NotEqual(t, CannotTell, j.Verdict, test.text)
	}
}

// What reads like a fraud and is none.
func TestTraps(t *testing.T) {
	for _, test := range []struct{ why, text string }{
		{"a real one-time password", "482913 is your OTP for Rs 900 at BigBasket. Do not share it with anyone, not even bank staff. - SBI"},
		{"one for a parcel at the door", "Your order is out for delivery. Share OTP 4417 with the delivery agent after you receive it."},
		{"a real bill", "VM-CSPDCL-S Your electricity bill of Rs 1240 is due on 30 Nov. Pay at cspdcl.co.in to avoid disconnection. Ignore if paid."},
		{"a real notice of a bank", "AX-PNBSMS-S Update your KYC at your nearest branch before 31 Dec. Do not share details on phone or link."},
		{"a warning that quotes", `सावधान! "आज रात बिजली कट जाएगी, इस नंबर पर फोन करें" ऐसे मैसेज ठग भेजते हैं। लिंक न खोलें, 1930 पर बताएं`},
		{"news", "साइबर ठगों ने डिजिटल अरेस्ट का डर दिखाकर शिक्षक से 5 लाख ठगे, पुलिस ने मामला दर्ज किया"},
		{"a lesson", "Bank kabhi phone par OTP nahi mangta. Koi mange to samajh jao thag hai."},
		{"a question", "UPI PIN kya hota hai?"},
		{"a greeting", "सुप्रभात, आपका दिन शुभ हो 🌹"},
		{"nothing", ""},
		{"one who changed her number", "Bhaiya namaste, mera purana number band ho gaya, ab yahi number rahega. Chhath me aa rahe hain"},
	} {
		j := Check(test.text, nil)
		assert.Equal(t, CannotTell, j.Verdict, "%s: %q: %v", test.why, test.text, j.Reasons)
		assert.Empty(t, j.Kind, test.text)
		assert.Contains(t, QuestionKeys(), j.Question, test.text)
	}
}

// A grandson who really needs money writes like this, and so does a thief.
func TestFamilyIsToBeRung(t *testing.T) {
	for _, text := range []string{
		"दादी, स्कूल की फीस के लिए 2500 रुपये चाहिए",
		"Papa room ka kiraya 5500 dena hai, aaj last date hai, upi pe bhej do",
		"Mummy ji, the mess deposit of 3500 has to be paid by tomorrow, please transfer it when free",
		"Didi Pappu ka admission karana hai, 15000 kam pad rahe hain, agle mahine lauta dungi, bhej dena",
	} {
		j := Check(text, nil)
		assert.Equal(t, CannotTell, j.Verdict, text)
		assert.Equal(t, "ring_old_number", j.Question, text)
	}
}

// A warning that brings an unknown link or number is doubtful again.
func TestAWarningMayBeBait(t *testing.T) {
	const warning = "Beware of fraud! Your SBI account will be blocked today, update KYC"
	assert.NotEqual(t, CannotTell, Check(warning+" at sbi-kyc.example immediately or call 9000000011", nil).Verdict)
}

// Disguises do not hide a word, and are a sign by themselves.
func TestDisguisesAreUnfolded(t *testing.T) {
	const plain = "Your account will be blocked today, update KYC sbi.example"
	want := Check(plain, nil)
	require.Equal(t, Danger, want.Verdict)
	for name, text := range map[string]string{
		"digits":           "Y0ur acc0unt will be bl0cked t0day, upd4te KYC sbi.example",
		"signs":            "Your @ccount will be b!ocked today, upd@te KYC sbi.example",
		"letters apart":    "Your a c c o u n t will be b l o c k e d today, update K Y C sbi.example",
		"letters dotted":   "Your account will be b.l.o.c.k.e.d today, update K.Y.C sbi.example",
		"words parted":     "Your acc.ount will be blo-cked today, update KYC sbi.example",
		"nothing between":  "Your acc\u200bount will be blo\u200bcked today, update KYC sbi.example",
		"Cyrillic letters": "Your аccоunt will be blосked today, update KYC sbi.example",
		"wide letters":     "Your ａｃｃｏｕｎｔ will be ｂｌｏｃｋｅｄ today, update KYC sbi.example",
		"bold letters":     "Your 𝐚𝐜𝐜𝐨𝐮𝐧𝐭 will be 𝐛𝐥𝐨𝐜𝐤𝐞𝐝 today, update KYC sbi.example",
	} {
		j := Check(text, nil)
		assert.Equal(t, Danger, j.Verdict, name)
		assert.Equal(t, want.Kind, j.Kind, name)
		if name != "letters dotted" && name != "letters apart" {
			assert.True(t, hasReason(j, "disguise"), "%s: %v", name, j.Reasons)
		}
	}
}

func hasReason(j Judgement, key string) bool {
	for _, r := range j.Reasons {
		if r.Key == key {
			return true
		}
	}
	return false
}

// No phone may make a link of what a reason shows.
func TestReasonsShowLinksBroken(t *testing.T) {
	j := Check("Your SBI account is blocked today, complete KYC at https://sbi-kyc.example/pan now", nil)
	require.True(t, hasReason(j, "lookalike"))
	for _, r := range j.Reasons {
		assert.NotContains(t, r.Seen, "sbi-kyc.example")
		assert.NotContains(t, r.Seen, "http")
		if r.Key == "lookalike" {
			assert.Equal(t, "sbi-kyc[.]example/pan", r.Seen)
		}
	}
}

// What the helpline was told of counts most, and a warning does not outweigh it.
func TestTheHelplineRemembers(t *testing.T) {
	reports := func(n int) func(locales.Identifier) int {
		return func(id locales.Identifier) int {
			if id == (locales.Identifier{Type: locales.TypePhone, Value: "9000000077"}) {
				return n
			}
			return 0
		}
	}
	const text = "Namaste, 9000000077 par baat kariye"
	assert.Equal(t, CannotTell, Check(text, reports(0)).Verdict)
	assert.Equal(t, BeCareful, Check(text, reports(reportsCareful)).Verdict)
	j := Check(text, reports(reportsDanger))
	assert.Equal(t, Danger, j.Verdict)
	assert.Equal(t, Reason{"known", "9000000077"}, j.Reasons[0])
	assert.Empty(t, j.Kind, "a number does not say how")
}

// However a text is made, the judgement is one that can be said.
func TestAJudgementHoldsForAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		assertSayable(t, drawText(t))
	})
}

// A cue of an honest message never makes a message look worse.
func TestAHeaderNeverRaises(t *testing.T) {
	var texts []string
	for _, name := range []string{"frauds.tsv", "honest.tsv"} {
		for _, row := range readTable(t, name) {
			texts = append(texts, row[1])
		}
	}
	rank := map[Verdict]int{CannotTell: 0, BeCareful: 1, Danger: 2}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.SampledFrom(texts), rapid.Custom(drawText)).Draw(t, "text")
		header := rapid.SampledFrom([]string{"VM-SBIINB-S", "AD-AIRTEL-P", "JD-CSPDCL-G", "BP-IRCTCI-T"}).Draw(t, "header")
		before, after := Check(text, nil), Check(header+" "+text, nil)
		assert.LessOrEqual(t, rank[after.Verdict], rank[before.Verdict], "%q", text)
	})
}

func drawText(t *rapid.T) string {
	pieces := []string{
		"otp", "बताओ", "share", "do not", "mat", "बिजली", "kat jayegi", "sbi-kyc.example", "9000000011", "Rs 500", "kyc", "block", "today",
		".", "\n", "🙏", "\xff", "\u200b", "n0w", "b l o c k", "*401*", "x.apk", "@", "VM-SBIINB-S", "beware", "ঠগ", "कृपया", "+92 300 1234567", "XX1234",
	}
	return rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.SampledFrom(pieces)), func(s []string) string { return strings.Join(s, " ") }),
		rapid.Map(rapid.SliceOf(rapid.SampledFrom(pieces)), func(s []string) string { return strings.Join(s, "") }),
	).Draw(t, "text")
}

// assertSayable fails for a judgement that the talk could not say.
func assertSayable(t assert.TestingT, text string) {
	j := Check(text, nil)
	assert.Contains(t, []Verdict{Danger, BeCareful, CannotTell}, j.Verdict)
	if j.Kind != "" {
		_, ok := Find(j.Kind)
		assert.True(t, ok, j.Kind)
	}
	assert.Equal(t, j.Verdict == CannotTell, j.Question != "")
	assert.Equal(t, j.Verdict != CannotTell, len(j.Reasons) > 0, "%q", text)
	seen := map[string]bool{}
	for _, r := range j.Reasons {
		assert.Contains(t, ReasonKeys(), r.Key)
		assert.False(t, seen[r.Key], "%s is there twice", r.Key)
		seen[r.Key] = true
		assert.LessOrEqual(t, len([]rune(r.Seen)), maxQuote+1)
	}
}

func FuzzCheck(f *testing.F) {
	for _, name := range []string{"frauds.tsv", "honest.tsv"} {
		for _, row := range readTable(f, name) {
			f.Add(row[1])
		}
	}
	f.Add("suspend \xd7#\v\xab\xfbWhttp://hdfc-pan.example") // found: lower case moved what stands behind invalid bytes
	f.Add(strings.Repeat("a.,", maxText))
	f.Fuzz(func(t *testing.T, text string) {
		assertSayable(t, text)
		Match(text)
	})
}

// What is beyond the limit is not looked at.
func TestOnlyTheBeginningIsRead(t *testing.T) {
	filler := strings.Repeat("अ ", maxText)
	assert.Equal(t, CannotTell, Check(filler+ordinary, nil).Verdict)
	assert.Equal(t, Danger, Check(ordinary+filler, nil).Verdict)
}
