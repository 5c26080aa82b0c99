package flows_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/handset"
	"mitan/flows"
	"mitan/locales"
	"mitan/store"
)

var update = flag.Bool("update", false, "rewrite the replies of the transcripts")

const transcripts = "../testdata/transcripts"

// A transcript is a talk as it must go:
//
//	# a remark
//	> what the resident writes (or a directive of the terminal handset)
//	< what the helpline answers; further lines of a reply are indented
//	! what changed
//	@ 10m   time passes; @ claim, @ reply …, @ close, @ confirm: what an officer does
//	@ caught up, @ new phone, @ polls: what the channel says, and that it has polls
//
// It runs on a real store; each turn reads the session from it anew.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(transcripts, "*.txt"))
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 30)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			k := newScene(t)
			got := k.play(string(want))
			requireNoWords(t, k.log.String(), got)
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
				return
			}
			require.Equal(t, string(want), got)
		})
	}
}

// Each important talk stands there in both languages.
func TestTranscriptsInBothLanguages(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(transcripts, "*.hi.txt"))
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 12)
	for _, file := range files {
		require.FileExists(t, strings.TrimSuffix(file, ".hi.txt")+".en.txt")
	}
}

// scene is a helpline with one resident, for a transcript.
type scene struct {
	t       *testing.T
	clock   *bot.ManualClock
	store   *store.Store
	bot     *bot.Bot
	handset *handset.Handset
	log     *bytes.Buffer
	polls   atomic.Bool

	mu      sync.Mutex
	changed []string
	officer bot.Officer
}

func newScene(t *testing.T) *scene {
	dir := t.TempDir()
	k := &scene{t: t, clock: bot.NewManualClock(time.Date(2026, 11, 22, 12, 0, 0, 0, locales.IST)), log: &bytes.Buffer{}}
	var err error
	k.store, err = store.Open(t.Context(), dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, k.store.Close()) })
	log := slog.New(slog.NewTextHandler(&lockedWriter{w: k.log}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	k.handset, err = handset.New(handset.Options{Dir: filepath.Join(dir, "handset"), Clock: k.clock, Log: log})
	require.NoError(t, err)
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	unit := bot.DefaultUnit()
	unit.Unit.WhatsApp = "9000000000"
	k.bot = bot.New(bot.Options{
		Store: k.store, Dialogue: recorder{flows.Dialogue(catalog, unit), k}, Clock: k.clock, Unit: unit,
		Catalog: catalog, Tips: flows.TipList, Log: log, Channels: []bot.Channel{messenger{k.handset, &k.polls}},
		Reader: described{},
	})
	k.handset.Connect(k.bot)
	id, err := k.store.AddOfficer(t.Context(), bot.Officer{Login: "meena", Name: "SI Meena Thakur", Role: bot.RoleCharge})
	require.NoError(t, err)
	k.officer = bot.Officer{ID: id, Role: bot.RoleCharge}
	return k
}

// play runs a transcript's own lines and writes them with what then happens.
func (k *scene) play(script string) string {
	var out strings.Builder
	for _, line := range strings.Split(strings.TrimRight(script, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "> "):
			out.WriteString(line + "\n" + k.write(line[2:]))
		case strings.HasPrefix(line, "@ "):
			out.WriteString(line + "\n" + k.happens(line[2:]))
		case strings.HasPrefix(line, "#"), line == "":
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}

// write gives lines to the terminal handset and returns what it prints.
func (k *scene) write(line string) string {
	var printed bytes.Buffer
	err := k.handset.Chat(k.t.Context(), handset.ChatOptions{
		In: strings.NewReader(line), Out: &printed, Err: io.Discard, As: "9000000001", Clock: k.clock,
	})
	require.NoError(k.t, err, line)
	return k.changes() + printed.String()
}

func (k *scene) changes() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var b strings.Builder
	for _, c := range k.changed {
		b.WriteString("! " + c + "\n")
	}
	k.changed = nil
	return b.String()
}

// happens is time that passes, or an officer's doing.
func (k *scene) happens(what string) string {
	ctx := k.t.Context()
	verb, words, _ := strings.Cut(what, " ")
	resident := int64(1)
	switch verb {
	case "claim":
		require.NoError(k.t, k.bot.Claim(ctx, k.officer, resident, false))
		return ""
	case "reply":
		_, err := k.bot.Reply(ctx, k.officer, resident, bot.Answer{Text: words})
		require.NoError(k.t, err)
	case "note":
		require.NoError(k.t, k.bot.Note(ctx, k.officer, resident, words))
	case "close":
		require.NoError(k.t, k.bot.CloseConversation(ctx, k.officer, resident))
	case "confirm":
		require.NoError(k.t, k.bot.ConfirmIdentity(ctx, k.officer, resident))
	case "caught":
		require.NoError(k.t, k.bot.Release(ctx))
	case "new":
		require.NoError(k.t, k.bot.IdentityChanged(ctx, handset.ChannelName, "9000000001"))
	case "polls":
		k.polls.Store(true)
	default:
		_, err := time.ParseDuration(what)
		require.NoError(k.t, err, "@ %s: a duration, or one of those above", what)
		return k.write("[wait " + what + "]")
	}
	return k.write("") // an empty line: only the outbox is emptied
}

// messenger is the handset with the manners of a messenger service.
type messenger struct {
	*handset.Handset
	polls *atomic.Bool
}

func (messenger) Encode(bot.Message) []byte { return nil }
func (m messenger) Polls() bool             { return m.polls.Load() }
func (messenger) Pause() time.Duration      { return 0 }
func (messenger) Typing(string)             {}

// described reads the words that the handset puts into its pictures: "illegible"
// stands for one that cannot be read.
type described struct{}

func (described) Read(_ context.Context, picture io.Reader) (string, error) {
	data, err := io.ReadAll(picture)
	words, _ := handset.Described(data)
	if words == "illegible" {
		return "", err
	}
	return words, err
}

// recorder notes the effects of each step.
type recorder struct {
	bot.Dialogue
	scene *scene
}

func (r recorder) Step(s bot.Situation) (bot.Outcome, error) {
	out, err := r.Dialogue.Step(s)
	r.scene.mu.Lock()
	defer r.scene.mu.Unlock()
	if out.Masked && !s.Message.Masked { // what was held is stored already
		r.scene.changed = append(r.scene.changed, "stored as: "+out.Text)
	}
	for _, e := range out.Effects {
		r.scene.changed = append(r.scene.changed, describe(e))
	}
	return out, err
}

// describe is an effect in a line.
func describe(e bot.Effect) string {
	switch e := e.(type) {
	case bot.SaveCase:
		return describeCase(e.Case)
	case bot.AbandonCase:
		return "case given up"
	case bot.AwaitWords:
		return "picture to be read"
	case bot.KeepEvidence:
		return "kept as evidence"
	case bot.Escalate:
		if e.Urgent {
			return "to an officer, urgent: " + string(e.Reason)
		}
		return "to an officer: " + string(e.Reason)
	case bot.SetLanguage:
		return "language " + string(e.Lang)
	case bot.SetName:
		return "name " + e.Name
	case bot.Enrol:
		v := e.Volunteer
		return fmt.Sprintf("volunteer %s: %s, %s, %s, referred by %q", v.Number, v.Name, v.Thana, v.Place, v.ReferredBy)
	default:
		return strings.TrimPrefix(fmt.Sprintf("%T", e), "bot.")
	}
}

func describeCase(c bot.Case) string {
	what := "attempt"
	if c.MoneyGone {
		what = "loss"
	}
	line := fmt.Sprintf("case %s: %s, %s", c.Number, c.State, what)
	if c.Kind != "" {
		line += ", " + c.Kind
	}
	for _, l := range c.Legs {
		when := "?"
		if !l.When.IsZero() {
			when = l.When.In(locales.IST).Format("02.01. 15:04")
		}
		line += fmt.Sprintf(", leg %d paise %s %q %q", l.Amount, when, l.Bank, l.UTR)
	}
	for _, s := range c.Suspects {
		line += ", suspect " + s.Type + " " + s.Value
	}
	if c.Victim.Name != "" {
		line += ", victim " + c.Victim.Name + " " + c.Victim.Phone
	}
	return line
}

// lockedWriter lets several goroutines write one log.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// requireNoWords scans a log for what was said in a transcript: words in
// Devanagari, whole lines, names, numbers and amounts.
func requireNoWords(t *testing.T, log, transcript string) {
	require.Contains(t, log, "turn", "the log must have been written")
	require.NotRegexp(t, `\p{Devanagari}`, log)
	for _, line := range strings.Split(transcript, "\n") {
		words, said := strings.CutPrefix(line, "> ")
		if !said {
			continue
		}
		if len(words) > 6 {
			require.NotContains(t, log, words)
		}
		for _, word := range strings.FieldsFunc(words, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(word) >= 4 && (unicode.IsDigit(rune(word[0])) || unicode.IsUpper(rune(word[0]))) {
				require.NotContains(t, log, word)
			}
		}
	}
}
