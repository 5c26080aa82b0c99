package whatsapp_test

import (
	"context"
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
// 30m, after so many that SQLite's caches of pages (16 MiB for the writer, 2 for
// each of six readers) are full.
const (
	soakRate   = 5
	soakPeople = 60
	soakFill   = 800 // messages of each, as fast as they go
	soakGrowth = 1.1
	soakLooks  = 12
)

// The program's memory does not grow with the hours: once its caches are full it
// stays flat, while residents write and the line is cut now and then.
func TestSoak(t *testing.T) {
	if os.Getenv("MITAN_WA_SOAK") == "" {
		t.Skip("MITAN_WA_SOAK (a time, such as 30m) is not set")
	}
	length, err := time.ParseDuration(os.Getenv("MITAN_WA_SOAK"))
	require.NoError(t, err, "MITAN_WA_SOAK")
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	people := s.writers(soakPeople)
	say := func(r *fakewa.Resident) {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		_, err := r.Say(ctx, s.phone.Number(), sayings[rand.IntN(len(sayings))])
		require.NoError(t, err)
	}
	s.all(people, func(r *fakewa.Resident) {
		for range soakFill {
			say(r)
		}
	})
	sent := soakPeople * soakFill
	s.waitCount(`SELECT COUNT(*) FROM message WHERE by = 'resident'`, sent)
	time.Sleep(soakRest)
	warm := s.memory()
	t.Logf("%d messages to warm up: %.1f MiB", sent, warm)

	beat := time.NewTicker(time.Second / soakRate)
	defer beat.Stop()
	start := time.Now()
	look := start
	for now := start; now.Sub(start) < length; now = <-beat.C {
		say(people[rand.IntN(len(people))])
		if sent++; sent%1000 == 0 {
			s.server.CutOff(s.device(), fakewa.CutReset)
		}
		if now.Sub(look) >= length/soakLooks {
			look = now
			t.Logf("after %s: %d messages, %.1f MiB", now.Sub(start).Round(time.Second), sent, s.memory())
		}
	}
	end := s.memory()
	t.Logf("%d messages in %s: %.1f MiB after warming up, %.1f MiB at the end", sent-soakPeople*soakFill, length, warm, end)
	require.Less(t, end, warm*soakGrowth)
	s.becomes(`SELECT COUNT(*) FROM message WHERE by = 'resident'`, fmt.Sprint(sent))
}

// soakRest is for the garbage of the warming up to be collected.
const soakRest = 30 * time.Second

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
