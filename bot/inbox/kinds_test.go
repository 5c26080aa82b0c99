package inbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
)

// chats lets ramesh send everything that WhatsApp can carry, and meena, who
// holds his conversation, answer him.
func (w *world) chats() {
	from := func(kind bot.MessageKind, id, text, quote string) bot.Message {
		w.clock.Set(w.clock.Now().Add(time.Second))
		return bot.Message{Resident: ramesh, Kind: kind, ExternalID: id, Text: text, QuoteID: quote, At: w.clock.Now()}
	}
	w.amend(ramesh, func(c *bot.Conversation) {
		c.State, c.Officer, c.OfficerName = bot.Claimed, officer, "SI मीना ठाकुर"
		c.Resident.Changed = ago(50)
	})
	first := from(bot.Text, "first", "15000 रुपये गए", "")
	first.Edited = w.clock.Now().Add(time.Minute)
	w.writes(first)
	w.writes(from(bot.Edit, "edit", "51000 रुपये गए", "first"))
	gone := from(bot.Text, "gone", "मेरा बेटा कहता है कि मत बताओ", "")
	gone.Deleted = w.clock.Now().Add(time.Minute)
	w.writes(gone)
	w.writes(from(bot.Deletion, "deletion", "", "gone"))
	w.ours(bot.ByBot, from(bot.Poll, "poll", "पैसा किस तरह गया?\nUPI\nATM कार्ड\nपता नहीं", ""), bot.Read, "")
	w.writes(from(bot.Vote, "vote", "2", "poll"))
	w.writes(from(bot.Vote, "unvote", "", "poll"))
	w.writes(from(bot.Reaction, "reaction", "👍", "poll"))
	w.writes(from(bot.Reaction, "unreaction", "", "poll"))
	w.writes(from(bot.ViewOnce, "once", "", ""))
	w.writes(from(bot.Unreadable, "unreadable", "", ""))
	w.writes(from(bot.Contact, "contact", "बिजली वाला: 9000000774", ""))
	w.writes(from(bot.Location, "location", "22.0796, 82.1391", ""))
	w.writes(from(bot.Sticker, "sticker", "", ""))
	w.writes(from(bot.Call, "call", "3EB0CALLID", ""))
	w.writes(from(bot.Other, "other", "", ""))
	w.writes(from(bot.Text, "answer", "हाँ, यही वाला", "long-gone"))
	w.ours(bot.ByOfficer, from(bot.Text, "", "किस बैंक से गए?", "first"), bot.Read, "")
	w.ours(bot.ByOfficer, from(bot.Text, "", "बैंक की पासबुक का फ़ोटो भेजिए", ""), bot.Delivered, "")
	w.ours(bot.ByOfficer, from(bot.Text, "", "मैं आपको फ़ोन करती हूँ", ""), bot.Sent, "")
	file := from(bot.Document, "", "यह फ़ॉर्म भरकर लाइए", "")
	file.Media = w.keep(21, "शिकायत फ़ॉर्म.pdf", "application/pdf", []byte("%PDF-1.7"))
	w.ours(bot.ByOfficer, file, bot.Failed, "send: 9000000319@s.example: "+bot.ErrForbidden.Error())
	w.ours(bot.ByOfficer, from(bot.Text, "", "क्या आप थाने आ सकते हैं?", ""), bot.Queued, "")
}

// ours is a message of the helpline.
func (w *world) ours(by string, m bot.Message, d bot.Delivery, why string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m.By, m.Delivery, m.Error = by, d, why
	if by == bot.ByOfficer {
		m.Officer = officer
	}
	w.add(m)
}

// What stands in the thread of each thing that WhatsApp can carry.
func TestEveryKindOfMessage(t *testing.T) {
	w := newWorld(t)
	w.chats()
	b := w.signedIn(t, officer)
	entries := w.entries(b.get("/conversations/2").body)
	b.post("/language", "lang", "hi")
	hindi := w.entries(b.get("/conversations/2").body)
	tests := []struct {
		id, en, hi string
		also       []string // in both languages
	}{
		{"first", "Changed by the resident today 01:28", "नागरिक ने आज 01:28 बदला", []string{"15000 रुपये गए"}},
		{"edit", "Changed an earlier message to:", "पहले का मैसेज बदलकर यह लिखा:", []string{"15000 रुपये गए", "51000 रुपये गए"}},
		{"gone", "Deleted by the resident today 01:28; kept here", "नागरिक ने आज 01:28 मिटाया; यहाँ रखा है", []string{"मत बताओ"}},
		{"deletion", "Deleted this message", "यह मैसेज मिटाया", []string{"मत बताओ"}},
		{"poll", "Poll", "पोल", []string{"पैसा किस तरह गया?", "<li dir=\"auto\">ATM कार्ड</li>"}},
		{"vote", "Chose 2 in the poll:", "पोल में 2 चुना:", []string{"पैसा किस तरह गया?", "ATM कार्ड"}},
		{"unvote", "Took the choice back in the poll:", "पोल में चुना हुआ हटाया:", []string{"पैसा किस तरह गया?"}},
		{"reaction", "Reacted with 👍 to:", "👍 से जवाब दिया:", []string{"पैसा किस तरह गया?"}},
		{"unreaction", "Took the reaction back from:", "इस पर दिया निशान हटाया:", nil},
		{"once", "the helpline cannot see it", "हेल्पलाइन इसे देख नहीं सकती", nil},
		{"unreadable", "A message that could not be read", "एक मैसेज जो पढ़ा नहीं जा सका", nil},
		{"contact", "Contact", "संपर्क", []string{"बिजली वाला: 9000000774"}},
		{"location", "Location", "जगह", []string{"22.0796, 82.1391"}},
		{"sticker", "Sticker", "स्टिकर", nil},
		{"call", "Missed call", "छूटी हुई कॉल", nil},
		{"other", "A message of another kind", "दूसरी तरह का मैसेज", nil},
		{"answer", "A message that is not kept here", "एक मैसेज जो यहाँ नहीं है", []string{"हाँ, यही वाला"}},
	}
	for _, test := range tests {
		assert.Contains(t, entries[test.id], test.en, test.id)
		assert.Contains(t, hindi[test.id], test.hi, test.id)
		for _, also := range test.also {
			assert.Contains(t, entries[test.id], also, test.id)
			assert.Contains(t, hindi[test.id], also, test.id)
		}
	}
	assert.NotContains(t, entries["call"], "3EB0CALLID", "the id of a call is no word")
	assert.NotContains(t, entries["unvote"], "ATM", "no choice is left")
	for _, id := range []string{"edit", "gone", "deletion", "vote", "reaction", "call"} {
		assert.NotContains(t, entries[id], "Answer this", "%s cannot be quoted", id)
	}
	assert.Contains(t, entries["first"], "Answer this")
	assert.Contains(t, entries["unreadable"], "Answer this")
}

// entries are the articles of a page by the channel's id of their message.
func (w *world) entries(body string) map[string]string {
	w.mu.Lock()
	defer w.mu.Unlock()
	found := map[string]string{}
	for _, messages := range w.messages {
		for _, m := range messages {
			_, entry, there := strings.Cut(body, fmt.Sprintf(`id="m%d">`, m.ID))
			if there && m.ExternalID != "" {
				found[m.ExternalID], _, _ = strings.Cut(entry, "</article>")
			}
		}
	}
	return found
}

func TestHowFarAReplyHasCome(t *testing.T) {
	const address = "9000000319@s.example"
	tests := []struct {
		name  string
		to    bot.Delivery
		why   string
		down  bool
		en    string
		hi    string
		loud  bool // for the eye, too
		never string
	}{
		{"queued", bot.Queued, "", false, "Waiting to be sent", "भेजना बाक़ी", false, "Waits for the link"},
		{"queued while the link is down", bot.Queued, "", true, "Waits for the link", "जुड़ने के इंतज़ार में", true, address},
		{"held up", bot.Queued, "send: " + bot.ErrBarred.Error(), false, "does not let us write to this person now; it is tried again", "फिर कोशिश होगी", true, address},
		{"sent", bot.Sent, "", true, "Sent", "भेजा गया", false, "Waits for the link"},
		{"delivered", bot.Delivered, "", false, "Delivered", "पहुँच गया", false, address},
		{"read", bot.Read, "", false, "Read", "पढ़ लिया", false, address},
		{"forbidden", bot.Failed, "send to " + address + ": " + bot.ErrForbidden.Error(), false, "Could not be sent: WhatsApp does not take it", "भेजा नहीं जा सका: WhatsApp इसे नहीं लेता", true, address},
		{"barred", bot.Failed, address + ": " + bot.ErrBarred.Error(), false, "please call", "फ़ोन कीजिए", true, address},
		{"tried in vain", bot.Failed, address + ": time-out", false, "Could not be sent: tried many times", "भेजा नहीं जा सका: बहुत बार कोशिश की", true, "time-out"},
		{"withdrawn", bot.Withdrawn, "", false, "Not sent", "नहीं भेजा", true, address},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			w.ours(bot.ByOfficer, bot.Message{Resident: ramesh, Kind: bot.Text, ExternalID: "x", Text: "नमस्ते"}, test.to, test.why)
			if test.down {
				w.link.set(outages()[bot.LinkOffline])
			}
			b := w.signedIn(t, viewer)
			for lang, want := range map[string]string{"en": test.en, "hi": test.hi} {
				b.post("/language", "lang", lang)
				entry := w.entries(b.get("/conversations/2").body)["x"]
				assert.Contains(t, entry, want)
				assert.Equal(t, !test.loud, strings.Contains(entry, `class="hidden">`+want), "seen or only heard: %s", entry)
				assert.NotContains(t, entry, test.never)
			}
		})
	}
}

// What is quoted may stand on an older page.
func TestAQuoteOfLongAgo(t *testing.T) {
	w := newWorld(t)
	w.writes(bot.Message{Resident: ramesh, ExternalID: "old", Text: "सबसे पहली बात"})
	for range 120 {
		w.says(ramesh, morning, "और")
	}
	w.writes(bot.Message{Resident: ramesh, ExternalID: "new", QuoteID: "old", Text: "जैसा कहा था"})
	assert.Contains(t, w.entries(w.signedIn(t, viewer).get("/conversations/2").body)["new"], "सबसे पहली बात")
}

func TestWhoIsItNow(t *testing.T) {
	w := newWorld(t)
	const notice = "The security code of this phone changed today 00:37."
	b := w.signedIn(t, officer)
	assert.NotContains(t, b.get("/conversations/2").body, "security code")
	w.amend(ramesh, func(c *bot.Conversation) { c.Resident.Changed = ago(50) })
	assert.Contains(t, b.get("/conversations/2").body, notice)
	watching := w.signedIn(t, viewer).get("/conversations/2").body
	assert.Contains(t, watching, notice)
	assert.NotContains(t, watching, "confirm-identity", "no button that would be refused")

	assert.Equal(t, "/conversations/2", b.post("/conversations/2/confirm-identity").Header.Get("Location"))
	assert.NotContains(t, b.get("/conversations/2").body, notice)
	assert.Contains(t, w.actions(), "confirm_identity")
}
