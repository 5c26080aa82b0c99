package bot_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

// A group is the officers' group. It shows a message once, whichever times it
// is posted.
type group struct {
	mu    sync.Mutex
	calls int
	shown []post
	fail  error
}

type post struct{ id, text string }

func (g *group) Post(_ context.Context, id, text string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls++
	if g.fail != nil {
		return g.fail
	}
	for _, p := range g.shown {
		if p.id == id {
			return nil
		}
	}
	g.shown = append(g.shown, post{id, text})
	return nil
}

// grouped is a house with an officers' group.
type grouped struct {
	*house
	group *group
	said  int
}

func newGrouped(t *testing.T, dialogue bot.Dialogue) *grouped {
	h := &grouped{house: newHouse(t, dialogue), group: &group{}}
	h.poster = h.group
	h.unit.WhatsApp.OfficersGroup = "120363000000000000@g.us"
	h.bot = h.another()
	return h
}

// tell lets the group be told, and returns what it shows.
func (h *grouped) tell() []post {
	h.Helper()
	require.NoError(h, h.bot.TellGroup(h.Context()))
	return h.group.shown
}

// member is an officer whom the group knows by a phone.
func (h *grouped) member(login string, role bot.Role, phone string) bot.Officer {
	h.Helper()
	o := bot.Officer{Login: login, Name: "SI " + login, Role: role, Phone: phone, Since: noon}
	var err error
	o.ID, err = h.store.AddOfficer(h.Context(), o)
	require.NoError(h, err)
	return o
}

// writes is a message in the group, and what the group is shown for it.
func (h *grouped) writes(o bot.Officer, quote, text string) string {
	h.Helper()
	h.said++
	return h.gives(bot.GroupMessage{ID: fmt.Sprintf("G%d", h.said), Phone: o.Phone, QuoteID: quote, Text: text})
}

func (h *grouped) gives(m bot.GroupMessage) string {
	h.Helper()
	reply, err := h.bot.FromGroup(h.Context(), m)
	require.NoError(h, err)
	return reply
}

// escalated is a group that has been told of the first resident.
func escalated(t *testing.T) (h *grouped, notice string) {
	h = newGrouped(t, nil)
	h.say(1, "पैसा कट गया")
	posts := h.tell()
	require.Len(t, posts, 1)
	h.drain()
	return h, posts[0].id
}

func says(key string, vars map[string]any) string {
	return catalog().Text(locales.Hindi, key, vars)
}

// A notice says why, whose, how long ago, and the resident's last words, their
// secrets masked, in one line.
func TestNotice(t *testing.T) {
	t.Parallel()
	h := newGrouped(t, nil)
	h.say(1, "पैसा कट गया\n\nक्या करूँ?\nOTP 482913 बताया था")
	h.clock.Set(h.clock.Now().Add(3 * time.Minute))
	posts := h.tell()
	require.Len(t, posts, 1)
	mark := fmt.Sprintf("#%d", h.resident(1))
	lines := strings.Split(posts[0].text, "\n")
	require.Len(t, lines, 4)
	assert.Equal(t, "🔴 *अभी* · *पैसा गया है*", lines[0])
	assert.Equal(t, mark+" · 3 मिनट से", lines[1])
	assert.Contains(t, lines[2], `"पैसा कट गया क्या करूँ? OTP `)
	assert.NotContains(t, posts[0].text, "482913")
	assert.NotContains(t, posts[0].text, number(1))
	assert.NotContains(t, posts[0].text, locales.NoValue)

	assert.Len(t, h.tell(), 1, "told once")
	h.say(2, "9")
	posts = h.tell()
	require.Len(t, posts, 2)
	assert.True(t, strings.HasPrefix(posts[1].text, "*अफ़सर से बात करनी है*\n"), posts[1].text)
	assert.Contains(t, posts[1].text, "अभी-अभी")
}

// Each reason has words, and there are words for no other.
func TestReasonsHaveWords(t *testing.T) {
	t.Parallel()
	reasons := []bot.EscalationReason{
		bot.ReasonLoss, bot.ReasonStalled, bot.ReasonAsked, bot.ReasonVoice, bot.ReasonMisses, bot.ReasonCheck,
		bot.ReasonDanger, bot.ReasonSuicide, bot.ReasonBroken, bot.ReasonSilence, bot.ReasonUndeliver,
		bot.ReasonFlood, bot.ReasonErasure, bot.ReasonMessage, bot.ReasonUnread, bot.ReasonOnLine,
	}
	want := []string{"group.claimed", "group.closed", "group.failed", "group.not_allowed", "group.not_yours", "group.notice", "group.stays", "group.taken", "group.unknown"}
	for _, r := range reasons {
		want = append(want, "group.reason."+string(r))
	}
	var have []string
	for _, key := range catalog().Keys() {
		if strings.HasPrefix(key, "group.") {
			have = append(have, key)
		}
	}
	assert.ElementsMatch(t, want, have)
}

// What has waited for more than an hour when the group is first told is left to
// the inbox.
func TestOldEscalationsAreNotTold(t *testing.T) {
	t.Parallel()
	h := newGrouped(t, nil)
	h.say(1, "9")
	h.clock.Set(h.clock.Now().Add(2 * time.Minute))
	h.say(2, "9")
	h.clock.Set(h.clock.Now().Add(59 * time.Minute))
	posts := h.tell()
	require.Len(t, posts, 1)
	assert.Contains(t, posts[0].text, fmt.Sprintf("#%d", h.resident(2)))
}

// However many are told at once, each is told.
func TestManyNotices(t *testing.T) {
	t.Parallel()
	h := newGrouped(t, nil)
	const residents = 45
	for n := range residents {
		h.say(n, "9")
	}
	for look := 1; len(h.tell()) < residents; look++ {
		require.Less(t, look, 3)
	}
}

func TestNoGroup(t *testing.T) {
	t.Parallel()
	h := newGrouped(t, nil)
	h.unit.WhatsApp.OfficersGroup = ""
	h.say(1, "पैसा कट गया")
	assert.Empty(t, h.tell())
	assert.Zero(t, h.counted("notice"))
}

// While the link is down notices wait; one that does not go is tried again after
// a pause; a crash before it is noted as sent shows it once.
func TestNoticesWait(t *testing.T) {
	t.Parallel()
	h := newGrouped(t, nil)
	h.say(1, "पैसा कट गया")
	h.say(2, "9")
	h.group.fail = fmt.Errorf("post: %w", bot.ErrOffline)
	assert.Empty(t, h.tell())
	assert.Equal(t, 1, h.group.calls)

	h.group.fail = errNetwork
	require.ErrorIs(t, h.bot.TellGroup(t.Context()), errNetwork)
	h.group.fail = nil
	assert.Empty(t, h.tell(), "it rests")
	h.clock.Set(h.clock.Now().Add(30 * time.Second))
	h.faults.once("NoticeSent", errDisk)
	require.ErrorIs(t, h.bot.TellGroup(t.Context()), errDisk)
	h.reopen()
	posts := h.tell()
	require.Len(t, posts, 2)
	assert.Contains(t, posts[0].text, fmt.Sprintf("#%d", h.resident(1)), "in their order")
	assert.NotEqual(t, posts[0].id, posts[1].id)
}

// An officer's reply under a notice goes to its resident, and makes the
// conversation the officer's; claim and close do there what they do in the inbox.
func TestAnswerFromTheGroup(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ claim, close string }{
		{"claim", "close"},
		{" CLAIM. ", "Closed!"},
		{"क्लेम", "क्लोज़ करो"},
		{"मैं लेती हूँ", "क्लोज़ जी"},
	} {
		h, notice := escalated(t)
		meena := h.member("meena", bot.RoleOfficer, number(91))
		mark := map[string]any{"resident": fmt.Sprintf("#%d", h.resident(1))}

		assert.Equal(t, says("group.claimed", mark), h.writes(meena, notice, c.claim))
		assert.Equal(t, meena.ID, h.conversation(1).Officer)
		assert.Equal(t, says("group.claimed", mark), h.writes(meena, notice, c.claim), "twice is once")

		assert.Equal(t, bot.GroupDone, h.writes(meena, notice, "मैं SI मीना हूँ। बैंक का नाम लिखिए।"))
		h.drain()
		thread := h.thread(1)
		last := thread[len(thread)-1]
		assert.Equal(t, bot.ByOfficer, last.By)
		assert.Equal(t, meena.ID, last.Officer)
		assert.Len(t, last.ExternalID, 22)
		screen := h.phone.screen()
		assert.Equal(t, "मैं SI मीना हूँ। बैंक का नाम लिखिए।", screen[len(screen)-1])

		assert.Equal(t, says("group.closed", mark), h.writes(meena, notice, c.close))
		assert.Equal(t, bot.Closed, h.conversation(1).State)
		assert.Equal(t, says("group.closed", mark), h.writes(meena, notice, c.close), "it is closed already")
		h.drain()
		assert.Equal(t, 1, count(h.replies(1), "officer.closed"))
	}
}

// What goes to no resident, and changes nothing.
func TestWhatIsNobodysBusiness(t *testing.T) {
	t.Parallel()
	h, notice := escalated(t)
	meena := h.member("meena", bot.RoleOfficer, number(91))
	gone := bot.Officer{Login: "gone", Name: "SI gone", Role: bot.RoleOfficer, Phone: number(92), Disabled: true, Since: noon}
	_, err := h.store.AddOfficer(t.Context(), gone)
	require.NoError(t, err)
	h.say(2, "मेरा नंबर")
	theirs := h.thread(2)[0].ExternalID // a resident's own message, forwarded into the group
	ours := h.thread(1)[1].ExternalID   // a reply of the bot, of a resident's thread
	before := [][]bot.Message{h.thread(1), h.thread(2)}
	for _, c := range []struct {
		name string
		m    bot.GroupMessage
	}{
		{"nobody known writes", bot.GroupMessage{ID: "X1", QuoteID: notice, Text: "claim"}},
		{"one who is no officer", bot.GroupMessage{ID: "X2", Phone: number(93), QuoteID: notice, Text: "पैसे भेजो"}},
		{"an officer who may no longer sign in", bot.GroupMessage{ID: "X3", Phone: gone.Phone, QuoteID: notice, Text: "claim"}},
		{"a resident, who may be in the group by mistake", bot.GroupMessage{ID: "X4", Phone: number(1), QuoteID: notice, Text: "close"}},
		{"no quote", bot.GroupMessage{ID: "X5", Phone: meena.Phone, Text: "claim"}},
		{"no quote, but a resident's mark", bot.GroupMessage{ID: "X6", Phone: meena.Phone, Text: fmt.Sprintf("#%d claim", h.resident(1))}},
		{"a quote of a message that looks like a notice", bot.GroupMessage{ID: "X7", Phone: meena.Phone, QuoteID: "FORGED", Text: "आपका OTP क्या है?"}},
		{"a quote of a resident's message", bot.GroupMessage{ID: "X8", Phone: meena.Phone, QuoteID: theirs, Text: "आइए"}},
		{"a quote of a reply", bot.GroupMessage{ID: "X9", Phone: meena.Phone, QuoteID: ours, Text: "आइए"}},
		{"no id", bot.GroupMessage{Phone: meena.Phone, QuoteID: notice, Text: "आइए"}},
	} {
		assert.Empty(t, h.gives(c.m), c.name)
	}
	assert.Equal(t, before, [][]bot.Message{h.thread(1), h.thread(2)})
	assert.Equal(t, bot.Waiting, h.conversation(1).State)
}

// Of two officers who answer at the same moment one holds the conversation, and
// the other is told who does.
func TestTwoOfficersAnswer(t *testing.T) {
	t.Parallel()
	h, notice := escalated(t)
	const officers = 8
	members := make([]bot.Officer, officers)
	for i := range members {
		members[i] = h.member(fmt.Sprintf("officer%d", i), bot.RoleOfficer, number(90+i))
	}
	before := len(h.replies(1))
	replies := make([]string, officers)
	var all sync.WaitGroup
	for i, o := range members {
		all.Go(func() {
			var err error
			replies[i], err = h.bot.FromGroup(t.Context(), bot.GroupMessage{
				ID: o.Login, Phone: o.Phone, QuoteID: notice, Text: "answer of " + o.Login,
			})
			assert.NoError(t, err)
		})
	}
	all.Wait()
	holder := h.conversation(1)
	taken := says("group.taken", map[string]any{"resident": fmt.Sprintf("#%d", h.resident(1)), "officer": holder.OfficerName})
	for i, o := range members {
		if o.ID == holder.Officer {
			assert.Equal(t, bot.GroupDone, replies[i])
			assert.Equal(t, []string{"answer of " + o.Login}, h.replies(1)[before:])
		} else {
			assert.Equal(t, taken, replies[i])
		}
	}
}

// What is refused, in words, and then nothing is sent.
func TestGroupRefuses(t *testing.T) {
	t.Parallel()
	h, notice := escalated(t)
	meena, ravi := h.member("meena", bot.RoleOfficer, number(91)), h.member("ravi", bot.RoleCharge, number(92))
	viewer := h.member("viewer", bot.RoleViewer, number(93))
	mark := map[string]any{"resident": fmt.Sprintf("#%d", h.resident(1))}
	taken := map[string]any{"resident": mark["resident"], "officer": meena.Name}
	before := len(h.replies(1))

	assert.Equal(t, says("group.not_yours", mark), h.writes(meena, notice, "close"), "nobody holds it")
	for _, text := range []string{"claim", "close", "नमस्ते"} {
		assert.Equal(t, says("group.not_allowed", mark), h.writes(viewer, notice, text))
	}
	for _, text := range []string{"", "  \n", strings.Repeat("क", bot.MaxReply)} {
		assert.Equal(t, says("group.failed", mark), h.writes(meena, notice, text))
	}
	assert.Equal(t, bot.Waiting, h.conversation(1).State, "nothing of that has claimed it")

	for i, text := range []string{"मैं देखती हूँ", "बात पूरी हुई?", "claim कर लीजिए बैंक से", "close to the bank?"} {
		assert.Equal(t, bot.GroupDone, h.writes(meena, notice, text), "what one may say to a resident is sent")
		require.Equal(t, text, h.replies(1)[before+i])
	}
	require.NoError(t, h.bot.CloseConversation(t.Context(), meena, h.resident(1)))
	before = len(h.replies(1))
	require.Equal(t, bot.GroupDone, h.writes(meena, notice, "नमस्ते"))
	assert.Equal(t, says("group.taken", taken), h.writes(ravi, notice, "मैं भी हूँ"))
	assert.Equal(t, says("group.taken", taken), h.writes(ravi, notice, "claim"), "taking over is for the inbox")
	assert.Equal(t, says("group.not_yours", mark), h.writes(ravi, notice, "close"))
	assert.Equal(t, []string{"नमस्ते"}, h.replies(1)[before:])
	assert.Equal(t, meena.ID, h.conversation(1).Officer)
}

// A message that is given again is sent once, and opens nothing that has been
// closed since.
func TestGroupMessageIsGivenTwice(t *testing.T) {
	t.Parallel()
	h, notice := escalated(t)
	meena := h.member("meena", bot.RoleOfficer, number(91))
	before := len(h.replies(1))
	answer := bot.GroupMessage{ID: "G1", Phone: meena.Phone, QuoteID: notice, Text: "नमस्ते"}
	for range 3 {
		assert.Equal(t, bot.GroupDone, h.gives(answer))
	}
	assert.Len(t, h.replies(1), before+1)
	h.writes(meena, notice, "close")
	assert.Equal(t, bot.GroupDone, h.gives(answer))
	assert.Equal(t, bot.Closed, h.conversation(1).State)
	assert.Len(t, h.replies(1), before+2, "the answer and the farewell")
	h.drain()
	assert.Equal(t, bot.GroupDone, h.gives(answer), "after it was sent, too")

	other := answer
	other.ID = "G2"
	assert.Equal(t, bot.GroupDone, h.gives(other), "the same words once more are another message")
	assert.Len(t, h.replies(1), before+3)
}

// An error of the store is no refusal: the channel gives the message again.
func TestGroupMessageWhenTheStoreFails(t *testing.T) {
	t.Parallel()
	h, notice := escalated(t)
	meena := h.member("meena", bot.RoleOfficer, number(91))
	answer := bot.GroupMessage{ID: "G1", Phone: meena.Phone, QuoteID: notice, Text: "नमस्ते"}
	for _, op := range []string{"OfficerByPhone " + meena.Phone, "NoticeByExternalID", "Conversation"} {
		h.faults.once(op, errDisk)
		_, err := h.bot.FromGroup(t.Context(), answer)
		require.ErrorIs(t, err, errDisk, op)
	}
	assert.Equal(t, bot.GroupDone, h.gives(answer))
}

// An answer that its officer edits or deletes in the group stays with the
// resident as it was, and the officer is told; what went to nobody changes
// nothing, and nobody else is told anything.
func TestGroupChangeOfAnAnswer(t *testing.T) {
	t.Parallel()
	h, notice := escalated(t)
	meena := h.member("meena", bot.RoleOfficer, "9000000800")
	stranger := bot.Officer{Phone: "9000000801"}
	assert.Equal(t, bot.GroupDone, h.gives(bot.GroupMessage{ID: "A1", Phone: meena.Phone, QuoteID: notice, Text: "जी, बताइए।"}))
	change := func(o bot.Officer, of string) string {
		return h.gives(bot.GroupMessage{ID: "E" + of, Phone: o.Phone, QuoteID: of, Text: "कुछ और", Change: true})
	}
	vars := map[string]any{"resident": fmt.Sprintf("#%d", h.resident(1))}
	assert.Equal(t, says("group.stays", vars), change(meena, "A1"))
	assert.Empty(t, change(meena, "A2"), "nothing that was sent on")
	assert.Empty(t, change(meena, notice))
	assert.Empty(t, change(stranger, "A1"))
	h.drain()
	assert.Equal(t, []string{"जी, बताइए।"}, h.phone.screen()[len(h.phone.screen())-1:])
	assert.NotContains(t, strings.Join(h.phone.screen(), "\n"), "कुछ और")
}
