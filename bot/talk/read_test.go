package talk

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/locales"
)

// readAt is a Tuesday.
var readAt = time.Date(2026, 11, 24, 10, 30, 0, 0, locales.IST)

func readCatalog(t testing.TB) *locales.Catalog {
	t.Helper()
	c, err := locales.Load(nil)
	require.NoError(t, err)
	return c
}

// TestUtterances reads testdata/utterances.tsv: invented messages, written by hand
// in the spellings that residents use, each with what is being asked, what it
// means and the value of an answer. A new spelling is a new line there.
func TestUtterances(t *testing.T) {
	c := readCatalog(t)
	data, err := os.ReadFile("testdata/utterances.tsv")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")[1:]
	require.Greater(t, len(lines), 600)
	for _, line := range lines {
		field := strings.Split(line, "\t")
		require.Len(t, field, 4, line)
		r := Read(c, Asked(field[0]), field[1], readAt)
		assert.Equal(t, field[2]+" "+field[3], string(r.Intent)+" "+r.Value, "%s: %s", field[0], field[1])
	}
}

// TestReadOrder: what comes first where a message could be read in two ways.
func TestReadOrder(t *testing.T) {
	c := readCatalog(t)
	for _, test := range []struct {
		asked        Asked
		text, intent string
	}{
		{AskedAmount, "25000 कट गए", "amount"},                // the answer before the loss
		{AskedPhone, "25000 कट गए", "money_gone"},             // no answer: the loss counts
		{AskedWhen, "कल शाम को पैसा कट गया", "when"},          //
		{AskedYesNo, "हां पैसा कट गया", "money_gone"},         // the loss before a yes
		{AskedYesNo, "haan report likhwani hai", "yes"},       // a yes before a wish
		{AskedYesNo, "nahi, police se baat karao", "officer"}, // what counts everywhere before a no
		{AskedStory, "मुझे पुलिस से बात करनी है उसने कहा", "none"},
		{AskedStory, "9", "officer"},
		{AskedMenu, "9", "officer"},
		{AskedMenu, "7", "none"}, // there are five choices
		{AskedAmount, "9", "officer"},
		{askedOther, "link asli hai kya", "none"}, // words of a choice's own
		{askedOther, "fir se batao", "repeat"},
	} {
		assert.Equal(t, test.intent, string(Read(c, test.asked, test.text, readAt).Intent), "%s: %s", test.asked, test.text)
	}
}

func FuzzRead(f *testing.F) {
	c := readCatalog(f)
	for _, s := range []string{"", "paisakatgaya", "menu dikhao na", "nau double zero", "\xff", "साढ़े तीन", "english nahi hindi", "9️⃣", strings.Repeat("no ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, asked := range AllAsked() {
			r := Read(c, asked, s, readAt)
			if r.Intent == "" || strings.ContainsAny(r.Value, "\t\n") {
				t.Errorf("%s: %q: %+v", asked, s, r)
			}
		}
	})
}
