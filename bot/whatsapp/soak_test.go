package whatsapp_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot/whatsapp/fakewa"
)

// How the program is worn: so many messages a second for MITAN_WA_SOAK, such as
// 30m. Its memory is looked at once it has warmed up, and at the end.
const (
	soakRate   = 5
	soakPeople = 60
	soakWarm   = 5 // the first part of the time, a fifth, is for warming up
	soakGrowth = 1.25
	soakLooks  = 12
)

// The program's memory does not grow with the hours: after warming up it stays
// flat, while residents write and the line is cut now and then.
func TestSoak(t *testing.T) {
	if os.Getenv("MITAN_WA_SOAK") == "" {
		t.Skip("MITAN_WA_SOAK (a time, such as 30m) is not set")
	}
	length, err := time.ParseDuration(os.Getenv("MITAN_WA_SOAK"))
	require.NoError(t, err, "MITAN_WA_SOAK")
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	people := s.writers(soakPeople)
	start, sent := time.Now(), 0
	beat := time.NewTicker(time.Second / soakRate)
	defer beat.Stop()
	var warm, last float64
	look := start
	for now := start; now.Sub(start) < length; now = <-beat.C {
		r := people[rand.IntN(len(people))]
		_, err := r.Say(s.soon(), s.phone.Number(), sayings[rand.IntN(len(sayings))])
		require.NoError(t, err)
		if sent++; sent%1000 == 0 {
			s.server.CutOff(s.device(), fakewa.CutReset)
		}
		if now.Sub(look) >= length/soakLooks {
			look, last = now, s.memory()
			t.Logf("after %s: %d messages, %.1f MiB", now.Sub(start).Round(time.Second), sent, last)
			if warm == 0 && now.Sub(start) >= length/soakWarm {
				warm = last
			}
		}
	}
	last = s.memory()
	t.Logf("%d messages in %s: %.1f MiB after warming up, %.1f MiB at the end", sent, length, warm, last)
	require.Less(t, last, warm*soakGrowth)
	s.becomes(`SELECT COUNT(*) FROM message WHERE by = 'resident'`, fmt.Sprint(sent))
}

// memory is the program's resident memory in MiB.
func (s *station) memory() float64 {
	s.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.serve.Process.Pid))
	require.NoError(s, err)
	var kib float64
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	_, err = fmt.Sscan(rest, &kib)
	require.NoError(s, err)
	return kib / 1024
}
