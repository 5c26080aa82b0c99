package flows_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"mitan/bot"
	"mitan/flows"
	"mitan/locales"
)

// What residents send, right and wrong, in any order.
var inputs = []string{
	"1", "2", "3", "4", "5", "0", "9", "१", "2️⃣", "हाँ", "नहीं", "पता नहीं", "वापस", "मेनू", "फिर से", "पुलिस", "बंद",
	"25000", "आज सुबह 9 बजे", "SBI", "123456789012", "9000000098", "रामलाल", "बिल्हा", "अंग्रेजी", "हिंदी",
	"पैसा कट गया", "मैं हूं साइबर मितान", "शिकायत", "टिप", "बस", "more", "english", "delete my data", "my cases",
	"मेरा otp 482913 है", "👍", "🙏", "", " ", "\u202e\u200f", "qwxz", "\xff\xfe", "धन्यवाद", "नमस्ते",
	"मेरे पास 9000000096 से फ़ोन आया, बोले बिजली का बिल अपडेट नहीं है, मैंने 15000 रुपये भेज दिए",
}

var inputKinds = []bot.MessageKind{bot.Image, bot.Voice, bot.Video, bot.Document, bot.Sticker, bot.Location, bot.Contact, bot.Call, bot.ViewOnce, bot.Other}

// Messages about an earlier one.
var laterKinds = []bot.MessageKind{bot.Edit, bot.Vote}

// memory is what a store would remember of one resident.
type memory struct {
	conversation bot.Conversation
	now          time.Time
	numbers      map[string]int64
	cases        map[int64]bot.Case
	volunteer    *bot.Volunteer
	subscribed   bool
	wake         time.Time
	awaits       bool // words in a picture
}

func newMemory() *memory {
	return &memory{
		conversation: bot.Conversation{State: bot.WithBot, Resident: bot.Resident{ID: 1, Phone: "9000000001"}},
		now:          time.Date(2026, 11, 22, 6, 30, 0, 0, time.UTC),
		numbers:      map[string]int64{}, cases: map[int64]bot.Case{},
	}
}

func (m *memory) Cases() ([]bot.Case, error) {
	var list []bot.Case
	for id := m.numbers["case"]; id > 0; id-- {
		if c, ok := m.cases[id]; ok {
			list = append(list, c)
		}
	}
	return list, nil
}
func (m *memory) Story(int64) ([]bot.Message, error) { return nil, nil }
func (m *memory) Volunteer() (bot.Volunteer, error) {
	if m.volunteer == nil {
		return bot.Volunteer{}, bot.ErrNotFound
	}
	return *m.volunteer, nil
}
func (m *memory) Subscribed() (bool, error)         { return m.subscribed, nil }
func (m *memory) Ahead() (int, error)               { return 0, nil }
func (m *memory) Reported(bot.Suspect) (int, error) { return 0, nil }
func (m *memory) Next(series string) (int64, error) {
	m.numbers[series]++
	return m.numbers[series], nil
}

// take applies an outcome as a store does.
func (m *memory) take(t require.TestingT, out bot.Outcome) {
	m.conversation.Session, m.wake = out.Session, out.Wake
	for _, e := range out.Effects {
		switch e := e.(type) {
		case bot.SetLanguage:
			m.conversation.Resident.Lang = e.Lang
		case bot.SetName:
			m.conversation.Resident.Name = e.Name
		case bot.SaveCase:
			m.cases[e.Case.ID] = e.Case
		case bot.KeepEvidence:
			if e.Case != 0 {
				require.Contains(t, m.cases, e.Case, "evidence must be of a case that is saved already")
			}
		case bot.Enrol:
			m.volunteer = &e.Volunteer
		case bot.AwaitWords:
			m.awaits = true
		case bot.LeaveVolunteers:
			m.volunteer.State = bot.Left
		case bot.Subscribe:
			m.subscribed = true
		case bot.Unsubscribe:
			m.subscribed = false
		case bot.Escalate:
			m.conversation.State = bot.Waiting
		}
	}
}

func (m *memory) situation(message *bot.Message) bot.Situation {
	return bot.Situation{Now: m.now, Conversation: m.conversation, Message: message, Recall: m, Reads: true}
}

// Whatever a resident sends, in whatever order: the talk does not break, does
// not fall silent, and menu and officer work at each point.
func TestAnyTalk(t *testing.T) {
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	d := flows.Dialogue(catalog, bot.DefaultUnit())
	rapid.Check(t, func(t *rapid.T) {
		m := newMemory()
		for n := range rapid.IntRange(1, 25).Draw(t, "length") {
			message := drawMessage(t, n)
			m.now = m.now.Add(3 * time.Second)
			out, err := d.Step(m.situation(message))
			require.NoError(t, err)
			require.Empty(t, out.Broken)
			if message.Kind != bot.Call { // calls one upon the other get one answer
				require.NotEmpty(t, out.Replies, "silence after %q", message.Text)
			}
			for _, reply := range out.Replies {
				require.NotEmpty(t, reply)
			}
			m.take(t, out)
			drawWords(t, d, m)
			requireWayOut(t, d, m)
			requireSameAgain(t, d, m)
		}
	})
}

// drawWords lets the words in a picture come, sooner or later, if they are awaited.
func drawWords(t *rapid.T, d bot.Dialogue, m *memory) {
	if !m.awaits || !rapid.Bool().Draw(t, "read") {
		return
	}
	m.awaits = false
	s := m.situation(nil)
	s.Pictures = []bot.Media{{ID: 1, Words: rapid.SampledFrom(inputs).Draw(t, "words")}}
	out, err := d.Step(s)
	require.NoError(t, err)
	require.Empty(t, out.Broken)
	require.NotEmpty(t, out.Replies, "silence after a picture was read")
	m.take(t, out)
}

func drawMessage(t *rapid.T, n int) *bot.Message {
	message := &bot.Message{Kind: bot.Text, ExternalID: fmt.Sprint(n)}
	switch rapid.IntRange(0, 11).Draw(t, "what") {
	case 0:
		message.Kind = rapid.SampledFrom(inputKinds).Draw(t, "kind")
	case 1:
		message.Text = rapid.String().Draw(t, "anything")
	case 2:
		message.Text = rapid.SampledFrom(inputs).Draw(t, "forwarded")
		message.Forwarded = true
	case 3:
		message.Text = rapid.SampledFrom(inputs).Draw(t, "changed")
		message.Kind = rapid.SampledFrom(laterKinds).Draw(t, "kind")
	case 4: // several that were held
		message.Text = strings.Join(rapid.SliceOfN(rapid.SampledFrom(inputs), 1, 4).Draw(t, "held"), "\n")
		message.Held = true
	default:
		message.Text = rapid.SampledFrom(inputs).Draw(t, "text")
	}
	return message
}

// requireWayOut tries 9, which must always reach the officers.
func requireWayOut(t *rapid.T, d bot.Dialogue, m *memory) {
	out, err := d.Step(m.situation(&bot.Message{Kind: bot.Text, Text: "9"}))
	require.NoError(t, err)
	var reached bool
	for _, e := range out.Effects {
		_, ok := e.(bot.Escalate)
		reached = reached || ok
	}
	require.True(t, reached, "9 must reach an officer")
	out, err = d.Step(m.situation(&bot.Message{Kind: bot.Text, Text: "0"}))
	require.NoError(t, err)
	require.NotEmpty(t, out.Replies)
}

// requireSameAgain runs the flow again from its journal: asked to repeat, it
// comes to the same place and changes nothing.
func requireSameAgain(t *rapid.T, d bot.Dialogue, m *memory) {
	again := &bot.Message{Kind: bot.Text, Text: "फिर से"}
	settled, err := d.Step(m.situation(again)) // may greet, and choose the language
	require.NoError(t, err)
	copied := *m
	copied.conversation.Session, copied.conversation.Resident.Lang = settled.Session, locales.Hindi
	first, err := d.Step(copied.situation(again))
	require.NoError(t, err)
	copied.conversation.Session = first.Session
	second, err := d.Step(copied.situation(again))
	require.NoError(t, err)
	require.Equal(t, first.Replies, second.Replies)
	for _, e := range settled.Effects {
		require.NotContains(t, []string{"bot.Enrol", "bot.Erase", "bot.Subscribe", "bot.Unsubscribe"}, fmt.Sprintf("%T", e), "a repeated question acts again")
	}
}
