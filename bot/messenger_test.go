package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// told by the recall of a step: numbers of cases, and how much of each.
type recalled struct {
	numbers []string
	stories []int
}

// recalling is a talk that asks for all that is known of the resident's cases.
func recalling(t *testing.T, into *recalled) script {
	return func(s bot.Situation) bot.Outcome {
		*into = recalled{}
		cases, err := s.Recall.Cases()
		require.NoError(t, err)
		for _, c := range cases {
			into.numbers = append(into.numbers, c.Number)
		}
		for id := int64(1); id <= 2; id++ {
			story, err := s.Recall.Story(id)
			require.NoError(t, err)
			into.stories = append(into.stories, len(story))
		}
		return bot.Outcome{}
	}
}

// From when a security code changes, the talk knows nothing of earlier cases,
// until an officer confirms who it is; a later case is the writer's own.
func TestIdentityChanged(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.say(1, "पैसा कट गया")
	changes, stop := h.bot.Watch()
	defer stop()
	require.NoError(t, h.bot.IdentityChanged(t.Context(), h.phone.Name(), number(1)))
	assert.Equal(t, bot.Change{Resident: h.resident(1)}, <-changes)
	assert.False(t, h.conversation(1).Resident.Changed.IsZero())
	h.clock.Set(h.clock.Now().Add(time.Minute))
	h.say(1, "पैसा कट गया") // a new one
	require.Len(t, h.cases(), 2)

	var known recalled
	talk := h.dialogue
	h.dialogue = recalling(t, &known)
	h.reopen()
	h.say(1, "x")
	assert.Equal(t, recalled{[]string{"BSP-26-000002"}, []int{0, 1}}, known)

	meena := h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.ConfirmIdentity(t.Context(), meena, h.resident(1)))
	h.say(1, "x")
	assert.Equal(t, recalled{[]string{"BSP-26-000002", "BSP-26-000001"}, []int{1, 1}}, known)

	h.dialogue = talk
	h.reopen()
	h.say(1, "मेरे केस")
	assert.Contains(t, h.replies(1)[len(h.replies(1))-1], "BSP-26-000001")
}

// An address that nobody has written from is nobody's.
func TestIdentityOfNobody(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	require.NoError(t, h.bot.IdentityChanged(t.Context(), h.phone.Name(), number(7)))
}
