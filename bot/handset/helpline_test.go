package handset

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/store"
)

// mirror is a dialogue that answers with the kind of message and its words.
type mirror struct{}

func (mirror) Step(s bot.Situation) (bot.Outcome, error) {
	if s.Message == nil {
		return bot.Outcome{Replies: []string{"still there?"}}, nil
	}
	return bot.Outcome{
		Text: s.Message.Text, Replies: []string{string(s.Message.Kind) + ": " + s.Message.Text},
		Wake: s.Now.Add(10 * time.Minute),
	}, nil
}

// helpline connects a handset to the real bot on a real store.
func helpline(t *testing.T, clock bot.Clock, log *bytes.Buffer) (*Handset, *store.Store) {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, nil))
	phone, err := New(Options{Dir: t.TempDir(), Clock: clock, Log: logger})
	require.NoError(t, err)
	kept, err := store.Open(t.Context(), t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, kept.Close()) })
	phone.Connect(bot.New(bot.Options{
		Store: kept, Dialogue: mirror{}, Clock: clock, Unit: bot.DefaultUnit(), Log: logger, Channels: []bot.Channel{phone},
	}))
	return phone, kept
}

func TestATalkWithTheRealBotAndStore(t *testing.T) {
	clock := bot.NewManualClock(noon)
	var out, log bytes.Buffer
	phone, kept := helpline(t, clock, &log)
	err := phone.Chat(t.Context(), ChatOptions{
		In:  strings.NewReader("नमस्ते\n[image: बिजली कट]\n[wait 3h]\n[as 9000000002]\n[voice 0:32: पैसा गया]\n"),
		Out: &out, Err: &log, As: "9000000001", Clock: clock,
	})
	require.NoError(t, err)
	assert.Equal(t, "< text: नमस्ते\n< image: \n< still there?\n< voice: \n", out.String())
	assert.Empty(t, log.String())

	page, err := phone.Web(WebOptions{Store: kept, Unit: bot.DefaultUnit(), Personas: []Persona{savitri, ramlal}})
	require.NoError(t, err)
	server := httptest.NewServer(page)
	defer server.Close()
	_, body := get(t, server.URL+"/?as=9000000001&lang=en")
	assert.Contains(t, body, "नमस्ते")
	assert.Contains(t, body, "still there?")
	assert.Contains(t, body, `title="1 new messages"`)
	address, _, _ := strings.Cut(body[strings.Index(body, `src="media/`)+len(`src="`):], `"`)
	answer, picture := get(t, server.URL+"/"+address)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	assert.Equal(t, string(Picture("बिजली कट")), picture)
	_, body = get(t, server.URL+"/?as=9000000002")
	assert.Contains(t, body, "0:32")
}
