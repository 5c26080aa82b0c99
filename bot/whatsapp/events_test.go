package whatsapp_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot/whatsapp/fakewa"
)

// What the service does to the connection, and what the inbox then shows. The
// link comes back as far as it can, without a restart by hand.
func TestEventsOfTheConnection(t *testing.T) {
	for _, c := range []struct {
		name   string
		event  func(s *station)
		shows  string // the state on the page; "" where it is up again before one can look
		events string // the states that are counted, besides online
		then   func(s *station)
	}{
		{
			name:  "the line is cut",
			event: func(s *station) { s.server.CutOff(s.device(), fakewa.CutReset) },
		},
		{
			name:  "the service restarts its stream (503)",
			event: func(s *station) { s.server.StreamError(s.device(), "503", "") },
		},
		{
			name:  "the service is away",
			event: func(s *station) { s.server.Stop() },
			shows: "WhatsApp: cut off", events: "offline",
			then: func(s *station) { require.NoError(s, s.server.Start()) },
		},
		{
			name:  "unlinked on the phone (401)",
			event: func(s *station) { s.phone.Unlink(s.device()) },
			shows: "WhatsApp: logged out", events: "logged_out",
			then: (*station).linkAgain,
		},
		{
			name:  "locked (403)",
			event: func(s *station) { s.refuseLogin(403) },
			shows: "WhatsApp has locked the account (403)", events: "logged_out",
			then: (*station).linkAgain,
		},
		{
			name:  "barred for good (406)",
			event: func(s *station) { s.refuseLogin(406) },
			shows: "WhatsApp has barred the number (406)", events: "logged_out",
			then: (*station).linkAgain,
		},
		{
			name:  "barred for a while (402)",
			event: func(s *station) { s.refuseLogin(402, "code", "101", "expire", "4") },
			shows: "WhatsApp: our number is stopped for now", events: "banned",
		},
		{
			name:  "another program uses the link",
			event: func(s *station) { s.server.StreamError(s.device(), "", "replaced") },
			shows: "WhatsApp: another program uses the link", events: "replaced",
			then: func(s *station) {
				time.Sleep(2 * time.Second)
				require.False(s, s.server.Online(s.device()), "it does not fight for it")
				s.post("/link/reconnect", nil)
			},
		},
		{
			name: "outdated (405), and a newer version is to be had",
			event: func(s *station) {
				s.server.RequireVersion(2, 3000, 1999999999)
				s.server.CutOff(s.device(), fakewa.CutReset)
			},
			events: "outdated",
		},
		{
			name:  "outdated (405), for good",
			event: func(s *station) { s.refuseLogin(405); s.refuseLogin(405) },
			shows: "WhatsApp: this program is too old", events: "outdated",
			then: func(s *station) { s.post("/link/reconnect", nil) },
		},
		{
			name:  "refused for an unknown reason",
			event: func(s *station) { s.refuseLogin(418) },
			shows: "WhatsApp: cut off", events: "offline",
			then: func(s *station) { s.post("/link/reconnect", nil) },
		},
		{
			name:  "an unknown stream error",
			event: func(s *station) { s.server.StreamError(s.device(), "999", "") },
			shows: "WhatsApp: cut off", events: "offline",
			then: func(s *station) { s.post("/link/reconnect", nil) },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			alarm := filepath.Join(t.TempDir(), "alarm")
			s := linkedStation(t, fakewa.Options{}, plainSettings+alarmSettings(alarm))
			ramlal := s.resident(1, "रामलाल")
			s.says(ramlal, "नमस्ते", "नंबर लिखिए:")
			s.post("/conversations/1/claim", nil)

			c.event(s)
			if c.shows != "" {
				s.shows("/link", c.shows)
				require.True(t, s.red(), "every page says so in red")
				s.post("/conversations/1/reply", url.Values{"text": {"अभी देखते हैं"}})
				if strings.Contains(c.name, "service is away") || c.events == "logged_out" {
					s.shows("/conversations/1", "Waits for the link")
				}
			}
			s.requireAlarm(alarm, c.events)
			if c.then != nil {
				c.then(s)
			}
			s.shows("/link", "WhatsApp: connected")
			require.False(t, s.red())
			if c.shows != "" {
				s.hears(ramlal, "अभी देखते हैं") // what the officer wrote meanwhile went out by itself
			}
			s.says(ramlal, "धन्यवाद", "")
			s.becomes(`SELECT text FROM message WHERE by = 'resident' ORDER BY id DESC LIMIT 1`, `"धन्यवाद"`)
			if c.events != "" {
				s.becomes(`SELECT COUNT(*) > 0 FROM link_event WHERE state = '`+c.events+`'`, `1`)
			}
		})
	}
}

// A ban that is not over goes on after a restart: the service is not asked
// before its end.
func TestBanOutlivesARestart(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	device := s.device()
	s.refuseLogin(402, "code", "101", "expire", "600")
	s.shows("/link", "WhatsApp: our number is stopped for now")
	s.kill()
	s.start()
	s.shows("/link", "WhatsApp: our number is stopped for now")
	time.Sleep(2 * time.Second)
	require.False(t, s.server.Online(device), "the service would take the login now")
}

// alarmSettings have an alert write the state to a file, a line each time.
func alarmSettings(file string) string {
	return fmt.Sprintf("[alert]\nafter_minutes = 30\ncommand = [\"sh\", \"-c\", \"echo $MITAN_LINK >> '%s'\"]\n", file)
}

// requireAlarm checks that the alert was given once where the link does not come
// back by itself, and not at all where it does.
func (s *station) requireAlarm(file, state string) {
	s.Helper()
	switch state {
	case "logged_out", "banned", "replaced":
		require.Eventually(s, func() bool { _, err := os.Stat(file); return err == nil }, patience, tick)
		rung, err := os.ReadFile(file)
		require.NoError(s, err)
		require.Equal(s, state+"\n", string(rung))
	case "outdated": // only where it stays so
	default:
		require.NoFileExists(s, file)
	}
}

var emptyStrip = regexp.MustCompile(`id="strip"[^>]*></div>`)

// red tells whether the pages of the inbox have the red strip.
func (s *station) red() bool {
	s.Helper()
	return !emptyStrip.MatchString(s.get("/"))
}

// refuseLogin has the next login answered with a failure.
func (s *station) refuseLogin(reason int, more ...string) {
	s.Helper()
	device := s.device()
	s.server.RefuseLogins(device, 1, reason, more...)
	s.server.CutOff(device, fakewa.CutReset)
}

// linkAgain links a new device on the page, with the same phone.
func (s *station) linkAgain() {
	s.Helper()
	s.post("/link/start", nil)
	s.scanPage()
}

// The alert is given once an outage, even if the program is started again in it.
func TestAlertOnceAnOutage(t *testing.T) {
	alarm := filepath.Join(t.TempDir(), "alarm")
	s := linkedStation(t, fakewa.Options{}, plainSettings+alarmSettings(alarm))
	s.phone.Unlink(s.device())
	s.requireAlarm(alarm, "logged_out")
	s.kill()
	s.start()
	s.signIn()
	s.shows("/link", "WhatsApp: logged out")
	time.Sleep(3 * time.Second)
	s.requireAlarm(alarm, "logged_out")
}

// A reply that the service refuses: for good, an officer is told; because the
// account may not write to this person, it waits for hours, and an officer is
// told to ring up; by the other name, it goes.
func TestServiceRefusesAMessage(t *testing.T) {
	for _, c := range []struct {
		name     string
		code, n  int
		delivery string
		waits    string
	}{
		{"not on WhatsApp", 404, 2, `"failed"`, `0`},
		{"may not write to this person", 463, 1, `"queued"`, `1`},
		{"known by the other name only", 404, 1, `"delivered"`, `0`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := linkedStation(t, fakewa.Options{}, plainSettings)
			ramlal := s.resident(1, "रामलाल")
			s.says(ramlal, "नमस्ते", "नंबर लिखिए:")
			s.becomes(`SELECT COUNT(*) FROM message WHERE by = 'bot' AND delivery <> 'delivered'`, `0`)
			s.server.RefuseMessages(ramlal.Phone.JID(), c.n, c.code)
			s.says(ramlal, "0", "")
			s.becomes(`SELECT delivery, due - at > 3 * 3600000 FROM message WHERE by = 'bot' ORDER BY id DESC LIMIT 1`, c.delivery+`,`+c.waits)
			want := `"bot",""`
			if c.delivery != `"delivered"` {
				want = `"waiting","undelivered"`
			}
			s.becomes(`SELECT state, reason FROM conversation`, want)
		})
	}
}

// device is the address of the helpline's linked device.
func (s *station) device() (device deviceJID) {
	s.Helper()
	companions := s.phone.Companions()
	require.NotEmpty(s, companions, "a device is linked")
	return companions[len(companions)-1]
}
