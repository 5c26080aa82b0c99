package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// unread are the ids of the pictures to be read.
func (h *house) unread(awaited bool) (ids []int64) {
	h.Helper()
	pictures, err := h.UnreadPictures(h.ctx, awaited, 100)
	h.ok(err)
	for _, d := range pictures {
		ids = append(ids, d.ID)
	}
	return ids
}

// awaited are the words that wait to be told to a resident.
func (h *house) awaited(resident int64) (words []string) {
	h.Helper()
	pictures, err := h.AwaitedPictures(h.ctx, resident)
	h.ok(err)
	for _, d := range pictures {
		words = append(words, d.Words)
	}
	return words
}

// wakes tells whether the talk is to be woken with words, now.
func (h *house) wakes(resident int64) bool {
	h.Helper()
	timers, err := h.DueTimers(h.ctx, noon, 100)
	h.ok(err)
	for _, timer := range timers {
		if timer.Kind == bot.TimerWords && timer.Resident == resident {
			return true
		}
	}
	return false
}

// readWords keeps what was read in a picture.
func (h *house) readWords(id int64, words string) {
	h.Helper()
	_, err := h.KeepWords(h.ctx, id, words)
	h.ok(err)
}

// tell is a turn that tells what has been read.
func (h *house) tell(resident int64, at time.Time) *bot.Turn {
	h.Helper()
	c := h.conversation(resident)
	t := &bot.Turn{Resident: resident, Version: c.Version, At: at, Timer: bot.TimerWords, Session: c.Session}
	pictures, err := h.AwaitedPictures(h.ctx, resident)
	h.ok(err)
	for _, d := range pictures {
		t.Told = append(t.Told, d.ID)
	}
	return t
}

var pictureTests = map[string]func(*house){
	"a picture that is kept is to be read, once, awaited ones first": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		one, two := h.sendMedium(asha, "one"), h.sendMedium(birju, "two", bot.AwaitWords{})
		file := h.sendMedium(asha, "a file")
		assert.Empty(h, h.unread(false), "not fetched yet")
		h.keep(one, png)
		h.keep(two, png)
		h.keep(file, "%PDF-1.4")
		assert.Equal(h, []int64{two, one}, h.unread(false))
		assert.Equal(h, []int64{two}, h.unread(true))
		resident, err := h.KeepWords(h.ctx, one, "आज रात")
		h.ok(err)
		assert.Equal(h, asha, resident)
		h.readWords(one, "something else")
		h.reopen()
		assert.Equal(h, []int64{two}, h.unread(false))
		got, err := h.Media(h.ctx, one)
		h.ok(err)
		assert.Equal(h, "आज रात", got.Words, "it is read once")
		assert.Equal(h, "आज रात", h.thread(asha)[0].Media.Words)
		assert.False(h, h.wakes(asha), "nobody waits for it")
		_, err = h.KeepWords(h.ctx, 404, "")
		require.ErrorIs(h, err, bot.ErrNotFound)
	},
	"an officer's picture and a sticker are not read": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "")
		turn.In.Kind, turn.In.Media = bot.Sticker, &bot.Media{Ref: []byte("sticker")}
		h.commit(turn)
		h.keep(turn.In.Media.ID, png)
		assert.Empty(h, h.unread(false))
	},
	"the talk is woken when the last of the awaited words is here, and told once": func(h *house) {
		asha := h.resident(1)
		one, two := h.sendMedium(asha, "one", bot.AwaitWords{}), h.sendMedium(asha, "two", bot.AwaitWords{})
		h.keep(one, png)
		h.keep(two, png)
		h.readWords(one, "first")
		assert.False(h, h.wakes(asha))
		h.readWords(two, "second")
		h.reopen()
		assert.True(h, h.wakes(asha), "whatever happens between")
		assert.Equal(h, []string{"first", "second"}, h.awaited(asha))
		h.commit(h.tell(asha, noon))
		assert.False(h, h.wakes(asha))
		assert.Empty(h, h.awaited(asha))
		_, err := h.CommitTurn(h.ctx, h.tell(asha, noon))
		require.ErrorIs(h, err, bot.ErrStale, "the timer is gone")
	},
	"what has come in since a telling was computed is told by the next": func(h *house) {
		asha := h.resident(1)
		one := h.sendMedium(asha, "one", bot.AwaitWords{})
		h.keep(one, png)
		h.readWords(one, "first")
		turn := h.tell(asha, noon)
		two := h.sendMedium(asha, "two", bot.AwaitWords{})
		h.keep(two, png)
		h.readWords(two, "second")
		turn.Version = h.conversation(asha).Version
		h.commit(turn)
		assert.True(h, h.wakes(asha))
		assert.Equal(h, []string{"second"}, h.awaited(asha))
	},
	"who waits for what cannot be had or read is woken too": func(h *house) {
		asha := h.resident(1)
		gone := h.sendMedium(asha, "gone", bot.AwaitWords{})
		h.ok(h.FailMedia(h.ctx, gone, "no network", false))
		assert.False(h, h.wakes(asha), "it is tried again")
		h.ok(h.FailMedia(h.ctx, gone, "deleted", true))
		assert.True(h, h.wakes(asha))
		h.commit(h.tell(asha, noon))
		file := h.sendMedium(asha, "a file", bot.AwaitWords{})
		h.keep(file, "%PDF-1.4")
		assert.True(h, h.wakes(asha))
		assert.Equal(h, []string{""}, h.awaited(asha))
	},
	"one that cannot be fetched now holds up no other": func(h *house) {
		asha := h.resident(1)
		one, two := h.sendMedium(asha, "one", bot.AwaitWords{}), h.sendMedium(asha, "two", bot.AwaitWords{})
		h.keep(one, png)
		h.readWords(one, "first")
		assert.False(h, h.wakes(asha))
		h.ok(h.FailMedia(h.ctx, two, "no network", false))
		assert.True(h, h.wakes(asha))
		assert.Equal(h, []string{"first"}, h.awaited(asha))
	},
	"words that were read before they are awaited wake at once": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "held")
		turn.In.Held, turn.In.Kind, turn.In.Media = true, bot.Image, &bot.Media{Ref: []byte("held")}
		h.commit(turn)
		h.keep(turn.In.Media.ID, png)
		h.readWords(turn.In.Media.ID, "first")
		c := h.conversation(asha)
		h.commit(&bot.Turn{
			Resident: asha, Version: c.Version, At: noon, Timer: "", Kept: true, In: h.incoming(asha, "and this"),
			Answers: []int64{turn.In.ID}, Effects: []bot.Effect{bot.AwaitWords{}},
		})
		assert.True(h, h.wakes(asha))
		assert.Equal(h, []string{"first"}, h.awaited(asha))
	},
	"an identifier counts by who has filed a case with it": func(h *house) {
		thief := bot.Suspect{Type: "phone", Value: "9000000097"}
		reported := func(by int64, s bot.Suspect) int {
			n, err := h.Reported(h.ctx, by, s)
			h.ok(err)
			return n
		}
		file := func(id, resident int64, state bot.CaseState, victim string, suspects ...bot.Suspect) {
			c := bot.Case{ID: id, Number: "", Resident: resident, State: state, Opened: noon, Suspects: suspects, Victim: bot.Person{Phone: victim}}
			h.say(resident, "case", bot.SaveCase{Case: c})
		}
		asha, birju, chanda, dilip := h.resident(1), h.resident(2), h.resident(3), h.resident(4)
		file(1, asha, bot.Filed, "", thief)
		file(2, asha, bot.Filed, "", thief)
		file(3, birju, bot.CaseClosed, "", bot.Suspect{Type: "phone", Value: "90000 00097"}, bot.Suspect{Type: "link", Value: "https://www.kyc.example/"})
		file(4, chanda, bot.Draft, "", thief)
		file(5, chanda, bot.Abandoned, "", thief)
		file(6, dilip, bot.Filed, "9000000097")
		assert.Equal(h, 2, reported(dilip, thief), "once a resident, and not the victim's own number")
		assert.Equal(h, 1, reported(asha, thief), "others only")
		assert.Equal(h, 1, reported(asha, bot.Suspect{Type: "link", Value: "http://KYC.example"}))
		assert.Zero(h, reported(asha, bot.Suspect{Type: "upi", Value: "9000000097"}))
		assert.Zero(h, reported(asha, bot.Suspect{Type: "phone"}))
	},
}
