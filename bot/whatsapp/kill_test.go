package whatsapp_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot/whatsapp/fakewa"
)

// How often the program is killed by a plain `go test`; MITAN_WA_KILLS sets
// another number.
const defaultKills = 5

// Who writes while the program is killed.
const (
	crowdSize  = 20
	crowdPause = 2 * time.Second // between two messages of one, on average: below what the talk takes for a flood
	longestRun = 1500 * time.Millisecond
)

func kills(t *testing.T) int {
	t.Helper()
	env := os.Getenv("MITAN_WA_KILLS")
	if env == "" {
		return defaultKills
	}
	n, err := strconv.Atoi(env)
	require.NoError(t, err, "MITAN_WA_KILLS")
	return n
}

// A program that is killed at any moment, while twenty residents write, has
// every message that the service accepted, once and in order, and each of its
// replies reaches its resident once.
func TestKilledWhileResidentsWrite(t *testing.T) {
	s := linkedStation(t, fakewa.Options{}, plainSettings)
	crowd := s.crowd()
	runs := kills(t)
	for range runs {
		time.Sleep(rand.N(longestRun))
		s.kill()
		s.start()
	}
	crowd.stop()
	s.settle(crowd)
	s.requireAllOnce(crowd, true)
	t.Logf("%d kills: %s", runs, crowd)
}

// A crowd are residents who write all the time.
type crowd struct {
	*station
	residents []*fakewa.Resident
	done      chan struct{}
	work      sync.WaitGroup

	mu     sync.Mutex
	sent   map[int][]string // ids that the service accepted, by resident, in their order
	failed atomic.Int64     // messages that it did not accept
	copies int              // replies that came more often than once to a phone, which shows them once
	rows   int              // replies in the store
	odd    int              // messages that a phone could not read at first
}

// sayings are what the crowd writes: words of the talk, stories, chatter.
var sayings = []string{
	"नमस्ते", "0", "1", "2", "3", "हां", "नहीं", "पैसा कट गया", "25000", "कल शाम 5 बजे", "sbi", "पता नहीं",
	"मैं हूं साइबर मितान", "paisa gaya", "मदद", "बिजली वाले का फ़ोन आया था, बोला आज रात बिजली कट जाएगी", "वापस",
	"अफसर", "OTP किसी को बता दिया", "धन्यवाद",
}

// crowd begins to write.
func (s *station) crowd() *crowd {
	s.Helper()
	c := &crowd{station: s, done: make(chan struct{}), sent: map[int][]string{}}
	for n := range crowdSize {
		c.residents = append(c.residents, s.resident(100+n, fmt.Sprintf("Resident %d", n)))
	}
	for n, r := range c.residents {
		to := s.phone.Number()
		if n%2 == 1 {
			to = s.phone.Hidden()
		}
		c.work.Go(func() { c.write(n, r, to) })
	}
	s.Cleanup(c.stop)
	return c
}

func (c *crowd) write(n int, r *fakewa.Resident, to fakewa.Address) {
	for {
		select {
		case <-c.done:
			return
		case <-time.After(rand.N(2 * crowdPause)):
		}
		id, err := r.Say(c.soon(), to, sayings[rand.IntN(len(sayings))])
		if err != nil {
			c.failed.Add(1)
			continue
		}
		c.mu.Lock()
		c.sent[n] = append(c.sent[n], id)
		c.mu.Unlock()
	}
}

// stop ends the writing.
func (c *crowd) stop() {
	select {
	case <-c.done:
	default:
		close(c.done)
	}
	c.work.Wait()
}

func (c *crowd) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	accepted := 0
	for _, ids := range c.sent {
		accepted += len(ids)
	}
	return fmt.Sprintf("%d messages accepted by the service (%d not), each stored once; %d replies, each shown once (%d arrived again with the same id, %d could not be read at first)",
		accepted, c.failed.Load(), c.rows, c.copies, c.odd)
}

// settlePatience is how long what is under way may take to come to rest: a
// reply whose ack was lost is tried again after a while.
const settlePatience = 2 * time.Minute

// settle waits until everything that was sent either way has arrived.
func (s *station) settle(c *crowd) {
	s.Helper()
	accepted := 0
	for _, ids := range c.sent {
		accepted += len(ids)
	}
	var waiting rowsOf
	rest := restOf{c}
	require.Eventually(s, func() bool {
		waiting = s.rows(`SELECT (SELECT COUNT(*) FROM message WHERE by = 'resident' AND kind <> 'unreadable') >= ?,
			(SELECT COUNT(*) FROM message WHERE delivery IN ('queued', 'sent')), (SELECT COUNT(*) FROM message WHERE held = 1)`, accepted)
		return waiting[0] == "1,0,0"
	}, settlePatience, 100*time.Millisecond, "it never came to rest: %s %s", &rest, &waiting)
}

// What is still under way, when a failure is printed.
type (
	restOf struct{ *crowd }
	rowsOf []string
)

func (r *restOf) String() string {
	stored := unquoted(r.station.rows(`SELECT external_id FROM message WHERE by = 'resident' AND kind <> 'unreadable'`))
	lost := ""
	for n, ids := range r.sent {
		for _, id := range ids {
			if !slices.Contains(stored, id) {
				lost += fmt.Sprintf("resident %d's %s is not stored\n", n, id)
			}
		}
	}
	return lost + fmt.Sprintf("%d stanzas are pending\n", r.server.Pending(r.device())) + strings.Join(r.station.rows(`SELECT id, resident, by, kind, delivery, attempts, error, held FROM message
		WHERE delivery IN ('queued', 'sent') OR held = 1 OR kind = 'unreadable' ORDER BY id LIMIT 20`), "\n")
}

func (r *rowsOf) String() string { return strings.Join(*r, "\n") }

// requireAllOnce checks that nothing is lost and nothing twice, and, where the
// service kept the order, that order was kept.
func (s *station) requireAllOnce(c *crowd, ordered bool) {
	s.Helper()
	for n, r := range c.residents {
		address := string(r.Phone.Number())
		const of = ` FROM message m JOIN alias a ON a.resident = m.resident WHERE a.address = ? AND `
		stored := unquoted(s.rows(`SELECT m.external_id`+of+`m.by = 'resident' AND m.kind <> 'unreadable' ORDER BY m.id`, address))
		replies := unquoted(s.rows(`SELECT m.external_id`+of+`m.by <> 'resident' ORDER BY m.id`, address))
		sent := append([]string{}, c.sent[n]...)
		shown := []string{}
		for _, m := range r.Messages() {
			shown = append(shown, m.ID)
			if r.Copies(m.ID) > 1 {
				c.copies++
			}
		}
		if !ordered {
			for _, ids := range []*[]string{&stored, &replies, &sent, &shown} {
				*ids = slices.Sorted(slices.Values(*ids))
			}
		}
		require.Equal(s, sent, stored, "messages of resident %d", n)
		if r.Garbled() > 0 { // what it could not read came again, after what it could
			slices.Sort(replies)
			slices.Sort(shown)
		}
		require.Equal(s, replies, shown, "replies to resident %d", n)
		require.Empty(s, r.Altered(), "replies that came again with other bytes")
		c.rows += len(replies)
		c.odd += r.Garbled()
	}
	require.Empty(s, s.rows(`SELECT id FROM message WHERE delivery = 'failed'`))
}

// unquoted are rows of one text each.
func unquoted(rows []string) []string {
	texts := []string{}
	for _, row := range rows {
		text, err := strconv.Unquote(row)
		if err == nil {
			texts = append(texts, text)
		}
	}
	return texts
}
