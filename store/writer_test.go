package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A job that waits for company is run even if the company's caller has gone.
func TestJobThatWaitsIsNotForgotten(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir())
	require.NoError(t, err)
	defer s.Close() //nolint:errcheck // the folder goes with it
	for range 50 {
		done := make(chan error)
		go func() { done <- s.MarkSent(t.Context(), []int64{1}) }()
		gone := &job{do: func(*tx) error { return nil }, done: make(chan error, 1)}
		gone.taken.Store(true)
		s.write.jobs <- gone
		require.NoError(t, <-done)
	}
}

// Jobs that may wait are written when the store is closed.
func TestCloseWritesWhatWaits(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir())
	require.NoError(t, err)
	ran := make(chan error)
	go func() {
		ran <- s.write.submitLater(t.Context(), func(*tx) error { return nil })
	}()
	err = <-ran
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.ErrorIs(t, s.MarkSent(t.Context(), []int64{1}), errClosed)
}
