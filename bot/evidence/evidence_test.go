package evidence_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/evidence"
)

var noon = time.Date(2026, 3, 14, 6, 30, 0, 0, time.UTC)

// A shelf is a case with a picture, a harmful file and a long talk.
type shelf struct {
	c        bot.Case
	messages []bot.Message
	story    []bot.Message
	history  []bot.AuditEntry
	files    map[int64][]byte
}

func newShelf() *shelf {
	s := &shelf{
		c: bot.Case{
			ID: 7, Number: "BSP-26-000007", Resident: 1, State: bot.Filed, Kind: "apk", MoneyGone: true, Opened: noon, Filed: noon.Add(time.Hour),
			Reporter: bot.Person{Name: "सुनीता देवी", Phone: "9000000001"}, Legs: []bot.Leg{{Amount: 100, When: noon, UTR: "412345678901"}},
		},
		files: map[int64][]byte{1: []byte("picture"), 2: []byte("PK\x03\x04 harmful")},
		history: []bot.AuditEntry{
			{ID: 1, At: noon, Officer: 3, Action: "claim", Resident: 1},
			{ID: 2, At: noon, Officer: 3, Action: evidence.ActionBegun, Resident: 1, Detail: "case 7"},
		},
	}
	for i := range int64(1200) {
		m := bot.Message{ID: i + 1, Resident: 1, By: bot.ByResident, Kind: bot.Text, Text: "<शब्द> & more", ExternalID: "3EB0", At: noon.Add(time.Duration(i) * time.Second)}
		if i < 2 {
			sum := sha256.Sum256(s.files[i+1])
			m.Kind, m.Media = bot.Document, &bot.Media{ID: i + 1, Name: "../../evil\u202egpj.apk", State: bot.MediaKept, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(s.files[i+1]))}
			s.story = append(s.story, m)
		}
		s.messages = append(s.messages, m)
	}
	return s
}

func (s *shelf) CaseByID(context.Context, int64) (bot.Case, error)          { return s.c, nil }
func (s *shelf) StoryOf(context.Context, int64) ([]bot.Message, error)      { return s.story, nil }
func (s *shelf) HistoryOf(context.Context, int64) ([]bot.AuditEntry, error) { return s.history, nil }

func (s *shelf) Thread(_ context.Context, _, before int64, limit int) ([]bot.Message, error) {
	end := len(s.messages)
	if before > 0 {
		end = int(before) - 1
	}
	return s.messages[max(0, end-limit):end], nil
}

func (s *shelf) OpenMedia(_ context.Context, id int64) (io.ReadSeekCloser, error) {
	return file{bytes.NewReader(s.files[id])}, nil
}

type file struct{ *bytes.Reader }

func (file) Close() error { return nil }

func write(t *testing.T, s *shelf) (data []byte, manifest string) {
	t.Helper()
	var out bytes.Buffer
	manifest, err := evidence.Write(t.Context(), &out, s, 7)
	require.NoError(t, err)
	return out.Bytes(), manifest
}

func verify(t *testing.T, data []byte) evidence.Report {
	t.Helper()
	report, err := evidence.Verify(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	return report
}

// unpack are the files of a zip, by name.
func unpack(t *testing.T, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	files := map[string]string{}
	for _, f := range archive.File {
		in, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(in)
		require.NoError(t, err)
		files[f.Name] = string(text)
	}
	return files
}

func TestEvidenceIsWholeAndTheSameEachTime(t *testing.T) {
	s := newShelf()
	data, manifest := write(t, s)
	report := verify(t, data)
	assert.Empty(t, report.Faults)
	assert.Equal(t, "BSP-26-000007", report.Case)
	assert.Equal(t, manifest, report.Manifest)
	assert.Equal(t, 6, report.Files, "all but the manifest")

	s.history = append(s.history, bot.AuditEntry{ID: 9, Action: evidence.ActionDone, Resident: 1}) // the first file was made
	again, _ := write(t, s)
	assert.True(t, bytes.Equal(data, again), "the same case gives the same bytes")
}

func TestEvidenceHoldsWhatCourtsAskFor(t *testing.T) {
	data, _ := write(t, newShelf())
	files := unpack(t, data)
	var originals []string
	for name, text := range files {
		assert.NotContains(t, name, "evil", "what a sender calls a file is no path")
		assert.NotContains(t, name, "..")
		if strings.HasPrefix(name, "media/") {
			assert.True(t, strings.HasSuffix(name, ".bin"), name)
			originals = append(originals, text)
		}
	}
	assert.ElementsMatch(t, []string{"picture", "PK\x03\x04 harmful"}, originals, "the bytes as they came")
	lines := strings.Split(strings.TrimSpace(files["messages.jsonl"]), "\n")
	require.Len(t, lines, 1200)
	for i, line := range lines {
		var m struct {
			ID        int64  `json:"id"`
			ChannelID string `json:"channel_id"`
			Text      string `json:"text"`
			Evidence  bool   `json:"evidence"`
			At        struct{ UTC, IST string }
		}
		require.NoError(t, json.Unmarshal([]byte(line), &m))
		require.EqualValues(t, i+1, m.ID, "in their order, each once")
		require.Equal(t, "<शब्द> & more", m.Text)
		require.Equal(t, i < 2, m.Evidence)
		if i == 0 {
			assert.Equal(t, "2026-03-14T06:30:00.000Z", m.At.UTC)
			assert.Equal(t, "2026-03-14T12:00:00.000+05:30", m.At.IST)
			assert.Equal(t, "3EB0", m.ChannelID)
		}
	}
	assert.Contains(t, files["audit.jsonl"], `"action":"claim"`)
	assert.NotContains(t, files["audit.jsonl"], `"evidence"`)
	assert.Contains(t, files["case.json"], `"utr": "412345678901"`)
}

// Whatever is changed in a file, Verify tells.
func TestVerifyFindsWhatWasChanged(t *testing.T) {
	whole, _ := write(t, newShelf())
	// rewrite is the file with its parts changed.
	rewrite := func(change func(files map[string]string)) []byte {
		files := unpack(t, whole)
		change(files)
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for name, text := range files {
			f, err := w.Create(name)
			require.NoError(t, err)
			_, err = io.WriteString(f, text)
			require.NoError(t, err)
		}
		require.NoError(t, w.Close())
		return out.Bytes()
	}
	assert.Empty(t, verify(t, rewrite(func(map[string]string) {})).Faults, "packed anew it is the same evidence")
	tests := map[string]struct {
		change func(files map[string]string)
		fault  string
	}{
		"a word":    {func(f map[string]string) { f["case.json"] = strings.Replace(f["case.json"], "4123", "4124", 1) }, "case.json was changed"},
		"cut":       {func(f map[string]string) { f["messages.jsonl"] = f["messages.jsonl"][:100] }, "messages.jsonl has another size"},
		"longer":    {func(f map[string]string) { f["audit.jsonl"] += "{}\n" }, "audit.jsonl has another size"},
		"taken out": {func(f map[string]string) { delete(f, "audit.jsonl") }, "audit.jsonl is missing"},
		"added":     {func(f map[string]string) { f["media/message-9.bin"] = "x" }, "media/message-9.bin was added"},
		"listed twice": {func(f map[string]string) {
			f["manifest.json"] = strings.Replace(f["manifest.json"], `"README.txt"`, `"case.json"`, 1)
		}, "stands in the manifest twice"},
	}
	for name, test := range tests {
		assert.Contains(t, strings.Join(verify(t, rewrite(test.change)).Faults, "\n"), test.fault, name)
	}
	reworded := rewrite(func(f map[string]string) {
		f["manifest.json"] = strings.Replace(f["manifest.json"], "BSP-26-000007", "BSP-26-000008", 1)
	})
	assert.NotEqual(t, verify(t, whole).Manifest, verify(t, reworded).Manifest, "a manifest that was rewritten has another SHA-256 than the audit says")
}

func TestVerifyRefusesWhatIsNoEvidence(t *testing.T) {
	whole, _ := write(t, newShelf())
	for name, data := range map[string][]byte{"nothing": nil, "cut off": whole[:len(whole)/2], "no zip": []byte("hello"), "another zip": emptyZip(t)} {
		_, err := evidence.Verify(bytes.NewReader(data), int64(len(data)))
		assert.Error(t, err, name)
	}
}

func emptyZip(t *testing.T) []byte {
	var out bytes.Buffer
	require.NoError(t, zip.NewWriter(&out).Close())
	return out.Bytes()
}

// A file that rotted on the disk before it was taken out is given as it is, and
// said to be damaged.
func TestDamagedFilesAreTold(t *testing.T) {
	s := newShelf()
	s.files[1] = []byte("pictur3")
	data, _ := write(t, s)
	assert.Contains(t, strings.Join(verify(t, data).Faults, "\n"), "was damaged before this file was made")
}
