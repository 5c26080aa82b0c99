package fakewa

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

func TestRefuseMessages(t *testing.T) {
	t.Parallel()
	srv, bot, res := desk(t, Options{})
	for _, code := range []int{463, 404, 479} {
		srv.RefuseMessages(res.Phone.LID(), 1, code)
		_, err := bot.SendMessage(patient(t), res.Phone.JID(), &waE2E.Message{Conversation: proto.String("refused")})
		require.ErrorIs(t, err, whatsmeow.ErrServerReturnedError)
		require.ErrorContains(t, err, fmt.Sprint(code))
	}
	bot.text(res.Phone.JID(), "let through")
	m, err := res.Next(patient(t))
	require.NoError(t, err)
	require.Equal(t, "let through", m.Text)
}

// Whatever befalls the helpline's connection, it gets each message once, and
// each resident gets each answer.
func TestChaos(t *testing.T) {
	t.Parallel()
	cuts(t)
	for seed, rates := range []Rates{
		{Late: 0.3},
		{Twice: 0.5},
		{SlowAck: 0.5},
		{LostAck: 0.2},
		{Garbled: 0.3},
		{Cut: 0.03},
		{Late: 0.1, Twice: 0.1, SlowAck: 0.1, LostAck: 0.05, Garbled: 0.1, Cut: 0.01},
	} {
		t.Run(fmt.Sprintf("%+v", rates), func(t *testing.T) {
			srv, bot, res := desk(t, Options{})
			bot.EnableDecryptedEventBuffer, bot.SynchronousAck = true, true
			bot.AutoReconnectHook = res.cli.AutoReconnectHook
			harm := Chaos(uint64(seed), rates)
			var harmed atomic.Int32
			srv.SetFault(bot.phone.Only(func(d Direction, who types.JID, n *binary.Node) Verdict {
				before := n.Content
				v := harm(d, who, n)
				if v != (Verdict{}) || fmt.Sprint(before) != fmt.Sprint(n.Content) {
					harmed.Add(1)
				}
				return v
			}))
			const count = 20
			ctx := patient(t)
			for i := range count {
				_, err := res.Say(ctx, bot.phone.Number(), fmt.Sprint("message ", i))
				require.NoError(t, err)
			}
			got := map[string]int{}
			for range count {
				_, text := bot.nextText()
				got[text]++
			}
			require.Len(t, got, count, "each once")
			var answers sync.WaitGroup
			answers.Go(func() {
				for range count {
					for {
						_, err := bot.SendMessage(ctx, res.Phone.JID(), &waE2E.Message{Conversation: proto.String("noted")})
						if err == nil || ctx.Err() != nil {
							break
						}
					}
				}
			})
			answers.Wait()
			eventually(t, "answers", func() bool { return len(res.Messages()) >= count })
			require.Positive(t, harmed.Load())
		})
	}
}

// The same seed does the same harm.
func TestChaosIsRepeatable(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) (all []Verdict) {
		f := Chaos(seed, Rates{Late: 0.5, Twice: 0.5, Cut: 0.2})
		for i := range 50 {
			all = append(all, f(ToClient, types.EmptyJID, &binary.Node{Tag: "message", Attrs: attrs{"id": fmt.Sprint(i)}}))
		}
		return all
	}
	require.Equal(t, run(1), run(1))
	require.NotEqual(t, run(1), run(2))
}

func TestAllAndOnly(t *testing.T) {
	t.Parallel()
	srv := startServer(t, Options{})
	one, two := srv.AddPhone("919000000001", "Helpline"), srv.AddPhone("919000000002", "Shanti")
	twice := func(Direction, types.JID, *binary.Node) Verdict { return Verdict{Extra: 1} }
	cut := func(Direction, types.JID, *binary.Node) Verdict { return Verdict{Extra: 1, Cut: CutTorn} }
	f := All(twice, one.Only(cut))
	require.Equal(t, Verdict{Extra: 2, Cut: CutTorn}, f(ToClient, one.JID(), nil))
	require.Equal(t, Verdict{Extra: 1}, f(ToClient, two.JID(), nil))
}

// A client that is garbled asks again, and the resident's phone answers.
func TestResidentIsGarbled(t *testing.T) {
	t.Parallel()
	srv, bot, res := desk(t, Options{})
	srv.SetFault(res.Phone.Only(Chaos(1, Rates{Garbled: 1})))
	bot.text(res.Phone.JID(), "read me")
	m, err := res.Next(patient(t))
	require.NoError(t, err)
	require.Equal(t, "read me", m.Text)
	require.Equal(t, 1, res.Garbled())
	next[*events.Receipt](bot)
}
