package handset

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

var (
	savitri = Persona{Name: "सावित्री बाई", Phone: "9000000001"}
	ramlal  = Persona{Name: "रामलाल", Phone: "9000000002"}
)

// serve opens the page of a helpline.
func serve(t *testing.T, f *fakeLine) *httptest.Server {
	t.Helper()
	handler, err := f.phone.Web(WebOptions{
		Store: f, Unit: bot.DefaultUnit(), Personas: []Persona{savitri, ramlal}, Inbox: "http://localhost:8080/",
	})
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(handler)
	ctx, cancel := context.WithCancel(context.Background())
	server.Config.BaseContext = func(net.Listener) context.Context { return ctx }
	server.Start()
	t.Cleanup(func() {
		cancel()
		server.Close()
	})
	return server
}

func get(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	answer, err := http.Get(address) //nolint:gosec // of the test's own server
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer, string(body)
}

func post(t *testing.T, address string, form url.Values) (int, string) {
	t.Helper()
	answer, err := http.PostForm(address, form) //nolint:gosec // of the test's own server
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(body)
}

// message is a form of a message that is in order, but for changes.
func message(changes ...string) url.Values {
	form := url.Values{"as": {"9000000001"}, "id": {"0123456789abcdef"}, "at": {fmt.Sprint(noon.UnixMilli())}, "text": {"नमस्ते"}}
	for i := 0; i < len(changes); i += 2 {
		form.Set(changes[i], changes[i+1])
	}
	return form
}

func TestAMessageOfThePageIsStoredOnce(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	server := serve(t, f)
	for range 3 {
		status, body := post(t, server.URL+"/send", message())
		require.Equal(t, http.StatusNoContent, status, body)
	}
	require.Len(t, f.all(), 1)
	assert.Equal(t, bot.Incoming{
		Channel: ChannelName, Address: "9000000001", Phone: "9000000001",
		ID: "0123456789abcdef", SentAt: noon, Kind: bot.Text, Text: "नमस्ते",
	}, f.all()[0])
}

func TestAMessageThatWasNotStoredMayComeAgain(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	f.broken = 1
	server := serve(t, f)
	status, body := post(t, server.URL+"/send", message())
	assert.Equal(t, http.StatusServiceUnavailable, status)
	assert.NotContains(t, body, "disk", "a resident never sees an error")
	status, _ = post(t, server.URL+"/send", message())
	assert.Equal(t, http.StatusNoContent, status)
	assert.Len(t, f.all(), 1)
}

func TestAMessageThatIsNotInOrderIsRefused(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	server := serve(t, f)
	at := func(d time.Duration) string { return fmt.Sprint(noon.Add(d).UnixMilli()) }
	for _, c := range []struct{ field, value, want string }{
		{"as", "9000000009", errNoPhone.Error()},
		{"as", "", errNoPhone.Error()},
		{"id", "short", errBadID.Error()},
		{"id", strings.Repeat("a", 65), errBadID.Error()},
		{"id", "spaces are not allowed", errBadID.Error()},
		{"at", "soon", errBadStamp.Error()},
		{"at", at(stampAhead + time.Second), errBadStamp.Error()},
		{"at", at(-stampAge - time.Second), errBadStamp.Error()},
		{"text", " \n ", errNoText.Error()},
		{"text", strings.Repeat("x", bot.MaxText+1), errLongText.Error()},
		{"kind", "image", errNoFile.Error()},
		{"kind", "call", errBadKind.Error()},
		{"sample", "nonsense", errBadKind.Error()},
	} {
		status, body := post(t, server.URL+"/send", message(c.field, c.value))
		assert.Equal(t, http.StatusBadRequest, status, c)
		assert.Equal(t, c.want+"\n", body)
	}
	status, _ := post(t, server.URL+"/send", message("text", strings.Repeat("x", MaxUpload+formRoom)))
	assert.Equal(t, http.StatusRequestEntityTooLarge, status)
	assert.Empty(t, f.all())
}

func TestSamplesAreForwarded(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	server := serve(t, f)
	for i, s := range sampleList {
		status, body := post(t, server.URL+"/send", message("sample", s.Key, "id", fmt.Sprintf("sample-%d", i+1), "text", ""))
		require.Equal(t, http.StatusNoContent, status, body)
		got := f.all()[i]
		assert.True(t, got.Forwarded)
		assert.Equal(t, s.Kind, got.Kind)
		assert.Equal(t, s.Kind != bot.Text, got.Media != nil)
	}
}

// upload posts a file.
func upload(t *testing.T, server *httptest.Server, id, kind, name, claimed string, content []byte) int {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range map[string]string{"as": "9000000001", "id": id, "at": fmt.Sprint(noon.UnixMilli()), "kind": kind, "duration": "32000"} {
		require.NoError(t, form.WriteField(field, value))
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", fmt.Sprintf(`form-data; name="file"; filename="%s"`, name))
	header.Set("Content-Type", claimed)
	part, err := form.CreatePart(header)
	require.NoError(t, err)
	_, err = part.Write(content)
	require.NoError(t, err)
	require.NoError(t, form.Close())
	answer, err := http.Post(server.URL+"/send", form.FormDataContentType(), &body)
	require.NoError(t, err)
	answer.Body.Close()
	return answer.StatusCode
}

func TestOnlyPicturesAndSoundAreShown(t *testing.T) {
	html := []byte("<html><script>alert(1)</script>")
	for _, c := range []struct {
		name, kind, claimed string
		content             []byte
		want                string
	}{
		{"photo.png", "image", "image/png", Picture("words"), "image/png"},
		{"note.ogg", "voice", "audio/ogg", Recording(time.Second, ""), "audio/ogg"},
		{"card.apk", "document", "image/png", File("card.apk"), "application/octet-stream"},
		{"page.html", "image", "image/png", html, "application/octet-stream"},
		{"x.svg", "image", "image/svg+xml", []byte("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "application/octet-stream"},
		{"x.pdf", "document", "application/pdf", []byte("%PDF-1.4"), "application/octet-stream"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFake(t, bot.NewManualClock(noon), func(bot.Incoming) []string { return nil })
			server := serve(t, f)
			require.Equal(t, http.StatusNoContent, upload(t, server, "upload-1", c.kind, c.name, c.claimed, c.content))
			for _, where := range []string{"waiting to be fetched", "kept"} {
				answer, body := get(t, server.URL+"/media/1")
				require.Equal(t, http.StatusOK, answer.StatusCode, where)
				assert.Equal(t, string(c.content), body, where)
				assert.Equal(t, c.want, answer.Header.Get("Content-Type"))
				assert.Equal(t, "nosniff", answer.Header.Get("X-Content-Type-Options"))
				assert.Contains(t, answer.Header.Get("Content-Security-Policy"), "sandbox")
				assert.Equal(t, c.want == "application/octet-stream", answer.Header.Get("Content-Disposition") == "attachment")
				require.NoError(t, f.Drain(t.Context()))
			}
			got := f.all()[0]
			assert.Equal(t, c.claimed, got.Media.Claimed)
			assert.Equal(t, 32*time.Second, got.Media.Duration)
		})
	}
}

func TestAFileNameLosesItsFolders(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	server := serve(t, f)
	upload(t, server, "upload-1", "document", "../../etc/passwd", "text/plain", []byte("x"))
	upload(t, server, "upload-2", "document", `C:\\Users\\x\\card.apk`, "text/plain", []byte("x"))
	assert.Equal(t, "passwd", f.all()[0].Media.Name)
	assert.Equal(t, "card.apk", f.all()[1].Media.Name)
}

func TestAFileThatIsEmptyOrTooLargeIsRefused(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	server := serve(t, f)
	assert.Equal(t, http.StatusBadRequest, upload(t, server, "upload-1", "image", "a.png", "image/png", nil))
	assert.Equal(t, http.StatusRequestEntityTooLarge, upload(t, server, "upload-2", "image", "a.png", "image/png", make([]byte, MaxUpload+1)))
	assert.Empty(t, f.all())
}

func TestWhatIsNotOfThePhoneIsNotFound(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	f.add(bot.Message{Address: "9000000001", By: bot.ByResident, Channel: "whatsapp", Media: &bot.Media{Channel: "whatsapp", State: bot.MediaKept}})
	server := serve(t, f)
	for _, path := range []string{"/media/1", "/media/2", "/media/x", "/media/-1", "/nothing", "/page.html", "/?as=9000000009"} {
		answer, _ := get(t, server.URL+path)
		assert.Equal(t, http.StatusNotFound, answer.StatusCode, path)
	}
}

func TestThePageShowsTheTalk(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), func(bot.Incoming) []string { return []string{"*1* हाँ\n*2* नहीं"} })
	server := serve(t, f)
	_, _ = post(t, server.URL+"/send", message("text", "<b>hi</b> http://kyc.example"))
	_, before := get(t, server.URL+"/?as=9000000001")
	assert.NotContains(t, before, "<strong>1</strong>", "what is in the outbox is not on the phone yet")
	require.NoError(t, f.Drain(t.Context()))
	for _, lang := range []string{"hi", "en"} {
		answer, body := get(t, server.URL+"/?as=9000000001&lang="+lang)
		assert.Equal(t, contentPolicy, answer.Header.Get("Content-Security-Policy"))
		assert.Contains(t, body, `<html lang="`+lang+`">`)
		assert.Contains(t, body, "&lt;b&gt;hi&lt;/b&gt; http://kyc.example")
		assert.NotContains(t, body, `href="http://kyc.example`)
		assert.Contains(t, body, "<strong>1</strong> हाँ")
		assert.Contains(t, body, `data-say="2"`)
		assert.Contains(t, body, "2:30 pm")
		assert.NotContains(t, body, " style=")
		assert.NotContains(t, body, "ZgotmplZ")
	}
	_, other := get(t, server.URL+"/?as=9000000002&lang=en")
	assert.NotContains(t, other, "data-say=", "another resident's talk is another's")
	assert.Contains(t, other, `<span class="dot" title="1 new messages">1</span>`)
	assert.Empty(t, f.all()[1:], "looking sends nothing")
}

func TestReceiptsReachTheHelpline(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	server := serve(t, f)
	_, _ = post(t, server.URL+"/send", message())
	require.NoError(t, f.Drain(t.Context()))
	for _, state := range []string{"delivered", "read"} {
		status, _ := post(t, server.URL+"/seen", url.Values{"as": {"9000000001"}, "state": {state}, "id": {"R1", "unknown"}})
		require.Equal(t, http.StatusNoContent, status)
		assert.EqualValues(t, state, f.messages[1].Delivery)
	}
	for _, form := range []url.Values{{"state": {"failed"}, "id": {"R1"}}, {"state": {"read"}, "id": make([]string, maxReceipts+1)}} {
		status, _ := post(t, server.URL+"/seen", form)
		assert.Equal(t, http.StatusBadRequest, status)
	}
}

func TestAnotherSiteCannotSend(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	server := serve(t, f)
	for _, path := range []string{"/send", "/seen"} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, strings.NewReader(message().Encode()))
		require.NoError(t, err)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Origin", "http://elsewhere.example")
		request.Header.Set("Sec-Fetch-Site", "cross-site")
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		answer.Body.Close()
		assert.Equal(t, http.StatusForbidden, answer.StatusCode)
	}
	assert.Empty(t, f.all())
}

func TestEachOpenPageHearsOfAChange(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), func(bot.Incoming) []string { return nil })
	server := serve(t, f)
	var streams []*bufio.Scanner
	for range 2 {
		answer, err := http.Get(server.URL + "/events")
		require.NoError(t, err)
		defer answer.Body.Close()
		assert.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
		stream := bufio.NewScanner(answer.Body)
		require.True(t, stream.Scan()) // the stream is open
		streams = append(streams, stream)
	}
	_, _ = post(t, server.URL+"/send", message("as", "9000000002"))
	for _, stream := range streams {
		found := false
		for !found && stream.Scan() {
			found = stream.Text() == "data: 9000000002"
		}
		assert.True(t, found)
	}
}

func TestAPageNeedsPersonas(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	_, err := f.phone.Web(WebOptions{})
	require.ErrorIs(t, err, errNoPersonas)
	_, err = f.phone.Web(WebOptions{Personas: []Persona{{Name: "x", Phone: "12"}}})
	require.Error(t, err)
}
