package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/store"
)

// defaultKills is how many runs TestKilled kills; MITAN_KILLS sets another number.
const defaultKills = 10

// killedTalk is a whole report of a loss and an enrolment of somebody else, who
// write in turn. A message's place in it is its line, counting from 1.
const killedTalk = `पैसा कट गया
25000
[as 9000000002]
मैं हूं साइबर मितान
[as 9000000001]
आज सुबह 9 बजे
sbi
123456789012
हां
[as 9000000002]
हां
गीता देवी
[as 9000000001]
40000
कल शाम 5 बजे
phonepe
पता नहीं
नहीं
otp
9000000098
पहले एक आदमी का फ़ोन आया, बोला बिजली कट जाएगी
[as 9000000002]
हां
बिल्हा
पेंडरवा
हां
[as 9000000001]
[image: बैंक का मैसेज]
फिर उसने एक ऐप डलवाया और नंबर पूछा
[voice 0:32: पूरी बात]
1
1
रामलाल साहू
हां
2
[as 9000000002]
टिप्स शुरू
`

// killedClock is when the talk takes place: with the clock given, two runs of
// the same lines write the same.
const killedClock = "2026-11-22T12:00:00+05:30"

// A program that is killed at any moment has each message that it acknowledged,
// once, with its effects and its replies, once, and nothing by halves; started
// again it goes on from there and comes to the same end.
func TestKilled(t *testing.T) {
	runs := defaultKills
	if env := os.Getenv("MITAN_KILLS"); env != "" {
		var err error
		runs, err = strconv.Atoi(env)
		require.NoError(t, err, "MITAN_KILLS")
	}
	binary := buildMitan(t)
	lines := strings.Split(strings.TrimSuffix(killedTalk, "\n"), "\n")
	messages := messageLines(lines)
	want := unkilled(t, binary, lines)
	require.Len(t, want.after, len(messages)+1)
	requireWholeTalk(t, want.exports)

	var acked, middle atomic.Int64
	var all sync.WaitGroup
	slots := make(chan struct{}, 2)
	for range runs {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			dir := filepath.Join(t.TempDir(), "data")
			a := killAt(t, binary, dir, lines, rand.IntN(len(messages)+1))
			stored := requirePrefix(t, dir, messages, a, want)
			acked.Add(int64(len(a)))
			if stored > 0 && stored < len(messages) {
				middle.Add(1)
			}
			finish(t, binary, dir, lines, messages, stored)
			assert.Equal(t, want.exports, exports(t, binary, dir), "killed after message %d and started again", stored)
			assert.Equal(t, texts(t, want.dir), texts(t, dir), "killed after message %d and started again", stored)
		})
	}
	all.Wait()
	t.Logf("%d runs killed, %d of them in the middle of the talk; %d messages acknowledged, none lost, none twice", runs, middle.Load(), acked.Load())
}

// outcome is what a talk that is not killed leads to.
type outcome struct {
	dir     string
	after   []map[string][]string // what is kept after so many messages
	exports []string
}

// unkilled runs the talk a message at a time and notes what is kept after each.
func unkilled(t *testing.T, binary string, lines []string) outcome {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	talk := startTalk(t, binary, dir)
	talk.start()
	want := outcome{dir: dir, after: []map[string][]string{nil}}
	for _, line := range lines {
		_, err := fmt.Fprintln(talk.in, line)
		require.NoError(t, err)
		if isMessage(line) {
			require.True(t, talk.acks.Scan(), "the talk ended early: %s", line)
			want.after = append(want.after, keptIn(t, dir))
		}
	}
	require.NoError(t, talk.in.Close())
	require.NoError(t, talk.wait())
	want.exports = exports(t, binary, dir)
	return want
}

// killAt starts the talk and kills it a moment after it has acknowledged so
// many messages. It returns the lines that were acknowledged.
func killAt(t *testing.T, binary, dir string, lines []string, after int) (acked []int) {
	acked = []int{}
	talk := startTalk(t, binary, dir)
	talk.start()
	go func() {
		_, _ = io.WriteString(talk.in, strings.Join(lines, "\n")+"\n") // broken off by the kill
		_ = talk.in.Close()
	}()
	if after == 0 { // before the first message, while the folder is made
		time.Sleep(rand.N(60 * time.Millisecond))
		assert.NoError(t, talk.cmd.Process.Kill())
	}
	for talk.acks.Scan() {
		var line int
		if _, err := fmt.Sscanf(talk.acks.Text(), "ok %d", &line); !assert.NoError(t, err, talk.acks.Text()) {
			break
		}
		acked = append(acked, line)
		if len(acked) == after {
			time.Sleep(rand.N(4 * time.Millisecond))
			_ = talk.cmd.Process.Kill() // it may have come to its end
		}
	}
	_ = talk.wait()
	return acked
}

// requirePrefix checks what a killed run has left: each acknowledged message
// and at most one more, and just what the unkilled run had kept after as many.
// It returns how many messages are stored.
func requirePrefix(t *testing.T, dir string, messages, acked []int, want outcome) (stored int) {
	assert.Equal(t, messages[:len(acked)], acked, "acknowledged in their order")
	if _, err := os.Stat(filepath.Join(dir, store.File)); os.IsNotExist(err) {
		assert.Empty(t, acked)
		return 0
	}
	s, err := store.Open(t.Context(), dir)
	if !assert.NoError(t, err) {
		return 0
	}
	assert.NoError(t, s.Close())
	assert.Equal(t, []string{"ok"}, query(t, dir, "PRAGMA integrity_check"))
	assert.Empty(t, query(t, dir, "PRAGMA foreign_key_check"))
	kept := keptIn(t, dir)
	stored = len(query(t, dir, "SELECT id FROM message WHERE by = 'resident'"))
	assert.GreaterOrEqual(t, stored, len(acked), "an acknowledged message is lost")
	assert.LessOrEqual(t, stored, len(acked)+1)
	if stored > 0 {
		assert.Equal(t, want.after[stored], kept, "after %d messages", stored)
	}
	return stored
}

// finish starts the program again and gives it what was not stored, if
// anything; replies that were not sent go out then too.
func finish(t *testing.T, binary, dir string, lines []string, messages []int, stored int) {
	var rest []string
	if stored < len(messages) {
		from := messages[stored] - 1
		for _, line := range lines[:from] {
			if !isMessage(line) {
				rest = []string{line} // who is writing
			}
		}
		rest = append(rest, lines[from:]...)
	}
	talk := startTalk(t, binary, dir)
	talk.cmd.Stdin = strings.NewReader(strings.Join(rest, "\n") + "\n")
	var complaints strings.Builder
	talk.cmd.Stderr = &complaints
	assert.NoError(t, talk.cmd.Run())
	assert.Equal(t, len(messages)-stored, strings.Count(complaints.String(), "ok "), complaints.String())
}

// keptTables are what a turn writes, without what differs from run to run: the
// channel's ids, and how far a reply has got. A resident is made before the
// turn of the first message; without a message there is nothing to lose.
var keptTables = map[string]string{
	"messages":      "SELECT id, resident, by, at, channel, address, kind, text, forwarded, masked, delivery <> '', bulk, due FROM message ORDER BY id",
	"conversations": "SELECT resident, version, state, urgent, reason, waiting_since, unread, messages, last_at, last_text, address, CAST(session AS TEXT) FROM conversation WHERE resident IN (SELECT resident FROM message) ORDER BY resident",
	"residents":     "SELECT id, name, phone, lang FROM resident WHERE id IN (SELECT resident FROM message) ORDER BY id",
	"cases":         "SELECT * FROM cases ORDER BY id",
	"legs":          "SELECT * FROM leg ORDER BY case_id, n",
	"suspects":      "SELECT * FROM suspect ORDER BY case_id, n",
	"evidence":      "SELECT * FROM evidence ORDER BY message",
	"media":         "SELECT id, message, channel, claimed, duration FROM media ORDER BY id",
	"escalations":   "SELECT resident, reason, urgent, case_id, at, resolved FROM escalation ORDER BY id",
	"volunteers":    "SELECT * FROM volunteer ORDER BY id",
	"subscriptions": "SELECT * FROM subscription ORDER BY resident",
	"timers":        "SELECT * FROM timer ORDER BY resident, kind",
	"series":        "SELECT * FROM series ORDER BY name",
	"identifiers":   "SELECT resident, case_id, value FROM identifier WHERE resident IN (SELECT resident FROM message) ORDER BY id",
}

// keptIn is what a data folder keeps.
func keptIn(t *testing.T, dir string) map[string][]string {
	kept := map[string][]string{}
	for name, sql := range keptTables {
		kept[name] = query(t, dir, sql)
	}
	return kept
}

// texts are the messages either way, in their order, without their times.
func texts(t *testing.T, dir string) []string {
	return query(t, dir, "SELECT resident, by, kind, text, delivery FROM message ORDER BY id")
}

// query reads rows of a data folder, each as a line. The driver is the store's.
func query(t *testing.T, dir, statement string) (lines []string) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, store.File)+"?mode=ro&_busy_timeout=10000")
	require.NoError(t, err)
	defer func() { assert.NoError(t, db.Close()) }()
	rows, err := db.QueryContext(t.Context(), statement)
	if !assert.NoError(t, err, statement) {
		return nil
	}
	defer rows.Close() //nolint:errcheck // its error is looked at below
	columns, err := rows.Columns()
	assert.NoError(t, err)
	for rows.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		assert.NoError(t, rows.Scan(into...))
		line, err := json.Marshal(values)
		assert.NoError(t, err)
		lines = append(lines, strings.Trim(string(line), `["]`))
	}
	assert.NoError(t, rows.Err())
	return lines
}

// exports are what `mitan export` prints of each kind.
func exports(t *testing.T, binary, dir string) (all []string) {
	for _, what := range []string{"cases", "volunteers", "conversations", "tips"} {
		out, err := exec.CommandContext(t.Context(), binary, "export", "--data", dir, what).Output()
		assert.NoError(t, err, what)
		all = append(all, turnTimes.ReplaceAllString(string(out), `"$1":""`))
	}
	return all
}

// turnTimes are the times of turns. A talk that is started again goes on at the
// time of its beginning.
var turnTimes = regexp.MustCompile(`"(opened|filed|consent|since)":"[^"]*"`)

// requireWholeTalk makes sure that the talk did what it is there for.
func requireWholeTalk(t *testing.T, exports []string) {
	t.Helper()
	var cases []struct {
		State, Story string
		Legs         []struct {
			AmountPaise int `json:"amount_paise"`
		}
		Media []struct{ State string }
	}
	require.NoError(t, json.Unmarshal([]byte(exports[0]), &cases), exports[0])
	require.Len(t, cases, 1)
	require.Equal(t, "filed", cases[0].State)
	require.Len(t, cases[0].Legs, 2)
	require.Len(t, cases[0].Media, 2)
	require.Equal(t, "kept", cases[0].Media[0].State)
	require.Contains(t, exports[1], `"name":"गीता देवी"`)
	require.Contains(t, exports[2], `"urgent":true`)
	require.NotEqual(t, "[]\n", exports[3])
}

func isMessage(line string) bool { return !strings.HasPrefix(line, "[as ") }

// messageLines are the numbers of the lines that are messages.
func messageLines(lines []string) (numbers []int) {
	for i, line := range lines {
		if isMessage(line) {
			numbers = append(numbers, i+1)
		}
	}
	return numbers
}

// buildMitan builds the program once for a test.
func buildMitan(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "mitan")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	return binary
}

// talk is `mitan chat` with a pipe.
type talk struct {
	*testing.T
	cmd  *exec.Cmd
	in   io.WriteCloser
	acks *bufio.Scanner
}

func startTalk(t *testing.T, binary, dir string) *talk {
	cmd := exec.CommandContext(t.Context(), binary, "chat", "--acks", "--data", dir, "--clock", killedClock)
	return &talk{T: t, cmd: cmd}
}

func (t *talk) start() {
	var err error
	t.in, err = t.cmd.StdinPipe()
	assert.NoError(t, err)
	acks, err := t.cmd.StderrPipe()
	assert.NoError(t, err)
	t.acks = bufio.NewScanner(acks)
	assert.NoError(t, t.cmd.Start())
}

func (t *talk) wait() error { return t.cmd.Wait() }
