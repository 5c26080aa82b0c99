package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

var eraseTests = map[string]func(*house){
	"removes all but what belongs to a filed case or a loss": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		filed, attempt, loss := draft(1), draft(2), draft(3)
		filed.State, loss.MoneyGone = bot.Filed, true
		loss.Legs = []bot.Leg{{UTR: "412345678901"}}
		attempt.Suspects = []bot.Suspect{{Type: "upi", Value: "attempt@okaxis"}}
		h.say(asha, "hello secret", bot.SetName{Name: "Asha"}, bot.Subscribe{}, bot.Enrol{Volunteer: volunteer(1)})
		h.say(asha, "filed story", bot.SaveCase{Case: filed}, bot.KeepEvidence{Case: 1})
		h.say(asha, "attempt secret", bot.SaveCase{Case: attempt}, bot.KeepEvidence{Case: 2})
		h.say(asha, "loss story", bot.SaveCase{Case: loss}, bot.KeepEvidence{Case: 3})
		h.say(asha, "check secret", bot.KeepEvidence{})
		shared, own, evidence := h.sendMedium(asha, "shared"), h.sendMedium(asha, "own"), h.sendMedium(asha, "evidence", bot.KeepEvidence{Case: 1})
		others := h.sendMedium(birju, "secret of another")
		h.keep(shared, png)
		h.keep(others, png)
		h.keep(own, "own secret")
		h.keep(evidence, "evidence")
		_, err := h.QueueTip(h.ctx, h.tip(asha, "tip", noon), noon)
		h.ok(err)

		turn := h.turn(asha, "erase, yes", bot.Erase{})
		turn.Out = []bot.Message{h.reply(turn.In, "it is done")}
		h.commit(turn)

		assert.Equal(h, []string{"", "filed story", "", "loss story", "", "", "", "evidence", "", "", "it is done"}, texts(h.thread(asha)))
		assert.Equal(h, []string{"secret of another"}, h.search("secret"))
		assert.Equal(h, []string{"loss story", "filed story"}, h.search("story"))
		cases := h.casesOf(asha)
		require.Len(h, cases, 2)
		assert.EqualValues(h, []int64{3, 1}, []int64{cases[0].ID, cases[1].ID})
		assert.Empty(h, h.found("okaxis"))
		assert.NotEmpty(h, h.found("412345678901"))
		for id, there := range map[int64]bool{shared: false, own: false, evidence: true, others: true} {
			_, err := h.content(id)
			if there {
				h.ok(err)
			} else {
				require.ErrorIs(h, err, bot.ErrNotFound)
			}
		}
		c := h.conversation(asha)
		assert.Empty(h, c.Resident.Name)
		assert.Empty(h, c.LastText)
		assert.Equal(h, "9000000001", c.Resident.Phone, "replies still go there")
		v, err := h.VolunteerOf(h.ctx, asha)
		h.ok(err)
		assert.Equal(h, bot.Left, v.State)
		assert.Equal(h, "BSP-CM-00001", v.Number)
		assert.Empty(h, v.Name+v.Place)
		subscribed, err := h.Subscribed(h.ctx, asha)
		h.ok(err)
		assert.False(h, subscribed)
		assert.Equal(h, []string{"it is done"}, h.outbox(noon.Add(time.Hour)))
		assert.Equal(h, []string{"erase"}, h.actions(asha))

		again := h.say(asha, "new words")
		assert.Equal(h, []string{"new words"}, h.search("new words"))
		again.Version++
		duplicate, err := h.CommitTurn(h.ctx, turn)
		h.ok(err)
		assert.True(h, duplicate, "an erased message is still known")
	},
	"retention removes what is old and no evidence": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		h.say(asha, "old words")
		h.say(asha, "old story", bot.SaveCase{Case: draft(1)}, bot.KeepEvidence{Case: 1})
		medium := h.sendMedium(asha, "old check", bot.KeepEvidence{})
		h.keep(medium, png)
		h.say(birju, "old as well")
		unsent := h.turn(asha, "?")
		unsent.Out = []bot.Message{h.reply(unsent.In, "not sent yet")}
		h.commit(unsent)
		h.sent += 3600
		h.say(asha, "new words")

		removed, err := h.Prune(h.ctx, noon.Add(time.Hour))
		h.ok(err)
		assert.Equal(h, 4, removed)
		assert.Equal(h, []string{"old story", "not sent yet", "new words"}, texts(h.thread(asha)))
		assert.Equal(h, 3, h.conversation(asha).Messages)
		assert.Equal(h, "new words", h.conversation(asha).LastText)
		assert.Empty(h, h.conversation(birju).LastText)
		assert.Equal(h, []string{"new words"}, h.search("words"))
		_, err = h.content(medium)
		require.ErrorIs(h, err, bot.ErrNotFound)
		removed, err = h.Prune(h.ctx, noon.Add(time.Hour))
		h.ok(err)
		assert.Zero(h, removed)
	},
	"retention goes through a long log": func(h *house) {
		asha := h.resident(1)
		for range 20 {
			turn := h.turn(asha, "old")
			for range 120 {
				turn.Out = append(turn.Out, h.reply(turn.In, "reply"))
			}
			h.commit(turn)
			for _, m := range turn.Out {
				h.ok(h.SetDelivery(h.ctx, m.ID, bot.Sent, ""))
			}
		}
		removed, err := h.Prune(h.ctx, noon.AddDate(0, 0, 1))
		h.ok(err)
		assert.Equal(h, 20*121, removed)
		assert.Zero(h, h.conversation(asha).Messages)
	},
}
