package inbox_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

func TestTheQueueAsAnOfficerSeesIt(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, second)
	order := func(path string) []string {
		var names []string
		_, rows, _ := strings.Cut(b.get(path).body, `class="rows"`)
		rows, _, _ = strings.Cut(rows, "</ol>")
		for _, part := range strings.Split(rows, `<li id="r`)[1:] {
			names = append(names, part[:strings.Index(part, `"`)])
		}
		return names
	}
	assert.Equal(t, []string{"3", "1", "2", "4"}, order("/"), "urgent first, then who has waited longest, then what somebody holds")
	assert.Equal(t, []string{"4"}, order("/?tab=mine"))
	assert.Equal(t, []string{"3", "1", "2"}, order("/?tab=free"))
	assert.Equal(t, []string{"3", "1", "2", "4"}, order("/?tab=nonsense"))
}

// What says nothing in words is told by its kind.
func TestTheListTellsOfMessagesWithoutWords(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	last := func() string {
		_, row, _ := strings.Cut(b.get("/").body, `<li id="r2"`)
		_, row, _ = strings.Cut(row, `class="last" dir="auto">`)
		row, _, _ = strings.Cut(row, `<span class="presence"`)
		return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(row, "")
	}
	for _, test := range []struct {
		message bot.Message
		want    string
	}{
		{bot.Message{Text: "कोई है?"}, "कोई है?"},
		{bot.Message{Kind: bot.Call, Text: "video"}, "Missed call"},
		{bot.Message{Kind: bot.Vote, Text: "1"}, "Choice in a poll"},
		{bot.Message{Kind: bot.Image}, "Picture"},
		{bot.Message{Kind: bot.Image, Text: "यह वाला"}, "Picture · यह वाला"},
		{bot.Message{Kind: bot.Voice}, "Voice note"},
		{bot.Message{Kind: bot.Edit, Text: "वह वाला"}, "वह वाला"},
	} {
		test.message.Resident, test.message.At = ramesh, morning
		w.writes(test.message)
		assert.Equal(t, test.want, last())
	}
}

func TestTheSecondToClaimSeesWhoWon(t *testing.T) {
	w := newWorld(t)
	winner, loser := w.signedIn(t, officer), w.signedIn(t, second)
	assert.Equal(t, "/conversations/1", winner.post("/conversations/1/claim").Header.Get("Location"))
	got := loser.post("/conversations/1/claim")
	assert.Equal(t, http.StatusConflict, got.StatusCode)
	assert.Contains(t, got.body, "SI मीना ठाकुर has claimed this conversation already.")
	assert.NotContains(t, got.body, `action="/conversations/1/reply`, "one claimant writes")
	assert.Contains(t, got.body, `action="/conversations/1/note`, "others note")
	assert.Equal(t, "/conversations/1", winner.post("/conversations/1/claim").Header.Get("Location"), "claiming again changes nothing")
}

func TestTakingOver(t *testing.T) {
	w := newWorld(t)
	assert.NotContains(t, w.signedIn(t, officer).get("/conversations/4").body, "/take-over", "no button that would be refused")
	b := w.signedIn(t, charge)
	assert.Contains(t, b.get("/conversations/4").body, `action="/conversations/4/take-over`)
	b.post("/conversations/4/take-over")
	c, err := w.Conversation(t.Context(), kavita)
	require.NoError(t, err)
	assert.EqualValues(t, charge, c.Officer)
}

func TestReplyNoteAndClose(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	b.post("/conversations/1/claim?tab=mine")
	got := b.post("/conversations/1/reply?tab=mine", "text", "बैंक को फ़ोन कीजिए")
	assert.Equal(t, "/conversations/1?tab=mine", got.Header.Get("Location"), "back to where one was, by GET")
	b.post("/conversations/1/note", "note", "नोडल को बताया")
	last := w.messages[sunita][len(w.messages[sunita])-1]
	assert.Equal(t, "बैंक को फ़ोन कीजिए", last.Text)
	assert.Equal(t, "नोडल को बताया", w.notes[sunita][1].Text)
	for _, m := range w.messages[sunita] {
		assert.NotContains(t, m.Text, "नोडल को बताया", "a note is never a message")
	}
	b.post("/conversations/1/close")
	assert.Contains(t, b.get("/conversations/1").body, "Closed")
	assert.Equal(t, []string{"sign_in", "claim", "reply", "note", "close"}, w.actions())
}

// The field of a note is no field of a reply, nor the other way round.
func TestANoteCannotBecomeAReply(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	b.post("/conversations/1/claim")
	assert.Equal(t, http.StatusUnprocessableEntity, b.post("/conversations/1/reply", "note", "सिर्फ़ हमारे लिए").StatusCode)
	assert.Equal(t, http.StatusUnprocessableEntity, b.post("/conversations/1/note", "text", "आपके लिए").StatusCode)
}

func TestWhatIsRefusedIsNotLost(t *testing.T) {
	long := strings.Repeat("क", bot.MaxReply)
	tests := []struct {
		name  string
		setUp func(*world)
		path  string
		field string
		text  string
		want  int
		says  string
	}{
		{"too long", nil, "reply", "text", long, 422, "too long for one message"},
		{"a note too long", nil, "note", "note", long, 422, "too long for one message"},
		{"taken over meanwhile", takenOver, "reply", "text", "आधा जवाब", 409, "not yours any more"},
		{"the store fails", func(w *world) { w.fail(errDisk) }, "reply", "text", "आधा जवाब", 500, "Something went wrong with us"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			b := w.signedIn(t, officer)
			b.post("/conversations/2/claim")
			if test.setUp != nil {
				test.setUp(w)
			}
			got := b.post("/conversations/2/"+test.path, test.field, test.text)
			assert.Equal(t, test.want, got.StatusCode)
			assert.Contains(t, got.body, test.says)
			assert.Contains(t, got.body, test.text+"</textarea>")
		})
	}
}

func takenOver(w *world) {
	w.amend(ramesh, func(c *bot.Conversation) { c.Officer, c.OfficerName = second, "HC राकेश यादव" })
}

func TestOpeningOnesOwnConversationMarksItSeen(t *testing.T) {
	w := newWorld(t)
	unread := func() int {
		c, err := w.Conversation(t.Context(), kavita)
		require.NoError(t, err)
		return c.Unread
	}
	w.signedIn(t, officer).get("/conversations/4")
	assert.Equal(t, 1, unread(), "another's look does not count")
	b := w.signedIn(t, second)
	b.get("/conversations/4?part=live")
	assert.Equal(t, 1, unread(), "nor does an update of a page that nobody may be looking at")
	b.get("/conversations/4")
	assert.Equal(t, 0, unread())
}

func TestAViewerSeesTheEndsOfANumberOnly(t *testing.T) {
	w := newWorld(t)
	assert.Contains(t, w.signedIn(t, officer).get("/conversations/1").body, "90000 00210")
	body := w.signedIn(t, viewer).get("/conversations/1").body
	assert.NotContains(t, body, "90000 00210")
	assert.NotContains(t, body, "9000000210")
	assert.Contains(t, body, "90000 •••10")
}

func TestAFormFromAnotherSiteIsRefused(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/conversations/1/claim", http.NoBody)
		require.NoError(t, err)
		r.Header.Set(header, value)
		got := b.do(r)
		assert.Equal(t, http.StatusForbidden, got.StatusCode, header)
		assert.Contains(t, got.body, "came from another site")
	}
	assert.Equal(t, []string{"sign_in"}, w.actions(), "nothing was done")
}

func TestAFormThatIsTooLarge(t *testing.T) {
	b := newWorld(t).signedIn(t, officer)
	assert.Equal(t, http.StatusRequestEntityTooLarge, b.post("/conversations/1/note", "note", strings.Repeat("x", 65<<10)).StatusCode)
}

// The log says where something failed, and nothing of the people concerned.
func TestTheLogHoldsNoWords(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	b.post("/conversations/1/claim")
	w.fail(errDisk)
	b.post("/conversations/1/reply", "text", "गुप्त बात")
	b.get("/")
	logged := w.log.String()
	assert.Contains(t, logged, "disk I/O error")
	for _, secret := range []string{"गुप्त", "सुनीता", "9000000210", "meena", "मीना"} {
		assert.NotContains(t, logged, secret)
	}
}

// The pages of a long thread join: each message stands on one of them.
func TestALongThreadInPages(t *testing.T) {
	w := newWorld(t)
	for i := range 250 {
		w.says(ramesh, morning, fmt.Sprintf("मैसेज नंबर %d।", i))
	}
	b := w.signedIn(t, officer)
	seen := map[string]int{}
	older := regexp.MustCompile(`href="(/conversations/2\?tab=all&amp;before=[0-9]+)"`)
	pages := 0
	for path := "/conversations/2"; path != ""; pages++ {
		body := b.get(path).body
		for _, found := range regexp.MustCompile(`मैसेज नंबर [0-9]+।</div>`).FindAllString(body, -1) {
			seen[found]++
		}
		path = ""
		if found := older.FindStringSubmatch(body); found != nil {
			path = html.UnescapeString(found[1])
		}
	}
	assert.Equal(t, 3, pages)
	assert.Len(t, seen, 250)
	for message, times := range seen {
		assert.Equal(t, 1, times, message)
	}
}

func TestAnEndlessMessageIsCut(t *testing.T) {
	w := newWorld(t)
	w.says(ramesh, morning, strings.Repeat("क", 300_000))
	body := w.signedIn(t, officer).get("/conversations/2").body
	assert.Less(t, len(body), 100_000)
	assert.Contains(t, body, "Only the beginning is shown")
}
