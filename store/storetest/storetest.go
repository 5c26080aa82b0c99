// Package storetest says in tests what a [bot.Store] must do. Any store that
// passes [Run] can carry the helpline.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// Open opens a store in a folder; a second time with what the first left there.
type Open func(t *testing.T, dir string) bot.Store

// Run runs all tests, each on a store of its own.
func Run(t *testing.T, open Open) {
	for _, group := range []struct {
		name  string
		tests map[string]func(*house)
	}{
		{"Turn", turnTests},
		{"Timer", timerTests},
		{"Held", heldTests},
		{"Kind", kindTests},
		{"Join", joinTests},
		{"JoinAny", joinAnyTests},
		{"Outbox", outboxTests},
		{"ExternalID", externalIDTests},
		{"Desk", deskTests},
		{"Answer", answerTests},
		{"Team", teamTests},
		{"Identity", identityTests},
		{"Queue", queueTests},
		{"Case", caseTests},
		{"Volunteer", volunteerTests},
		{"Erase", eraseTests},
		{"Media", mediaTests},
		{"Picture", pictureTests},
		{"Search", searchTests},
		{"Officer", officerTests},
		{"Sight", sightTests},
		{"Account", accountTests},
		{"Export", exportTests},
		{"Link", linkTests},
		{"Notice", noticeTests},
		{"Record", recordTests},
	} {
		for name, test := range group.tests {
			t.Run(group.name+"/"+name, func(t *testing.T) {
				h := &house{T: t, ctx: t.Context(), open: open, dir: t.TempDir()}
				h.Store = open(t, h.dir)
				t.Cleanup(func() { _ = h.Close() }) // a test may have closed it
				test(h)
			})
		}
	}
}

// noon is when the tests take place.
var noon = time.Date(2026, 3, 14, 6, 30, 0, 0, time.UTC)

// house is a store with the people of a test.
type house struct {
	*testing.T
	bot.Store
	ctx  context.Context
	open Open
	dir  string
	sent int // messages so far, for ids and times
}

// ok ends the test on an error.
func (h *house) ok(err error) {
	h.Helper()
	require.NoError(h, err)
}

// reopen closes the store and opens it again.
func (h *house) reopen() {
	h.Helper()
	h.ok(h.Close())
	h.Store = h.open(h.T, h.dir)
}

// resident is a new resident, with the nth invented phone.
func (h *house) resident(n int) int64 {
	h.Helper()
	phone := fmt.Sprintf("9000000%03d", n)
	id, err := h.EnsureResident(h.ctx, "handset", phone, phone, noon)
	h.ok(err)
	return id
}

// officer is a new officer.
func (h *house) officer(login string) int64 {
	h.Helper()
	id, err := h.AddOfficer(h.ctx, bot.Officer{Login: login, Name: "SI " + login, Role: bot.RoleOfficer, Since: noon})
	h.ok(err)
	return id
}

func (h *house) conversation(resident int64) bot.Conversation {
	h.Helper()
	c, err := h.Conversation(h.ctx, resident)
	h.ok(err)
	return c
}

func (h *house) thread(resident int64) []bot.Message {
	h.Helper()
	thread, err := h.Thread(h.ctx, resident, 0, 1000)
	h.ok(err)
	return thread
}

// texts are the words of messages, in order.
func texts(messages []bot.Message) []string {
	words := []string{}
	for _, m := range messages {
		words = append(words, m.Text)
	}
	return words
}

// incoming is a message of a resident a second after the one before.
func (h *house) incoming(resident int64, text string) *bot.Message {
	h.sent++
	c := h.conversation(resident)
	return &bot.Message{
		Resident: resident, By: bot.ByResident, Channel: c.Channel, Address: c.Address,
		ExternalID: fmt.Sprintf("IN-%d", h.sent), Kind: bot.Text, Text: text,
		At: noon.Add(time.Duration(h.sent) * time.Second),
	}
}

// reply is a message of the bot in answer to one.
func (h *house) reply(in *bot.Message, text string) bot.Message {
	h.sent++
	return bot.Message{
		Resident: in.Resident, By: bot.ByBot, Channel: in.Channel, Address: in.Address,
		ExternalID: fmt.Sprintf("OUT-%d", h.sent), Kind: bot.Text, Text: text, At: in.At,
	}
}

// turn is a turn that follows from the conversation as it stands: the message
// and what it leads to.
func (h *house) turn(resident int64, text string, effects ...bot.Effect) *bot.Turn {
	h.Helper()
	in := h.incoming(resident, text)
	c := h.conversation(resident)
	return &bot.Turn{
		Resident: resident, Version: c.Version, At: in.At, In: in, Session: []byte("session after " + text),
		Effects: effects,
	}
}

// commit writes a turn that must not be there already.
func (h *house) commit(t *bot.Turn) *bot.Turn {
	h.Helper()
	duplicate, err := h.CommitTurn(h.ctx, t)
	h.ok(err)
	require.False(h, duplicate)
	return t
}

// say commits a turn without a reply.
func (h *house) say(resident int64, text string, effects ...bot.Effect) *bot.Turn {
	h.Helper()
	return h.commit(h.turn(resident, text, effects...))
}
