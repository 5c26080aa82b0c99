package bot

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"

	"mitan/locales"
)

// replyGap is the least time between two replies to one resident, on a channel
// where replies wait while they seem to be written.
const replyGap = time.Second

// answer queues replies to a conversation, and after the last of them its
// choices as a poll, where the channel has polls.
func (b *Bot) answer(t *Turn, c Conversation, replies, choices []string) {
	messenger, _ := b.channels[c.Channel].(Messenger)
	for _, text := range replies {
		for _, part := range parts(text) {
			t.Out = append(t.Out, b.outgoing(c.Resident.ID, c.Channel, c.Address, part, t.At))
		}
	}
	if messenger == nil || len(replies) == 0 {
		return
	}
	if len(choices) > 1 && messenger.Polls() {
		question := pollQuestion(replies[len(replies)-1])
		if question == "" {
			question = b.ownWords(langAfter(c, t), "talk.poll", " / ")
		}
		poll := b.outgoing(c.Resident.ID, c.Channel, c.Address, question+"\n"+strings.Join(choices, "\n"), t.At)
		poll.Kind = Poll
		poll.Payload = b.encode(poll)
		t.Out = append(t.Out, poll)
	}
	if pause := messenger.Pause(); pause > 0 {
		for i := range t.Out {
			t.Out[i].Due = t.At.Add(pause + time.Duration(i)*replyGap)
		}
	}
}

// langAfter is the language of a resident after a turn.
func langAfter(c Conversation, t *Turn) locales.Lang {
	lang := c.Resident.Lang
	for _, effect := range t.Effects {
		if set, ok := effect.(SetLanguage); ok {
			lang = set.Lang
		}
	}
	return lang
}

// ownWords is a text of the bot in the resident's language, or in all of them
// where that is not known yet.
func (b *Bot) ownWords(lang locales.Lang, key, between string) string {
	if lang != "" {
		return b.catalog.Text(lang, key, nil)
	}
	var all []string
	for _, lang := range locales.Langs() {
		all = append(all, b.catalog.Text(lang, key, nil))
	}
	return strings.Join(all, between)
}

// pollQuestion is the question that stands right above a reply's choices, if
// it is one; else "".
func pollQuestion(reply string) string {
	above, _, _ := strings.Cut(reply, "\n*1* ")
	lines := strings.Split(strings.TrimSpace(above), "\n")
	question := strings.ReplaceAll(lines[len(lines)-1], "*", "")
	if !strings.HasSuffix(question, "?") {
		return ""
	}
	return question
}

// outgoing is a reply of the bot, with its final id.
func (b *Bot) outgoing(resident int64, channel, address, text string, now time.Time) Message {
	m := Message{
		Resident: resident, By: ByBot, Channel: channel, Address: address, ExternalID: newID(),
		Kind: Text, Text: text, At: now.Truncate(time.Millisecond), Delivery: Queued,
	}
	m.Payload = b.encode(m)
	return m
}

// encode is the final bytes of a message, where its channel fixes them before
// it is queued.
func (b *Bot) encode(m Message) []byte {
	if messenger, ok := b.channels[m.Channel].(Messenger); ok {
		return messenger.Encode(m)
	}
	return nil
}

// newID is an id in the form that WhatsApp's own clients use.
func newID() string {
	var random [9]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand ends the program first
	return "3EB0" + strings.ToUpper(hex.EncodeToString(random[:]))
}
