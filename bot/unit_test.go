package bot

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/locales"
)

func TestFirstStartWritesTheDefaults(t *testing.T) {
	dir := t.TempDir()
	unit, err := LoadUnit(dir)
	require.NoError(t, err)
	require.Equal(t, "BSP", unit.Unit.Prefix)
	written, err := os.ReadFile(filepath.Join(dir, UnitFile))
	require.NoError(t, err)
	require.Equal(t, defaultUnit, written)

	again, err := LoadUnit(dir)
	require.NoError(t, err)
	require.Equal(t, unit, again)
}

// A mistake in mitan.toml stops the start and says where and what to change.
func TestUnitMistakes(t *testing.T) {
	for _, c := range []struct{ name, toml, says string }{
		{"broken TOML", "[unit]\nprefix = BSP", "line 2"},
		{"unknown setting", "[unit]\n\nprefx = \"KOL\"", "line 3: there is no setting \"unit.prefx\""},
		{"unknown table", "[units]\nprefix = \"KOL\"", "line 1"},
		{"prefix", "[unit]\nprefix = \"bsp1\"", "line 2: unit.prefix = \"bsp1\": write 2 to 5 capital letters"},
		{"no name", "[unit]\nname_hi = \"\"", "in both languages"},
		{"WhatsApp number", "[unit]\nwhatsapp = \"+91 90000 00001\"", "ten digits"},
		{"helpline number", "[numbers]\ncyber = \"one nine\"", "numbers.cyber"},
		{"portal", "[numbers]\nportal = \"\"", "numbers.portal"},
		{"hour", "[hours]\nopen = \"9 am\"", "write it as \"09:30\""},
		{"silence", "[hours]\nsilence_minutes = 0", "line 2: hours.silence_minutes = 0: write 1 to 1440"},
		{"weekday", "[tips]\nday = \"budhwar\"", "monday to sunday"},
		{"tips at night", "[tips]\nat = \"23:00\"", "between tips.from and tips.until"},
		{"tips backwards", "[tips]\nfrom = \"20:00\"\nuntil = \"09:00\"", "line 2: tips.from must be before tips.until"},
		{"flood of tips", "[tips]\nper_minute = 600", "1 to 60"},
		{"retention", "[retention]\nmessages_days = -1", "0 or more"},
		{"thana without Hindi", "[[thana]]\nen = \"Kotwali\"", "thana 1"},
		{"thana twice", "[[thana]]\nhi = \"क\"\nen = \"K\"\n[[thana]]\nhi = \"ख\"\nen = \"K\"", "stands twice"},
		{"group by its name", "[whatsapp]\nofficers_group = \"Cyber cell\"", "line 2: whatsapp.officers_group = \"Cyber cell\": write the group's id"},
		{"a person as group", "[whatsapp]\nofficers_group = \"919000000001@s.whatsapp.net\"", "@g.us"},
		{"alert at once", "[alert]\nafter_minutes = 0", "line 2: alert.after_minutes = 0: write 1 to 1440"},
		{"alert after days", "[alert]\nafter_minutes = 1441", "write 1 to 1440"},
		{"no program", "[alert]\ncommand = [\"\"]", "line 2: alert.command: write the program first"},
		{"command as a line", "[alert]\ncommand = \"ring duty\"", "line 2: alert.command: the value is of another kind"},
		{"mail to nobody", "[alert]\nmail_from = \"m@p.example\"\nsmtp = \"mail.p.example:25\"", "alert.mail_to: write who gets the mail"},
		{"mail from nobody", "[alert]\nmail_to = [\"d@p.example\"]\nsmtp = \"mail.p.example:25\"", "alert.mail_from: write whom the mail is from"},
		{"mail without a server", "[alert]\nmail_to = [\"d@p.example\"]\nmail_from = \"m@p.example\"", "alert.smtp: write the mail server"},
		{"mail to no address", "[alert]\nmail_to = [\n  \"d@p.example\",\n  \"duty desk\",\n]", "line 2: alert.mail_to has \"duty desk\": write an address"},
		{"mail from a name", "[alert]\nmail_from = \"Mitan <m@p.example>\"", "alert.mail_from = \"Mitan <m@p.example>\": write an address"},
		{"mail server without port", "[alert]\nsmtp = \"mail.p.example\"", "line 2: alert.smtp = \"mail.p.example\": write the mail server and its port"},
		{"mail server with a wrong port", "[alert]\nsmtp = \"mail.p.example:smtp\"", "and its port"},
		{"password without user", "[alert]\nsmtp_password = \"x\"", "line 2: alert.smtp_password needs alert.smtp_user"},
		{"user without password", "[alert]\nsmtp_user = \"x\"", "line 2: alert.smtp_user needs alert.smtp_password"},
		{"unknown setting after a list", "[alert]\ncommand = [\n  \"/bin/ring\", # the duty officer's phone\n  \"[duty]\",\n]\nmail_too = []", "line 6: there is no setting \"alert.mail_too\""},
		{"wrong type", "[hours]\nsilence_minutes = \"thirty\"", "line 2: hours.silence_minutes: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseUnit([]byte(c.toml))
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestUnitKeepsDefaultsForWhatIsLeftOut(t *testing.T) {
	unit, err := ParseUnit([]byte("[unit]\nprefix = \"KOL\""))
	require.NoError(t, err)
	require.Equal(t, "KOL", unit.Unit.Prefix)
	require.Equal(t, "1930", unit.Numbers.Cyber)
	require.Len(t, unit.Thanas, len(DefaultUnit().Thanas))

	unit, err = ParseUnit([]byte("[[thana]]\nhi = \"बेहाला\"\nen = \"Behala\""))
	require.NoError(t, err)
	require.Equal(t, []Thana{{Hi: "बेहाला", En: "Behala"}}, unit.Thanas)
}

// Settings of an alert and of the officers' group that are right.
func TestUnitAlert(t *testing.T) {
	unit, err := ParseUnit([]byte(`
[whatsapp]
officers_group = "919000000001-1600000000@g.us"
[alert]
after_minutes = 1440
command = ["/usr/local/bin/ring", "", "[duty]"]
mail_to = ["duty@police.example", "sp@police.example"]
mail_from = "mitan@police.example"
smtp = "[::1]:465"
smtp_user = "mitan"
smtp_password = "secret"`))
	require.NoError(t, err)
	require.Equal(t, []string{"/usr/local/bin/ring", "", "[duty]"}, unit.Alert.Command)
	require.Equal(t, []string{"duty@police.example", "sp@police.example"}, unit.Alert.MailTo)
}

func TestOpen(t *testing.T) {
	at := func(clock string) time.Time {
		parsed, err := time.ParseInLocation("15:04", clock, locales.IST)
		require.NoError(t, err)
		return parsed.AddDate(2026, 10, 21)
	}
	for _, c := range []struct {
		open, close, now string
		want             bool
	}{
		{"00:00", "00:00", "03:00", true},
		{"09:00", "18:00", "09:00", true},
		{"09:00", "18:00", "08:59", false},
		{"09:00", "18:00", "18:00", false},
		{"20:00", "08:00", "23:30", true},
		{"20:00", "08:00", "07:59", true},
		{"20:00", "08:00", "12:00", false},
	} {
		unit, err := ParseUnit([]byte("[hours]\nopen = \"" + c.open + "\"\nclose = \"" + c.close + "\""))
		require.NoError(t, err)
		require.Equal(t, c.want, unit.Open(at(c.now)), "%+v", c)
	}
}

func TestReferralCodesAreUnique(t *testing.T) {
	seen := map[string]int64{}
	for n := int64(1); n <= 200_000; n++ {
		code := ReferralCode(n)
		require.Len(t, code, 6)
		if other, taken := seen[code]; taken {
			t.Fatalf("%d and %d have the code %s", other, n, code)
		}
		seen[code] = n
	}
}

func TestNumbers(t *testing.T) {
	newYear := time.Date(2026, 12, 31, 18, 30, 0, 0, time.UTC) // 2027 in IST
	require.Equal(t, "BSP-27-000001", CaseNumber("BSP", newYear, 1))
	require.Equal(t, "case-27", CaseSeries(newYear))
	require.Equal(t, "BSP-26-001187", CaseNumber("BSP", newYear.Add(-time.Minute), 1187))
	require.Equal(t, "BSP-CM-00042", VolunteerNumber("BSP", 42))
}
