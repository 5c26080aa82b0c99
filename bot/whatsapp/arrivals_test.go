package whatsapp_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"

	"mitan/bot"
	"mitan/bot/whatsapp/fakewa"
)

// Residents do not wait for each other: what one writes is stored while that of
// another still is not. The messages of one keep their order, the service is told
// of each when it is stored and not before, and then whatsmeow keeps none of the
// words, nor anybody's name.
func TestResidentsAreStoredBesideEachOther(t *testing.T) {
	l := newLine(t)
	slow, quick := l.resident(1), l.resident(2)
	stored := make(chan struct{})
	l.failing(func(in bot.Incoming) error {
		if in.Text != "quick" {
			<-stored
		}
		return nil
	})
	l.say(slow, "slow 1")
	l.say(slow, "slow 2")
	l.say(quick, "quick")
	l.until("the second resident's", func() bool { return len(l.texts()) == 1 })
	l.until("two not acknowledged", func() bool { return l.server.Pending(l.device) == 2 })
	kept := func(query string) (n int) {
		require.NoError(t, l.devices.QueryRow(`SELECT COUNT(*) FROM `+query).Scan(&n))
		return n
	}
	assert.Equal(t, 2, kept(`whatsmeow_event_buffer WHERE plaintext IS NOT NULL`), "words that are not stored here")

	close(stored)
	l.until("all acknowledged", func() bool { return l.server.Pending(l.device) == 0 })
	assert.Equal(t, []string{"quick", "slow 1", "slow 2"}, l.texts())
	assert.Equal(t, 3, kept(`whatsmeow_event_buffer`))
	assert.Zero(t, kept(`whatsmeow_event_buffer WHERE plaintext IS NOT NULL`))
	assert.Zero(t, kept(`whatsmeow_contacts`))
}

// Messages to several residents are on their way at once, and each receipt is
// acknowledged once it is stored.
func TestRepliesDoNotWaitForEachOther(t *testing.T) {
	l := newLine(t)
	first, second := l.resident(1), l.resident(2)
	l.say(first, "hello")
	l.say(second, "hello")
	l.until("both", func() bool { return len(l.texts()) == 2 })
	l.server.SetFault(func(d fakewa.Direction, _ types.JID, n *binary.Node) (v fakewa.Verdict) {
		v.Drop = d == fakewa.ToClient && n.Tag == "ack" && n.Attrs["id"] == "ONE"
		return v
	})
	address := func(text int) string {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.received[text].Address
	}
	write := func(ctx context.Context, to, id string) error {
		m := bot.Message{Kind: bot.Text, Text: id, Address: to, ExternalID: id}
		m.Payload = l.Encode(m)
		return l.Send(ctx, m)
	}
	to := address(0)
	other := address(1)
	ctx, giveUp := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- write(ctx, to, "ONE") }()
	l.until("the first is on its way", func() bool { return l.delivered("ONE") })
	require.NoError(t, write(t.Context(), other, "TWO"))
	l.until("the second has arrived", func() bool { return l.delivered("TWO") })
	l.until("receipts acknowledged", func() bool { return l.server.Pending(l.device) == 0 })
	select {
	case err := <-ended:
		require.Fail(t, "the service has not taken the first", "%v", err)
	default:
	}
	giveUp()
	require.ErrorContains(t, <-ended, context.Canceled.Error())
}

// delivered tells whether a message of ours is known to have arrived.
func (l *line) delivered(id string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Contains(l.arrived, id)
}
