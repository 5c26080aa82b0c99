package bot_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

const hiddenID = "900000000000001@lid"

// from is a message from the first resident's hidden id, beside the number.
func (h *house) from(text string) bot.Incoming {
	m := h.message(1, text)
	m.Address, m.Alias = hiddenID, number(1)
	return m
}

// One person writes from the number, from the hidden id, and from either again:
// it is one talk with one resident.
func TestTwoAddressesAreOneResident(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.say(1, "पैसा कट गया")
	require.NoError(t, h.bot.Receive(t.Context(), h.from("25000")))
	h.say(1, "आज सुबह 9 बजे")
	require.NoError(t, h.bot.Receive(t.Context(), h.from("SBI")))
	require.NoError(t, h.bot.Receive(t.Context(), h.from("123456789012")))
	assert.Equal(t, []string{"पैसा कट गया", "25000", "आज सुबह 9 बजे", "SBI", "123456789012"}, h.told(1))
	require.Len(t, h.cases(), 1)
	assert.Equal(t, "123456789012", h.cases()[0].Legs[0].UTR)
	assert.Equal(t, hiddenID, h.conversation(1).Address, "answered where the resident last wrote")
}

// The hidden id comes first and alone, then the number; later a message shows
// that both are one. The talk goes on, and watchers look again at both.
func TestTwoResidentsBecomeOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	alone := h.from("पैसा कट गया")
	alone.Alias, alone.Phone = "", ""
	require.NoError(t, h.bot.Receive(t.Context(), alone))
	older, err := h.store.EnsureResident(t.Context(), h.phone.Name(), hiddenID, "", noon)
	require.NoError(t, err)
	h.say(1, "नमस्ते")
	younger := h.resident(1)
	require.NotEqual(t, older, younger)

	changes, stop := h.bot.Watch()
	defer stop()
	require.NoError(t, h.bot.Receive(t.Context(), h.from("9")))
	assert.Equal(t, older, h.resident(1))
	assert.Equal(t, []string{"पैसा कट गया", "नमस्ते", "9"}, h.told(1))
	assert.Equal(t, number(1), h.conversation(1).Resident.Phone)
	assert.Equal(t, []bot.Change{{Resident: older}, {Resident: younger}, {Resident: older}},
		[]bot.Change{<-changes, <-changes, <-changes})

	h.say(1, "0") // by the number, whose conversation was another's
	assert.Equal(t, older, h.resident(1))
	assert.Len(t, h.told(1), 4)
}

// A number that comes only beside the hidden id is filled in.
func TestPhoneBesideAnAlias(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	m := h.from("one")
	m.Phone = ""
	require.NoError(t, h.bot.Receive(t.Context(), m))
	assert.Empty(t, h.conversation(1).Resident.Phone)
	require.NoError(t, h.bot.Receive(t.Context(), h.from("two")))
	assert.Equal(t, number(1), h.conversation(1).Resident.Phone)
}

// joiner is a store in which the resident of a message is joined with another
// just before the message's turn is committed.
type joiner struct {
	bot.Store
	join func()
}

func (j *joiner) CommitTurn(ctx context.Context, t *bot.Turn) (bool, error) {
	if join := j.join; join != nil {
		j.join = nil
		join()
	}
	return j.Store.CommitTurn(ctx, t)
}

// A resident who is joined with another in the middle of a turn loses nothing.
func TestJoinedDuringATurn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	alone := h.from("one")
	alone.Alias, alone.Phone = "", ""
	require.NoError(t, h.bot.Receive(t.Context(), alone))
	h.say(1, "two") // the younger

	join := &joiner{Store: h.faults.Store}
	join.join = func() {
		_, _, err := h.store.Join(t.Context(), h.phone.Name(), hiddenID, number(1), noon)
		assert.NoError(t, err)
	}
	h.faults.Store = join
	h.say(1, "three")
	assert.Equal(t, []string{"one", "two", "three"}, h.told(1))
	assert.Equal(t, []string{"re: one", "re: two", "re: three"}, h.replies(1))
}

// Whose resident is never found gives the message back to the channel.
func TestResidentWhoIsNeverFound(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	tries := 0
	h.faults.set(func(op string, _ int64) error {
		if op != "CommitTurn" {
			return nil
		}
		tries++
		return bot.ErrNotFound
	})
	m := h.message(1, "one")
	require.ErrorIs(t, h.bot.Receive(t.Context(), m), bot.ErrNotFound)
	assert.Equal(t, 3, tries)
	h.faults.set(nil)
	require.NoError(t, h.bot.Receive(t.Context(), m))
	assert.Equal(t, []string{"one"}, h.told(1))
}

// A timer of a resident who is no more is no error.
func TestTimerOfAJoinedResident(t *testing.T) {
	t.Parallel()
	h := newHouse(t, waker)
	h.say(1, "x")
	h.faults.set(func(op string, _ int64) error {
		if op == "Conversation" {
			return bot.ErrNotFound
		}
		return nil
	})
	h.clock.Set(h.clock.Now().Add(10 * time.Minute))
	require.NoError(t, h.bot.Drain(t.Context()))
}
