package locales

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	for want, texts := range map[int][]string{
		0:  {"0", "०", "0️⃣", "शून्य", "zero", "जीरो"},
		1:  {"1", "१", "1️⃣", "*1*", "1.", "(1)", "no 1", "No. 1", "नंबर 1", "१ नंबर", "एक", "ek", "one", "pehla", "पहला", "first", " 1 \n", "1 ji", "एक नंबर वाला", "１", "option 1", "1)", "①", "1st"},
		2:  {"2", "दो", "do", "two", "दूसरा", "dusra wala", "2 नम्बर"},
		3:  {"teen", "तीन", "tin"},
		5:  {"पाँच", "पांच", "panch", "paanch"},
		6:  {"छह", "छः", "chhe"},
		9:  {"9", "९", "नौ", "nau", "9 dabaya"},
		12: {"12", "बारह", "1️⃣2️⃣", "१२"},
	} {
		for _, text := range texts {
			got, ok := Number(text)
			assert.True(t, ok, "%q", text)
			assert.Equal(t, want, got, "%q", text)
		}
	}
	for _, text := range []string{
		"", "no", "नंबर", "13", "100", "25000", "1 2", "1.5", "1/2", "ek do", "1 aadmi aaya", "मेरा एक बेटा है", "ok",
		"9000000001", "first time hua hai mere sath", "yes", "001", strings.Repeat("1", 1000), "१ लाख", "🙏",
	} {
		_, ok := Number(text)
		assert.False(t, ok, "%q", text)
	}
}

func TestNumberWordsAreWhole(t *testing.T) {
	seen := map[int]int{}
	for _, n := range numberWords {
		seen[n]++
	}
	for n := range 100 {
		assert.Positive(t, seen[n], "no word for %d", n)
	}
}

const rupee = 100 // paise

func TestAmounts(t *testing.T) {
	lakh := int64(100_000 * rupee)
	for text, want := range map[string][]int64{
		"25000":                 {25000 * rupee},
		"25":                    {25 * rupee},
		"25,000":                {25000 * rupee},
		"1,00,000":              {lakh},
		"1,25,000.50":           {12500050},
		"₹500":                  {500 * rupee},
		"₹ 500":                 {500 * rupee},
		"Rs. 500.50":            {50050},
		"Rs.500":                {500 * rupee},
		"rs500":                 {500 * rupee},
		"INR 1200":              {1200 * rupee},
		"500/-":                 {500 * rupee},
		"२५०००":                 {25000 * rupee},
		"२५,०००/- रुपये":        {25000 * rupee},
		"25 हज़ार":              {25000 * rupee},
		"25 हजार":               {25000 * rupee},
		"25 hazar":              {25000 * rupee},
		"25hajar":               {25000 * rupee},
		"25 thousand":           {25000 * rupee},
		"25k":                   {25000 * rupee},
		"1.5 लाख":               {lakh * 3 / 2},
		"1.5 lac":               {lakh * 3 / 2},
		"2lakh":                 {2 * lakh},
		"डेढ़ लाख":              {lakh * 3 / 2},
		"dedh lakh":             {lakh * 3 / 2},
		"ढाई हजार":              {2500 * rupee},
		"साढ़े तीन लाख":         {lakh * 7 / 2},
		"sadhe teen lakh":       {lakh * 7 / 2},
		"सवा लाख":               {lakh * 5 / 4},
		"sawa do lakh":          {lakh * 9 / 4},
		"पौने दो लाख":           {lakh * 7 / 4},
		"das hazar":             {10000 * rupee},
		"पच्चीस हजार":           {25000 * rupee},
		"pachees hajaar rupaye": {25000 * rupee},
		"do lakh bees hazar":    {220000 * rupee},
		"ek lakh 25 hazar":      {125000 * rupee},
		"एक लाख पच्चीस हज़ार पाँच सौ": {125500 * rupee},
		"25 hazar 500":                 {25500 * rupee},
		"paanch sau rupaye":            {500 * rupee},
		"paanch so":                    {500 * rupee},
		"पाँच सौ":                      {500 * rupee},
		"twenty five thousand rupees":  {25000 * rupee},
		"one lakh":                     {lakh},
		"हज़ार रुपये":                  {1000 * rupee},
		"50 रुपये":                     {50 * rupee},
		"nau sau ninyanve rupaye":      {999 * rupee},
		"1 crore":                      {100 * lakh},
		"100 crore":                    {MaxAmount},
		"*25000*":                      {25000 * rupee},
		"2020":                         {2020 * rupee},
		"pehle 5000 phir 20,000 gaye":  {5000 * rupee, 20000 * rupee},
		"10 hazar 5 hazar":             {10000 * rupee, 5000 * rupee},
		"Rs 500 aur Rs 300":            {500 * rupee, 300 * rupee},
		"OTP bataya to 25000 kat gaye": {25000 * rupee},
		"1 aadmi ne 25000 le liye":     {25000 * rupee},
		"kal 5 baje 40000 nikal gaye":  {40000 * rupee},
		"9:30 pm ko 1500 gaye":         {1500 * rupee},
		"21/11/2026 ko 9000 gaye":      {9000 * rupee},
		"21 nov ko 9000 gaye":          {9000 * rupee},
		"2025 me 7000 gaye":            {7000 * rupee},
		"90000 00001 ne 3000 le liye":  {3000 * rupee},
		"9000000001 par 3000 bheje":    {3000 * rupee},
		"UTR 123456789012 Rs 4500":     {4500 * rupee},
		"2 ghante pehle 2 lakh gaye":   {2 * lakh},
		"sirf 25 ji":                   {25 * rupee},
		"मेरे खाते से ₹49,999 कट गए":     {49999 * rupee},
		"debited by Rs.1999.00 on 21-11": {1999 * rupee},
		"लगभग 30 हजार":                   {30000 * rupee},
		"10-15 hazar":                    {10000 * rupee},
		"12345678":                       {12345678 * rupee},
		"500 paise":                      {500 * rupee},
	} {
		assert.Equal(t, want, Amounts(text), "%q", text)
		got, ok := Amount(text)
		assert.True(t, ok, text)
		assert.Equal(t, want[0], got, text)
	}
	for _, text := range []string{
		"", "0", "₹0", "9000000001", "+91 90000 00001", "090000-00001", "123456789012", "1234 5678 9012", "5:30", "5 बजे", "9.30 baje",
		"21/11/2026", "21-11-26", "21 नवंबर", "2026 में", "1930 par call kiya", "4g phone", "raj123@okaxis", "*401*9000000001#", "BSP-26-001187",
		"101 crore", "₹100,00,00,001", "pin code 495001", "2 hazar log", "10 minute pehle", "18 saal", "ward 125 me", "bit.ly/12345", "90%",
		"do log aaye", "पता नहीं", "एक आदमी", "account 12345678901", "0501", strings.Repeat("9", 500), "1 lakh log", "otp 4829 hai kya yeh",
		"999999999999999999 lakh crore",
	} {
		assert.Empty(t, Amounts(text), "%q", text)
	}
}

// TestAmountsReadWhatRupeesWrites: what the helpline writes, it can read.
func TestAmountsReadWhatRupeesWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paise := rapid.Int64Range(1, MaxAmount).Draw(t, "paise")
		before := rapid.SampledFrom([]string{"", "मेरे ", "kat gaye: ", "bank se "}).Draw(t, "before")
		got := Amounts(before + Rupees(paise) + " chale gaye")
		if len(got) != 1 || got[0] != paise {
			t.Fatalf("%s: %v", Rupees(paise), got)
		}
		hazar := rapid.Int64Range(1, 99).Draw(t, "hazar")
		word := rapid.SampledFrom([]string{" हज़ार", "hazar", " hajar", "k"}).Draw(t, "word")
		if got, ok := Amount(strconv.FormatInt(hazar, 10) + word); !ok || got != hazar*1000*rupee {
			t.Fatalf("%d%s: %d", hazar, word, got)
		}
	})
}
