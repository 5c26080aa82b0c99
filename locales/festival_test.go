package locales

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFestivals(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 30, 0, 0, IST)
	for text, want := range map[string]string{
		"diwali ke din": "2026-11-08",
		"दिवाली की रात 9 बजे":   "2026-11-08T21:00",
		"diwali ke do din baad": "2026-11-10",
		"day before Diwali":     "2026-11-07",
		"pichle saal diwali":    "2025-10-20",
		"छठ के दिन":             "2026-11-15",
		"christmas":             "2025-12-25", // this year's is still to come
		"26 january":            "2026-01-26",
		"rakhi ke din":          "2026-08-28",
	} {
		told, ok := ToldTime(text, now)
		assert.True(t, ok, text)
		assert.Equal(t, want, told.String(), text)
	}
	for _, text := range []string{"diwali ke baad", "upi id", "FD rakhi thi"} {
		_, ok := ToldTime(text, now)
		assert.False(t, ok, text)
	}
}

// Each festival that moves has a date in each year of the table, in order.
func TestFestivalDates(t *testing.T) {
	for _, f := range festivals {
		if len(f.days) == 1 {
			_, err := time.Parse(time.DateOnly, "2026-"+f.days[0])
			require.NoError(t, err, f.names)
			continue
		}
		require.Len(t, f.days, 3, f.names)
		for i, day := range f.days {
			at, err := time.Parse(time.DateOnly, day)
			require.NoError(t, err, f.names)
			require.Equal(t, 2025+i, at.Year(), f.names)
		}
	}
}

func TestYesNoOfOtherTalk(t *testing.T) {
	c := keywordCatalog(t)
	for text, want := range map[string]Command{
		"main nahi bataunga": "", "चश्मा नहीं मिल रहा रुकिए": "", "मोला सुरता नइ हे": "", "I will not tell you": "",
		"हां भी और नहीं भी": "", "ho sakta hai": "", "main thik hu aap kaise hai": "", "bete ghar pe nahi hai": "",
		"typing nahi aati mujhe": "", "मैंने नहीं खोला लिंक": CmdNo, "kisi ko bhi nahi": CmdNo, "nai batayenv": CmdNo,
		"haan galti se bata diya": CmdYes, "of course yes": CmdYes,
	} {
		assert.Equal(t, want, c.YesNo(text), text)
	}
}

func TestMisspeltAmounts(t *testing.T) {
	for text, rupees := range map[string]int64{
		"पैतिस हजार छै सौ": 35_600, "तीन लाख साट हजार": 360_000, "पांच हज्जार": 5_000, "bara sou rupaya": 1_200,
		"9 9 9 9 rupay": 9_999, "Eighty thousand and five hundred": 80_500, "1 25 000": 125_000, "twenty-five thousand": 25_000,
	} {
		paise, ok := Amount(text)
		assert.True(t, ok, text)
		assert.Equal(t, rupees*100, paise, text)
	}
}
