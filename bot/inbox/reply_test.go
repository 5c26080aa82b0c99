package inbox_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// mostFile is how many bytes a file to a resident may have.
const mostFile = 16 << 20

// postFile sends a form with a file, as a browser does.
func (b *browser) postFile(path, name string, content []byte, form ...string) answer {
	b.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for i := 0; i+1 < len(form); i += 2 {
		require.NoError(b.t, parts.WriteField(form[i], form[i+1]))
	}
	file, err := parts.CreateFormFile("file", name)
	require.NoError(b.t, err)
	_, err = file.Write(content)
	require.NoError(b.t, err)
	require.NoError(b.t, parts.Close())
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.url+path, &body)
	require.NoError(b.t, err)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(r)
}

// last is the newest message of a resident's thread.
func (w *world) last(resident int64) bot.Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.messages[resident][len(w.messages[resident])-1]
}

// held is a world in which meena holds ramesh's conversation.
func held(t *testing.T) (*world, *browser) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], ramesh, false))
	w.writes(bot.Message{Resident: ramesh, ExternalID: "money&1", Text: "15000 रुपये गए"})
	return w, w.signedIn(t, officer)
}

func TestAnsweringAMessage(t *testing.T) {
	w, b := held(t)
	page := b.get("/conversations/2").body
	assert.Contains(t, w.entries(page)["money&1"], `href="/conversations/2?tab=all&amp;answer=money%261#compose"`)
	assert.NotContains(t, page, `name="quote"`)

	offered := b.get("/conversations/2?tab=all&answer=money%261").body
	_, compose, _ := strings.Cut(offered, `id="compose"`)
	assert.Contains(t, compose, `<input type="hidden" name="quote" value="money&amp;1">`)
	assert.Contains(t, compose, "15000 रुपये गए</blockquote>", "the words stand above the field")
	assert.Contains(t, offered, `data-reload="/conversations/2?answer=money%261&amp;tab=all"`, "an update of the page keeps it")

	b.post("/conversations/2/reply", "quote", "money&1", "text", "किस बैंक से?")
	sent := w.last(ramesh)
	assert.Equal(t, "money&1", sent.QuoteID)
	page = b.get("/conversations/2").body
	_, reply, _ := strings.Cut(page, `class="entry out"`)
	assert.Contains(t, reply, "15000 रुपये गए</blockquote>")
	assert.NotContains(t, page, `name="quote"`, "answered")
}

func TestWhatCannotBeAnswered(t *testing.T) {
	w, b := held(t)
	w.writes(bot.Message{Resident: sunita, ExternalID: "hers", Text: "किसी और की बात"})
	w.ours(bot.ByBot, bot.Message{Resident: ramesh, ExternalID: "ours", Text: "बॉट की बात"}, bot.Read, "")
	w.writes(bot.Message{Resident: ramesh, ExternalID: "call", Kind: bot.Call})
	for _, id := range []string{"hers", "ours", "call", "nothing", ""} {
		body := b.get("/conversations/2?answer=" + id).body
		assert.NotContains(t, body, `name="quote"`, id)
		assert.NotContains(t, body, "किसी और की बात</blockquote>")
	}
	got := b.post("/conversations/2/reply", "quote", "hers", "text", "यह शब्द रहें")
	assert.Equal(t, http.StatusNotFound, got.StatusCode)
	assert.Contains(t, got.body, "यह शब्द रहें</textarea>")
	assert.NotContains(t, w.signedIn(t, viewer).get("/conversations/2?answer=money%261").body, "answer=", "who cannot answer is offered none")
}

func TestSendingAFile(t *testing.T) {
	tests := []struct {
		name, file, text string
		content          []byte
		kind             bot.MessageKind
		shown            string
	}{
		{"a picture", "form.png", "", picture(), bot.Image, `<img src="/media/`},
		{"a picture with words", "form.png", "यह भरिए", picture(), bot.Image, "यह भरिए"},
		{"a recording", "a.ogg", "", append([]byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00"), make([]byte, 30)...), bot.Voice, `<audio`},
		{"a document", "शिकायत.pdf", "", []byte("%PDF-1.7\n"), bot.Document, "शिकायत.pdf"},
		{"as large as may be", "big.pdf", "", append([]byte("%PDF-1.7\n"), make([]byte, mostFile-9)...), bot.Document, "16.8 MB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, b := held(t)
			got := b.postFile("/conversations/2/reply?tab=mine", test.file, test.content, "quote", "money&1", "text", test.text)
			assert.Equal(t, "/conversations/2?tab=mine", got.Header.Get("Location"))
			sent := w.last(ramesh)
			assert.Equal(t, test.kind, sent.Kind)
			assert.Equal(t, test.text, sent.Text)
			assert.Equal(t, "money&1", sent.QuoteID)
			assert.Equal(t, test.file, sent.Media.Name)
			assert.Equal(t, "application/octet-stream", sent.Media.Claimed)
			assert.True(t, bytes.Equal(test.content, w.bytes[sent.Media.ID]), "to the byte")
			page := b.get("/conversations/2").body
			assert.Contains(t, page, test.shown)
			assert.NotContains(t, page, "Kept as evidence", "what we send is none")
		})
	}
}

func TestAFileThatIsRefused(t *testing.T) {
	tests := []struct {
		name    string
		content []byte
		setUp   func(*world)
		want    int
		says    string
	}{
		{"one byte too large", make([]byte, mostFile+1), nil, http.StatusRequestEntityTooLarge, "the file has more than 16 MB"},
		{"much too large", make([]byte, bot.MaxMedia+1<<20), nil, http.StatusRequestEntityTooLarge, "the file has more than 16 MB"},
		{"empty", nil, nil, http.StatusUnprocessableEntity, "the file is empty"},
		{"taken over meanwhile", picture(), takenOver, http.StatusConflict, "not yours any more"},
		{"the store fails", picture(), func(w *world) { w.office.fail(errDisk) }, http.StatusInternalServerError, "Something went wrong with us"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, b := held(t)
			before := len(w.messages[ramesh])
			if test.setUp != nil {
				test.setUp(w)
			}
			got := b.postFile("/conversations/2/reply", "x.png", test.content, "quote", "money&1", "text", "यह शब्द रहें")
			assert.Equal(t, test.want, got.StatusCode)
			assert.Contains(t, strings.ToLower(got.body), strings.ToLower(test.says))
			assert.Contains(t, got.body, "यह शब्द रहें</textarea>", "the words are kept")
			assert.Len(t, w.messages[ramesh], before)
			if test.want < 500 && test.name != "taken over meanwhile" {
				assert.Contains(t, got.body, "Please choose the file again.")
				assert.Contains(t, got.body, `name="quote" value="money&amp;1"`, "and what they answer")
			}
		})
	}
}

func TestAReplyOfNothing(t *testing.T) {
	_, b := held(t)
	got := b.postFile("/conversations/2/reply", "", nil, "text", " ")
	assert.Equal(t, http.StatusUnprocessableEntity, got.StatusCode, "no file was chosen: a browser then sends one without a name")
	assert.Contains(t, got.body, "There is nothing written yet.")
}

func TestWordsOutliveASessionThatHasEnded(t *testing.T) {
	w := newWorld(t)
	got := w.browser(t).postFile("/conversations/2/reply", "x.png", picture(), "text", "यह शब्द रहें")
	assert.Equal(t, http.StatusUnauthorized, got.StatusCode)
	assert.Contains(t, got.body, "यह शब्द रहें</textarea>")
}

// A visitor who is signed out cannot make the machine take large files in.
func TestOnlyOfficersSendLargeForms(t *testing.T) {
	w := newWorld(t)
	big := make([]byte, 1<<20)
	for who, want := range map[int]int{0: http.StatusUnauthorized, viewer: http.StatusForbidden} {
		got := w.signedIn(t, who).postFile("/conversations/2/reply", "x.png", big, "text", "x")
		assert.Equal(t, want, got.StatusCode)
	}
}

func TestNoFileIsLeftBehind(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	_, b := held(t)
	b.postFile("/conversations/2/reply", "x.png", picture(), "text", "")
	b.postFile("/conversations/2/reply", "x.png", make([]byte, mostFile+1), "text", "")
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "mitan-file-*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestAFormThatIsBroken(t *testing.T) {
	_, b := held(t)
	for _, kind := range []string{"multipart/form-data", "multipart/form-data; boundary=x"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+"/conversations/2/reply", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nआधे श"))
		require.NoError(t, err)
		r.Header.Set("Content-Type", kind)
		assert.Equal(t, http.StatusBadRequest, b.do(r).StatusCode)
	}
}
