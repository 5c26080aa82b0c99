package locales

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// monday is 23 November 2026, 16:30.
var monday = time.Date(2026, 11, 23, 16, 30, 0, 0, IST)

func TestWhen(t *testing.T) {
	for text, want := range map[string]string{
		"अभी":                  "2026-11-23 16:30",
		"abhi abhi":            "2026-11-23 16:30",
		"just now":             "2026-11-23 16:30",
		"10 minute pehle":      "2026-11-23 16:20",
		"10 मिनट पहले":         "2026-11-23 16:20",
		"दस मिनट हुए":          "2026-11-23 16:20",
		"aadhe ghante pehle":   "2026-11-23 16:00",
		"आधा घंटा पहले":        "2026-11-23 16:00",
		"डेढ़ घंटे पहले":       "2026-11-23 15:00",
		"2 ghante pehle":       "2026-11-23 14:30",
		"ek ghanta pehle":      "2026-11-23 15:30",
		"sadhe 3 ghante pehle": "2026-11-23 13:00",
		"ghante bhar pehle":    "2026-11-23 15:30",
		"2 hours ago":          "2026-11-23 14:30",
		"2 ghante":             "2026-11-23 14:30",
		"थोड़ी देर पहले":       "2026-11-23 16:15",
		"आज सुबह 9 बजे":        "2026-11-23 09:00",
		"aaj subah 9 baje":     "2026-11-23 09:00",
		"today 9 am":           "2026-11-23 09:00",
		"9 a.m. today":         "2026-11-23 09:00",
		"kal shaam 5 baje":     "2026-11-22 17:00",
		"कल शाम साढ़े पांच बजे": "2026-11-22 17:30",
		"kal shaam 5:30":       "2026-11-22 17:30",
		"कल":                   "2026-11-22 12:00",
		"kal":                  "2026-11-22 12:00",
		"परसों":                "2026-11-21 12:00",
		"parso dopahar":        "2026-11-21 13:00",
		"day before yesterday": "2026-11-21 12:00",
		"3 din pehle":          "2026-11-20 12:00",
		"3 din pehle subah":    "2026-11-20 09:00",
		"teen din ho gaye":     "2026-11-20 12:00",
		"1 hafte pehle":        "2026-11-16 12:00",
		"pichle hafte":         "2026-11-16 12:00",
		"21 nov":               "2026-11-21 12:00",
		"21 नवंबर":             "2026-11-21 12:00",
		"nov 21":               "2026-11-21 12:00",
		"21st November 2025":   "2025-11-21 12:00",
		"21/11":                "2026-11-21 12:00",
		"21-11-2026":           "2026-11-21 12:00",
		"21.11.26":             "2026-11-21 12:00",
		"2026-11-21 14:05":     "2026-11-21 14:05",
		"२१/११/२०२६":           "2026-11-21 12:00",
		"25/12":                "2025-12-25 12:00",
		"15 tarikh":            "2026-11-15 12:00",
		"25 तारीख को":          "2026-10-25 12:00",
		"सोमवार को":            "2026-11-16 12:00",
		"शनिवार शाम 6 बजे": "2026-11-21 18:00",
		"friday":              "2026-11-20 12:00",
		"9:30 pm":             "2026-11-22 21:30",
		"9:30 am":             "2026-11-23 09:30",
		"रात 11 बजे":          "2026-11-22 23:00",
		"raat 2 baje":         "2026-11-23 02:00",
		"kal raat 2 baje":     "2026-11-23 02:00",
		"kal raat 12 baje":    "2026-11-23 00:00",
		"kal raat":            "2026-11-22 21:00",
		"last night":          "2026-11-22 21:00",
		"5 baje":              "2026-11-23 05:00",
		"3 बजे":               "2026-11-23 15:00",
		"dopahar 2 baje":      "2026-11-23 14:00",
		"दोपहर में":           "2026-11-23 13:00",
		"subah":               "2026-11-23 09:00",
		"shaam ko":            "2026-11-22 18:00",
		"aaj shaam":           "2026-11-23 16:30",
		"आज":                  "2026-11-23 12:00",
		"subah 9":             "2026-11-23 09:00",
		"कल रात को 11":        "2026-11-22 23:00",
		"dedh baje":           "2026-11-23 13:30",
		"पौने तीन बजे":        "2026-11-23 14:45",
		"17:30":               "2026-11-22 17:30",
		"kal 3 baje":          "2026-11-22 15:00",
		"kal 10 baje":         "2026-11-22 10:00",
		"kal dopahar 12 baje": "2026-11-22 12:00",
		"yesterday at 6 pm":   "2026-11-22 18:00",
		"21 nov raat 10 baje": "2026-11-21 22:00",
		"कल शाम को 25000 कट गए": "2026-11-22 18:00",
		"adhi raat ko": "2026-11-23 00:00",
		"mere account se kal subah 10 baje 5000 rupaye nikal gaye": "2026-11-22 10:00",
	} {
		got, ok := When(text, monday)
		if assert.True(t, ok, "%q", text) {
			assert.Equal(t, want, got.Format("2006-01-02 15:04"), "%q", text)
		}
	}
	for _, text := range []string{
		"", "25000", "pata nahi", "नमस्ते", "9", "10 minute me band ho jayega", "2 ghante me", "21-11-2027", "31/02/2026", "1 jan 2015",
		"good morning", "32 tarikh", "abhi tak nahi mila", "99:99", "25 hazar", "8 saal pehle", "999 saal pehle",
	} {
		got, ok := When(text, monday)
		assert.False(t, ok, "%q: %v", text, got)
	}
}

func TestWhenEarlyMorning(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 20, 0, 0, IST)
	for text, want := range map[string]string{
		"11 baje":          "2026-11-22 23:00",
		"aaj":              "2026-11-23 00:20",
		"aaj subah":        "2026-11-23 00:20",
		"raat 11 baje":     "2026-11-22 23:00",
		"kal raat 2 baje":  "2026-11-22 02:00",
		"12 baje raat":     "2026-11-23 00:00",
		"1 ghante pehle":   "2026-11-22 23:20",
		"aaj subah 9 baje": "2026-11-22 09:00",
	} {
		got, ok := When(text, now.UTC())
		if assert.True(t, ok, "%q", text) {
			assert.Equal(t, want, got.Format("2006-01-02 15:04"), "%q", text)
		}
	}
}

func timeText() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"aaj", "कल", "parso", "subah", "रात", "shaam", "9", "12", "31", "5:30", "baje", "pm", "am", "21/11", "29/02", "nov", "feb",
		"2 ghante", "pehle", "din", "सोमवार", "tarikh", "abhi", "2024", "sadhe", "डेढ़", "hafte", "saal", "को", ",", "24:00", "midnight", "last", "before", "yesterday",
	})
	return rapid.Custom(func(t *rapid.T) string {
		text := ""
		for _, p := range rapid.SliceOfN(piece, 0, 7).Draw(t, "pieces") {
			text += p + rapid.SampledFrom([]string{" ", "", "  "}).Draw(t, "space")
		}
		return text
	})
}

func TestWhenProperties(t *testing.T) {
	first := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(first+rapid.Int64Range(0, 10*365*86400).Draw(t, "now"), 0)
		text := rapid.OneOf(timeText(), trickyText()).Draw(t, "text")
		at, ok := When(text, now)
		if !ok {
			return
		}
		if at.After(now) {
			t.Fatalf("%q at %v: %v is to come", text, now, at)
		}
		if at.Before(now.AddDate(-MaxYearsBack, 0, -1)) {
			t.Fatalf("%q at %v: %v is too old", text, now, at)
		}
	})
}

// TestWhenReadsWhatFormatWhenWrites: a time that the helpline writes is read as
// the same minute.
func TestWhenReadsWhatFormatWhenWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		back := time.Duration(rapid.IntRange(0, 300*24*60).Draw(t, "minutes")) * time.Minute
		at := monday.Add(-back)
		for _, lang := range Langs() {
			if lang == Hindi && at.Hour() == 0 {
				continue // "रात 12 बजे" belongs to the evening before, for a reader
			}
			text := FormatWhen(lang, at, monday)
			got, ok := When(text, monday)
			if !ok || !got.Equal(at) {
				t.Fatalf("%s: %q is read as %v, want %v", lang, text, got, at)
			}
		}
	})
}

func TestFormatWhen(t *testing.T) {
	at := func(s string) time.Time {
		got, err := time.ParseInLocation("2006-01-02 15:04", s, IST)
		require.NoError(t, err)
		return got
	}
	for _, tt := range []struct{ at, hindi, english string }{
		{"2026-11-23 09:00", "आज सुबह 9 बजे", "today 9 am"},
		{"2026-11-22 17:30", "कल शाम 5:30 बजे", "yesterday 5:30 pm"},
		{"2026-11-21 09:00", "21 नवंबर, सुबह 9 बजे", "21 November, 9 am"},
		{"2025-11-21 12:05", "21 नवंबर 2025, दोपहर 12:05 बजे", "21 November 2025, 12:05 pm"},
		{"2026-11-23 00:00", "आज रात 12 बजे", "today 12 am"},
		{"2026-11-21 02:00", "21 नवंबर, तड़के 2 बजे", "21 November, 2 am"},
		{"2026-11-22 22:00", "कल रात 10 बजे", "yesterday 10 pm"},
	} {
		assert.Equal(t, tt.hindi, FormatWhen(Hindi, at(tt.at).UTC(), monday))
		assert.Equal(t, tt.english, FormatWhen(English, at(tt.at).UTC(), monday))
	}
}

func TestRupees(t *testing.T) {
	for paise, want := range map[int64]string{
		0: "₹0", 5: "₹0.05", 100: "₹1", 99900: "₹999", 100000: "₹1,000", 12500000: "₹1,25,000", 12500050: "₹1,25,000.50",
		MaxAmount: "₹1,00,00,00,000", -150: "-₹1.50",
	} {
		assert.Equal(t, want, Rupees(paise))
	}
}

func TestFormatPhone(t *testing.T) {
	assert.Equal(t, "90000 00001", FormatPhone("9000000001"))
	assert.Equal(t, "90000 00001", FormatPhone("+91 9000000001"))
	assert.Equal(t, "1930", FormatPhone("1930"))
	assert.Equal(t, "", FormatPhone(""))
}
