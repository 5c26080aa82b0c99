package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// joinWorlds is how many pairs of residents with any past are joined.
const joinWorlds = 40

// A life makes the past of one resident by chance.
type life struct {
	*house
	chance   *rand.Rand
	resident int64
	officer  int64
	cases    *int64 // the last id, also of volunteers
	utr      []string
}

// live goes through some events.
func (l *life) live() {
	for range 3 + l.chance.IntN(15) {
		l.event()
	}
}

func (l *life) event() {
	text := fmt.Sprintf("word%d", l.chance.IntN(1_000_000))
	*l.cases++
	c := draft(*l.cases)
	switch l.chance.IntN(12) {
	case 0:
		utr := fmt.Sprintf("4123%08d", l.chance.IntN(100_000_000))
		l.utr = append(l.utr, utr)
		c.State, c.Legs = bot.Filed, []bot.Leg{{UTR: utr}}
		l.say(l.resident, text, bot.SaveCase{Case: c}, bot.KeepEvidence{Case: c.ID})
	case 1:
		c.MoneyGone = true
		l.say(l.resident, text, bot.SaveCase{Case: c}, bot.Escalate{Reason: bot.ReasonLoss, Urgent: true, Case: c.ID})
	case 2:
		reasons := []bot.EscalationReason{bot.ReasonAsked, bot.ReasonCheck, bot.ReasonMisses}
		l.say(l.resident, text, bot.Escalate{Reason: reasons[l.chance.IntN(len(reasons))], Urgent: l.chance.IntN(2) == 0})
	case 3:
		l.hold(l.resident, text, bot.Timer{Kind: bot.TimerBacklog, Due: noon.Add(time.Duration(l.chance.IntN(60)) * time.Minute)})
	case 4:
		l.keep(l.sendMedium(l.resident, text), fmt.Sprint("bytes of ", l.chance.IntN(3)))
	case 5:
		_, err := l.CommitTurn(l.ctx, l.unreadable(l.resident, text))
		l.ok(err)
	case 6:
		l.ok(l.Claim(l.ctx, l.resident, l.officer, true, noon, noon.Add(time.Hour)))
		_, err := l.Reply(l.ctx, answerTo(l.resident, l.officer, text, text), nil)
		l.ok(err)
	case 7:
		l.ok(l.Claim(l.ctx, l.resident, l.officer, true, noon, noon.Add(time.Hour)))
		l.ok(l.CloseConversation(l.ctx, l.resident, l.officer, bot.Message{Text: text, ExternalID: text, At: noon}))
	case 8:
		l.ok(l.AddNote(l.ctx, bot.Note{Resident: l.resident, Officer: l.officer, Text: text, At: noon}))
	case 9:
		l.say(l.resident, text, bot.Subscribe{})
		_, err := l.QueueTip(l.ctx, l.tip(l.resident, text, noon), noon)
		l.ok(err)
	case 10:
		l.say(l.resident, text, bot.Enrol{Volunteer: volunteer(*l.cases)})
	case 11:
		l.about(l.resident, bot.Edit, l.say(l.resident, text).In.ExternalID, "edited "+text)
	}
}

// kept is all that is kept of residents, as if they were one.
type kept struct {
	Messages []bot.Message
	Files    []string
	Cases    []bot.Case
	Stories  [][]string
	Notes    []bot.Note
	Audit    []bot.AuditEntry
	Reasons  []bot.EscalationReason
	Timers   []bot.TimerKind // but for the talk's and the silence's
	Counted  int
	Member   bool
	Tips     bool
}

func (h *house) kept(of int64, residents ...int64) (k kept) {
	h.Helper()
	reasons, timers := map[bot.EscalationReason]bool{}, map[bot.TimerKind]bool{}
	open, err := h.Untold(h.ctx, time.Time{}, 1000)
	h.ok(err)
	for _, resident := range residents {
		k.Messages = append(k.Messages, h.thread(resident)...)
		k.Cases = append(k.Cases, h.casesOf(resident)...)
		notes, err := h.Notes(h.ctx, resident)
		h.ok(err)
		k.Notes = append(k.Notes, notes...)
		k.Counted += h.conversation(resident).Messages
		_, err = h.VolunteerOf(h.ctx, resident)
		k.Member = k.Member || err == nil
		subscribed, err := h.Subscribed(h.ctx, resident)
		h.ok(err)
		k.Tips = k.Tips || subscribed
		for _, e := range open {
			reasons[e.Reason] = reasons[e.Reason] || e.Resident == resident
		}
		for _, timer := range h.timers() {
			timers[timer.Kind] = timers[timer.Kind] || timer.Resident == resident
		}
		log, err := h.AuditLog(h.ctx, 0, 1000)
		h.ok(err)
		for _, e := range log {
			if e.Resident == resident && e.Action != "join" {
				e.Resident = of
				k.Audit = append(k.Audit, e)
			}
		}
	}
	delete(timers, bot.TimerTalk)
	delete(timers, bot.TimerSilence)
	k.Reasons, k.Timers = chosen(reasons), chosen(timers)
	h.sortKept(&k, of)
	return k
}

// chosen are the keys that are true, in their order.
func chosen[K ~string](set map[K]bool) (keys []K) {
	for key, in := range set {
		if in {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// sortKept puts what is kept in the order of ids and under one resident, and
// reads what hangs on it.
func (h *house) sortKept(k *kept, of int64) {
	h.Helper()
	slices.SortFunc(k.Messages, func(a, b bot.Message) int { return int(a.ID - b.ID) })
	slices.SortFunc(k.Cases, func(a, b bot.Case) int { return int(a.ID - b.ID) })
	slices.SortFunc(k.Notes, func(a, b bot.Note) int { return int(a.ID - b.ID) })
	slices.SortFunc(k.Audit, func(a, b bot.AuditEntry) int { return int(a.ID - b.ID) })
	for i := range k.Messages {
		m := &k.Messages[i]
		m.Resident = of
		if m.Media != nil {
			content, err := h.content(m.Media.ID)
			h.ok(err)
			k.Files = append(k.Files, content)
		}
	}
	for i := range k.Cases {
		k.Cases[i].Resident = of
		story, err := h.StoryOf(h.ctx, k.Cases[i].ID)
		h.ok(err)
		k.Stories = append(k.Stories, texts(story))
	}
	for i := range k.Notes {
		k.Notes[i].Resident = of
	}
}

var joinAnyTests = map[string]func(*house){
	"whatever was kept of two residents is kept of the one": func(h *house) {
		var last int64
		for seed := range uint64(joinWorlds) {
			chance := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // a test's worlds are the same each time
			var residents []int64
			var addresses, findable []string
			for n := range 2 {
				address := fmt.Sprintf("9000000%03d", 2*int(seed)+n)
				resident := h.resident(2*int(seed) + n)
				l := &life{house: h, chance: chance, resident: resident, officer: h.officer(address), cases: &last}
				l.live()
				residents, addresses = append(residents, resident), append(addresses, address)
				findable = append(append(findable, address), l.utr...)
			}
			older, younger := residents[0], residents[1]
			before := h.kept(older, older, younger)
			version := max(h.conversation(older).Version, h.conversation(younger).Version)
			chance.Shuffle(2, func(i, j int) { addresses[i], addresses[j] = addresses[j], addresses[i] })

			resident, joined := h.join(addresses[0], addresses[1])
			require.Equal(h, older, resident, seed)
			require.Equal(h, younger, joined, seed)
			require.Equal(h, before, h.kept(older, older), seed)
			for _, part := range findable {
				require.Equal(h, []int64{older}, h.found(part), seed)
			}
			for _, m := range before.Messages {
				if m.By == bot.ByResident && strings.HasPrefix(m.Text, "word") {
					require.Contains(h, h.search(m.Text), m.Text, seed)
				}
			}
			assert.Greater(h, h.conversation(older).Version, version)
			h.say(older, "and the talk goes on")
		}
	},
}
