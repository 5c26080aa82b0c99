package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/store"
)

// BenchmarkCommitTurn writes durable turns of one message and one reply, by
// one caller after the other and by many at once. An op is a turn.
func BenchmarkCommitTurn(b *testing.B) {
	for _, callers := range []int{1, 256} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			s, err := store.Open(b.Context(), b.TempDir())
			require.NoError(b, err)
			defer s.Close() //nolint:errcheck // the folder goes with it
			turns := make([]*bot.Turn, callers)
			for n := range turns {
				turns[n] = turnOf(b, s, n, "मेरे साथ ठगी हुई है")
			}
			b.ResetTimer()
			var wait sync.WaitGroup
			for n, turn := range turns {
				share := b.N / callers
				if n < b.N%callers {
					share++
				}
				wait.Go(func() {
					for i := range share {
						turn.In.At = noon.Add(time.Duration(i) * time.Second)
						turn.Wake = turn.In.At.Add(time.Hour)
						if _, err := s.CommitTurn(b.Context(), turn); err != nil {
							b.Error(err)
							return
						}
						turn.Version++
					}
				})
			}
			wait.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
		})
	}
}
