package talk_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
)

// together gives messages that were held, as the bot hands them over.
func (s *stage) together(texts ...string) turn {
	s.Helper()
	return s.give(bot.Message{Kind: bot.Text, Text: strings.Join(texts, "\n"), Held: true})
}

// Of several messages that are answered as one, greetings and repetitions hide
// nothing: a wish counts, and so does an answer to the question that stands.
func TestHeldMessagesAreUnderstood(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, held []string
		said         []string
	}{
		"a greeting before the wish":  {nil, []string{"नमस्ते", "टिप"}, []string{"", "tips.next"}},
		"asked twice":                 {[]string{"0"}, []string{"1", "1"}, []string{"report.money_gone"}},
		"the officer among words":     {[]string{"0"}, []string{"कोई है?", "9", "जल्दी कीजिए"}, []string{"officer.handed_first", "officer.listen"}},
		"an officer, with a greeting": {nil, []string{"hello", "9", "🙏"}, []string{"officer.handed_first", "officer.listen"}},
		"an answer among words":       {[]string{"0", "1"}, []string{"नहीं गया", "बस फ़ोन आया था"}, []string{"report.kind"}},
		"the first that answers":      {[]string{"0"}, []string{"कुछ तो बताइए", "1"}, []string{"report.money_gone"}},
		"only greetings":              {[]string{"0"}, []string{"नमस्ते", "नमस्ते"}, []string{"talk.kind_word", "menu.what"}},
		"money, then an officer":      {[]string{"0"}, []string{"पैसा कट गया", "9"}, []string{"report.call_now", "report.amount"}},
		"a choice, then money":        {[]string{"0"}, []string{"1", "पैसा कट गया"}, []string{"report.call_now", "report.amount"}},
		"an amount among words":       {[]string{"पैसा कट गया"}, []string{"सुनिए", "25000"}, []string{"report.when"}},
		"nothing that is understood":  {[]string{"0"}, []string{"qwxz", "zxwq"}, []string{"talk.not_understood"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, nil)
			s.say(test.before...)
			s.together(test.held...).requireSaid(test.said...)
		})
	}
}

// Who asks for an officer in the middle of a story has told the rest of it too.
func TestOfficerBesideAStory(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("0", "1", "2", "पता नहीं", "पता नहीं").requireSaid("report.story")
	handed := s.together("एक आदमी का फ़ोन आया था", "9")
	handed.requireSaid("officer.handed_first", "officer.listen")
	assert.Equal(t, []bot.KeepEvidence{{Case: 1}}, effects[bot.KeepEvidence](handed))
}
