package inbox

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"सुनीता देवी": "सु", "रमेश": "र", "क्षमा": "क्", "SI मीना ठाकुर": "मी", "Imran Qureshi": "IQ", "kavita": "K",
		"R. K. Thakur": "RT", "": "?", "+91 90000": "?", "🙏": "?",
	} {
		assert.Equal(t, want, initials(name), name)
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"a\u202eb":       "ab",
		"line\nline":     "line line",
		" रमेश\u200d ":   "रमेश\u200d",
		"bad\xff":        "bad�",
		"nul\x00":        "nul",
		"\u2066x\u2069y": "xy",
	} {
		assert.Equal(t, want, plain(in), "%q", in)
	}
}

func TestChatText(t *testing.T) {
	for in, want := range map[string]string{
		"*1930* पर फ़ोन":        "<b>1930</b> पर फ़ोन",
		"2 * 3 * 4":             "2 * 3 * 4",
		"*a\nb*":                "*a\nb*",
		"**":                    "**",
		"*<i>*":                 "<b>&lt;i&gt;</b>",
		"http://thief.example/": "http://thief.example/",
	} {
		assert.EqualValues(t, want, chatText(in), in)
	}
}

func TestDays(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 10, 0, 0, locales.IST)
	for at, want := range map[time.Time]day{
		now.Add(-5 * time.Minute):        {Key: "day.today"},
		now.Add(-15 * time.Minute):       {Key: "day.yesterday"},
		now.Add(-48 * time.Hour):         {Key: "month.12", Date: 30, Year: 2025},
		now.AddDate(0, 2, 0):             {Key: "month.3", Date: 1},
		now.Add(-15 * time.Minute).UTC(): {Key: "day.yesterday"},
	} {
		assert.Equal(t, want, dayOf(at, now), at)
	}
}

func TestSizesAndTimes(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1 KB", 6_200_000: "6.2 MB"} {
		assert.Equal(t, want, fileSize(n))
	}
	assert.Equal(t, "24:14", minutes(24*time.Minute+14*time.Second+900*time.Millisecond))
	assert.Equal(t, "00:00", minutes(-time.Second))
	assert.Equal(t, "1:05", playTime(65*time.Second))
	assert.Empty(t, playTime(0))
}

func TestTheGoldenHour(t *testing.T) {
	now := time.Date(2026, 11, 22, 1, 0, 0, 0, locales.IST)
	at := func(minutes int) bot.Leg { return bot.Leg{When: now.Add(-time.Duration(minutes) * time.Minute)} }
	tests := []struct {
		name string
		c    bot.Case
		left string
	}{
		{"the newest transaction counts", bot.Case{MoneyGone: true, Legs: []bot.Leg{at(50), at(20), {}}}, "40:00"},
		{"over", bot.Case{MoneyGone: true, Legs: []bot.Leg{at(60)}}, ""},
		{"time unknown", bot.Case{MoneyGone: true, Legs: []bot.Leg{{}}}, ""},
		{"a time to come is a slip", bot.Case{MoneyGone: true, Legs: []bot.Leg{at(-5)}}, ""},
		{"no money gone", bot.Case{Legs: []bot.Leg{at(1)}}, ""},
		{"closed", bot.Case{MoneyGone: true, State: bot.CaseClosed, Legs: []bot.Leg{at(1)}}, ""},
	}
	for _, test := range tests {
		got := goldenOf(test.c, now)
		if test.left == "" {
			assert.Nil(t, got, test.name)
			continue
		}
		require.NotNil(t, got, test.name)
		assert.Equal(t, test.left, got.Left, test.name)
	}
}

// Older pages join without a gap: each note stands on exactly one of them.
func TestNotesStandBetweenMessagesOnce(t *testing.T) {
	at := func(s int) time.Time { return time.Unix(int64(s), 0) }
	message := func(id, s int) bot.Message { return bot.Message{ID: int64(id), At: at(s), By: bot.ByResident} }
	note := func(id, s int) bot.Note { return bot.Note{ID: int64(id), At: at(s)} }
	notes := []bot.Note{note(1, 5), note(2, 25), note(3, 30), note(4, 45)}
	ids := func(entries []entry) string {
		var all []string
		for _, e := range entries {
			all = append(all, e.ID)
		}
		return strings.Join(all, " ")
	}
	older := interleave([]bot.Message{message(1, 10), message(2, 20)}, notesBetween(notes, time.Time{}, at(20)), teller{})
	newer := interleave([]bot.Message{message(3, 30), message(4, 40)}, notesBetween(notes, at(20), time.Time{}), teller{})
	assert.Equal(t, "n1 m1 m2", ids(older))
	assert.Equal(t, "n2 n3 m3 m4 n4", ids(newer))
}

func TestALimiterIsBounded(t *testing.T) {
	now := time.Unix(1000, 0)
	l := newLimiter(time.Minute, 2, 3)
	for _, key := range []string{"a", "b", "c"} {
		assert.True(t, l.allow(key, now))
	}
	assert.False(t, l.allow("d", now), "no room, and nobody is forgotten for it")
	assert.True(t, l.allow("a", now))
	assert.False(t, l.allow("a", now))
	l.forget("a")
	assert.True(t, l.allow("a", now), "forgotten: all tries again")
	later := now.Add(3 * time.Minute)
	assert.True(t, l.allow("d", later), "those that have all their tries again make room")
	assert.LessOrEqual(t, len(l.tries), 3)
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		name, remote, forwarded string
		secure                  bool
		want                    string
	}{
		{"IPv4", "203.0.113.7:1234", "", false, "203.0.113.7"},
		{"IPv6 by network", "[2001:db8:1:2:3::4]:1234", "", false, "2001:db8:1:2::/64"},
		{"IPv4 in IPv6", "[::ffff:203.0.113.7]:1", "", false, "203.0.113.7"},
		{"a header without a proxy is not believed", "203.0.113.7:1", "198.51.100.1", true, "203.0.113.7"},
		{"nor without TLS", "127.0.0.1:1", "198.51.100.1", false, "127.0.0.1"},
		{"the proxy's own entry counts", "127.0.0.1:1", "10.9.9.9, 198.51.100.1", true, "198.51.100.1"},
		{"a proxy in the next container", "172.18.0.2:1", "198.51.100.1", true, "198.51.100.1"},
		{"nonsense", "127.0.0.1:1", "who?", true, "127.0.0.1"},
		{"no address", "", "", false, "unknown"},
	}
	for _, test := range tests {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.remote
		r.Header.Set("X-Forwarded-For", test.forwarded)
		in := &Inbox{secure: test.secure}
		assert.Equal(t, test.want, in.address(r), test.name)
	}
}

func TestCookiesBehindTLSAreBoundToTheHost(t *testing.T) {
	in, err := New(Options{Unit: bot.DefaultUnit(), Clock: bot.SystemClock{}, Secure: true})
	require.NoError(t, err)
	assert.Equal(t, "__Host-mitan", in.sessions.Cookie.Name)
	assert.Equal(t, "/", in.sessions.Cookie.Path)
	assert.True(t, in.sessions.Cookie.Secure)
	assert.True(t, in.sessions.Cookie.HttpOnly)
	assert.Equal(t, 12*time.Hour, in.sessions.Lifetime)
	w := httptest.NewRecorder()
	in.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/static/live.js", nil))
	assert.NotEmpty(t, w.Header().Get("Strict-Transport-Security"))
}
