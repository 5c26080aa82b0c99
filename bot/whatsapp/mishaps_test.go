package whatsapp_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot/whatsapp/fakewa"
)

// The line and the service do all the harm they can while twenty residents
// write, and the program is killed in between: still each message is stored once
// and each reply reaches its resident once. Order holds too, but where the
// service itself mixes it up.
func TestMishapsWhileResidentsWrite(t *testing.T) {
	for _, c := range []struct {
		name    string
		rates   fakewa.Rates
		restart bool
		ordered bool
	}{
		{name: "cuts: clean, reset, torn", rates: fakewa.Rates{Cut: 0.02}, ordered: true},
		{name: "duplicates", rates: fakewa.Rates{Twice: 0.3}, ordered: true},
		{name: "reordering", rates: fakewa.Rates{Late: 0.2}},
		{name: "slow and lost acks", rates: fakewa.Rates{SlowAck: 0.2, LostAck: 0.05}, ordered: true},
		{name: "garbled", rates: fakewa.Rates{Garbled: 0.2}},
		{name: "the service restarts", restart: true, ordered: true},
		{name: "all at once", rates: fakewa.Rates{Cut: 0.01, Twice: 0.1, Late: 0.1, SlowAck: 0.1, LostAck: 0.02, Garbled: 0.05}, restart: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := linkedStation(t, fakewa.Options{}, plainSettings)
			crowd := s.crowd()
			seed := rand.Uint64()
			t.Log("seed", seed)
			s.server.SetFault(s.phone.Only(fakewa.Chaos(seed, c.rates)))
			runs := kills(t)
			for range runs {
				time.Sleep(rand.N(longestRun))
				if c.restart && rand.IntN(2) == 0 {
					require.NoError(t, s.server.Restart(rand.N(time.Second)))
					continue
				}
				s.kill()
				s.start()
			}
			crowd.stop()
			s.server.SetFault(nil)
			s.settle(crowd)
			s.requireAllOnce(crowd, c.ordered)
			t.Logf("%s, %d kills: %s", c.name, runs, crowd)
		})
	}
}
