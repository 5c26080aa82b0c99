package whatsapp_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow/types"

	"mitan/bot/whatsapp/fakewa"
	"mitan/store"
)

// patience is for what must happen at all, on a slow machine.
const patience = 40 * time.Second

// The numbers of the helpline and of residents, with the country's code.
const helplineNumber = "919000000900"

func residentNumber(n int) string { return fmt.Sprintf("91900000%04d", n) }

// plainSettings keep what a test is not about out of it.
const plainSettings = `
[unit]
whatsapp = "9000000900"
[whatsapp]
typing = false
`

// A station is a police station for a test: the built program with its data
// folder, the loopback server that stands for WhatsApp, and the helpline's phone.
type station struct {
	testing.TB
	binary string
	dir    string
	server *fakewa.Server
	phone  *fakewa.Phone
	inbox  string // its address while the program runs

	mu       sync.Mutex
	serve    *exec.Cmd
	stderr   *bytes.Buffer
	password string
	codes    []string // recovery codes that are left
	browser  *http.Client
}

// newStation is a station whose program has not been started.
func newStation(t testing.TB, options fakewa.Options, settings string) *station {
	t.Helper()
	server, err := fakewa.NewServer(options)
	require.NoError(t, err)
	t.Cleanup(server.Close)
	s := &station{
		TB: t, binary: program(t), dir: filepath.Join(t.TempDir(), "data"), server: server,
		phone: server.AddPhone(helplineNumber, "Helpline"),
	}
	require.NoError(t, os.MkdirAll(s.dir, 0o700))
	s.settings(settings)
	t.Cleanup(s.kill)
	return s
}

// settings writes the unit's settings, for the next start.
func (s *station) settings(settings string) {
	s.Helper()
	require.NoError(s, os.WriteFile(filepath.Join(s.dir, "mitan.toml"), []byte(settings), 0o600))
}

// linkedStation is a station that is online.
func linkedStation(t testing.TB, options fakewa.Options, settings string) *station {
	t.Helper()
	s := newStation(t, options, settings)
	s.start()
	s.link()
	return s
}

var built struct {
	sync.Once
	path string
	err  error
}

// program builds the program once for all tests.
func program(t testing.TB) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "mitan-whatsapp-test-")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "mitan")
		args := []string{"build", "-o", built.path}
		if os.Getenv("MITAN_WA_RACE") != "" {
			args = append(args, "-race")
		}
		if out, err := exec.Command("go", append(args, "mitan/cmd/mitan")...).CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	require.NoError(t, built.err)
	return built.path
}

func TestMain(m *testing.M) {
	if env := os.Getenv(bareEnv); env != "" {
		runBare(env) // this process is a bare client, for a benchmark
	}
	code := m.Run()
	if built.path != "" {
		_ = os.RemoveAll(filepath.Dir(built.path))
	}
	os.Exit(code)
}

// loopback are the flags that point the program at the server.
func (s *station) loopback() []string {
	return []string{"--wa-address", s.server.Addr(), "--wa-root-key", hexKey(s.server.RootKey())}
}

func hexKey(key [32]byte) string { return hex.EncodeToString(key[:]) }

// start starts `mitan serve` and waits until its inbox answers.
func (s *station) start() {
	s.Helper()
	require.NoError(s, s.tryStart())
}

func (s *station) tryStart() error {
	args := append([]string{"serve", "--data", s.dir, "--listen", "127.0.0.1:0"}, s.loopback()...)
	cmd := exec.Command(s.binary, args...)
	stderr := &bytes.Buffer{}
	cmd.Stderr = stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Wait()
		return fmt.Errorf("the program did not start: %w: %s", err, stderr.String())
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // ends with the program
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serve, s.stderr = cmd, stderr
	s.inbox = strings.TrimSpace(strings.TrimPrefix(line, "inbox: "))
	return nil
}

// kill ends the program at once, as a power cut would; kill -9.
func (s *station) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.serve != nil {
		_ = s.serve.Process.Kill()
		_ = s.serve.Wait()
		s.serve = nil
	}
}

// stop ends the program as an operator does, and returns what it has logged.
func (s *station) stop() string {
	s.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	require.NoError(s, s.serve.Process.Signal(syscall.SIGTERM))
	require.NoError(s, s.serve.Wait(), s.stderr.String())
	s.serve = nil
	return s.stderr.String()
}

// link links the helpline's phone by the code on the inbox's page, and waits
// until the link is online.
func (s *station) link() {
	s.Helper()
	s.signIn()
	s.post("/link/start", nil)
	s.scanPage()
	s.online()
}

// online waits until the program takes messages.
func (s *station) online() {
	s.Helper()
	require.Eventually(s, func() bool {
		for _, device := range s.phone.Companions() {
			if s.server.Online(device) {
				return true
			}
		}
		return false
	}, patience, 10*time.Millisecond, "the program is online")
}

// resident is a new resident with a phone.
func (s *station) resident(n int, name string) *fakewa.Resident {
	s.Helper()
	r, err := s.server.NewResident(s.soon(), residentNumber(n), name)
	require.NoError(s, err)
	s.Cleanup(r.Close)
	return r
}

// soon is a context for what must happen.
func (s *station) soon() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	s.Cleanup(cancel)
	return ctx
}

// says has a resident write, and waits for the first reply that comes after it;
// with no reply expected, want is "".
func (s *station) says(r *fakewa.Resident, text, want string) fakewa.Received {
	s.Helper()
	_, err := r.Say(s.soon(), s.phone.Number(), text)
	require.NoError(s, err)
	if want == "" {
		return fakewa.Received{}
	}
	return s.hears(r, want)
}

// hears waits until a resident is told something that holds the words, among
// what has not been waited for yet.
func (s *station) hears(r *fakewa.Resident, want string) fakewa.Received {
	s.Helper()
	var heard []string
	ctx := s.soon()
	for {
		m, err := r.Next(ctx)
		require.NoError(s, err, "%q was never said, but %q", want, heard)
		if strings.Contains(m.Text, want) {
			return m
		}
		heard = append(heard, m.Text)
	}
}

// command runs another command of the program on the data folder.
func (s *station) command(args ...string) string {
	s.Helper()
	out, err := exec.Command(s.binary, args...).CombinedOutput()
	require.NoError(s, err, string(out))
	return string(out)
}

var (
	passwordLine = regexp.MustCompile(`password: (\S+)`)
	appSecret    = regexp.MustCompile(`<code>([A-Z2-7 ]{16,})</code>`)
	recoveryCode = regexp.MustCompile(`<li><code>([^<]+)</code></li>`)
)

// signIn signs an administrator in to the inbox: the first time with a code app
// that is set up there, then with one of its recovery codes.
func (s *station) signIn() {
	s.Helper()
	first := s.password == ""
	if first {
		out := s.command("officer", "--data", s.dir, "add", "meena", "--name", "SI Meena Thakur", "--role", "admin")
		s.password = passwordLine.FindStringSubmatch(out)[1]
	}
	jar, err := cookiejar.New(nil)
	require.NoError(s, err)
	s.browser = &http.Client{Jar: jar, Timeout: patience}
	s.post("/sign-in", url.Values{"login": {"meena"}, "password": {s.password}})
	if first {
		s.setUpCodes()
	} else {
		require.NotEmpty(s, s.codes, "the recovery codes are used up")
		s.post("/sign-in/code", url.Values{"code": {s.codes[0]}})
		s.codes = s.codes[1:]
	}
	s.post("/language", url.Values{"lang": {"en"}})
	require.NotContains(s, s.get("/"), `name="password"`)
}

// setUpCodes sets the administrator's code app up, and keeps the recovery codes.
func (s *station) setUpCodes() {
	s.Helper()
	secret := appSecret.FindStringSubmatch(s.post("/account/totp", url.Values{"password": {s.password}}))
	require.NotNil(s, secret, "the page shows the key of the code app")
	code, err := totp.GenerateCode(strings.ReplaceAll(secret[1], " ", ""), time.Now())
	require.NoError(s, err)
	for _, m := range recoveryCode.FindAllStringSubmatch(s.post("/account/totp/confirm", url.Values{"code": {code}}), -1) {
		s.codes = append(s.codes, m[1])
	}
	require.NotEmpty(s, s.codes)
}

// get reads a page of the inbox.
func (s *station) get(path string) string {
	s.Helper()
	body, status := s.fetch(path)
	require.Equal(s, http.StatusOK, status, "%s: %s", path, body)
	return string(body)
}

func (s *station) fetch(path string) ([]byte, int) {
	s.Helper()
	response, err := s.browser.Get(s.inbox + path)
	require.NoError(s, err)
	defer response.Body.Close() //nolint:errcheck // only read
	body, err := io.ReadAll(response.Body)
	require.NoError(s, err)
	return body, response.StatusCode
}

// post presses a button of the inbox and returns the page that follows.
func (s *station) post(path string, form url.Values) string {
	s.Helper()
	response, err := s.browser.PostForm(s.inbox+path, form)
	require.NoError(s, err)
	defer response.Body.Close() //nolint:errcheck // only read
	body, err := io.ReadAll(response.Body)
	require.NoError(s, err)
	require.Equal(s, http.StatusOK, response.StatusCode, "%s: %s", path, body)
	return string(body)
}

// sendFile sends a file with words to a resident from the inbox's form.
func (s *station) sendFile(resident int, text, name string, content []byte) {
	s.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	require.NoError(s, w.WriteField("text", text))
	part, err := w.CreateFormFile("file", name)
	require.NoError(s, err)
	_, err = part.Write(content)
	require.NoError(s, err)
	require.NoError(s, w.Close())
	response, err := s.browser.Post(fmt.Sprintf("%s/conversations/%d/reply", s.inbox, resident), w.FormDataContentType(), &form)
	require.NoError(s, err)
	defer response.Body.Close() //nolint:errcheck // only read
	body, err := io.ReadAll(response.Body)
	require.NoError(s, err)
	require.Equal(s, http.StatusOK, response.StatusCode, string(body))
}

// shows waits until a page of the inbox holds the words.
func (s *station) shows(path, want string) string {
	s.Helper()
	page := ""
	require.Eventually(s, func() bool {
		page = s.get(path)
		return strings.Contains(page, want)
	}, patience, 50*time.Millisecond, "%s never showed %q", path, want)
	return page
}

// rows reads the program's database, each row as a line of JSON. It may run
// beside the program.
func (s *station) rows(statement string, args ...any) (lines []string) {
	s.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(s.dir, store.File)+"?mode=ro&_busy_timeout=10000")
	require.NoError(s, err)
	defer db.Close() //nolint:errcheck // only read
	rows, err := db.Query(statement, args...)
	require.NoError(s, err, statement)
	defer rows.Close() //nolint:errcheck // its error is looked at below
	columns, err := rows.Columns()
	require.NoError(s, err)
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		require.NoError(s, rows.Scan(into...))
		line, err := json.Marshal(values)
		require.NoError(s, err)
		lines = append(lines, strings.TrimSuffix(strings.TrimPrefix(string(line), "["), "]"))
	}
	require.NoError(s, rows.Err())
	return lines
}

// becomes waits until a statement reads just these rows.
func (s *station) becomes(statement string, want ...string) {
	s.Helper()
	var got []string
	if want == nil {
		want = []string{}
	}
	ok := func() bool {
		got = append([]string{}, s.rows(statement)...)
		return strings.Join(got, "\n") == strings.Join(want, "\n")
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	require.Equal(s, want, got, statement)
}

// deviceJID is whatsmeow's name of a device.
type deviceJID = types.JID
