package inbox_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/handset"
)

func TestAVoiceNotePlaysInOldSafariToo(t *testing.T) {
	w := newWorld(t)
	w.writes(bot.Message{Resident: ramesh, Kind: bot.Voice, Media: w.keep(31, "", "audio/ogg", handset.Recording(2*time.Second, "x"))})
	b := w.signedIn(t, viewer)
	page := b.get("/conversations/2").body
	assert.Contains(t, page, `<source src="/media/31" type="audio/ogg; codecs=opus"><source src="/media/31/sound.caf" type="audio/x-caf; codecs=opus">`)
	got := b.get("/media/31/sound.caf")
	assert.Equal(t, "audio/x-caf", got.Header.Get("Content-Type"))
	assert.Equal(t, "caff", got.body[:4])
	assert.Equal(t, "default-src 'none'; sandbox", got.Header.Get("Content-Security-Policy"))
	assert.Equal(t, http.StatusNotFound, b.get("/media/2/sound.caf").StatusCode, "what only begins like Ogg")
}

// What may show the resident is seen by who asks for it, and that is recorded;
// by its bare address it is not to be had.
func TestAVeiledPicture(t *testing.T) {
	w := newWorld(t)
	w.cases[geeta] = []bot.Case{{ID: 9, Resident: geeta, State: bot.Draft, Kind: "sextortion"}}
	w.writes(bot.Message{Resident: geeta, Kind: bot.Image, Media: w.keep(41, "", "image/png", picture())})
	b, other := w.signedIn(t, officer), w.signedIn(t, second)
	page := b.get("/conversations/3").body
	assert.NotContains(t, page, `src="/media/41"`)
	assert.Contains(t, page, "Show the picture")
	got := b.get("/media/41")
	assert.Equal(t, http.StatusForbidden, got.StatusCode)
	assert.NotContains(t, got.body, "PNG")
	assert.NotContains(t, w.signedIn(t, viewer).get("/conversations/3").body, "/reveal", "a viewer cannot ask")

	b.post("/conversations/3/reveal", "medium", "41")
	assert.Contains(t, b.get("/conversations/3").body, `src="/media/41"`)
	assert.Equal(t, http.StatusOK, b.get("/media/41").StatusCode)
	assert.Equal(t, http.StatusForbidden, other.get("/media/41").StatusCode, "the other has not asked")
	last := w.audit[len(w.audit)-1]
	assert.Equal(t, bot.AuditEntry{At: last.At, Officer: officer, Action: "reveal_picture", Resident: geeta, Detail: "media 41"}, last)

	assert.Contains(t, b.get("/conversations/1").body, `src="/media/1"`, "other kinds of fraud are not veiled")
	w.fail(errDisk)
	assert.Equal(t, http.StatusInternalServerError, other.post("/conversations/3/reveal", "medium", "41").StatusCode, "not without the audit")
	w.fail(nil)
	assert.Equal(t, http.StatusForbidden, other.get("/media/41").StatusCode)
}

// A file leaves only encrypted, to a key that is recorded.
func TestGivingAFileOut(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, charge)
	assert.Contains(t, b.get("/conversations/1").body, `href="/media/3/release"`)
	assert.NotContains(t, w.signedIn(t, officer).get("/conversations/1").body, "/release")
	refused := b.post("/media/3/release", "recipient", "age1nonsense")
	assert.Equal(t, http.StatusUnprocessableEntity, refused.StatusCode)
	assert.Contains(t, refused.body, `value="age1nonsense"`)

	key, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	got := b.post("/media/3/release", "recipient", " "+key.Recipient().String()+"\n")
	assert.Equal(t, `attachment; filename="evidence-3.age"`, got.Header.Get("Content-Disposition"))
	assert.NotContains(t, got.body, "PK\x03\x04", "nothing of it is in the open")
	opened, err := age.Decrypt(strings.NewReader(got.body), key)
	require.NoError(t, err)
	data, err := io.ReadAll(opened)
	require.NoError(t, err)
	assert.Equal(t, w.bytes[3], data, "to the byte")
	last := w.audit[len(w.audit)-1]
	assert.Equal(t, "release_file", last.Action)
	assert.Equal(t, "media 3 to "+key.Recipient().String(), last.Detail)
	assert.EqualValues(t, sunita, last.Resident)
}

// What a browser records is sent as WhatsApp takes it; a file that only begins
// so goes as it is.
func TestARecordingOfTheBrowser(t *testing.T) {
	w, b := held(t)
	film := append([]byte{0x1A, 0x45, 0xDF, 0xA3}, bytes.Repeat([]byte{0x80}, 50)...)
	b.postFile("/conversations/2/reply", "film.webm", film)
	sent := w.last(ramesh)
	assert.Equal(t, "film.webm", sent.Media.Name)
	assert.Equal(t, film, w.bytes[sent.Media.ID])
}

// An officer records in the browser; the resident gets Opus in Ogg.
func TestRecordingInABrowser(t *testing.T) {
	w, _ := held(t)
	b := newTabWith(t, 390, 844, "light", "use-fake-device-for-media-stream", "use-fake-ui-for-media-stream")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/2")
	b.until(isLiveOnPhone)
	b.until(`!document.querySelector("#mic").hidden`)
	b.click(`#mic`)
	b.until(`document.querySelector("#mic").classList.contains("on")`)
	time.Sleep(1500 * time.Millisecond) // what is recorded
	b.click(`#mic`)
	b.until(`document.querySelector(".write.reply input[type=file]").files.length === 1`)
	b.click(`.write.reply .send`)
	b.shows(`.entry.out audio`)
	sent := w.last(ramesh)
	assert.Equal(t, bot.Voice, sent.Kind)
	assert.Equal(t, "OggS", string(w.bytes[sent.Media.ID][:4]))
	assert.Equal(t, "audio/ogg; codecs=opus", sent.Media.Claimed)
	b.until(`document.querySelector(".entry.out audio").duration > 0.5`) // the browser itself can play it
	assert.Empty(t, b.complained())
}
