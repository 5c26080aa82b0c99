package inbox_test

import (
	"bufio"
	"context"
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// hidden is the value of a hidden field of a page.
func hidden(t *testing.T, page, name string) string {
	t.Helper()
	match := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	require.NotNil(t, match, name)
	return html.UnescapeString(match[1])
}

// field is what stands in the field of a reply or a note.
func field(t *testing.T, page, name string) string {
	t.Helper()
	match := regexp.MustCompile(`(?s)<textarea name="` + name + `"[^>]*>(.*?)</textarea>`).FindStringSubmatch(page)
	require.NotNil(t, match, name)
	return html.UnescapeString(match[1])
}

// What the resident wrote while the officer was writing is read first: the
// answer is refused, its words are kept, and the page shows what has come.
func TestAnAnswerToWhatHasNotBeenReadIsRefused(t *testing.T) {
	w, b := held(t)
	page := b.get("/conversations/2").body
	seen := hidden(t, page, "seen")
	w.says(ramesh, morning, "रुकिए, वो दूसरा बैंक था")
	got := b.post("/conversations/2/reply", "text", "SBI को फ़ोन कीजिए", "seen", seen)
	assert.Equal(t, http.StatusConflict, got.StatusCode)
	assert.Contains(t, got.body, "the resident has written meanwhile")
	assert.Contains(t, got.body, "रुकिए, वो दूसरा बैंक था")
	assert.Equal(t, "SBI को फ़ोन कीजिए", field(t, got.body, "text"))
	got = b.post("/conversations/2/reply", "text", "SBI को फ़ोन कीजिए", "seen", hidden(t, got.body, "seen"))
	assert.Equal(t, http.StatusSeeOther, got.StatusCode, "now it was read")

	file := b.postFile("/conversations/2/reply", "a.png", picture(), "text", "और यह", "seen", seen)
	assert.Equal(t, http.StatusConflict, file.StatusCode)
	assert.Contains(t, file.body, "Please choose the file again.")
}

func TestADoubleClickSendsOnce(t *testing.T) {
	w, b := held(t)
	before := len(w.messages[ramesh])
	once := hidden(t, b.get("/conversations/2").body, "once")
	for range 3 {
		assert.Equal(t, http.StatusSeeOther, b.post("/conversations/2/reply", "text", "एक बार", "once", once).StatusCode)
		assert.Equal(t, http.StatusSeeOther, b.postFile("/conversations/2/reply", "a.png", picture(), "text", "एक बार", "once", once).StatusCode)
	}
	assert.Len(t, w.messages[ramesh], before+2, "the words, and the words with a file")
	b.post("/conversations/2/reply", "text", "दूसरी बात", "once", once)
	assert.Len(t, w.messages[ramesh], before+3, "other words after going back are another answer")
	assert.NotEqual(t, once, hidden(t, b.get("/conversations/2").body, "once"))
}

func TestFiveSecondsToUndo(t *testing.T) {
	w, b := held(t)
	b.post("/conversations/2/reply", "text", "जल्दी में")
	page := b.get("/conversations/2").body
	assert.Contains(t, page, `action="/conversations/2/undo?tab=all"`)
	assert.NotContains(t, w.signedIn(t, charge).get("/conversations/2").body, `/undo?`, "only its writer")
	message := hidden(t, page, "message")
	assert.Equal(t, http.StatusSeeOther, b.post("/conversations/2/undo", "message", message).StatusCode)
	page = b.get("/conversations/2").body
	assert.Equal(t, "जल्दी में", field(t, page, "text"), "to be written anew")
	assert.NotContains(t, page, `/undo?`)
	assert.Contains(t, page, "Not sent")

	b.post("/conversations/2/reply", "text", "ठीक है")
	message = hidden(t, b.get("/conversations/2").body, "message")
	w.clock.Set(w.clock.Now().Add(bot.UndoTime))
	assert.NotContains(t, b.get("/conversations/2").body, `/undo?`)
	got := b.post("/conversations/2/undo", "message", message)
	assert.Equal(t, http.StatusConflict, got.StatusCode)
	assert.Contains(t, got.body, "It was too late")
}

func TestADraftIsKeptForItsOfficer(t *testing.T) {
	w, b := held(t)
	b.post("/conversations/2/draft?form=reply&quiet=1", "text", " आधा जवाब\n")
	b.post("/conversations/2/draft?form=note&quiet=1", "note", "आधी टिप्पणी")
	page := w.signedIn(t, officer).get("/conversations/2").body
	assert.Equal(t, " आधा जवाब\n", field(t, page, "text"), "as typed, on another device")
	assert.Equal(t, "आधी टिप्पणी", field(t, page, "note"))
	assert.NotContains(t, w.signedIn(t, charge).get("/conversations/2").body, "आधा जवाब")

	got := b.postFile("/conversations/2/draft?form=reply&tab=mine", "a.png", picture(), "text", "बटन से")
	assert.Equal(t, "/conversations/2?tab=mine", got.Header.Get("Location"), "with scripts off a button keeps it")
	assert.Equal(t, "बटन से", field(t, b.get("/conversations/2").body, "text"))

	b.post("/conversations/2/note", "note", "पूरी टिप्पणी")
	b.post("/conversations/2/reply", "text", "पूरा जवाब")
	page = b.get("/conversations/2").body
	assert.Empty(t, field(t, page, "text"))
	assert.Empty(t, field(t, page, "note"))

	b.post("/conversations/2/draft?form=reply&quiet=1", "text", "मेरे शब्द")
	takenOver(w)
	assert.Contains(t, b.get("/conversations/2").body, "मेरे शब्द</textarea>", "still to be copied")
	long := b.post("/conversations/2/draft?form=note", "note", strings.Repeat("x", bot.MaxUnsent+1))
	assert.Equal(t, http.StatusUnprocessableEntity, long.StatusCode)
}

func TestTransferFromOfficerToOfficer(t *testing.T) {
	w, b := held(t)
	other, third := w.signedIn(t, second), w.signedIn(t, charge)
	page := b.get("/conversations/2").body
	assert.Contains(t, page, `<option value="officer 5">HC राकेश यादव</option>`)
	assert.NotContains(t, page, `value="officer 2"`, "not to oneself")
	assert.NotContains(t, page, `value="officer 1"`, "nor to a viewer")
	got := b.post("/conversations/2/transfer", "to", "", "reason", "ड्यूटी बदली")
	assert.Equal(t, http.StatusUnprocessableEntity, got.StatusCode)
	assert.Contains(t, got.body, `value="ड्यूटी बदली"`, "the reason is kept")
	assert.Equal(t, http.StatusSeeOther, b.post("/conversations/2/transfer", "to", "officer 5", "reason", "ड्यूटी बदली").StatusCode)

	assert.Contains(t, b.get("/conversations/2").body, "Offered to HC राकेश यादव")
	assert.Contains(t, b.get("/conversations/2").body, `/conversations/2/reply`, "the sender keeps it")
	assert.Contains(t, other.get("/?tab=mine").body, "Offered to you")
	assert.Contains(t, other.get("/conversations/2").body, "SI मीना ठाकुर gives this conversation to you.")
	assert.NotContains(t, third.get("/conversations/2").body, "transfer/accept")
	got = third.post("/conversations/2/transfer/accept")
	assert.Equal(t, http.StatusConflict, got.StatusCode)
	assert.Contains(t, got.body, "no longer offered")
	assert.Equal(t, http.StatusSeeOther, other.post("/conversations/2/transfer/accept").StatusCode)
	assert.Contains(t, other.get("/conversations/2").body, `/conversations/2/reply`)
	assert.NotContains(t, b.get("/conversations/2").body, `action="/conversations/2/reply`)
}

func TestATransferComesBack(t *testing.T) {
	w, b := held(t)
	other := w.signedIn(t, second)
	b.post("/conversations/2/transfer", "to", "officer 5", "reason", "ड्यूटी बदली")
	other.post("/conversations/2/transfer/end")
	assert.Contains(t, b.get("/conversations/2").body, "HC राकेश यादव has declined.")
	b.post("/conversations/2/transfer", "to", "officer 5", "reason", "फिर से")
	w.lapse(ramesh)
	assert.Contains(t, b.get("/conversations/2").body, "did not accept within ten minutes")
	assert.NotContains(t, other.get("/conversations/2").body, "transfer/accept")
	b.post("/conversations/2/transfer/end")
	assert.NotContains(t, b.get("/conversations/2").body, "within ten minutes. It")
}

func TestAHandoverWithItsSheet(t *testing.T) {
	w, b := held(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	sheet := b.get("/handover").body
	for _, on := range []string{"रमेश पटेल", "सुनीता देवी", "BSP-26-001187", "₹98,500", "दूसरा पैसा Udaan Bank", "Hand over 2"} {
		assert.Contains(t, sheet, on)
	}
	got := b.post("/handover", "to", "officer 5", "reason", "")
	assert.Equal(t, http.StatusUnprocessableEntity, got.StatusCode)
	assert.Contains(t, got.body, "Please give a reason")
	assert.Equal(t, "/handover", b.post("/handover", "to", "officer 5", "reason", "सुबह की ड्यूटी").Header.Get("Location"))
	assert.Contains(t, b.get("/handover").body, "not all accepted yet")
	other := w.signedIn(t, second)
	for _, path := range []string{"/conversations/1/transfer/accept", "/conversations/2/transfer/accept"} {
		assert.Equal(t, http.StatusSeeOther, other.post(path).StatusCode)
	}
	assert.Contains(t, b.get("/handover").body, "There is nothing to hand over.")
}

func TestReadyRepliesAreFilledIn(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], ramesh, false))
	in := w.signedIn(t, charge)
	in.post("/replies", "name", "पावती", "hi", "{name} जी, केस नंबर {case} है।", "en", "{name}, the case number is {case}.")
	in.post("/replies", "name", "थाना", "thana", "Kotwali", "hi", "थाने आइए", "en", "Come to the thana")
	b := w.signedIn(t, officer)
	page := b.get("/conversations/1").body
	assert.Contains(t, page, `data-text="सुनीता देवी जी, केस नंबर BSP-26-001187 है।"`)
	assert.Contains(t, page, `data-text="सुनीता देवी, the case number is BSP-26-001187."`)
	assert.NotContains(t, page, "थाने आइए", "another thana's")
	assert.Less(t, strings.Index(page, "केस नंबर BSP"), strings.Index(page, "the case number is BSP"), "the resident's language first")
	address := html.UnescapeString(regexp.MustCompile(`class="pick" href="([^"#]+)`).FindStringSubmatch(page)[1])
	b.post("/conversations/1/draft?form=reply&quiet=1", "text", "नमस्ते,")
	assert.Equal(t, "नमस्ते,\nसुनीता देवी जी, केस नंबर BSP-26-001187 है।", field(t, b.get(address).body, "text"), "with scripts off the page brings it")

	assert.Contains(t, b.get("/conversations/2").body, `data-text="रमेश पटेल जी, केस नंबर {case} है।"`, "what is not known stays open")
	got := b.post("/conversations/2/reply", "text", "केस नंबर {case} है।")
	assert.Equal(t, http.StatusUnprocessableEntity, got.StatusCode)
	assert.Contains(t, got.body, "is not filled in yet")
	assert.Equal(t, "केस नंबर {case} है।", field(t, got.body, "text"))
}

func TestManagingReadyReplies(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, charge)
	b.post("/replies", "name", "otp", "hi", "ओटीपी न बताएँ", "en", "Tell nobody the OTP")
	got := b.post("/replies", "name", "otp", "hi", "यह न खोए", "en", "nor this")
	assert.Equal(t, http.StatusConflict, got.StatusCode)
	assert.Contains(t, got.body, "यह न खोए</textarea>")
	number := hidden(t, b.get("/replies").body, "id")
	got = b.post("/replies", "id", number, "name", "otp", "hi", "यह भी नहीं", "en", "")
	assert.Contains(t, got.body, "both languages are needed")
	b.post("/replies", "id", number, "name", "otp", "hi", "नया पाठ", "en", "New")
	assert.Contains(t, b.get("/replies").body, "नया पाठ")
	b.post("/replies/" + number + "/remove")
	assert.Contains(t, b.get("/replies").body, "There is none yet.")
}

func TestUnreadIsEachOfficersOwn(t *testing.T) {
	w := newWorld(t)
	b, other := w.signedIn(t, officer), w.signedIn(t, second)
	unread := func(b *browser) bool {
		body := b.get("/").body
		_, row, _ := strings.Cut(body, `<li id="r2"`)
		row, _, _ = strings.Cut(row, "</li>")
		return strings.Contains(row, "unread")
	}
	assert.True(t, unread(b))
	b.get("/conversations/2")
	assert.False(t, unread(b))
	assert.True(t, unread(other), "the other has not looked")
	id := w.writes(bot.Message{Resident: ramesh, Text: "और"})
	assert.True(t, unread(b))
	b.get("/conversations/2?part=live")
	assert.True(t, unread(b), "an update is no look")
	b.post("/conversations/2/seen", "message", "1")
	assert.True(t, unread(b))
	b.post("/conversations/2/seen", "message", strconv.FormatInt(id, 10))
	assert.False(t, unread(b))
}

func TestTheLeastTimeLeftComesFirst(t *testing.T) {
	w := newWorld(t)
	loss := func(resident int64, minutes int) {
		w.amend(resident, func(c *bot.Conversation) { c.Urgent, c.Reason = true, bot.ReasonLoss })
		w.cases[resident] = []bot.Case{{ID: resident, Resident: resident, MoneyGone: true, State: bot.Draft, Legs: []bot.Leg{{Amount: 100, When: ago(minutes)}}}}
	}
	loss(ramesh, 50)
	loss(kavita, 10) // held by rakesh
	body := w.signedIn(t, officer).get("/").body
	var order []string
	for _, row := range regexp.MustCompile(`<li id="r([0-9]+)"`).FindAllStringSubmatch(body, -1) {
		order = append(order, row[1])
	}
	assert.Equal(t, []string{"3", "2", "1", "4"}, order, "in danger, then ten, twenty-seven and fifty minutes left")
}

// Who loses the race for a conversation sees who has won, and when.
func TestTheLoserOfAClaimSeesSinceWhen(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[second], ramesh, false))
	w.clock.Set(morning.Add(2 * time.Minute))
	got := w.signedIn(t, officer).post("/conversations/2/claim")
	assert.Contains(t, got.body, "HC राकेश यादव has claimed this conversation already. Since today 01:27.")
}

// streamAt opens the live stream of a page, and gives what ends it.
func (b *browser) streamAt(path string) (lines func() string, end func()) {
	b.t.Helper()
	ctx, cancel := context.WithCancel(b.t.Context())
	b.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.url+path, http.NoBody)
	require.NoError(b.t, err)
	response, err := b.client.Do(r)
	require.NoError(b.t, err)
	b.t.Cleanup(func() { _ = response.Body.Close() })
	reader := bufio.NewReader(response.Body)
	return func() string {
		line, err := reader.ReadString('\n')
		if err != nil {
			return err.Error()
		}
		return strings.TrimSpace(line)
	}, cancel
}

// Pages are told who is where; the names of officers and the ids of residents,
// nothing else.
func TestPresence(t *testing.T) {
	w := newWorld(t)
	watcher := w.signedIn(t, second)
	lines, _ := watcher.stream()
	next(lines, "hello")
	b := w.signedIn(t, officer)
	_, end := b.streamAt("/events?at=2")
	assert.Equal(t, ` [{"at":2,"name":"SI मीना ठाकुर","typing":false}]`, next(lines, "presence"))
	b.post("/conversations/2/draft?form=note&quiet=1", "note", "लिख रही")
	assert.Equal(t, ` [{"at":2,"name":"SI मीना ठाकुर","typing":true}]`, next(lines, "presence"))
	b.post("/conversations/2/draft?form=note&quiet=1", "note", "")
	assert.Equal(t, ` [{"at":2,"name":"SI मीना ठाकुर","typing":false}]`, next(lines, "presence"))
	end()
	assert.Equal(t, ` []`, next(lines, "presence"))
	b.post("/conversations/2/draft?form=note&quiet=1", "note", "कहीं से")
	w.says(ramesh, morning, "x")
	assert.Equal(t, " 2", next(lines, "change"), "who has no page open is not there")
}
