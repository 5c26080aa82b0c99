package handset

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// piped talks to a helpline through a pipe and returns what was printed.
func piped(t *testing.T, f *fakeLine, input string) (out, errs string, err error) {
	t.Helper()
	var printed, complaints bytes.Buffer
	err = f.phone.Chat(t.Context(), ChatOptions{
		In: strings.NewReader(input), Out: &printed, Err: &complaints, As: "9000000001", Clock: f.clock,
	})
	return printed.String(), complaints.String(), err
}

func TestATalkReadsAsATranscript(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), func(in bot.Incoming) []string {
		if in.Text == "silence" {
			return nil
		}
		return []string{"you wrote\n" + in.Text, "next?"}
	})
	out, errs, err := piped(t, f, "namaste\n\n   \nsilence\nline one\\nline two\r\nlast without a break")
	require.NoError(t, err)
	assert.Empty(t, errs)
	assert.Equal(t, strings.Join([]string{
		"< you wrote", "  namaste", "< next?",
		"< you wrote", "  line one", "  line two", "< next?",
		"< you wrote", "  last without a break", "< next?", "",
	}, "\n"), out)
}

func TestEachLineIsAMessage(t *testing.T) {
	picture := filepath.Join(t.TempDir(), "bill.jpg")
	require.NoError(t, os.WriteFile(picture, []byte("\xff\xd8\xff real bytes"), 0o600))
	for _, c := range []struct {
		line  string
		want  bot.Incoming
		bytes string // the beginning of the medium
	}{
		{"नमस्ते", bot.Incoming{Kind: bot.Text, Text: "नमस्ते"}, ""},
		{`one\ntwo`, bot.Incoming{Kind: bot.Text, Text: "one\ntwo"}, ""},
		{"bad \xff\xfe bytes", bot.Incoming{Kind: bot.Text, Text: "bad \xff\xfe bytes"}, ""},
		{"\u200f", bot.Incoming{Kind: bot.Text, Text: "\u200f"}, ""},
		{"[hello]", bot.Incoming{Kind: bot.Text, Text: "[hello]"}, ""},
		{"[image: x] and more", bot.Incoming{Kind: bot.Text, Text: "[image: x] and more"}, ""},
		{"[imagery: x]", bot.Incoming{Kind: bot.Text, Text: "[imagery: x]"}, ""},
		{"[forwarded: pay]", bot.Incoming{Kind: bot.Text, Text: "pay", Forwarded: true}, ""},
		{`[Forwarded: pay\nnow]`, bot.Incoming{Kind: bot.Text, Text: "pay\nnow", Forwarded: true}, ""},
		{"[contact: Ravi 90000 00411]", bot.Incoming{Kind: bot.Contact, Text: "Ravi 90000 00411"}, ""},
		{"[location]", bot.Incoming{Kind: bot.Location}, ""},
		{"[once]", bot.Incoming{Kind: bot.ViewOnce}, ""},
		{"[odd]", bot.Incoming{Kind: bot.Other}, ""},
		{"[garbled]", bot.Incoming{Kind: bot.Unreadable}, ""},
		{`[late: one\ntwo]`, bot.Incoming{Kind: bot.Text, Text: "one\ntwo", Backlog: true}, ""},
		{"[image: a bank's message]", bot.Incoming{Kind: bot.Image, Media: &bot.Media{Claimed: "image/png"}}, "\x89PNG"},
		{"[image: " + picture + "]", bot.Incoming{Kind: bot.Image, Media: &bot.Media{Name: "bill.jpg", Claimed: "image/jpeg"}}, "\xff\xd8\xff real"},
		{"[voice 0:32: पैसा गया]", bot.Incoming{Kind: bot.Voice, Media: &bot.Media{Claimed: "audio/ogg; codecs=opus", Duration: 32 * time.Second}}, "OggS"},
		{"[video: a call]", bot.Incoming{Kind: bot.Video, Media: &bot.Media{Claimed: "video/mp4"}}, "\x00\x00\x00\x1cftyp"},
		{"[file: RTO challan.apk]", bot.Incoming{Kind: bot.Document, Media: &bot.Media{Name: "RTO challan.apk", Claimed: "application/vnd.android.package-archive"}}, "PK\x03\x04"},
		{"[file: ../../etc/notes.txt]", bot.Incoming{Kind: bot.Document, Media: &bot.Media{Name: "notes.txt", Claimed: "text/plain"}}, "A made-up file"},
		{"[sticker]", bot.Incoming{Kind: bot.Sticker, Media: &bot.Media{Claimed: "image/webp"}}, "RIFF"},
	} {
		t.Run(c.line, func(t *testing.T) {
			f := newFake(t, bot.NewManualClock(noon), func(bot.Incoming) []string { return nil })
			_, errs, err := piped(t, f, c.line+"\n")
			require.NoError(t, err)
			assert.Empty(t, errs)
			require.Len(t, f.received, 1)
			got := f.received[0]
			assert.Equal(t, []string{ChannelName, "9000000001", "9000000001"}, []string{got.Channel, got.Address, got.Phone})
			if c.want.Media != nil {
				var content bytes.Buffer
				require.NoError(t, f.phone.Fetch(t.Context(), *got.Media, &content))
				assert.True(t, strings.HasPrefix(content.String(), c.bytes), "bytes %.20q", content.String())
				assert.EqualValues(t, content.Len(), got.Media.Size)
				got.Media.Ref, got.Media.Size = nil, 0
			}
			want := c.want
			want.Channel, want.Address, want.Phone, want.ID, want.SentAt = got.Channel, got.Address, got.Phone, got.ID, got.SentAt
			assert.Equal(t, want, got)
		})
	}
}

func TestACallCarriesAnID(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	_, _, err := piped(t, f, "[call]\n[call]\n")
	require.NoError(t, err)
	assert.Equal(t, bot.Call, f.received[0].Kind)
	assert.NotEmpty(t, f.received[0].Text)
	assert.NotEqual(t, f.received[0].Text, f.received[1].Text)
}

// An edit, a deletion and a reaction are about the last message of that
// resident; a vote is about the last poll that was sent to them.
func TestAMessageAboutAnother(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), func(bot.Incoming) []string { return nil })
	require.NoError(t, f.phone.Send(t.Context(), bot.Message{Kind: bot.Poll, ExternalID: "P1", Address: "9000000001"}))
	require.NoError(t, f.phone.Send(t.Context(), bot.Message{Kind: bot.Text, ExternalID: "T1", Address: "9000000001"}))
	_, errs, err := piped(t, f, "one\n[edit: two]\n[react: 🙏]\n[vote 2]\n[vote 0]\n[as 9000000002]\nthree\n[unsend]\n[vote 1]\n")
	require.NoError(t, err)
	assert.Empty(t, errs)
	one, three := f.received[0].ID, f.received[5].ID
	var got [][3]string
	for _, in := range f.received {
		got = append(got, [3]string{string(in.Kind), in.Text, in.QuoteID})
	}
	assert.Equal(t, [][3]string{
		{"text", "one", ""},
		{"edit", "two", one},
		{"reaction", "🙏", one},
		{"vote", "2", "P1"},
		{"vote", "", "P1"},
		{"text", "three", ""},
		{"deletion", "", three},
		{"vote", "1", ""},
	}, got)
}

func TestAWrongDirectiveIsSaidAndDoesNotEndTheTalk(t *testing.T) {
	for _, wrong := range []string{
		"[wait soon]", "[wait]", "[wait 0m]", "[wait 999999d9]", "[voice: words]", "[voice 0:99: words]", "[voice 99:00: words]",
		"[image]", "[image: ]", "[file]", "[forwarded]", "[contact:]", "[call now]", "[once: x]", "[odd one]", "[garbled: x]", "[late]", "[edit]", "[unsend: x]", "[react]", "[vote]", "[vote two]", "[vote: 2]", "[location here]", "[as 12]", "[as]",
	} {
		t.Run(wrong, func(t *testing.T) {
			f := newFake(t, bot.NewManualClock(noon), echo)
			out, errs, err := piped(t, f, "one\n"+wrong+"\ntwo\n")
			require.ErrorIs(t, err, ErrNotUnderstood)
			assert.Equal(t, "< text: one\n< text: two\n", out)
			assert.Regexp(t, `^line 2: (write \[|a recording lasts)`, errs)
			assert.Equal(t, 1, strings.Count(errs, "\n"))
		})
	}
}

func TestWaitMovesTheClockThroughWhatFallsDue(t *testing.T) {
	for written, d := range map[string]time.Duration{"90m": 90 * time.Minute, "3h": 3 * time.Hour, "2d": 48 * time.Hour} {
		clock := bot.NewManualClock(noon)
		f := newFake(t, clock, echo)
		out, _, err := piped(t, f, "one\n[wait "+written+"]\ntwo\n")
		require.NoError(t, err)
		assert.Equal(t, "< text: one\n< still there?\n< text: two\n", out)
		assert.Equal(t, noon.Add(d+2*typing), clock.Now())
	}
}

func TestWaitNeedsAClockThatMoves(t *testing.T) {
	f := newFake(t, bot.SystemClock{}, echo)
	_, errs, err := piped(t, f, "[wait 3h]\n")
	require.ErrorIs(t, err, ErrNotUnderstood)
	assert.Contains(t, errs, "--clock")
}

func TestAnotherResidentTakesThePhone(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	out, _, err := piped(t, f, "one\n[as 90000 00002]\ntwo\n[wait 3h]\n")
	require.NoError(t, err)
	assert.Equal(t, "9000000002", f.received[1].Address)
	assert.Equal(t, "< text: one\n< text: two\n<9000000001 still there?\n", out,
		"the reminder is for the first resident, while the second has the phone")
}

func TestAWrongNumberIsNoResident(t *testing.T) {
	for _, as := range []string{"", "12345", "1234567890", "90000000011", "abc"} {
		f := newFake(t, bot.NewManualClock(noon), echo)
		err := f.phone.Chat(t.Context(), ChatOptions{As: as, Clock: f.clock})
		require.ErrorContains(t, err, "write ten digits such as 9000000001")
	}
}

func TestMessagesOfAStandingClockDiffer(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	_, _, err := piped(t, f, strings.Repeat("same\n", 50))
	require.NoError(t, err)
	ids, stamps := map[string]bool{}, map[time.Time]bool{}
	for _, in := range f.received {
		ids[in.ID], stamps[in.SentAt] = true, true
	}
	assert.Len(t, ids, 50)
	assert.Len(t, stamps, 50)
}

func TestALineOfAMegabyteArrivesWhole(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), func(bot.Incoming) []string { return nil })
	long := strings.Repeat("क", 1<<20/len("क"))
	_, _, err := piped(t, f, long+"\nshort\n")
	require.NoError(t, err)
	require.Len(t, f.received, 2)
	assert.Equal(t, long, f.received[0].Text)
	assert.Equal(t, "short", f.received[1].Text)
}

func TestALineWithoutEndIsRefused(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	_, _, err := piped(t, f, strings.Repeat("x", maxLine+1))
	require.ErrorIs(t, err, errLongLine)
	assert.Empty(t, f.received)
}

func TestAMessageIsHandedOverUntilItIsStored(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	f.broken = 2
	var stored []int
	var out bytes.Buffer
	err := f.phone.Chat(t.Context(), ChatOptions{
		In: strings.NewReader("one\n[wait 1m]\n\nfour\n"), Out: &out, Err: io.Discard, As: "9000000001", Clock: f.clock,
		Stored: func(line int) { stored = append(stored, line) },
	})
	require.NoError(t, err)
	assert.Equal(t, []int{1, 4}, stored)
	assert.Equal(t, "< text: one\n< text: four\n", out.String())
}

func TestAMessageThatCannotBeStoredEndsTheTalk(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	f.broken = 1000
	f.phone.patience = 4 * firstRetry
	out, errs, err := piped(t, f, "one\ntwo\n")
	require.ErrorIs(t, err, errDisk)
	assert.Empty(t, out)
	assert.Equal(t, "line 1: this message was not stored\n", errs)
}

func TestAPersonSeesRepliesAsTheyCome(t *testing.T) {
	f := newFake(t, bot.SystemClock{}, echo)
	in, keys := io.Pipe()
	screen, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- f.phone.Chat(t.Context(), ChatOptions{In: in, Out: out, Err: io.Discard, Interactive: true, As: "9000000001", Clock: f.clock})
		out.Close()
	}()
	read := make(chan string, 1)
	go func() {
		var seen strings.Builder
		buf := make([]byte, 256)
		for {
			n, err := screen.Read(buf)
			seen.Write(buf[:n])
			if strings.Contains(seen.String(), "< text: hello\n") {
				keys.Close()
			}
			if err != nil {
				read <- seen.String()
				return
			}
		}
	}()
	_, err := io.WriteString(keys, "hello\n")
	require.NoError(t, err)
	require.NoError(t, <-done)
	assert.Contains(t, <-read, prompt)
}

func TestATalkEndsWithItsContext(t *testing.T) {
	f := newFake(t, bot.SystemClock{}, echo)
	in, keys := io.Pipe()
	defer keys.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := f.phone.Chat(ctx, ChatOptions{In: in, Out: io.Discard, Err: io.Discard, Interactive: true, As: "9000000001", Clock: f.clock})
	require.ErrorIs(t, err, context.Canceled)
}

type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestRepliesThatCannotBePrintedEndTheTalk(t *testing.T) {
	f := newFake(t, bot.NewManualClock(noon), echo)
	err := f.phone.Chat(t.Context(), ChatOptions{
		In: strings.NewReader("one\ntwo\n"), Out: closedPipe{}, Err: io.Discard, As: "9000000001", Clock: f.clock,
	})
	require.ErrorIs(t, err, io.ErrClosedPipe)
	assert.Len(t, f.received, 1)
}
