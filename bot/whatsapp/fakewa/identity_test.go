package fakewa

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// One person by number and by hidden address, with nothing to tell that both are
// the same.
func TestTellOneAddress(t *testing.T) {
	t.Parallel()
	_, bot, res := desk(t, Options{})
	ctx := patient(t)
	res.Phone.TellOneAddress(true)
	for to, from := range map[Address]types.JID{
		bot.phone.Number(): res.Phone.JID(), bot.phone.Hidden(): res.Phone.LID(),
	} {
		_, err := res.Say(ctx, to, "who am I?")
		require.NoError(t, err)
		m := bot.nextMessage()
		require.Equal(t, from, m.Info.Sender.ToNonAD())
		require.True(t, m.Info.SenderAlt.IsEmpty(), "%s", m.Info.SenderAlt)
		bot.text(m.Info.Chat, "you are "+string(addressOf(from)))
		got, err := res.Next(ctx)
		require.NoError(t, err)
		require.Equal(t, "you are "+string(addressOf(from)), got.Text)
	}
	res.Phone.TellOneAddress(false)
	_, err := res.Say(ctx, bot.phone.Hidden(), "and now?")
	require.NoError(t, err)
	require.Equal(t, res.Phone.JID(), bot.nextMessage().Info.SenderAlt.ToNonAD())
}

// The helpline is told of a new identity, and both can talk on.
func TestChangeIdentity(t *testing.T) {
	t.Parallel()
	_, bot, res := desk(t, Options{})
	ctx := patient(t)
	require.ErrorIs(t, res.Phone.ChangeIdentity(bot.phone.Number()), errNobody)
	_, err := res.Say(ctx, bot.phone.Number(), "namaste")
	require.NoError(t, err)
	m, _ := bot.nextText()
	bot.text(m.Info.Chat, "namaste")
	for _, as := range []Address{res.Phone.Number(), res.Phone.Hidden()} {
		require.NoError(t, res.Phone.ChangeIdentity(as))
		e := next[*events.IdentityChange](bot)
		require.Equal(t, string(as), e.JID.String())
		require.False(t, e.Implicit)
		_, err = res.Say(ctx, bot.phone.Number(), "a new phone")
		require.NoError(t, err)
		_, text := bot.nextText()
		require.Equal(t, "a new phone", text)
		bot.text(m.Info.Chat, "who is it?")
	}
	eventually(t, "all answers", func() bool { return len(res.Messages()) == 3 })
}
