package locales

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRequest: what a sentence asks for. More of them, with what is being asked,
// are in bot/talk/testdata/utterances.tsv.
func TestRequest(t *testing.T) {
	c := keywordCatalog(t)
	for text, want := range map[string]Command{
		"kripya karke mujhe police adhikari se baat kara dijiye": CmdOfficer,
		"policesebaat": CmdOfficer, // written together
		"मुझे किसी असली आदमी से बात करनी है मशीन से नहीं": CmdOfficer,
		"muje shikyaat likhwani hai":       CmdReport, // misspelt
		"मेरा रि कार्ड मिटा दो":            CmdDelete, // torn in two
		"roj ke tips mat bhejo":            CmdStopTips,
		"roj ke tips bhejo na":             CmdStartTips, // that "na" asks nicely
		"english nahi aati hindi me likho": CmdHindi,
		"i cannot read hindi":              CmdEnglish,
		"help help help":                   CmdHelp,

		"officer se baat nahi karni":         "",
		"I don't want to talk to the police": "",
		"paisa wapas chahiye":                "",
		"police wale ne kaha":                "",
		"cyber mitan kya hota hai":           "",
		"menu card me dosa tha":              "",
		"beta english me baat karta hai":     "",
		"ek letter bhejna hai gaon":          "",
	} {
		assert.Equal(t, want, c.Request(text), "%q", text)
	}
}

// TestPatternsSayWhatIsWrong: a mistake in requests.toml stops the start and says
// what to mend.
func TestPatternsSayWhatIsWrong(t *testing.T) {
	for file, want := range map[string]string{
		"[ask]\nback = [\"nosuch\"]":              `back: has "nosuch", where "nosuch" names no list of words`,
		"[ask]\ndinner = [\"back\"]":              "dinner: is not a list of keywords",
		"[ask]\nback = [\"<3\"]":                  "a pattern has one to 5 lists of words",
		"[words]\nx = [\"@nosuch\"]":              `x: has "@nosuch", where "nosuch" names no list of words`,
		"[other]\nx = [\"y\"]":                    "other: is none of the tables [words], [ask] and [short]",
		"[words]\n" + manyLists(maxConcepts):      "is one list of words too many",
		"[words]\nback = [\"peeche\"]\nback2 = 3": "back2: is not a list",
	} {
		_, err := load(keywordsOnly(t), fstest.MapFS{"hi/requests.toml": {Data: []byte(file)}})
		require.ErrorContains(t, err, want)
	}
}

func manyLists(n int) string {
	var out strings.Builder
	for range n {
		out.WriteString("x" + strings.Repeat("y", out.Len()%97) + strings.Repeat("z", out.Len()/97) + " = [\"wort\"]\n")
	}
	return out.String()
}

func TestYesNo(t *testing.T) {
	c := keywordCatalog(t)
	for text, want := range map[string]Command{
		"haan ji bilkul": CmdYes, "हव": CmdYes, "हौ": CmdYes, "thik ba": CmdYes, "hmm": CmdYes, "sahi hai": CmdYes, "ho": CmdYes, "kyon nahi": CmdYes,
		"ji nahi": CmdNo, "na re": CmdNo, "galat hai": CmdNo, "bilkul nahi": CmdNo, "hobe na": CmdNo, "नइ गा": CmdNo, "maine nahi diya": CmdNo,
		"pata nahi": "", "shayad": "", "हां नहीं पता": "", "kyun bataun": "", "bete se puch ke batata hu": "",
	} {
		assert.Equal(t, want, c.YesNo(text), "%q", text)
	}
}

func TestPhoneNumbers(t *testing.T) {
	for text, want := range map[string][]NumberTold{
		"nau double zero double zero double zero ek do teen": {{"9000000123", WhoseUnknown}},
		"90000, 00 और 257":                                   {{"9000000257", WhoseUnknown}},
		"0091 9000000529":                                    {{"9000000529", WhoseUnknown}},
		"mera number 9000000123":                             {{"9000000123", WhoseOwn}},
		"9000000124 se call aaya":                            {{"9000000124", WhoseSuspect}},
		"mera 9000000123, thag ka 9000000124":                {{"9000000123", WhoseOwn}, {"9000000124", WhoseSuspect}},
		"UTR 900000012345, 25000 rupaye":                     nil,
		"nine lakh":                                          nil,
		"9000000123 aur phir 9000000123 se bhi":              {{"9000000123", WhoseUnknown}},
	} {
		assert.Equal(t, want, PhoneNumbers(text), "%q", text)
	}
}
