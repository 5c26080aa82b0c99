package bot_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/flows"
	"mitan/store"
)

var errDisk = errors.New("the disk has a fault")

// kept is all that is kept of a resident, for comparing.
type kept struct {
	Conversation bot.Conversation
	Thread       []bot.Message
	Cases        []bot.Case
}

func (h *house) kept(n int) kept {
	h.Helper()
	return kept{h.conversation(n), h.thread(n), h.cases()}
}

// A message that is given again, at once, later, by many at a time or after a
// restart, changes nothing.
func TestMessageGivenTwice(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.say(1, "नमस्ते")
	loss := h.message(1, "पैसा कट गया")
	require.NoError(t, h.bot.Receive(t.Context(), loss))
	once := h.kept(1)
	require.Len(t, once.Cases, 1)

	require.NoError(t, h.bot.Receive(t.Context(), loss))
	assert.Equal(t, once, h.kept(1), "at once")

	var all sync.WaitGroup
	for range 16 {
		all.Go(func() { assert.NoError(t, h.bot.Receive(t.Context(), loss)) })
	}
	all.Wait()
	assert.Equal(t, once, h.kept(1), "by many at a time")

	h.reopen()
	require.NoError(t, h.bot.Receive(t.Context(), loss))
	assert.Equal(t, once, h.kept(1), "after a restart")

	h.say(1, "25000")
	later := h.kept(1)
	require.NoError(t, h.bot.Receive(t.Context(), loss))
	assert.Equal(t, later, h.kept(1), "after the talk has gone on")
}

// A secret in the name of a file is masked like one in a text.
func TestSecretInAFileName(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	m := h.message(1, "")
	m.Kind, m.Media = bot.Document, &bot.Media{Name: "OTP 482913.pdf"}
	require.NoError(t, h.bot.Receive(t.Context(), m))
	assert.Equal(t, "OTP ••••••.pdf", h.thread(1)[0].Media.Name)
	assert.Equal(t, "OTP 482913.pdf", m.Media.Name, "the channel's own is left alone")
}

// A message that many give at the same moment for the first time is taken once.
func TestNewMessageGivenByManyAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	loss := h.message(1, "पैसा कट गया")
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() { assert.NoError(t, h.bot.Receive(t.Context(), loss)) })
	}
	all.Wait()
	assert.Equal(t, []string{"पैसा कट गया"}, h.told(1))
	assert.Len(t, h.cases(), 1)
	assert.Len(t, h.replies(1), 3, "who we are, 1930, the first question")
}

// The same id from another resident, or with another stamp, is another message.
func TestWhatMakesAMessageTheSame(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	first := h.message(1, "one")
	other, later := first, first
	other.Address, other.Text = number(2), "two"
	later.SentAt, later.Text = first.SentAt.Add(time.Second), "three"
	for _, m := range []bot.Incoming{first, other, later} {
		require.NoError(t, h.bot.Receive(t.Context(), m))
	}
	assert.Equal(t, []string{"one", "three"}, h.told(1))
	assert.Equal(t, []string{"two"}, h.told(2))
}

// A message that does not say whom it is from is refused: it could not be told
// from its own repetition.
func TestMessageWithoutIdentity(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	for _, spoil := range []func(*bot.Incoming){
		func(m *bot.Incoming) { m.Channel = "" },
		func(m *bot.Incoming) { m.Address = "" },
		func(m *bot.Incoming) { m.ID = "" },
		func(m *bot.Incoming) { m.SentAt = time.Time{} },
	} {
		m := h.message(1, "x")
		spoil(&m)
		require.ErrorIs(t, h.bot.Receive(t.Context(), m), bot.ErrNoSender)
	}
	assert.Empty(t, h.told(1))
}

// Many residents at once: each gets a case of their own, no number is given
// twice or left out, and no one's talk is mixed with another's.
func TestManyResidentsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	const residents = 60
	words := []string{"पैसा कट गया", "25000", "आज सुबह 9 बजे"}
	var given [residents][]bot.Incoming
	for n := range residents {
		for _, w := range words {
			given[n] = append(given[n], h.message(n, w))
		}
	}
	var all sync.WaitGroup
	for n := range residents {
		all.Go(func() {
			for _, m := range given[n] {
				assert.NoError(t, h.bot.Receive(t.Context(), m))
			}
		})
	}
	all.Wait()
	numbers := map[string]bool{}
	for _, c := range h.cases() {
		numbers[c.Number] = true
	}
	for n := range residents {
		assert.Equal(t, words, h.told(n))
		assert.Contains(t, numbers, fmt.Sprintf("BSP-26-%06d", n+1))
	}
	assert.Len(t, numbers, residents)
}

// broken is the helpline's dialogue with tips that panic.
func broken() bot.Dialogue {
	all := flows.All()
	for i := range all {
		if all[i].Name == "tips" {
			all[i].Run = func(t *talk.Talk) {
				t.Say("tips.bye")
				panic("a mistake in a flow")
			}
		}
	}
	return talk.New(catalog(), bot.DefaultUnit(), flows.Extract, flows.Tell, all...)
}

// A flow that panics loses nothing: its message is kept, an officer gets it,
// the resident is told, and the next message is answered.
func TestFlowThatPanics(t *testing.T) {
	t.Parallel()
	h := newHouse(t, broken())
	h.say(1, "नमस्ते", "3")
	assert.Equal(t, []string{"नमस्ते", "3"}, h.told(1))
	c := h.conversation(1)
	assert.Equal(t, bot.Waiting, c.State)
	assert.Equal(t, bot.ReasonBroken, c.Reason)
	assert.False(t, c.Urgent)
	replies := h.replies(1)
	assert.Equal(t, text("talk.broken"), replies[len(replies)-1])
	assert.NotContains(t, replies, text("tips.bye"), "what a broken run said is not sent")

	h.say(1, "पैसा कट गया")
	assert.Len(t, h.cases(), 1)
	assert.True(t, h.conversation(1).Urgent)
	h.drain()
	assert.Equal(t, h.replies(1), h.phone.screen())
}

// If anything that a turn reads or writes fails, Receive says so and nothing
// is written; given again, the message is taken once.
func TestStoreThatFails(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"EnsureResident", "Conversation", "NextNumber", "CommitTurn"} {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, nil)
			h.say(1, "नमस्ते")
			before := h.kept(1)
			loss := h.message(1, "पैसा कट गया")
			h.reopen() // what the bot remembers it does not read
			h.faults.once(op, errDisk)
			require.ErrorIs(t, h.bot.Receive(t.Context(), loss), errDisk)
			assert.Equal(t, before, h.kept(1))
			require.NoError(t, h.bot.Receive(t.Context(), loss))
			require.NoError(t, h.bot.Receive(t.Context(), loss))
			assert.Equal(t, []string{"नमस्ते", "पैसा कट गया"}, h.told(1))
			assert.Len(t, h.cases(), 1)
		})
	}
}

// A read within a flow that fails is no broken flow: the message comes again.
func TestReadOfAFlowThatFails(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.say(1, "नमस्ते")
	before := h.kept(1)
	ask := h.message(1, "मेरे केस")
	h.faults.once("CasesOf", errDisk)
	require.ErrorIs(t, h.bot.Receive(t.Context(), ask), errDisk)
	assert.Equal(t, before, h.kept(1))
	require.NoError(t, h.bot.Receive(t.Context(), ask))
	assert.Equal(t, bot.WithBot, h.conversation(1).State)
	assert.Contains(t, h.replies(1)[len(h.replies(1))-1], text("cases.none"))
}

// While another process holds the database, a turn waits and then goes through.
func TestLockedDatabase(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.say(1, "नमस्ते")
	other, err := sql.Open("sqlite3", "file:"+filepath.Join(h.dir, store.File)+"?_txlock=immediate")
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	lock, err := other.BeginTx(t.Context(), nil)
	require.NoError(t, err)

	taken := make(chan error, 1)
	loss := h.message(1, "पैसा कट गया")
	go func() { taken <- h.bot.Receive(context.WithoutCancel(t.Context()), loss) }()
	select {
	case err := <-taken:
		t.Fatalf("the turn did not wait for the lock: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	assert.Equal(t, []string{"नमस्ते"}, h.told(1), "reading goes on meanwhile")
	require.NoError(t, lock.Rollback())
	require.NoError(t, <-taken)
	assert.Equal(t, []string{"नमस्ते", "पैसा कट गया"}, h.told(1))
	assert.Len(t, h.cases(), 1)
}

// On a full disk a message is refused and leaves nothing half; when there is
// room again the same message is taken, once, and its replies go out.
func TestFullDisk(t *testing.T) {
	h := newHouse(t, nil)
	require.NoError(t, h.store.Close())
	h.dir = smallDisk(t, 8<<20)
	h.open()
	defer func() { require.NoError(t, h.store.Close()) }()
	h.say(1, "नमस्ते")
	h.drain()
	before := h.kept(1)

	ballast := fill(t, h.dir)
	story := h.message(1, "पैसा कट गया "+strings.Repeat("फ़ोन आया था और बोले बिजली कटेगी ", 3000))
	require.Error(t, h.bot.Receive(t.Context(), story))
	assert.Equal(t, before, h.kept(1))
	require.Error(t, h.bot.Receive(t.Context(), story), "still full")

	require.NoError(t, os.Remove(ballast))
	require.NoError(t, h.bot.Receive(t.Context(), story))
	require.NoError(t, h.bot.Receive(t.Context(), story))
	assert.Len(t, h.told(1), 2)
	assert.Len(t, h.cases(), 1)
	h.drain()
	assert.Equal(t, h.replies(1), h.phone.screen())
	h.reopen()
	assert.Len(t, h.told(1), 2)
}

// smallDisk is a file system with room for so many bytes.
func smallDisk(t *testing.T, size int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Skipf("a full disk needs a file system of its own, which cannot be mounted here (%v)", err)
	}
	t.Cleanup(func() { assert.NoError(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	return dir
}

// fill takes up all room that is left in a folder.
func fill(t *testing.T, dir string) (ballast string) {
	t.Helper()
	ballast = filepath.Join(dir, "ballast")
	file, err := os.Create(ballast)
	require.NoError(t, err)
	defer file.Close() //nolint:errcheck // it is thrown away
	for _, size := range []int{1 << 16, 1 << 12, 1} {
		for err = nil; err == nil; {
			_, err = file.Write(make([]byte, size))
		}
	}
	require.ErrorIs(t, err, syscall.ENOSPC)
	return ballast
}

// Whatever a message is made of, it is kept and answered.
func TestOddMessages(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, kept string }{
		"invalid UTF-8":            {"पैसे \xff\xfe कहाँ", "पैसे \uFFFD कहाँ"},
		"NUL":                      {"ab\x00cd", "abcd"},
		"only NUL":                 {"\x00\x00", ""},
		"only emojis":              {"😭😭🙏🏽👨‍👩‍👧", "😭😭🙏🏽👨‍👩‍👧"},
		"right-to-left marks":      {"\u202egnp.exe\u202c \u200f\u200e\u061c", "\u202egnp.exe\u202c \u200f\u200e\u061c"},
		"Arabic and Hebrew":        {"مرحبا שלום", "مرحبا שלום"},
		"zero-width":               {"\u200b\u200c\u200d\ufeff", "\u200b\u200c\u200d\ufeff"},
		"empty":                    {"", ""},
		"only spaces and lines":    {" \n\t\r\n ", " \n\t\r\n "},
		"controls":                 {"\x01\x02\x1b[31mx\x7f", "\x01\x02\x1b[31mx\x7f"},
		"stacked marks":            {"क" + strings.Repeat("\u0301", 500), "क" + strings.Repeat("\u0301", 500)},
		"not a character":          {"\U0010FFFF\uFDD0", "\U0010FFFF\uFDD0"},
		"quotes and template":      {`'; DROP TABLE message; -- {{.unit}} %s`, `'; DROP TABLE message; -- {{.unit}} %s`},
		"full-text search's words": {`" OR * NEAR/2 -x (`, `" OR * NEAR/2 -x (`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, nil)
			for _, before := range [][]string{nil, {"नमस्ते"}, {"पैसा कट गया"}} {
				h.say(1, before...)
				answered := len(h.replies(1))
				h.say(1, test.text)
				told := h.told(1)
				assert.Equal(t, test.kept, told[len(told)-1])
				assert.Greater(t, len(h.replies(1)), answered, "no silence")
				assert.NotEqual(t, bot.ReasonBroken, h.conversation(1).Reason)
			}
		})
	}
}

// A message of 100 KB is kept whole and answered; one beyond the limit is cut
// at a character.
func TestLargeMessages(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	story := "पैसा कट गया। " + strings.Repeat("एक आदमी का फ़ोन आया था, बोला बिजली कटेगी। ", 1000)
	require.Greater(t, len(story), 100_000)
	h.say(1, story)
	assert.Equal(t, []string{story}, h.told(1))
	assert.Len(t, h.cases(), 1)
	assert.NotEmpty(t, h.replies(1))

	h.say(2, strings.Repeat("क", bot.MaxText))
	kept := h.told(2)[0]
	assert.LessOrEqual(t, len(kept), bot.MaxText)
	assert.Greater(t, len(kept), bot.MaxText-utf8.UTFMax)
	assert.True(t, utf8.ValidString(kept))
	assert.NotEmpty(t, h.replies(2))
}

// Ten thousand messages of one resident in a burst: all are kept in their
// order, the first ones are answered, one notice says that it is enough, and
// one officer is told, once.
func TestBurst(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	require.NoError(t, h.store.Close())
	h.dir = memory(t)
	h.open()
	defer func() { require.NoError(t, h.store.Close()) }()
	const burst = 10_000
	want := make([]string, burst)
	for n := range want {
		want[n] = fmt.Sprintf("संदेश %d", n)
		m := h.message(1, want[n])
		m.SentAt = noon.Add(time.Duration(n) * time.Millisecond)
		h.clock.Set(m.SentAt)
		require.NoError(t, h.bot.Receive(t.Context(), m))
	}
	require.Equal(t, want, h.told(1))
	replies := h.replies(1)
	assert.Equal(t, 1, count(replies, "talk.too_many"))
	assert.LessOrEqual(t, len(replies), 2*talk.BurstLimit+1)
	assert.Equal(t, text("talk.too_many"), replies[len(replies)-1], "then silence")
	assert.Equal(t, bot.Waiting, h.conversation(1).State)
	assert.Equal(t, 1, h.counted("escalation WHERE reason = ?", string(bot.ReasonFlood)))

	h.clock.Set(h.clock.Now().Add(talk.BurstWindow))
	h.say(1, "0")
	assert.Greater(t, len(h.replies(1)), len(replies), "a minute later the bot answers again")
}

// memory is a folder in memory where there is one: for a test that waits for
// the disk ten thousand times and is not about the disk.
func memory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "mitan-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(dir)) })
	return dir
}

// slow is a dialogue that can be held in the middle of a step.
type slow struct {
	bot.Dialogue
	mu       sync.Mutex
	stepping chan struct{} // told of each step; nil: steps are not held
	release  chan struct{}
}

func (s *slow) Step(at bot.Situation) (bot.Outcome, error) {
	s.mu.Lock()
	stepping, release := s.stepping, s.release
	s.stepping = nil // only the first step is held
	s.mu.Unlock()
	out, err := s.Dialogue.Step(at)
	if stepping != nil {
		close(stepping)
		<-release
	}
	return out, err
}

// An officer who claims while a reply is being computed has the conversation:
// the reply is thrown away, the message is kept for the officer.
func TestClaimDuringATurn(t *testing.T) {
	t.Parallel()
	held := &slow{Dialogue: echo}
	h := newHouse(t, held)
	meena := h.officer("meena", bot.RoleOfficer)
	h.say(1, "one")
	held.mu.Lock()
	stepping := make(chan struct{})
	held.stepping, held.release = stepping, make(chan struct{})
	held.mu.Unlock()

	done := make(chan error, 1)
	second := h.message(1, "two")
	go func() { done <- h.bot.Receive(context.WithoutCancel(t.Context()), second) }()
	<-stepping
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	close(held.release)
	require.NoError(t, <-done)

	assert.Equal(t, []string{"one", "two"}, h.told(1))
	assert.Equal(t, []string{"re: one"}, h.replies(1))
	assert.Equal(t, bot.Claimed, h.conversation(1).State)
	assert.Equal(t, 1, h.conversation(1).Unread)
}

// A conversation that changes at each try gives the message back to the
// channel rather than trying for ever.
func TestConversationThatNeverHoldsStill(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.faults.set(func(op string, _ int64) error {
		if op == "CommitTurn" {
			return bot.ErrStale
		}
		return nil
	})
	m := h.message(1, "one")
	require.ErrorIs(t, h.bot.Receive(t.Context(), m), bot.ErrStale)
	h.faults.set(nil)
	require.NoError(t, h.bot.Receive(t.Context(), m))
	assert.Equal(t, []string{"one"}, h.told(1))
}
