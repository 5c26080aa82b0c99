package inbox_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/inbox"
	"mitan/locales"
	"mitan/store"
)

// A switchboard is a dialogue that hands everybody to an officer.
type switchboard struct{}

func (switchboard) Step(s bot.Situation) (bot.Outcome, error) {
	if s.Message == nil {
		return bot.Outcome{}, nil
	}
	return bot.Outcome{
		Text: s.Message.Text, Replies: []string{"अफ़सर को ख़बर कर दी है।"},
		Effects: []bot.Effect{bot.SetLanguage{Lang: locales.Hindi}, bot.SetName{Name: "सुनीता देवी"}, bot.Escalate{Reason: bot.ReasonAsked}},
	}, nil
}

// A line is a channel that keeps what it was given to send.
type line struct {
	mu   sync.Mutex
	sent []string
}

func (*line) Name() string { return "line" }

func (l *line) Send(_ context.Context, m bot.Message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent = append(l.sent, m.Text)
	return nil
}

func (*line) Fetch(_ context.Context, _ bot.Media, w io.Writer) error {
	_, err := w.Write(picture())
	return err
}

// The inbox over the real desk and the real store, from a resident's message
// to the officer's answer on the channel.
func TestFromAMessageToTheAnswer(t *testing.T) {
	ctx := t.Context()
	clock := bot.NewManualClock(morning)
	db, err := store.Open(ctx, t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	channel := &line{}
	logger := slog.New(slog.NewTextHandler(&bytes.Buffer{}, nil))
	desk := bot.New(bot.Options{
		Store: db, Dialogue: switchboard{}, Clock: clock, Unit: bot.DefaultUnit(), Catalog: catalog,
		Log: logger, Channels: []bot.Channel{channel},
	})
	for _, login := range []string{"meena", "rakesh"} {
		_, err = db.AddOfficer(ctx, bot.Officer{Login: login, Name: "SI " + login, Role: bot.RoleOfficer, Password: hash, Since: morning})
		require.NoError(t, err)
	}
	in, err := inbox.New(inbox.Options{Bot: desk, Store: db, Unit: bot.DefaultUnit(), Clock: clock, Log: logger})
	require.NoError(t, err)
	server := httptest.NewServer(in.Handler())
	t.Cleanup(func() { in.Close(); server.Close() })
	w := &world{url: server.URL}

	require.NoError(t, desk.Receive(ctx, bot.Incoming{Channel: "line", Address: "9000000001", Phone: "9000000001", ID: "a", SentAt: morning, Kind: bot.Text, Text: "अफ़सर से बात करनी है"}))
	require.NoError(t, desk.Receive(ctx, bot.Incoming{
		Channel: "line", Address: "9000000001", Phone: "9000000001", ID: "b", SentAt: morning.Add(time.Second), Kind: bot.Image,
		Media: &bot.Media{Ref: []byte("x"), Claimed: "image/png"},
	}))
	require.NoError(t, desk.Drain(ctx))

	meena, rakesh := w.browser(t), w.browser(t)
	require.Equal(t, http.StatusSeeOther, meena.signIn("meena", password).StatusCode)
	require.Equal(t, http.StatusSeeOther, rakesh.signIn("rakesh", password).StatusCode)
	lines, _ := rakesh.stream()
	next(lines, "hello")
	assert.Contains(t, meena.get("/").body, "सुनीता देवी")
	page := meena.get("/conversations/1").body
	assert.Contains(t, page, "अफ़सर से बात करनी है")
	assert.Contains(t, page, `src="/media/1"`)
	assert.Equal(t, "image/png", meena.get("/media/1").Header.Get("Content-Type"))

	assert.Equal(t, http.StatusSeeOther, meena.post("/conversations/1/claim").StatusCode)
	assert.Equal(t, " 1", next(lines, "change"), "the other officer's page hears of it")
	lost := rakesh.post("/conversations/1/claim")
	assert.Equal(t, http.StatusConflict, lost.StatusCode)
	assert.Contains(t, lost.body, "SI meena has claimed this conversation already.")
	assert.Equal(t, http.StatusConflict, rakesh.post("/conversations/1/reply", "text", "मैं भी").StatusCode)
	assert.Equal(t, http.StatusSeeOther, rakesh.post("/conversations/1/note", "note", "मैं देख रहा हूँ").StatusCode)
	assert.Equal(t, http.StatusSeeOther, meena.post("/conversations/1/reply", "text", "बताइए, क्या हुआ?").StatusCode)
	assert.Contains(t, meena.get("/conversations/1").body, "मैं देख रहा हूँ")
	assert.Equal(t, http.StatusSeeOther, meena.post("/conversations/1/close").StatusCode)
	require.NoError(t, desk.Advance(ctx, clock, clock.Now().Add(bot.UndoTime)))

	farewell := catalog.Text(locales.Hindi, "officer.closed", nil)
	assert.Equal(t, []string{"अफ़सर को ख़बर कर दी है।", "अफ़सर को ख़बर कर दी है।", "बताइए, क्या हुआ?", farewell}, channel.sent, "no note among them")
	var done []string
	entries, err := db.AuditLog(ctx, 0, 100)
	require.NoError(t, err)
	for _, e := range entries {
		done = append(done, e.Action)
	}
	assert.Subset(t, done, []string{"sign_in", "claim", "note", "reply", "close"})
	meena.post("/sign-out")
	assert.Equal(t, http.StatusSeeOther, meena.get("/").StatusCode)
}
