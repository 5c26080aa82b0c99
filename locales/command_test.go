package locales

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// keywordsOnly is a file system with the built-in keywords and no texts.
func keywordsOnly(t testing.TB) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for _, lang := range Langs() {
		for _, file := range []string{keywordFile, requestFile} {
			name := string(lang) + "/" + file
			data, err := builtin.ReadFile(name)
			require.NoError(t, err)
			files[name] = &fstest.MapFile{Data: data}
		}
	}
	return files
}

func keywordCatalog(t testing.TB) *Catalog {
	t.Helper()
	c, err := load(keywordsOnly(t), nil)
	require.NoError(t, err)
	return c
}

// TestCollectedSpellings runs the spellings collected from residents, which are
// in testdata by intent.
func TestCollectedSpellings(t *testing.T) {
	c := keywordCatalog(t)
	data, err := os.ReadFile("testdata/keyword_spellings.tsv")
	require.NoError(t, err)
	names := map[string]Command{"stop": CmdStopTips, "moneygone": CmdMoneyGone}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	require.Len(t, lines, 123)
	for _, line := range lines {
		intent, spelling, _ := strings.Cut(line, "\t")
		spelling, _, _ = strings.Cut(spelling, "\t")
		want, ok := names[intent]
		if !ok {
			want = Command(intent)
		}
		assert.Equal(t, want, c.Command(spelling), "%s", spelling)
		assert.Equal(t, want == CmdEnrol, c.EnrolPhrase(spelling), "enrol phrase: %s", spelling)
		assert.Equal(t, want == CmdMoneyGone, c.MoneyGone(spelling), "money gone: %s", spelling)
	}
}

func TestCommand(t *testing.T) {
	c := keywordCatalog(t)
	for text, want := range map[string]Command{
		"मेनू":               CmdMenu,
		"MENU!!":             CmdMenu,
		"*menu*":             CmdMenu,
		"मेनू दिखाइए जी":     CmdMenu,
		"mujhe menu chahiye": CmdMenu,
		"main menu please":   CmdMenu,
		"शुरूूूू":            CmdMenu,
		"वापस जाना है":       CmdBack,
		"peeche jao":         CmdBack,
		"go back please":     CmdBack,
		"phir se bataiye":    CmdRepeat,
		"समझ में नहीं आया": CmdRepeat,
		"haaaan":             CmdYes,
		"हाँ जी":             CmdYes,
		"जी हां":             CmdYes,
		"ji sir":             CmdYes,
		"Yes.":               CmdYes,
		"हव":                 CmdYes,
		"ji nahi":            CmdNo,
		"नहीं जी":            CmdNo,
		"mujhe nahi chahiye": CmdNo,
		"नइ":                 CmdNo,
		"साहब से बात करनी है":     CmdOfficer,
		"police se baat karni he": CmdOfficer,
		"kisi aadmi se baat":      CmdOfficer,
		"call me please":          CmdOfficer,
		"शिकायत करनी है":          CmdReport,
		"shikayat karna hai sir":  CmdReport,
		"शिकायत कैसे करें?":       CmdComplaint,
		"FIR":                CmdComplaint,
		"asli hai ya nakli?": CmdCheck,
		"टिप्स बंद करो":      CmdStopTips,
		"STOP":               CmdStopTips,
		"टिप्स चालू करो":     CmdStartTips,
		"हिन्दी":             CmdHindi,
		"english please":     CmdEnglish,
		"मदद कीजिए":          CmdHelp,

		"मेरा डाटा मिटाओ": CmdDelete,

		"DELETE": CmdDelete,

		"मेरी शिकायत का क्या हुआ": CmdCases,
		"show my cases": CmdCases,
		"बस":            CmdDone,
		"ho gya":        CmdDone,
		"that's all":    CmdDone,
		"पता नहीं":      CmdDontKnow,
		"pata nhi ji":   CmdDontKnow,
		"yaad nahi hai": CmdDontKnow,
		"I don’t know":  CmdDontKnow,
		"मितान छोड़ना है": CmdLeave,
		"राम राम":         CmdGreeting,
		"hi":              CmdGreeting,
		"dhanyawad sir":   CmdThanks,
		"suicide":         CmdSuicide,
		"Claim":           CmdClaim,
		"मैं लेती हूँ":    CmdClaim,
		"close":           CmdClose,
		"क्लोज़ करो":      CmdClose,

		"":    "",
		"🙏🙏":  "",
		"1":   "",
		"ji?": CmdYes,
		"menu me pehle wala option mujhe samajh nahi aa raha tha isliye pucha": "",
		"haan usne bola ki paise bhejo":                                        "",
		"नहीं मैंने OTP नहीं बताया":                                            "",
		"police wala ban ke call kiya tha":                                     "",
		"back side ka photo bheja":                                             "",
	} {
		assert.Equal(t, want, c.Command(text), "%q", text)
	}
	assert.Empty(t, c.Command(strings.Repeat("menu ", 10000)))
}

func TestEnrolPhrase(t *testing.T) {
	c := keywordCatalog(t)
	for _, text := range []string{
		"मैं हूं साइबर मितान", "साइबार मितान", "sybar mitan", "mitan cyber hu mai", "Main hoon CYBER MITAN 🙏",
		"main hoon cybr mitan", "cyber metan", "सायबर मीतान बनना चाहता हूँ", "साइबरमितान", "cybermitan banna hai",
		"मैं साइबर मितान नहीं हूं", "namaste sir main rampur se hoon, main hoon cyber mitan", "मैं हूं सायबर का मितान",
	} {
		assert.True(t, c.EnrolPhrase(text), text)
	}
	for _, text := range []string{
		"", "cyber thagi", "mitan", "cyber thane me kitna time", "साइबर ठगी हुई, कितना पैसा", "मेरा मितान रामलाल है",
		"cyber police se baat karni hai, mera naam ramesh hai aur main mitan",
	} {
		assert.False(t, c.EnrolPhrase(text), text)
	}
}
