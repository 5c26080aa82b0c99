package storetest

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

var turnTests = map[string]func(*house){
	"a resident is found again by the address and keeps one conversation": func(h *house) {
		asha, err := h.EnsureResident(h.ctx, "handset", "a-lid", "", noon)
		h.ok(err)
		again, err := h.EnsureResident(h.ctx, "handset", "a-lid", "9000000001", noon.Add(time.Hour))
		h.ok(err)
		assert.Equal(h, asha, again)
		elsewhere, err := h.EnsureResident(h.ctx, "other", "a-lid", "", noon)
		h.ok(err)
		assert.NotEqual(h, asha, elsewhere, "addresses belong to a channel")

		c := h.conversation(asha)
		assert.Equal(h, bot.Resident{ID: asha, Phone: "9000000001", Since: noon}, c.Resident)
		assert.Equal(h, bot.WithBot, c.State)
		assert.Equal(h, "a-lid", c.Address)
		_, err = h.EnsureResident(h.ctx, "handset", "a-lid", "9000000009", noon)
		h.ok(err)
		assert.Equal(h, "9000000001", h.conversation(asha).Resident.Phone, "a known phone is not replaced")
	},
	"writes the message, the session, the replies and the effects together": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "नमस्ते", bot.SetLanguage{Lang: locales.Hindi}, bot.SetName{Name: "Asha"})
		turn.Out = []bot.Message{h.reply(turn.In, "एक"), h.reply(turn.In, "दो")}
		turn.Wake = noon.Add(time.Hour)
		before := h.conversation(asha)
		h.commit(turn)

		c := h.conversation(asha)
		assert.Greater(h, c.Version, before.Version)
		assert.Equal(h, turn.Session, c.Session)
		assert.Equal(h, 3, c.Messages)
		assert.Equal(h, "नमस्ते", c.LastText)
		assert.Equal(h, turn.At, c.LastAt)
		assert.Equal(h, locales.Hindi, c.Resident.Lang)
		assert.Equal(h, "Asha", c.Resident.Name)
		assert.Equal(h, []string{"नमस्ते", "एक", "दो"}, texts(h.thread(asha)))
		next, err := h.NextTimer(h.ctx)
		h.ok(err)
		assert.Equal(h, turn.Wake, next)
	},
	"a message comes back as it was written": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "RTL \u202eabc\u202c, 👵🏽, ज़ and ज़, \"quotes\" ' ; --")
		turn.In.Forwarded, turn.In.QuoteID, turn.In.Masked, turn.In.Kind = true, "Q1", true, bot.Image
		turn.In.Media = &bot.Media{Ref: []byte{0, 1, 2}, Name: "../photo.jpg", Claimed: "image/jpeg", Size: 12, Duration: 1500 * time.Millisecond}
		want := *turn.In
		h.commit(turn)
		got := h.thread(asha)[0]
		want.ID = got.ID
		media := *want.Media
		media.ID, media.Message, media.Channel, media.State = got.Media.ID, got.ID, "handset", bot.MediaPending
		want.Media = &media
		assert.Equal(h, want, got)
	},
	"a long message is kept whole, the list's text is cut at a character": func(h *house) {
		asha := h.resident(1)
		long := strings.Repeat("ठगी ", 10_000)
		h.say(asha, long)
		assert.Equal(h, long, h.thread(asha)[0].Text)
		short := h.conversation(asha).LastText
		assert.LessOrEqual(h, len(short), 200)
		assert.Greater(h, len(short), 196)
		assert.True(h, strings.HasPrefix(long, short))
		assert.Equal(h, strings.ToValidUTF8(short, "?"), short)
	},
	"the same message twice changes nothing": func(h *house) {
		asha := h.resident(1)
		turn := h.say(asha, "मदद", bot.Escalate{Reason: bot.ReasonAsked})
		before := h.conversation(asha)

		for name, version := range map[string]int64{"computed before": turn.Version, "computed after": before.Version} {
			again := h.turn(asha, "मदद", bot.SetName{Name: "Twice"})
			again.In.ExternalID, again.In.At, again.Version = turn.In.ExternalID, turn.In.At, version
			again.Out = []bot.Message{h.reply(again.In, "twice")}
			again.Wake = noon.Add(time.Hour)
			duplicate, err := h.CommitTurn(h.ctx, again)
			h.ok(err)
			assert.True(h, duplicate, name)
			assert.Equal(h, before, h.conversation(asha), name)
		}
		assert.Equal(h, []string{"मदद"}, texts(h.thread(asha)))
		next, err := h.NextTimer(h.ctx)
		h.ok(err)
		assert.Zero(h, next)
	},
	"an id that another time or another resident has is another message": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		first := h.say(asha, "one")
		later := h.turn(asha, "two")
		later.In.ExternalID = first.In.ExternalID
		h.commit(later)
		other := h.turn(birju, "three")
		other.In.ExternalID, other.In.At = first.In.ExternalID, first.In.At
		h.commit(other)
		assert.Len(h, h.thread(asha), 2)
		assert.Len(h, h.thread(birju), 1)
	},
	"a turn computed from an older version is refused and leaves no trace": func(h *house) {
		asha := h.resident(1)
		stale := h.turn(asha, "old", bot.SetName{Name: "Old"})
		stale.Out = []bot.Message{h.reply(stale.In, "old reply")}
		stale.Wake = noon.Add(time.Hour)
		h.say(asha, "new")
		before := h.conversation(asha)

		_, err := h.CommitTurn(h.ctx, stale)
		require.ErrorIs(h, err, bot.ErrStale)
		assert.Equal(h, before, h.conversation(asha))
		assert.Equal(h, []string{"new"}, texts(h.thread(asha)))

		stale.Version = before.Version // computed again
		h.commit(stale)
		assert.Equal(h, []string{"new", "old", "old reply"}, texts(h.thread(asha)))
	},
	"a turn with an effect that cannot be applied is not written at all": func(h *house) {
		asha := h.resident(1)
		before := h.conversation(asha)
		bad := h.turn(asha, "bad", bot.SetName{Name: "Bad"}, bot.SetKind{Kind: "a draft's effect"})
		bad.Out = []bot.Message{h.reply(bad.In, "bad reply")}
		_, err := h.CommitTurn(h.ctx, bad)
		require.Error(h, err)
		assert.Equal(h, before, h.conversation(asha))
		assert.Empty(h, h.thread(asha))
	},
	"of many turns at once each is whole, and a bad one hurts no other": func(h *house) {
		const many, badOne, staleOne = 60, 7, 11
		var turns []*bot.Turn
		for n := range many {
			turn := h.turn(h.resident(n), "together", bot.Subscribe{})
			turn.Out = []bot.Message{h.reply(turn.In, "reply")}
			turns = append(turns, turn)
		}
		turns[badOne].Effects = append(turns[badOne].Effects, bot.SetKind{})
		turns[staleOne].Version--
		errs := make([]error, many)
		var wait sync.WaitGroup
		for n, turn := range turns {
			wait.Go(func() { _, errs[n] = h.CommitTurn(h.ctx, turn) })
		}
		wait.Wait()
		for n, turn := range turns {
			want := 2
			if n == badOne || n == staleOne {
				want = 0
				require.Error(h, errs[n])
			} else {
				h.ok(errs[n])
			}
			assert.Len(h, h.thread(turn.Resident), want, n)
			assert.Equal(h, want, h.conversation(turn.Resident).Messages)
			subscribed, err := h.Subscribed(h.ctx, turn.Resident)
			h.ok(err)
			assert.Equal(h, want > 0, subscribed)
		}
		assert.ErrorIs(h, errs[staleOne], bot.ErrStale)
	},
	"of many turns from one version one is written": func(h *house) {
		asha := h.resident(1)
		var turns []*bot.Turn
		for range 20 {
			turns = append(turns, h.turn(asha, "race"))
		}
		var written atomic.Int32
		var wait sync.WaitGroup
		for _, turn := range turns {
			wait.Go(func() {
				if _, err := h.CommitTurn(h.ctx, turn); err == nil {
					written.Add(1)
				} else {
					assert.ErrorIs(h, err, bot.ErrStale)
				}
			})
		}
		wait.Wait()
		assert.EqualValues(h, 1, written.Load())
		assert.Len(h, h.thread(asha), 1)
	},
	"what was written is there after a restart": func(h *house) {
		asha := h.resident(1)
		h.say(asha, "पहला")
		before := h.conversation(asha)
		h.reopen()
		assert.Equal(h, before, h.conversation(asha))
		assert.Equal(h, []string{"पहला"}, texts(h.thread(asha)))
		again, err := h.EnsureResident(h.ctx, "handset", "9000000001", "9000000001", noon)
		h.ok(err)
		assert.Equal(h, asha, again)
	},
	"a thread is read page by page, the oldest first": func(h *house) {
		asha := h.resident(1)
		for _, text := range []string{"a", "b", "c", "d", "e"} {
			h.say(asha, text)
		}
		newest, err := h.Thread(h.ctx, asha, 0, 2)
		h.ok(err)
		assert.Equal(h, []string{"d", "e"}, texts(newest))
		older, err := h.Thread(h.ctx, asha, newest[0].ID, 2)
		h.ok(err)
		assert.Equal(h, []string{"b", "c"}, texts(older))
	},
	"what is not there is not found": func(h *house) {
		_, err := h.Conversation(h.ctx, 404)
		require.ErrorIs(h, err, bot.ErrNotFound)
		_, err = h.VolunteerOf(h.ctx, 404)
		require.ErrorIs(h, err, bot.ErrNotFound)
		_, err = h.Media(h.ctx, 404)
		require.ErrorIs(h, err, bot.ErrNotFound)
		require.ErrorIs(h, h.SetDelivery(h.ctx, 404, bot.Sent, ""), bot.ErrNotFound)
		require.ErrorIs(h, h.Retry(h.ctx, 404, noon, ""), bot.ErrNotFound)
		require.ErrorIs(h, h.FailMedia(h.ctx, 404, "", true), bot.ErrNotFound)
		require.ErrorIs(h, h.EscalateNow(h.ctx, 404, bot.Escalate{}, noon), bot.ErrNotFound)
	},
	"numbers count up, and only used ones are remembered": func(h *house) {
		next := func(series string) int64 {
			n, err := h.NextNumber(h.ctx, series)
			h.ok(err)
			return n
		}
		asha := h.resident(1)
		year := bot.CaseSeries(noon)
		assert.EqualValues(h, []int64{1, 2, 1, 1}, []int64{next("case"), next("case"), next(year), next(bot.VolunteerSeries)})
		h.say(asha, "case", bot.SaveCase{Case: bot.Case{ID: 2, Number: bot.CaseNumber("BSP", noon, 7), State: bot.Draft}},
			bot.Enrol{Volunteer: bot.Volunteer{ID: 5, Number: "BSP-CM-00005", ReferralCode: "E"}})
		assert.EqualValues(h, 3, next("case"))
		assert.EqualValues(h, 8, next(year), "a number from elsewhere is not given again")
		h.reopen()
		assert.EqualValues(h, 3, next("case"), "3 was given but never used")
		assert.EqualValues(h, 8, next(year))
		assert.EqualValues(h, 6, next(bot.VolunteerSeries))
		assert.EqualValues(h, 1, next("case-99"))
	},
}

var timerTests = map[string]func(*house){
	"each turn sets or removes the talk's timer": func(h *house) {
		asha := h.resident(1)
		for _, wake := range []time.Time{noon.Add(time.Hour), noon.Add(time.Minute), noon.Add(2 * time.Hour), {}} {
			turn := h.turn(asha, "next")
			turn.Wake = wake
			h.commit(turn)
			next, err := h.NextTimer(h.ctx)
			h.ok(err)
			assert.Equal(h, wake, next)
		}
	},
	"due timers come the earliest first": func(h *house) {
		asha, birju, chanda := h.resident(1), h.resident(2), h.resident(3)
		for resident, wait := range map[int64]time.Duration{asha: 3, birju: 1, chanda: 9} {
			turn := h.turn(resident, "x")
			turn.Wake = noon.Add(wait * time.Minute)
			h.commit(turn)
		}
		due, err := h.DueTimers(h.ctx, noon.Add(3*time.Minute), 10)
		h.ok(err)
		assert.Equal(h, []bot.Timer{
			{Resident: birju, Kind: bot.TimerTalk, Due: noon.Add(time.Minute)},
			{Resident: asha, Kind: bot.TimerTalk, Due: noon.Add(3 * time.Minute)},
		}, due)
	},
	"a timer fires once, and not when it has been moved": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "x")
		turn.Wake = noon.Add(time.Hour)
		h.commit(turn)
		fire := func(at time.Time) error {
			_, err := h.CommitTurn(h.ctx, &bot.Turn{
				Resident: asha, Version: h.conversation(asha).Version, At: at,
				Timer: bot.TimerTalk, Session: []byte("fired"),
			})
			return err
		}
		require.ErrorIs(h, fire(noon.Add(time.Minute)), bot.ErrStale, "not due yet")
		assert.Equal(h, turn.Session, h.conversation(asha).Session)
		h.ok(fire(noon.Add(time.Hour)))
		assert.Equal(h, []byte("fired"), h.conversation(asha).Session)
		require.ErrorIs(h, fire(noon.Add(time.Hour)), bot.ErrStale, "it has fired")
	},
	"a stale turn leaves the timer that it came from": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "x")
		turn.Wake = noon.Add(time.Minute)
		h.commit(turn)
		_, err := h.CommitTurn(h.ctx, &bot.Turn{Resident: asha, Version: turn.Version, At: noon.Add(time.Hour), Timer: bot.TimerTalk})
		require.ErrorIs(h, err, bot.ErrStale)
		next, err := h.NextTimer(h.ctx)
		h.ok(err)
		assert.Equal(h, turn.Wake, next)
	},
	"the officer's timer stays where it was first set, and gives the conversation back": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		for _, minutes := range []time.Duration{20, 30} {
			turn := h.turn(asha, "are you there")
			turn.Silence = noon.Add(minutes * time.Minute)
			h.commit(turn)
		}
		next, err := h.NextTimer(h.ctx)
		h.ok(err)
		assert.Equal(h, noon.Add(20*time.Minute), next)

		h.commit(&bot.Turn{Resident: asha, Version: h.conversation(asha).Version, At: next, Timer: bot.TimerSilence})
		c := h.conversation(asha)
		assert.Equal(h, bot.Waiting, c.State)
		assert.Equal(h, bot.ReasonSilence, c.Reason)
		assert.Equal(h, next, c.WaitingSince)
		assert.Zero(h, c.Officer)
		assert.Equal(h, 2, c.Unread)
		next, err = h.NextTimer(h.ctx)
		h.ok(err)
		assert.Zero(h, next)
	},
}
