package store_test

import (
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/store"
)

// BenchmarkSearch looks for words and numbers among a million messages of a
// hundred thousand residents (MITAN_SEARCH says how many). Each is told as its
// slowest of twenty in milliseconds, and as how many times as long it takes as
// reading a page of a thread, which any store must do.
func BenchmarkSearch(b *testing.B) {
	messages := 1_000_000
	if n, err := strconv.Atoi(os.Getenv("MITAN_SEARCH")); err == nil {
		messages = n
	}
	ctx := b.Context()
	s, err := store.Open(ctx, b.TempDir())
	require.NoError(b, err)
	defer s.Close() //nolint:errcheck // the folder goes with it
	require.NoError(b, s.Prefill(ctx, "bench", messages/10, messages, noon))
	thread := median(func(i int) {
		_, err := s.Thread(ctx, int64(1+i), 0, 50)
		require.NoError(b, err)
	})
	for name, search := range map[string]func(i int) error{
		"a word in a quarter of them": func(int) error { _, err := s.SearchMessages(ctx, "पैसा", 50); return err },
		"four such words": func(int) error {
			_, err := s.SearchMessages(ctx, "मेरे खाते से पैसा", 50)
			return err
		},
		"a word in one": func(i int) error {
			_, err := s.SearchMessages(ctx, strconv.Itoa(messages/2+1+4*i), 50)
			return err
		},
		"a common and a rare word": func(i int) error {
			_, err := s.SearchMessages(ctx, "पैसा "+strconv.Itoa(messages/2+1+4*i), 50)
			return err
		},
		"the beginning of a word":   func(int) error { _, err := s.SearchMessages(ctx, "पै*", 50); return err },
		"a word that is nowhere":    func(int) error { _, err := s.SearchMessages(ctx, "हवाईजहाज", 50); return err },
		"the beginning of a number": func(int) error { _, err := s.FindIdentifier(ctx, "900000", 20); return err },
		"the end of a number":       func(i int) error { _, err := s.FindIdentifier(ctx, strconv.Itoa(100+i), 20); return err },
		"a name":                    func(int) error { _, err := s.FindNames(ctx, "सुनीता", 20); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				took := times(func(i int) { require.NoError(b, search(i)) })
				b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "slowest-ms")
				b.ReportMetric(float64(took[len(took)/2])/float64(thread), "x-thread")
			}
		})
	}
}

// times are how long each of twenty calls took, sorted.
func times(do func(i int)) []time.Duration {
	took := make([]time.Duration, 20)
	for i := range took {
		start := time.Now()
		do(i)
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took
}

func median(do func(i int)) time.Duration { return times(do)[10] }
