package store

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// A job that waits for company is run even if the company's caller has gone.
func TestJobThatWaitsIsNotForgotten(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir())
	require.NoError(t, err)
	defer s.Close() //nolint:errcheck // the folder goes with it
	nothing := func(*tx) error { return nil }
	for range 50 {
		waits := &job{do: nothing, done: make(chan error, 1)}
		gone := &job{do: nothing, done: make(chan error, 1)}
		gone.taken.Store(true)
		s.write.later <- waits
		for len(s.write.later) > 0 {
			runtime.Gosched() // until it waits for company
		}
		s.write.jobs <- gone
		require.NoError(t, <-waits.done)
	}
}

// At the end a job that waits is run or refused, and its caller knows which.
func TestCloseWhileAJobWaits(t *testing.T) {
	for range 20 {
		s, err := Open(t.Context(), t.TempDir())
		require.NoError(t, err)
		ran := false
		done := make(chan error)
		go func() {
			done <- s.write.submitLater(t.Context(), func(*tx) error { ran = true; return nil })
		}()
		require.NoError(t, s.Close())
		if err := <-done; ran {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, errClosed)
		}
	}
}
