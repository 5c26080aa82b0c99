package bot

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// One turn of a resident runs at a time, in the order of arrival.
func TestLaneKeepsOrder(t *testing.T) {
	l := lanes{waiting: map[string]*lane{}}
	leave := l.enter("a")
	var order []int
	var done sync.WaitGroup
	for n := range 20 {
		arrived := make(chan struct{})
		done.Go(func() {
			close(arrived)
			defer l.enter("a")()
			order = append(order, n) // guarded by the lane; -race checks it
		})
		<-arrived
		waitForUsers(t, &l, "a", n+2)
	}
	leave()
	done.Wait()
	for n := range 20 {
		require.Equal(t, n, order[n])
	}
	require.Empty(t, l.waiting, "an empty lane is forgotten")
}

// Residents do not wait for each other.
func TestLanesAreIndependent(t *testing.T) {
	l := lanes{waiting: map[string]*lane{}}
	defer l.enter("a")()
	entered := make(chan struct{})
	go func() {
		defer l.enter("b")()
		close(entered)
	}()
	<-entered
}

func waitForUsers(t *testing.T, l *lanes, key string, n int) {
	require.Eventually(t, func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.waiting[key].users == n
	}, 10*time.Second, time.Millisecond)
	time.Sleep(2 * time.Millisecond) // from being counted to waiting for the token
}
