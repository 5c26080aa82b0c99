package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
)

// search are the texts in which words are found.
func (h *house) search(words string) []string {
	h.Helper()
	messages, err := h.SearchMessages(h.ctx, words, 10)
	h.ok(err)
	return texts(messages)
}

var searchTests = map[string]func(*house){
	"finds whole words, in Hindi and English": func(h *house) {
		asha := h.resident(1)
		hindi := "मेरी बिजली कट जाएगी, ऐसा मैसेज आया"
		english := "He said: PAY the electricity bill"
		h.say(asha, hindi)
		h.say(asha, english)
		for words, want := range map[string][]string{
			"बिजली":            {hindi},
			"मैसेज बिजली":      {hindi},
			"जाएगी":            {hindi},
			"बिज*":             {hindi},
			"electricity":      {english},
			"Pay BILL":         {english},
			"elec*":            {english},
			"बिज":              {},
			"जल":               {}, // between the vowel signs of बिजली
			"elec":             {},
			"बिजली bill":       {},
			"":                 {},
			" * ":              {},
			`"`:                {},
			"bill OR":          {},
			"bill) NOT (pay":   {}, // words, no operators: "not" is not there
			"text:bill":        {},
			"bill-pay":         {english},
			"said \"pay the\"": {english},
		} {
			assert.Equal(h, want, h.search(words), words)
		}
	},
	"finds numbers however they are written": func(h *house) {
		asha := h.resident(1)
		for _, text := range []string{"call 9000000888 now", "call +91 90000 00888 now", "call 919000000888", "UTR 632118904417 hai", "call 9000000889"} {
			h.say(asha, text)
		}
		for number, want := range map[string]int{
			"9000000888": 3, "+91 90000 00888": 3, "+91-9000000888": 3, "०९०००००0888": 3, "632118904417": 1, "6321189": 1, "632118904": 1, "904417": 0, "1234567": 0,
		} {
			assert.Len(h, h.search(number), want, number)
		}
	},
	"finds letters with a dot below however they are written": func(h *house) {
		asha := h.resident(1)
		one, two := "बा\u095bार", "बा\u091c\u093cार"
		h.say(asha, one)
		h.say(asha, two)
		assert.Equal(h, []string{two, one}, h.search(one))
		assert.Equal(h, []string{two, one}, h.search(two))
	},
	"finds what residents and officers wrote, not the bot, the newest first": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		turn := h.turn(asha, "word of the resident")
		turn.Out = []bot.Message{h.reply(turn.In, "word of the bot")}
		h.commit(turn)
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		_, err := h.Reply(h.ctx, bot.Message{Resident: asha, Officer: ravi, Kind: bot.Text, Text: "word of the officer", At: noon}, nil)
		h.ok(err)
		assert.Equal(h, []string{"word of the officer", "word of the resident"}, h.search("word"))
		some, err := h.SearchMessages(h.ctx, "word", 1)
		h.ok(err)
		assert.Equal(h, []string{"word of the officer"}, texts(some))
	},
}
